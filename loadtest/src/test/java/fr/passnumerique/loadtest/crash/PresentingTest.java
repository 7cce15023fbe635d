package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.PlannedSlips;
import fr.passnumerique.loadtest.peak.PreparedSlips;
import fr.passnumerique.loadtest.peak.PreparedSlips.Presented;
import fr.passnumerique.loadtest.peak.ToldApplication;
import fr.passnumerique.loadtest.peak.ToldApplication.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PresentingTest {
  /** With it the slip is sent once, neither given up nor sent twice. */
  private static final long SEED = 1;

  @TempDir private Path directory;
  private final Faults faults = new Faults();

  private Duration pauseAfter(Reply refusal, int impatient) throws Exception {
    PreparedSlips slips = PlannedSlips.prepared(directory, 1, 1, 3);
    try (ToldApplication application =
            ToldApplication.start(refusal, Reply.taken(recorded(slips.slip(0, 0))));
        Acknowledged acknowledged = Acknowledged.in(directory.resolve("acknowledged"), faults);
        Presenting presenting =
            Presenting.begin(
                slips, List.of(application.root()), impatient, acknowledged, faults, 1, SEED)) {
      presenting.await("an answer", () -> presenting.answered() == 1, () -> "");
      presenting.end();

      assertThat(faults.kept()).isEmpty();
      assertThat(presenting.counts().refused()).isOne();
      assertThat(presenting.sent()).isEqualTo(impatient == 0 ? Map.of(2, 1) : Map.of());
      assertThat(presenting.longestWait()).isGreaterThanOrEqualTo(application.pauses().getFirst());
      assertThat(application.pauses()).hasSize(1);
      return application.pauses().getFirst();
    }
  }

  private static String recorded(Presented slip) {
    return slip.expected().stream()
        .map("{\"verdict\":\"%s\"}"::formatted)
        .collect(
            Collectors.joining(
                ",", "{\"position\":1,\"amountCents\":0,\"already\":false,\"lines\":[", "]}"));
  }

  @ParameterizedTest
  @CsvSource({"429, TOO_BUSY", "503, LEDGER_UNAVAILABLE"})
  void aPatientClientComesAgainAfterAsLongAsItWasToldAndNotBefore(int status, String code)
      throws Exception {
    assertThat(pauseAfter(Reply.later(status, 1, code), 0))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
  }

  /** It is to find out when slips are accepted. */
  @Test
  void anImpatientClientComesAgainAtOnceWhateverItWasTold() throws Exception {
    assertThat(pauseAfter(Reply.later(503, 60, "UNAVAILABLE"), 1))
        .isLessThan(Duration.ofSeconds(60));
  }
}
