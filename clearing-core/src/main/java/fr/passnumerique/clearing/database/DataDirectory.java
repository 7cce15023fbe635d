package fr.passnumerique.clearing.database;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Where a node keeps what must survive it: the embedded database, keys, generated accounts. Secrets
 * are files that their owner alone can read; one that others can read is refused, not used.
 */
public final class DataDirectory {
  private static final Set<PosixFilePermission> OWNER_FILE =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
      PosixFilePermissions.asFileAttribute(OWNER_FILE);
  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<PosixFilePermission> OTHERS_WRITE =
      EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

  private static final String DRAFT = ".draft";

  private final Path path;

  private DataDirectory(Path path) {
    this.path = path;
  }

  /** Creates the directory, open to its owner alone, unless it is there. */
  public static DataDirectory at(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath(), OWNER_ONLY_DIRECTORY);
      return new DataDirectory(path.toRealPath());
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "the data directory %s cannot be created; name one that can be written with pass.data-directory"
              .formatted(path.toAbsolutePath()),
          e);
    }
  }

  /** Absolute, without symbolic links. */
  public Path path() {
    return path;
  }

  /**
   * The content of an owner-only file; the first call ever writes it. Of two processes that do so
   * at the same moment one writes, and both get what it wrote.
   *
   * @param name relative; directories in it are created, open to their owner alone
   * @param firstContent asked only when there is no such file
   */
  public byte[] keep(String name, Supplier<byte[]> firstContent) {
    Path file = path.resolve(name);
    try {
      if (!Files.exists(file)) {
        write(name, out -> out.write(firstContent.get()), false);
      }
      refuseWhatOthersCanRead(file);
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + file, e);
    }
  }

  /**
   * @param name as in {@link #keep}
   */
  public boolean holds(String name) {
    return Files.exists(path.resolve(name));
  }

  /** Writes an owner-only file whole, or leaves the one that was there; never half of one. */
  public Path replace(String name, byte[] content) {
    try {
      return replace(name, out -> out.write(content));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path.resolve(name), e);
    }
  }

  /** The same for what is too large to be held as a whole. */
  public Path replace(String name, Content content) throws IOException {
    return write(name, content, true);
  }

  /** Writes what a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /**
     * @param out not buffered
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private Path write(String name, Content content, boolean replace) throws IOException {
    Path file = path.resolve(name);
    Path parent = Files.createDirectories(file.resolveSibling(""), OWNER_ONLY_DIRECTORY);
    Path draft = Files.createTempFile(parent, DRAFT, "", OWNER_ONLY_FILE);
    try {
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      if (replace) {
        Files.move(
            draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        // A link, unlike a move, fails when another process was first.
        Files.createLink(file, draft);
      }
    } catch (FileAlreadyExistsException e) {
      // The other's content counts.
    } finally {
      Files.deleteIfExists(draft);
    }
    try (var directory = FileChannel.open(parent)) {
      directory.force(true);
    }
    return file;
  }

  /**
   * Removes what a process that was killed in the middle of a {@link #replace} has left here.
   *
   * @param age for so long nothing was written to it: another process may be writing a younger one
   */
  public void clearDrafts(Duration age) throws IOException {
    Instant abandoned = Instant.now().minus(age);
    try (DirectoryStream<Path> drafts = Files.newDirectoryStream(path, DRAFT + "*")) {
      for (Path draft : drafts) {
        try {
          if (Files.getLastModifiedTime(draft, LinkOption.NOFOLLOW_LINKS)
              .toInstant()
              .isBefore(abandoned)) {
            Files.deleteIfExists(draft);
          }
        } catch (NoSuchFileException e) {
          // The other process is done with it.
        }
      }
    }
  }

  /**
   * Whether others than the user of this process may have written a file here: by its owner and
   * permissions, or by the directory's.
   *
   * @param name of a file that is there; a link is nobody's
   * @return why so; empty if nobody else can
   */
  public Optional<String> writableByOthers(String name) throws IOException {
    UserPrincipal user = user();
    PosixFileAttributes here = Files.readAttributes(path, PosixFileAttributes.class);
    if (!here.owner().equals(user) || !Collections.disjoint(here.permissions(), OTHERS_WRITE)) {
      return Optional.of(
          "others than %s may write into %s (%s, %s)"
              .formatted(
                  user, path, here.owner(), PosixFilePermissions.toString(here.permissions())));
    }
    Path file = path.resolve(name);
    PosixFileAttributes its =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (its.isRegularFile()
        && its.owner().equals(user)
        && OWNER_FILE.containsAll(its.permissions())) {
      return Optional.empty();
    }
    return Optional.of(
        "%s is no file of %s alone (%s, %s)"
            .formatted(file, user, its.owner(), PosixFilePermissions.toString(its.permissions())));
  }

  /** Whoever owns what this process makes: its name says less in a container. */
  private UserPrincipal user() throws IOException {
    Path made = Files.createTempFile(path, DRAFT, "", OWNER_ONLY_FILE);
    try {
      return Files.getOwner(made);
    } finally {
      Files.deleteIfExists(made);
    }
  }

  private static boolean isOwnersAlone(Path file) throws IOException {
    return OWNER_FILE.containsAll(Files.getPosixFilePermissions(file));
  }

  private static void refuseWhatOthersCanRead(Path file) throws IOException {
    if (!isOwnersAlone(file)) {
      throw new DatabaseUnavailableException(
          "%s holds a secret and is open to others (%s); change what it protects if others may have read it, then run chmod 600"
              .formatted(file, PosixFilePermissions.toString(Files.getPosixFilePermissions(file))));
    }
  }

  /**
   * Takes the directory for this process, until the lock is closed or the process is gone.
   *
   * @throws DatabaseUnavailableException when another process, or another part of this one, has it
   */
  Lock lock() {
    Path file = path.resolve("lock");
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              EnumSet.of(
                  StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
              OWNER_ONLY_FILE);
      FileLock lock = null;
      try {
        lock = channel.tryLock();
      } catch (OverlappingFileLockException e) {
        // Held by this very process: no different.
      } finally {
        if (lock == null) {
          String holder = Files.readString(file).strip();
          channel.close();
          throw new DatabaseUnavailableException(
              "the data directory %s is in use by process %s; stop that one, or give this one a directory of its own with pass.data-directory"
                  .formatted(path, holder.isEmpty() ? "unknown" : holder));
        }
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)), 0);
      return new Lock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock " + file, e);
    }
  }

  /** Held while the embedded server runs. The file stays: deleting it would let two hold it. */
  record Lock(FileChannel channel) implements AutoCloseable {
    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
