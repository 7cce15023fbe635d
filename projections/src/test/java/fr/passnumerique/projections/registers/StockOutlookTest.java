package fr.passnumerique.projections.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.projections.registers.StockRegister.OfBatch;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StockOutlookTest {
  private static final LocalDate TODAY = LocalDate.of(2026, 3, 2);

  @Test
  void theLastChequeGoesOnTheDayThatThePaceSays() {
    assertThat(outlook(28, batch("1", 10, 400)).runsOutOn()).contains(TODAY.plusDays(10));
    assertThat(outlook(27, batch("1", 10, 400)).runsOutOn())
        .as("a day begun is a day")
        .contains(TODAY.plusDays(11));
    assertThat(outlook(0, batch("1", 10, 400)).runsOutOn()).isEmpty();
    assertThat(outlook(-3, batch("1", 10, 400)).runsOutOn()).isEmpty();
    assertThat(outlook(28, batch("1", 0, 400)).runsOutOn()).isEmpty();
  }

  @Test
  void whatEndsInThirtyDaysIsToldAndWhatEndsADayLaterOnlyIfSomeWouldBeLeft() {
    assertThat(outlook(28, batch("1", 5, 29)).ending()).extracting("left").containsExactly(0L);
    assertThat(outlook(28, batch("1", 31, 30)).ending()).isEmpty();
    assertThat(outlook(28, batch("1", 32, 30)).ending()).extracting("left").containsExactly(1L);
  }

  @Test
  void whatEndsFirstIsHandedOutFirstAndWhatHasEndedIsLeftOut() {
    StockOutlook outlook =
        outlook(28, batch("3", 40, 59), batch("2", 20, 9), batch("1", 7, -1), batch("4", 1, 0));
    assertThat(outlook.inStock()).isEqualTo(61);
    // One goes today, nine by the tenth day, and forty of the fifty days after it.
    assertThat(outlook.ending())
        .extracting(StockOutlook.Ending::batch, StockOutlook.Ending::left)
        .containsExactly(tuple("4", 0L), tuple("2", 11L));
  }

  private static StockOutlook outlook(long handedOut, OfBatch... batches) {
    return StockOutlook.of("ccas", Arrays.asList(batches), handedOut, TODAY);
  }

  private static OfBatch batch(String batch, long inStock, int daysToItsEnd) {
    return new OfBatch(
        batch,
        "O-" + batch,
        "pass",
        "Pass",
        "creuse",
        1_000,
        10,
        TODAY.plusDays(daysToItsEnd),
        inStock,
        0,
        0,
        0,
        0,
        inStock,
        inStock * 1_000);
  }
}
