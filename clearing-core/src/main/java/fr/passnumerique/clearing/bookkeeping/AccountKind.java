package fr.passnumerique.clearing.bookkeeping;

/**
 * The chart of accounts. Debits are positive, credits negative.
 *
 * <p>Three chains. The first is money: what the bank holds against whom it is owed to. The second
 * counts the titles (valeurs inactives) at face value through their life: {@link #TITLES_ISSUED} is
 * minus the sum of where they are now, so issued = in stock + at prescribers + handed out +
 * redeemed + paid is an identity of the accounts, not a report. The third remembers what has ever
 * passed a stage of the co-financing and is in no balance of now, for reconciling stage by stage;
 * it is posted by {@link Stages}.
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
  /**
   * Paid in, in no cheque, and to go back by a credit note that is not refunded; credit: owed to
   * whoever paid it in. Of no département, as {@link #FUNDER_CREDIT} is.
   */
  TO_GIVE_BACK("Fonds libres à rendre aux financeurs"),
  /** What the bank booked and nobody has explained yet; credit if money came in. */
  UNMATCHED("Mouvements bancaires à rapprocher"),
  /**
   * Paid for lines that were reversed since; debit: owed by the venue. Below zero for what the
   * venue gave back and the bank returned as well: it is to have that again.
   */
  VENUE_RECEIVABLE("Indus à recouvrer"),
  /**
   * What the venue owes for reversed lines once they are paid: their transfer is on its way, or
   * came back; debit. As much of {@link #VENUE_PAYABLE} and {@link #TRANSFER_IN_TRANSIT} is for
   * lines without a title.
   */
  RECEIVABLE_IF_PAID("Indus si le virement aboutit"),
  /**
   * Counterpart of {@link #VENUE_RECEIVABLE} and {@link #RECEIVABLE_IF_PAID}: due back to the
   * funder only as it is recovered.
   */
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
  /** Their accepted line was reversed, and that was not lifted. */
  TITLES_VOID("Titres annulés"),
  /** Counterpart of all that follow, which are debits; credit. */
  EVER("Contrepartie des cumuls"),
  /** Received from this funder, whoever's cash it became. */
  EVER_RECEIVED("Cumul reçu"),
  /**
   * Of that, and of what was moved in, what became a pre-financier's cash; below zero for the
   * pre-financier.
   */
  EVER_REPAID("Cumul remboursé au préfinanceur"),
  /** Moved in from agreements of the same funder, less what was moved out. */
  EVER_MOVED("Cumul transféré entre conventions"),
  /** Activated, by whose share it is. */
  EVER_ACTIVATED("Cumul activé"),
  /** Of that, what another's cash covers; below zero for the pre-financier. */
  EVER_ADVANCED("Cumul préfinancé"),
  /** Activated again by a replacement. */
  EVER_REACTIVATED("Cumul réactivé par remplacement"),
  /** Handed out, less what was corrected. */
  EVER_HANDED_OUT("Cumul distribué"),
  /** Put into a transfer or netted, less what came to nothing or came back. */
  EVER_SETTLED("Cumul réglé"),
  /** Paid: executed, booked or netted, less what came back. */
  EVER_CONFIRMED("Cumul confirmé"),
  /** Accepted from venues that waive their pay. */
  EVER_WAIVED("Cumul sans paiement"),
  /** Reversed before it was paid, or in a transfer that came to nothing. */
  EVER_REVERSED_UNPAID("Cumul annulé avant paiement"),
  /** Claimed from venues for lines that they were paid, or are to be; less what they may keep. */
  EVER_CLAIMED("Cumul réclamé aux lieux"),
  /** Of that, what the end of a transfer is still awaited for: it is not paid yet. */
  EVER_CLAIMED_UNPAID("Cumul réclamé avant paiement"),
  /** Of that, what was netted with what was owed to the venue. */
  EVER_NETTED("Cumul compensé"),
  /** Of that, what venues have paid back by debit notes. */
  EVER_PAID_BACK("Cumul reversé par les lieux"),
  /** Given back to whose cash it was, of cheques, less what came back. */
  EVER_REFUNDED("Cumul restitué"),
  /** Given back to whose cash it was, of what was in no cheque, less what came back. */
  EVER_GIVEN_BACK("Cumul rendu sans emploi");

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
    return compareTo(TITLES_ISSUED) >= 0 && !remembers();
  }

  /** Whether it belongs to the third chain, which is in no balance of now. */
  public boolean remembers() {
    return compareTo(EVER) >= 0;
  }
}
