package fr.passnumerique.projections.accounts;

import java.util.List;

/**
 * The accounts on which one cheque's cents may be.
 *
 * @param funders whose share it is, and whose cash it is
 * @param venues that redeemed it: several, where slips were withdrawn
 * @param spendingDepartements INSEE codes of where
 * @param prescribers that had it
 */
public record ChequeAccounts(
    String programme,
    String agreement,
    List<String> funders,
    String fundingDepartement,
    List<String> venues,
    List<String> spendingDepartements,
    List<String> prescribers) {}
