package fr.passnumerique.clearing.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a list in which each keeps the position of its fact, the newest first. A page begins
 * before a position, so that what is recorded while somebody pages moves nothing.
 *
 * @param next position of the last row, which the next page begins before; empty on the last page
 */
public record NewestPage<T>(List<T> rows, Optional<Long> next) {
  /**
   * @param newest looked at as far as the page needs it and no further
   * @param before position of the last row of the page before; null for the newest
   */
  public static <T> NewestPage<T> of(
      Stream<T> newest, ToLongFunction<T> position, @Nullable Long before, int limit) {
    List<T> found =
        newest
            .filter(row -> before == null || position.applyAsLong(row) < before)
            .limit(limit + 1L)
            .toList();
    List<T> rows = found.stream().limit(limit).toList();
    return new NewestPage<>(
        rows,
        found.size() > limit
            ? Optional.of(position.applyAsLong(rows.getLast()))
            : Optional.empty());
  }

  /**
   * The rows of one page after the other, down to the last.
   *
   * @param page what begins before a position; before null for the newest
   */
  public static <P, T> void each(
      Function<@Nullable Long, P> page,
      Function<P, List<T>> rows,
      Function<P, Optional<Long>> next,
      Consumer<T> to) {
    Long before = null;
    do {
      P read = page.apply(before);
      rows.apply(read).forEach(to);
      before = next.apply(read).orElse(null);
    } while (before != null);
  }
}
