package fr.passnumerique.ui.funds;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeReceiptBackEndpoint;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundingEndpoint;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Funders' money for an agreement has come, or has not after all. */
@Controller
public final class ReceiptDeeds {
  private static final String TAKE_BACK = "/versements/{receiptId}/retrait";

  private final FundingEndpoint funding;
  private final TakeReceiptBackEndpoint receipts;
  private final AgreementFunds funds;
  private final French french;
  private final Clock clock;

  ReceiptDeeds(
      FundingEndpoint funding,
      TakeReceiptBackEndpoint receipts,
      AgreementFunds funds,
      French french,
      Clock clock) {
    this.funding = funding;
    this.receipts = receipts;
    this.funds = funds;
    this.french = french;
    this.clock = clock;
  }

  /**
   * @param call that it settles first; empty if nobody has said which
   * @param from the funder; likewise
   */
  @DeedMapping(AgreementFunds.RECEIPT)
  @Permit(Role.CLERK)
  Deed<Answer<FundsReceived>> receiving(
      Sent sent,
      @PathVariable("agreementId") AgreementId agreement,
      @RequestParam(name = "appel", defaultValue = "") String call,
      @RequestParam(name = "financeur", defaultValue = "") String from,
      Model model) {
    CallsQuery.CallsForFunds now = funds.of(agreement, sent.by());
    Doing.show(
        model,
        "Saisir un versement",
        "Pour la convention %s. Si le relevé de la banque est importé, rapprochez plutôt le"
                .formatted(agreement)
            + " mouvement.",
        AgreementFunds.page(agreement));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAReceipt(
            funds.funders(now, share -> french.money(share.openCents()) + " attendus"),
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
                                    funds.funder(each.funder()))))
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
                AgreementFunds.told(
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
        .line("Financeur", funds.funder(received.funder()))
        .line("Reçu", french.money(received.amountCents()))
        .line("Date de valeur", french.date(received.valueDate()))
        .lineIf(
            repaid > 0,
            "Dont remboursé à qui l’avait avancé",
            "%s, %s"
                .formatted(
                    french.money(repaid),
                    received.repaid().map(each -> funds.funder(each.preFinancier())).orElse("")))
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
    funds.requireTold("receipt:" + receipt);
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
    return List.of(
        Field.choice("reason", "Motif", ReceiptTakenBack.Reason.values(), FundsWords::of));
  }

  private Effect undoes(ReceiptTakenBack taken) {
    long repaid = taken.amountCents() - taken.ownCents();
    return Effect.of("Retirer ce versement")
        .line("Financeur", funds.funder(taken.funder()))
        .line("Ne compte plus", french.money(taken.amountCents()))
        .lineIf(repaid > 0, "De nouveau dû à qui l’avait avancé", french.money(repaid))
        .line("Comptait depuis le", french.date(taken.receivedOn()))
        .lineIf(taken.reason().isPresent(), "Motif", taken.reason().map(FundsWords::of).orElse(""))
        .afterwards(
            "Les appels qu’il soldait sont de nouveau ouverts ; des chèques activés peuvent ne plus"
                + " être couverts.")
        .dangerous();
  }

  static String receive(FundsCalled call) {
    return Address.of(
        AgreementFunds.RECEIPT + "?appel={appel}&financeur={financeur}",
        call.agreement(),
        call.call(),
        call.funder());
  }

  public static String takeBack(String receipt) {
    return Address.of(TAKE_BACK, receipt);
  }

  private static String receiptPage(ReceiptId receipt) {
    return Address.of("/versements/{receiptId}", receipt);
  }
}
