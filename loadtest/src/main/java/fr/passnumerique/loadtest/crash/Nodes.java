package fr.passnumerique.loadtest.crash;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.loadtest.crash.FreshFold.Compared;
import fr.passnumerique.loadtest.crash.Installation.Prepared;
import fr.passnumerique.loadtest.crash.TakeOvers.TakeOver;
import fr.passnumerique.loadtest.options.HowLong;
import fr.passnumerique.loadtest.options.InTurn;
import fr.passnumerique.loadtest.options.Reported;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.loadtest.peak.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
          + " holds, and of two clients that presented the same cheques at once through two"
          + " applications one was accepted and the other told why not; at the end all of it is"
          + " read anew, verify-ledger reads an export, and every table of the projections is"
          + " compared with a fresh fold. Exits with 1 if anything does not hold, or nobody served"
          + " for longer than --most-silence after a blow, or a slip had to be sent more often than"
          + " --most-tries.",
      "One client of each application sends its slip again at once, and so finds out when slips are"
          + " accepted again. The others come again when they were told to (Retry-After), to the"
          + " same application, or to the next one at once if there was no answer: theirs are the"
          + " tries that are counted.",
      "Each application runs with " + Application.OPTIONS + "."
    })
public final class Nodes implements Callable<Integer> {
  /** Of the cycle's slips so many are presented after the blow at least. */
  private static final int AFTERWARDS = 40;

  /** Of slips that contest the same cheques, in each cycle at most. */
  private static final int PAIRS = 50;

  private final Faults faults = new Faults();
  private int lost;
  private int refused;
  private int recordedUnheard;
  private int contested;

  @Mixin private Terminal terminal;
  @Mixin private Workplace workplace;
  @Mixin private HowLong howLong = new HowLong(20);
  @Mixin private Traffic traffic = new Traffic(200, 6);
  @Mixin private Reported reported;

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

  @Option(
      names = "--rate-slips",
      defaultValue = "5000",
      paramLabel = "<n>",
      description =
          "Before any blow, in each of a dozen turns, to find the rate: with all clients at the"
              + " one that writes, and spread over all. With --cycles 0 nothing else is done, also"
              + " with --applications 1. Default: ${DEFAULT-VALUE}; 0 for none.")
  private int rateSlips;

  @Option(
      names = "--most-silence",
      defaultValue = "1000",
      paramLabel = "<ms>",
      description =
          "From a blow until slips are accepted again, at most, without a pause as long."
              + " Default: ${DEFAULT-VALUE}.")
  private long mostSilence;

  @Option(
      names = "--most-tries",
      defaultValue = "3",
      paramLabel = "<n>",
      description =
          "Of one slip by a client that comes again when it was told to (Retry-After)."
              + " Default: ${DEFAULT-VALUE}, so that it is sent again twice: after one that breaks"
              + " off with the application, and one that is told to come later.")
  private int tries;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Nodes() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    terminal.require(
        applications >= (howLong.cycles() == 0 ? 1 : 2) && applications <= 3,
        "--applications",
        "2 or 3, or 1 with --cycles 0");
    howLong.check(terminal, 0);
    traffic.check(terminal, applications + 1);
    terminal.require(rateSlips >= 0, "--rate-slips", "0 or more");
    terminal.require(tries >= 1, "--most-tries", "1 or more");
    terminal.require(mostSilence >= 1, "--most-silence", "1 or more");
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
        traffic.prepare(
            terminal,
            howLong.cycles() * (3L * traffic.slips() + PAIRS)
                + NodeRates.slips(rateSlips, traffic.clients()));
    terminal.sayWhen("seed %d; starting", prepared.seed());
    Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    facts.put("Machine", Machine.facts(home, Machine.usedByOthers()));
    try (Acknowledged acknowledged = Acknowledged.in(home.resolve("acknowledged"), faults);
        SeveralNodes nodes = SeveralNodes.open(home, prepared, applications)) {
      terminal.sayWhen("%d applications run", applications);
      Recorded recorded = new Recorded(nodes.database(), faults);
      TakeOvers takeOvers = new TakeOvers(mostSilence, tries);
      NodeRates rates = new NodeRates(nodes, acknowledged, faults, rateSlips);
      if (rateSlips > 0) {
        rates.measure(prepared.seed());
      }
      IntPredicate begins = howLong.begin();
      for (int cycle = 0; begins.test(cycle) && faults.none(); cycle++) {
        takeOvers.add(run(nodes, acknowledged, prepared.seed(), cycle));
        recorded.readOn();
        recorded.hold(acknowledged.all());
        recorded.holdNoOther(acknowledged.all());
      }
      Recorded anew = new Recorded(nodes.database(), faults);
      anew.readOn();
      anew.hold(acknowledged.all());
      anew.holdNoOther(acknowledged.all());
      Audit.hold(nodes.database(), home.resolve("export.ndjson"), faults);
      Compared compared =
          new FreshFold(nodes.server(), Installation.LEDGER, home, faults).compare(anew.position());
      takeOvers.hold(faults);
      facts.put("Server", nodes.server().settings());
      tell(prepared, rates, takeOvers, nodes, acknowledged, anew, compared);
    }
    reported.page(
        terminal, prepared.today(), "Several nodes, of which the writer is struck", facts);
    return faults.none() ? 0 : 1;
  }

  private TakeOver run(SeveralNodes nodes, Acknowledged acknowledged, long seed, int cycle)
      throws IOException, SQLException, InterruptedException {
    WriterBlow blow = blowAt(seed, cycle);
    Random random = new Random(seed * 31 + cycle);
    int slips = traffic.slips();
    int moment = random.nextInt(traffic.slips() * 3 / 4);
    nodes.awaitAll();
    try (Presenting presenting =
            Presenting.begin(
                nodes.slips(),
                nodes.roots(),
                applications,
                acknowledged,
                faults,
                traffic.slips() * 2,
                random.nextLong());
        Contest contest =
            Contest.begin(nodes.slips(), nodes.roots(), acknowledged, faults, PAIRS)) {
      presenting.await(
          "%d slips answered".formatted(moment),
          () -> presenting.answered() >= moment,
          nodes::endOfLogs);
      LockSupport.parkNanos(random.nextInt(20_000_000));
      URI struck = nodes.strike(blow, random, presenting::strike);
      presenting.allow(AFTERWARDS * 2);
      presenting.await(
          "slips answered after the blow",
          () ->
              presenting.answered() >= traffic.slips() && presenting.answeredSince() >= AFTERWARDS,
          nodes::endOfLogs);
      presenting.end();
      contested += contest.end();
      TakeOver takeOver =
          new TakeOver(
              blow,
              presenting.silence().toMillis(),
              !nodes.writes().equals(Optional.of(struck)),
              presenting.mostTries(),
              presenting.sent(),
              presenting.longestWait().toMillis());
      Presenting.Counts counts = presenting.counts();
      lost += counts.lost.get();
      refused += counts.refused();
      recordedUnheard += counts.recordedUnheard.get();
      terminal.sayWhen(
          "%4d  %-13s %4d slips acknowledged, silent for %5d ms, then %s writes; answers lost %d,"
              + " refused %d, most tries of one slip %d, longest wait %d ms",
          cycle + 1,
          blow,
          presenting.answered(),
          takeOver.silentMillis(),
          takeOver.byAnother() ? "another" : "the same",
          counts.lost.get(),
          counts.refused(),
          takeOver.tries().sent(),
          takeOver.waitMillis());
      return takeOver;
    }
  }

  private WriterBlow blowAt(long seed, int cycle) {
    return InTurn.at(blows == null ? List.of(WriterBlow.values()) : blows, seed, cycle);
  }

  private void tell(
      Prepared prepared,
      NodeRates rates,
      TakeOvers takeOvers,
      SeveralNodes nodes,
      Acknowledged acknowledged,
      Recorded recorded,
      Compared compared) {
    PrintWriter out = reported.out(terminal);
    out.printf(
        "seed %d; %d applications; %s%n%n", prepared.seed(), applications, Application.told());
    rates.print(out);
    takeOvers.print(out);
    out.printf(
        "slips acknowledged %d, recorded %d; cheques redeemed %d; ledger read from 1 to %d;"
            + " verify-ledger on its export; %d tables with %d rows compared with a fresh fold;"
            + " pairs of slips that contested the same cheques %d; requests without an answer %d,"
            + " told to come later %d; most tries of one slip %s; slips recorded though no answer"
            + " had come %d; starts of applications that ended by themselves %d%n",
        acknowledged.size(),
        recorded.slips(),
        recorded.redeemed(),
        recorded.position(),
        compared.tables(),
        compared.rows(),
        contested,
        lost,
        refused,
        takeOvers.mostTries(),
        recordedUnheard,
        nodes.endedByThemselves());
    out.print(Faults.told(faults.kept()));
    out.flush();
  }
}
