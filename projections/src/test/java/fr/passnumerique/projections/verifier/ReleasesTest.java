package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReleasesTest {
  private final Findings findings = new Findings();
  private final Releases releases = new Releases(findings);

  /** The cut-off is midnight of 1 December in Paris. */
  @ParameterizedTest
  @CsvSource({"2026-12-02, true", "2026-12-01, true", "2026-11-30, false", "1999-01-01, false"})
  void aRunIsReleasedForNoDayBeforeItsCutOff(String executionOn, boolean holds) {
    opened();
    released("R-1", executionOn);
    assertThat(findings.none()).isEqualTo(holds);
    assertThat(findings.count(Check.DAYS)).isEqualTo(holds ? 0 : 1);
  }

  /** In a range. */
  @Test
  void ofARunThatIsNotShownNothingIsSaid() {
    opened();
    released("R-2", "1999-01-01");
    assertThat(findings.none()).isTrue();
  }

  private void opened() {
    releases.check(
        1,
        "SettlementRunOpened",
        LineReader.fact("{\"run\":\"R-1\",\"cutOff\":\"2026-11-30T23:00:00Z\"}"));
  }

  private void released(String run, String executionOn) {
    releases.check(
        2,
        "SettlementRunReleased",
        LineReader.fact("{\"run\":\"%s\",\"executionOn\":\"%s\"}".formatted(run, executionOn)));
  }
}
