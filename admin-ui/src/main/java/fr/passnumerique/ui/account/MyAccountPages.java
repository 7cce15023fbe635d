package fr.passnumerique.ui.account;

import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import fr.passnumerique.clearing.access.AccountEndpoint;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.SecondFactor;
import fr.passnumerique.clearing.access.SecondFactors;
import fr.passnumerique.clearing.access.Sessions;
import fr.passnumerique.clearing.access.SignedIn;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.frame.Refused;
import fr.passnumerique.ui.print.QrCode;
import fr.passnumerique.ui.words.Trouble;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.Supplier;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** What somebody keeps of its own logins: sessions, the password and the second factor. */
@Controller
final class MyAccountPages {
  static final String SESSIONS = "/compte/sessions";
  static final String PASSWORD = "/compte/mot-de-passe";
  static final String FACTOR = "/compte/second-facteur";

  static final Trouble UNLIKE =
      Trouble.of(
          "Les deux nouveaux mots de passe diffèrent",
          "Rien n’est changé. Tapez le nouveau deux fois, à l’identique.");

  private final Sessions sessions;
  private final AccountEndpoint accounts;
  private final SecondFactors factors;

  MyAccountPages(Sessions sessions, AccountEndpoint accounts, SecondFactors factors) {
    this.sessions = sessions;
    this.accounts = accounts;
    this.factors = factors;
  }

  @GetMapping(SESSIONS)
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String sessions(SignedIn by, Model model) {
    model.addAttribute("sessions", SessionRow.of(sessions.own(by), SESSIONS));
    return "my-sessions";
  }

  /** One: of its own it is a logout. */
  @PostMapping(SESSIONS + "/{sessionId}/fin")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String end(
      SignedIn by, @PathVariable("sessionId") String sessionId, RedirectAttributes redirected) {
    sessions.end(by.getPrincipal().account(), sessionId, by);
    redirected.addFlashAttribute("ended", "La session a pris fin.");
    return "redirect:" + SESSIONS;
  }

  /**
   * @param all the one that asks too: the next page is the login's
   */
  @PostMapping(SESSIONS + "/fin")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String endOthers(
      SignedIn by,
      @RequestParam(defaultValue = "false") boolean all,
      RedirectAttributes redirected) {
    if (all) {
      sessions.endAll(by.getPrincipal().account(), by);
    } else {
      sessions.endOthers(by);
      redirected.addFlashAttribute("ended", "Toutes vos autres sessions ont pris fin.");
    }
    return "redirect:" + SESSIONS;
  }

  @GetMapping(PASSWORD)
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String password() {
    return "my-password";
  }

  /**
   * This session ends too: the next page is the login's.
   *
   * @param again the same once more, since nobody sees what is typed
   */
  @PostMapping(PASSWORD)
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String changePassword(
      SignedIn by,
      @RequestParam("current") String current,
      @RequestParam("password") String password,
      @RequestParam("again") String again,
      HttpServletResponse response,
      Model model) {
    if (!password.equals(again)) {
      response.setStatus(HttpServletResponse.SC_UNPROCESSABLE_CONTENT);
      model.addAttribute("trouble", UNLIKE);
      return "my-password";
    }
    try {
      accounts.changeMyPassword(new AccountEndpoint.OwnPassword(current, password), by);
    } catch (Problem problem) {
      Refused.show(problem, response, model);
      return "my-password";
    }
    return "redirect:/login?changed";
  }

  @GetMapping(FACTOR)
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String factor(SignedIn by, Model model) {
    model.addAttribute("factor", factors.of(by));
    factors
        .waiting(by)
        .ifPresent(
            begun -> {
              model.addAttribute("begun", begun);
              model.addAttribute("qr", QrCode.of(begun.address(), ErrorCorrectionLevel.M));
            });
    return "second-factor";
  }

  @PostMapping(FACTOR)
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String begin(
      SignedIn by,
      @RequestParam("password") String password,
      HttpServletResponse response,
      Model model) {
    try {
      factors.begin(by, password);
    } catch (Problem problem) {
      return refused(problem, by, response, model);
    }
    return "redirect:" + FACTOR;
  }

  /** Answered by the codes themselves, which no page shows again. */
  @PostMapping(FACTOR + "/confirmation")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String confirm(
      SignedIn by,
      @RequestParam("code") String code,
      HttpServletRequest request,
      HttpServletResponse response,
      Model model) {
    return shown(
        () -> {
          SecondFactor.RecoveryCodes codes = factors.confirm(by, code);
          // It may do more from now on than whoever knew its name before.
          request.changeSessionId();
          return codes;
        },
        by,
        response,
        model);
  }

  @PostMapping(FACTOR + "/codes")
  @Permit({Role.CLERK, Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
  String renew(
      SignedIn by,
      @RequestParam("password") String password,
      HttpServletResponse response,
      Model model) {
    return shown(() -> factors.renewCodes(by, password), by, response, model);
  }

  private String shown(
      Supplier<SecondFactor.RecoveryCodes> made,
      SignedIn by,
      HttpServletResponse response,
      Model model) {
    try {
      model.addAttribute("codes", made.get().codes());
    } catch (Problem problem) {
      return refused(problem, by, response, model);
    }
    return factor(by, model);
  }

  private String refused(Problem problem, SignedIn by, HttpServletResponse response, Model model) {
    Refused.show(problem, response, model);
    return factor(by, model);
  }
}
