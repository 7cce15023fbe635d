package fr.passnumerique.clearing.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** What code runs here. */
public final class Code {
  private static final String CLASS = ".class";

  /** By place: what runs does not change. */
  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

  private Code() {}

  /**
   * Takes in every class that lies where one of these does (the same directory of classes, the same
   * archive), by name, size and checksum. Mere names for archives that are not ours: they carry
   * versions.
   *
   * @param ours some of ours
   * @param others some of each library that has a say
   */
  public static void digest(
      MessageDigest digest, Collection<Class<?>> ours, Collection<Class<?>> others)
      throws IOException {
    TreeSet<String> places = new TreeSet<>();
    for (Class<?> type : ours) {
      places.add(place(type));
    }
    for (String place : places) {
      String classes = KNOWN.get(place);
      if (classes == null) {
        classes = classes(place).toString();
        KNOWN.put(place, classes);
      }
      digest.update(classes.getBytes(UTF_8));
    }
    for (Class<?> type : others) {
      String place = place(type);
      String name = place.replaceAll("[/!]+$", "");
      digest.update(name.substring(name.lastIndexOf('/') + 1).getBytes(UTF_8));
    }
    digest.update(Runtime.version().toString().getBytes(UTF_8));
  }

  private static String place(Class<?> type) throws IOException {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      throw new IOException("nobody says where %s comes from".formatted(type.getName()));
    }
    return source.getLocation().toString();
  }

  /** Name to size and checksum, sorted. */
  private static Map<String, String> classes(String place) throws IOException {
    Map<String, String> classes = new TreeMap<>();
    URL url = URI.create(place).toURL();
    if (!"file".equals(url.getProtocol())) {
      URLConnection connection = url.openConnection();
      connection.setUseCaches(false);
      if (!(connection instanceof JarURLConnection archive)) {
        throw new IOException("%s is no archive of classes".formatted(place));
      }
      try (JarFile jar = archive.getJarFile()) {
        list(jar, classes);
      }
      return classes;
    }
    Path path = path(url);
    if (Files.isDirectory(path)) {
      list(path, classes);
    } else {
      try (JarFile jar = new JarFile(path.toFile())) {
        list(jar, classes);
      }
    }
    return classes;
  }

  private static Path path(URL url) throws IOException {
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static void list(JarFile jar, Map<String, String> classes) {
    jar.stream()
        .filter(entry -> entry.getName().endsWith(CLASS))
        .forEach(entry -> classes.put(entry.getName(), entry.getSize() + " " + entry.getCrc()));
  }

  private static void list(Path directory, Map<String, String> classes) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(CLASS)) {
          byte[] content = Files.readAllBytes(file);
          CRC32C sum = new CRC32C();
          sum.update(content);
          classes.put(
              directory.relativize(file).toString().replace(File.separatorChar, '/'),
              content.length + " " + sum.getValue());
        }
      }
    }
  }
}
