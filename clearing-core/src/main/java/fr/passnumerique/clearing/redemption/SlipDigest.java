package fr.passnumerique.clearing.redemption;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CheckKeys;
import fr.passnumerique.clearing.issuance.Serial;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether a slip is the one recorded under its reference: 128 bits of HMAC-SHA-256 over its
 * parsed lines in their order, so that the CSV and the JSON of one slip have the same.
 *
 * <p>The check parts are digested too: a corrected code makes another slip. That is why the digest,
 * which stands in the ledger, has to be keyed: with a plain one, whoever reads the ledger could try
 * the 2³⁰ check parts of a rejected cheque against it. The key is derived from the check key of the
 * day, whose name stands in front of the digest: there is no second secret to lose, and what the
 * check keys' directory and its backup protect is protected here.
 */
final class SlipDigest {
  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 16;

  /** Of the batch that is never issued: their check parts, 270 bits, are the key. */
  private static final int KEY_CHEQUES = 9;

  private final CheckKeys keys;
  private final ConcurrentMap<String, Mac> macs = new ConcurrentHashMap<>();

  SlipDigest(CheckKeys keys) {
    this.keys = keys;
  }

  String of(List<SlipLine> lines) {
    return under(keys.currentKeyName(), lines);
  }

  /**
   * @param recorded the digest of the recorded slip, under whatever key was in use then
   * @throws IllegalStateException if that key is missing
   */
  boolean isOf(SubmitSlip slip, String recorded) {
    return recorded.equals(slip.contentDigest())
        || recorded.equals(under(keyName(recorded), slip.lines()));
  }

  private static String keyName(String digest) {
    return digest.substring(0, Math.max(0, digest.lastIndexOf(':')));
  }

  private String under(String keyName, List<SlipLine> lines) {
    Mac mac = mac(keyName);
    ByteBuffer numbers = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + Long.BYTES);
    // Lines of one place and service mostly stand together: their texts are encoded once.
    SlipLine before = null;
    byte[] texts = {};
    for (SlipLine line : lines) {
      if (before == null
          || !line.service().equals(before.service())
          || !line.pointOfService().equals(before.pointOfService())) {
        texts = texts(line);
      }
      before = line;
      numbers
          .clear()
          .putLong(line.cheque().serial().key())
          .putInt(line.cheque().check())
          .putLong(line.servedOn().toEpochDay());
      mac.update(numbers.array());
      mac.update(texts);
    }
    byte[] digest = Arrays.copyOf(mac.doFinal(), BYTES);
    return keyName + ':' + Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  /** Each with its length in front: no two slips give the same bytes. */
  private static byte[] texts(SlipLine line) {
    byte[] pointOfService = line.pointOfService().value().getBytes(UTF_8);
    byte[] service = line.service().getBytes(UTF_8);
    return ByteBuffer.allocate(2 * Integer.BYTES + pointOfService.length + service.length)
        .putInt(pointOfService.length)
        .put(pointOfService)
        .putInt(service.length)
        .put(service)
        .array();
  }

  private Mac mac(String keyName) {
    try {
      // A Mac is for one thread at a time; the one in the map is only ever copied.
      return (Mac) macs.computeIfAbsent(keyName, this::derive).clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(HMAC + " of this Java cannot be copied; run on OpenJDK", e);
    }
  }

  private Mac derive(String keyName) {
    ByteBuffer key = ByteBuffer.allocate(KEY_CHEQUES * Integer.BYTES);
    for (int ordinal = 1; ordinal <= KEY_CHEQUES; ordinal++) {
      key.putInt(keys.check(new Serial(Batch.NEVER_ISSUED, ordinal), keyName));
    }
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key.array(), HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC + ", this one fails", e);
    }
  }
}
