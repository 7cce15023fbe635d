package fr.passnumerique.clearing.bookkeeping;

/**
 * The chart of accounts. Debits are positive, credits negative.
 *
 * <p>Two chains. The first is money: what the bank holds against whom it is owed to. The second
 * counts the titles (valeurs inactives) at face value through their life: {@link #TITLES_ISSUED} is
 * minus the sum of where they are now, so issued = in stock + at prescribers + handed out +
 * redeemed + paid is an identity of the accounts, not a report.
 */
public enum AccountKind {
  /** Ring-fenced cash; debit. */
  BANK("Banque, compte cantonné"),
  /**
   * Paid in by a funder and not yet set aside for activated cheques; credit: owed to the funder.
   */
  FUNDER_CREDIT("Fonds des financeurs non affectés"),
  /** Activated cheques not yet accepted; credit: owed to whoever accepts them. */
  CHEQUES_OUTSTANDING("Chèques activés en circulation"),
  /** Accepted lines not in a transfer; credit: owed to the venue. */
  VENUE_PAYABLE("Dû aux lieux"),
  /** In a transfer of which the bank has not told the end; credit. */
  TRANSFER_IN_TRANSIT("Virements en cours"),
  /** All titles ever issued; credit. */
  TITLES_ISSUED("Titres émis"),
  /** In the operator's stock; debit, as all of the following. */
  TITLES_IN_STOCK("Titres en stock opérateur"),
  TITLES_AT_PRESCRIBER("Titres en stock prescripteur"),
  TITLES_HANDED_OUT("Titres distribués"),
  TITLES_REDEEMED("Titres acceptés"),
  TITLES_PAID("Titres payés");

  private final String label;

  AccountKind(String label) {
    this.label = label;
  }

  /** The French name in pages and reports. */
  public String label() {
    return label;
  }
}
