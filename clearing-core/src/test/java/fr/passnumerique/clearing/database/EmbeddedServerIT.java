package fr.passnumerique.clearing.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Starts real servers, and ends them and their applications in every way that happens. */
@ExtendWith(OutputCaptureExtension.class)
class EmbeddedServerIT {
  private static final Path PROGRAMS = Path.of("target", "postgres-programs").toAbsolutePath();
  private static final String NOT_STARTED = "cannot be started; trying again each second";

  private Path directory;

  /** A data directory after its first start; each test has a copy. */
  private static Path begun;

  @BeforeAll
  static void theFirstStart() throws IOException {
    begun = emptyDirectory();
    open(begun).close();
  }

  @AfterAll
  static void theFirstDirectoryIsRemoved() throws IOException {
    EmbeddedServer.deleteTree(begun);
  }

  @BeforeEach
  void aCopyOfTheFirstDirectory() throws Exception {
    directory = emptyDirectory();
    assertThat(new ProcessBuilder("cp", "-a", begun + "/.", directory.toString()).start().waitFor())
        .isZero();
    // Not the others' port.
    Files.delete(directory.resolve("postgres-port"));
  }

  /** Not JUnit's: another account must be able to pass through its parents. */
  private static Path emptyDirectory() throws IOException {
    Path directory = Files.createTempDirectory("pass-embedded it's ");
    TestDatabase.sharePrograms(directory);
    return directory;
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    EmbeddedServer.remove(DataDirectory.at(directory), PROGRAMS);
    assertThat(directory).doesNotExist();
  }

  @Test
  void whatWasCommittedIsThereAtTheNextStartOnTheSamePort() throws Exception {
    String url;
    try (var database = open()) {
      url = database.url();
      append(database, 1);
      assertThat(database.embedded()).isTrue();
    }
    try (var database = open()) {
      assertThat(database.url()).isEqualTo(url);
      assertThat(head(database)).isEqualTo(1);
    }
  }

  @Test
  @Tag("long")
  void anotherPortIsTakenWhenTheKeptOneIsInUse() throws Exception {
    int port;
    try (var server = EmbeddedServer.start(DataDirectory.at(directory))) {
      port = server.port();
    }
    try (var _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"));
        var server = EmbeddedServer.start(DataDirectory.at(directory))) {
      assertThat(server.port()).isNotEqualTo(port);
      assertThat(Files.readString(directory.resolve("postgres-port")).strip())
          .isEqualTo(Integer.toString(server.port()));
    }
  }

  @Test
  void everyCommitIsOnDiskBeforeItIsAnswered() throws Exception {
    try (var database = open();
        var connection = database.dataSource(ApplicationRole.CLEARING).getConnection()) {
      assertThat(Database.durable(connection)).isTrue();
      assertThat(one(connection, "show fsync")).isEqualTo("on");
      assertThat(one(connection, "show synchronous_commit")).isEqualTo("on");
      assertThat(one(connection, "show full_page_writes")).isEqualTo("on");
      assertThat(one(connection, "show data_checksums")).isEqualTo("on");
    }
  }

  @Test
  void onlyThisMachineConnectsAndOnlyWithAPassword() throws Exception {
    try (var server = EmbeddedServer.start(DataDirectory.at(directory));
        var connection = server.superuser(Database.NAME).getConnection()) {
      assertThat(one(connection, "show listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(one(connection, "show unix_socket_directories")).isEmpty();
      for (String user :
          List.of("postgres", "pass_owner", "pass_clearing", "pass_projections", "pass_reader")) {
        for (String password : List.of("", user, "postgres")) {
          assertThatThrownBy(
                  () -> DriverManager.getConnection(server.jdbcUrl(Database.NAME), user, password))
              .as(user)
              .isInstanceOf(SQLException.class);
        }
      }
    }
    Path passwords = directory.resolve("postgres-passwords.properties");
    assertThat(Files.getPosixFilePermissions(passwords))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(directory.resolve("postgres-password")).doesNotExist();
    try (Stream<Path> logs = Files.list(directory.resolve("postgres/log"))) {
      for (Path log : logs.toList()) {
        for (String line : Files.readAllLines(passwords)) {
          assertThat(log).content().doesNotContain(line.substring(line.indexOf('=') + 1));
        }
      }
    }
  }

  @Test
  void aFileOfPasswordsThatOthersCanReadIsRefused() throws Exception {
    Files.setPosixFilePermissions(
        directory.resolve("postgres-passwords.properties"),
        PosixFilePermissions.fromString("rw-r--r--"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("postgres-passwords.properties")
        .hasMessageContaining("chmod 600");
  }

  @Test
  void noNodeWorksAsTheOwner() {
    try (var database = open()) {
      assertThatThrownBy(() -> database.dataSource(ApplicationRole.OWNER))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aSecondApplicationOnTheDirectoryIsRefusedAndToldWhichOneHasIt() {
    try (var _ = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining("pass.data-directory");
    }
  }

  @Test
  void aSecondProcessOnTheDirectoryIsRefusedAndTheFirstGoesOn() throws Exception {
    try (var application = new Application(directory)) {
      assertThatThrownBy(this::open)
          .isInstanceOf(DatabaseUnavailableException.class)
          .hasMessageContaining("in use by process " + application.process.pid());
      assertThat(application.ask("append")).isEqualTo("1");
    }
  }

  @Test
  void afterKillOfTheApplicationItsServerIsStoppedAndNothingCommittedIsLost() throws Exception {
    long server;
    try (var application = new Application(directory)) {
      assertThat(application.ask("append")).isEqualTo("1");
      server = postmaster().pid();
      application.process.destroyForcibly().waitFor();
    }
    assertThat(ProcessHandle.of(server)).as("a server outlives its application").isPresent();
    try (var database = open()) {
      awaitEnd(server);
      assertThat(head(database)).isEqualTo(1);
    }
  }

  @Test
  void afterKillOfApplicationAndServerNothingCommittedIsLost() throws Exception {
    try (var application = new Application(directory)) {
      assertThat(application.ask("append")).isEqualTo("1");
      assertThat(application.ask("append")).isEqualTo("2");
      application.process.destroyForcibly().waitFor();
      kill(postmaster());
    }
    try (var database = open()) {
      assertThat(head(database)).isEqualTo(2);
    }
  }

  @Test
  void aBackendThatOutlivesItsServerIsEndedBeforeTheNextStart() throws Exception {
    try (var application = new Application(directory)) {
      application.send("sleep");
      ProcessHandle backend = awaitBackend();
      application.process.destroyForcibly().waitFor();
      postmaster().destroyForcibly();
      Thread.sleep(500);
      assertThat(backend.isAlive()).as("a busy backend does not notice").isTrue();
      try (var database = open()) {
        awaitEnd(backend.pid());
        assertThat(head(database)).isZero();
      }
    }
  }

  @Test
  void aServerThatIsKilledUnderARunningApplicationIsStartedAgain() throws Exception {
    try (var database = open()) {
      append(database, 1);
      kill(postmaster());
      append(database, 2, Duration.ofSeconds(30));
      assertThat(head(database)).isEqualTo(2);
    }
  }

  @Test
  @Tag("long")
  void aServerThatCannotStartForAWhileSaysWhyAndIsStartedOnceItCan(CapturedOutput output)
      throws Exception {
    Path control = directory.resolve("postgres/global/pg_control");
    Path aside = directory.resolve("aside");
    try (var database = open()) {
      append(database, 1);
      Files.move(control, aside);
      kill(postmaster());
      for (int i = 0; i < 1_000 && !output.getAll().contains(NOT_STARTED); i++) {
        Thread.sleep(20);
      }
      // Not by the first start that fails only, whose lines are all that is logged.
      Thread.sleep(2_500);
      assertThat(output.getAll())
          .contains("did not start", "pg_control")
          .containsOnlyOnce(NOT_STARTED);
      Files.move(aside, control);
      append(database, 2, Duration.ofSeconds(30));
      assertThat(head(database)).isEqualTo(2);
    }
  }

  @Test
  @Tag("long")
  void aServerIsKnownByItsArgumentsWhereTheSystemShowsNoWorkingDirectory() throws Exception {
    Path another = Files.createDirectory(directory.resolve("another"));
    try (var server = EmbeddedServer.start(DataDirectory.at(directory))) {
      ProcessHandle process = server.process().orElseThrow();
      var programs = new ServerPrograms(PROGRAMS);
      var account = ServerAccount.of(directory);
      Path cluster = DataDirectory.at(directory).path().resolve("postgres");
      assertThat(new Postmaster(cluster, programs, account).namesCluster(process)).isTrue();
      assertThat(new Postmaster(another, programs, account).namesCluster(process)).isFalse();
      assertThat(new Postmaster(cluster, programs, account).namesCluster(ProcessHandle.current()))
          .isFalse();
    }
  }

  @Test
  @Tag("long")
  void aPidFileOfNoUseDoesNotKeepTheServerFromStarting() throws Exception {
    for (String content : List.of("", "\n", "garbage\n", "-1\n", "99999999999999999999\n", "0\n")) {
      Files.writeString(pidFile(), content);
      EmbeddedServer.start(DataDirectory.at(directory)).close();
    }
  }

  @Test
  @Tag("long")
  void aProcessThatMerelyGotTheServersNumberIsLeftAlone() throws Exception {
    Process bystander = new ProcessBuilder("sleep", "600").start();
    try {
      String kept;
      try (var server = EmbeddedServer.start(DataDirectory.at(directory))) {
        kept = Files.readString(pidFile());
        server.kill();
      }
      for (long pid : List.of(bystander.pid(), ProcessHandle.current().pid(), 1L, 2_000_000_000L)) {
        Files.writeString(pidFile(), kept.replaceFirst("\\d+", Long.toString(pid)));
        EmbeddedServer.start(DataDirectory.at(directory)).close();
        assertThat(bystander.isAlive()).isTrue();
      }
    } finally {
      bystander.destroyForcibly();
    }
  }

  @Test
  @Tag("long")
  void aServerOfAnotherDirectoryIsLeftAloneEvenWhenThePidFileNamesIt() throws Exception {
    Path another = Files.createTempDirectory("pass-embedded-");
    try (var neighbour =
        EmbeddedServer.start(DataDirectory.at(another), ServerAccount.of(another), PROGRAMS)) {
      Files.copy(another.resolve("postgres/postmaster.pid"), pidFile());
      EmbeddedServer.start(DataDirectory.at(directory)).close();
      assertThat(neighbour.process()).isPresent();
    } finally {
      EmbeddedServer.remove(DataDirectory.at(another), PROGRAMS);
    }
  }

  @Test
  void aFirstStartThatWasCutShortIsDoneAgain() throws Exception {
    forgetCluster();
    Path draft = Files.createDirectory(directory.resolve("postgres-draft"));
    Files.writeString(draft.resolve("PG_VERSION"), "18\n");
    Files.createDirectory(draft.resolve("base"));
    try (var database = open()) {
      assertThat(head(database)).isZero();
      assertThat(draft).doesNotExist();
    }
  }

  @Test
  void dataOfAnotherMajorVersionIsNotTouched() throws Exception {
    Files.writeString(directory.resolve("postgres/PG_VERSION"), "17\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("was written by PostgreSQL 17")
        .hasMessageContaining("pg_upgrade");
  }

  @Test
  void aServerThatCannotStartSaysWhy() throws Exception {
    Files.delete(directory.resolve("postgres/global/pg_control"));
    assertThatThrownBy(this::open)
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("pg_control");
    // And gives the directory free.
    DataDirectory.at(directory).lock().close();
  }

  @Test
  @Tag("long")
  void rootStartsItAsAnotherAccountWhereNamespacesAreForbidden() throws Exception {
    assumeTrue(isRoot());
    forgetCluster();
    ServerAccount unprivileged = ServerAccount.unprivileged();
    try (var server = EmbeddedServer.start(DataDirectory.at(directory), unprivileged, PROGRAMS)) {
      server.createDatabase(Database.NAME);
      assertThat((int) Files.getAttribute(directory.resolve("postgres"), "unix:uid"))
          .isEqualTo(unprivileged.uid())
          .isNotZero();
      // Its files are closed to that account, but for the server's own.
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx--x--x");
    }
    // And back: the same data where namespaces are allowed.
    if (ServerAccount.of(directory) instanceof ServerAccount.Namespace) {
      try (var database = open()) {
        assertThat(head(database)).isZero();
      }
    }
    try (var server = EmbeddedServer.start(DataDirectory.at(directory), unprivileged, PROGRAMS)) {
      assertThat(server.process()).isPresent();
    }
  }

  @Test
  @Tag("long")
  void aServerOfAnotherAccountThatWasLeftRunningIsStopped() throws Exception {
    assumeTrue(isRoot());
    ServerAccount unprivileged = ServerAccount.unprivileged();
    var server = EmbeddedServer.start(DataDirectory.at(directory), unprivileged, PROGRAMS);
    long left = server.process().orElseThrow().pid();
    server.abandon();
    try (var next = EmbeddedServer.start(DataDirectory.at(directory), unprivileged, PROGRAMS)) {
      awaitEnd(left);
      assertThat(next.process()).isPresent();
    }
  }

  @Test
  @Tag("long")
  void whereThatAccountCannotPassTheMessageSaysWhatToDo() throws Exception {
    assumeTrue(isRoot());
    Path closed = Files.createDirectory(directory.resolve("closed"));
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    var inside = DataDirectory.at(closed.resolve("data"));
    assertThatThrownBy(() -> EmbeddedServer.start(inside, ServerAccount.unprivileged(), PROGRAMS))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("pass.data-directory");
  }

  private static boolean isRoot() throws IOException {
    Path probe = Files.createTempFile("pass-embedded-", "");
    try {
      return (int) Files.getAttribute(probe, "unix:uid") == 0;
    } finally {
      Files.delete(probe);
    }
  }

  private Database open() {
    return open(directory);
  }

  private static Database open(Path directory) {
    return Database.open(DatabaseSettings.embedded(directory));
  }

  private void forgetCluster() throws IOException {
    EmbeddedServer.deleteTree(directory.resolve("postgres"));
  }

  /** The end of a process that is not this one's child is seen when whoever has it collects it. */
  private static void awaitEnd(long pid) throws InterruptedException {
    for (int i = 0; i < 500 && ProcessHandle.of(pid).isPresent(); i++) {
      Thread.sleep(20);
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  private Path pidFile() {
    return directory.resolve("postgres/postmaster.pid");
  }

  private ProcessHandle postmaster() throws IOException {
    return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile()).getFirst())).orElseThrow();
  }

  private static void kill(ProcessHandle server) throws InterruptedException {
    var processes = new ArrayList<>(server.descendants().toList());
    processes.addFirst(server);
    processes.forEach(ProcessHandle::destroyForcibly);
  }

  private ProcessHandle awaitBackend() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      var backend =
          postmaster()
              .descendants()
              .filter(
                  process ->
                      commandLine(process).contains("pass_clearing")
                          && commandLine(process).contains("SELECT"))
              .findFirst();
      if (backend.isPresent()) {
        return backend.get();
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no backend");
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc/%d/cmdline".formatted(process.pid())), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  static void append(Database database, long position) throws SQLException {
    try (var connection = database.dataSource(ApplicationRole.CLEARING).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into ledger.event (position, event_id, recorded_at, type, version, tags, payload, metadata, hash)
          values (%d, gen_random_uuid(), now(), 'DayOpened', 1, '{}', '{}', '{}', sha256('%1$d'))
          """
              .formatted(position));
    }
  }

  private static void append(Database database, long position, Duration atMost)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (true) {
      try {
        append(database, position);
        return;
      } catch (SQLException e) {
        if (System.nanoTime() > end) {
          throw new AssertionError("not back after " + atMost, e);
        }
        Thread.sleep(100);
      }
    }
  }

  static long head(Database database) throws SQLException {
    try (var connection = database.dataSource(ApplicationRole.READER).getConnection()) {
      return Long.parseLong(one(connection, "select coalesce(max(position), 0) from ledger.event"));
    }
  }

  private static String one(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  /** An application of its own: another JVM with the database open. */
  private static final class Application implements AutoCloseable {
    private final Process process;
    private final BufferedReader answers;

    Application(Path directory) throws IOException {
      process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Main.class.getName(),
                  directory.toString())
              .redirectError(
                  ProcessBuilder.Redirect.to(new File("target", "embedded-server-application.log")))
              .start();
      answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      assertThat(answer()).isEqualTo("open");
    }

    void send(String command) throws IOException {
      process.getOutputStream().write((command + "\n").getBytes(UTF_8));
      process.getOutputStream().flush();
    }

    String ask(String command) throws IOException {
      send(command);
      return answer();
    }

    private String answer() throws IOException {
      String line;
      while ((line = answers.readLine()) != null) {
        if (line.startsWith("> ")) {
          return line.substring(2);
        }
      }
      throw new AssertionError(
          "it ended: " + Files.readString(Path.of("target", "embedded-server-application.log")));
    }

    @Override
    public void close() throws Exception {
      process.getOutputStream().close();
      process.waitFor();
    }
  }

  static final class Main {
    public static void main(String[] arguments) throws Exception {
      try (var database = Database.open(DatabaseSettings.embedded(Path.of(arguments[0])))) {
        System.out.println("> open");
        var commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        String command;
        while ((command = commands.readLine()) != null) {
          if (command.equals("sleep")) {
            DataSource ledger = database.dataSource(ApplicationRole.CLEARING);
            try (var connection = ledger.getConnection();
                var statement = connection.createStatement()) {
              // A loop that asks for no interrupt, as a long sort or hash does.
              statement.execute("select count(*) from generate_series(1, 1000000000)");
            }
          }
          long next = head(database) + 1;
          append(database, next);
          System.out.println("> " + next);
        }
      }
    }
  }
}
