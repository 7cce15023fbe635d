package fr.passnumerique.clearing.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a list from which rows go while somebody pages through it. A page begins after a
 * place and not after a number of rows: of these some are gone when the next page is read, and as
 * many others would be passed over.
 *
 * @param count of all rows, whatever the page
 * @param next what the next page begins after, still good when its row is gone; empty on the last
 */
public record Page<T>(int count, List<T> rows, Optional<String> next) {

  /**
   * @param place where a row stands; told by {@code toString}, it is what the next page begins
   *     after
   * @param after null for the first page
   * @param limit at least 1
   */
  public static <T, P extends Comparable<P>> Page<T> of(
      Collection<T> all, Function<T, P> place, @Nullable P after, int limit) {
    Stream<T> from =
        after == null
            ? all.stream()
            : all.stream().filter(row -> place.apply(row).compareTo(after) > 0);
    List<T> found = from.sorted(Comparator.comparing(place)).limit(limit + 1L).toList();
    return found.size() <= limit
        ? new Page<>(all.size(), found, Optional.empty())
        : new Page<>(
            all.size(),
            List.copyOf(found.subList(0, limit)),
            Optional.of(place.apply(found.get(limit - 1)).toString()));
  }

  /**
   * That no page named this as what the next begins after.
   *
   * @return INVALID_PARAMETER
   */
  public static Problem notNamed(String after) {
    String rule = "must be what the page before names as next";
    return Problem.badRequest(
        "INVALID_PARAMETER",
        "the parameter after %s; correct the value".formatted(rule),
        List.of(Problem.Fault.of("after", Problem.shown(after), rule, "correct the value")));
  }
}
