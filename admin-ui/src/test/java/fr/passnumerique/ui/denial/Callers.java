package fr.passnumerique.ui.denial;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** One account of each role, made for a test. */
final class Callers {
  private static final String PASSWORD = "correct horse battery";

  private Callers() {}

  static List<DenialMatrix.Caller> in(Accounts accounts) {
    List<DenialMatrix.Caller> callers = new ArrayList<>();
    for (Role role : Role.values()) {
      String login = "matrix-" + role.name().toLowerCase(Locale.ROOT);
      Account account =
          accounts.create(
              login, PASSWORD, role, role.hasSubject() ? DenialMatrix.OWN : "", "engine");
      callers.add(
          new DenialMatrix.Caller(
              role, accounts.createKey(account.id(), "matrix", "engine").key(), login, PASSWORD));
    }
    return callers;
  }
}
