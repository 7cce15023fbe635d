package fr.passnumerique.loadtest.relay;

import fr.passnumerique.clearing.ledger.LedgerRow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Hashes a row as the comment on the ledger's column says, with code of its own: whoever reads the
 * topic can.
 */
public final class Chain {
  private byte[] last = new byte[32];

  public Chain() {}

  /**
   * @return whether the row's hash follows from the row before
   */
  public boolean holdsFor(LedgerRow row) {
    byte[] computed = hashOf(row);
    last = row.hash();
    return MessageDigest.isEqual(computed, row.hash());
  }

  public byte[] last() {
    return last.clone();
  }

  /** What the hash of the next row must be; its own is not looked at. */
  public byte[] hashOf(LedgerRow row) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(last);
      out.writeLong(row.position());
      out.writeLong(row.eventId().getMostSignificantBits());
      out.writeLong(row.eventId().getLeastSignificantBits());
      out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, row.recordedAt()));
      text(out, row.type());
      out.writeInt(row.version());
      out.writeInt(row.tags().size());
      for (String tag : row.tags()) {
        text(out, tag);
      }
      bytes(out, row.payload());
      text(out, row.metadata());
      return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    bytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
