package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.DayOpened;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** A ledger that is written on 1 January 2030. */
class OpenedDaysTest {
  private static final LocalDate TODAY = LocalDate.of(2030, 1, 1);

  @Test
  void daysOpenOneAfterTheOtherMayBeLeftOutAndMayOpenLate() throws IOException {
    assertThat(opened(TODAY.minusDays(9), TODAY.minusDays(8), TODAY.minusDays(3), TODAY)).isEmpty();
  }

  @Test
  void aDayThatOpensTwiceOrAfterALaterOneIsFound() throws IOException {
    assertThat(opened(TODAY.minusDays(1), TODAY.minusDays(1)))
        .contains("2029-12-31 is opened after 2029-12-31");
    assertThat(opened(TODAY, TODAY.minusDays(1))).contains("2029-12-31 is opened after 2030-01-01");
  }

  @Test
  void aDayThatOpensBeforeItBeginsIsFound() throws IOException {
    assertThat(opened(TODAY.plusDays(1))).contains("2030-01-02 is opened at 2030-01-01T00:00:01Z");
  }

  /** A clock that was set back across midnight, in a release that did not hold the time for it. */
  @Test
  void aDayMayHaveBeenOpenedWithinTenMinutesBeforeItBegan() {
    assertThat(openedAt("2029-12-31T22:50:00Z")).isEmpty();
    assertThat(openedAt("2029-12-31T22:49:59.999Z"))
        .contains("2030-01-01 is opened at 2029-12-31T22:49:59.999Z, before it began");
  }

  private static String openedAt(String recordedAt) {
    Findings findings = new Findings();
    new OpenedDays(findings)
        .check(
            7,
            Instant.parse(recordedAt),
            "DayOpened",
            LineReader.fact("{\"day\":\"%s\"}".formatted(TODAY)));
    return findings.none() ? "" : findings.shown().toString();
  }

  private static String opened(LocalDate... days) throws IOException {
    WrittenLedger ledger = new WrittenLedger();
    for (LocalDate day : days) {
      ledger.with(new DayOpened(day));
    }
    Findings findings = ledger.verified().findings();
    assertThat(findings.count(Check.DAYS)).isEqualTo(findings.none() ? 0 : 1);
    return findings.none() ? "" : findings.shown().toString();
  }
}
