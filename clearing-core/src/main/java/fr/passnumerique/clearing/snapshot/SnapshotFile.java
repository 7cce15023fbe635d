package fr.passnumerique.clearing.snapshot;

import fr.passnumerique.clearing.database.DataDirectory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

  private final DataDirectory directory;

  private SnapshotFile(DataDirectory directory) {
    this.directory = directory;
  }

  /**
   * @param directory its own; made if it is not there
   */
  public static SnapshotFile in(Path directory) throws IOException {
    DataDirectory own = DataDirectory.at(directory);
    own.clearDrafts();
    return new SnapshotFile(own);
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

  /**
   * Only what is held is taken while all stands still: it is on disk later.
   *
   * @param code 32 bytes that tell by what code and of what objects it is made
   * @return its bytes
   */
  public long write(byte[] code, StandStill standStill, ObjectGraph graph) throws IOException {
    return write(code, standStill, graph::write);
  }

  /**
   * @param held writes what is held
   */
  long write(byte[] code, StandStill standStill, DataDirectory.Content held) throws IOException {
    Path file =
        directory.replace(
            NAME,
            out -> {
              CheckedOutputStream checked = new CheckedOutputStream(out, new CRC32C());
              standStill.during(
                  stand -> {
                    header(new DataOutputStream(checked), code, stand);
                    held.writeTo(checked);
                  });
              new DataOutputStream(out).writeLong(checked.getChecksum().getValue());
            });
    return Files.size(file);
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
    Path file = directory.path().resolve(NAME);
    try (FileChannel channel = FileChannel.open(file)) {
      if (!DataDirectory.isOwnersAlone(file)) {
        throw new UnusableException("%s is open to others than its owner".formatted(file));
      }
      DataInputStream header = new DataInputStream(Channels.newInputStream(channel));
      if (header.readLong() != MAGIC) {
        throw new UnusableException("%s does not begin as a snapshot does".formatted(file));
      }
      byte[] code = header.readNBytes(CODE);
      long position = header.readLong();
      Instant recordedAt = Instant.ofEpochSecond(header.readLong(), header.readInt());
      byte[] hash = header.readNBytes(Math.clamp(header.readInt(), 0, 1 << 10));
      return Optional.of(
          new Found(
              file,
              code,
              new Stand(position, hash, recordedAt),
              Files.getLastModifiedTime(file).toInstant(),
              channel.position()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
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
  public record Found(Path file, byte[] code, Stand stand, Instant writtenAt, long begins) {

    /** Reads the graph, once the checksum is known to be right. */
    public <T> T read(Reader<T> reader) throws IOException {
      try (FileChannel channel = FileChannel.open(file)) {
        long ends = channel.size() - CHECKSUM;
        if (ends < begins || checksum(channel, ends) != last(channel, ends)) {
          throw new UnusableException(
              "%s is not what was written: its checksum is another".formatted(file));
        }
        channel.position(begins);
        return reader.read(new UpTo(channel, ends));
      }
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
