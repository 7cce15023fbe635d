package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.ui.words.RefusalWords;
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
   * @param late present where the code came too long after the password
   * @param ended present where a form was sent in a session that is no more
   * @param changed present after the password was changed
   * @param login that was typed; empty where nothing was
   */
  @GetMapping("/login")
  @Permit(everyone = true)
  String login(
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(defaultValue = "0") long wait,
      @RequestParam(required = false) @Nullable String logout,
      @RequestParam(required = false) @Nullable String late,
      @RequestParam(required = false) @Nullable String ended,
      @RequestParam(required = false) @Nullable String changed,
      @RequestParam(defaultValue = "") String login,
      Model model) {
    model.addAttribute("refused", error != null);
    model.addAttribute("wait", wait == 0 ? "" : RefusalWords.duration(wait));
    model.addAttribute("left", logout != null);
    model.addAttribute("late", late != null);
    model.addAttribute("ended", ended != null);
    model.addAttribute("changed", changed != null);
    model.addAttribute("login", login);
    return "login";
  }

  /** The second step, for whoever has a second factor; until then nobody is logged in. */
  @GetMapping("/login/code")
  @Permit(everyone = true)
  String code(
      @RequestParam(required = false) @Nullable String error,
      @RequestParam(defaultValue = "0") long wait,
      Model model) {
    model.addAttribute("refused", error != null);
    model.addAttribute("wait", wait == 0 ? "" : RefusalWords.duration(wait));
    return "login-code";
  }
}
