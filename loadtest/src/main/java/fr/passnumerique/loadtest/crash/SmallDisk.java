package fr.passnumerique.loadtest.crash;

import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.loadtest.peak.Server;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A small file system, made by whoever runs this, on which an installation's parts keep what they
 * write; it can be filled to its last byte. What is held against them, the answers among it, stays
 * in the installation's own directory.
 */
final class SmallDisk {
  static final String FITTING = "other than the directory's, of 400 MiB to 8 GiB";

  private static final long MIB = 1L << 20;

  /** PostgreSQL's programs, its log and the broker's, which grow with every cycle. */
  private static final long LEAST_BYTES = 400 * MIB;

  /** All of it is written at each blow. */
  private static final long MOST_BYTES = 8_192 * MIB;

  private static final List<String> DIRECTORIES =
      List.of(Installation.DATABASE, Installation.BROKER, Installation.LEDGER);

  private static final String FILLER = "filler";
  private static final String LOG = Installation.APPLICATION_LOG;

  private static final long BETWEEN_FILLS_MILLIS = 20;

  private final Path directory;

  /**
   * @param directory on the small file system
   */
  SmallDisk(Path directory) {
    this.directory = directory;
  }

  /** No larger or smaller than it has to be, and not the disk that everybody uses. */
  static boolean fits(Path directory, Path home) throws IOException {
    if (!Files.isDirectory(directory)) {
      return false;
    }
    long bytes = Files.getFileStore(directory).getTotalSpace();
    return bytes >= LEAST_BYTES && bytes <= MOST_BYTES && apart(directory, home);
  }

  /** Of two file systems. */
  static boolean apart(Path directory, Path home) throws IOException {
    return !Files.getFileStore(directory).equals(Files.getFileStore(home));
  }

  /**
   * Lets what the parts of an installation write lie on this disk, under the names that it has in
   * the installation's directory.
   *
   * @throws IOException where some of it lies elsewhere already
   */
  void take(Path home) throws IOException {
    // Of a run that was killed while the disk was full.
    Files.deleteIfExists(directory.resolve(FILLER));
    if (Files.isSymbolicLink(home.resolve(LOG))) {
      return;
    }
    if (Files.exists(home.resolve(LOG))) {
      throw new IOException(
          home + " was begun without a small disk; leave --small-disk out, or name another");
    }
    Path own = Files.createTempDirectory(directory, "crash-").toRealPath();
    for (String name : DIRECTORIES) {
      Files.createSymbolicLink(home.resolve(name), DataDirectory.at(own.resolve(name)).path());
    }
    Files.createSymbolicLink(home.resolve(LOG), own.resolve(LOG));
  }

  /** Deletes what an installation has on such a disk. */
  static void forget(Path home) throws IOException {
    if (Files.isSymbolicLink(home.resolve(LOG))) {
      Server.delete(Files.readSymbolicLink(home.resolve(LOG)).resolveSibling(""));
    }
  }

  /** Full until it is closed, whatever is deleted by others meanwhile. */
  Filled fill() throws IOException {
    Filled filled = new Filled(directory.resolve(FILLER));
    filled.toTheLastByte();
    filled.thread.start();
    return filled;
  }

  /** The file that takes all the rest. */
  static final class Filled implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;
    private final Thread thread = Thread.ofPlatform().name("filler").unstarted(this::keepFull);
    private volatile boolean closing;

    private Filled(Path file) throws IOException {
      this.file = file;
      this.channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void toTheLastByte() {
      // Ever smaller pieces: the last free block is smaller than the first.
      for (int piece = (int) MIB; piece >= 1; piece /= 16) {
        try {
          while (!closing) {
            channel.write(ByteBuffer.allocate(piece));
          }
        } catch (IOException e) {
          // No room for a piece of this size.
        }
      }
    }

    private void keepFull() {
      try {
        while (!closing) {
          toTheLastByte();
          Thread.sleep(BETWEEN_FILLS_MILLIS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** There is room again. */
    @Override
    public void close() {
      closing = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      try {
        channel.close();
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
