package fr.passnumerique.ui.visitor;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.redemption.HoldersCounter;
import fr.passnumerique.ui.frame.Refused;
import fr.passnumerique.ui.words.French;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Is this cheque good? For whoever holds it. Its code is posted and never shown again: who knows it
 * can spend the cheque.
 */
@Controller
final class HoldersPage {
  private final HoldersCounter counter;
  private final French french;

  HoldersPage(HoldersCounter counter, French french) {
    this.counter = counter;
    this.french = french;
  }

  @GetMapping("/verifier")
  @Permit(everyone = true)
  String ask() {
    return "holder";
  }

  @PostMapping("/verifier")
  @Permit(everyone = true)
  String check(
      @RequestParam String cheque,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    try {
      model.addAttribute(
          "told", HoldersWords.of(counter.check(cheque, request.getRemoteAddr()), french));
    } catch (Problem refused) {
      Refused.show(refused, response, model);
    }
    return "holder";
  }
}
