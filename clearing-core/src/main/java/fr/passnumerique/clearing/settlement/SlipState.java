package fr.passnumerique.clearing.settlement;

/** How far money of a slip is on its way to the venue's account. */
public enum SlipState {
  /** Without an accepted line: there is no money. */
  REFUSED("Refusé"),
  /** The venue waives its pay for all that was accepted: there is no money. */
  WAIVED("Renoncé"),
  /** Its venue took the slip back. */
  WITHDRAWN("Retiré"),
  /** Owed to the venue, and no run has taken it. */
  OWED("Dû"),
  /** Owed again: the bank rejected the last transfer that was to pay it, or sent it back. */
  SENT_BACK("Rejeté par la banque"),
  /** A run takes it that nobody has released. */
  IN_RUN("En règlement"),
  /** Released to be transferred; nobody was handed the file. */
  RELEASED("Libéré"),
  /** The file that orders its transfer was handed out; the bank has not told its end. */
  SENT("Envoyé à la banque"),
  /** By the bank's word or its booking. */
  PAID("Payé"),
  /** Not transferred, since the venue owed as much back. */
  NETTED("Compensé"),
  /** Reversed before anybody had paid it: back with its funders. */
  REVERSED("Annulé"),
  /**
   * Below zero: the venue gave back what a lifted reversal has it owed again, which stands in
   * another state besides.
   */
  GIVEN_BACK("Remboursé par le lieu");

  private final String label;

  SlipState(String label) {
    this.label = label;
  }

  /** In French. */
  public String label() {
    return label;
  }
}
