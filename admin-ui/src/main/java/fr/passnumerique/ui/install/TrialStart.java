package fr.passnumerique.ui.install;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.ui.ClearingApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The start that a class cache is made of: the demo's story on a ledger of its own, until it has
 * come to slips. So it loads what a node needs for its first slips, and leaves out what only some
 * nodes need, Kafka for one.
 */
public final class TrialStart {
  /** Whose classes are all there after one; with some more Java has seen which methods count. */
  private static final int SLIPS = 30;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int READ_AHEAD = 1_000;

  private TrialStart() {}

  /**
   * @param arguments the directory for its data
   */
  public static void main(String[] arguments) throws InterruptedException {
    try (ConfigurableApplicationContext application =
        ClearingApplication.application()
            .run(
                "--spring.profiles.active=demo",
                "--server.port=0",
                "--pass.data-directory=" + Path.of(arguments[0]).toAbsolutePath())) {
      awaitSlips(application.getBean(LedgerReader.class));
    }
    System.exit(0);
  }

  private static void awaitSlips(LedgerReader ledger) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long read = 0;
    int slips = 0;
    while (slips < SLIPS) {
      List<RecordedFact> facts = ledger.read(read, READ_AHEAD);
      for (RecordedFact recorded : facts) {
        read = recorded.position();
        slips += recorded.fact() instanceof SlipJudged ? 1 : 0;
      }
      if (System.nanoTime() > end) {
        throw new IllegalStateException("only %d slips in %s".formatted(slips, PATIENCE));
      }
      if (facts.isEmpty()) {
        Thread.sleep(50);
      }
    }
  }
}
