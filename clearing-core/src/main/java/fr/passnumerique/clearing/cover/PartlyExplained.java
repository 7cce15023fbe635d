package fr.passnumerique.clearing.cover;

import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryProved;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.ledger.Fact;

/**
 * The entry that is being explained: one fact says that it is, those after it of the same append
 * say as what, and may leave a part of it unexplained. Between them nothing seems to be unexplained
 * that was so before and is so after.
 */
final class PartlyExplained {
  private String booking = "";
  private long centsToCome;

  /** Whether the fact leaves unexplained a part of what the facts just before it explain. */
  boolean isLeftBy(Fact fact) {
    return centsToCome != 0
        && fact instanceof BankEntryUnmatched left
        && left.entry().booking().equals(booking);
  }

  /**
   * @param booked what the fact moves on the account
   */
  void fold(Fact fact, long booked) {
    if (fact instanceof BankEntryMatched explained) {
      booking = explained.entry().booking();
      centsToCome = explained.cents();
    } else if (centsToCome != 0) {
      // What a clerk recorded by hand is on the account already, and is proved alone.
      centsToCome -= fact instanceof BankEntryProved proved ? proved.cents() : booked;
    }
  }
}
