package fr.passnumerique.loadtest.simulator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.loadtest.model.Step;
import fr.passnumerique.loadtest.options.AtOnce;
import fr.passnumerique.loadtest.options.Seeds;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays any number of seeds, and goes on where it was stopped. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Plays random programmes to the real engine on an embedded PostgreSQL 18 and to a naive model"
          + " that shares no code with it, and compares them after every step.",
      "Tells in the end how often the stories came to each of the rare moments that they are told"
          + " for.",
      "Prints a line per seed: steps, actions accepted and refused, milliseconds, last chain hash."
          + " The same seed gives the same hash. Exits with 1 if engine and model do not agree, and"
          + " shows the shortest story found in which they do not."
    })
public final class Simulate implements Callable<Integer> {
  private final Tally tally = new Tally();
  private final Moments moments = new Moments();
  private double restored;

  @Mixin private Terminal terminal;

  @Mixin private Seeds seeds = new Seeds(50);

  @Option(
      names = "--steps",
      defaultValue = "300",
      paramLabel = "<n>",
      description = "Of each. Default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--snapshot-every",
      defaultValue = "0",
      paramLabel = "<n>",
      description =
          "After so many steps a new node goes on from a snapshot of the last one's registers, and"
              + " these are compared with a fold of everything. Default: never.")
  private int snapshotEvery;

  @Mixin private AtOnce atOnce;

  @Option(
      names = "--state",
      paramLabel = "<path>",
      description = "Keeps the seeds that are done in this file, and passes over those in it.")
  private @Nullable Path state;

  @Mixin private Workplace workplace;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Simulate() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    seeds.check(terminal);
    terminal.require(steps >= 1, "--steps", "1 or more");
    terminal.require(snapshotEvery >= 0, "--snapshot-every", "0 or more");
    atOnce.check(terminal);
    Set<Long> done = done();
    List<Long> open = seeds.all().boxed().filter(seed -> !done.contains(seed)).toList();
    // Nodes are killed here: what they say of it is not for the one who reads the result.
    ((Logger) LoggerFactory.getLogger("fr.passnumerique.clearing")).setLevel(Level.OFF);
    int failed;
    try (Databases databases = Databases.start(workplace.directory())) {
      failed = play(new Seed(databases, Mutant.NONE, snapshotEvery), open);
    }
    tally.print(out());
    out().println("to what these stories came, those played before too, and how often:");
    moments.print(out());
    if (snapshotEvery > 0) {
      out().printf("%.0f nodes went on from a snapshot of registers%n", restored);
    }
    out().printf("%d seeds agree, %d do not%n", open.size() - failed, failed);
    out().flush();
    return failed == 0 ? 0 : 1;
  }

  private int play(Seed player, List<Long> open)
      throws IOException, SQLException, InterruptedException {
    int failed = 0;
    try (ExecutorService threads = atOnce.threads()) {
      ExecutorCompletionService<Seed.End> ends = new ExecutorCompletionService<>(threads);
      open.forEach(seed -> ends.submit(() -> player.play(seed, steps)));
      for (int left = open.size(); left > 0; left--) {
        Seed.End end = ends.take().get();
        report(end);
        if (end.agrees()) {
          remember(end);
        } else {
          failed++;
          tell(player, end);
        }
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return failed;
  }

  private void report(Seed.End end) {
    restored += end.restored();
    tally.add(end.tally());
    moments.add(end.moments());
    out()
        .printf(
            "seed %6d  %4d steps  %4d accepted  %4d refused  %6d ms  %s%n",
            end.seed(),
            end.steps(),
            end.tally().accepted(),
            end.tally().refused(),
            end.millis(),
            end.lastHash());
    out().flush();
  }

  private void tell(Seed player, Seed.End end) throws IOException, SQLException {
    out().printf("seed %d, step %d: %s%n", end.seed(), end.steps(), end.difference());
    out().flush();
    List<Step> story = player.shrink(end);
    out().printf("in %d steps:%n", story.size());
    story.forEach(step -> out().println("  " + step));
    out().flush();
  }

  private Set<Long> done() throws IOException {
    Set<Long> done = new HashSet<>();
    if (state != null && Files.exists(state)) {
      for (String line : Files.readAllLines(state)) {
        String[] parts = line.split(" ");
        if (Integer.parseInt(parts[1]) >= steps) {
          long seed = Long.parseLong(parts[0]);
          done.add(seed);
          if (parts.length > 2 && seeds.contains(seed)) {
            moments.add(Moments.of(parts[2]));
          }
        }
      }
    }
    return done;
  }

  private void remember(Seed.End end) throws IOException {
    if (state != null) {
      Files.writeString(
          state,
          "%d %d %s%n".formatted(end.seed(), steps, end.moments()),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  private PrintWriter out() {
    return terminal.out();
  }
}
