package fr.passnumerique.clearing.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/**
 * {@code initdb}, {@code pg_ctl} and {@code postgres}, unpacked from the dependency for this
 * machine. They lie in the data directory and not, as the library would have it, in a place of the
 * temporary directory that anybody on the machine could fill first.
 */
record ServerPrograms(Path home) {
  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /**
   * Unpacks the programs of this version once; one that was cut short is done again. Of processes
   * that come at once one unpacks and the others wait for it: by what it looks like, the draft of a
   * living one is no other than one whose writer was ended.
   */
  static synchronized ServerPrograms unpackedIn(Path directory) throws IOException {
    byte[] archive = archive();
    Path home = directory.resolve(digest(archive));
    if (!Files.exists(home)) {
      Files.createDirectories(directory);
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path lock = directory.resolve(".lock");
      try (FileChannel file =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = file.lock()) {
        if (!Files.exists(home)) {
          unpackAs(home, archive);
          forgetOthers(directory, Set.of(home, lock));
        }
      }
    }
    return new ServerPrograms(home);
  }

  private static void unpackAs(Path home, byte[] archive) throws IOException {
    Path draft =
        Files.createTempDirectory(
            home.resolveSibling(""),
            ".draft",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    unpack(archive, draft);
    letEverybodyIn(draft);
    Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
  }

  private static byte[] archive() throws IOException {
    String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    @Nullable InputStream archive =
        DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
            system, machine.equals("amd64") ? "x86_64" : machine);
    if (archive == null) {
      throw new DatabaseUnavailableException(
          "no embedded PostgreSQL for %s on %s; name an external server with spring.datasource.url"
              .formatted(system, machine));
    }
    try (archive) {
      return archive.readAllBytes();
    }
  }

  private static String digest(byte[] archive) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(archive);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void unpack(byte[] archive, Path into) throws IOException {
    try (var entries =
        new TarArchiveInputStream(new XZInputStream(new ByteArrayInputStream(archive)))) {
      @Nullable TarArchiveEntry entry;
      while ((entry = entries.getNextEntry()) != null) {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
          throw new IOException("entry outside the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
          continue;
        }
        Files.createDirectories(target.resolveSibling(""));
        if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isLink()) {
          Files.createLink(target, into.resolve(entry.getLinkName()));
        } else {
          Files.copy(entries, target);
        }
      }
    }
  }

  /** Whatever the umask: the account that runs them may be another than the one that unpacks. */
  private static void letEverybodyIn(Path home) throws IOException {
    try (Stream<Path> paths = Files.walk(home)) {
      for (Path path : paths.filter(p -> !Files.isSymbolicLink(p)).toList()) {
        boolean passable = Files.isDirectory(path) || path.startsWith(home.resolve("bin"));
        Files.setPosixFilePermissions(
            path, PosixFilePermissions.fromString(passable ? "rwxr-xr-x" : "rw-r--r--"));
      }
    }
  }

  /** Earlier versions, and drafts whose writer was ended. */
  private static void forgetOthers(Path directory, Set<Path> kept) throws IOException {
    try (Stream<Path> versions = Files.list(directory)) {
      for (Path version : versions.filter(v -> !kept.contains(v)).toList()) {
        try (Stream<Path> paths = Files.walk(version)) {
          List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
          for (Path path : deepestFirst) {
            Files.delete(path);
          }
        }
      }
    }
  }
}
