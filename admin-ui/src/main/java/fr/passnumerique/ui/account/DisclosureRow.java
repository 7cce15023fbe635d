package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.Disclosures.Disclosure;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A reading of personal data.
 *
 * @param subject identifier of whom the data is about
 * @param by login of who read
 * @param page of the account that read
 */
record DisclosureRow(Instant at, String what, String subject, String by, String page) {
  static List<DisclosureRow> of(List<Disclosure> disclosures, UnaryOperator<String> logins) {
    return disclosures.stream()
        .map(
            each ->
                new DisclosureRow(
                    each.at(),
                    what(each.kind()),
                    each.subject(),
                    logins.apply(each.account()),
                    AccountRow.address(each.account())))
        .toList();
  }

  /** A kind that is not known here is shown as the vault calls it: a line is never left out. */
  private static String what(String kind) {
    return switch (kind) {
      case "account" -> "Titulaire et extrémités de l’IBAN";
      case "reversal-note" -> "Note d’un indu";
      case "bank-note" -> "Libellé de la banque";
      case "bank-exception-note" -> "Note d’une anomalie bancaire";
      default -> kind;
    };
  }
}
