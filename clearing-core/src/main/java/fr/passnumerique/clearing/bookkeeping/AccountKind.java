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
  /** Executed by the bank's word (ACSC) and not yet debited on a statement; credit. */
  TRANSFER_EXECUTED("Virements exécutés, débit attendu"),
  /**
   * Value of activated cheques that expired, were opposed or were made void, not yet refunded;
   * credit: owed to whoever paid it in.
   */
  DUE_BACK("À restituer aux financeurs"),
  /** What the bank booked and nobody has explained yet; credit if money came in. */
  UNMATCHED("Mouvements bancaires à rapprocher"),
  /** Paid for lines that were reversed since; debit: owed by the venue. */
  VENUE_RECEIVABLE("Indus à recouvrer"),
  /** Counterpart of {@link #VENUE_RECEIVABLE}: due back to the funder only as it is recovered. */
  TO_RECOVER("Contrepartie des indus"),
  /** Share of used cheques that an {@code ON_USE} funder owes to its pre-financier; debit. */
  ON_USE_CLAIM("Créance sur usage"),
  /** Counterpart of {@link #ON_USE_CLAIM}, by pre-financier; credit. */
  ON_USE_ADVANCE("Avance du préfinanceur"),
  /** All titles ever issued; credit. */
  TITLES_ISSUED("Titres émis"),
  /** In the operator's stock; debit, as all of the following. */
  TITLES_IN_STOCK("Titres en stock opérateur"),
  TITLES_AT_PRESCRIBER("Titres en stock prescripteur"),
  TITLES_HANDED_OUT("Titres distribués"),
  TITLES_REDEEMED("Titres acceptés"),
  TITLES_PAID("Titres payés"),
  TITLES_OPPOSED("Titres frappés d'opposition"),
  TITLES_REPLACED("Titres remplacés"),
  TITLES_EXPIRED("Titres périmés"),
  /** Their accepted line was reversed. */
  TITLES_VOID("Titres annulés");

  private final String label;

  AccountKind(String label) {
    this.label = label;
  }

  /** The French name in pages and reports. */
  public String label() {
    return label;
  }

  /** Whether it belongs to the second chain. */
  boolean countsTitles() {
    return compareTo(TITLES_ISSUED) >= 0;
  }
}
