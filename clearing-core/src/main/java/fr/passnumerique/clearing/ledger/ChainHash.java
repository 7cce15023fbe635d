package fr.passnumerique.clearing.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * The hash that chains each row to the one before.
 *
 * <p>SHA-256 over, in this order: the hash of the row before (32 zero bytes for the first),
 * position, event id, recorded time in microseconds since 1970 UTC, type, version, the number of
 * tags and each tag, payload, metadata. Numbers are big-endian: position and time 8 bytes, version
 * and counts 4. Texts are UTF-8 behind their length in bytes (4 bytes), so that no two rows share
 * one input.
 */
final class ChainHash {
  static final byte[] GENESIS = new byte[32];

  private final MessageDigest sha256 = sha256();

  byte[] of(
      byte[] previous,
      long position,
      UUID eventId,
      Instant recordedAt,
      String type,
      int version,
      List<String> tags,
      byte[] payload,
      String metadata) {
    sha256.reset();
    sha256.update(previous);
    ByteBuffer fixed = ByteBuffer.allocate(32);
    fixed
        .putLong(position)
        .putLong(eventId.getMostSignificantBits())
        .putLong(eventId.getLeastSignificantBits())
        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, recordedAt));
    sha256.update(fixed.array());
    text(type);
    number(version);
    number(tags.size());
    tags.forEach(this::text);
    bytes(payload);
    text(metadata);
    return sha256.digest();
  }

  byte[] of(byte[] previous, LedgerRow row) {
    return of(
        previous,
        row.position(),
        row.eventId(),
        row.recordedAt(),
        row.type(),
        row.version(),
        row.tags(),
        row.payload(),
        row.metadata());
  }

  private void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private void bytes(byte[] bytes) {
    number(bytes.length);
    sha256.update(bytes);
  }

  private void number(int number) {
    sha256.update(
        new byte[] {
          (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
        });
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
