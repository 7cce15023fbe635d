package fr.passnumerique.clearing.http;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
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
   * @param place where a row stands, and no other; told by {@code toString}, it is what the next
   *     page begins after
   * @param after null for the first page
   * @param limit at least 1
   */
  public static <T, P extends Comparable<P>> Page<T> of(
      Collection<T> all, Function<T, P> place, @Nullable P after, int limit) {
    Comparator<Placed<T, P>> order = Comparator.comparing(Placed::place);
    // One row more than the page has, the last of them on top: not all are put in order, for a page
    // of fifty is asked for of a list of many thousands.
    PriorityQueue<Placed<T, P>> first = new PriorityQueue<>(order.reversed());
    for (T row : all) {
      P at = place.apply(row);
      if (after != null && at.compareTo(after) <= 0) {
        continue;
      }
      if (first.size() <= limit) {
        first.add(new Placed<>(row, at));
      } else if (at.compareTo(first.element().place()) < 0) {
        first.remove();
        first.add(new Placed<>(row, at));
      }
    }
    List<Placed<T, P>> found = first.stream().sorted(order).toList();
    boolean more = found.size() > limit;
    return new Page<>(
        all.size(),
        found.stream().limit(limit).map(Placed::row).toList(),
        more ? Optional.of(found.get(limit - 1).place().toString()) : Optional.empty());
  }

  private record Placed<T, P>(T row, P place) {}

  /**
   * That no page named this as what the next begins after.
   *
   * @return INVALID_PARAMETER
   */
  public static Problem notNamed(String after) {
    return notNamed("after", after);
  }

  /** The same of a parameter that is called otherwise. */
  public static Problem notNamed(String parameter, String given) {
    String rule = "must be what the page before names as next";
    return Problem.badRequest(
        "INVALID_PARAMETER",
        "the parameter %s %s; correct the value".formatted(parameter, rule),
        List.of(Problem.Fault.of(parameter, Problem.shown(given), rule, "correct the value")));
  }
}
