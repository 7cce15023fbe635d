package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.List;
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
    implements Fact {

  /**
   * One funder's part of the split key (clé de répartition).
   *
   * @param basisPoints 1 to 10 000
   * @param ceilingCents the most that this funder's share of issued cheques may come to
   */
  public record Share(FunderId funder, int basisPoints, long ceilingCents, PaymentTerms terms) {}

  /** When a funder pays its share. */
  public enum PaymentTerms {
    /** At signature; the usual case for authorities. */
    PREPAID
  }

  @Override
  public Set<String> tags() {
    return Set.of("agreement:" + agreement);
  }
}
