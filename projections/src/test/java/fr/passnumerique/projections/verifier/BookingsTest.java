package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the bank booked, and what facts count of it. */
class BookingsTest {
  private static final PostingTable TABLE = new PostingTable(new Chart());

  /** What was kept of a booking, and is told no more. */
  private static final String LEFT =
      "\"entry\":{\"booking\":\"E1\",\"bookedCents\":2500,\"part\":{\"number\":4,\"of\":1}}";

  private final Findings findings = new Findings();
  private final Bookings bookings = new Bookings(findings);
  private long position;

  @Test
  void whatNobodyExplainedIsExplainedLater() {
    unmatched(2_500);
    matched(2_500);
    received("r-1", 1_500);
    received("r-2", 1_000);
    assertHolds();
  }

  @Test
  void aReceiptIsCountedWhole() {
    received("r-1", 2_499);
    assertFound("of booking E1 of 2500 cents, a receipt, 2499 are counted");
  }

  @Test
  void aReceiptIsOfTheDayOfItsBooking() {
    String receipt =
        "{\"receipt\":\"r\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":2500,\"valueDate\":\"%s\",\"entry\":{\"booking\":\"E1\",\"bookedOn\":\"2026-04-02\",\"valueOn\":\"2026-04-01\",\"bookedCents\":2500}}";
    fact("FundsReceived", receipt.formatted("2026-04-01"));
    assertHolds();
    fact("FundsReceived", receipt.replace("E1", "E2").formatted("2031-04-01"));
    assertFound("the receipt is of 2031-04-01, its booking of 2026-04-01");
  }

  @Test
  void whatOfAReceiptIsNobodysYetIsTold() {
    received("r-1", 2_000);
    unmatched(500);
    assertHolds();
  }

  @Test
  void aReceiptOfMoreThanTheBankBookedIsFound() {
    received("r-1", 2_501);
    assertFound("of booking E1 of 2500 cents 2501 are counted");
  }

  @Test
  void whatComesBackLessWhatTheBankKeptIsToldWholeAndThenWhatWasKept() {
    unmatched(2_500);
    matched(2_500);
    received("back", 2_600);
    unmatched(-100);
    assertHolds();
  }

  @Test
  void whatCameBackLessWhatTheBankKeptAndIsToldNoMoreIsPaidAgain() {
    leftOfAReturn();
    matched(-2_600);
    fact("RefundReinstated", "{\"order\":\"o\",\"transfer\":\"t\",\"creditNote\":\"n\"}");
    unmatched(-2_600);
    assertHolds();
  }

  @Test
  void whatIsReinstatedAndNotPaidIsFound() {
    leftOfAReturn();
    matched(-2_600);
    fact("RefundReinstated", "{\"order\":\"o\",\"transfer\":\"t\",\"creditNote\":\"n\"}");
    fact("DayOpened", "{\"day\":\"2026-03-02\"}");
    assertThat(findings.first().orElseThrow().position()).isEqualTo(5);
  }

  /** Of 26 €, of which the bank kept one: neither is told any more. */
  private void leftOfAReturn() {
    unmatched(2_600);
    unmatched(-100);
    unmatched(-2_600);
    unmatched(100);
    assertHolds();
  }

  @Test
  void tooMuchThatTheNextFactDoesNotTakeBackIsFound() {
    received("r-1", 2_600);
    fact("DayOpened", "{\"day\":\"2026-03-02\"}");
    unmatched(-100);
    assertThat(findings.first().orElseThrow().position()).isEqualTo(1);
  }

  /** What would take it back is not here: that is said, not the fact that is. */
  @Test
  void tooMuchBeforeARowThatIsNotHereIsSaidWhereTheRowIsMissing() {
    received("r-1", 2_600);
    bookings.lost(2);
    position++;
    fact("DayOpened", "{\"day\":\"2026-03-02\"}");
    assertThat(findings.first().orElseThrow().position()).isEqualTo(2);
  }

  @Test
  void aReceiptThatIsNotWholeBeforeARowThatIsNotHereIsSaidWhereTheRowIsMissing() {
    received("r-1", 2_499);
    bookings.lost(2);
    bookings.lost(7);
    bookings.end();
    assertThat(findings.first().orElseThrow().position()).isEqualTo(2);
  }

  @Test
  void whatARowThatWasLostBeforeCannotExplainIsSaidWhereItStands() {
    bookings.lost(1);
    position++;
    received("r-1", 2_499);
    bookings.end();
    assertThat(findings.first().orElseThrow().position()).isEqualTo(2);
  }

  /** The operator had made up for it: it is to be explained whose that is now. */
  @Test
  void whatTheBankKeptAndTellsNoMoreIsDividedAmongFunders() {
    leftOfAReturn();
    divided(2);
    receivedOfWhatIsLeft(40);
    receivedOfWhatIsLeft(60);
    assertHolds();
  }

  @Test
  void whatIsDividedAmongFundersIsAllOfIt() {
    leftOfAReturn();
    divided(2);
    receivedOfWhatIsLeft(40);
    receivedOfWhatIsLeft(59);
    bookings.end();
    assertThat(findings.shown()).extracting(Finding::position).containsExactly(5L, 7L);
  }

  @Test
  void noMoreFactsMakeItGoodThanItIsDividedAmong() {
    leftOfAReturn();
    divided(2);
    receivedOfWhatIsLeft(40);
    receivedOfWhatIsLeft(40);
    receivedOfWhatIsLeft(20);
    bookings.end();
    assertThat(findings.first().orElseThrow().position()).isEqualTo(5);
  }

  /** It is the next fact alone that says what the bank kept, out of however many funders' cents. */
  @Test
  void theFundersOfATransferThatComesBackAreNoPartsOfItsBooking() {
    unmatched(2_500);
    matched(2_500);
    returned(600, 1_000, 1_000);
    fact("DayOpened", "{\"day\":\"2026-03-02\"}");
    unmatched(-100);
    bookings.end();
    assertThat(findings.first().orElseThrow().position()).isEqualTo(3);
  }

  private void returned(long... ofFunders) {
    String parts =
        LongStream.of(ofFunders)
            .mapToObj(
                """
                {"venue":"v","spent":{"programme":"p","agreement":"a","keyVersion":1,
                "fundingDepartement":"23","spendingDepartement":"23","funder":"f","cents":%d}}\
                """
                    ::formatted)
            .collect(Collectors.joining(","));
    fact("TransferReturned", "{\"parts\":[%s],%s}".formatted(parts, entry(2_500)));
  }

  private void divided(int among) {
    fact(
        "BankEntryMatched",
        "{%s,\"cents\":100,\"parts\":[%s]}"
            .formatted(LEFT, String.join(",", Collections.nCopies(among, "{}"))));
  }

  private void receivedOfWhatIsLeft(long cents) {
    fact(
        "FundsReceived",
        "{\"receipt\":\"r\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":%d,%s}"
            .formatted(cents, LEFT));
  }

  @Test
  void aBookingThatIsReceivedTwiceIsFound() {
    received("r-1", 2_500);
    assertHolds();
    received("r-2", 2_500);
    assertFound("of booking E1 of 2500 cents 5000 are counted");
  }

  @Test
  void aBookingThatIsUnexplainedAndReceivedIsFound() {
    unmatched(2_500);
    received("r-1", 2_500);
    assertFound("5000 are counted");
  }

  @Test
  void whatTheBankProvesIsWhatWasRecordedByHand() {
    byHand("r-1", 2_500);
    fact("BankEntryProved", "{%s,\"cents\":2500,\"receipt\":\"r-1\"}".formatted(entry(2_500)));
    assertHolds();
  }

  @Test
  void aReceiptByHandOfMoreThanTheBankProvesIsFound() {
    byHand("r-1", 2_501);
    fact("BankEntryProved", "{%s,\"cents\":2500,\"receipt\":\"r-1\"}".formatted(entry(2_500)));
    assertFound("the bank proves receipt r-1 of 2500 cents, recorded by hand were 2501");
  }

  private void byHand(String receipt, long cents) {
    fact(
        "FundsReceived",
        "{\"receipt\":\"%s\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":%d}"
            .formatted(receipt, cents));
  }

  @Test
  void aBookingProvesOneReceiptAlone() {
    byHand("r-1", 2_500);
    byHand("r-2", 2_500);
    fact("BankEntryProved", "{%s,\"cents\":2500,\"receipt\":\"r-1\"}".formatted(entry(2_500)));
    assertHolds();
    fact("BankEntryProved", "{%s,\"cents\":2500,\"receipt\":\"r-2\"}".formatted(entry(2_500)));
    assertFound("5000 are counted");
  }

  @Test
  void whatTheBankTellsNoMoreIsCountedNoMore() {
    unmatched(2_500);
    fact("BankEntryTakenOut", "{%s,\"cents\":2500}".formatted(entry(2_500)));
    assertHolds();
    fact("BankEntryTakenOut", "{%s,\"cents\":2500}".formatted(entry(2_500)));
    assertFound("-2500 are counted");
  }

  @Test
  void aReceiptThatTheBankTellsNoMoreIsCountedNoMore() {
    received("r-1", 2_500);
    fact(
        "ReceiptTakenBack",
        "{\"receipt\":\"r-1\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":2500,%s}"
            .formatted(entry(2_500)));
    assertHolds();
  }

  @Test
  void whatAClerkTakesBackWasRecordedByHandAndIsProvedByNothing() {
    String back =
        "{\"receipt\":\"%s\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":700}";
    byHand("r-1", 700);
    fact("ReceiptTakenBack", back.formatted("r-1"));
    assertHolds();
    fact("ReceiptTakenBack", back.formatted("r-1"));
    assertFound("receipt r-1 of 700 cents is taken back by hand");
  }

  @Test
  void whatWasTakenBackIsProvedByNothing() {
    byHand("r-1", 700);
    fact(
        "ReceiptTakenBack",
        "{\"receipt\":\"r-1\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":700}");
    proved("E3", "r-1");
    assertFound("the bank proves receipt r-1 of 700 cents, recorded by hand were none");
  }

  @Test
  void aBookingIsOfOneAmount() {
    unmatched(2_500);
    fact("BankEntryMatched", "{%s,\"cents\":2500}".formatted(entry(2_600)));
    assertFound("booking E1 is of 2600 cents here and was of 2500");
  }

  @Test
  void aReceiptOfAPartIsCountedAsOne() {
    fact(
        "FundsReceived",
        "{\"receipt\":\"r\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":1,\"entry\":{\"booking\":\"E2\",\"bookedCents\":500,\"part\":{\"number\":1,\"of\":2}}}");
    assertHolds();
  }

  @Test
  void aDebitIsCountedAsOneAndNoMoreThanItIs() {
    booked("E2", -500, -500);
    assertHolds();
    booked("E2", -500, -1);
    assertFound("of booking E2 of -500 cents -501 are counted");
  }

  @Test
  void aDebitBringsNothingInAndACreditTakesNothingOut() {
    booked("E2", -500, 1);
    booked("E3", 500, -1);
    assertFoundAll(
        "of booking E2 of -500 cents 1 are counted", "of booking E3 of 500 cents -1 are counted");
  }

  /** That another booking comes out, or is too much as well, does not make the first good. */
  @Test
  void eachBookingIsCountedByItself() {
    booked("E2", 500, 501);
    booked("E3", 500, 500);
    assertThat(findings.shown()).singleElement().satisfies(one -> at(one, 1));
    booked("E4", 500, 502);
    booked("E5", 500, 503);
    bookings.end();
    assertThat(findings.shown()).extracting(Finding::position).containsExactly(1L, 3L, 4L);
  }

  @Test
  void whatWasProvedIsProvedOnce() {
    byHand("r-1", 700);
    proved("E2", "r-1");
    assertHolds();
    proved("E3", "r-1");
    assertFound("the bank proves receipt r-1 of 700 cents, recorded by hand were none");
  }

  private void assertFoundAll(String... words) {
    bookings.end();
    assertThat(findings.shown().toString()).contains(words);
  }

  private static void at(Finding finding, long position) {
    assertThat(finding.position()).isEqualTo(position);
  }

  private void booked(String booking, long of, long cents) {
    fact(
        "BankEntryUnmatched",
        "{\"entry\":{\"booking\":\"%s\",\"bookedCents\":%d},\"cents\":%d}"
            .formatted(booking, of, cents));
  }

  private void proved(String booking, String receipt) {
    fact(
        "BankEntryProved",
        "{\"entry\":{\"booking\":\"%s\",\"bookedCents\":700},\"cents\":700,\"receipt\":\"%s\"}"
            .formatted(booking, receipt));
  }

  private void unmatched(long cents) {
    fact("BankEntryUnmatched", "{%s,\"cents\":%d}".formatted(entry(2_500), cents));
  }

  private void matched(long cents) {
    fact("BankEntryMatched", "{%s,\"cents\":%d}".formatted(entry(2_500), cents));
  }

  private void received(String receipt, long cents) {
    fact(
        "FundsReceived",
        "{\"receipt\":\"%s\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":%d,%s}"
            .formatted(receipt, cents, entry(2_500)));
  }

  private static String entry(long cents) {
    return "\"entry\":{\"booking\":\"E1\",\"bookedCents\":%d}".formatted(cents);
  }

  private void fact(String type, String payload) {
    JsonNode fact = json(payload);
    bookings.check(++position, type, fact, TABLE.entries(type, 1, fact));
  }

  private static JsonNode json(String text) {
    return JsonMapper.shared().readTree(text);
  }

  private void assertHolds() {
    bookings.end();
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  private void assertFound(String words) {
    bookings.end();
    assertThat(findings.first().orElseThrow().position()).isEqualTo(position);
    assertThat(findings.shown().toString()).contains(words);
  }
}
