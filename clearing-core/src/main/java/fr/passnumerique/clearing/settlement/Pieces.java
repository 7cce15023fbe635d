package fr.passnumerique.clearing.settlement;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Cuts what would be one fact of any size into several that a broker carries: a run of 18 000
 * transfers is 36 MB.
 */
final class Pieces {
  /** Entries of about 200 bytes, so that a fact stays below half a megabyte. */
  static final int LARGEST = 2_000;

  private Pieces() {}

  /**
   * @param weight in entries; one that alone weighs more than a piece makes a piece of its own
   * @return at least one piece, in order
   */
  static <T> List<List<T>> of(List<T> all, ToIntFunction<T> weight) {
    List<List<T>> pieces = new ArrayList<>();
    List<T> piece = new ArrayList<>();
    int held = 0;
    for (T each : all) {
      int weighs = weight.applyAsInt(each);
      if (!piece.isEmpty() && held + weighs > LARGEST) {
        pieces.add(List.copyOf(piece));
        piece.clear();
        held = 0;
      }
      piece.add(each);
      held += weighs;
    }
    pieces.add(List.copyOf(piece));
    return pieces;
  }
}
