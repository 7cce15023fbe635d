package fr.passnumerique.clearing.bank;

import static fr.passnumerique.clearing.bank.BankValues.bad;
import static fr.passnumerique.clearing.bank.BankValues.required;

import fr.passnumerique.clearing.bank.BankXml.Element;
import fr.passnumerique.clearing.http.Problem;
import java.util.Set;

/**
 * What a file of the bank says, from its XML: camt.053 and camt.054 (versions 02 and 08), pain.002
 * (versions 03 and 10). The versions differ in where a name or a code stands; both places are
 * looked at.
 *
 * <p>Strict in what is counted (amounts, signs, dates, currency, sums, whose account it is), blind
 * to everything else.
 */
final class BankFileReader {
  private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:";
  private static final Set<String> STATEMENTS = Set.of("camt.053.001.02", "camt.053.001.08");
  private static final Set<String> NOTIFICATIONS = Set.of("camt.054.001.02", "camt.054.001.08");
  private static final Set<String> STATUSES = Set.of("pain.002.001.03", "pain.002.001.10");

  private final AccountReports reports;

  /**
   * @param iban of the ring-fenced account, letters and digits only
   */
  BankFileReader(String iban) {
    this.reports = new AccountReports(iban);
  }

  /**
   * @throws Problem 400 for what cannot be read, 422 for what is not ours or does not add up
   */
  BankFile read(byte[] bytes) {
    BankXml.Document document = BankXml.read(bytes);
    String message =
        document.namespace().startsWith(NAMESPACE)
            ? document.namespace().substring(NAMESPACE.length())
            : "";
    Element root = document.root();
    if (root.name().equals("Document")) {
      if (STATEMENTS.contains(message)) {
        return reports.read(message, required(root, "BkToCstmrStmt"), "Stmt", true);
      }
      if (NOTIFICATIONS.contains(message)) {
        return reports.read(message, required(root, "BkToCstmrDbtCdtNtfctn"), "Ntfctn", false);
      }
      if (STATUSES.contains(message)) {
        return PaymentStatuses.read(message, required(root, "CstmrPmtStsRpt"));
      }
    }
    throw bad(
        "UNKNOWN_MESSAGE",
        root,
        Problem.shown(document.namespace()),
        "the file is none of camt.053.001.02, camt.053.001.08, camt.054.001.02, camt.054.001.08,"
            + " pain.002.001.03 and pain.002.001.10",
        "ask the bank for one of these messages");
  }
}
