package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.http.Problem;
import java.util.List;

/** What a page names as next, and the one that follows is asked for by. */
final class NextPage {
  private NextPage() {}

  /**
   * @return INVALID_PARAMETER: no page can have named it
   */
  static Problem notNamed(String sent) {
    return Problem.badRequest(
        "INVALID_PARAMETER",
        "the parameter before is none that a page named as next",
        List.of(
            Problem.Fault.of(
                "before",
                Problem.shown(sent),
                "is none that a page named as next",
                "leave it out for the first page, or send the last page's next")));
  }
}
