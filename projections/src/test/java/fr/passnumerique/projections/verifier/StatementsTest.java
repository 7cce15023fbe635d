package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class StatementsTest {
  private static final PostingTable TABLE = new PostingTable(new Chart());

  private final Statements statements = new Statements();
  private long position;

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
    closes("2026-04-01", 0, 1_001);
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
    received(1_000, "2026-04-01");
    closes("2026-04-01", 400, 1_000);
    closes("2026-04-01", 0, 400);
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
    closes("2026-04-02", 0, 700);
    assertThat(statements.unproven()).isEmpty();
  }

  @Test
  void whatTheBankTellsNoMoreIsNotOnTheAccountOnTheDayOnWhichItWasBooked() {
    String entry =
        "\"entry\":{\"booking\":\"E2\",\"bookedOn\":\"2026-04-01\",\"bookedCents\":-300}";
    fact("BankEntryUnmatched", "{%s,\"cents\":-300,\"why\":\"UNKNOWN_DEBIT\"}".formatted(entry));
    closes("2026-04-01", 0, 0);
    assertThat(statements.unproven()).hasSize(1);
    fact(
        "BankEntryTakenOut",
        "{%s,\"cents\":-300,\"statement\":\"S\",\"by\":\"c\"}".formatted(entry));
    assertThat(statements.unproven()).isEmpty();
  }

  private void received(long cents, String day) {
    fact(
        "FundsReceived",
        "{\"receipt\":\"r\",\"agreement\":\"a\",\"programme\":\"p\",\"funder\":\"f\",\"amountCents\":%d,\"entry\":{\"booking\":\"E\",\"bookedOn\":\"%s\",\"bookedCents\":%d}}"
            .formatted(cents, day, cents));
  }

  private void closes(String day, long opening, long closing) {
    fact(
        "BankStatementImported",
        "{\"to\":\"%s\",\"openingCents\":%d,\"closingCents\":%d}".formatted(day, opening, closing));
  }

  private void fact(String type, String payload) {
    JsonNode fact = JsonMapper.shared().readTree(payload);
    statements.check(++position, Instant.EPOCH, type, fact, TABLE.entries(type, 1, fact));
  }
}
