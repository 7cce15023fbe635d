package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.FileCheckKeys;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Site.VenueList;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Presents the same slips through every way, in alternation on one server. */
@Command(
    name = "peak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures peak redemption: the same slips through a hand-written SQL rival, through the"
          + " command bus and over HTTP, in alternation on one embedded PostgreSQL 18.",
      "Prints rates, latencies and ratios, then checks that accepted lines = claims = euros owed"
          + " + paid. Exits with 1 if that does not hold."
    })
public final class Peak implements Callable<Integer> {
  /** The ways in the order in which they take turns. */
  enum Through {
    rival,
    bus,
    http
  }

  private static final String BUS = "bus";
  private static final String HTTP = "http";
  private static final int MOST_LINES = 1_000;

  /** More than this share of the processors in others' use makes figures rough. */
  private static final double BUSY = 0.1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--clients",
      defaultValue = "16",
      paramLabel = "<n>",
      description = "Clients at once. Default: ${DEFAULT-VALUE}.")
  private int clients;

  @Option(
      names = "--lines",
      defaultValue = "42",
      paramLabel = "<n>",
      description = "Lines of a slip. Default: ${DEFAULT-VALUE}.")
  private int lines;

  @Option(
      names = "--slips",
      defaultValue = "4000",
      paramLabel = "<n>",
      description = "Slips of a round. Default: ${DEFAULT-VALUE}.")
  private int slips;

  @Option(
      names = "--rounds",
      defaultValue = "5",
      paramLabel = "<n>",
      description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      paramLabel = "<n>",
      description =
          "Rounds before, which do not count: Java compiles what it runs often. Default:"
              + " ${DEFAULT-VALUE}.")
  private int warmUp;

  @Option(
      names = "--lines-per-second",
      defaultValue = "0",
      paramLabel = "<n>",
      description =
          "Requests arrive at this rate whatever becomes of those before. Default: 0, each client"
              + " sends when its last request is answered.")
  private double linesPerSecond;

  @Option(
      names = "--through",
      split = ",",
      defaultValue = "rival,bus,http",
      paramLabel = "<way>",
      description = "Ways to measure. Default: ${DEFAULT-VALUE}.")
  private List<Through> through;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "<n>",
      description =
          "Cheques and slips come from it; on one day, the same seed gives the same. Default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--directory",
      defaultValue = ".data/loadtest",
      paramLabel = "<path>",
      description =
          "Where the database is made, on the disk to be measured; deleted afterwards. Default:"
              + " ${DEFAULT-VALUE}.")
  private Path directory;

  @Option(
      names = "--report",
      paramLabel = "<path>",
      description =
          "Writes a full report in Markdown: into this file, or into this directory under the"
              + " day's name.")
  private @Nullable Path report;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Peak() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    require(clients >= 1, "--clients", "1 or more");
    require(lines >= 1 && lines <= MOST_LINES, "--lines", "1 to " + MOST_LINES);
    require(slips >= clients, "--slips", "at least one per client");
    require(rounds >= 1, "--rounds", "1 or more");
    require(warmUp >= 0, "--warm-up", "0 or more");
    require(linesPerSecond >= 0, "--lines-per-second", "0 or more");
    Report result = run();
    PrintWriter out = spec.commandLine().getOut();
    out.print(result.summary());
    out.flush();
    if (report != null) {
      Path file = write(report, result.full());
      say("report: %s", file);
    }
    return result.holds() ? 0 : 1;
  }

  private void require(boolean holds, String option, String range) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), option + " must be " + range);
    }
  }

  private Report run() throws IOException, SQLException, InterruptedException {
    Plan.Size size = new Plan.Size(clients, warmUp + rounds, slips, lines);
    Pace pace = linesPerSecond > 0 ? new Pace.Open(linesPerSecond / lines) : new Pace.Closed();
    try (Resources resources = new Resources()) {
      Files.createDirectories(directory);
      Path home = Files.createTempDirectory(directory, "peak-").toRealPath();
      resources.add(() -> Server.delete(home));
      double usedByOthers = Machine.usedByOthers();
      boolean busy = usedByOthers > BUSY;
      if (busy) {
        say("others are using this machine: the figures will be rough");
      }
      Map<String, String> machine = Machine.facts(home, usedByOthers);
      LocalDate today = Paris.dayOf(Instant.now());
      List<VenueList> lists = VenueList.real();
      Path checkKeys = home.resolve("check-keys");
      CheckKeys keys = FileCheckKeys.open(checkKeys, new Random(seed));
      Plan plan = Plan.make(seed, today, Site.of(lists), size, keys);
      say("seed %d: %s", seed, told(plan));
      Server server = resources.add(Server.start(home.resolve("database")));
      Map<String, String> settings = server.settings();
      settings.forEach((name, value) -> say("  %s = %s", name, value));
      List<Way> ways = ways(resources, server, plan, lists, keys, home);
      // So that the first way does not pay for what the preparation left unwritten.
      server.checkpoint();
      List<Sample> all = measure(plan, ways, pace, server);
      say("checking");
      List<Reconciliation> checks = new ArrayList<>();
      Map<String, Long> spent = plan.spentByFunder();
      for (Way way : ways) {
        checks.add(
            Reconciliation.of(
                way,
                all.stream().filter(sample -> sample.way().equals(way.name())).toList(),
                plan.accepted(),
                spent));
      }
      return new Report(
          new Report.Conditions(
              today, arguments(), size, warmUp, pace, plan, machine, busy, settings),
          ways,
          all.stream().filter(sample -> sample.round() >= warmUp).toList(),
          checks);
    }
  }

  private List<Way> ways(
      Resources resources,
      Server server,
      Plan plan,
      List<VenueList> lists,
      CheckKeys keys,
      Path home)
      throws IOException, SQLException, InterruptedException {
    List<Way> ways = new ArrayList<>();
    if (through.contains(Through.rival)) {
      say("preparing the rival's tables");
      ways.add(resources.add(RivalWay.prepare(server, plan, keys)));
    }
    if (through.contains(Through.bus) || through.contains(Through.http)) {
      say("preparing the ledger by commands");
      server.createDatabase(BUS);
      Map<String, String> bus = properties(server, BUS, home);
      Preparation.run(plan, lists, bus);
      if (through.contains(Through.http)) {
        // One that nobody writes to any more; the vault's key goes with it.
        server.copyDatabase(HTTP, BUS);
        copy(home.resolve(BUS), home.resolve(HTTP));
      }
      if (through.contains(Through.bus)) {
        ways.add(resources.add(BusWay.start(plan, bus, new LedgerBooks(server.superuser(BUS)))));
      }
      if (through.contains(Through.http)) {
        say("starting the application");
        ways.add(
            resources.add(
                HttpWay.start(
                    plan,
                    properties(server, HTTP, home),
                    server.as(ApplicationRole.CLEARING, HTTP),
                    new LedgerBooks(server.superuser(HTTP)),
                    home)));
      }
    }
    return ways;
  }

  private static Map<String, String> properties(Server server, String database, Path home) {
    Map<String, String> properties =
        new HashMap<>(server.properties(database, home.resolve(database)));
    properties.put("pass.check-keys-directory", home.resolve("check-keys").toString());
    return properties;
  }

  private List<Sample> measure(Plan plan, List<Way> ways, Pace pace, Server server)
      throws InterruptedException {
    List<Sample> samples = new ArrayList<>();
    for (Round round : plan.rounds()) {
      for (Way way : ways) {
        Sample sample = Load.run(way, round, pace, () -> spent(way, server));
        samples.add(sample);
        say(
            "%-8s %-6s %8.0f lines/s, %8.0f until readable, p50 %.2f ms, p99 %.2f ms%s",
            round.number() < warmUp ? "warm-up" : "round " + (round.number() - warmUp + 1),
            way.name(),
            sample.acknowledgedRate(),
            sample.drainedRate(),
            sample.latency().getValueAtPercentile(50) / 1e6,
            sample.latency().getValueAtPercentile(99) / 1e6,
            sample.faults().isEmpty() ? "" : ", WRONG ANSWERS");
      }
    }
    return samples;
  }

  private static Cost spent(Way way, Server server) {
    return new Cost(
        Machine.processNanos(), way.processNanos(), server.processorNanos(), server.walBytes());
  }

  private static String told(Plan plan) {
    return "%d cheques in %d batches, %d venues with %d points of service in %d départements"
        .formatted(
            plan.batches().stream().mapToLong(Plan.PlannedBatch::cheques).sum(),
            plan.batches().size(),
            plan.venues().size(),
            plan.sites().size(),
            plan.departements().size());
  }

  /** Progress, beside the data. */
  private void say(String format, Object... values) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(String.format(Locale.ROOT, format, values));
    err.flush();
  }

  private String arguments() {
    return String.join(" ", spec.commandLine().getParseResult().originalArgs());
  }

  private static Path write(Path to, String text) throws IOException {
    Path file = to;
    if (Files.isDirectory(to) || !to.getFileName().toString().endsWith(".md")) {
      Files.createDirectories(to);
      file = to.resolve("%s-peak.md".formatted(Paris.dayOf(Instant.now())));
    } else if (to.toAbsolutePath().getParent() != null) {
      Files.createDirectories(to.toAbsolutePath().getParent());
    }
    return Files.writeString(file, text);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Files.copy(
            path, to.resolve(from.relativize(path).toString()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }
}
