package fr.passnumerique.ui.words;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.redemption.Verdict;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictReadingTest {
  @ParameterizedTest
  @EnumSource(value = Verdict.class, mode = EnumSource.Mode.EXCLUDE, names = "ACCEPTED")
  void everyRejectionSaysWhyAndWhatCanBeDone(Verdict verdict) {
    VerdictReading reading = VerdictReading.of(verdict, Optional.empty());

    assertThat(reading.explanation()).endsWith(".");
    assertThat(reading.remedy()).endsWith(".");
    assertThat(reading.badge().tone()).isIn("warn", "bad");
  }

  /** But of one cheque twice, which is said of a slip alone. */
  @ParameterizedTest
  @EnumSource(value = Verdict.class, mode = EnumSource.Mode.EXCLUDE, names = "DUPLICATE_LINE")
  void atTheCounterNothingIsSaidOfALine(Verdict verdict) {
    VerdictReading reading = VerdictReading.atTheCounter(verdict, Optional.empty());

    assertThat(reading.remedy()).doesNotContainIgnoringCase("ligne").doesNotContain("présentez");
    assertThat(reading.remedy().isEmpty()).isEqualTo(verdict == Verdict.ACCEPTED);
  }

  @ParameterizedTest
  @EnumSource(
      value = Verdict.class,
      names = {
        "ALREADY_REDEEMED",
        "OPPOSED",
        "SERVICE_BEFORE_DISTRIBUTION",
        "EXPIRED_AT_SERVICE_DATE",
        "PRESENTED_TOO_LATE",
        "VENUE_NOT_LABELLED_AT_SERVICE_DATE"
      })
  void aDayThatExplainsIsTold(Verdict verdict) {
    VerdictReading reading = VerdictReading.of(verdict, Optional.of(LocalDate.of(2027, 1, 30)));

    assertThat(reading.explanation()).contains("30/01/2027");
  }

  @Test
  void anAcceptedLineAsksForNothing() {
    VerdictReading reading = VerdictReading.of(Verdict.ACCEPTED, Optional.empty());

    assertThat(reading.remedy()).isEmpty();
    assertThat(reading.badge().tone()).isEqualTo("good");
  }
}
