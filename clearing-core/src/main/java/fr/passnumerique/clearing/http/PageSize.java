package fr.passnumerique.clearing.http;

import java.util.List;

/** How many rows of a list are asked for at once. */
public final class PageSize {
  private PageSize() {}

  /**
   * @throws Problem INVALID_PARAMETER unless {@code limit} is 1 to {@code longest}
   */
  public static void require(int limit, int longest) {
    if (limit < 1 || limit > longest) {
      throw Problem.badRequest(
          "INVALID_PARAMETER",
          "the parameter limit must be 1 to %d, not %d; correct the value"
              .formatted(longest, limit),
          List.of(
              Problem.Fault.of(
                  "limit", String.valueOf(limit), "must be 1 to " + longest, "correct the value")));
    }
  }
}
