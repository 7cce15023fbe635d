package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatementsTest {
  private static final PostingTable TABLE = new PostingTable(new Chart());

  private final Statements statements = new Statements();
  private final Map<String, Long> entries = new HashMap<>();
  private long position;
  private long booking;

  @Test
  void whatTheBankClosesWithIsWhatTheLedgerHasAtTheEndOfThatDay() {
    received(1_000, "2026-04-01");
    closes("2026-04-01", 0, 1_000);
    // Booked the day after, and told before the statement of the day before.
    received(500, "2026-04-02");
    closes("2026-04-02", 1_000, 1_500);
    assertThat(statements.unproven()).isEmpty();
    assertThat(statements.count()).isEqualTo(2);
  }

  @Test
  void aCentMoreOrLessIsSaidWithTheStatement() {
    received(1_000, "2026-04-01");
    closes("2026-04-01", 1, 1_001);
    assertThat(statements.unproven())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.position()).isEqualTo(2);
              assertThat(one.sentence())
                  .isEqualTo(
                      "the statement that closes 2026-04-01 has 1001 cents on the account, the"
                          + " ledger has 1000");
            });
  }

  @Test
  void aStatementThatCameLateDoesNotCloseTheDay() {
    received(400, "2026-04-01");
    received(600, "2026-04-01");
    statement("2026-04-01", "2026-04-01", 400, 1_000, 1);
    statement("2026-04-01", "2026-04-01", 0, 400, 1);
    assertThat(statements.unproven()).isEmpty();
  }

  @Test
  void whatWasRecordedByHandStandsOnItsDayUntilTheBankTellsItsOwn() {
    fact(
        "FundsReceived",
        "{\"receipt\":\"r\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":700,\"valueDate\":\"2026-04-01\"}");
    closes("2026-04-01", 0, 0);
    assertThat(statements.unproven()).hasSize(1);
    fact(
        "BankEntryProved",
        "{\"entry\":{\"booking\":\"E1\",\"bookedOn\":\"2026-04-02\",\"bookedCents\":700},\"cents\":700,\"receipt\":\"r\",\"recordedFor\":\"2026-04-01\"}");
    statement("2026-04-02", "2026-04-02", 0, 700, 1);
    assertThat(statements.unproven()).isEmpty();
  }

  @Test
  void whatTheBankTellsNoMoreIsNotOnTheAccountOnTheDayOnWhichItWasBooked() {
    String entry =
        "\"entry\":{\"booking\":\"E2\",\"bookedOn\":\"2026-04-01\",\"bookedCents\":-300}";
    fact("BankEntryUnmatched", "{%s,\"cents\":-300,\"why\":\"UNKNOWN_DEBIT\"}".formatted(entry));
    closes("2026-04-01", 0, 0);
    assertThat(statements.unproven()).hasSize(2);
    fact(
        "BankEntryTakenOut",
        "{%s,\"cents\":-300,\"statement\":\"S\",\"by\":\"c\"}".formatted(entry));
    assertThat(statements.unproven()).isEmpty();
  }

  @Test
  void aStatementTellsAsManyEntriesAsThereAreBookingsOfItsDays() {
    received(1_000, "2026-04-01");
    received(500, "2026-04-02");
    statement("2026-04-01", "2026-04-02", 0, 1_500, 2);
    statement("2026-04-03", "2026-04-03", 1_500, 1_500, 0);
    assertThat(statements.unproven()).isEmpty();
    statement("2026-04-04", "2026-04-04", 1_500, 1_500, 1);
    assertThat(statements.unproven())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.position()).isEqualTo(5);
              assertThat(one.sentence())
                  .isEqualTo(
                      "the statement of 2026-04-04 to 2026-04-04 tells 1 entries that come to 0"
                          + " cents, no such are among the 0 bookings that facts name of these"
                          + " days");
            });
  }

  @Test
  void aBookingThatNoStatementOfItsDayTellsIsSaid() {
    received(1_000, "2026-04-01");
    received(-1_000, "2026-04-01");
    statement("2026-04-01", "2026-04-01", 0, 0, 0);
    assertThat(statements.unproven())
        .satisfiesExactlyInAnyOrder(
            one -> said(one, "no statement of 2026-04-01 tells booking E1, which facts name"),
            one -> said(one, "no statement of 2026-04-01 tells booking E2, which facts name"));
  }

  /** A month's statement beside those of its days: each tells what is on its own. */
  @Test
  void statementsThatShareDaysWithOthersTellTheirBookingsTogether() {
    received(1_000, "2026-04-01");
    received(500, "2026-04-02");
    received(200, "2026-04-03");
    of("2026-04-01", "2026-04-02", 0, 1_500, 2, "\"E1\",\"E2\"");
    of("2026-04-02", "2026-04-03", 1_000, 1_700, 2, "\"E2\",\"E3\"");
    of("2026-04-01", "2026-04-03", 0, 1_700, 3, "\"E1\",\"E2\",\"E3\"");
    assertThat(statements.unproven()).isEmpty();
    received(50, "2026-04-02");
    received(-50, "2026-04-02");
    assertThat(statements.unproven())
        .satisfiesExactlyInAnyOrder(
            one -> said(one, "no statement of 2026-04-02 tells booking E4"),
            one -> said(one, "no statement of 2026-04-02 tells booking E5"));
  }

  @Test
  void whatEachStatementOfItsDayTellsIsNotTakenOut() {
    String entry = "\"entry\":{\"booking\":\"E1\",\"bookedOn\":\"2026-04-01\",\"bookedCents\":0}";
    fact("BankEntryUnmatched", "{%s,\"cents\":0,\"why\":\"NO_REFERENCE\"}".formatted(entry));
    telling(0, 0, 1, "\"E1\"");
    assertThat(statements.unproven()).isEmpty();
    fact("BankEntryTakenOut", "{%s,\"cents\":0,\"statement\":\"S\",\"by\":\"c\"}".formatted(entry));
    assertThat(statements.unproven())
        .singleElement()
        .satisfies(
            one -> said(one, "each statement of 2026-04-01 tells booking E1, which facts took"));
    // The bank has told the day once more, and without it.
    statement("2026-04-01", "2026-04-01", 0, 0, 0);
    assertThat(statements.unproven()).isEmpty();
  }

  /** Of several of one day too: one that tells no choice of its bookings is named itself. */
  @Test
  void whatEachStatementTellsComesToWhatItClosesAboveItsOpening() {
    received(1_000, "2026-04-01");
    received(500, "2026-04-01");
    received(200, "2026-04-01");
    statement("2026-04-01", "2026-04-01", 0, 1_500, 3);
    statement("2026-04-01", "2026-04-01", 1_500, 1_700, 1);
    assertThat(statements.unproven())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.position()).isEqualTo(4);
              said(one, "tells 3 entries that come to 1500 cents, no such are among the 3");
            });
  }

  @Test
  void aStatementTellsAsManyEntriesAsItNamesAndTheyComeToItsClosing() {
    received(1_000, "2026-04-01");
    received(500, "2026-04-01");
    received(0, "2026-04-01");
    telling(0, 1_000, 1, "\"E1\"");
    telling(1_000, 1_500, 2, "\"E2\",\"E3\"");
    assertThat(statements.unproven()).isEmpty();
    // Which is as good a choice of the day's bookings as the one that it names.
    telling(1_000, 1_500, 1, "\"E2\",\"E3\"");
    telling(1_000, 1_500, 1, "\"E1\"");
    assertThat(statements.unproven())
        .satisfiesExactly(
            one -> {
              assertThat(one.position()).isEqualTo(6);
              said(one, "tells 1 entries and names 2 bookings");
            },
            one -> {
              assertThat(one.position()).isEqualTo(7);
              said(one, "closes 500 cents above its opening, its bookings come to 1000");
            });
  }

  /** Pages that sum to nothing, and parts of a day that go on from each other. */
  @Test
  void whatOnePageTellsIsNotTakenOutThoughTheOthersDoNotTellIt() {
    received(1_000, "2026-04-01");
    zero("X2", "BankEntryUnmatched");
    page(1, 0, 1_000, "\"E1\"");
    page(2, 1_000, 1_000, "\"X2\"");
    assertThat(statements.unproven()).isEmpty();
    zero("X2", "BankEntryTakenOut");
    assertThat(statements.unproven())
        .singleElement()
        .satisfies(one -> said(one, "each statement of 2026-04-01 tells booking X2"));
  }

  @Test
  void whatOnePartOfADayTellsIsNotTakenOutEither() {
    received(1_000, "2026-04-01");
    received(500, "2026-04-01");
    zero("X3", "BankEntryUnmatched");
    telling(0, 1_000, 1, "\"E1\"");
    telling(1_000, 1_500, 2, "\"E2\",\"X3\"");
    assertThat(statements.unproven()).isEmpty();
    zero("X3", "BankEntryTakenOut");
    assertThat(statements.unproven())
        .singleElement()
        .satisfies(one -> said(one, "each statement of 2026-04-01 tells booking X3"));
  }

  private void zero(String booking, String type) {
    fact(
        type,
        "{\"entry\":{\"booking\":\"%s\",\"bookedOn\":\"2026-04-01\",\"bookedCents\":0},\"cents\":0,\"why\":\"NO_REFERENCE\",\"statement\":\"S\",\"by\":\"c\"}"
            .formatted(booking));
  }

  private void page(int page, long opening, long closing, String bookings) {
    fact(
        "BankStatementImported",
        "{\"reference\":\"R\",\"from\":\"2026-04-01\",\"to\":\"2026-04-01\",\"openingCents\":%d,\"closingCents\":%d,\"entries\":1,\"page\":%d,\"bookings\":[%s]}"
            .formatted(opening, closing, page, bookings));
  }

  @Test
  void aBookingThatAStatementTellsIsNamedByAFact() {
    received(1_000, "2026-04-01");
    fact(
        "BankStatementImported",
        "{\"from\":\"2026-04-01\",\"to\":\"2026-04-01\",\"openingCents\":0,\"closingCents\":1000,\"entries\":1,\"bookings\":[\"E1\"]}");
    assertThat(statements.unproven()).isEmpty();
    fact(
        "BankStatementImported",
        "{\"from\":\"2026-04-02\",\"to\":\"2026-04-02\",\"openingCents\":1000,\"closingCents\":1000,\"entries\":1,\"bookings\":[\"E9\"]}");
    assertThat(statements.unproven())
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.sentence())
                    .isEqualTo(
                        "the statement of 2026-04-02 to 2026-04-02 tells booking E9, which no fact"
                            + " names"));
  }

  /** Its pages together, or one of those that were told anew. */
  @Test
  void severalOfTheSameDaysArePagesOrToldAnew() {
    received(1_000, "2026-04-01");
    received(500, "2026-04-01");
    statement("2026-04-01", "2026-04-01", 0, 1_000, 1);
    statement("2026-04-01", "2026-04-01", 1_000, 1_500, 1);
    assertThat(statements.unproven()).isEmpty();
    statement("2026-04-01", "2026-04-01", 0, 1_500, 2);
    assertThat(statements.unproven()).isEmpty();
  }

  /** Where the facts stand on the bank's day whatever the day that they were recorded. */
  @Test
  void eachFactStandsOnTheBanksOwnDay() {
    Map<String, String> days =
        Map.of(
            "TransferDebited", "bookedOn",
            "TransferReturned", "returnedOn",
            "CreditNoteRefunded", "bookedOn",
            "RefundTakenBack", "bookedOn",
            "RefundReturned", "returnedOn",
            "TransferConfirmed", "bookedOn");
    days.forEach(
        (type, field) -> {
          Statements one = new Statements();
          JsonNode fact = JsonMapper.shared().readTree("{\"%s\":\"2026-04-01\"}".formatted(field));
          one.check(1, Instant.parse("2026-04-09T00:00:00Z"), type, fact, List.of(bank(700)));
          one.check(2, Instant.EPOCH, "BankStatementImported", told("2026-04-01", 700), List.of());
          assertThat(one.unproven()).as(type).isEmpty();
        });
  }

  /** What another type of fact might move stands on the day that it was recorded, in Paris. */
  @Test
  void whatNamesNoDayOfTheBankStandsOnTheDayOfItsRecording() {
    statements.check(
        1, Instant.parse("2026-03-31T22:30:00Z"), "Other", told("2026-01-01", 0), List.of(bank(7)));
    statements.check(2, Instant.EPOCH, "BankStatementImported", told("2026-03-31", 0), List.of());
    statements.check(3, Instant.EPOCH, "BankStatementImported", told("2026-04-01", 7), List.of());
    assertThat(statements.unproven()).isEmpty();
  }

  @Test
  void aPaymentOfADebitNoteByHandStandsOnTheDayThatTheClerkSaysAndSoDoesItsTakingBack() {
    JsonNode paid = JsonMapper.shared().readTree("{\"paidOn\":\"2026-04-01\"}");
    statements.check(1, Instant.EPOCH, "DebitNotePaid", paid, List.of(bank(7)));
    statements.check(2, Instant.EPOCH, "DebitNotePaymentTakenBack", paid, List.of(bank(-3)));
    statements.check(3, Instant.EPOCH, "BankStatementImported", told("2026-04-01", 4), List.of());
    assertThat(statements.unproven()).isEmpty();
  }

  @Test
  void whatTheBankBookedStandsOnItsDayWhateverTheClerkSaid() {
    JsonNode paid =
        JsonMapper.shared()
            .readTree(
                "{\"paidOn\":\"2026-03-01\",\"entry\":{\"booking\":\"E\",\"bookedOn\":\"2026-04-01\",\"bookedCents\":7}}");
    statement("2026-03-01", "2026-03-01", 0, 0, 0);
    statements.check(1, Instant.EPOCH, "DebitNotePaid", paid, List.of(bank(7)));
    statement("2026-04-01", "2026-04-01", 0, 7, 1);
    assertThat(statements.unproven()).isEmpty();
  }

  /** It may say that the other's bookings never were. */
  @Test
  void oneThatOpensAndClosesAlikeIsNoPart() {
    String entry = "\"entry\":{\"booking\":\"E2\",\"bookedOn\":\"2026-04-01\",\"bookedCents\":700}";
    fact("BankEntryUnmatched", "{%s,\"cents\":700,\"why\":\"NO_REFERENCE\"}".formatted(entry));
    fact(
        "BankEntryTakenOut",
        "{%s,\"cents\":700,\"statement\":\"S\",\"by\":\"c\"}".formatted(entry));
    statement("2026-04-01", "2026-04-01", 0, 0, 0);
    statement("2026-04-01", "2026-04-01", 0, 700, 1);
    assertThat(statements.unproven()).isEmpty();
  }

  /** A day of which each statement goes on from another: none is the last, so each may be. */
  @Test
  void statementsThatLeadToEachOtherAreEachEnough() {
    received(1_000, "2026-04-01");
    received(-1_000, "2026-04-01");
    statement("2026-04-01", "2026-04-01", 0, 1_000, 1);
    statement("2026-04-01", "2026-04-01", 1_000, 0, 1);
    assertThat(statements.unproven()).isEmpty();
  }

  private static void said(Statements.Unproven one, String words) {
    assertThat(one.sentence()).contains(words);
  }

  private static Entry bank(long cents) {
    return new Entry(new Account("BANK", "p", "a", "f", "", "", "", ""), cents);
  }

  private static JsonNode told(String day, long closing) {
    return JsonMapper.shared()
        .readTree(
            "{\"from\":\"%s\",\"to\":\"%s\",\"openingCents\":%d,\"closingCents\":%d,\"entries\":0}"
                .formatted(day, day, closing, closing));
  }

  private void received(long cents, String day) {
    fact(
        "FundsReceived",
        "{\"receipt\":\"r\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":%d,\"entry\":{\"booking\":\"E%d\",\"bookedOn\":\"%s\",\"bookedCents\":%d}}"
            .formatted(cents, ++booking, day, cents));
    entries.merge(day, 1L, Long::sum);
  }

  private void telling(long opening, long closing, long entries, String bookings) {
    of("2026-04-01", "2026-04-01", opening, closing, entries, bookings);
  }

  private void of(
      String from, String to, long opening, long closing, long entries, String bookings) {
    fact(
        "BankStatementImported",
        "{\"from\":\"%s\",\"to\":\"%s\",\"openingCents\":%d,\"closingCents\":%d,\"entries\":%d,\"bookings\":[%s]}"
            .formatted(from, to, opening, closing, entries, bookings));
  }

  private void closes(String day, long opening, long closing) {
    statement(day, day, opening, closing, entries.getOrDefault(day, 0L));
  }

  private void statement(String from, String to, long opening, long closing, long entries) {
    fact(
        "BankStatementImported",
        "{\"from\":\"%s\",\"to\":\"%s\",\"openingCents\":%d,\"closingCents\":%d,\"entries\":%d}"
            .formatted(from, to, opening, closing, entries));
  }

  private void fact(String type, String payload) {
    JsonNode fact = JsonMapper.shared().readTree(payload);
    statements.check(++position, Instant.EPOCH, type, fact, TABLE.entries(type, 1, fact));
  }
}
