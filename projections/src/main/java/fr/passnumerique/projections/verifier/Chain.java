package fr.passnumerique.projections.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** The hash of a row, over the hash of the row before and every column. */
final class Chain {
  static final String BEFORE_THE_FIRST = "0".repeat(64);

  private Chain() {}

  /** In lower-case hexadecimal. */
  static String hash(String before, ExportedRow row) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream(row.payload().length() + 512);
      DataOutputStream to = new DataOutputStream(bytes);
      to.write(HexFormat.of().parseHex(before));
      to.writeLong(row.position());
      UUID id = row.eventId();
      to.writeLong(id.getMostSignificantBits());
      to.writeLong(id.getLeastSignificantBits());
      to.writeLong(micros(row.recordedAt()));
      text(to, row.type());
      to.writeInt(row.version());
      to.writeInt(row.tags().size());
      for (String tag : row.tags()) {
        text(to, tag);
      }
      text(to, row.payload());
      text(to, row.metadata());
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private static long micros(Instant at) {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }

  private static void text(DataOutputStream to, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    to.writeInt(bytes.length);
    to.write(bytes);
  }
}
