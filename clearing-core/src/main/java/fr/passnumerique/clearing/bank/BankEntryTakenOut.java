package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * An entry that nobody had explained is told no more by the statement of its day: the bank never
 * booked it, and a clerk has taken it out. What told it first stays on record.
 *
 * @param cents that had come in, above zero, or gone out, below
 * @param statement that tells it no more
 * @param by the account
 */
public record BankEntryTakenOut(BankEntry entry, long cents, String statement, String by)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(entry.bookedOn());
  }

  @Override
  public Set<String> tags() {
    return Set.of("bank", entry.tag());
  }
}
