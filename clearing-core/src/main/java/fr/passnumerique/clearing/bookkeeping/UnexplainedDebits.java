package fr.passnumerique.clearing.bookkeeping;

import fr.passnumerique.clearing.bank.BankEntriesOffset;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.List;

/**
 * A fold of what the bank has taken from the ring-fenced account and nobody has explained. Credits
 * that nobody has explained do not make up for it: they are somebody else's.
 */
public final class UnexplainedDebits {
  private long cents;

  /**
   * @param entries the fact's
   */
  public void fold(Fact fact, List<Entry> entries) {
    if (fact instanceof BankEntriesOffset offset) {
      // Both stay booked, so it posts nothing.
      cents = Math.subtractExact(cents, offset.cents());
      return;
    }
    // The bank's own word debits this account when money went out; an explanation credits it again.
    boolean taken = fact instanceof BankEntryUnmatched;
    for (Entry entry : entries) {
      if (entry.account().kind() == AccountKind.UNMATCHED && taken == entry.cents() > 0) {
        cents = Math.addExact(cents, entry.cents());
      }
    }
  }

  /**
   * Whether cover is broken: nobody knows whose cash was taken, so of no funder's is it known that
   * it is there. The one definition for whoever shows cover and whoever takes cash.
   */
  public boolean breakCover() {
    return cents > 0;
  }

  /** 0 if nothing is unexplained. */
  public long cents() {
    return cents;
  }
}
