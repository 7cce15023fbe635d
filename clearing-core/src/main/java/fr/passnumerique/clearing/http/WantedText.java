package fr.passnumerique.clearing.http;

import java.util.List;

/** What somebody looks for, whose length bounds what looking costs. */
public final class WantedText {
  private WantedText() {}

  /**
   * @throws Problem INVALID_VALUE if {@code q} is longer; what was sent is not told again, since it
   *     may be a secret
   */
  public static void require(String q, int longest) {
    if (q.length() > longest) {
      String rule = "what is looked for has at most %d characters".formatted(longest);
      String remedy = "send one number or name, as it is printed";
      throw Problem.badRequest(
          "INVALID_VALUE", rule + "; " + remedy, List.of(Problem.Fault.of("q", "", rule, remedy)));
    }
  }
}
