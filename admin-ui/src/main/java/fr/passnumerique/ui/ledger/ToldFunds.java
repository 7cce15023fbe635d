package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundFileDownloaded;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.ui.words.CauseWords;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.Optional;

/** What facts say of a funder's money: called, received, moved, and given back. */
final class ToldFunds {
  private final Names names;
  private final Actor reader;
  private final French french = new French();

  ToldFunds(Names names, Actor reader) {
    this.names = names;
    this.reader = reader;
  }

  /** Empty of a fact about something else. */
  Optional<Told> of(Fact fact) {
    return Optional.ofNullable(
        switch (fact) {
          case FundsCalled f ->
              Told.of(
                      "%s, pour la convention %s, à payer au plus tard le %s."
                          .formatted(name(f.funder()), f.agreement(), french.date(f.dueOn())),
                      "Référence de paiement %s.".formatted(f.reference()))
                  .about(f.amountCents())
                  .with(Thing.CALL.link(f.call().value(), reader, own(f.funder())));
          case FundsCallCancelled f ->
              Told.of("Ce qui n’était pas encore reçu n’est plus demandé.")
                  .about(f.remainingCents())
                  .with(Thing.CALL.link(f.call().value(), reader, own(f.funder())));
          case FundsReceived f ->
              Told.of("%s, pour la convention %s.".formatted(name(f.funder()), f.agreement()))
                  .about(f.amountCents())
                  .by(f.entry())
                  .with(CauseWords.receipt(f.receipt().value(), readsOf(f.funder())))
                  .good();
          case ReceiptTakenBack f ->
              Told.of(
                      "%s, pour la convention %s.".formatted(name(f.funder()), f.agreement()),
                      f.reason().map(ToldFunds::why).orElse(""))
                  .about(f.amountCents())
                  .by(f.entry())
                  .with(CauseWords.receipt(f.receipt().value(), readsOf(f.funder())))
                  .bad();
          case FundsTransferred f ->
              Told.of(
                      f.staysWithinAgreement()
                          ? "%s : ce que la convention %s avait reçu d’avance paie ce qui est dû sur usage."
                              .formatted(name(f.funder()), f.from())
                          : "%s : de la convention %s à la convention %s."
                              .formatted(name(f.funder()), f.from(), f.to()),
                      f.repaid()
                          .map(
                              repaid ->
                                  "Dont %s remboursés à %s, qui les avait avancés."
                                      .formatted(
                                          french.money(repaid.cents()),
                                          name(repaid.preFinancier())))
                          .orElse(""))
                  .about(f.amountCents())
                  .with(Thing.FUNDS_TRANSFER.link(f.transfer().value(), reader, own(f.funder())));
          case CreditNoteIssued f ->
              Told.of(
                      "%s, pour la commande %s.".formatted(name(f.funder()), f.order()),
                      f.recovered().isEmpty()
                          ? ""
                          : "Ce que %s ont rapporté."
                              .formatted(
                                  french.counted(
                                      f.recovered().size(), "ligne annulée", "lignes annulées")))
                  .about(f.amountCents())
                  .with(
                      Thing.CREDIT_NOTE.link(f.creditNote().value(), reader, own(f.funder())),
                      Thing.ORDER.link(f.order().value(), reader));
          case CreditGivenBack f ->
              Told.of(
                      "%s : ce que la convention %s n’emploie pas."
                          .formatted(name(f.funder()), f.agreement()))
                  .about(f.amountCents())
                  .with(Thing.CREDIT_NOTE.link(f.creditNote().value(), reader, own(f.funder())));
          case GiveBackCancelled f ->
              Told.of(
                      "L’argent est de nouveau libre pour la convention %s."
                          .formatted(f.agreement()))
                  .about(f.amountCents())
                  .with(Thing.CREDIT_NOTE.link(f.creditNote().value(), reader, own(f.funder())));
          case CreditNoteRefunded f ->
              Told.of(
                      f.entry().isPresent()
                          ? "%s, débité du compte cantonné.".formatted(name(f.funder()))
                          : "%s. Saisi par un agent ; le relevé de la banque le prouve ensuite."
                              .formatted(name(f.funder())))
                  .about(f.amountCents())
                  .by(f.entry())
                  .with(Thing.CREDIT_NOTE.link(f.creditNote().value(), reader, own(f.funder())))
                  .good();
          case RefundTakenBack f ->
              Told.of(
                      why("Saisi par un agent", f.reason()),
                      f.transfer()
                          .map(
                              id ->
                                  (f.executedOn().isPresent()
                                          ? "Le virement %s reste exécuté selon la banque."
                                          : "Le virement %s est de nouveau en cours.")
                                      .formatted(id))
                          .orElse("L’avoir est de nouveau dû."))
                  .about(f.amountCents())
                  .with(Thing.CREDIT_NOTE.link(f.creditNote().value(), reader, own(f.funder())))
                  .bad();
          case RefundsOrdered f ->
              (all()
                      ? Told.of(
                              "%s, un par avoir. Attend une seconde personne."
                                  .formatted(
                                      french.counted(
                                          f.transfers().size(), "virement", "virements")))
                          .about(
                              f.transfers().stream()
                                  .mapToLong(RefundsOrdered.Transfer::amountCents)
                                  .sum())
                      : Told.NOTHING)
                  .with(order(f.order()));
          case RefundsReleased f ->
              Told.of(
                      "Par une seconde personne, à exécuter le %s."
                          .formatted(french.date(f.executionOn())))
                  .with(order(f.order()));
          case RefundsCancelled f ->
              Told.of("Ses avoirs peuvent être remboursés par un autre ordre.")
                  .with(order(f.order()))
                  .bad();
          case RefundFileDownloaded f ->
              Told.of("Message %s.".formatted(f.messageId())).with(order(f.order()));
          case RefundExecuted f ->
              Told.of(
                      "Virement %s, le %s ; le débit du compte reste à venir."
                          .formatted(f.transfer(), french.date(f.executedOn())))
                  .with(order(f.order()), note(f.creditNote().value()));
          case RefundExecutionTakenBack f ->
              Told.of(
                      why("Dit exécuté le " + french.date(f.executedOn()), f.reason()),
                      "Le virement %s est de nouveau en cours.".formatted(f.transfer()))
                  .with(order(f.order()), note(f.creditNote().value()))
                  .bad();
          case RefundRejected f ->
              Told.of(
                      "Virement %s, motif %s. L’avoir est de nouveau dû, et le compte est fermé."
                          .formatted(f.transfer(), f.reason()))
                  .with(order(f.order()), note(f.creditNote().value()))
                  .bad();
          case RefundReinstated f ->
              Told.of("Virement %s : payé après tout.".formatted(f.transfer()))
                  .with(order(f.order()), note(f.creditNote().value()));
          case RefundReturned f ->
              Told.of(
                      "Virement %s, motif %s. L’avoir est de nouveau dû%s."
                          .formatted(
                              f.transfer(),
                              f.reason(),
                              f.closesAccount() ? ", et le compte est fermé" : ""))
                  .about(f.amountCents())
                  .by(f.entry())
                  .with(order(f.order()), note(f.creditNote().value()))
                  .bad();
          default -> null;
        });
  }

  private String name(FunderId funder) {
    return names.funder(funder.value());
  }

  private boolean all() {
    return reader.role() == Role.CLERK || reader.role() == Role.AUDITOR;
  }

  private boolean own(FunderId funder) {
    return reader.role() == Role.FUNDER && funder.value().equals(reader.subject());
  }

  private boolean readsOf(FunderId funder) {
    return all() || own(funder);
  }

  private CauseWords order(RefundOrderId order) {
    return Thing.REFUND_ORDER.link(order.value(), reader);
  }

  /** A funder that reads it stands on its page already. */
  private CauseWords note(String id) {
    return Thing.CREDIT_NOTE.link(id, reader);
  }

  private static String why(String said, RefundTakenBack.Reason reason) {
    return said
        + switch (reason) {
          case WRONG_NOTE -> " pour un autre avoir.";
          case REJECTED -> ", rejeté par la banque.";
          case NEVER_DEBITED -> ", jamais débité.";
          case OTHER -> ", jamais montré par la banque.";
        };
  }

  private static String why(ReceiptTakenBack.Reason reason) {
    return switch (reason) {
      case TYPED_TWICE -> "Saisi deux fois par un agent.";
      case WRONG_AMOUNT -> "Saisi par un agent d’un montant faux.";
      case WRONG_SHARE -> "Saisi par un agent pour un autre financeur ou une autre convention.";
      case NEVER_CAME -> "Annoncé et saisi par un agent, jamais arrivé.";
      case OTHER -> "Saisi par un agent, jamais montré par la banque.";
    };
  }
}
