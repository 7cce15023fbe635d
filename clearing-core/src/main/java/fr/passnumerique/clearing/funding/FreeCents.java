package fr.passnumerique.clearing.funding;

/**
 * Cents of a funder's credit for an agreement that are in no cheque, so that no département of
 * funding has them.
 *
 * @param funder whose cash it is
 * @param cents above zero
 */
public record FreeCents(
    ProgrammeId programme, AgreementId agreement, FunderId funder, long cents) {}
