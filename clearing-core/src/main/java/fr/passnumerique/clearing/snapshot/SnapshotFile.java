package fr.passnumerique.clearing.snapshot;

import fr.passnumerique.clearing.database.DataDirectory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * The one snapshot of a node, replaced by the next: where the ledger stood, by which code it was
 * made, and what the graph held; then a checksum over all of it. Whole or not there.
 */
public final class SnapshotFile {
  private static final long MAGIC = 0x5061_7373_5265_6731L; // PassReg1
  private static final String NAME = "snapshot";
  private static final int CODE = 32;
  private static final int CHECKSUM = Long.BYTES;
  private static final int BUFFER = 1 << 20;

  /** Another node may share the directory; none writes for so long. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private final DataDirectory directory;
  private final Room room;

  private SnapshotFile(DataDirectory directory, Room room) {
    this.directory = directory;
    this.room = room;
  }

  /**
   * @param directory its own; made if it is not there
   */
  public static SnapshotFile in(Path directory) throws IOException {
    return in(directory, path -> Files.getFileStore(path).getUsableSpace());
  }

  /**
   * @param room tells how many bytes there is room for
   */
  static SnapshotFile in(Path directory, Room room) throws IOException {
    DataDirectory own = DataDirectory.at(directory);
    own.clearDrafts(ABANDONED);
    return new SnapshotFile(own, room);
  }

  /** Tells how many bytes there is room for where a directory lies. */
  @FunctionalInterface
  interface Room {
    long at(Path directory) throws IOException;
  }

  /**
   * Where the ledger stood.
   *
   * @param hash of the chain at the position
   * @param recordedAt of the fact at the position
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared as a whole
  public record Stand(long position, byte[] hash, Instant recordedAt) {}

  /** It cannot be used; the message says why. */
  public static final class UnusableException extends IOException {
    private static final long serialVersionUID = 1L;

    public UnusableException(String message) {
      super(message);
    }
  }

  /** Lets nothing change while a snapshot is taken. */
  @FunctionalInterface
  public interface StandStill {
    void during(Taking taking) throws IOException;
  }

  /** Takes a snapshot of what stands still. */
  @FunctionalInterface
  public interface Taking {
    void take(Stand stand) throws IOException;
  }

  /** Says whether all may stand still any longer. */
  @FunctionalInterface
  public interface Patience {
    boolean lasts(Duration stoodStill);
  }

  /**
   * Only what is held is taken while all stands still: it is on disk later.
   *
   * @param code 32 bytes that tell by what code and of what objects it is made
   * @param patience asked before each block
   * @return its bytes
   * @throws IOException if patience ended, or there is no room; the one before stays
   */
  public long write(byte[] code, StandStill standStill, ObjectGraph graph, Patience patience)
      throws IOException {
    return write(code, standStill, graph::write, patience);
  }

  /**
   * @param held writes what is held
   */
  long write(byte[] code, StandStill standStill, DataDirectory.Content held, Patience patience)
      throws IOException {
    directory.clearDrafts(ABANDONED);
    refuseWithoutRoom();
    Path file =
        directory.replace(
            NAME,
            out -> {
              CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
              standStill.during(
                  stand -> {
                    header(new DataOutputStream(checked), code, stand);
                    held.writeTo(new Patient(checked, patience));
                  });
              new DataOutputStream(out).writeLong(checked.getChecksum().getValue());
            });
    return Files.size(file);
  }

  /** A disk that is filled fails the ledger's own writes. */
  private void refuseWithoutRoom() throws IOException {
    Path before = directory.path().resolve(NAME);
    long needed = Files.exists(before) ? 2 * Files.size(before) : 0;
    long free = room.at(directory.path());
    if (free < needed) {
      throw new IOException(
          "there is room for %d bytes in %s, less than twice the last snapshot (%d)"
              .formatted(free, directory.path(), needed));
    }
  }

  /** Ends when those who wait have waited long enough. */
  private static final class Patient extends OutputStream {
    private final OutputStream out;
    private final Patience patience;
    private final long began = System.nanoTime();

    Patient(OutputStream out, Patience patience) {
      this.out = out;
      this.patience = patience;
    }

    @Override
    public void write(byte[] block, int from, int count) throws IOException {
      Duration stoodStill = Duration.ofNanos(System.nanoTime() - began);
      if (!patience.lasts(stoodStill)) {
        throw new IOException(
            "nothing could be folded for %d ms, and the snapshot is not taken yet"
                .formatted(stoodStill.toMillis()));
      }
      out.write(block, from, count);
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }
  }

  private static void header(DataOutputStream out, byte[] code, Stand stand) throws IOException {
    out.writeLong(MAGIC);
    out.write(Arrays.copyOf(code, CODE));
    out.writeLong(stand.position());
    out.writeLong(stand.recordedAt().getEpochSecond());
    out.writeInt(stand.recordedAt().getNano());
    out.writeInt(stand.hash().length);
    out.write(stand.hash());
  }

  /**
   * Looks at the beginning alone.
   *
   * @return empty if nothing was ever written here
   * @throws UnusableException if it was not written by this class, or others may have written it
   */
  public Optional<Found> find() throws IOException {
    try (FileChannel channel = open()) {
      return Optional.of(found(channel));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private FileChannel open() throws IOException {
    return FileChannel.open(
        directory.path().resolve(NAME), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private Found found(FileChannel channel) throws IOException {
    Path file = directory.path().resolve(NAME);
    Optional<String> others = directory.writableByOthers(NAME);
    if (others.isPresent()) {
      throw new UnusableException(others.get());
    }
    try {
      DataInputStream header = new DataInputStream(Channels.newInputStream(channel));
      if (header.readLong() != MAGIC) {
        throw new UnusableException("%s does not begin as a snapshot does".formatted(file));
      }
      byte[] code = header.readNBytes(CODE);
      long position = header.readLong();
      Instant recordedAt = Instant.ofEpochSecond(header.readLong(), header.readInt());
      byte[] hash = header.readNBytes(Math.clamp(header.readInt(), 0, 1 << 10));
      return new Found(
          this,
          code,
          new Stand(position, hash, recordedAt),
          Files.getLastModifiedTime(file).toInstant(),
          channel.position());
    } catch (EOFException e) {
      throw new UnusableException("%s is cut short".formatted(file));
    }
  }

  /**
   * One that is there.
   *
   * @param begins where in the file the graph begins
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Found(SnapshotFile in, byte[] code, Stand stand, Instant writtenAt, long begins) {

    /**
     * Reads the graph, once the checksum is known to be right.
     *
     * @throws UnusableException if it is not what was written, or was replaced since it was found
     */
    public <T> T read(Reader<T> reader) throws IOException {
      try (FileChannel channel = in.open()) {
        if (!isThe(in.found(channel))) {
          throw new UnusableException("another node replaced it just now");
        }
        long ends = channel.size() - CHECKSUM;
        if (ends < begins || checksum(channel, ends) != last(channel, ends)) {
          throw new UnusableException("it is not what was written: its checksum is another");
        }
        channel.position(begins);
        return reader.read(new UpTo(channel, ends));
      }
    }

    /** Nodes that share a directory replace each other's. */
    private boolean isThe(Found now) {
      return Arrays.equals(code, now.code)
          && stand.position() == now.stand.position()
          && Arrays.equals(stand.hash(), now.stand.hash());
    }

    private static long checksum(FileChannel channel, long ends) throws IOException {
      CRC32C sum = new CRC32C();
      ByteBuffer block = ByteBuffer.allocateDirect(BUFFER);
      for (long at = 0; at < ends; ) {
        block.clear().limit((int) Math.min(BUFFER, ends - at));
        int read = channel.read(block, at);
        if (read < 0) {
          throw new EOFException();
        }
        sum.update(block.flip());
        at += read;
      }
      return sum.getValue();
    }

    private static long last(FileChannel channel, long ends) throws IOException {
      channel.position(ends);
      return new DataInputStream(Channels.newInputStream(channel)).readLong();
    }
  }

  /** Reads a graph. */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * @param graph not buffered
     */
    T read(InputStream graph) throws IOException;
  }

  /** A file without its end. */
  private static final class UpTo extends InputStream {
    private final FileChannel channel;
    private final long ends;

    UpTo(FileChannel channel, long ends) {
      this.channel = channel;
      this.ends = ends;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      long left = ends - channel.position();
      return left <= 0
          ? -1
          : channel.read(ByteBuffer.wrap(bytes, from, (int) Math.min(count, left)));
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }
  }
}
