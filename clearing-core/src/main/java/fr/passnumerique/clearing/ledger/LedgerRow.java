package fr.passnumerique.clearing.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * A row of the ledger exactly as stored and hashed.
 *
 * @param recordedAt UTC, microseconds
 * @param tags sorted {@code key:value} texts
 * @param payload JSON of the fact, of this type and version: in UTF-8, as it is stored and hashed
 * @param metadata JSON object of strings: who asked
 * @param hash SHA-256 over the hash of the row before and every column of this one
 */
@SuppressWarnings("ArrayRecordComponent") // compared by hash, never by equals
public record LedgerRow(
    long position,
    UUID eventId,
    Instant recordedAt,
    String type,
    int version,
    List<String> tags,
    byte[] payload,
    String metadata,
    byte[] hash) {

  /** Of a payload that came as text. */
  public LedgerRow(
      long position,
      UUID eventId,
      Instant recordedAt,
      String type,
      int version,
      List<String> tags,
      String payload,
      String metadata,
      byte[] hash) {
    this(
        position,
        eventId,
        recordedAt,
        type,
        version,
        tags,
        payload.getBytes(UTF_8),
        metadata,
        hash);
  }

  /** For those who write it into another text. */
  public String payloadText() {
    return new String(payload, UTF_8);
  }

  /** Of the row before the first. */
  public static byte[] hashBeforeTheFirst() {
    return ChainHash.GENESIS.clone();
  }

  /** Whether its hash is that of its columns behind this one, so that no other row lies between. */
  public boolean follows(byte[] before) {
    return Arrays.equals(new ChainHash().of(before, this), hash);
  }
}
