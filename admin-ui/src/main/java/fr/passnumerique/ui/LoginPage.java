package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Permit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Where people log in; programs have API keys. */
@Controller
final class LoginPage {

  /**
   * @param error present after a refused attempt
   * @param wait seconds until the next attempt is looked at, after too many
   * @param logout present after a logout
   */
  @GetMapping("/login")
  @Permit(everyone = true)
  String login(
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(defaultValue = "0") long wait,
      @RequestParam(required = false) @Nullable String logout,
      Model model) {
    model.addAttribute("refused", error != null);
    model.addAttribute("wait", wait);
    model.addAttribute("left", logout != null);
    return "login";
  }
}
