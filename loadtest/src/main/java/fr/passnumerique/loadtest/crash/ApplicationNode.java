package fr.passnumerique.loadtest.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.ui.ClearingApplication;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.SpringApplication;
import picocli.CommandLine.Command;

/**
 * The application as it is, but that it ends when whoever started it is gone, and that its clock
 * can be set: each line of its input is by how many seconds it shall be wrong.
 */
@Command(name = ApplicationNode.NAME, hidden = true)
public final class ApplicationNode implements Callable<Integer> {
  static final String NAME = "application-node";

  private static volatile Duration wrongBy = Duration.ZERO;

  /** For picocli. */
  public ApplicationNode() {}

  @Override
  public Integer call() throws InterruptedException {
    Thread.ofPlatform().daemon().name("until-alone").start(ApplicationNode::listenUntilAlone);
    SpringApplication application = ClearingApplication.application();
    application.addInitializers(
        context -> context.getBeanFactory().addBeanPostProcessor(new Settable()));
    application.run();
    Thread.currentThread().join();
    return 0;
  }

  private static void listenUntilAlone() {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      String line;
      while ((line = in.readLine()) != null) {
        wrongBy = Duration.ofSeconds(Long.parseLong(line));
      }
    } catch (IOException e) {
      // As if it had ended.
    }
    Runtime.getRuntime().halt(0);
  }

  /** Puts a clock that can be set in the place of the application's. */
  private static final class Settable implements BeanPostProcessor {
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      return bean instanceof Clock clock ? new SetClock(clock) : bean;
    }
  }

  private static final class SetClock extends Clock {
    private final Clock right;

    SetClock(Clock right) {
      this.right = right;
    }

    @Override
    public ZoneId getZone() {
      return right.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return new SetClock(right.withZone(zone));
    }

    @Override
    public Instant instant() {
      return right.instant().plus(wrongBy);
    }
  }
}
