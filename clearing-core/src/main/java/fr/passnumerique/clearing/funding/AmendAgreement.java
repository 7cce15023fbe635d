package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.List;

/**
 * Records a signed amendment, which restates the agreement's terms. The components are those of
 * {@link AgreementAmended}; its key is the next version.
 */
public record AmendAgreement(
    AmendmentId amendment,
    AgreementId agreement,
    LocalDate signedOn,
    LocalDate inForceFrom,
    LocalDate startsOn,
    LocalDate endsOn,
    List<Departement> territory,
    List<Share> shares)
    implements Command<AgreementAmended> {
  public AmendAgreement {
    territory = List.copyOf(territory);
    shares = List.copyOf(shares);
  }
}
