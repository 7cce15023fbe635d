package fr.passnumerique.clearing.bookkeeping;

import static fr.passnumerique.clearing.bookkeeping.AccountKind.BANK;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.FUNDER_CREDIT;
import static fr.passnumerique.clearing.bookkeeping.AccountKind.TO_GIVE_BACK;

import fr.passnumerique.clearing.funding.FreeCents;

/** Credit that no cheque needs on its way back to its funder. */
final class GiveBackPostings {
  private final Moves moves;

  GiveBackPostings(Moves moves) {
    this.moves = moves;
  }

  /**
   * @param sign -1 when it is free again
   */
  void setAside(FreeCents free, int sign) {
    moves.move(sign * free.cents(), of(TO_GIVE_BACK, free), of(FUNDER_CREDIT, free));
  }

  /**
   * @param sign -1 when it came back
   */
  void refund(FreeCents free, int sign) {
    moves.move(sign * free.cents(), of(BANK, free), of(TO_GIVE_BACK, free));
  }

  private static Account of(AccountKind kind, FreeCents free) {
    return Account.ofFunder(
        kind, free.programme().value(), free.agreement().value(), free.funder().value());
  }
}
