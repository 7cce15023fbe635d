package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.Badge;
import java.time.Instant;

/**
 * An account as the operator reads it.
 *
 * @param subject what it acts for; empty for clerks and auditors
 * @param factor whether it has a second factor
 */
record AccountRow(
    String id,
    String login,
    Role role,
    String subject,
    Instant createdAt,
    Badge state,
    boolean factor,
    String page) {

  static AccountRow of(Account account, boolean factor) {
    return new AccountRow(
        account.id(),
        account.login(),
        account.role(),
        account.subject(),
        account.createdAt(),
        state(account),
        factor,
        address(account.id()));
  }

  static String address(String account) {
    return Address.of(AccountPages.ACCOUNTS + "/{account}", account);
  }

  private static Badge state(Account account) {
    if (account.disabledAt().isPresent()) {
      return Badge.bad("Désactivé");
    }
    return account.awaitsApproval() ? Badge.warn("Attend un second agent") : Badge.good("Actif");
  }
}
