package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.Act;
import fr.passnumerique.clearing.access.Administration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A line of the administration trail.
 *
 * @param by who did it; « le moteur » for the program and whoever starts it
 */
record TrailRow(Instant at, String what, String account, String page, String by) {

  static List<TrailRow> of(List<Administration.Line> lines, UnaryOperator<String> logins) {
    return lines.stream()
        .map(
            line ->
                new TrailRow(
                    line.at(),
                    what(line),
                    logins.apply(line.account()),
                    AccountRow.address(line.account()),
                    line.by().equals("engine") ? "le moteur" : logins.apply(line.by())))
        .toList();
  }

  private static String what(Administration.Line line) {
    Act act = line.act();
    return switch (act) {
      case ACCOUNT_CREATED -> "Compte créé";
      case ACCOUNT_APPROVED -> "Compte approuvé";
      case ACCOUNT_DISABLED -> "Compte désactivé";
      case PASSWORD_CHANGED -> "Mot de passe changé";
      case KEY_MADE -> "Clé d’API créée";
      case KEY_REVOKED -> "Clé d’API retirée";
      case FACTOR_ENROLLED -> "Second facteur mis en place";
      case FACTOR_RESET -> "Second facteur retiré";
      case RECOVERY_CODES_RENEWED -> "Codes de secours refaits";
      case RECOVERY_CODE_USED -> "Code de secours utilisé";
      case SESSION_ENDED ->
          switch (line.detail()) {
            case "ALL" -> "Toutes les sessions terminées";
            case "OTHERS" -> "Autres sessions terminées";
            default -> "Session terminée";
          };
    };
  }
}
