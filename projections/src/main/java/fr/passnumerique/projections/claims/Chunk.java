package fr.passnumerique.projections.claims;

import java.util.Arrays;
import java.util.BitSet;

/**
 * Neighbouring cheques of a batch, of which one row of {@code claim} holds a bit each. A slip's
 * cheques lie in few chunks; smaller ones would need more rows for it, larger ones larger rows.
 */
final class Chunk {
  /** The cheques of a chunk: a power of two, as the serials of a batch are. */
  static final int CHEQUES = 1 << 9;

  private Chunk() {}

  static long of(long serial) {
    return serial / CHEQUES;
  }

  /** The cheque's bit, from 0. */
  static int place(long serial) {
    return (int) (serial % CHEQUES);
  }

  static long serial(long chunk, int place) {
    return chunk * CHEQUES + place;
  }

  /** As {@code get_bit} numbers them; always of one length, so that every bit can be asked for. */
  static byte[] bytes(BitSet cheques) {
    return Arrays.copyOf(cheques.toByteArray(), CHEQUES / Byte.SIZE);
  }
}
