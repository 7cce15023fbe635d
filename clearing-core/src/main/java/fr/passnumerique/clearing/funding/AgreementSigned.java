package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Funders have agreed to co-finance a programme on a territory (convention de cofinancement).
 *
 * @param startsOn first day of the period, Europe/Paris
 * @param endsOn last day of the period, inclusive
 * @param territory the départements of funding that its orders may name, at least one
 * @param keyVersion of the split key, 1 at signature
 * @param shares in the key's order, which settles ties; basis points sum to 10 000
 */
public record AgreementSigned(
    AgreementId agreement,
    ProgrammeId programme,
    LocalDate signedOn,
    LocalDate startsOn,
    LocalDate endsOn,
    List<Departement> territory,
    int keyVersion,
    List<Share> shares)
    implements AgreementTerms {

  /**
   * One funder's part of the split key (clé de répartition).
   *
   * @param basisPoints 1 to 10 000
   * @param ceilingCents the most that this funder's share of issued cheques may come to
   * @param preFinancier whose cash stands in for an {@code ON_USE} share until the funder pays;
   *     empty for a {@code PREPAID} one
   */
  public record Share(
      FunderId funder,
      int basisPoints,
      long ceilingCents,
      PaymentTerms terms,
      @LeftOutWhenEmpty Optional<FunderId> preFinancier) {
    public Share(FunderId funder, int basisPoints, long ceilingCents, PaymentTerms terms) {
      this(funder, basisPoints, ceilingCents, terms, Optional.empty());
    }
  }

  /** When a funder pays its share. */
  public enum PaymentTerms {
    /** At signature; the usual case for authorities. */
    PREPAID,
    /**
     * On cheques used, as the State did in 2020: until it pays, a pre-financier's cash covers its
     * share.
     */
    ON_USE
  }

  @Override
  public LocalDate inForceFrom() {
    return startsOn;
  }

  @Override
  public Set<String> tags() {
    return Set.of("agreement:" + agreement);
  }
}
