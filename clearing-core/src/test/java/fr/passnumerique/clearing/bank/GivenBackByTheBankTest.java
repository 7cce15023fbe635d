package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TO_GIVE_BACK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundCreditNote;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.giveback.CancelGiveBack;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.payee.ConfirmPayeeAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.payee.ProposePayeeAccount;
import fr.passnumerique.clearing.refund.CancelRefunds;
import fr.passnumerique.clearing.refund.DownloadRefundFile;
import fr.passnumerique.clearing.refund.OrderRefunds;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RejectRefund;
import fr.passnumerique.clearing.refund.ReleaseRefunds;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Free credit goes back as credit notes do: ordered, released, debited. */
class GivenBackByTheBankTest {
  private static final String CLERK = "clerk-1";
  private static final String SECOND = "clerk-2";
  private static final LocalDate DAY = BankWorld.TODAY;
  private static final CreditNoteId NOTE = new CreditNoteId("G-1~~anct");

  private final BankWorld world = BankWorld.usual();
  private final GiveBackCredit giving =
      new GiveBackCredit(new GiveBackId("G-1"), AGREEMENT, STATE, 2_500, CLERK);

  GivenBackByTheBankTest() {
    world.importing(Camt.notification("N0").entry("B-0", "2026-04-01", 10_000, "", "?").bytes());
    String paid = world.ledger.facts(BankEntryUnmatched.class).getLast().entry().id();
    world.must(BankParts.match(paid, AGREEMENT, STATE, 10_000));
    account("v-1");
  }

  private void account(String reference) {
    world.must(
        new ProposePayeeAccount(
            Payee.of(STATE), new VaultReference(reference), "f-" + reference, CLERK));
    world.must(new ConfirmPayeeAccount(Payee.of(STATE), new VaultReference(reference), SECOND));
  }

  private static OrderRefunds ordering(String order) {
    return new OrderRefunds(new RefundOrderId(order), List.of(NOTE), CLERK);
  }

  private static ReleaseRefunds releasing(String order, String by) {
    return new ReleaseRefunds(new RefundOrderId(order), by);
  }

  private static DownloadRefundFile download(String order) {
    return new DownloadRefundFile(new RefundOrderId(order), CLERK, "RB" + order, "sha", List.of());
  }

  private TransferId sent(String order) {
    RefundsOrdered ordered = world.must(ordering(order));
    world.must(releasing(order, SECOND));
    world.must(download(order));
    return ordered.transfers().getFirst().transfer();
  }

  private BankFileImported.Entry importing(Camt camt) {
    return world.importing(camt.bytes()).entries().getFirst();
  }

  private static Camt debit(String booking, long cents, String endToEnd) {
    return Camt.notification("N-" + booking).entry(booking, "2026-04-02", -cents, endToEnd, "?");
  }

  private static MatchBankEntry matching(String entry, CreditNoteId note) {
    return new MatchBankEntry(
        entry,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(note.value()),
        CLERK);
  }

  private void stands(long bank, long free, long toGiveBack) {
    assertThat(world.balance(BANK)).as("bank").isEqualTo(bank);
    assertThat(world.balance(FUNDER_CREDIT)).as("free").isEqualTo(-free);
    assertThat(world.balance(TO_GIVE_BACK)).as("to give back").isEqualTo(-toGiveBack);
  }

  private String refusal(Command<?> command) {
    return world.ledger.rehearse(command)
            instanceof fr.passnumerique.clearing.ledger.Outcome.Refused<?> refused
        ? refused.refusal().code().toString()
        : "ACCEPTED";
  }

  @Test
  void oneOrdersItAnotherReleasesItAndTheDebitEndsIt() {
    world.must(giving);
    stands(10_000, 7_500, 2_500);

    RefundsOrdered ordered = world.must(ordering("A"));
    assertThat(refusal(releasing("A", CLERK))).isEqualTo("SECOND_PERSON_REQUIRED");
    world.must(releasing("A", SECOND));
    TransferId transfer = ordered.transfers().getFirst().transfer();
    assertThat(ordered.transfers().getFirst().free())
        .contains(new FreeCents(FundedWorld.PROGRAMME, AGREEMENT, STATE, 2_500));
    assertThat(importing(debit("B-1", 2_500, transfer.value())).outcome()).isEqualTo(Outcome.PAID);

    stands(7_500, 7_500, 0);
    assertThat(world.ledger.facts(CreditNoteRefunded.class).getLast().free())
        .contains(new FreeCents(FundedWorld.PROGRAMME, AGREEMENT, STATE, 2_500));
    assertThat(refusal(ordering("B"))).isEqualTo("CREDIT_NOTE_ALREADY_REFUNDED");
    assertThat(refusal(cancelling())).isEqualTo("GIVE_BACK_REFUNDED");
  }

  private static CancelGiveBack cancelling() {
    return new CancelGiveBack(new GiveBackId("G-1"), SECOND);
  }

  @Test
  void aDebitThatNobodyOrderedIsExplainedByTheNoteThatIsIssuedForItAfterwards() {
    String entry = importing(debit("B-1", 2_500, "")).entry();
    assertThat(world.balance(UNMATCHED)).isEqualTo(2_500);
    world.ledger.on(DAY.plusDays(3));

    world.must(giving);
    assertThat(refusal(matching(entry, NOTE))).isEqualTo("REFUND_NOT_RECORDED");
    assertThat(world.ledger.send(matching(entry, NOTE)).toString())
        .contains("that credit note %s was refunded without a transfer".formatted(NOTE));
    assertThat(refusal(new RefundCreditNote(NOTE, DAY.plusDays(4))))
        .isEqualTo("BOOKED_ON_OUT_OF_RANGE");
    world.must(new RefundCreditNote(NOTE, DAY));
    world.must(matching(entry, NOTE));

    assertThat(world.balance(UNMATCHED)).isZero();
    stands(7_500, 7_500, 0);
  }

  @Test
  void aRefundByHandIsKnownByTheNameOfItsNote() {
    world.must(giving);
    world.must(new RefundCreditNote(NOTE, DAY));

    assertThat(importing(named("avoir G-1~~anct", "B-1")).outcome()).isEqualTo(Outcome.PROVED);

    stands(7_500, 7_500, 0);
    assertThat(world.balance(UNMATCHED)).isZero();
    assertThat(importing(named("avoir G-1~~anct", "B-2")).outcome()).isEqualTo(Outcome.UNMATCHED);
  }

  @Test
  void aNoteOfAnOrderCalledTheSameIsNotProvedByItNorItByThat() {
    world.must(giving);
    world.must(new RefundCreditNote(NOTE, DAY));
    CreditNoteId ofAnOrder = new CreditNoteId("G-1~anct");
    world.ledger.given(
        new CreditNoteIssued(
            ofAnOrder,
            new OrderId("G-1"),
            STATE,
            2_500,
            DAY,
            List.of(
                new FundedCents(
                    FundedWorld.PROGRAMME, AGREEMENT, 1, CREUSE, STATE, 2_500, Optional.empty())),
            List.of(),
            Optional.empty()));
    world.must(new RefundCreditNote(ofAnOrder, DAY));

    assertThat(importing(named("avoir G-1 anct", "B-1")).outcome()).isEqualTo(Outcome.UNMATCHED);
    assertThat(importing(named("avoir G-1~anct", "B-2")).outcome()).isEqualTo(Outcome.PROVED);
    assertThat(world.register.isProved(ofAnOrder.value())).isTrue();
    assertThat(world.register.isProved(NOTE.value())).isFalse();
  }

  private static Camt named(String text, String booking) {
    return Camt.notification("N-" + booking).entry(booking, "2026-04-02", -2_500, "", text);
  }

  @Test
  void ofTheEntrysAmountOnly() {
    String entry = importing(debit("B-1", 2_499, "")).entry();
    world.must(giving);
    world.must(new RefundCreditNote(NOTE, DAY));

    assertThat(refusal(matching(entry, NOTE))).isEqualTo("REFUND_DIFFERS");
  }

  @Test
  void onceReleasedItIsNotPaidByHandBeforeThatDay() {
    world.must(giving);
    world.must(ordering("A"));
    assertThat(refusal(new RefundCreditNote(NOTE, DAY))).isEqualTo("REFUND_ORDERED");
    world.ledger.on(DAY.plusDays(1));
    world.must(releasing("A", SECOND));
    world.must(download("A"));

    assertThat(refusal(new RefundCreditNote(NOTE, DAY))).isEqualTo("BOOKED_ON_OUT_OF_RANGE");
    world.must(new RefundCreditNote(NOTE, DAY.plusDays(1)));
  }

  @Test
  void whatComesBackIsToBeGivenBackAgainAndMayBeCancelledThen() {
    world.must(giving);
    TransferId transfer = sent("A");
    importing(debit("B-1", 2_500, transfer.value()));

    importing(
        Camt.notification("N-2").returned("B-2", "2026-04-02", 2_500, transfer.value(), "AC04"));

    stands(10_000, 7_500, 2_500);
    assertThat(world.ledger.facts(RefundReturned.class).getLast().free()).isPresent();
    account("v-2");
    assertThat(refusal(ordering("B"))).isEqualTo("ACCEPTED");
    world.must(cancelling());
    stands(10_000, 10_000, 0);
    assertThat(refusal(ordering("B"))).isEqualTo("UNKNOWN_CREDIT_NOTE");
    assertThat(refusal(new RefundCreditNote(NOTE, DAY))).isEqualTo("UNKNOWN_CREDIT_NOTE");
  }

  @Test
  void anOrderHoldsItUntilItIsCancelledOrRejected() {
    world.must(giving);
    world.must(ordering("A"));
    assertThat(refusal(cancelling())).isEqualTo("REFUND_UNDER_WAY");
    world.must(new CancelRefunds(new RefundOrderId("A"), CLERK));
    assertThat(refusal(cancelling())).isEqualTo("ACCEPTED");
    TransferId transfer = sent("B");
    assertThat(refusal(cancelling())).isEqualTo("REFUND_UNDER_WAY");
    world.must(new RejectRefund(new RefundOrderId("B"), transfer, DAY, "AC04"));

    world.must(cancelling());

    stands(10_000, 10_000, 0);
    // Paid after all, it would take back what is free again, and perhaps set aside for cheques.
    assertThat(importing(debit("B-1", 2_500, transfer.value())).why())
        .contains(Why.PAID_AFTER_REJECTION);
    stands(7_500, 10_000, 0);
  }

  @Test
  void itIsCancelledOrOrderedAndNeverBoth() {
    world.must(giving);

    var race = world.ledger.race(cancelling(), ordering("A"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(RefundsOrdered.class)).isEmpty();
  }

  @Test
  void itIsCancelledOrRefundedByHandAndNeverBoth() {
    world.must(giving);

    var race = world.ledger.race(cancelling(), new RefundCreditNote(NOTE, DAY));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(world.ledger.facts(CreditNoteRefunded.class)).isEmpty();
  }
}
