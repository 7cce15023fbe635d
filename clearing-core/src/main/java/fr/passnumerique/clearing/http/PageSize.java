package fr.passnumerique.clearing.http;

import java.util.List;
import java.util.Optional;

/** How many rows of a list are asked for at once. */
public final class PageSize {
  private PageSize() {}

  /**
   * @throws Problem INVALID_PARAMETER unless {@code limit} is 1 to {@code longest}
   */
  public static void require(int limit, int longest) {
    if (limit < 1 || limit > longest) {
      throw invalid("limit", limit, "must be 1 to " + longest);
    }
  }

  /**
   * The same of a list that only grows, whose pages begin after so many rows.
   *
   * @throws Problem INVALID_PARAMETER if {@code after} is below 0 too
   */
  public static void require(int after, int limit, int longest) {
    if (after < 0) {
      throw invalid("after", after, "must be what the page before names as next");
    }
    require(limit, longest);
  }

  /**
   * The same of a list whose pages have numbers.
   *
   * @throws Problem INVALID_PARAMETER unless {@code page} is from 1 to where its rows can be
   *     counted
   */
  public static void requireNumber(int page, int longest) {
    if (page < 1 || page > Integer.MAX_VALUE / longest) {
      throw invalid("page", page, "must be 1 to " + Integer.MAX_VALUE / longest);
    }
  }

  /**
   * @param count of all rows
   * @return where the next page begins; empty after the last
   */
  public static Optional<String> next(int after, int limit, int count) {
    return (long) after + limit < count
        ? Optional.of(Integer.toString(after + limit))
        : Optional.empty();
  }

  private static Problem invalid(String parameter, int value, String rule) {
    return Problem.badRequest(
        "INVALID_PARAMETER",
        "the parameter %s %s, not %d; correct the value".formatted(parameter, rule, value),
        List.of(Problem.Fault.of(parameter, String.valueOf(value), rule, "correct the value")));
  }
}
