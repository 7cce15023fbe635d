package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.AccountEndpoint;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Administration;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.SecondFactor;
import fr.passnumerique.clearing.access.SecondFactors;
import fr.passnumerique.clearing.access.Sessions;
import fr.passnumerique.clearing.access.SignedIn;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.frame.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/**
 * Everybody's accounts: made and disabled, their sessions, their second factor, and who changed
 * what of them.
 */
@Controller
public final class AccountPages {
  static final String ACCOUNTS = "/comptes";
  private static final String NEW = ACCOUNTS + "/nouveau";
  private static final String ONE = ACCOUNTS + "/{accountId}";
  private static final int SHOWN = 50;
  private static final int LATEST = 10;

  private final Accounts accounts;
  private final AccountEndpoint endpoint;
  private final Sessions sessions;
  private final SecondFactors factors;
  private final Administration trail;
  private final UnaryOperator<String> logins;

  /**
   * @param logins the login of an account's identifier
   */
  AccountPages(
      Accounts accounts,
      AccountEndpoint endpoint,
      Sessions sessions,
      SecondFactors factors,
      Administration trail,
      UnaryOperator<String> logins) {
    this.accounts = accounts;
    this.endpoint = endpoint;
    this.sessions = sessions;
    this.factors = factors;
    this.trail = trail;
    this.logins = logins;
  }

  /**
   * @param contains what the login contains
   * @param after the login after which the page begins
   */
  @GetMapping(ACCOUNTS)
  @Permit({Role.CLERK, Role.AUDITOR})
  String accounts(
      @RequestParam(name = "q", defaultValue = "") String contains,
      @RequestParam(name = "apres", defaultValue = "") String after,
      Actor actor,
      Model model) {
    model.addAttribute("clerk", actor.role() == Role.CLERK);
    List<Account> found = accounts.some(contains, after, SHOWN + 1);
    List<Account> shown = found.stream().limit(SHOWN).toList();
    Set<String> enrolled = factors.enrolled(shown.stream().map(Account::id).toList());
    model.addAttribute(
        "accounts",
        shown.stream()
            .map(account -> AccountRow.of(account, enrolled.contains(account.id())))
            .toList());
    model.addAttribute("contains", contains);
    model.addAttribute("next", found.size() > SHOWN ? shown.getLast().login() : null);
    return "accounts";
  }

  @GetMapping(ACCOUNTS + "/trace")
  @Permit({Role.CLERK, Role.AUDITOR})
  String trail(@RequestParam(required = false) @Nullable Long before, Model model) {
    Administration.Lines lines = trail.newest(null, before, SHOWN);
    model.addAttribute("lines", TrailRow.of(lines.lines(), logins));
    model.addAttribute("next", lines.next().orElse(null));
    return "administration";
  }

  /**
   * What stands in the fields of a new account.
   *
   * @param cle names the account, so that a form sent twice makes one
   * @param password the first, which its maker tells the owner: it is shown as it is typed
   */
  record Typed(UUID cle, String login, @Nullable Role role, String subject, String password) {
    static Typed nothing() {
      String random = UUID.randomUUID().toString();
      return new Typed(
          UUID.randomUUID(), "", null, "", random.substring(0, random.lastIndexOf('-')));
    }

    /** Those to choose from. */
    public List<Role> roles() {
      return List.of(Role.values());
    }

    @Override
    public String toString() {
      return "Typed[" + role + "]";
    }
  }

  @GetMapping(NEW)
  @Permit(Role.CLERK)
  String blank(Model model) {
    model.addAttribute("typed", Typed.nothing());
    return "account-new";
  }

  @PostMapping(NEW)
  @Permit(Role.CLERK)
  String create(
      SignedIn by,
      @RequestParam UUID cle,
      @RequestParam String login,
      @RequestParam Role role,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam String password,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    Optional<String> of = Optional.of(subject.strip()).filter(named -> !named.isEmpty());
    try {
      Account made =
          endpoint.createAccount(
              new AccountEndpoint.NewAccount(login.strip(), password, role, of), by, cle);
      redirected.addFlashAttribute(
          "done",
          made.awaitsApproval()
              ? "Le compte est créé. Un autre agent l’approuve avant sa première connexion."
              : "Le compte est créé : donnez à son titulaire l’identifiant et le mot de passe.");
      return "redirect:" + AccountRow.address(made.id());
    } catch (Problem problem) {
      Refused.show(problem, response, model);
      model.addAttribute("typed", new Typed(cle, login, role, subject, password));
      return "account-new";
    }
  }

  /** Asked first, then done. */
  @GetMapping(ONE + "/desactivation")
  @Permit(Role.CLERK)
  String askToDisable(@PathVariable("accountId") String accountId, Model model) {
    model.addAttribute("account", row(known(accountId), factors.of(accountId)));
    return "account-disable";
  }

  @PostMapping(ONE + "/desactivation")
  @Permit(Role.CLERK)
  String disable(
      Actor actor,
      @PathVariable("accountId") String accountId,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    try {
      endpoint.disableAccount(accountId, actor);
    } catch (Problem problem) {
      Refused.show(problem, response, model);
      return askToDisable(accountId, model);
    }
    redirected.addFlashAttribute("done", "Le compte est désactivé.");
    return "redirect:" + AccountRow.address(accountId);
  }

  @GetMapping(ONE)
  @Permit({Role.CLERK, Role.AUDITOR})
  String account(
      SignedIn by, Actor actor, @PathVariable("accountId") String accountId, Model model) {
    Account account = known(accountId);
    SecondFactor factor = factors.of(accountId);
    boolean clerk = actor.role() == Role.CLERK;
    model.addAttribute("account", row(account, factor));
    model.addAttribute("clerk", clerk);
    model.addAttribute(
        "disable",
        clerk && account.disabledAt().isEmpty()
            ? AccountRow.address(accountId) + "/desactivation"
            : null);
    model.addAttribute("approve", clerk && awaits(account) ? approval(accountId) : null);
    model.addAttribute(
        "sessions",
        SessionRow.of(
            sessions.of(accountId, by),
            clerk ? AccountRow.address(accountId) + "/sessions" : null));
    model.addAttribute(
        "keys",
        KeyRow.of(
            endpoint.listApiKeys(accountId), clerk ? AccountKeyPages.address(accountId) : null));
    model.addAttribute(
        "newKey",
        clerk && account.disabledAt().isEmpty()
            ? AccountKeyPages.address(accountId) + "/nouvelle"
            : null);
    model.addAttribute("factor", factor);
    model.addAttribute(
        "resettable",
        clerk
            && factor.enrolledAt().isPresent()
            && !actor.account().equals(accountId)
            && (by.factorShown() || !factor.required()));
    model.addAttribute("lines", TrailRow.of(trail.newest(accountId, null, LATEST).lines(), logins));
    return "account";
  }

  @PostMapping(ONE + "/sessions/{sessionId}/fin")
  @Permit(Role.CLERK)
  String end(
      SignedIn by,
      @PathVariable("accountId") String accountId,
      @PathVariable("sessionId") String sessionId,
      RedirectAttributes redirected) {
    sessions.end(accountId, sessionId, by);
    redirected.addFlashAttribute("done", "La session a pris fin.");
    return "redirect:" + AccountRow.address(accountId);
  }

  @PostMapping(ONE + "/sessions/fin")
  @Permit(Role.CLERK)
  String endAll(
      SignedIn by, @PathVariable("accountId") String accountId, RedirectAttributes redirected) {
    sessions.endAll(accountId, by);
    redirected.addFlashAttribute("done", "Toutes les sessions du compte ont pris fin.");
    return "redirect:" + AccountRow.address(accountId);
  }

  /** Asked first, then done. */
  @GetMapping(ONE + "/second-facteur/retrait")
  @Permit(value = Role.CLERK, secondFactor = true)
  String ask(@PathVariable("accountId") String accountId, Model model) {
    model.addAttribute("account", row(known(accountId), factors.of(accountId)));
    return "factor-reset";
  }

  @PostMapping(ONE + "/second-facteur/retrait")
  @Permit(value = Role.CLERK, secondFactor = true)
  String reset(
      SignedIn by,
      Actor actor,
      @PathVariable("accountId") String accountId,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    try {
      factors.reset(accountId, by);
    } catch (Problem problem) {
      if (problem.status() == HttpServletResponse.SC_NOT_FOUND) {
        throw problem;
      }
      Refused.show(problem, response, model);
      return account(by, actor, accountId, model);
    }
    redirected.addFlashAttribute("done", "Le second facteur est retiré.");
    return "redirect:" + AccountRow.address(accountId);
  }

  @GetMapping(ONE + "/approbation")
  @Permit(value = Role.CLERK, secondFactor = true)
  String askToApprove(@PathVariable("accountId") String accountId, Model model) {
    Account account = known(accountId);
    model.addAttribute("account", row(account, factors.of(accountId)));
    return awaits(account) ? "account-approve" : "redirect:" + AccountRow.address(accountId);
  }

  /** Answered by the code itself, which no page shows again. */
  @PostMapping(ONE + "/approbation")
  @Permit(value = Role.CLERK, secondFactor = true)
  String approve(
      SignedIn by,
      @PathVariable("accountId") String accountId,
      HttpServletResponse response,
      RedirectAttributes redirected,
      Model model) {
    model.addAttribute("account", row(known(accountId), factors.of(accountId)));
    try {
      Optional<String> code = accounts.approve(accountId, by).code();
      if (code.isEmpty()) {
        redirected.addFlashAttribute(
            "done", "Ce compte était déjà approuvé. Son code n’est plus montré.");
        return "redirect:" + AccountRow.address(accountId);
      }
      model.addAttribute("code", code.get());
    } catch (Problem problem) {
      Refused.show(problem, response, model);
    }
    return "account-approve";
  }

  private static boolean awaits(Account account) {
    return account.awaitsApproval() && account.disabledAt().isEmpty();
  }

  /** Where an account is looked at, and approved if it waits for that. */
  public static String address(String account) {
    return AccountRow.address(account);
  }

  private static String approval(String account) {
    return AccountRow.address(account) + "/approbation";
  }

  private static AccountRow row(Account account, SecondFactor factor) {
    return AccountRow.of(account, factor.enrolledAt().isPresent());
  }

  private Account known(String accountId) {
    return accounts.find(accountId).orElseThrow(() -> Problem.notFound("the account"));
  }
}
