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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the figures were taken on. */
public final class Machine {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private static final String UNKNOWN = "of a version that is not known";

  private Machine() {}

  /**
   * @param directory where the database lies
   * @param usedByOthers as {@link #usedByOthers()} found it
   */
  public static Map<String, String> facts(Path directory, double usedByOthers) {
    var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("processors", "%d × %s".formatted(system.getAvailableProcessors(), processor()));
    facts.put("memory", "%d GB".formatted(Math.round(system.getTotalMemorySize() / 1e9)));
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
  static List<String> options() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-XX:"))
        .toList();
  }

  /** Which version was run: of its archive, or of the work tree in which this was started. */
  public static String application() {
    String version = ClearingApplication.class.getPackage().getImplementationVersion();
    if (version != null) {
      return version;
    }
    try {
      Process git =
          new ProcessBuilder("git", "describe", "--always", "--dirty")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String described = new String(git.getInputStream().readAllBytes(), UTF_8).strip();
      return git.waitFor() == 0 ? described : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return UNKNOWN;
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

  /** Processor time of this process, in nanoseconds. */
  static long processNanos() {
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
