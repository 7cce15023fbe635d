package fr.passnumerique.loadtest.crash;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.loadtest.crash.Installation.Prepared;
import fr.passnumerique.loadtest.options.HowLong;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Several applications on one ledger: strikes the one that writes, again and again. */
@Command(
    name = "nodes",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Presents slips over HTTP to two or three applications, each a process, on one PostgreSQL:"
          + " clients are spread over all of them, and those that stand by forward to the one that"
          + " writes. In each cycle the one that writes is killed, frozen, loses the session of its"
          + " lock, or is cut off from the database; a slip that was not answered is sent to the"
          + " next application under the same reference.",
      "After each cycle every slip that was ever acknowledged is in the ledger once and as it was"
          + " acknowledged, no cheque is redeemed twice, positions are contiguous and the chain"
          + " holds; at the end all of it is read anew and verify-ledger reads an export. Exits"
          + " with 1 if anything does not hold."
    })
public final class Nodes implements Callable<Integer> {
  /** Of the cycle's slips so many are presented after the blow at least. */
  private static final int AFTERWARDS = 40;

  private final long begun = System.nanoTime();
  private final Faults faults = new Faults();
  private final Map<WriterBlow, List<Long>> silentMillis = new EnumMap<>(WriterBlow.class);
  private int lost;
  private int refused;
  private int recordedUnheard;

  @Mixin private Terminal terminal;
  @Mixin private Workplace workplace;
  @Mixin private HowLong howLong = new HowLong(20);
  @Mixin private Traffic traffic = new Traffic(200, 6);

  @Option(
      names = "--applications",
      defaultValue = "2",
      paramLabel = "<n>",
      description = "Default: ${DEFAULT-VALUE}.")
  private int applications;

  @Option(
      names = "--blows",
      split = ",",
      paramLabel = "<blow>",
      description = "Which: ${COMPLETION-CANDIDATES}. Default: all, in random order.")
  private @Nullable List<WriterBlow> blows;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Nodes() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(applications >= 2 && applications <= 3, "--applications", "2 or 3");
    howLong.check(terminal);
    traffic.check(terminal, applications);
    ((Logger) LoggerFactory.getLogger("com.zaxxer.hikari")).setLevel(Level.OFF);
    Path home = workplace.fresh("nodes");
    try {
      return run(home);
    } finally {
      Server.delete(home);
    }
  }

  private int run(Path home) throws IOException, SQLException, InterruptedException {
    Prepared prepared =
        // Some cycles take more than they have to: those that others answer meanwhile.
        traffic.prepare(Math.multiplyExact(howLong.cycles(), 3 * traffic.slips()));
    say("seed %d; starting", prepared.seed());
    try (Acknowledged acknowledged = Acknowledged.in(home.resolve("acknowledged"), faults);
        SeveralNodes nodes = SeveralNodes.open(home, prepared, applications)) {
      say("%d applications run", applications);
      Recorded recorded = new Recorded(nodes.database(), faults);
      IntPredicate begins = howLong.begin();
      for (int cycle = 0; begins.test(cycle) && faults.none(); cycle++) {
        run(nodes, acknowledged, prepared.seed(), cycle);
        recorded.readOn();
        recorded.hold(acknowledged.all());
      }
      Recorded anew = new Recorded(nodes.database(), faults);
      anew.readOn();
      anew.hold(acknowledged.all());
      Audit.hold(nodes.database(), home.resolve("export.ndjson"), faults);
      return tell(prepared, nodes, acknowledged, anew);
    }
  }

  private void run(SeveralNodes nodes, Acknowledged acknowledged, long seed, int cycle)
      throws IOException, SQLException, InterruptedException {
    WriterBlow blow = blowAt(seed, cycle);
    Random random = new Random(seed * 31 + cycle);
    int slips = traffic.slips();
    int moment = random.nextInt(slips * 3 / 4);
    nodes.awaitAll();
    try (Presenting presenting =
        Presenting.begin(
            nodes.slips(), nodes.roots(), acknowledged, faults, slips * 2, random.nextLong())) {
      presenting.await(
          "%d slips answered".formatted(moment),
          () -> presenting.answered() >= moment,
          nodes::endOfLogs);
      LockSupport.parkNanos(random.nextInt(20_000_000));
      nodes.strike(blow, random, presenting::strike);
      presenting.allow(AFTERWARDS * 2);
      presenting.await(
          "slips answered after the blow",
          () -> presenting.answered() >= slips && presenting.answeredSince() >= AFTERWARDS,
          nodes::endOfLogs);
      presenting.end();
      long silent = presenting.silence().toMillis();
      silentMillis.computeIfAbsent(blow, _ -> new ArrayList<>()).add(silent);
      Presenting.Counts counts = presenting.counts();
      lost += counts.lost.get();
      refused += counts.refused.get();
      recordedUnheard += counts.recordedUnheard.get();
      say(
          "%4d  %-13s %4d slips acknowledged, silent for %5d ms; answers lost %d, refused %d",
          cycle + 1, blow, presenting.answered(), silent, counts.lost.get(), counts.refused.get());
    }
  }

  /** All of them in each round, so that none is left out, in an order that the seed chooses. */
  private WriterBlow blowAt(long seed, int cycle) {
    List<WriterBlow> round =
        new ArrayList<>(blows == null ? Arrays.asList(WriterBlow.values()) : blows);
    Collections.shuffle(round, new Random(seed * 1_000_003 + cycle / round.size()));
    return round.get(cycle % round.size());
  }

  private int tell(
      Prepared prepared, SeveralNodes nodes, Acknowledged acknowledged, Recorded recorded) {
    PrintWriter out = terminal.out();
    out.printf("seed %d; %d applications%n%n", prepared.seed(), applications);
    out.println(
        "| what befell the one that writes | times | until slips are accepted again, s: longest |");
    out.println("|---|---|---|");
    silentMillis.forEach(
        (blow, millis) ->
            out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f |%n",
                blow.told(),
                millis.size(),
                Collections.max(millis) / 1e3));
    out.println();
    out.printf(
        "slips acknowledged %d, recorded %d; cheques redeemed %d; ledger read from 1 to %d;"
            + " requests without an answer %d, told to come later %d; slips recorded though no"
            + " answer had come %d; starts of applications that ended by themselves %d%n",
        acknowledged.size(),
        recorded.slips(),
        recorded.redeemed(),
        recorded.position(),
        lost,
        refused,
        recordedUnheard,
        nodes.endedByThemselves());
    if (faults.none()) {
      out.println("all holds");
    } else {
      out.printf("%d THINGS DO NOT HOLD%n", faults.count());
      faults.kept().forEach(out::println);
    }
    out.flush();
    return faults.none() ? 0 : 1;
  }

  /** Progress, beside the data. */
  private void say(String format, Object... values) {
    terminal.say(
        "%6.1f s  %s",
        (System.nanoTime() - begun) / 1e9, String.format(Locale.ROOT, format, values));
  }
}
