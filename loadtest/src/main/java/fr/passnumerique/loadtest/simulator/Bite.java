package fr.passnumerique.loadtest.simulator;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.loadtest.options.AtOnce;
import fr.passnumerique.loadtest.options.ChosenBugs;
import fr.passnumerique.loadtest.options.Seeds;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows that the simulator finds bugs: those of {@link Mutants}, one after the other. */
@Command(
    name = "bite",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Puts one bug after the other into the engine and plays stories until the simulator finds"
          + " it.",
      "Prints where and by what each was found. Exits with 1 if one was not."
    })
public final class Bite implements Callable<Integer> {
  static final int STEPS = 300;

  @Mixin private Terminal terminal;

  @Mixin private Seeds seeds = new Seeds(20);

  @Mixin private AtOnce atOnce;

  @Mixin private ChosenBugs chosen;

  @Mixin private Workplace workplace;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Bite() {}

  /**
   * How a bug was found.
   *
   * @param seed 0 if it was not
   * @param tried so many seeds
   * @param stoodStill in so many of them the node did not answer, which is no find
   */
  record Bitten(
      Mutant mutant,
      long seed,
      int step,
      Mismatch.@Nullable Kind kind,
      int tried,
      int stoodStill,
      String difference) {
    boolean found() {
      return seed > 0;
    }

    @Override
    public String toString() {
      String still = stoodStill == 0 ? "" : ", the node stood still in " + stoodStill;
      return found()
          ? "%-58s seed %2d step %3d  %s%s: %s"
              .formatted(mutant.name(), seed, step, kind, still, difference)
          : "%-58s NOT FOUND in %d seeds%s".formatted(mutant.name(), tried, still);
    }
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    seeds.check(terminal);
    atOnce.check(terminal);
    chosen.check(terminal, Mutants.all().stream().map(Mutant::name).toList());
    ((Logger) LoggerFactory.getLogger("fr.passnumerique.clearing")).setLevel(Level.OFF);
    PrintWriter out = terminal.out();
    List<Mutant> mutants =
        Mutants.all().stream().filter(mutant -> chosen.has(mutant.name())).toList();
    int missed = 0;
    try (Databases databases = Databases.start(workplace.directory());
        ExecutorService threads = atOnce.threads()) {
      List<Future<Bitten>> all = new ArrayList<>();
      mutants.forEach(
          mutant ->
              all.add(
                  threads.submit(
                      () ->
                          bite(
                              databases,
                              mutant,
                              seeds.all(),
                              end -> agreesWithout(databases, end)))));
      for (Future<Bitten> one : all) {
        Bitten bitten = one.get();
        missed += bitten.found() ? 0 : 1;
        out.println(bitten);
        out.flush();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    out.printf("%d of %d bugs are found%n", mutants.size() - missed, mutants.size());
    out.flush();
    return missed == 0 ? 0 : 1;
  }

  /** Whether the same story without the bug agrees up to the same step. */
  @FunctionalInterface
  interface Without {
    boolean agrees(Seed.End end) throws SQLException, IOException;
  }

  /**
   * @param seeds in the order in which they are tried
   */
  static Bitten bite(Databases databases, Mutant mutant, LongStream seeds, Without without)
      throws SQLException, IOException {
    Seed player = new Seed(databases, mutant);
    int tried = 0;
    int stoodStill = 0;
    for (long seed : seeds.toArray()) {
      tried++;
      Seed.End end = player.play(seed, STEPS);
      if (end.isFound() && without.agrees(end)) {
        return new Bitten(
            mutant, seed, end.steps(), end.kind(), tried, stoodStill, shortened(end.difference()));
      }
      if (!end.agrees() && !end.isFound()) {
        stoodStill++;
      }
    }
    return new Bitten(mutant, 0, 0, null, tried, stoodStill, "");
  }

  /** What differs without the bug too is no find of it. */
  private static boolean agreesWithout(Databases databases, Seed.End end)
      throws SQLException, IOException {
    return new Seed(databases, Mutant.NONE).play(end.seed(), end.steps()).agrees();
  }

  private static String shortened(String difference) {
    String line = difference.lines().reduce((one, other) -> one + " " + other.strip()).orElse("");
    return line.length() <= 160
        ? line
        : line.substring(0, 60) + " … " + line.substring(line.length() - 97);
  }
}
