package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The bank booked what a clerk had recorded by hand before: it is proved, and moves no money again.
 *
 * @param cents above zero if money came in, below if it went out
 * @param receipt that it proves, or
 * @param transfer that it proves, or
 * @param expected what was to be paid under a name: a debit note, or a credit note that was
 *     refunded by hand
 * @param recordedFor the day for which the clerk had recorded it; the bank's is in the entry
 */
public record BankEntryProved(
    BankEntry entry,
    long cents,
    @LeftOutWhenEmpty Optional<String> receipt,
    @LeftOutWhenEmpty Optional<String> transfer,
    LocalDate recordedFor,
    @LeftOutWhenEmpty Optional<String> expected)
    implements Fact {
  @Override
  public Set<String> tags() {
    return receipt
        .map(id -> Set.of("bank", entry.tag(), "receipt:" + id))
        .or(() -> transfer.map(id -> Set.of("bank", entry.tag(), "transfer:" + id)))
        .orElseGet(() -> Set.of("bank", entry.tag()));
  }
}
