package fr.passnumerique.ui.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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

  private final Path jar;
  private final Path cache;
  private final Path start;
  private final Path log;

  private Installation(Path directory) {
    this.jar = directory.resolve(NAME + ".jar");
    this.cache = directory.resolve(NAME + ".aot");
    this.start = directory.resolve("start");
    this.log = directory.resolve("install.log");
  }

  /**
   * Lays out, starts for trial and records. Takes as long as some starts.
   *
   * @param executableJar as Spring Boot packs it; its libraries are jars inside it, whose classes
   *     no cache holds
   * @param directory is made; must be empty if it is there
   * @param trial class whose {@code main} is the trial start; it is given a directory for its data
   * @param options of the JVM, for the trial and for every start
   * @throws IllegalArgumentException if the directory is not empty, or Java would keep nothing of
   *     it
   * @throws IllegalStateException if the trial start failed
   */
  public static Installation make(
      Path executableJar, Path directory, String trial, List<String> options)
      throws IOException, InterruptedException {
    Path home = directory.toAbsolutePath().normalize();
    if (Files.exists(home)) {
      try (Stream<Path> inside = Files.list(home)) {
        if (inside.findAny().isPresent()) {
          throw new IllegalArgumentException(
              "%s is not empty; name another directory, or delete it".formatted(home));
        }
      }
    }
    Installation installation = new Installation(home);
    Files.createDirectories(home);
    installation.layOut(executableJar.toAbsolutePath());
    Path data = home.resolve("trial");
    installation.record(data, trial, options);
    deleteTree(data);
    installation.writeStart(options);
    Files.delete(installation.log);
    return installation;
  }

  private void layOut(Path executableJar) throws IOException, InterruptedException {
    run(
        List.of(
            "-Djarmode=tools",
            "-jar",
            executableJar.toString(),
            "extract",
            "--force",
            "--destination",
            jar.resolveSibling("").toString(),
            "--application-filename",
            jar.getFileName().toString()),
        "the jar could not be taken apart");
  }

  private void record(Path data, String trial, List<String> options)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(options);
    arguments.addAll(
        List.of("-XX:AOTCacheOutput=" + cache, "-cp", jar.toString(), trial, data.toString()));
    run(arguments, "the trial start failed");
    if (!Files.exists(cache)) {
      throw failed("the trial start left no class cache");
    }
  }

  private void run(List<String> arguments, String orElse) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(arguments);
    int exit =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start()
            .waitFor();
    if (exit != 0) {
      throw failed(orElse);
    }
  }

  private IllegalStateException failed(String what) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return new IllegalStateException(
        "%s; %s ends with:%n%s"
            .formatted(
                what,
                log,
                String.join(
                    "\n",
                    lines.subList(Math.max(0, lines.size() - TOLD_LOG_LINES), lines.size()))));
  }

  private static void deleteTree(Path tree) throws IOException {
    if (Files.exists(tree)) {
      try (Stream<Path> paths = Files.walk(tree)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** What {@code java @start} reads. */
  private void writeStart(List<String> options) throws IOException {
    List<String> lines = new ArrayList<>(options);
    lines.add(ClassCache.OPTION + cache);
    lines.add("-jar");
    lines.add(jar.toString());
    Files.write(start, lines.stream().map(Installation::quoted).toList(), UTF_8);
  }

  private static String quoted(String argument) {
    return "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** The arguments of a start, for {@code java @…}. */
  public Path start() {
    return start;
  }

  /**
   * How another class on the same class path is started with the cache.
   *
   * @param options those that it was made with
   */
  public List<String> command(List<String> options, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.addAll(options);
    command.addAll(List.of(ClassCache.OPTION + cache, "-cp", jar.toString(), mainClass));
    return command;
  }
}
