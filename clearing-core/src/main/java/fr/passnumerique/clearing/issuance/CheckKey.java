package fr.passnumerique.clearing.issuance;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One master key. A batch's key is HMAC-SHA-256 of {@code batch:XXXXX} under it: whoever has to be
 * given the codes of one batch, a printer say, can be given that key alone.
 */
final class CheckKey {
  static final int BYTES = 32;

  private static final String HMAC = "HmacSHA256";

  /** A year's orders at national scale; a few megabytes. */
  private static final int MOST_BATCHES_IN_MEMORY = 4_096;

  private final SecretKeySpec master;
  private final ConcurrentMap<Batch, Mac> batchMacs = new ConcurrentHashMap<>();

  /**
   * @param master 256 bits
   */
  CheckKey(byte[] master) {
    this.master = new SecretKeySpec(master, HMAC);
  }

  /** 30 bits that tell this key from any other and give nothing of it away. */
  String fingerprint() {
    return Crockford.text(first30Bits(mac(master).doFinal("name".getBytes(US_ASCII))), 6);
  }

  int check(Serial serial) {
    return first30Bits(macOf(serial.batch()).doFinal(serial.ascii()));
  }

  private Mac macOf(Batch batch) {
    Mac ready = batchMacs.get(batch);
    if (ready == null) {
      // Evicting the least recently used would need a lock on every read. Starting anew costs each
      // batch in use one derivation, some microseconds.
      if (batchMacs.size() >= MOST_BATCHES_IN_MEMORY) {
        batchMacs.clear();
      }
      ready = batchMacs.computeIfAbsent(batch, this::derive);
    }
    try {
      // A Mac is for one thread at a time; the one in the map is only ever copied, never used.
      return (Mac) ready.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(HMAC + " of this Java cannot be copied; run on OpenJDK", e);
    }
  }

  private Mac derive(Batch batch) {
    byte[] key = mac(master).doFinal(("batch:" + batch).getBytes(US_ASCII));
    Mac mac = mac(new SecretKeySpec(key, HMAC));
    // An HMAC begins with a block of its key. Told nothing, this one has that behind it, and so
    // have
    // its copies: a quarter of what a check part costs.
    mac.update(new byte[0]);
    return mac;
  }

  private static Mac mac(SecretKeySpec key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + HMAC + ", this one fails", e);
    }
  }

  private static int first30Bits(byte[] hmac) {
    return (hmac[0] & 0xFF) << 22
        | (hmac[1] & 0xFF) << 14
        | (hmac[2] & 0xFF) << 6
        | (hmac[3] & 0xFF) >> 2;
  }
}
