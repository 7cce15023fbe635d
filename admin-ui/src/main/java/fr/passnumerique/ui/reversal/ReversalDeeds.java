package fr.passnumerique.ui.reversal;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.clearing.reversal.ReversalDropped;
import fr.passnumerique.clearing.reversal.ReversalEndpoint;
import fr.passnumerique.clearing.reversal.ReversalEndsEndpoint;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** What clerks do with undue payments: find them, confirm them, give them up. */
@Controller
public final class ReversalDeeds {
  static final String ONE = ReversalPages.REVERSALS + "/{reversalId}";
  private static final String CONFIRM = ONE + "/confirmation";
  private static final String DROP = ONE + "/abandon";
  private static final String REVERSE = "/lieux/{venueId}/bordereaux/{reference}/indu";

  private final ReversalEndpoint reversals;
  private final ReversalEndsEndpoint ends;
  private final SlipArchive slips;
  private final Supplier<Names> names;
  private final French french;

  ReversalDeeds(
      ReversalEndpoint reversals,
      ReversalEndsEndpoint ends,
      SlipArchive slips,
      Supplier<Names> names,
      French french) {
    this.reversals = reversals;
    this.ends = ends;
    this.slips = slips;
    this.names = names;
    this.french = french;
  }

  // -- reverse lines of a slip

  @DeedMapping(REVERSE)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<Reversal>> reversing(
      Sent sent,
      @PathVariable("venueId") String venueId,
      @PathVariable("reference") String reference,
      Model model) {
    SlipJudged slip = slip(venueId, reference);
    model.addAttribute("reference", reference);
    model.addAttribute("venue", names.get().venue(venueId));
    model.addAttribute("back", slipPage(venueId, reference));
    return new Deed<>(
        "reversal-new",
        fieldsOfAReversal(lines(slip)),
        Map.of("reversal", Field.proposedName("indu", reference)),
        (entries, dryRun) ->
            reversals.reverseLines(
                new ReversalEndpoint.ReversalBody(
                    entries.as("reversal", ReversalId::new),
                    slip.venue(),
                    slip.reference(),
                    entries.chosen("lines").stream().map(Integer::valueOf).toList(),
                    entries.as("reason", Reason::valueOf),
                    entries.given("note").orElse(null)),
                dryRun,
                sent.by()),
        (_, answered) ->
            comesTo("Annuler ces lignes", answered.answer()).already(answered.already()),
        answered ->
            new Deed.Done(
                page(answered.answer().reversal()),
                answered.answer().state() == Reversal.State.PROPOSED
                    ? "L’indu est proposé. Rien ne bouge avant qu’une autre personne le confirme."
                    : "Les lignes sont annulées."));
  }

  private SlipJudged slip(String venueId, String reference) {
    try {
      return (SlipJudged)
          slips
              .find(new VenueId(venueId), new SlipReference(reference))
              .orElseThrow(() -> Problem.notFound("the slip"))
              .fact();
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the slip");
    }
  }

  private List<Field.Choice> lines(SlipJudged slip) {
    List<Field.Choice> lines = new ArrayList<>();
    for (int number = 1; number <= slip.lines().size(); number++) {
      SlipJudged.Line line = slip.lines().get(number - 1);
      if (line.verdict() == Verdict.ACCEPTED) {
        lines.add(
            new Field.Choice(
                String.valueOf(number),
                "Ligne %d, chèque %s, service du %s"
                    .formatted(
                        number,
                        line.cheque().map(Object::toString).orElse(""),
                        french.date(slip.visits().get(line.visit()).servedOn()))));
      }
    }
    return lines;
  }

  static List<Field> fieldsOfAReversal(List<Field.Choice> lines) {
    return List.of(
        Field.choices("lines", "Lignes à annuler", lines)
            .hint("Les lignes acceptées du bordereau ; leurs chèques ne servent plus jamais."),
        Field.choice("reason", "Motif", Reason.values(), Reason::label),
        Field.note("note", "Note")
            .hint("Pour le dossier ; gardée à part, car elle peut nommer quelqu’un.")
            .ifAny(),
        Field.name("reversal", "Nom de l’indu", ReversalId::new)
            .hint(
                "Il n’en portera pas d’autre : lettres sans accent, chiffres, points et tirets."));
  }

  private Effect comesTo(String button, Reversal reversal) {
    boolean proposed = reversal.state() == Reversal.State.PROPOSED;
    return Effect.of(button)
        .line(
            "Lignes",
            "%s, %s"
                .formatted(
                    french.counted(reversal.lines().size(), "ligne", "lignes"),
                    french.money(reversal.amountCents())))
        .line("Motif", reversal.reason().label())
        .lineIf(
            reversal.dueBackCents() != 0,
            "Revient aux financeurs",
            french.money(reversal.dueBackCents()))
        .lineIf(
            reversal.claimedCents() != 0, "Dû par le lieu", french.money(reversal.claimedCents()))
        .lineIf(
            reversal.contestUntil().isPresent(),
            "Le lieu peut le contester jusqu’au",
            reversal.contestUntil().map(french::date).orElse(""))
        .afterwards(
            proposed
                ? "Au-delà de ce qu’une personne annule seule, rien ne bouge avant qu’une autre"
                    + " personne le confirme."
                : reversal.claimedCents() == 0
                    ? "Rien n’en avait été payé : le lieu ne doit rien."
                    : "Ce que le lieu doit est retenu sur ses prochains règlements, puis réclamé"
                        + " par une note de débit.")
        .dangerous();
  }

  // -- confirm

  @DeedMapping(CONFIRM)
  @Permit(value = Role.CLERK, secondFactor = true)
  Deed<Answer<Reversal>> confirming(
      Sent sent, @PathVariable("reversalId") String reversalId, Model model) {
    show(sent, reversalId, "Confirmer l’indu", model);
    return new Deed<>(
        "reversal-deed",
        List.of(),
        (_, dryRun) -> reversals.confirmReversal(reversalId, dryRun, sent.by()),
        (_, confirmed) ->
            comesTo("Confirmer cet indu", confirmed.answer()).already(confirmed.already()),
        _ -> new Deed.Done(page(reversalId), "L’indu est confirmé : il compte."));
  }

  // -- give up

  @DeedMapping(DROP)
  @Permit(Role.CLERK)
  Deed<Answer<ReversalDropped>> dropping(
      Sent sent, @PathVariable("reversalId") String reversalId, Model model) {
    Reversal reversal = show(sent, reversalId, "Renoncer à l’indu", model).reversal();
    return new Deed<>(
        "reversal-deed",
        List.of(),
        (_, dryRun) -> ends.dropReversal(new ReversalId(reversalId), dryRun, sent.by()),
        (_, dropped) ->
            Effect.of("Y renoncer")
                .line(
                    "Restent acceptées", french.counted(reversal.lines().size(), "ligne", "lignes"))
                .afterwards("Elles peuvent être annulées par un autre indu, sous un autre nom.")
                .dangerous()
                .already(dropped.already()),
        _ -> new Deed.Done(page(reversalId), "L’indu est abandonné : ses lignes restent payées."));
  }

  private ReversalEndpoint.Read show(Sent sent, String reversalId, String title, Model model) {
    ReversalEndpoint.Read read = reversals.readReversal(reversalId, sent.by());
    show(read, title, names.get(), model);
    return read;
  }

  /** Which it is, above what is done with it. */
  static void show(ReversalEndpoint.Read read, String title, Names names, Model model) {
    model.addAttribute("doing", title);
    model.addAttribute("sheet", ReversalSheet.of(read, names));
  }

  // -- addresses

  public static String reverse(String venue, String reference) {
    return Address.of(REVERSE, venue, reference);
  }

  public static String confirm(String reversal) {
    return Address.of(CONFIRM, reversal);
  }

  static String drop(String reversal) {
    return Address.of(DROP, reversal);
  }

  static String page(String reversal) {
    return Address.of(ONE, reversal);
  }

  static String slipPage(String venue, String reference) {
    return Address.of("/lieux/{venueId}/bordereaux/{reference}", venue, reference);
  }
}
