package fr.passnumerique.clearing.ledger;

/**
 * Whether something was recorded cannot be told now: it is in no register of this node, which does
 * not hold the whole ledger yet. Ask again, or another node.
 */
public final class LedgerBehindException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String what;

  LedgerBehindException(String what) {
    super("whether %s was recorded cannot be told yet".formatted(what));
    this.what = what;
  }

  /** What was looked for, with its identifier. */
  public String what() {
    return what;
  }
}
