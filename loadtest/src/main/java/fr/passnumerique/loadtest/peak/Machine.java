package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.install.ClassCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the figures were taken on. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private static final Path STAT = Path.of("/proc/stat");

  /** Linux tells programs of hundredths of a second, whatever it counts by itself. */
  private static final long NANOS_OF_A_TICK = 10_000_000;

  private static final String UNKNOWN = "unknown";

  private Machine() {}

  /**
   * @param directory where the database lies
   * @param usedByOthers as {@link #usedByOthers()} found it
   */
  public static Map<String, String> facts(Path directory, double usedByOthers) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processors", "%d × %s".formatted(system.getAvailableProcessors(), processor()));
    facts.put("memory", "%d GB".formatted(Math.round(memoryBytes() / 1e9)));
    facts.put(
        "system", "%s %s, %s".formatted(system.getName(), system.getVersion(), system.getArch()));
    facts.put("file system", fileSystem(directory));
    facts.put(
        "java",
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    facts.put("java options", String.join(" ", options()));
    facts.put("application", application());
    facts.put("used by others at the start", "%.0f %%".formatted(100 * usedByOthers));
    return facts;
  }

  /** That this machine was started with; those of the collector and of the layout of objects. */
  public static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:"))
        .toList();
  }

  /** Which code was run: its version, where an archive says it, and the commit. */
  public static String application() {
    String version = ClearingApplication.class.getPackage().getImplementationVersion();
    String commit = "commit " + commit(Path.of("").toAbsolutePath());
    return version == null ? commit : version + ", " + commit;
  }

  /**
   * That of the project's work tree, from which the archive is taken to be built: no archive tells.
   *
   * @return with {@code -dirty} where it was changed since; unknown outside of the project
   */
  static String commit(Path directory) {
    boolean ours =
        git(directory, "rev-parse", "--show-toplevel")
            .filter(root -> Files.exists(Path.of(root, "loadtest", "pom.xml")))
            .isPresent();
    return ours
        ? git(directory, "describe", "--always", "--dirty", "--exclude=*").orElse(UNKNOWN)
        : UNKNOWN;
  }

  private static Optional<String> git(Path directory, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    // A hook is given its own repository by these.
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    try {
      Process git = builder.start();
      String said = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
      return git.waitFor() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /**
   * What a child on the same class path needs to start with the class cache that this machine was
   * started with; nothing where it was started with none.
   */
  public static List<String> cacheOptions() {
    return ClassCache.ofThisJava() == ClassCache.USED ? options() : List.of();
  }

  /**
   * Which share of its processors others use, looked at for a second in which this process rests.
   */
  public static double usedByOthers() throws InterruptedException {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    // The first call only begins to count.
    system.getCpuLoad();
    Thread.sleep(1_000);
    return Math.max(0, system.getCpuLoad());
  }

  static long memoryBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** Processor time of everybody since the machine's start, in nanoseconds; 0 if nobody tells. */
  static long busyNanos() {
    try {
      return Files.isReadable(STAT) ? busyNanos(Files.readAllLines(STAT).getFirst()) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param stat the first line of {@code /proc/stat}: user, nice, system, idle, waiting for a disk,
   *     interrupts of two kinds, and what another machine on the same processor had
   */
  static long busyNanos(String stat) {
    String[] ticks = stat.split("\\s+");
    long busy = 0;
    for (int i : new int[] {1, 2, 3, 6, 7, 8}) {
      busy += Long.parseLong(ticks[i]);
    }
    return busy * NANOS_OF_A_TICK;
  }

  /** Processor time of this process, in nanoseconds. */
  public static long processNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static String processor() {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try (var lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String fileSystem(Path directory) {
    try {
      return Files.getFileStore(directory).type();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
