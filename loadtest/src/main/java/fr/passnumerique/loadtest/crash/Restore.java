package fr.passnumerique.loadtest.crash;

import fr.passnumerique.loadtest.crash.Acknowledged.Answer;
import fr.passnumerique.loadtest.crash.FreshFold.Compared;
import fr.passnumerique.loadtest.crash.Installation.Prepared;
import fr.passnumerique.loadtest.options.Reported;
import fr.passnumerique.loadtest.options.Terminal;
import fr.passnumerique.loadtest.options.Workplace;
import fr.passnumerique.loadtest.peak.Machine;
import fr.passnumerique.loadtest.peak.PreparedSlips;
import fr.passnumerique.loadtest.peak.Resources;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.broker.FreePort;
import fr.passnumerique.projections.export.LedgerExport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Loses a server under load, and restores it to an instant from a backup and the archived log. */
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Presents slips over HTTP to an application on a PostgreSQL that archives its log; takes a"
          + " base backup meanwhile, notes an instant, goes on, and then loses the server and its"
          + " directory. Another server is made of the backup, reads the archived log up to the"
          + " instant, and a fresh application is started on it.",
      "Every slip that was acknowledged before the instant is there once and as it was"
          + " acknowledged, nothing that was recorded after it is; positions are contiguous and the"
          + " chain holds; verify-ledger reads an export, and finds a hash that was kept of a later"
          + " position missing; every table of the projections is compared with a fresh fold. Then"
          + " the clients send again what was acknowledged after the instant, and go on. Exits with"
          + " 1 if anything does not hold.",
      "Each application runs with " + Application.OPTIONS + "."
    })
public final class Restore implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Faults faults = new Faults();
  private final List<String> told = new ArrayList<>();
  private final Map<String, Map<String, String>> facts = new LinkedHashMap<>();

  @Mixin private Terminal terminal;
  @Mixin private Workplace workplace;
  @Mixin private Reported reported;

  /** Before the backup, from then to the instant, after it, and once restored. */
  @Mixin private Traffic traffic = new Traffic(1_000, 4);

  /** For picocli, which sets the options. */
  @SuppressWarnings("NullAway.Init")
  public Restore() {}

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    traffic.check(terminal, 1);
    Path home = workplace.fresh("restore");
    try {
      return run(home);
    } finally {
      Server.delete(home);
    }
  }

  private int run(Path home) throws IOException, SQLException, InterruptedException {
    Prepared prepared =
        // Twice as many as have to be: some clients are faster than others.
        traffic.prepare(terminal, 14L * traffic.slips());
    terminal.sayWhen("seed %d; starting", prepared.seed());
    facts.put("Machine", Machine.facts(home, Machine.usedByOthers()));
    try (Resources resources = new Resources()) {
      resources.add(Guard.start(home)::destroyForcibly);
      Lost lost = recordAndLose(home, prepared, resources);
      if (faults.none()) {
        restore(home, prepared, lost, resources);
      }
    }
    tell(prepared);
    reported.page(
        terminal, prepared.today(), "A server lost under load, and restored to an instant", facts);
    return faults.none() ? 0 : 1;
  }

  /**
   * What is left of an installation.
   *
   * @param ledger as it was in the end
   * @param before acknowledged before the instant
   * @param after acknowledged, and not before the instant
   */
  private record Lost(
      BaseBackup backup,
      Path archive,
      Instant instant,
      Recorded ledger,
      List<Answer> before,
      List<Answer> after) {}

  private Lost recordAndLose(Path home, Prepared prepared, Resources resources)
      throws IOException, SQLException, InterruptedException {
    Path directory = home.resolve("database");
    Path archive = Files.createDirectory(home.resolve("archive"));
    Lost lost;
    try (Acknowledged acknowledged = Acknowledged.in(home.resolve("acknowledged"), faults)) {
      Server server = resources.add(Server.start(directory, BaseBackup.archivingTo(archive)));
      facts.put("Server", server.settings());
      PreparedSlips presented = open(server, home, prepared);
      DataSource superuser = server.superuser(Installation.LEDGER);
      try (Application application = start(home.resolve("application.log"), presented);
          Presenting presenting =
              Presenting.begin(
                  presented,
                  List.of(application.root()),
                  presented.clients(),
                  acknowledged,
                  faults,
                  3 * traffic.slips(),
                  prepared.seed())) {
        await(presenting, application, traffic.slips());
        int earlier = presenting.answered();
        BaseBackup backup = BaseBackup.take(superuser, directory, home.resolve("backup"));
        int meanwhile = presenting.answered() - earlier;
        if (meanwhile == 0) {
          faults.add("no slip was acknowledged while the backup was taken");
        }
        note(
            "base backup, while %d slips were acknowledged: %d files, %.1f MB, %.2f s",
            meanwhile, backup.files(), megabytes(backup.bytes()), seconds(backup.took()));
        goOn(presenting, application);
        List<Answer> before = acknowledged.all();
        Instant instant = Instant.now().truncatedTo(ChronoUnit.MICROS);
        note("the instant: %s; acknowledged before it %d slips", instant, before.size());
        goOn(presenting, application);
        presenting.end();
        List<Answer> after = new ArrayList<>(acknowledged.all());
        after.removeAll(before);
        awaitArchived(superuser, archive);
        application.kill();
        Recorded ledger = new Recorded(superuser, faults);
        ledger.readOn();
        ledger.hold(acknowledged.all());
        note(
            "lost at position %d, with %d slips acknowledged after the instant; archived log: %s",
            ledger.position(), after.size(), content(archive));
        lost = new Lost(backup, archive, instant, ledger, before, after);
      }
      server.close();
    }
    Server.delete(directory);
    return lost;
  }

  private void restore(Path home, Prepared prepared, Lost lost, Resources resources)
      throws IOException, SQLException, InterruptedException {
    Path directory = home.resolve("restored");
    long copying = System.nanoTime();
    lost.backup().restore(directory, lost.archive(), lost.instant());
    long starting = System.nanoTime();
    Server server = resources.add(BaseBackup.start(directory, PATIENCE));
    long writing = System.nanoTime();
    DataSource superuser = server.superuser(Installation.LEDGER);
    Recorded restored = new Recorded(superuser, faults);
    restored.readOn();
    Restored.hold(restored, lost.ledger(), lost.before(), lost.instant(), faults);
    long head = restored.position();
    String headHash = restored.headHash();
    note(
        "restored: copied in %.2f s, recovered in %.2f s, up to position %d with %d slips, %d of"
            + " them answered only after the instant",
        (starting - copying) / 1e9,
        (writing - starting) / 1e9,
        head,
        restored.slips(),
        restored.slips() - lost.before().size());
    PreparedSlips presented = open(server, home, prepared);
    try (Application application = start(home.resolve("restored.log"), presented);
        Acknowledged again = Acknowledged.in(home.resolve("again"), faults)) {
      Compared compared = new FreshFold(server, Installation.LEDGER, home, faults).compare(head);
      note("%d tables with %d rows compared with a fresh fold", compared.tables(), compared.rows());
      String kept = "%d:%s".formatted(lost.ledger().position(), lost.ledger().headHash());
      Path export = home.resolve("export.ndjson");
      LedgerExport.Written written = Audit.export(superuser, export);
      Audit.verify(export, "%d:%s".formatted(head, headHash), faults);
      Audit.refuse(
          export,
          kept,
          "the export ends at position %d, a hash was kept of position %d"
              .formatted(written.last(), lost.ledger().position()),
          faults);
      lost.before().forEach(again::add);
      int others = goOnAfterwards(application, presented, again, lost, prepared.seed());
      restored.readOn();
      restored.hold(again.all());
      long there = Restored.holdSentAgain(lost.after(), again.all(), head, faults);
      note(
          "sent again: %d slips that had been acknowledged after the instant, %d of them restored"
              + " and answered so; %d others acknowledged",
          lost.after().size(), there, others);
      FreshFold.awaitProjections(
          server, Installation.LEDGER, restored.position(), PATIENCE, faults);
      Audit.export(superuser, export);
      Audit.verify(export, "%d:%s".formatted(head, headHash), faults);
      Audit.refuse(export, kept, "kept was " + lost.ledger().headHash(), faults);
      note(
          "gone on to position %d with %d slips, each acknowledged one once; cheques redeemed %d,"
              + " none twice",
          restored.position(), restored.slips(), restored.redeemed());
    }
  }

  /**
   * What was acknowledged after the instant is sent again by whoever presented it.
   *
   * @return how many other slips were acknowledged
   */
  private int goOnAfterwards(
      Application application, PreparedSlips presented, Acknowledged again, Lost lost, long seed)
      throws InterruptedException {
    try (Presenting presenting =
        Presenting.begin(
            presented,
            List.of(application.root()),
            presented.clients(),
            again,
            faults,
            Integer.MAX_VALUE,
            seed + 1)) {
      presenting.await(
          "what was lost is acknowledged again, and more",
          () ->
              presenting.answered() >= lost.after().size() + traffic.slips()
                  && lost.after().stream().allMatch(answer -> again.has(answer.slip())),
          application::endOfLog);
      presenting.end();
      return presenting.answered() - lost.after().size();
    }
  }

  private PreparedSlips open(Server server, Path home, Prepared prepared)
      throws IOException, SQLException, InterruptedException {
    return PreparedSlips.open(
        server,
        Installation.LEDGER,
        home,
        prepared.today(),
        prepared.seed(),
        prepared.clients(),
        prepared.slips(),
        prepared.lines());
  }

  private static Application start(Path log, PreparedSlips presented) throws IOException {
    return Application.start(log, presented.properties(), FreePort.find());
  }

  private void goOn(Presenting presenting, Application application) throws InterruptedException {
    int until = presenting.answered() + traffic.slips();
    presenting.allow(2 * traffic.slips());
    await(presenting, application, until);
  }

  private static void await(Presenting presenting, Application application, int answered)
      throws InterruptedException {
    presenting.await(
        "%d slips answered".formatted(answered),
        () -> presenting.answered() >= answered,
        application::endOfLog);
  }

  /** As the server does by itself once a segment is full, or archive_timeout is over. */
  private static void awaitArchived(DataSource superuser, Path archive)
      throws SQLException, InterruptedException {
    try (Connection connection = superuser.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_walfile_name(pg_switch_wal())")) {
      row.next();
      Path last = archive.resolve(row.getString(1));
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!Files.exists(last)) {
        if (System.nanoTime() > end) {
          throw new IllegalStateException(last + " is not archived");
        }
        Thread.sleep(10);
      }
    }
  }

  private static String content(Path archive) throws IOException {
    try (Stream<Path> files = Files.list(archive)) {
      List<Path> all = files.toList();
      long bytes = 0;
      for (Path file : all) {
        bytes += Files.size(file);
      }
      return String.format(Locale.ROOT, "%d files, %.1f MB", all.size(), megabytes(bytes));
    }
  }

  private static double megabytes(long bytes) {
    return bytes / 1e6;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private void tell(Prepared prepared) {
    PrintWriter out = reported.out(terminal);
    out.printf("seed %d; %s%n", prepared.seed(), Application.told());
    told.forEach(out::println);
    out.print(Faults.told(faults.kept()));
    out.flush();
  }

  /** For the end, and as progress. */
  private void note(String format, Object... values) {
    String line = String.format(Locale.ROOT, format, values);
    told.add(line);
    terminal.sayWhen("%s", line);
  }
}
