package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.giveback.CancelGiveBack;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.ConfirmPayeeAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.payee.ProposePayeeAccount;
import fr.passnumerique.clearing.refund.CancelRefunds;
import fr.passnumerique.clearing.refund.DownloadRefundFile;
import fr.passnumerique.clearing.refund.OrderRefunds;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RejectRefund;
import fr.passnumerique.clearing.refund.ReleaseRefunds;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * 30 € of the State's are to be given back, by order A. What the bank says of that is not explained
 * yet; each test does what the refusal says.
 */
class GiveBacksInDoubtTest {
  private static final String DAY = BankWorld.TODAY.toString();
  private static final GiveBackId GIVE_BACK = new GiveBackId("G-1");
  private static final CreditNoteId NOTE = CreditNoteId.ofFreeCredit("G-1", STATE);

  private static final TakeReceiptBack TAKING_BACK =
      new TakeReceiptBack(new ReceiptId("V-1"), ReceiptTakenBack.Reason.NEVER_CAME, "clerk-1");

  private final BankWorld world = BankWorld.usual();

  @BeforeEach
  void creditIsToBeGivenBack() {
    world.must(new RecordReceipt(new ReceiptId("V-1"), AGREEMENT, STATE, 3_000, BankWorld.TODAY));
    world.must(new GiveBackCredit(GIVE_BACK, AGREEMENT, STATE, 3_000, "clerk-1"));
    account("v-1");
  }

  private void account(String reference) {
    world.must(
        new ProposePayeeAccount(
            Payee.of(STATE), new VaultReference(reference), "f-" + reference, "clerk-1"));
    world.must(new ConfirmPayeeAccount(Payee.of(STATE), new VaultReference(reference), "clerk-2"));
  }

  private TransferId ordered(String order) {
    return world
        .must(new OrderRefunds(new RefundOrderId(order), List.of(NOTE), "clerk-1"))
        .transfers()
        .getFirst()
        .transfer();
  }

  private void released(String order) {
    world.must(new ReleaseRefunds(new RefundOrderId(order), "clerk-2"));
  }

  private static DownloadRefundFile download(String order, TransferId... leftOut) {
    return new DownloadRefundFile(
        new RefundOrderId(order), "clerk-1", "RB" + order, "sha", List.of(leftOut));
  }

  /** Rejected by a clerk's word, with the State's account closed. */
  private TransferId rejected() {
    TransferId transfer = ordered("A");
    released("A");
    world.must(download("A"));
    world.must(new RejectRefund(new RefundOrderId("A"), transfer, BankWorld.TODAY, "AC04"));
    return transfer;
  }

  private static CancelGiveBack cancelling() {
    return new CancelGiveBack(GIVE_BACK, "clerk-1");
  }

  private static Camt debit(TransferId transfer, long cents) {
    return Camt.notification("N-1").entry("B-1", DAY, -cents, transfer.value(), "");
  }

  private String importing(Camt camt) {
    return world.importing(camt.bytes()).entries().getFirst().entry();
  }

  private void match(String entry, TransferId transfer) {
    world.must(
        new MatchBankEntry(entry, List.of(), Optional.empty(), Optional.of(transfer), "clerk-1"));
  }

  private String refused(Command<?> command, String... because) {
    Outcome<?> outcome = world.ledger.send(command);
    assertThat(outcome).isInstanceOf(Outcome.Refused.class);
    assertThat(List.of(because)).allSatisfy(word -> assertThat(outcome.toString()).contains(word));
    return ((Outcome.Refused<?>) outcome).refusal().code().toString();
  }

  @Test
  void anOrderWhoseRefundTheBankDebitedBeforeItsReleaseIsNotHandedOutUntilThatIsExplained() {
    TransferId transfer = ordered("A");
    String entry = importing(debit(transfer, 3_000));
    released("A");
    assertThat(refused(download("A"), transfer.value(), "30.00 €", "match entry " + entry))
        .isEqualTo("DEBIT_UNEXPLAINED");
    assertThat(refused(new CancelRefunds(new RefundOrderId("A"), "clerk-1")))
        .isEqualTo("DEBIT_UNEXPLAINED");

    match(entry, transfer);

    assertThat(refused(download("A", transfer))).isEqualTo("TRANSFER_ENDED");
    assertThat(world.balance(BANK)).isZero();
  }

  @Test
  void aFileThatWasHandedOutBeforeIsHandedOutAgain() {
    TransferId transfer = ordered("A");
    released("A");
    world.must(download("A"));
    importing(debit(transfer, 2_999));

    world.must(download("A"));
  }

  @Test
  void whatTheBankDebitedByAnotherAmountAfterItsRejectionIsNotFreeAgain() {
    TransferId transfer = rejected();
    String entry = importing(debit(transfer, 2_999));
    assertThat(refused(cancelling(), "G-1", transfer.value(), "offset it against what comes back"))
        .isEqualTo("MAY_BE_PAID_ALREADY");

    String back =
        importing(Camt.notification("N-2").takenBack("B-2", DAY, 2_999, transfer.value()));
    world.must(new OffsetBankEntries(back, entry, "clerk-1"));

    world.must(cancelling());
    assertThat(world.balance(FUNDER_CREDIT)).isEqualTo(-3_000);
  }

  /** Told while another order was to refund it: the debit cannot be its transfer's meanwhile. */
  @Test
  void whatTheBankDebitedAfterItsRejectionIsRefundedOnceTheNextOrderIsCancelled() {
    TransferId transfer = rejected();
    account("v-2");
    ordered("B");
    String entry = importing(debit(transfer, 3_000));
    assertThat(refused(cancelling(), "cancel its order")).isEqualTo("REFUND_UNDER_WAY");
    world.must(new CancelRefunds(new RefundOrderId("B"), "clerk-1"));
    assertThat(refused(cancelling(), "match entry " + entry + " to transfer " + transfer))
        .isEqualTo("MAY_BE_PAID_ALREADY");

    match(entry, transfer);

    assertThat(refused(cancelling())).isEqualTo("GIVE_BACK_REFUNDED");
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(world.balance(BANK)).isZero();
  }

  @Test
  void aDebitAtTheMomentOfTheCancellationIsSeen() {
    BankFile file = new BankFileReader(BankWorld.IBAN).read(debit(rejected(), 2_999).bytes());

    var race = world.ledger.race(new ImportBankFile(file, Map.of(), Map.of()), cancelling());

    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second().toString()).contains("MAY_BE_PAID_ALREADY");
  }

  @Test
  void aReceiptOfWhichItIsIsTakenBackOnceTheRefundHasComeBackAndTheGiveBackIsCancelled() {
    TransferId transfer = ordered("A");
    released("A");
    world.must(download("A"));
    importing(debit(transfer, 3_000));
    assertThat(refused(TAKING_BACK, "; have funder anct pay in 30.00 €"))
        .isEqualTo("RECEIPT_MOVED_ON");

    importing(Camt.notification("N-2").returned("B-2", DAY, 3_000, transfer.value(), "AC04"));

    isTakenBackOnceTheGiveBackIsCancelled();
  }

  private static final String WAIT =
      "; wait for the bank's word on the refund of give-back G-1 (or cancel order A by"
          + " cancelRefunds while nobody has downloaded its file), or have funder anct pay in 30.00"
          + " € (callFunds), and take it back then";

  @Test
  void aReceiptWhoseGiveBackIsBeingRefundedWaitsForTheBanksWordOrIsPaidIn() {
    ordered("A");
    assertThat(refused(cancelling())).isEqualTo("REFUND_UNDER_WAY");
    assertThat(refused(TAKING_BACK, WAIT)).isEqualTo("RECEIPT_MOVED_ON");
    released("A");
    world.must(download("A"));
    assertThat(refused(TAKING_BACK, WAIT)).isEqualTo("RECEIPT_MOVED_ON");

    // In two sums: one of as much would prove the receipt.
    importing(Camt.notification("N-3").entry("B-3", DAY, 2_999, "", "creuse-2026 anct"));
    assertThat(refused(TAKING_BACK, "pay in 0.01 €")).isEqualTo("RECEIPT_MOVED_ON");
    importing(Camt.notification("N-4").entry("B-4", DAY, 1, "", "creuse-2026 anct"));

    world.must(TAKING_BACK);
  }

  @Test
  void onceTheOrderIsCancelledItsGiveBackIsCancelled() {
    ordered("A");
    assertThat(refused(TAKING_BACK, WAIT)).isEqualTo("RECEIPT_MOVED_ON");

    world.must(new CancelRefunds(new RefundOrderId("A"), "clerk-1"));

    isTakenBackOnceTheGiveBackIsCancelled();
  }

  @Test
  void onceTheBankHasRejectedTheRefundItsGiveBackIsCancelled() {
    rejected();

    isTakenBackOnceTheGiveBackIsCancelled();
  }

  private void isTakenBackOnceTheGiveBackIsCancelled() {
    assertThat(refused(TAKING_BACK, "; cancel give-back G-1 (cancelGiveBack), and take it back"))
        .isEqualTo("RECEIPT_MOVED_ON");
    world.must(cancelling());
    world.must(TAKING_BACK);
    assertThat(world.balance(BANK)).isZero();
  }

  /** Nobody was ever given its file: the debit is a clerk's. */
  @Test
  void aDebitThatNamesARefundOfACancelledOrderKeepsNothingFromBeingFreeAgain() {
    TransferId transfer = ordered("A");
    world.must(new CancelRefunds(new RefundOrderId("A"), "clerk-1"));
    importing(debit(transfer, 3_000));
    assertThat(world.register.doubtful()).containsExactly(transfer);

    world.must(cancelling());
  }
}
