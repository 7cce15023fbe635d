package fr.passnumerique.clearing.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Key → position, for keys that come by the million: an open hash table of 24 bytes a slot, where a
 * map of strings takes some 150 an entry.
 *
 * <p>Keys are told apart by 128 bits of SHA-256: where users choose them, none can choose one that
 * meets another's.
 */
public final class PositionIndex {
  private static final int WORDS = 3;

  /** Per slot: two words of the digest, and the position, 0 if the slot is free. */
  private long[] table = new long[WORDS * 1024];

  private int mask = 1023;
  private int size;

  /**
   * @return the position put under this key, 0 if there is none
   */
  public long position(String key) {
    ByteBuffer digest = digest(key);
    return table[slot(digest.getLong(0), digest.getLong(8)) + 2];
  }

  /**
   * @param position from 1
   * @throws IllegalStateException if the key has a position
   */
  public void put(String key, long position) {
    if (2 * ++size > mask) {
      grow();
    }
    ByteBuffer digest = digest(key);
    int slot = slot(digest.getLong(0), digest.getLong(8));
    if (table[slot + 2] != 0) {
      throw new IllegalStateException(
          "%s is recorded twice, at %d and %d".formatted(key, table[slot + 2], position));
    }
    set(slot, digest.getLong(0), digest.getLong(8), position);
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

  private static ByteBuffer digest(String key) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
