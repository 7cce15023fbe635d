package fr.passnumerique.ui.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.database.EmbeddedServer;
import fr.passnumerique.projections.broker.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An executable jar laid out in a directory with a class cache beside it (JDK's AOT cache), with
 * which a start reads, verifies and links nothing that the trial start has loaded. The cache fits
 * one Java, one collector and these very files: where it does not fit, Java says so and starts
 * without it.
 */
public final class Installation {
  private static final String NAME = "pass";
  private static final int TOLD_LOG_LINES = 30;

  /**
   * Java writes a cache of a trial that failed too, and says of hundreds of classes that they are
   * not in it: the reason would not be at the end of the log.
   */
  private static final String FEWER_LINES = "-Xlog:aot*=error";

  /** Far more than it takes, on a machine that does much else. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  private static final Set<PosixFilePermission> READ_BY_ALL =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Set<PosixFilePermission> WRITTEN_BY_OTHERS =
      Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private static final Pattern SECRET =
      Pattern.compile("passw|passphrase|secret", Pattern.CASE_INSENSITIVE);
  private static final Pattern SETTING =
      Pattern.compile("-D(spring|pass|server|logging|management)\\.");

  private final Path home;
  private final Path jar;
  private final Path cache;
  private final Path start;
  private final Path log;

  private Installation(Path home) {
    this.home = home;
    this.jar = home.resolve(NAME + ".jar");
    this.cache = home.resolve(NAME + ".aot");
    this.start = home.resolve("start");
    this.log = home.resolve("install.log");
  }

  /**
   * Lays out, starts for trial and records. Takes as long as some starts.
   *
   * @param executableJar as Spring Boot packs it; its libraries are jars inside it, whose classes
   *     no cache holds
   * @param directory is made, for this installation alone; must be empty and closed to what others
   *     write if it is there
   * @param trial class whose {@code main} is the trial start; it is given a directory for its data,
   *     and works in it
   * @param options of the JVM, for the trial and for every start
   * @throws IllegalArgumentException if the directory or an option is refused; nothing was done
   * @throws InstallationFailedException if it was begun and came to no end
   */
  public static Installation make(
      Path executableJar, Path directory, String trial, List<String> options)
      throws InterruptedException {
    options.forEach(Installation::requireNoSetting);
    Path home = directory.toAbsolutePath().normalize();
    try {
      Installation installation = new Installation(home);
      Path data = installation.takeDirectory();
      installation.layOut(executableJar.toAbsolutePath());
      installation.closeToOthers();
      installation.record(data, trial, options);
      EmbeddedServer.deleteTree(data);
      installation.writeStart(options);
      Files.delete(installation.log);
      installation.closeToOthers();
      return installation;
    } catch (IOException e) {
      throw new InstallationFailedException(
          "cannot install into %s: %s; see that you may write there, or name another directory"
              .formatted(home, e),
          e);
    }
  }

  /** The one that {@link #make} has made there; empty where it has not, or came to no end. */
  public static Optional<Installation> in(Path directory) {
    return Optional.of(new Installation(directory.toAbsolutePath().normalize()))
        .filter(installation -> Files.exists(installation.start));
  }

  /** What would be read by everybody: in the file of arguments, and in the list of processes. */
  private static void requireNoSetting(String option) {
    if (SECRET.matcher(option).find()) {
      // Not the option as a whole, for its secret would be told once more.
      throw new IllegalArgumentException(
          "the option %s… holds a secret, which everybody could read in the file start and in the"
                  .formatted(option.replaceFirst("=.*", "="))
              + " list of processes; give it to each start as an environment variable");
    }
    if (SETTING.matcher(option).lookingAt()) {
      throw new IllegalArgumentException(
          "%s is a setting of the application, and the trial would run by it; give it to each start"
                  .formatted(option.replaceFirst("=.*", ""))
              + " instead: java @<directory>/start --name=value, or as an environment variable");
    }
  }

  /**
   * Makes it, or sees that nobody else may write into it: Java trusts a cache as it trusts its own
   * memory.
   *
   * @return for the trial, and what it leaves
   */
  private Path takeDirectory() throws IOException {
    if (Files.exists(home)) {
      requireEmpty();
      if (!Collections.disjoint(Files.getPosixFilePermissions(home), WRITTEN_BY_OTHERS)) {
        throw new IllegalArgumentException(
            ("others than its owner may write into %s, and Java trusts what lies there; close it"
                    + " (chmod go-w), or name a directory that is not there yet")
                .formatted(home));
      }
    } else {
      Files.createDirectories(home, PosixFilePermissions.asFileAttribute(READ_BY_ALL));
    }
    Path data = Files.createDirectory(home.resolve("trial"), OWNER_ONLY);
    if (!Files.getOwner(data).equals(Files.getOwner(home))) {
      Files.delete(data);
      throw new IllegalArgumentException(
          "%s belongs to %s, who may change what lies there, and Java trusts it; install as that user, or name a directory that is not there yet"
              .formatted(home, Files.getOwner(home)));
    }
    return data;
  }

  private void requireEmpty() throws IOException {
    try (Stream<Path> inside = Files.list(home)) {
      if (inside.findAny().isPresent()) {
        throw new IllegalArgumentException(
            "%s is not empty; name another directory, one for each release: a node may run from this one"
                .formatted(home));
      }
    }
  }

  /** A mask of 002, which some systems give each user, lets the group write what is made. */
  private void closeToOthers() throws IOException {
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
        if (permissions.removeAll(WRITTEN_BY_OTHERS)) {
          Files.setPosixFilePermissions(path, permissions);
        }
      }
    }
  }

  private void layOut(Path executableJar) throws IOException, InterruptedException {
    run(
        List.of(
            JavaProgram.java().toString(),
            "-Djarmode=tools",
            "-jar",
            executableJar.toString(),
            "extract",
            "--force",
            "--destination",
            home.toString(),
            "--application-filename",
            jar.getFileName().toString()),
        home,
        "the jar could not be taken apart");
  }

  private void record(Path data, String trial, List<String> options)
      throws IOException, InterruptedException {
    run(
        command(
            options,
            List.of("-XX:AOTCacheOutput=" + cache, FEWER_LINES),
            trial,
            List.of(data.toString())),
        data,
        "the trial start failed");
    if (!Files.exists(cache)) {
      throw failed("the trial start left no class cache");
    }
  }

  private void run(List<String> command, Path workingDirectory, String orElse)
      throws IOException, InterruptedException {
    OptionalInt status = SealedProcess.run(command, workingDirectory, log, PATIENCE);
    if (status.isEmpty()) {
      throw failed("%s: it took longer than %d minutes".formatted(orElse, PATIENCE.toMinutes()));
    }
    if (status.getAsInt() != 0) {
      throw failed(orElse);
    }
  }

  private InstallationFailedException failed(String what) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return new InstallationFailedException(
        "%s; %s ends with:%n%s"
            .formatted(
                what,
                log,
                String.join(
                    "\n",
                    lines.subList(Math.max(0, lines.size() - TOLD_LOG_LINES), lines.size()))));
  }

  /** What {@code java @start} reads. */
  private void writeStart(List<String> options) throws IOException {
    List<String> lines = new ArrayList<>(options);
    lines.add(cacheOption());
    lines.add("-jar");
    lines.add(jar.toString());
    Files.write(start, lines.stream().map(Installation::quoted).toList(), UTF_8);
  }

  private static String quoted(String argument) {
    return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  /** The arguments of a start, for {@code java @…}. */
  public Path start() {
    return start;
  }

  /** All that is laid out, as one class path; its libraries lie beside it. */
  public Path jar() {
    return jar;
  }

  /** Of a JVM on {@link #jar}, with the options that the cache was made with. */
  public String cacheOption() {
    return ClassCache.OPTION + cache;
  }

  /**
   * How another class on the same class path is started with the cache.
   *
   * @param options those that it was made with
   */
  public List<String> command(List<String> options, String mainClass) {
    return command(options, List.of(cacheOption()), mainClass, List.of());
  }

  private List<String> command(
      List<String> options, List<String> more, String mainClass, List<String> arguments) {
    List<String> all = new ArrayList<>(options);
    all.addAll(more);
    return JavaProgram.on(jar.toString()).command(all, mainClass, arguments);
  }
}
