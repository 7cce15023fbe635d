package fr.passnumerique.loadtest.rebuild;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseConfiguration;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.PostgresLedgerReader;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.upkeep.Upkeep;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Resources;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.Projections;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ProjectionStatus;
import fr.passnumerique.projections.upkeep.Rebuild;
import fr.passnumerique.projections.upkeep.Rebuilder;
import fr.passnumerique.projections.upkeep.Rebuilds;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Folds projections anew from a ledger of many lines. */
@Command(
    name = "rebuild",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a ledger of slips of 42 lines on an embedded PostgreSQL 18, lets the projections"
          + " follow it, then folds each anew as rebuildProjection does, and prints lines a"
          + " second.",
      "Processor time per line is printed beside it: on a machine that others use too it tells"
          + " what",
      "the machine alone could do.",
      "Exits with 1 unless each comes to the same sums and is switched in."
    })
public final class RebuildRate implements Callable<Integer> {
  @Mixin private Terminal terminal;

  @Option(
      names = "--lines",
      defaultValue = "1000000",
      paramLabel = "<n>",
      description = "Redeemed lines in the ledger. Default: ${DEFAULT-VALUE}.")
  private long lines;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "<n>",
      description = "How often each is rebuilt. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--projections",
      split = ",",
      defaultValue = "accounts,claims",
      paramLabel = "<name>",
      description = "Which. Default: ${DEFAULT-VALUE}.")
  private List<String> projections;

  @Mixin private Workplace workplace;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public RebuildRate() {}

  @Override
  public Integer call() throws Exception {
    terminal.require(lines >= 1, "--lines", "1 or more");
    terminal.require(rounds >= 1, "--rounds", "1 or more");
    PrintWriter out = terminal.out();
    Path place = workplace.fresh("rebuild");
    try (Resources resources = new Resources()) {
      resources.add(() -> Server.delete(place));
      Server server = resources.add(Server.start(place.resolve("server")));
      server.createDatabase("rebuild");
      return measure(server, server.properties("rebuild", place.resolve("node")), out);
    }
  }

  private int measure(Server server, Map<String, String> properties, PrintWriter out)
      throws Exception {
    FactCatalogue catalogue =
        new FactCatalogue(
            Stream.of(Redemption.FACTS, Upkeep.FACTS).flatMap(List::stream).toList(), List.of());
    try (var context = new AnnotationConfigApplicationContext()) {
      context
          .getBeanFactory()
          .setConversionService(ApplicationConversionService.getSharedInstance());
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("loadtest", Map.copyOf(properties)));
      context.registerBean(Clock.class, Clock::systemUTC);
      context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
      context.registerBean(FactCatalogue.class, () -> catalogue);
      context.registerBean(
          LedgerReader.class,
          () ->
              new PostgresLedgerReader(
                  context.getBean(Database.class).dataSource(ApplicationRole.CLEARING), catalogue));
      context.register(DatabaseConfiguration.class, Projections.class);
      context.refresh();
      terminal.say("recording %,d lines", lines);
      long recorded =
          Slips.record(
              context.getBean(Database.class).dataSource(ApplicationRole.CLEARING),
              catalogue,
              lines);
      follow(context, recorded, out);
      return rebuild(server, context, out);
    }
  }

  /** The usual way, some hundred facts at a time and all projections at once. */
  private void follow(AnnotationConfigApplicationContext context, long recorded, PrintWriter out)
      throws InterruptedException {
    ProjectionRunners runners = context.getBean(ProjectionRunners.class);
    long head = context.getBean(LedgerReader.class).head();
    terminal.say("following %,d facts", head);
    long started = System.nanoTime();
    while (runners.statuses().stream().anyMatch(status -> status.position() < head)) {
      for (ProjectionStatus status : runners.statuses()) {
        if (status.state() == ProjectionStatus.State.STOPPED) {
          throw new IllegalStateException(status.toString());
        }
      }
      Thread.sleep(50);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    out.printf(
        "%,d lines in %,d facts; all projections followed in the usual way in %.1f s%n",
        recorded, head, seconds);
    out.println(
        "projection  round  lines/s folding  lines/s in all  of a core: java  postgres  keys ms "
            + " compare ms  switch ms  differences");
    out.flush();
  }

  /** Processor time of this process: what others run beside it does not show in it. */
  private static long javaNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private int rebuild(Server server, AnnotationConfigApplicationContext context, PrintWriter out)
      throws InterruptedException {
    Rebuilds rebuilds = context.getBean(Rebuilds.class);
    boolean good = true;
    for (int round = 1; round <= rounds; round++) {
      for (String projection : projections) {
        String id = projection + "-" + round;
        long started = System.nanoTime();
        long java = javaNanos();
        long postgres = server.processorNanos();
        context.getBean(Rebuilder.class).ask(id, projection, "loadtest");
        Rebuild rebuild = rebuilds.find(id).orElseThrow();
        while (rebuild.state() != Rebuild.State.SWITCHED
            && rebuild.state() != Rebuild.State.DIFFERS
            && !rebuild.stopped()) {
          Thread.sleep(20);
          rebuild = rebuilds.find(id).orElseThrow();
        }
        double seconds = (System.nanoTime() - started) / 1e9;
        out.printf(
            "%-10s  %5d  %,15d  %,14.0f  %11.2f µs  %5.2f µs  %7d  %10d  %9d  %11d%s%n",
            projection,
            round,
            rebuild.lines() * 1_000 / Math.max(1, rebuild.foldMillis()),
            rebuild.lines() / seconds,
            (javaNanos() - java) / 1e3 / rebuild.lines(),
            (server.processorNanos() - postgres) / 1e3 / rebuild.lines(),
            rebuild.completeMillis(),
            rebuild.compareMillis(),
            rebuild.switchMillis(),
            rebuild.differences(),
            rebuild.state() == Rebuild.State.SWITCHED ? "" : "  " + rebuild.reason());
        out.flush();
        good &= rebuild.state() == Rebuild.State.SWITCHED;
      }
    }
    return good ? 0 : 1;
  }
}
