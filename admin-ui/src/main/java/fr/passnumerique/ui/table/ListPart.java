package fr.passnumerique.ui.table;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list that may be too long to be put in order for one page, the newest first: its
 * table sorts and searches that part.
 *
 * @param address of the part, without what is asked of the table
 * @param newest address of the first part; null on it
 * @param older address of the part after it; null on the last
 */
public record ListPart(String address, @Nullable String newest, @Nullable String older) {
  /**
   * @param before what the part before named as next; null for the first
   * @param next what the part after begins before; empty on the last
   */
  public static ListPart of(String list, @Nullable Long before, Optional<Long> next) {
    return new ListPart(
        before == null ? list : before(list, before),
        before == null ? null : list,
        next.map(older -> before(list, older)).orElse(null));
  }

  private static String before(String list, long position) {
    return list + "?before=" + position;
  }

  public boolean isWhole() {
    return newest == null && older == null;
  }
}
