package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.territory.Departement;

/**
 * One funder's cents in some cheques, with where they come from.
 *
 * @param keyVersion which version of the agreement's split key dealt them, from 1
 * @param fundingDepartement the département that the cheques' order names
 * @param cents above zero
 */
public record FundedCents(
    ProgrammeId programme,
    AgreementId agreement,
    int keyVersion,
    Departement fundingDepartement,
    FunderId funder,
    long cents) {}
