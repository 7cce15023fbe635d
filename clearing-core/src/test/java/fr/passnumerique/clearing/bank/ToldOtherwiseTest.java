package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.bank.BankExceptionClosed.Reason;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.BankProof;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.funding.FunderId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** One booking of 10.00 on the 1st of April, of which the bank tells other payments than before. */
class ToldOtherwiseTest {
  private static final String DAY = "2026-04-01";
  private static final String OF_STATE = " creuse-2026 anct";
  private static final String OF_REGION = " creuse-2026 nouvelle-aquitaine";

  private final BankWorld world = BankWorld.usual();
  private final BankExceptions exceptions =
      new BankExceptions(world.register, Supplier::get, Unnoted.readings(world.vault));

  private static Camt split(long state, long region) {
    return statement().batch("B-1", DAY, 1_000, state + OF_STATE, region + OF_REGION);
  }

  private static Camt statement() {
    return Camt.statement("S-1", DAY, DAY, 0);
  }

  private static Camt notified(String id, long state, long region) {
    return Camt.notification(id).batch("B-1", DAY, 1_000, state + OF_STATE, region + OF_REGION);
  }

  private List<String> importing(Camt file) {
    return world.importing(file.bytes()).entries().stream().map(BankWorld::told).toList();
  }

  private String only(String why) {
    List<BankExceptions.BankException> open =
        exceptions.read(false, null, 100, BankWorld.AUDITOR).rows().stream()
            .filter(each -> each.kind().equals("STATEMENT"))
            .toList();
    assertThat(open).extracting(BankExceptions.BankException::why).containsExactly(why);
    return open.getFirst().exception();
  }

  private List<String> openExceptions() {
    return exceptions.read(false, null, 100, BankWorld.AUDITOR).rows().stream()
        .filter(each -> each.kind().equals("STATEMENT"))
        .map(BankExceptions.BankException::exception)
        .toList();
  }

  private void corrected(String exception) {
    world.must(
        new CloseBankException(exception, Reason.CORRECTED_BY_BANK, Optional.empty(), "clerk-1"));
  }

  private void has(long state, long region) {
    assertThat(List.of(credit(STATE), credit(REGION))).containsExactly(state, region);
  }

  private long credit(FunderId funder) {
    return -world.ledger.facts().stream()
        .flatMap(fact -> Postings.of(fact).stream())
        .filter(entry -> entry.account().kind() == AccountKind.FUNDER_CREDIT)
        .filter(entry -> entry.account().funder().equals(funder.value()))
        .mapToLong(fr.passnumerique.clearing.bookkeeping.Entry::cents)
        .sum();
  }

  private boolean proven() {
    return world.register.proof().verdict().map(BankProof.Closing::proven).orElse(false)
        && world.register.proof().disputed().isEmpty();
  }

  @Test
  void anotherSplitOfABookingIsRecordedListedAndTakesThePlaceOfTheFirst() {
    importing(split(600, 400));
    assertThat(importing(split(100, 900).told("M-2")))
        .containsExactly(
            "2026-04-01 100 RECEIVED creuse-2026/anct",
            "2026-04-01 900 RECEIVED creuse-2026/nouvelle-aquitaine");
    assertThat(proven()).isFalse();

    corrected(only("STATEMENT_DIFFERS"));

    has(100, 900);
    assertThat(world.balance(BANK)).isEqualTo(1_000);
    assertThat(proven()).isTrue();
    int head = world.ledger.facts().size();
    for (Camt again : List.of(split(100, 900).told("M-2"), split(100, 900).told("M-3"))) {
      assertThat(importing(again)).containsExactly("2026-04-01 100 KNOWN", "2026-04-01 900 KNOWN");
    }
    importing(split(600, 400));
    assertThat(world.ledger.facts()).as("what was sent before adds nothing").hasSize(head);
  }

  @Test
  void aDebitWithinABookingThatTheBankTellsNoMoreIsGone() {
    importing(
        statement().batch("B-1", DAY, 1_000, "1200" + OF_STATE, "-200 frais de tenue de compte"));
    assertThat(world.balance(BANK)).isEqualTo(1_000);
    importing(split(600, 400).told("M-2"));

    corrected(only("STATEMENT_DIFFERS"));

    has(600, 400);
    assertThat(world.register.unmatched()).isEmpty();
    assertThat(proven()).isTrue();
  }

  @Test
  void theSameAmountsOfOthersAreAnotherSplit() {
    importing(split(600, 400));
    importing(
        statement().batch("B-1", DAY, 1_000, "600" + OF_REGION, "400" + OF_STATE).told("M-2"));

    corrected(only("STATEMENT_DIFFERS"));

    has(400, 600);
  }

  @Test
  void theOnePaymentOfABookingThatIsAnothersIsToldOtherwise() {
    importing(statement().entry("B-1", DAY, 1_000, "", "Convention" + OF_STATE));
    importing(statement().entry("B-1", DAY, 1_000, "", "Convention" + OF_REGION).told("M-2"));

    corrected(only("STATEMENT_DIFFERS"));

    has(0, 1_000);
    assertThat(proven()).isTrue();
  }

  @Test
  void anotherSplitThatIsToldAThirdTimeAsItWasFirstIsTheBanksLastWord() {
    importing(split(600, 400));
    importing(split(100, 900).told("M-2"));
    corrected(only("STATEMENT_DIFFERS"));
    assertThat(importing(split(600, 400).told("M-3")))
        .containsExactly(
            "2026-04-01 600 RECEIVED creuse-2026/anct",
            "2026-04-01 400 RECEIVED creuse-2026/nouvelle-aquitaine");

    corrected(only("STATEMENT_DIFFERS"));

    has(600, 400);
    assertThat(world.balance(BANK)).isEqualTo(1_000);
    assertThat(proven()).isTrue();
  }

  @Test
  void anotherStatementOfThatDayTellsTheOneThatCounts() {
    Camt longer =
        Camt.statement("S-2", "2026-03-31", DAY, 0)
            .batch("B-1", DAY, 1_000, "100" + OF_STATE, "900" + OF_REGION);
    Camt sum = Camt.statement("S-3", "2026-03-30", DAY, 0).batch("B-1", DAY, 1_000);
    importing(split(600, 400));
    importing(split(100, 900).told("M-2"));
    for (Camt each : List.of(longer, sum)) {
      assertThat(importing(each)).containsExactly("2026-04-01 100 KNOWN", "2026-04-01 900 KNOWN");
    }

    corrected(only("STATEMENT_DIFFERS"));

    has(100, 900);
    assertThat(proven()).isTrue();
  }

  @Test
  void whatTheStatementSplitsOtherwiseThanItsNotificationIsTheStatements() {
    importing(notified("N-1", 600, 400));
    assertThat(importing(split(100, 900))).allMatch(line -> line.contains(" RECEIVED "));
    corrected(only("ENTRIES_LEFT_OUT"));
    has(100, 900);
    assertThat(proven()).isTrue();

    importing(notified("N-2", 300, 700));
    corrected(only("ENTRIES_LEFT_OUT"));
    has(100, 900);
    assertThat(proven()).isTrue();
  }

  @Test
  void paymentsThatAreToldLaterAreThoseOfTheBookingAndThoseToldInAnotherOrderToo() {
    importing(statement().batch("B-1", DAY, 1_000));
    assertThat(world.balance(AccountKind.UNMATCHED)).isEqualTo(-1_000);
    assertThat(importing(split(600, 400).told("M-2")))
        .allMatch(line -> line.contains(" RECEIVED "));
    int head = world.ledger.facts().size();

    assertThat(importing(statement().batch("B-1", DAY, 1_000)))
        .containsExactly("2026-04-01 600 KNOWN", "2026-04-01 400 KNOWN");
    assertThat(
            importing(
                Camt.notification("N-1")
                    .batch("B-1", DAY, 1_000, "400" + OF_REGION, "600" + OF_STATE)))
        .containsExactly("2026-04-01 600 KNOWN", "2026-04-01 400 KNOWN");
    assertThat(importing(Camt.notification("N-2").entry("B-1", DAY, 1_000, "", "GROUPE")))
        .containsExactly("2026-04-01 600 KNOWN", "2026-04-01 400 KNOWN");

    assertThat(world.ledger.facts()).hasSize(head);
    has(600, 400);
    assertThat(proven()).isTrue();
    importing(split(100, 900).told("M-3"));
    corrected(only("STATEMENT_DIFFERS"));
    has(100, 900);
  }

  @Test
  void theWholeThatAClerkExplainedIsToldAsTheLedgerHasIt() {
    importing(statement().batch("B-1", DAY, 1_000));
    String whole = world.register.unmatched().iterator().next().fact().entry().id();
    world.must(
        new MatchBankEntry(
            whole,
            List.of(new BankEntryMatched.Part(AGREEMENT, STATE, 1_000)),
            Optional.empty(),
            Optional.empty(),
            "clerk-1"));
    int head = world.ledger.facts().size();

    assertThat(importing(split(600, 400).told("M-2"))).containsExactly("2026-04-01 1000 KNOWN");
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void theWholeThatNobodyExplainedIsExplainedByThePaymentsThatAreToldLater() {
    importing(Camt.notification("N-1").entry("B-1", DAY, 1_000, "", "GROUPE"));
    assertThat(importing(split(600, 400))).allMatch(line -> line.contains(" RECEIVED "));

    has(600, 400);
    assertThat(world.register.unmatched()).isEmpty();
    assertThat(proven()).isTrue();
  }

  @Test
  void whatNobodyHasExplainedMayBeToldInOtherWords() {
    importing(statement().entry("B-1", DAY, 1_000, "", "GROUPE"));
    int head = world.ledger.facts().size();

    assertThat(importing(statement().entry("B-1", DAY, 1_000, "", "GROUPE DE 2").told("M-2")))
        .containsExactly("2026-04-01 1000 KNOWN");
    assertThat(world.ledger.facts()).hasSize(head);
  }

  @Test
  void whatIsToldAgainJustSoIsNotTakenForOneThatNobodyHasExplained() {
    Camt unclear = statement().entry("B-1", DAY, 1_000, "", "GROUPE");
    Camt ofRegion = statement().entry("B-1", DAY, 1_000, "", "Convention" + OF_REGION);
    importing(unclear);
    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(new BankEntryMatched.Part(AGREEMENT, STATE, 1_000)),
            Optional.empty(),
            Optional.empty(),
            "clerk-1"));
    importing(ofRegion.told("M-2"));
    corrected(only("STATEMENT_DIFFERS"));
    assertThat(importing(unclear.told("M-3"))).allMatch(line -> line.contains(" UNMATCHED "));

    assertThat(importing(ofRegion.told("M-4"))).containsExactly("2026-04-01 1000 KNOWN");

    openExceptions().forEach(this::corrected);
    has(0, 1_000);
    assertThat(world.register.unmatched()).isEmpty();
    assertThat(world.balance(BANK)).isEqualTo(1_000);
    assertThat(proven()).isTrue();
  }

  @Test
  void aPaymentThatAClerkExplainedIsToldOnce() {
    Camt told = statement().batch("B-1", DAY, 1_000, "600" + OF_STATE, "400 merci");
    importing(told);
    world.must(
        new MatchBankEntry(
            world.register.unmatched().iterator().next().fact().entry().id(),
            List.of(
                new BankEntryMatched.Part(AGREEMENT, REGION, 100),
                new BankEntryMatched.Part(AGREEMENT, STATE, 300)),
            Optional.empty(),
            Optional.empty(),
            "clerk-1"));

    assertThat(importing(told)).containsExactly("2026-04-01 600 KNOWN", "2026-04-01 400 KNOWN");
  }
}
