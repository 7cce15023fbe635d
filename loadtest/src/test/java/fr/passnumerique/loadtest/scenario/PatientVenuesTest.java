package fr.passnumerique.loadtest.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.PlannedSlips;
import fr.passnumerique.loadtest.peak.SlipSender;
import fr.passnumerique.loadtest.peak.ToldApplication;
import fr.passnumerique.loadtest.peak.ToldApplication.Reply;
import fr.passnumerique.loadtest.scenario.PatientVenues.Came;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PatientVenuesTest {
  private static final Duration TOLD = Duration.ofSeconds(2);

  @TempDir private Path directory;

  /** Otherwise it would be the same load again, and what is measured not how a crowd is served. */
  @Test
  void aVenueThatIsRefusedComesAgainAfterAsLongAsItWasToldAndNotBefore() throws IOException {
    PlannedSlips slips = new PlannedSlips(directory, 1, 1, 3);
    try (ToldApplication application =
            ToldApplication.start(
                Reply.later(429, (int) TOLD.toSeconds(), "TOO_BUSY"), Reply.taken("{}"));
        SlipSender sender = new SlipSender(application.root(), slips.requests(), 1)) {
      Came came = PatientVenues.present(sender, slips.requests(), slips.all(), 1);

      assertThat(application.pauses())
          .singleElement()
          .satisfies(pause -> assertThat(pause).isGreaterThanOrEqualTo(TOLD));
      assertThat(came.strange()).isEmpty();
      assertThat(came.refused()).isOne();
      assertThat(came.refusedWithoutTime()).isZero();
      assertThat(came.taken()).hasSize(1);
      assertThat(came.sinceDue().getMaxValue())
          .as("the venue's wait counts from when its slip was due")
          .isGreaterThanOrEqualTo(TOLD.toNanos());
    }
  }

  /**
   * What was recorded is told again to whoever missed it: for that venue it is the first answer.
   */
  @Test
  void anAnswerThatWasLostIsToldAndTheSlipCountsAsRecordedOnce() throws IOException {
    PlannedSlips slips = new PlannedSlips(directory, 1, 1, 3);
    try (ToldApplication application =
            ToldApplication.start(
                Reply.none(), Reply.taken("{\"lines\":[],\"amountCents\":0,\"already\":true}"));
        SlipSender sender = new SlipSender(application.root(), slips.requests(), 1)) {
      Came came = PatientVenues.present(sender, slips.requests(), slips.all(), 1);

      assertThat(came.strange()).singleElement().asString().contains("was not answered");
      assertThat(came.taken())
          .singleElement()
          .satisfies(sent -> assertThat(sent.answer().get().already()).isFalse());
    }
  }
}
