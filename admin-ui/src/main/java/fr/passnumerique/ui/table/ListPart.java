package fr.passnumerique.ui.table;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * A part of a list that may be too long to be put in order for one page, the newest first or in
 * order of identifiers: its table sorts and searches that part.
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

  /**
   * Of a list in order of identifiers.
   *
   * @param after the identifier that the part begins after; empty for the first
   * @param next what the part after begins after; null on the last
   */
  public static ListPart byName(String list, String after, @Nullable String next) {
    return new ListPart(
        after.isEmpty() ? list : after(list, after),
        after.isEmpty() ? null : list,
        next == null ? null : after(list, next));
  }

  private static String after(String list, String identifier) {
    return UriComponentsBuilder.fromUriString(list)
        .queryParam("after", "{after}")
        .encode()
        .buildAndExpand(identifier)
        .toUriString();
  }

  private static String before(String list, long position) {
    return list + "?before=" + position;
  }

  public boolean isWhole() {
    return newest == null && older == null;
  }
}
