package fr.passnumerique.ui.frame;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Accounts;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataAccessException;

/** By what name people log in. An account's login never changes, so it is read once. */
public final class Logins {
  private final Accounts accounts;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  Logins(Accounts accounts) {
    this.accounts = accounts;
  }

  /**
   * @return the identifier itself while the accounts cannot be read: a page that tells of an outage
   *     must not fail because of it
   */
  public String of(String account) {
    try {
      return known.computeIfAbsent(account, id -> accounts.find(id).map(Account::login).orElse(id));
    } catch (DataAccessException e) {
      return account;
    }
  }
}
