package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.List;

/**
 * Records that funders have signed. The components are those of {@link AgreementSigned}; its key
 * begins at version 1.
 */
public record SignAgreement(
    AgreementId agreement,
    ProgrammeId programme,
    LocalDate signedOn,
    LocalDate startsOn,
    LocalDate endsOn,
    List<Departement> territory,
    List<Share> shares)
    implements Command<AgreementSigned> {
  public SignAgreement {
    territory = List.copyOf(territory);
    shares = List.copyOf(shares);
  }
}
