package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bank.BankFileImported.Entry;
import fr.passnumerique.clearing.bank.BankFileImported.Outcome;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.ReceiptId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Older ledgers hold entries of 0.00, and payments of 0.00 within others, and their statements
 * count them: told again, they are the same.
 */
class OlderEntriesOfNothingTest {
  private static final String DAY = "2026-04-02";

  /** As the statement's fact of then digests them. */
  private static final String PAYMENTS =
      "0|||||FRAIS OFFERTS|\n10000|||||CREUSE 2026 ANCT|\n20000|||||CREUSE 2026 ANCT|";

  private final BankWorld world = BankWorld.usual();

  // --- payments of nothing

  /** Of 300 euros, in three payments of which one is of nothing. */
  private static Camt batch(Camt file) {
    return file.batch(
        "B-1",
        DAY,
        30_000,
        "10000 %s anct".formatted(AGREEMENT),
        "0 frais offerts",
        "20000 %s anct".formatted(AGREEMENT));
  }

  private static Camt statement(String message) {
    return Camt.statement("S-1", DAY, DAY, 0).told(message);
  }

  private static BankEntry part(int number) {
    return new BankEntry(
        "E0",
        Optional.of("B-1"),
        BankWorld.TODAY,
        BankWorld.TODAY,
        30_000,
        Optional.empty(),
        Optional.of(new BankEntry.Part(number, 3, Optional.empty())));
  }

  private void batchIsRecorded() {
    world.ledger.given(
        received("E0.1", 10_000, part(1)), unexplained(part(2)), received("E0.3", 20_000, part(3)));
  }

  private void batchIsStated() {
    batchIsRecorded();
    world.ledger.given(stated(batch(statement("M-1")), List.of("E0"), List.of(digest(PAYMENTS))));
  }

  private static FundsReceived received(String receipt, long cents, BankEntry entry) {
    return new FundsReceived(
        new ReceiptId(receipt),
        AGREEMENT,
        FundedWorld.PROGRAMME,
        FundedWorld.STATE,
        cents,
        BankWorld.TODAY,
        Optional.empty(),
        Optional.of(entry),
        Optional.empty());
  }

  private static BankEntryUnmatched unexplained(BankEntry ofNothing) {
    return new BankEntryUnmatched(
        ofNothing, 0, BankEntryUnmatched.Why.NO_REFERENCE, Optional.empty(), Optional.empty());
  }

  /** By the name that the same file has in a ledger of today. */
  private static BankStatementImported stated(
      Camt file, List<String> bookings, List<String> details) {
    BankWorld today = BankWorld.usual();
    today.importing(file.bytes());
    BankStatementImported now = today.ledger.facts(BankStatementImported.class).getLast();
    return new BankStatementImported(
        now.statement(),
        now.reference(),
        now.number(),
        now.from(),
        now.to(),
        now.openingCents(),
        now.closingCents(),
        bookings.size(),
        now.page(),
        bookings,
        now.message(),
        details);
  }

  private String digest(String text) {
    return KnownBookings.digest(world.vault.fingerprint(text));
  }

  private void addsNothing(Camt file) {
    int facts = world.ledger.facts().size();

    BankFileImported imported = world.importing(file.bytes());

    assertThat(imported.entries()).extracting(Entry::outcome).containsOnly(Outcome.KNOWN);
    assertThat(world.ledger.facts()).hasSize(facts);
  }

  private void isProven(long cents) {
    assertThat(world.balance(AccountKind.BANK)).isEqualTo(cents);
    assertThat(world.register.contradicting()).isEmpty();
    assertThat(world.register.proof().verdict().map(BankProof.Closing::proven)).contains(true);
  }

  @Test
  void aBookingThatIsNotifiedAgainIsKnown() {
    batchIsRecorded();

    addsNothing(batch(Camt.notification("N-1")));
  }

  @Test
  void aBookingThatWasNotifiedBeforeItsStatementIsCountedOnce() {
    batchIsRecorded();

    assertThat(world.importing(batch(statement("M-1")).bytes()).entries())
        .extracting(Entry::outcome)
        .containsOnly(Outcome.KNOWN);

    isProven(30_000);
  }

  @Test
  void aStatementThatIsSentAgainAddsNothing() {
    batchIsRecorded();
    world.ledger.given(stated(batch(statement("M-1")), List.of("E0"), List.of(digest(PAYMENTS))));

    addsNothing(batch(statement("M-1")));
    addsNothing(batch(statement("M-2")));
    isProven(30_000);
  }

  /** A statement of other balances is none that is sent again: what both tell is counted once. */
  @Test
  void aStatementThatTellsMoreThanBeforeCountsTheSamePaymentsOnce() {
    batchIsRecorded();
    world.ledger.given(stated(batch(statement("M-1")), List.of("E0"), List.of(digest(PAYMENTS))));

    BankFileImported imported =
        world.importing(batch(statement("M-2")).entry("B-2", DAY, 5, "", "").bytes());

    assertThat(imported.entries()).extracting(Entry::cents).contains(5L);
    assertThat(world.balance(AccountKind.BANK)).isEqualTo(30_005);
  }

  @Test
  void aStatementThatIsSentAgainAddsNothingAfterItWasCorrected() {
    batchIsStated();
    correctedTo(statement("M-2").entry("B-2", DAY, 30_000, "", AGREEMENT + " anct"));
    assertThat(world.register.bookings().isTakenOut("E0")).isTrue();

    addsNothing(batch(statement("M-1")));
  }

  private void correctedTo(Camt file) {
    world.importing(file.bytes());
    BankStatementImported other = world.ledger.facts(BankStatementImported.class).getLast();
    world.must(
        new CloseBankException(
            other.statement(),
            BankExceptionClosed.Reason.CORRECTED_BY_BANK,
            Optional.empty(),
            "clerk-1"));
  }

  // --- entries of nothing

  /** Known by its payer's reference: the bank gives it none. */
  private BankEntry ofNothing() {
    return new BankEntry(
        "E0",
        Optional.empty(),
        BankWorld.TODAY,
        BankWorld.TODAY,
        0,
        Optional.of(digest("GESTE-1")),
        Optional.empty());
  }

  private static Camt withOneOfNothing(String message) {
    return statement(message)
        .entry("", DAY, 0, "GESTE-1", "frais offerts")
        .entry("B-1", DAY, 5_000, "", AGREEMENT + " anct");
  }

  private void oneOfNothingIsRecorded() {
    BankEntry other =
        new BankEntry(
            "E1",
            Optional.of("B-1"),
            BankWorld.TODAY,
            BankWorld.TODAY,
            5_000,
            Optional.empty(),
            Optional.empty());
    world.ledger.given(
        unexplained(ofNothing()),
        received("B-1", 5_000, other),
        stated(
            withOneOfNothing("M-1"),
            List.of("E0", "E1"),
            List.of(digest("0||GESTE-1|||FRAIS OFFERTS|"), digest("5000|||||CREUSE 2026 ANCT|"))));
  }

  @Test
  void itWaitsNoMore() {
    world.ledger.given(unexplained(ofNothing()));

    assertThat(world.register.unmatched()).isEmpty();
  }

  @Test
  void theStatementThatCountsItAddsNothingWhenItIsSentAgain() {
    oneOfNothingIsRecorded();

    addsNothing(withOneOfNothing("M-1"));
    addsNothing(withOneOfNothing("M-2"));
    isProven(5_000);
  }

  @Test
  void toldAgainItIsCountedApartAndListedNowhere() {
    oneOfNothingIsRecorded();

    BankFileImported again = world.importing(withOneOfNothing("M-1").bytes());

    assertThat(again.ofNothing()).isEqualTo(1);
    assertThat(again.entries()).extracting(Entry::cents).containsExactly(5_000L);
    assertThat(again.statements().getFirst().already()).isTrue();
  }

  @Test
  void theStatementThatCountsItAddsNothingAfterItWasCorrected() {
    oneOfNothingIsRecorded();
    correctedTo(statement("M-2").entry("B-2", DAY, 5_000, "", AGREEMENT + " anct"));
    assertThat(world.register.bookings().isTakenOut("E1")).isTrue();

    addsNothing(withOneOfNothing("M-1"));
  }

  /** Of two alike the older ledger holds one: the other is none. */
  @Test
  void anotherThatIsAlikeIsOfToday() {
    oneOfNothingIsRecorded();

    world.importing(withOneOfNothing("M-2").entry("", DAY, 0, "GESTE-1", "frais offerts").bytes());

    assertThat(world.ledger.facts(BankStatementImported.class)).hasSize(1);
    isProven(5_000);
  }
}
