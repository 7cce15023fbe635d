package fr.passnumerique.ui.frame;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.words.RefusalWords;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.ui.Model;

/** A refusal that is shown on the page that was asked, beside what was sent. */
public final class Refused {
  private Refused() {}

  /** With its status, when to come again if that is of use, and its words as {@code trouble}. */
  public static void show(Problem refused, HttpServletResponse response, Model model) {
    response.setStatus(refused.status());
    if (refused.retryAfterSeconds() > 0) {
      response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(refused.retryAfterSeconds()));
    }
    model.addAttribute("trouble", RefusalWords.of(refused));
  }
}
