package fr.passnumerique.clearing.upkeep;

import java.util.List;

/**
 * Where a projection that was folded anew comes to other sums than the one that answers.
 *
 * @param position at which both were compared
 * @param digest SHA-256 in hexadecimal of all differences, by how much which sum differs
 * @param count of all
 * @param first in full, in order of table, key and position, {@value #NAMED} at most
 */
public record RebuildDifferences(
    RebuildId rebuild,
    String projection,
    long position,
    String digest,
    long count,
    List<DifferingSum> first) {
  public static final int NAMED = 100;

  public RebuildDifferences {
    first = List.copyOf(first);
  }

  static String tag(RebuildId rebuild) {
    return "rebuild:" + rebuild;
  }
}
