package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.giveback.CancelGiveBack;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.payee.ConfirmPayeeAccount;
import fr.passnumerique.clearing.payee.DropPayeeAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.payee.ProposePayeeAccount;
import fr.passnumerique.clearing.payee.Reopening;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountProposed;
import fr.passnumerique.clearing.refund.CancelRefunds;
import fr.passnumerique.clearing.refund.DownloadRefundFile;
import fr.passnumerique.clearing.refund.OrderRefunds;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RejectRefund;
import fr.passnumerique.clearing.refund.ReleaseRefunds;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Refunding;
import java.util.Map;
import java.util.Optional;

/** The words about refunds. */
final class RefundWords {
  private final Vault vault;
  private final Books books;

  RefundWords(Vault vault, Books books) {
    this.vault = vault;
    this.books = books;
  }

  Command<?> command(Refunding action) {
    return switch (action) {
      case Refunding.OpenFunderAccount a ->
          new ProposePayeeAccount(
              payee(a.funder()),
              sealed(a.funder(), a.iban()),
              vault.fingerprint(a.iban()),
              Action.CLERK,
              VenueAccountProposed.Proposer.CLERK,
              a.reopening() ? Optional.of(Reopening.BANK_WAS_WRONG) : Optional.empty());
      case Refunding.ConfirmFunderAccount a ->
          new ConfirmPayeeAccount(payee(a.funder()), sealed(a.funder(), a.iban()), a.by());
      case Refunding.DropFunderAccount a ->
          new DropPayeeAccount(payee(a.funder()), sealed(a.funder(), a.iban()), a.by());
      case Refunding.GiveBack a ->
          new GiveBackCredit(
              new GiveBackId(a.giveBack()),
              new AgreementId(a.agreement()),
              new FunderId(a.funder()),
              a.cents(),
              Action.CLERK);
      case Refunding.CancelGiveBack a ->
          new CancelGiveBack(new GiveBackId(a.giveBack()), Action.CLERK);
      case Refunding.OrderRefunds a ->
          new OrderRefunds(
              new RefundOrderId(a.refunds()),
              a.notes().stream().map(note -> new CreditNoteId(note.name())).toList(),
              Action.CLERK);
      case Refunding.ReleaseRefunds a -> new ReleaseRefunds(new RefundOrderId(a.refunds()), a.by());
      case Refunding.CancelRefunds a ->
          new CancelRefunds(new RefundOrderId(a.refunds()), Action.CLERK);
      case Refunding.HandOutRefunds a ->
          new DownloadRefundFile(
              new RefundOrderId(a.refunds()),
              Action.CLERK,
              a.refunds(),
              "file without " + a.leftOut(),
              a.leftOut().stream().map(books::transfer).map(TransferId::new).toList());
      case Refunding.RejectRefund a -> {
        String name = Refunding.transfer(a.refunds(), a.note());
        String known = books.transfer(name);
        yield new RejectRefund(
            new RefundOrderId(a.refunds()),
            new TransferId(known.equals(name) ? "none" : known),
            a.rejectedOn(),
            a.reason());
      }
    };
  }

  private static Payee payee(String funder) {
    return Payee.of(new FunderId(funder));
  }

  private VaultReference sealed(String funder, String iban) {
    return vault.seal(
        "funder:" + funder,
        "account",
        Map.of(VenueAccountOpened.IBAN, iban, VenueAccountOpened.HOLDER, funder));
  }
}
