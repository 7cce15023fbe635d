package fr.passnumerique.ui.install;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.ui.ClearingApplication;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.NestedExceptionUtils;

/**
 * The start that a class cache is made of: the demo's story on a ledger of its own, until it has
 * come to slips. So it loads what a node needs for its first slips, and leaves out what only some
 * nodes need, Kafka for one.
 */
public final class TrialStart {
  private static final Logger LOG = LoggerFactory.getLogger(TrialStart.class);

  /** Whose classes are all there after one; with some more Java has seen which methods count. */
  private static final int SLIPS = 30;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int READ_AHEAD = 1_000;

  private TrialStart() {}

  /**
   * Ends with 0 once it has come to slips, and with 1 if it does not.
   *
   * @param arguments the directory for its data
   */
  public static void main(String[] arguments) {
    run(Path.of(arguments[0]), _ -> {});
  }

  /**
   * What is done beside the demo's story, once it has come to slips, to be in the cache as well.
   */
  public interface Further {
    void with(LedgerReader ledger) throws InterruptedException;
  }

  /** As {@link #main}, and with something further. */
  public static void run(Path data, Further further) {
    try (ConfigurableApplicationContext application = start(data)) {
      LedgerReader ledger = application.getBean(LedgerReader.class);
      awaitSlips(ledger, application.getBean("demoHealth", HealthIndicator.class));
      further.with(ledger);
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.error("The trial start failed", e);
      // At the log's end, which is what whoever installs is shown.
      LOG.error("{}", NestedExceptionUtils.getMostSpecificCause(e).toString());
      // Threads of what had started by then would keep it alive.
      System.exit(1);
    }
    System.exit(0);
  }

  /** On the settings of the application alone, whatever lies about where it runs. */
  static ConfigurableApplicationContext start(Path data) {
    SpringApplication application = ClearingApplication.application();
    application.addInitializers(new OwnLedgerOnly());
    return application.run(
        "--spring.config.location=classpath:/",
        "--spring.profiles.active=demo",
        "--server.address=127.0.0.1",
        "--server.port=0",
        "--pass.data-directory=" + data.toAbsolutePath());
  }

  /**
   * @param demo down if its story has broken off
   */
  static void awaitSlips(LedgerReader ledger, HealthIndicator demo) throws InterruptedException {
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
        requireGoingOn(demo, slips);
        Thread.sleep(50);
      }
    }
  }

  private static void requireGoingOn(HealthIndicator demo, int slips) {
    @Nullable Health health = demo.health();
    if (health != null && health.getStatus().equals(Status.DOWN)) {
      throw new IllegalStateException(
          "the demo broke off after %d slips: %s"
              .formatted(slips, health.getDetails().get("saying")));
    }
  }
}
