package fr.passnumerique.projections.broker;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a class is run as a process of its own on the JDK that runs this one: from a class path, or
 * out of an executable jar, whose libraries are jars inside it that only its own launcher opens.
 */
public final class JavaProgram {
  private static final String LAUNCHER = "org.springframework.boot.loader.launch.";

  /**
   * Of a JVM that lives for minutes beside others: most of what it runs it runs a few times, for
   * which the quick compiler alone is the quicker, and a collector with threads of its own takes
   * processors from the others. With that compiler Java keeps a fifth of the usual room for code,
   * of which each part that is filled makes it collect the whole heap.
   */
  private static final List<String> FOR_MINUTES =
      List.of("-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m", "-XX:+UseSerialGC");

  private final String classPath;
  private final boolean executableJar;

  private JavaProgram(String classPath, boolean executableJar) {
    this.classPath = classPath;
    this.executableJar = executableJar;
  }

  /**
   * @param classPath as in {@code java.class.path}; the process may work in another directory
   */
  public static JavaProgram on(String classPath) {
    String absolute =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(element -> !element.isEmpty())
            .map(element -> Path.of(element).toAbsolutePath().toString())
            .collect(Collectors.joining(File.pathSeparator));
    return new JavaProgram(absolute, isExecutableJar(absolute));
  }

  /** The executable jar that runs this; empty where classes lie in directories or plain jars. */
  public static Optional<Path> executableJar() {
    JavaProgram running = on(System.getProperty("java.class.path"));
    return running.executableJar ? Optional.of(Path.of(running.classPath)) : Optional.empty();
  }

  private static boolean isExecutableJar(String classPath) {
    if (classPath.contains(File.pathSeparator) || !classPath.endsWith(".jar")) {
      return false;
    }
    try (JarFile jar = new JarFile(classPath)) {
      return jar.getManifest() != null
          && String.valueOf(jar.getManifest().getMainAttributes().getValue("Main-Class"))
              .startsWith(LAUNCHER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of the JDK that runs this. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /**
   * Options of a JVM that is to live for minutes.
   *
   * @param more its own
   */
  public static List<String> forMinutes(String... more) {
    return Stream.concat(FOR_MINUTES.stream(), Stream.of(more)).toList();
  }

  /**
   * @param options of the JVM
   * @param arguments of the program
   */
  public List<String> command(List<String> options, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(java().toString());
    command.addAll(options);
    if (executableJar) {
      command.add("-Dloader.main=" + mainClass);
    }
    command.add("-cp");
    command.add(classPath);
    command.add(executableJar ? LAUNCHER + "PropertiesLauncher" : mainClass);
    command.addAll(arguments);
    return command;
  }
}
