package fr.passnumerique.loadtest.race;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.loadtest.options.ChosenBugs;
import fr.passnumerique.loadtest.options.Reported;
import fr.passnumerique.loadtest.options.Seeds;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.loadtest.race.Checker.Checked;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many clients on two nodes of one ledger, checked; and bugs that the checker must find. */
@Command(
    name = "race",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays rounds of many clients on two nodes of one ledger, with retries, lost answers, the"
          + " same slip twice, withdrawals, killed nodes and cut connections, and checks that what"
          + " they were told is linearizable for each cheque and each slip. Then puts one bug after"
          + " the other into the nodes, each of which must be found.",
      "Exits with 1 if something does not hold, a bug is not found, or a round has no cheque that"
          + " several slips wanted: it would prove nothing."
    })
public final class Race implements Callable<Integer> {
  private static final int CHEQUES = 60;
  private static final int MOST_FAULTS = 20;
  private static final int MOVED_BACK_ROUNDS = 3;

  /** Their cheques are held in memory. */
  private static final int MOST_LOST_ANSWERS = 1_000_000;

  @Mixin private Terminal terminal;

  @Mixin private Seeds seeds = new Seeds(20);

  @Option(
      names = "--nodes",
      defaultValue = "2",
      paramLabel = "<n>",
      description = "1 or 2. Default: ${DEFAULT-VALUE}.")
  private int nodes;

  @Option(
      names = "--processes",
      description =
          "Each of the two nodes of a round is a process, killed (kill -9) and frozen (SIGSTOP).")
  private boolean processes;

  @Option(
      names = "--bug-seeds",
      defaultValue = "10",
      paramLabel = "<n>",
      description = "Rounds to try at most for a bug; 0 for no bugs. Default: ${DEFAULT-VALUE}.")
  private int bugSeeds;

  @Mixin private ChosenBugs chosen;

  @Option(
      names = "--lost-answers",
      defaultValue = "0",
      paramLabel = "<n>",
      description =
          "Loses so many answers after their commit, and nothing else: the slip is sent again, must"
              + " be told the same, and be in the ledger once.")
  private int lostAnswers;

  @Option(
      names = "--check",
      paramLabel = "<file>",
      description = "Checks a history that a round wrote, and nothing else.")
  private @Nullable Path check;

  @Option(
      names = "--histories",
      defaultValue = ".data/race",
      paramLabel = "<path>",
      description =
          "Where the history of a round that fails is written. Default: ${DEFAULT-VALUE}.")
  private Path histories;

  @Option(
      names = "--shortest",
      paramLabel = "<path>",
      description =
          "Writes the shortest history that shows each bug there, and of rounds without a bug the"
              + " longest of a cheque and of a slip, as the tests keep them.")
  private @Nullable Path shortest;

  @Mixin private Workplace workplace;

  @Mixin private Reported reported;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Race() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    seeds.check(terminal);
    chosen.check(terminal, Bugs.all().stream().map(bug -> bug.get().name()).toList());
    terminal.require(nodes == 2 || nodes == 1 && !processes, "--nodes", "2, or 1 of this process");
    terminal.require(bugSeeds >= 0, "--bug-seeds", "0 or more");
    terminal.require(
        lostAnswers >= 0 && lostAnswers <= MOST_LOST_ANSWERS,
        "--lost-answers",
        "0 to " + MOST_LOST_ANSWERS);
    terminal.require(
        check == null || Files.isReadable(check) && Files.isRegularFile(check),
        "--check",
        "the file of a history");
    quiet();
    PrintWriter out = reported.out(terminal);
    Path history = check;
    if (history != null) {
      return again(history, out);
    }
    Path directory = Files.createDirectories(workplace.directory());
    Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    facts.put("Machine", Machine.facts(directory, Machine.usedByOthers()));
    int exit = lostAnswers > 0 ? lose(out, facts) : race(out, facts);
    reported.page(
        terminal, Paris.dayOf(Instant.now()), "Many clients on two nodes of one ledger", facts);
    return exit;
  }

  private int race(PrintWriter out, Map<String, Map<String, String>> facts)
      throws IOException, SQLException, InterruptedException {
    int faults = 0;
    try (Stage stage = Stage.open(workplace.directory(), CHEQUES, false)) {
      facts.put("Server", stage.settings());
      for (long seed : seeds.all().toArray()) {
        Round.End end =
            processes ? Round.playProcesses(stage, seed) : Round.play(stage, seed, Bug.NONE, nodes);
        out.println(told(seed, end));
        if (!end.holds()) {
          faults++;
          out.println(written(seed, end));
        } else {
          keepRight(seed, end);
        }
        out.flush();
      }
      out.printf("%d rounds, %d do not hold%n", seeds.count(), faults);
      if (bugSeeds > 0) {
        faults += bugs(stage, out);
      }
    }
    out.flush();
    return faults == 0 ? 0 : 1;
  }

  private int lose(PrintWriter out, Map<String, Map<String, String>> facts)
      throws IOException, SQLException, InterruptedException {
    LostAnswers.Result result;
    try (Stage stage = Stage.open(workplace.directory(), LostAnswers.wanted(lostAnswers), false)) {
      facts.put("Server", stage.settings());
      result = LostAnswers.lose(stage, lostAnswers);
    }
    result.ways().forEach(out::println);
    out.println(result.recorded());
    result.faults().stream().limit(MOST_FAULTS).forEach(fault -> out.println("  " + fault));
    out.printf(
        "%d answers were lost after their commit%s: %s%n",
        result.lost(),
        result.lost() < lostAnswers ? ", fewer than asked for" : "",
        result.holds(lostAnswers)
            ? "every retry was told the same, and the money moved once"
            : "DOES NOT HOLD, %d faults".formatted(result.faults().size()));
    out.flush();
    return result.holds(lostAnswers) ? 0 : 1;
  }

  /** What the parts say of kills and cuts is not for the one who counts. */
  static void quiet() {
    ((Logger) LoggerFactory.getLogger("fr.passnumerique.clearing")).setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger("com.zaxxer.hikari")).setLevel(Level.OFF);
    ((Logger) LoggerFactory.getLogger("org.axonframework")).setLevel(Level.OFF);
  }

  private static Integer again(Path history, PrintWriter out) throws IOException {
    History read = History.read(history);
    Checked checked = Checker.check(read);
    out.printf(
        "%s: %d calls on %d objects, %d of them not linearizable%n",
        read.title(), read.calls().size(), checked.objects(), checked.findings().size());
    checked.findings().forEach(finding -> out.println(finding.told()));
    out.flush();
    return checked.findings().isEmpty() ? 0 : 1;
  }

  static String told(long seed, Round.End end) {
    Round.Counted counted = end.counted();
    return "seed %3d: %5d calls (%d new, %d again, %d unknown), %d objects, %d cheques contested, %d facts; lost %d statements, %d answers of the database, %d of a node; %d kills, %d freezes, %d cuts: %s"
        .formatted(
            seed,
            counted.calls(),
            counted.fresh(),
            counted.again(),
            counted.unknown(),
            end.checked().objects(),
            counted.contested(),
            counted.facts(),
            counted.lostStatements(),
            counted.lostAnswers(),
            counted.lost(),
            counted.kills(),
            counted.freezes(),
            counted.cuts(),
            end.holds() ? "holds" : "DOES NOT HOLD");
  }

  private String written(long seed, Round.End end) throws IOException {
    Path file = histories.resolve("seed-%d.history".formatted(seed));
    end.history().write(file);
    return end.faults() + "  race --check " + file;
  }

  /** Of a bug's shortest history. */
  static String file(String bug) {
    return bug.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-") + ".history";
  }

  /** Of each kind of object the one with most calls. */
  private void keepRight(long seed, Round.End end) throws IOException {
    Path kept = shortest;
    if (kept == null) {
      return;
    }
    for (String kind : List.of("cheque ", "slip ")) {
      History longest =
          end.history().objects().stream()
              .filter(object -> object.startsWith(kind))
              .map(end.history()::on)
              .max(Comparator.comparingInt(history -> history.calls().size()))
              .orElseThrow();
      longest.write(kept.resolve("right-%s-%d.history".formatted(kind.strip(), seed)));
    }
  }

  private int bugs(Stage stage, PrintWriter out)
      throws IOException, SQLException, InterruptedException {
    int tried = 0;
    int missed = 0;
    for (Supplier<Bug> bug : Bugs.all()) {
      String name = bug.get().name();
      if (!chosen.has(name)) {
        continue;
      }
      tried++;
      Caught caught = Caught.within(stage, bug, seeds.from(), bugSeeds);
      missed += caught.isCaught() ? 0 : 1;
      Path kept = shortest;
      if (kept != null && caught.shortest().isPresent()) {
        caught.shortest().get().write(kept.resolve(file(name)));
      }
      out.println(caught);
      out.flush();
    }
    out.printf("%d of %d bugs are found%n", tried - missed, tried);
    Caught right = Caught.within(stage, Bug::movedBack, seeds.from(), MOVED_BACK_ROUNDS);
    out.println(
        right.isCaught()
            ? "DOES NOT HOLD: " + right
            : "without a bug a node whose ledger is moved back under it stops and records nothing more, in %d of %d rounds"
                .formatted(MOVED_BACK_ROUNDS, MOVED_BACK_ROUNDS));
    return missed + (right.isCaught() ? 1 : 0);
  }
}
