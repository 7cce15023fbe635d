package fr.passnumerique.loadtest.crash;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.loadtest.crash.Installation.Prepared;
import fr.passnumerique.loadtest.options.HowLong;
import fr.passnumerique.loadtest.options.Reported;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.loadtest.peak.Resources;
import fr.passnumerique.loadtest.peak.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Kills the parts of an installation under load, and counts what is lost or doubled. */
@Command(
    name = "crash",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Presents slips over HTTP by several clients while application, postmaster or broker, each a"
          + " process, are killed (kill -9) at random moments; a slip that was not answered is sent"
          + " again under the same reference. That is no power cut: what was written and not yet on"
          + " the disk outlives it, so that whether fsync does what it should is not told.",
      "After each kill every slip acknowledged since the last look is in the ledger once and as it"
          + " was acknowledged, no cheque is redeemed twice, positions are contiguous, the chain"
          + " holds, the topic is the ledger and projections have come to its end; at the end, and"
          + " now and then (--whole-every), all of it is read anew, verify-ledger reads an export,"
          + " and every table of the projections is compared with a fresh fold. Exits with 1 if"
          + " anything does not hold, or did not in an earlier run in the same directory.",
      "The application runs with "
          + Application.OPTIONS
          + ". From loadtest.jar it is installed in the directory first, with its class cache."
    })
public final class Crash implements Callable<Integer> {
  /** So many times a cycle's slips are presented at most while a disk is full. */
  static final int ROOM = 10;

  @Mixin private Terminal terminal;
  @Mixin private HowLong howLong = new HowLong(20);
  @Mixin private Traffic traffic = new Traffic(200, 4);
  @Mixin private Reported reported;

  @Option(
      names = "--blows",
      split = ",",
      paramLabel = "<blow>",
      description =
          "Which: ${COMPLETION-CANDIDATES}. Default: the kills, in random order; those behind"
              + " BROKER with --faults.")
  private @Nullable List<Blow> blows;

  @Option(
      names = "--faults",
      description =
          "Instead of kills, what the application has to live through without being started again:"
              + " the database paused, connections cut between a statement and its answer, its"
              + " clock set forward and back; with --small-disk the disk full.")
  private boolean faults;

  @Option(
      names = "--small-disk",
      paramLabel = "<path>",
      description = {
        "On a file system of its own, of 400 MiB to 8 GiB, where database, broker, and what the"
            + " application keeps and logs then lie, and which DISK_FULL and LOG_DISK_FULL fill."
            + " On Linux whoever may mount makes one by",
        "truncate -s 1G disk && mkfs.ext4 -qFm0 -E root_owner disk && mount -o loop disk <path>",
        "or, in memory,",
        "mount -t tmpfs -o size=1g tmpfs <path>"
      })
  private @Nullable Path smallDisk;

  @Option(
      names = "--whole-every",
      defaultValue = "25",
      paramLabel = "<n>",
      description =
          "Cycles after which all is read anew and folded anew. At the end it always is. Default:"
              + " ${DEFAULT-VALUE}.")
  private int wholeEvery;

  @Option(
      names = "--directory",
      paramLabel = "<path>",
      description =
          "Keeps everything in this directory, and goes on there where it was stopped, or killed."
              + " Default: one under .data/loadtest that is deleted afterwards.")
  private @Nullable Path directory;

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Crash() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    howLong.check(terminal);
    traffic.check(terminal, 1);
    terminal.require(wholeEvery >= 1, "--whole-every", "1 or more");
    terminal.require(
        smallDisk != null || blows().stream().noneMatch(Blow::fillsDisk),
        "--small-disk",
        "given for DISK_FULL and LOG_DISK_FULL");
    // Clients complain of brokers and servers that are killed here.
    for (String name : List.of("org.apache.kafka", "com.zaxxer.hikari")) {
      ((Logger) LoggerFactory.getLogger(name)).setLevel(Level.OFF);
    }
    if (directory != null) {
      return run(Files.createDirectories(directory).toRealPath());
    }
    Path parent = Files.createDirectories(Path.of(".data", "loadtest"));
    Path home = Files.createTempDirectory(parent, "crash-").toRealPath();
    try {
      return run(home);
    } finally {
      SmallDisk.forget(home);
      Server.delete(home);
    }
  }

  private List<Blow> blows() {
    return blows != null ? blows : faults ? Blow.faults(smallDisk != null) : Blow.kills();
  }

  private int run(Path home) throws IOException, SQLException, InterruptedException {
    Optional<RunLock> lock = RunLock.take(home);
    terminal.require(
        lock.isPresent(), "--directory", "one in which no other run is at work, not " + home);
    try (RunLock _ = lock.orElseThrow()) {
      return strike(home);
    }
  }

  /**
   * Some cycles take more than they have to, and none more than twice as many, but where a disk is
   * full: what was written before has room in it.
   */
  private long slipsOf(int cycles) {
    return cycles
        * ((smallDisk == null ? 2L : 2L + ROOM) * traffic.slips()
            + (blows().contains(Blow.CONNECTIONS_CUT) ? ConnectionsCut.MORE_SLIPS : 0));
  }

  private int strike(Path home) throws IOException, SQLException, InterruptedException {
    Prepared prepared = Prepared.in(home, traffic.prepare(terminal, slipsOf(howLong.cycles())));
    if (smallDisk != null) {
      terminal.require(
          SmallDisk.fits(smallDisk, home), "--small-disk", "on a file system " + SmallDisk.FITTING);
    } else if (faults && blows == null) {
      terminal.sayWhen("no disk is filled: that needs --small-disk");
    }
    Path file = home.resolve("cycles");
    List<Cycle> done = new ArrayList<>();
    if (Files.exists(file)) {
      Files.readAllLines(file).forEach(line -> done.add(Cycle.of(line)));
    }
    Tally tally = new Tally(done);
    Stretches stretches = Stretches.in(home);
    if (!stretches.hold()) {
      // Further cycles that hold would make nothing of it undone.
      terminal.sayWhen("something did not hold in this directory; go on in another");
      return tell(prepared, tally, "", stretches);
    }
    traffic.check(
        terminal,
        prepared,
        Acknowledged.kept(home) + slipsOf(Math.max(0, howLong.cycles() - tally.cycles())));
    Release release = Release.in(home, terminal::sayWhen);
    terminal.sayWhen("seed %d; starting", prepared.seed());
    String whole = "";
    Map<String, Map<String, String>> facts = new LinkedHashMap<>();
    facts.put("Machine", Machine.facts(home, Machine.usedByOthers()));
    try (Resources resources = new Resources()) {
      Faults found = new Faults();
      Acknowledged acknowledged =
          resources.add(Acknowledged.in(home.resolve(Acknowledged.FILE), found));
      Installation installation =
          resources.add(Installation.open(home, release, prepared, smallDisk, terminal::sayWhen));
      facts.put("Server", installation.server().settings());
      Cycles killing =
          resources.add(
              new Cycles(
                  installation,
                  acknowledged,
                  found,
                  new Cycles.Settings(prepared.seed(), traffic.slips(), blows())));
      // The last, and so the first to be closed: what is ended by hand is no fault.
      resources.add(stretches.begin(tally.cycles(), release.told(), found));
      installation.awaitServing(found);
      terminal.sayWhen("all runs: processes %s", installation.processes());
      IntPredicate begins = howLong.begin();
      while (found.none() && begins.test(tally.cycles())) {
        Cycle cycle = killing.run(tally.cycles());
        if (found.none()) {
          tally.add(cycle);
          Files.writeString(
              file, cycle.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          terminal.sayWhen("%4d  %s", tally.cycles(), cycle.told());
        }
        if (found.none() && tally.cycles() % wholeEvery == 0 && tally.cycles() < howLong.cycles()) {
          terminal.sayWhen("      %s", killing.holdWhole());
        }
      }
      if (found.none()) {
        whole = killing.holdWhole();
        stretches.held();
      }
    }
    int exit = tell(prepared, tally, whole, stretches);
    reported.page(terminal, Paris.dayOf(Instant.now()), "Struck under load", facts);
    return exit;
  }

  private int tell(Prepared prepared, Tally tally, String whole, Stretches stretches) {
    PrintWriter out = reported.out(terminal);
    out.printf("seed %d%n", prepared.seed());
    stretches.print(out, tally.cycles());
    out.println();
    tally.print(out);
    out.println(whole);
    out.print(Faults.told(stretches.faults()));
    out.flush();
    return stretches.hold() ? 0 : 1;
  }
}
