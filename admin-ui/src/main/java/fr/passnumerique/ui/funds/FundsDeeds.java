package fr.passnumerique.ui.funds;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeReceiptBackEndpoint;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CallsEndpoint;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundingEndpoint;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.TransferFunds;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackEndpoint;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Funders' money for an agreement: it is called, it comes, and what nobody needs goes back. */
@Controller
public final class FundsDeeds {
  private static final String AGREEMENT = "/conventions/{agreementId}";
  private static final String CALL = AGREEMENT + "/appel";
  private static final String RECEIPT = AGREEMENT + "/versement";
  private static final String GIVE_BACK = AGREEMENT + "/restitution";
  private static final String TRANSFER = AGREEMENT + "/transfert";
  private static final String CANCEL_CALL = "/appels/{callId}/annulation";
  private static final String TAKE_BACK = "/versements/{receiptId}/retrait";
  private static final String CANCEL_GIVE_BACK = "/restitutions/{giveBackId}/annulation";

  private final CallsEndpoint calls;
  private final FundingEndpoint funding;
  private final TakeReceiptBackEndpoint receipts;
  private final GiveBackEndpoint giveBacks;
  private final CallsQuery called;
  private final LedgerReader ledger;
  private final Supplier<Names> names;
  private final French french;
  private final Clock clock;

  FundsDeeds(
      CallsEndpoint calls,
      FundingEndpoint funding,
      TakeReceiptBackEndpoint receipts,
      GiveBackEndpoint giveBacks,
      CallsQuery called,
      LedgerReader ledger,
      Supplier<Names> names,
      French french,
      Clock clock) {
    this.calls = calls;
    this.funding = funding;
    this.receipts = receipts;
    this.giveBacks = giveBacks;
    this.called = called;
    this.ledger = ledger;
    this.names = names;
    this.french = french;
    this.clock = clock;
  }

  // -- call

  @DeedMapping(CALL)
  @Permit(Role.CLERK)
  Deed<Answer<FundsCalled>> calling(
      Sent sent, @PathVariable("agreementId") AgreementId agreement, Model model) {
    CallsQuery.CallsForFunds now = called.all(sent.by(), agreement, null);
    Doing.show(
        model,
        "Appeler des fonds",
        "Pour la convention %s. Un appel demande un versement ; aucun argent ne bouge avant qu’il"
                .formatted(agreement)
            + " n’arrive.",
        page(agreement));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfACall(
            funders(
                now,
                share ->
                    share.callableCents() == 0
                        ? "rien à appeler aujourd’hui"
                        : "au plus " + french.money(share.callableCents()))),
        Map.of("call", Field.proposedName("appel", agreement.value())),
        (entries, dryRun) ->
            calls.callFunds(
                new CallsEndpoint.CallBody(
                    entries.as("call", CallId::new),
                    agreement,
                    entries.as("funder", FunderId::new),
                    entries.cents("amountCents"),
                    entries.day("dueOn")),
                dryRun,
                sent.by()),
        (_, call) ->
            Effect.of("Appeler ces fonds")
                .line("Financeur", funder(call.answer().funder()))
                .line("Appelé", french.money(call.answer().amountCents()))
                .line("À payer jusqu’au", french.date(call.answer().dueOn()))
                .line(
                    "Au titre de",
                    switch (call.answer().basis()) {
                      case CEILING -> "Sa part, payée d’avance";
                      case USE -> "Les chèques utilisés";
                    })
                .afterwards(
                    "Le financeur voit l’appel, et la référence que son virement doit porter.")
                .already(call.already()),
        call ->
            new Deed.Done(
                callPage(call.answer().call()),
                told(
                    call.already(),
                    "Les fonds sont appelés. Imprimez l’appel, et envoyez-le au financeur.")));
  }

  static List<Field> fieldsOfACall(List<Field.Choice> funders) {
    return List.of(
        Field.choice("funder", "Financeur", funders),
        Field.euros("amountCents", "Montant"),
        Field.day("dueOn", "À payer jusqu’au").hint("Le dernier jour où il est à l’heure."),
        Field.name("call", "Nom de l’appel", CallId::new));
  }

  @DeedMapping(CANCEL_CALL)
  @Permit(Role.CLERK)
  Deed<Answer<FundsCallCancelled>> cancellingACall(
      Sent sent, @PathVariable("callId") CallId call, Model model) {
    requireTold("call:" + call);
    String page = callPage(call);
    Doing.show(
        model,
        "Annuler l’appel " + call,
        "Ce qui en reste n’est plus demandé ; ce qui en est payé reste payé.",
        page);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfACancellation(),
        (entries, dryRun) ->
            calls.cancelCall(
                call,
                new CallsEndpoint.CancellationBody(
                    entries.as("reason", FundsCallCancelled.Reason::valueOf)),
                dryRun,
                sent.by()),
        (_, cancelled) ->
            Effect.of("Annuler cet appel")
                .line("Financeur", funder(cancelled.answer().funder()))
                .line("N’est plus demandé", french.money(cancelled.answer().remainingCents()))
                .line("Motif", FundsWords.of(cancelled.answer().reason()))
                .afterwards(
                    "Un virement qui porte sa référence solde alors le plus ancien appel ouvert.")
                .dangerous()
                .already(cancelled.already()),
        _ -> new Deed.Done(page, "L’appel est annulé."));
  }

  static List<Field> fieldsOfACancellation() {
    return List.of(reason(FundsCallCancelled.Reason.values(), FundsWords::of));
  }

  // -- receive

  /**
   * @param call that it settles first; empty if nobody has said which
   * @param from the funder; likewise
   */
  @DeedMapping(RECEIPT)
  @Permit(Role.CLERK)
  Deed<Answer<FundsReceived>> receiving(
      Sent sent,
      @PathVariable("agreementId") AgreementId agreement,
      @RequestParam(name = "appel", defaultValue = "") String call,
      @RequestParam(name = "financeur", defaultValue = "") String from,
      Model model) {
    CallsQuery.CallsForFunds now = called.all(sent.by(), agreement, null);
    Doing.show(
        model,
        "Saisir un versement",
        "Pour la convention %s. Si le relevé de la banque est importé, rapprochez plutôt le"
                .formatted(agreement)
            + " mouvement.",
        page(agreement));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAReceipt(
            funders(now, share -> french.money(share.openCents()) + " attendus"),
            now.calls().stream()
                .filter(each -> each.openCents() > 0 && each.cancelledOn() == null)
                .map(
                    each ->
                        new Field.Choice(
                            each.call(),
                            "%s, reste %s, %s"
                                .formatted(
                                    each.call(),
                                    french.money(each.openCents()),
                                    names.get().funder(each.funder()))))
                .toList()),
        Map.of("funder", from, "call", call, "valueDate", Paris.dayOf(clock.instant()).toString()),
        (entries, dryRun) ->
            funding.recordReceipt(
                new RecordReceipt(
                    entries.as("receipt", ReceiptId::new),
                    agreement,
                    entries.as("funder", FunderId::new),
                    entries.cents("amountCents"),
                    entries.day("valueDate"),
                    entries.given("call")),
                dryRun,
                sent.by()),
        (entries, received) ->
            brings(received.answer(), entries.value("call")).already(received.already()),
        received ->
            new Deed.Done(
                receiptPage(received.answer().receipt()),
                told(
                    received.already(),
                    "Le versement est enregistré : il compte. La banque le prouvera.")));
  }

  static List<Field> fieldsOfAReceipt(List<Field.Choice> funders, List<Field.Choice> open) {
    return List.of(
        Field.choice("funder", "Financeur", funders),
        Field.euros("amountCents", "Montant"),
        Field.day("valueDate", "Date de valeur").hint("Celle de la banque."),
        Field.choice("call", "Appel qu’il solde d’abord", open)
            .hint("Sans appel nommé, il solde le plus ancien de ce financeur.")
            // Sent again, it names a call that it has settled, and that is open no more: the
            // operation knows that, and which other calls will not do.
            .refusing(_ -> Optional.empty())
            .ifAny(),
        Field.name("receipt", "Référence", ReceiptId::new)
            .hint("Celle que la banque donne au virement ; elle ne sert qu’une fois."));
  }

  private Effect brings(FundsReceived received, String call) {
    long repaid = received.repaid().map(FundsReceived.Repaid::cents).orElse(0L);
    return Effect.of("Enregistrer ce versement")
        .line("Financeur", funder(received.funder()))
        .line("Reçu", french.money(received.amountCents()))
        .line("Date de valeur", french.date(received.valueDate()))
        .lineIf(
            repaid > 0,
            "Dont remboursé à qui l’avait avancé",
            "%s, %s"
                .formatted(
                    french.money(repaid),
                    received.repaid().map(each -> funder(each.preFinancier())).orElse("")))
        .lineIf(!call.isEmpty(), "Solde d’abord l’appel", call)
        .lineIf(
            received.reference().isPresent(),
            "Référence de l’appel",
            received.reference().orElse(""))
        .afterwards("Il compte aussitôt ; le relevé de la banque le prouve ensuite.");
  }

  @DeedMapping(TAKE_BACK)
  @Permit(Role.CLERK)
  Deed<Answer<ReceiptTakenBack>> takingBack(
      Sent sent, @PathVariable("receiptId") ReceiptId receipt, Model model) {
    requireTold("receipt:" + receipt);
    Doing.show(
        model,
        "Retirer le versement " + receipt,
        "Un agent l’a saisi, et la banque ne l’a pas montré. Sa référence reste prise : le bon se"
            + " saisit sous une autre.",
        receiptPage(receipt));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfATakingBack(),
        (entries, dryRun) ->
            receipts.takeReceiptBack(
                receipt,
                new TakeReceiptBackEndpoint.TakingBack(
                    entries.as("reason", ReceiptTakenBack.Reason::valueOf)),
                dryRun,
                sent.by()),
        (_, taken) -> undoes(taken.answer()).already(taken.already()),
        _ -> new Deed.Done(receiptPage(receipt), "Le versement est retiré."));
  }

  static List<Field> fieldsOfATakingBack() {
    return List.of(reason(ReceiptTakenBack.Reason.values(), FundsWords::of));
  }

  private Effect undoes(ReceiptTakenBack taken) {
    long repaid = taken.amountCents() - taken.ownCents();
    return Effect.of("Retirer ce versement")
        .line("Financeur", funder(taken.funder()))
        .line("Ne compte plus", french.money(taken.amountCents()))
        .lineIf(repaid > 0, "De nouveau dû à qui l’avait avancé", french.money(repaid))
        .line("Comptait depuis le", french.date(taken.receivedOn()))
        .lineIf(taken.reason().isPresent(), "Motif", taken.reason().map(FundsWords::of).orElse(""))
        .afterwards(
            "Les appels qu’il soldait sont de nouveau ouverts ; des chèques activés peuvent ne plus"
                + " être couverts.")
        .dangerous();
  }

  // -- have it stand for another agreement

  @DeedMapping(TRANSFER)
  @Permit(Role.CLERK)
  Deed<Answer<FundsTransferred>> transferring(
      Sent sent, @PathVariable("agreementId") AgreementId agreement, Model model) {
    CallsQuery.CallsForFunds here = called.all(sent.by(), agreement, null);
    Doing.show(
        model,
        "Transférer des fonds libres",
        "De la convention %s à une autre du même financeur. Rien ne bouge à la banque."
            .formatted(agreement),
        page(agreement));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfATransfer(
            funders(here, _ -> ""),
            payingFor(called.all(sent.by(), null, null).shares(), here.shares())),
        Map.of("transfer", Field.proposedName("transfert", agreement.value())),
        (entries, dryRun) ->
            funding.transferFunds(
                new TransferFunds(
                    entries.as("transfer", FundsTransferId::new),
                    entries.as("funder", FunderId::new),
                    agreement,
                    entries.as("to", AgreementId::new),
                    entries.cents("amountCents")),
                dryRun,
                sent.by()),
        (_, moved) ->
            Effect.of("Transférer ces fonds")
                .line("Financeur", funder(moved.answer().funder()))
                .line("Transféré", french.money(moved.answer().amountCents()))
                .line("À la convention", moved.answer().to().value())
                .lineIf(
                    moved.answer().repaid().isPresent(),
                    "Dont remboursé à qui l’avait avancé",
                    moved.answer().repaid().map(each -> french.money(each.cents())).orElse(""))
                .afterwards("Il y compte comme un versement, et solde les plus anciens appels.")
                .already(moved.already()),
        moved ->
            new Deed.Done(
                Address.of("/transferts/{id}", moved.answer().transfer()),
                told(moved.already(), "Les fonds sont transférés.")));
  }

  static List<Field> fieldsOfATransfer(List<Field.Choice> funders, List<Field.Choice> agreements) {
    return List.of(
        Field.choice("funder", "Financeur", funders),
        Field.choice("to", "À la convention", agreements)
            .hint("La même, pour que son crédit y paie ce qu’il doit pour des chèques utilisés."),
        Field.euros("amountCents", "Montant").hint("Jamais plus que ce qui est libre."),
        Field.name("transfer", "Nom du transfert", FundsTransferId::new));
  }

  // -- give back

  @DeedMapping(GIVE_BACK)
  @Permit(Role.CLERK)
  Deed<Answer<GiveBackCredit.Given>> givingBack(
      Sent sent, @PathVariable("agreementId") AgreementId agreement, Model model) {
    Doing.show(
        model,
        "Rendre des fonds libres",
        "Pour la convention %s : ce qu’un financeur a versé, et qu’aucun chèque ne demande."
            .formatted(agreement),
        page(agreement));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAGiveBack(funders(called.all(sent.by(), agreement, null), _ -> "")),
        Map.of("giveBack", Field.proposedName("rendu", agreement.value())),
        (entries, dryRun) ->
            giveBacks.giveBackCredit(
                new GiveBackEndpoint.Body(
                    entries.as("giveBack", GiveBackId::new),
                    agreement,
                    entries.as("funder", FunderId::new),
                    entries.cents("amountCents")),
                dryRun,
                sent.by()),
        (_, given) ->
            Effect.of("Rendre ces fonds")
                .line("Financeur", funder(given.answer().funder()))
                .line("Rendu", french.money(given.answer().amountCents()))
                .afterwards(
                    "Un avoir est émis. Une personne ordonne son remboursement, une autre le"
                        + " libère ; rien ne quitte le compte avant.")
                .already(given.already()),
        given ->
            new Deed.Done(
                notePage(given.answer().creditNote()),
                given.answer().cancelledAt().isPresent()
                    ? "Cette restitution a été annulée depuis : donnez un autre nom à une nouvelle."
                    : told(given.already(), "L’avoir est émis : ordonnez son remboursement.")));
  }

  static List<Field> fieldsOfAGiveBack(List<Field.Choice> funders) {
    return List.of(
        Field.choice("funder", "Financeur", funders),
        Field.euros("amountCents", "Montant").hint("Jamais plus que ce qui est libre."),
        Field.name("giveBack", "Nom de la restitution", GiveBackId::new));
  }

  @DeedMapping(CANCEL_GIVE_BACK)
  @Permit(Role.CLERK)
  Deed<Answer<GiveBackCancelled>> cancellingAGiveBack(
      Sent sent, @PathVariable("giveBackId") GiveBackId giveBack, Model model) {
    String tag = "give-back:" + giveBack;
    CreditNoteId note =
        ledger.tagged(tag).stream()
            .map(RecordedFact::fact)
            .filter(CreditGivenBack.class::isInstance)
            .map(CreditGivenBack.class::cast)
            .findFirst()
            .orElseThrow(() -> Problem.notFound(tag))
            .creditNote();
    Doing.show(
        model,
        "Annuler la restitution " + giveBack,
        "Son avoir ne sera pas remboursé : ces fonds sont de nouveau libres.",
        notePage(note));
    return new Deed<>(
        Doing.VIEW,
        List.of(),
        (_, dryRun) -> giveBacks.cancelGiveBack(giveBack, dryRun, sent.by()),
        (_, cancelled) ->
            Effect.of("Annuler cette restitution")
                .line("Financeur", funder(cancelled.answer().funder()))
                .line("De nouveau libre", french.money(cancelled.answer().amountCents()))
                .afterwards("Ce que le financeur doit pour des chèques utilisés en est payé.")
                .dangerous()
                .already(cancelled.already()),
        cancelled ->
            new Deed.Done(
                notePage(cancelled.answer().creditNote()), "La restitution est annulée."));
  }

  // -- what they have in common

  private List<Field.Choice> funders(
      CallsQuery.CallsForFunds now, Function<CallsQuery.ShareRow, String> told) {
    Names known = names.get();
    return now.shares().stream()
        .map(
            share -> {
              String name = known.funder(share.funder());
              String words = told.apply(share);
              return new Field.Choice(share.funder(), words.isEmpty() ? name : name + ", " + words);
            })
        .toList();
  }

  /**
   * The agreements that a funder of this one pays for too, each with who that is.
   *
   * @param all of all agreements
   * @param here of this one
   */
  private List<Field.Choice> payingFor(
      List<CallsQuery.ShareRow> all, List<CallsQuery.ShareRow> here) {
    Names known = names.get();
    Set<String> payers = here.stream().map(CallsQuery.ShareRow::funder).collect(Collectors.toSet());
    Map<String, String> others =
        all.stream()
            .filter(share -> payers.contains(share.funder()))
            .collect(
                Collectors.groupingBy(
                    CallsQuery.ShareRow::agreement,
                    LinkedHashMap::new,
                    Collectors.mapping(
                        share -> known.funder(share.funder()), Collectors.joining(", "))));
    return others.entrySet().stream()
        .map(each -> new Field.Choice(each.getKey(), each.getKey() + ", " + each.getValue()))
        .toList();
  }

  private static String told(boolean already, String done) {
    return already ? "C’était déjà enregistré : rien n’est fait deux fois." : done;
  }

  private static <R extends Enum<R>> Field reason(R[] reasons, Function<R, String> words) {
    return Field.choice(
        "reason",
        "Motif",
        Stream.of(reasons).map(each -> new Field.Choice(each.name(), words.apply(each))).toList());
  }

  private String funder(FunderId funder) {
    return names.get().funder(funder.value());
  }

  /** The operation would say so too, but only once there is something to send to it. */
  private void requireTold(String tag) {
    if (ledger.tagged(tag).isEmpty()) {
      throw Problem.notFound(tag);
    }
  }

  // -- addresses

  /** What a clerk does for an agreement, from its page. */
  public static List<ThingActs.Act> acts(String agreement, Actor reader) {
    return reader.role() == Role.CLERK
        ? List.of(
            new ThingActs.Act("Appeler des fonds", Address.of(CALL, agreement)),
            new ThingActs.Act("Saisir un versement", Address.of(RECEIPT, agreement)),
            new ThingActs.Act("Transférer des fonds libres", Address.of(TRANSFER, agreement)),
            new ThingActs.Act("Rendre des fonds libres", Address.of(GIVE_BACK, agreement)))
        : List.of();
  }

  static String receive(FundsCalled call) {
    return Address.of(
        RECEIPT + "?appel={appel}&financeur={financeur}",
        call.agreement(),
        call.call(),
        call.funder());
  }

  static String cancel(CallId call) {
    return Address.of(CANCEL_CALL, call);
  }

  public static String cancel(GiveBackId giveBack) {
    return Address.of(CANCEL_GIVE_BACK, giveBack);
  }

  public static String takeBack(String receipt) {
    return Address.of(TAKE_BACK, receipt);
  }

  private static String callPage(CallId call) {
    return Address.of("/appels/{id}", call);
  }

  private static String page(AgreementId agreement) {
    return Address.of(AGREEMENT, agreement);
  }

  private static String receiptPage(ReceiptId receipt) {
    return Address.of("/versements/{receiptId}", receipt);
  }

  private static String notePage(CreditNoteId note) {
    return Address.of("/avoirs/{id}", note);
  }
}
