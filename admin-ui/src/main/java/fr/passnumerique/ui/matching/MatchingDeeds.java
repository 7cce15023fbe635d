package fr.passnumerique.ui.matching;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.clearing.bank.BankEntryMatched.Charges;
import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.bank.BankExceptionClosed;
import fr.passnumerique.clearing.bank.BankExceptionEndpoint;
import fr.passnumerique.clearing.bank.BankExceptions;
import fr.passnumerique.clearing.bank.BankExceptions.BankException;
import fr.passnumerique.clearing.bank.BankReading;
import fr.passnumerique.clearing.bank.BankReading.UnmatchedEntry;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Entries;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.deed.Step;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.BankWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** How clerks explain a movement, and deal with what the bank said otherwise. */
@Controller
public final class MatchingDeeds {
  static final String WHAT = "what";
  static final String NAMED = "named";
  static final String OTHER = "otherShare";
  static final String OTHER_CENTS = "otherCents";
  static final String CHARGES = "charges.cents";
  static final String CHARGES_REASON = "charges.reason";

  private static final String MATCH = "/mouvements/{entryId}/rapprochement";
  private static final String CLOSE = "/anomalies-bancaires/{exceptionId}/cloture";

  private final BankEndpoint bank;
  private final BankExceptionEndpoint exceptions;
  private final BankReading reading;
  private final BankExceptions found;
  private final Proposals proposals;
  private final Supplier<Names> names;
  private final French french;

  MatchingDeeds(
      BankEndpoint bank,
      BankExceptionEndpoint exceptions,
      BankReading reading,
      BankExceptions found,
      Proposals proposals,
      Supplier<Names> names,
      French french) {
    this.bank = bank;
    this.exceptions = exceptions;
    this.reading = reading;
    this.found = found;
    this.proposals = proposals;
    this.names = names;
    this.french = french;
  }

  // -- a movement

  @DeedMapping(MATCH)
  @Permit(Role.CLERK)
  Step matching(Sent sent, @PathVariable("entryId") String entryId, Model model) {
    Optional<UnmatchedEntry> entry = reading.find(entryId, sent.by());
    return entry.isEmpty() ? explained(sent, entryId) : matching(sent, entry.get(), model);
  }

  private Deed.Done explained(Sent sent, String entryId) {
    if (!reading.isRecorded(entryId)) {
      throw Problem.notFound("the entry " + entryId);
    }
    return new Deed.Done(
        page(entryId, sent.by()),
        "Ce mouvement n’attend plus d’explication : rien n’est fait deux fois. Voici ce qui en"
            + " est enregistré.");
  }

  private Deed<BankEndpoint.Matched> matching(Sent sent, UnmatchedEntry entry, Model model) {
    model.addAttribute("entry", entry);
    model.addAttribute("why", BankWords.why(entry.why()));
    return new Deed<>(
        "bank-entry-match",
        fieldsOfAMatch(
            entry.cents() > 0, proposals.of(entry, sent.by()), proposals.others(sent.by())),
        Map.of(),
        Explanation::faults,
        (entries, dryRun) -> match(entry, entries, dryRun, sent.by()),
        (_, matched) -> comesTo(matched).already(matched.already()),
        _ ->
            new Deed.Done(
                page(entry.entry(), sent.by()),
                "Le mouvement est rapproché : voici ce qui en est enregistré."));
  }

  private ResponseEntity<BankEndpoint.Matched> match(
      UnmatchedEntry entry, Entries entries, boolean dryRun, Actor by) {
    Optional<String> named = entries.given(NAMED);
    try {
      return bank.matchBankEntry(
          entry.entry(),
          Explanation.read(entries.text(WHAT), named).of(entry, entries),
          dryRun,
          by);
    } catch (Problem problem) {
      throw problem.in(field -> here(field, named.isPresent()));
    }
  }

  /** Where the form asks for what the operation takes in this field. */
  static String here(String field, boolean named) {
    return switch (field) {
      case "amountCents" -> OTHER_CENTS;
      case "charges", CHARGES -> CHARGES;
      case CHARGES_REASON -> CHARGES_REASON;
      // One of what an entry may be, or the entry that is none of them.
      default -> named ? NAMED : WHAT;
    };
  }

  static List<Field> fieldsOfAMatch(
      boolean credit, List<Field.Choice> proposed, List<Field.Choice> shares) {
    Field what =
        Field.choice(WHAT, "Ce que c’est", proposed)
            .hint("Le plus probable d’abord, d’après la référence ou le montant.");
    Field named =
        Field.text(NAMED, "Son nom")
            .hint("Si vous avez choisi « je donne son nom » ; plusieurs versements : des virgules.")
            .ifAny();
    List<Field> split =
        List.of(
            Field.choice(OTHER, "Une part est pour", shares)
                .hint("Si le financeur paie deux conventions d’un seul virement.")
                .ifAny(),
            Field.euros(OTHER_CENTS, "Montant de cette part").ifAny());
    List<Field> charges =
        List.of(
            Field.euros(CHARGES, "Frais retenus par une banque")
                .hint("De nos virements : l’opérateur les verse ensuite sur le compte cantonné.")
                .ifAny(),
            Field.choice(
                    CHARGES_REASON,
                    "Nature des frais",
                    Charges.Reason.values(),
                    MatchingDeeds::words)
                .ifAny());
    return Stream.of(List.of(what, named), credit ? split : List.<Field>of(), charges)
        .flatMap(List::stream)
        .toList();
  }

  private static String words(Charges.Reason reason) {
    return switch (reason) {
      case TRANSFER_FEE -> "Frais de virement de notre banque";
      case RETURN_FEE -> "Frais du retour du virement";
      case OTHER -> "Autres frais";
    };
  }

  private Effect comesTo(BankEndpoint.Matched matched) {
    Effect effect =
        Effect.of("Rapprocher ce mouvement")
            .line(matched.cents() > 0 ? "Reçu" : "Débité", french.money(Math.abs(matched.cents())));
    Names known = names.get();
    for (Part part : matched.parts()) {
      effect =
          effect.line(
              "Versement de " + known.funder(part.funder().value()),
              "%s, pour la convention %s%s"
                  .formatted(
                      french.money(part.amountCents()),
                      part.agreement(),
                      part.call().map(call -> ", solde d’abord l’appel " + call).orElse("")));
    }
    effect = named(effect, matched.receipt(), "Prouve le versement saisi");
    effect =
        named(
            effect,
            matched.transfer(),
            matched.cents() < 0 ? "Paie le virement" : "Virement revenu");
    effect = named(effect, matched.against(), "Annule le mouvement");
    effect = named(effect, matched.debitNote(), "Paie la note de débit");
    effect = named(effect, matched.creditNote(), "Rembourse l’avoir");
    effect = named(effect, matched.run(), "Débite tous les virements du règlement");
    for (String receipt : matched.receipts()) {
      effect = effect.line("Prouve le versement saisi", receipt);
    }
    Optional<Charges> charges = matched.charges();
    return effect
        .lineIf(
            charges.isPresent(),
            "Frais de banque",
            charges.map(c -> french.money(c.cents())).orElse(""))
        .afterwards(
            charges.isPresent()
                ? "Les frais restent à rapprocher du versement que l’opérateur fera pour les"
                    + " couvrir."
                : "")
        .dangerous();
  }

  private static Effect named(Effect effect, Optional<String> name, String label) {
    return name.map(id -> effect.line(label, id)).orElse(effect);
  }

  private static String page(String entry, Actor actor) {
    String page = Thing.BANK_ENTRY.link(entry, actor).page();
    return page == null ? BankLists.UNMATCHED : page;
  }

  // -- what the bank said otherwise

  @DeedMapping(CLOSE)
  @Permit(Role.CLERK)
  Deed<Answer<BankExceptionClosed>> closing(
      Sent sent, @PathVariable("exceptionId") String exceptionId, Model model) {
    BankException exception =
        found
            .find(exceptionId, sent.by())
            .orElseThrow(() -> Problem.notFound("the exception " + exceptionId));
    model.addAttribute("row", ExceptionRow.of(exception, sent.by()));
    return new Deed<>(
        "bank-exception-close",
        fieldsOfAClosing(),
        (entries, dryRun) ->
            exceptions.closeBankException(
                exceptionId,
                new BankExceptionEndpoint.ClosingBody(
                    entries.as("reason", BankExceptionClosed.Reason::valueOf),
                    entries.given("note").orElse(null)),
                dryRun,
                sent.by()),
        (entries, closed) -> closes(entries, closed.answer()).already(closed.already()),
        _ -> new Deed.Done(BankLists.EXCEPTIONS, "L’anomalie est close."));
  }

  static List<Field> fieldsOfAClosing() {
    return List.of(
        Field.choice(
            "reason", "Ce qu’il en est", BankExceptionClosed.Reason.values(), BankWords::reason),
        Field.note("note", "Note")
            .hint("Pour le dossier ; gardée à part, car elle peut nommer quelqu’un.")
            .ifAny());
  }

  private Effect closes(Entries entries, BankExceptionClosed closed) {
    Effect effect =
        Effect.of("Clore cette anomalie")
            .line("Ce qu’il en est", BankWords.reason(closed.reason()));
    for (BankExceptionClosed.TakenOut out : closed.takenOut()) {
      effect =
          effect.line(
              "Mouvement %s, %s".formatted(out.entry(), french.money(out.cents())),
              BankWords.became(out.became()) + out.of().map(of -> " (" + of + ")").orElse(""));
    }
    return effect
        .lineIf(entries.given("note").isPresent(), "Note", "gardée au dossier")
        .afterwards(
            closed.takenOut().isEmpty()
                ? "Aucune somme ne bouge. L’anomalie quitte la liste et reste au registre."
                : "L’anomalie quitte la liste et reste au registre.")
        .dangerous();
  }

  // -- addresses

  public static String match(String entry) {
    return Address.of(MATCH, entry);
  }

  public static String close(String exception) {
    return Address.of(CLOSE, exception);
  }
}
