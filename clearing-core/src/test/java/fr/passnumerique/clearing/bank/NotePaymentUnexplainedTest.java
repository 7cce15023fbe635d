package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.UNMATCHED;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.VENUE_RECEIVABLE;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bank.BankEntryUnmatched.Why;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.reversal.DebitNoteId;
import fr.passnumerique.clearing.reversal.RecordDebitNotePayment;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A note of twenty euros is not recorded as paid beside the bank's credit that may have paid it.
 */
class NotePaymentUnexplainedTest {
  private static final String DAY = "2026-04-02";
  private static final RecordDebitNotePayment PAID =
      new RecordDebitNotePayment(new DebitNoteId("titre-1"), BankWorld.TODAY, "clerk-1");

  private final BankWorld world = BankWorld.usual();

  {
    world.ledger.given(AskedOfAVenue.facts());
  }

  private String booked(long cents, String text) {
    BankFileImported.Entry entry =
        world
            .importing(
                Camt.statement("S-1", DAY, DAY, 0).entry("B-1", DAY, cents, "", text).bytes())
            .entries()
            .getFirst();
    assertThat(entry.outcome()).isEqualTo(BankFileImported.Outcome.UNMATCHED);
    return entry.entry();
  }

  private void isRefusedFor(String entry, String... says) {
    assertThat(world.ledger.send(PAID)).isInstanceOf(Outcome.Refused.class);
    assertThat(world.ledger.send(PAID).toString())
        .contains(
            "CREDIT_UNEXPLAINED", "match entry %s to the note by matchBankEntry".formatted(entry))
        .contains(says);
  }

  private void match(String entry, List<BankEntryMatched.Part> parts, Optional<String> note) {
    world.must(
        new MatchBankEntry(entry, parts, Optional.empty(), Optional.empty(), note, "clerk-1"));
  }

  private void isProven() {
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
  }

  @Test
  void aPartThatCarriesItsReferenceIsExplainedFirst() {
    String entry = booked(1_999, "remboursement " + AskedOfAVenue.REFERENCE);

    isRefusedFor(entry, "19.99", "by the reference of debit note titre-1");

    match(entry, List.of(), Optional.of("titre-1"));
    assertThat(world.balance(VENUE_RECEIVABLE)).isEqualTo(1);
    isProven();
    world.must(PAID);
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    assertThat(world.balance(BANK)).isEqualTo(2_000);
  }

  @Test
  void moreThanItAsksForIsExplainedFirstToo() {
    isRefusedFor(booked(2_001, AskedOfAVenue.REFERENCE), "20.01");
  }

  @Test
  void asMuchWithoutAReferenceMayBeItsPayment() {
    String entry = booked(2_000, "remboursement");

    isRefusedFor(entry, "by no reference, as much as debit note titre-1 asks for");

    match(entry, List.of(), Optional.of("titre-1"));
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
    assertThat(world.balance(UNMATCHED)).isZero();
    isProven();
    world.ledger.when(PAID).thenAlreadyRecorded();
  }

  @Test
  void whatCarriesItsReferenceIsNamedBeforeWhatCarriesNone() {
    Camt told =
        Camt.statement("S-1", DAY, DAY, 0)
            .entry("B-1", DAY, 2_000, "", "remboursement")
            .entry("B-2", DAY, 1_999, "", AskedOfAVenue.REFERENCE);

    String named = world.importing(told.bytes()).entries().getLast().entry();

    isRefusedFor(named, "19.99", "by the reference of debit note titre-1");
  }

  /** Facts did not say at first which note it is: it may be this one. */
  @ParameterizedTest
  @EnumSource(names = {"AMOUNT_DIFFERS", "PAID_TWICE"})
  void aReferenceThatWasNotKeptIsExplainedFirst(Why why) {
    world.ledger.given(unmatched(why, Optional.empty()));

    isRefusedFor("E0", "19.99", "by a debit note's reference, the ledger did not keep whose");

    match("E0", List.of(), Optional.of("titre-1"));
    world.must(PAID);
    assertThat(world.balance(VENUE_RECEIVABLE)).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"AMOUNT_DIFFERS", "PAID_TWICE"})
  void whatATransferBroughtBackIsNot(Why why) {
    world.ledger.given(unmatched(why, Optional.of("R-1-1")));

    world.must(PAID);
  }

  private static BankEntryUnmatched unmatched(Why why, Optional<String> transfer) {
    BankEntry entry =
        new BankEntry(
            "E0",
            Optional.empty(),
            BankWorld.TODAY,
            BankWorld.TODAY,
            1_999,
            Optional.empty(),
            Optional.empty());
    return new BankEntryUnmatched(entry, 1_999, why, transfer, Optional.empty());
  }

  @Test
  void foundToBeSomebodyElsesItIsInTheWayNoMore() {
    String entry = booked(2_000, "");
    isRefusedFor(entry, "20.00");

    match(
        entry,
        List.of(new BankEntryMatched.Part(FundedWorld.AGREEMENT, FundedWorld.STATE, 2_000)),
        Optional.empty());

    world.must(PAID);
  }

  @Test
  void anotherAmountWithoutAReferenceIsNot() {
    booked(1_999, "remboursement");

    world.must(PAID);
  }

  @Test
  void aDebitOfAsMuchIsNot() {
    booked(-2_000, "remboursement");

    world.must(PAID);
  }

  @Test
  void whatWasRecordedBeforeIsAnsweredAsThen() {
    world.must(PAID);
    booked(1_999, AskedOfAVenue.REFERENCE);

    world.ledger.when(PAID).thenAlreadyRecorded();
  }

  @Test
  void toldAtTheSameMomentItIsSeen() {
    ImportBankFile told =
        new ImportBankFile(
            new BankFileReader(BankWorld.IBAN)
                .read(Camt.notification("N-1").entry("B-1", DAY, 2_000, "", "").bytes()),
            Map.of(),
            Map.of());

    assertThat(world.ledger.race(told, PAID).second().toString()).contains("CREDIT_UNEXPLAINED");
  }
}
