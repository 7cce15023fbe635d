package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.calls.Receipts;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.home.Brought;
import fr.passnumerique.ui.home.Cover;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * All of one agreement: its terms are all funders' who signed it, its amounts those of the reader.
 * In cents.
 *
 * @param brought what the reader paid in, and what became of it; of all for the operator
 * @param more whether there are older receipts than those shown
 */
record AgreementSheet(
    String agreement,
    String programme,
    Badge badge,
    Terms terms,
    int versions,
    Brought brought,
    Cover cover,
    List<BudgetLot> lots,
    List<CallLine> calls,
    List<ReceiptLine> receipts,
    boolean more) {
  private static final French FRENCH = new French();

  /** As they are in force today. */
  record Terms(
      LocalDate signedOn,
      LocalDate startsOn,
      LocalDate endsOn,
      List<String> departements,
      List<ShareLine> shares) {}

  /**
   * @param part in percent, in French
   * @param terms when it is paid
   */
  record ShareLine(String funder, String part, long ceilingCents, String terms) {}

  record ReceiptLine(Receipts.Row row, Badge badge) {
    static ReceiptLine of(Receipts.Row row) {
      return new ReceiptLine(
          row,
          switch (row.state()) {
            case BOOKED -> Badge.good("Vu à la banque");
            case RECORDED -> Badge.calm("Pas encore vu à la banque");
            case TAKEN_BACK -> Badge.bad("Retiré");
          });
    }
  }

  static Terms terms(Agreements.Sheet sheet, Names names) {
    Agreements.Version version =
        sheet.versions().stream()
            .filter(of -> of.keyVersion() == sheet.keyVersion())
            .findFirst()
            .orElseThrow();
    return new Terms(
        version.signedOn(),
        version.startsOn(),
        version.endsOn(),
        version.territory().stream().map(Departement::code).map(French::departement).toList(),
        version.shares().stream().map(share -> share(share, names)).toList());
  }

  static ShareLine share(Share share, Names names) {
    Optional<String> advanced = share.preFinancier().map(funder -> names.funder(funder.value()));
    return new ShareLine(
        names.funder(share.funder().value()),
        FRENCH.percent(share.basisPoints(), 10_000),
        share.ceilingCents(),
        share.terms() == PaymentTerms.PREPAID
            ? "Payée d’avance"
            : "Payée sur usage" + advanced.map(by -> ", avancée par " + by).orElse(""));
  }
}
