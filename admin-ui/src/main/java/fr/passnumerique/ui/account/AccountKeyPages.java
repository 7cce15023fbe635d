package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.AccountEndpoint;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.SignedIn;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.ui.frame.Refused;
import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The keys by which programs act as an account: made, shown once, and taken away. */
@Controller
final class AccountKeyPages {
  private static final String KEYS = AccountPages.ACCOUNTS + "/{accountId}/cles";
  private static final String NEW = KEYS + "/nouvelle";

  private final Accounts accounts;
  private final AccountEndpoint endpoint;

  AccountKeyPages(Accounts accounts, AccountEndpoint endpoint) {
    this.accounts = accounts;
    this.endpoint = endpoint;
  }

  static String address(String account) {
    return AccountRow.address(account) + "/cles";
  }

  @GetMapping(NEW)
  @Permit(Role.CLERK)
  String blank(@PathVariable("accountId") String accountId, Model model) {
    return form(accountId, UUID.randomUUID(), "", model);
  }

  /**
   * Answered by the key itself, which no page shows again.
   *
   * @param cle names the key, so that a form sent twice makes one
   */
  @PostMapping(NEW)
  @Permit(Role.CLERK)
  String create(
      SignedIn by,
      @PathVariable("accountId") String accountId,
      @RequestParam UUID cle,
      @RequestParam String label,
      HttpServletResponse response,
      Model model) {
    try {
      model.addAttribute(
          "key",
          endpoint.createApiKey(accountId, new AccountEndpoint.NewKey(label.strip()), by, cle));
    } catch (Problem problem) {
      Refused.show(problem, response, model);
    }
    return form(accountId, cle, label, model);
  }

  private String form(String accountId, UUID cle, String label, Model model) {
    Account account = accounts.find(accountId).orElseThrow(() -> Problem.notFound("the account"));
    model.addAttribute("account", AccountRow.of(account, false));
    model.addAttribute("cle", cle);
    model.addAttribute("label", label);
    return "account-key";
  }

  @PostMapping(KEYS + "/{keyId}/retrait")
  @Permit(Role.CLERK)
  String revoke(
      Actor by,
      @PathVariable("accountId") String accountId,
      @PathVariable("keyId") String keyId,
      RedirectAttributes redirected) {
    endpoint.revokeApiKey(accountId, keyId, by);
    redirected.addFlashAttribute("done", "La clé est retirée : elle n’ouvre plus rien.");
    return "redirect:" + AccountRow.address(accountId);
  }
}
