package fr.passnumerique.loadtest.crash;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.broker.JavaProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import picocli.CommandLine;

/**
 * The command with five kills, one of each kind at least; then its checks on its own data, of which
 * something is taken away. For many kills there is the command itself.
 */
class CrashIT {
  @TempDir private Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int crash(String... arguments) {
    return new CommandLine(new Crash())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void killsOfEveryPartLoseAndDoubleNothingThatWasAcknowledged() throws Exception {
    int exit = crash("--cycles=5", "--seed=6", "--directory=" + directory);

    assertThat(exit).as("%s%n%s", err, out).isZero();
    assertThat(out.toString())
        .contains("seed 6", "5 cycles; slips acknowledged 1", "all holds")
        .containsPattern("- cycles 1 to 5, begun .*: all holds")
        .containsPattern("slips recorded though no answer had come [1-9]")
        .containsPattern("broker killed \\(kill -9\\), started again at once \\| [1-9]")
        .containsPattern("application and postmaster killed \\(kill -9\\) together \\| [1-9]");
    itsChecksFindWhatIsTakenAway();
  }

  @Test
  @Tag("long")
  void aCommandThatIsKilledIsGoneOnWith() throws Exception {
    nothingOutlivesACommandThatIsKilled();

    int exit = crash("--cycles=1", "--directory=" + directory);

    assertThat(exit).as("%s%n%s", err, out).isZero();
    assertThat(out.toString())
        .contains("seed 6", "all holds")
        .containsPattern("- after cycle 0, begun .*: killed before its end")
        .containsPattern("- cycle 1, begun .*: all holds|- cycles 1 to 1, begun .*: all holds");
  }

  /** Stopped that way while the application starts. */
  private void nothingOutlivesACommandThatIsKilled() throws Exception {
    Path log = directory.resolve("killed.log");
    Process command =
        new ProcessBuilder(
                JavaProgram.on(System.getProperty("java.class.path"))
                    .command(
                        JavaProgram.forMinutes("-Xmx256m"),
                        "fr.passnumerique.loadtest.Loadtest",
                        List.of("crash", "--cycles=5", "--seed=6", "--directory=" + directory)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    await(() -> Files.readString(log).contains("all runs") || !command.isAlive());
    Path postmaster = directory.resolve("database/postgres/postmaster.pid");
    Path broker = directory.resolve("broker/broker.pid");
    List<ProcessHandle> running = new ArrayList<>(command.descendants().toList());
    running.add(Guard.running(postmaster).orElseThrow());
    running.add(Guard.running(broker).orElseThrow());
    assertThat(running).as(Files.readString(log)).hasSizeGreaterThanOrEqualTo(4);

    command.destroyForcibly();

    await(() -> running.stream().noneMatch(ProcessHandle::isAlive));
    assertThat(Guard.running(postmaster)).isEmpty();
    assertThat(Guard.running(broker)).isEmpty();
  }

  private interface Condition {
    boolean holds() throws IOException;
  }

  private static void await(Condition over) throws IOException, InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(4).toNanos();
    while (!over.holds()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private void itsChecksFindWhatIsTakenAway() throws Exception {
    Path home = directory.toRealPath();
    Faults faults = new Faults();
    try (Server server = Server.startAgain(home.resolve("database"));
        Acknowledged acknowledged = Acknowledged.in(home.resolve("acknowledged"), faults)) {
      PGSimpleDataSource ledger = server.superuser(Installation.LEDGER);
      Recorded recorded = new Recorded(ledger, faults);
      recorded.readOn();
      recorded.hold(acknowledged.all());
      FreshFold fold = new FreshFold(server, Installation.LEDGER, home, faults);
      fold.compareTables(recorded.position());
      assertThat(faults.kept()).as("before").isEmpty();

      execute(
          ledger,
          // The database's own guards would refuse it.
          "set session_replication_role = replica",
          "alter table ledger.event disable trigger user",
          "delete from ledger.event where position >= (select max(position) from ledger.event where"
              + " type = 'SlipJudged')",
          "update projections.balance set cents = cents + 1 where account_id = (select"
              + " min(account_id) from projections.balance)");

      fold.compareTables(recorded.position());
      recorded.readOn();
      Recorded left = new Recorded(ledger, faults);
      left.readOn();
      left.hold(acknowledged.all());
      Path export = Files.writeString(home.resolve("broken.ndjson"), "{}\n");
      Audit.verify(export, "1:" + "0".repeat(64), faults);
      List<String> found = faults.kept();
      assertThat(found).hasSize(4);
      assertThat(found.get(0)).contains("[balance]", "are not what a fresh fold gives");
      assertThat(found.get(1)).startsWith("the ledger held ");
      assertThat(found.get(2)).contains("was acknowledged at", "and is not in the ledger");
      assertThat(found.get(3)).startsWith("verify-ledger ends with");
    }
  }

  private static void execute(DataSource database, String... statements) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void moreSlipsThanCanBePreparedAreRefused() throws Exception {
    assertThat(crash("--cycles=2000000000", "--directory=" + directory)).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "--cycles and --slips must be of at most 5000000 slips in all, and come to"
                + " 800000000000");
    assertThat(directory.resolve("prepared.properties")).doesNotExist();
  }

  @Test
  void aDirectoryInWhichSomethingDidNotHoldNeverHoldsAgain() throws Exception {
    Faults faults = new Faults();
    try (Stretches stretches = Stretches.in(directory)) {
      stretches.begin(0, "commit a", faults);
      faults.add("slip B-1 is gone");
    }

    assertThat(crash("--cycles=5", "--directory=" + directory)).as("%s", err).isEqualTo(1);

    assertThat(out.toString())
        .contains("DOES NOT HOLD", "slip B-1 is gone")
        .doesNotContain("holds");
    assertThat(directory.resolve("database")).as("nothing is started").doesNotExist();
  }

  @Test
  void aDirectoryInWhichARunIsAtWorkIsLeftAlone() throws Exception {
    try (RunLock _ = RunLock.take(directory).orElseThrow()) {
      assertThat(crash("--cycles=5", "--directory=" + directory)).isEqualTo(2);
    }

    assertThat(err.toString()).contains("--directory must be one in which no other run is at work");
    assertThat(directory.toFile().list()).as("nothing is started").containsExactly("run.lock");
    assertThat(RunLock.take(directory)).as("given back").hasValueSatisfying(RunLock::close);
  }

  @Test
  void aDirectoryIsNotGoneOnWithOtherwiseOrForLongerThanItWasPreparedFor() throws Exception {
    String home = "--directory=" + directory;
    Installation.Prepared.in(
        directory, new Installation.Prepared(6, LocalDate.of(2026, 11, 30), 4, 2 * 400 + 400, 3));
    Files.writeString(directory.resolve("acknowledged"), "a slip\n".repeat(300));

    assertThat(crash("--cycles=3", home)).isEqualTo(2);
    assertThat(crash("--cycles=2", "--lines=4", home)).isEqualTo(2);
    assertThat(crash("--cycles=2", "--clients=5", home)).isEqualTo(2);
    assertThat(crash("--cycles=2", "--seed=7", home)).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "--cycles and --slips must be of at most the 800 slips that the directory was prepared"
                + " for, and may come to 1500",
            "--lines must be that of the directory, 3",
            "--clients must be that of the directory, 4",
            "--seed must be that of the directory, 6");
    assertThat(directory.resolve("database")).as("nothing is started").doesNotExist();
  }

  @Test
  void anOptionOutOfRangeIsRefusedBeforeAnythingIsStarted() {
    assertThat(crash("--cycles=0", "--directory=" + directory)).isEqualTo(2);
    assertThat(crash("--minutes=0", "--directory=" + directory)).isEqualTo(2);
    assertThat(crash("--minutes=-1", "--directory=" + directory)).isEqualTo(2);
    assertThat(err.toString())
        .contains("--cycles must be 1 or more", "--minutes must be 1 or more");
    assertThat(directory).isEmptyDirectory();
  }
}
