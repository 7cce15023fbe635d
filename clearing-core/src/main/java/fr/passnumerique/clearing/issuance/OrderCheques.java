package fr.passnumerique.clearing.issuance;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;

/**
 * Orders cheques under an agreement: they are issued at once, as one batch with the programme's
 * rules of the day.
 *
 * @param fundingDepartement one of the agreement's territory
 * @param chequeCount a whole number of carnets, at most 1 048 575 cheques
 * @param endsOn J, the last day of validity before the tolerance
 */
public record OrderCheques(
    OrderId order,
    AgreementId agreement,
    Departement fundingDepartement,
    int chequeCount,
    LocalDate endsOn)
    implements Command<ChequesIssued> {}
