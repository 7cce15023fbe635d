package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/**
 * Funders have agreed on other terms (avenant), for orders from a day on. It restates all terms;
 * what is issued keeps those it was issued under.
 *
 * @param keyVersion of the split key, one above the version before; its cents are numbered from 0
 * @param inForceFrom first day of orders under it, Europe/Paris
 * @param startsOn first day of the period
 * @param endsOn last day of the period, inclusive
 * @param shares in the key's order; ceilings count what was issued under all versions
 */
public record AgreementAmended(
    AmendmentId amendment,
    AgreementId agreement,
    int keyVersion,
    LocalDate signedOn,
    LocalDate inForceFrom,
    LocalDate startsOn,
    LocalDate endsOn,
    List<Departement> territory,
    List<Share> shares)
    implements AgreementTerms {
  @Override
  public Set<String> tags() {
    return Set.of("amendment:" + amendment, "agreement:" + agreement);
  }
}
