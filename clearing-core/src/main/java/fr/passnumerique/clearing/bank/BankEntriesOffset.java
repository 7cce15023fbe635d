package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.Set;

/**
 * A clerk found that two entries undo each other: fees and their refund, a mistake and its
 * correction. Both stay booked, and nobody has to explain them any more.
 *
 * @param cents that came in with the one and went out with the other
 * @param by the account
 */
public record BankEntriesOffset(BankEntry credit, BankEntry debit, long cents, String by)
    implements Fact {
  @Override
  public Set<String> tags() {
    return Set.of("bank", credit.tag(), debit.tag());
  }
}
