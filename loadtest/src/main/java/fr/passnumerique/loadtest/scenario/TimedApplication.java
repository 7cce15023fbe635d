package fr.passnumerique.loadtest.scenario;

import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.install.ClassCache;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;

/** The application as it is, but that it says when it has come how far with its start. */
public final class TimedApplication {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Pattern SAID = Pattern.compile("moment (\\w+) (\\d+) (\\d+)");
  private static final String CACHE = "class cache ";
  private static final String FOLDING_THREAD = "ledger-appender";

  /** A moment of a start. */
  enum Moment {
    MAIN,
    DATABASE_ASKED_FOR,
    DATABASE_OPEN,
    NODE_STARTED,
    /** Its registers are folded, and it is elected. */
    WRITING,
    LISTENING
  }

  /**
   * When a moment was.
   *
   * @param at milliseconds since 1970
   * @param processorMillis that the process had used by then; for {@link Moment#WRITING} what the
   *     thread had used that folds the registers
   */
  record Said(long at, long processorMillis) {}

  private TimedApplication() {}

  public static void main(String[] args) {
    say(Moment.MAIN);
    System.out.println(CACHE + ClassCache.ofThisJava());
    SpringApplication application = ClearingApplication.application();
    application.addInitializers(
        context -> context.getBeanFactory().addBeanPostProcessor(new Watch()));
    application.addListeners(new Listening());
    application.run(args);
  }

  private static void say(Moment moment) {
    long nanos = moment == Moment.WRITING ? foldingNanos() : Machine.processNanos();
    System.out.println(
        "moment %s %d %d".formatted(moment, System.currentTimeMillis(), nanos / 1_000_000));
  }

  private static long foldingNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().equals(FOLDING_THREAD))
        .mapToLong(thread -> threads.getThreadCpuTime(thread.getThreadId()))
        .sum();
  }

  /**
   * @param log of a process that runs this
   * @return the moments that it has come to
   */
  static Map<Moment, Said> read(List<String> log) {
    Map<Moment, Said> moments = new LinkedHashMap<>();
    for (String line : log) {
      Matcher said = SAID.matcher(line);
      if (said.matches()) {
        moments.put(
            Moment.valueOf(said.group(1)),
            new Said(Long.parseLong(said.group(2)), Long.parseLong(said.group(3))));
      }
    }
    return moments;
  }

  /**
   * @param log of a process that runs this
   */
  static ClassCache cache(List<String> log) {
    return log.stream()
        .filter(line -> line.startsWith(CACHE))
        .map(line -> ClassCache.valueOf(line.substring(CACHE.length())))
        .findFirst()
        .orElseThrow();
  }

  /** A class, which says of which event it is told: a lambda would be called with each. */
  private static final class Listening implements ApplicationListener<WebServerInitializedEvent> {
    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
      say(Moment.LISTENING);
    }
  }

  private static final class Watch implements InstantiationAwareBeanPostProcessor {
    private static final String DATABASE = "database";

    @Override
    public @Nullable Object postProcessBeforeInstantiation(Class<?> type, String name) {
      if (name.equals(DATABASE)) {
        say(Moment.DATABASE_ASKED_FOR);
      }
      return null;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
      if (name.equals(DATABASE)) {
        say(Moment.DATABASE_OPEN);
      }
      if (bean instanceof LedgerNode node) {
        say(Moment.NODE_STARTED);
        Thread.ofPlatform().daemon().name("until-writing").start(() -> awaitWriting(node));
      }
      return bean;
    }

    private static void awaitWriting(LedgerNode node) {
      try {
        if (node.awaitWriting(PATIENCE)) {
          say(Moment.WRITING);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
