package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.ToldApplication.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlipSenderTest {
  @TempDir private Path directory;

  @Test
  void anAnswerWithoutABodyIsOne() throws IOException {
    PlannedSlips slips = new PlannedSlips(directory, 1, 1, 3);
    Slip slip = slips.all().getFirst();
    try (ToldApplication application = ToldApplication.start(new Reply(204, Optional.of(2), ""));
        SlipSender sender = new SlipSender(application.root(), slips.requests(), 1)) {
      SlipSender.Reply reply = sender.send(slip, slips.requests().json(slip));

      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.body()).isEmpty();
      assertThat(reply.retryAfter()).contains("2");
    }
  }
}
