package fr.passnumerique.clearing.distribution;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hand-out → position, for every hand-out ever: 24 bytes a slot, where a map of strings takes some
 * 150 an entry and more than a million hand-outs come in a year at national scale.
 *
 * <p>Hand-outs are told apart by 128 bits of SHA-256 of their key: prescribers choose their
 * identifiers, and none can choose one that meets another's.
 */
final class HandOutIndex {
  private static final int WORDS = 3;

  /** Per slot: two words of the digest, and the position, 0 if the slot is free. */
  private long[] table = new long[WORDS * 1024];

  private int mask = 1023;
  private int size;

  /** 0 if there is none. */
  long position(PrescriberId prescriber, HandOutId handOut) {
    ByteBuffer digest = digest(prescriber, handOut);
    return table[slot(digest.getLong(0), digest.getLong(8)) + 2];
  }

  void put(PrescriberId prescriber, HandOutId handOut, long position) {
    if (2 * ++size > mask) {
      grow();
    }
    ByteBuffer digest = digest(prescriber, handOut);
    set(slot(digest.getLong(0), digest.getLong(8)), digest.getLong(0), digest.getLong(8), position);
  }

  /** Where this key is, or would go. */
  private int slot(long first, long second) {
    int slot = (int) first & mask;
    while (true) {
      int at = slot * WORDS;
      if (table[at + 2] == 0 || table[at] == first && table[at + 1] == second) {
        return at;
      }
      slot = (slot + 1) & mask;
    }
  }

  private void grow() {
    long[] old = table;
    mask = 2 * mask + 1;
    table = new long[Math.multiplyExact(mask + 1, WORDS)];
    for (int at = 0; at < old.length; at += WORDS) {
      if (old[at + 2] != 0) {
        set(slot(old[at], old[at + 1]), old[at], old[at + 1], old[at + 2]);
      }
    }
  }

  private void set(int at, long first, long second, long position) {
    table[at] = first;
    table[at + 1] = second;
    table[at + 2] = position;
  }

  private static ByteBuffer digest(PrescriberId prescriber, HandOutId handOut) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256")
              .digest(ChequesHandedOut.tag(prescriber, handOut).getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
