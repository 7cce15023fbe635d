package fr.passnumerique.clearing.redemption;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.venues.VenueId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Slip key → position, for every slip ever: an open hash table of 24 bytes a slot, where a map of
 * strings takes some 150 a slip and two million slips come in a busy year.
 *
 * <p>Slips are told apart by 128 bits of SHA-256 of their key: venues choose their references, and
 * none can choose one that meets another's.
 */
final class SlipIndex {
  private static final int WORDS = 3;

  /** Per slot: two words of the digest, and the position, 0 if the slot is free. */
  private long[] table = new long[WORDS * 1024];

  private int mask = 1023;
  private int size;

  /** 0 if there is none. */
  long position(VenueId venue, SlipReference reference) {
    ByteBuffer digest = digest(venue, reference);
    return table[slot(digest.getLong(0), digest.getLong(8)) + 2];
  }

  void put(VenueId venue, SlipReference reference, long position) {
    if (2 * ++size > mask) {
      grow();
    }
    ByteBuffer digest = digest(venue, reference);
    long first = digest.getLong(0);
    long second = digest.getLong(8);
    int slot = slot(first, second);
    if (table[slot + 2] != 0) {
      throw new IllegalStateException(
          "slip %s/%s is recorded twice, at %d and %d"
              .formatted(venue, reference, table[slot + 2], position));
    }
    set(slot, first, second, position);
  }

  int size() {
    return size;
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

  private static ByteBuffer digest(VenueId venue, SlipReference reference) {
    try {
      // Neither holds a slash.
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest((venue + "/" + reference).getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
