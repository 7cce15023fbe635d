package fr.passnumerique.loadtest.relay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.loadtest.options.HowLong;
import fr.passnumerique.loadtest.options.InTurn;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Resources;
import fr.passnumerique.loadtest.peak.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills and freezes broker, relays and projection nodes, and counts what is lost or doubled. */
@Command(
    name = "relay",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Records slips without a pause while a KRaft broker, two relays and two projection nodes,"
          + " each a process, are killed and frozen; a partner reads the topic all the time.",
      "Prints what befell them, how long it lasted, facts lost, doubled and out of order, the check"
          + " of the chain, and whether every table that Kafka fed equals the one that the ledger"
          + " fed. Exits with 1 if anything is lost, doubled or differs."
    })
public final class Relay implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Prepared before all else, which takes its time; when they are used up, other facts follow. */
  private static final int SLIPS_PER_BACKLOG = 6;

  @Mixin private Terminal terminal;

  @Mixin private HowLong howLong = new HowLong(50);

  @Option(
      names = "--blows",
      split = ",",
      paramLabel = "<blow>",
      description = "Which: ${COMPLETION-CANDIDATES}. Default: all, in random order.")
  private @Nullable List<Blow> blows;

  @Option(
      names = "--facts-per-second",
      defaultValue = "40",
      paramLabel = "<n>",
      description = "Recorded meanwhile. Default: ${DEFAULT-VALUE}.")
  private int factsPerSecond;

  @Option(
      names = "--backlog",
      defaultValue = "10000",
      paramLabel = "<n>",
      description =
          "Facts recorded before the first relay starts, to measure rates by. Default:"
              + " ${DEFAULT-VALUE}.")
  private int backlog;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "<n>",
      description = "Of the order of blows. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--state",
      paramLabel = "<path>",
      description =
          "Keeps ledger, topic and what was counted in this directory, and goes on where it was"
              + " stopped, or killed.")
  private @Nullable Path state;

  @Option(
      names = "--directory",
      defaultValue = ".data/loadtest",
      paramLabel = "<path>",
      description =
          "Where they are made and deleted afterwards, without --state. Default: ${DEFAULT-VALUE}.")
  private Path directory;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Relay() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException, ExecutionException {
    howLong.check(terminal);
    terminal.require(factsPerSecond >= 1, "--facts-per-second", "1 or more");
    terminal.require(backlog >= 1, "--backlog", "1 or more");
    // Clients complain of brokers that are killed here.
    ((Logger) LoggerFactory.getLogger("org.apache.kafka")).setLevel(Level.OFF);
    if (state != null) {
      return run(Files.createDirectories(state).toRealPath());
    }
    Files.createDirectories(directory);
    Path home = Files.createTempDirectory(directory, "relay-").toRealPath();
    try {
      return run(home);
    } finally {
      Server.delete(home);
    }
  }

  private int run(Path home)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Path file = home.resolve("cycles");
    List<Cycle> done = new ArrayList<>();
    if (Files.exists(file)) {
      Files.readAllLines(file).forEach(line -> done.add(Cycle.of(line)));
    }
    Tally tally = new Tally(done);
    terminal.say("starting");
    try (Resources resources = new Resources()) {
      Stage stage = resources.add(Stage.open(home, SLIPS_PER_BACKLOG * backlog));
      Topic topic = resources.add(new Topic(stage.broker().bootstrapServers()));
      Path rates = home.resolve("rates");
      if (!Files.exists(rates)) {
        Files.writeString(rates, Rates.measure(stage, backlog, terminal::say));
      } else {
        Rates.startAll(stage);
      }
      terminal.say(Files.readString(rates).strip());
      try (Partner partner = new Partner(stage.broker().bootstrapServers(), Topic.NAME)) {
        require(partner.awaitPosition(stage.head(), PATIENCE), "the topic holds the ledger");
        try (Growth growth = Growth.start(stage.ledger(), factsPerSecond)) {
          Blows blowing = new Blows(stage, partner, topic, new Random(seed + done.size()));
          IntPredicate begins = howLong.begin();
          while (begins.test(tally.cycles())) {
            Cycle cycle = blowing.deal(blowAt(tally.cycles()));
            growth.requireRunning();
            tally.add(cycle);
            Files.writeString(
                file, cycle.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            terminal.say("%4d  %s", tally.cycles(), Tally.told(cycle));
          }
        }
        return end(stage, partner, tally, Files.readString(rates));
      }
    }
  }

  private int end(Stage stage, Partner partner, Tally tally, String rates)
      throws SQLException, InterruptedException {
    terminal.say("comparing");
    long head = stage.head();
    boolean whole = partner.awaitPosition(head, PATIENCE);
    stage.ledger().awaitProjections();
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (stage.carried().values().stream().anyMatch(position -> position != head)
        && System.nanoTime() < until) {
      Thread.sleep(50);
    }
    Arrivals.Seen seen = partner.seen();
    Tables direct = Tables.of(stage.direct());
    Tables carried = Tables.of(stage.remote());
    List<String> differing = direct.differing(carried);
    boolean level = stage.carried().equals(Tables.positions(stage.direct()));
    tally.print(terminal.out());
    terminal.out().print(rates);
    terminal
        .out()
        .printf(
            Locale.ROOT,
            """
            facts recorded %d, in the topic as a read_committed consumer sees it %d: lost %d, doubled %d, out of order %d
            chain computed anew from the messages: %d of %d do not hold; its head %s %s
            projections at position %d, direct and over Kafka%s: %d tables, %d rows, %s
            """,
            head,
            seen.position(),
            seen.lost() + Math.max(0, head - seen.position()),
            seen.doubled(),
            seen.outOfOrder(),
            seen.chainBreaks(),
            seen.position(),
            seen.head(),
            seen.head().equals(stage.headHash()) ? "is the ledger's" : "IS NOT THE LEDGER'S",
            head,
            level ? "" : " NOT AT THE SAME POSITION",
            direct.contents().size(),
            direct.rows(),
            differing.isEmpty() ? "all equal" : "DIFFERENT: " + differing);
    terminal.out().flush();
    return whole
            && seen.faultless()
            && seen.head().equals(stage.headHash())
            && level
            && differing.isEmpty()
        ? 0
        : 1;
  }

  private Blow blowAt(int cycle) {
    return InTurn.at(blows == null ? List.of(Blow.values()) : blows, seed, cycle);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new IllegalStateException("not in time: " + what);
    }
  }
}
