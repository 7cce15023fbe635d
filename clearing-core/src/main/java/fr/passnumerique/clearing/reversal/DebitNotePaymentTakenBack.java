package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank tells a credit no more that had paid a debit note: the note asks for as much again, and
 * it is due back to nobody. A fact of its own, not a payment below zero: whoever folds payments
 * counts on their cents to be above zero, and what undoes one names the bank's word that does.
 *
 * @param paidOn the day for which the payment was recorded, Europe/Paris
 * @param lines that the note asks for again, the last paid first, each with the last of the cents
 *     that were paid of it: what stays paid is what payments without this one would have paid, save
 *     where lines were credited or lifted since
 * @param cents Σ of the lines, above zero
 * @param entry the booking that is told no more, or what it had left to be explained
 * @param statement that tells it no more; empty if a clerk says so of what it had left
 * @param by the account
 */
public record DebitNotePaymentTakenBack(
    DebitNoteId debitNote,
    VenueId venue,
    ProgrammeId programme,
    LocalDate paidOn,
    List<VoidedLine> lines,
    long cents,
    BankEntry entry,
    @LeftOutWhenEmpty Optional<String> statement,
    String by)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(paidOn);
  }

  @Override
  public Set<String> tags() {
    return Set.of(
        "debit-note:" + debitNote, "reversals:" + venue, "runs:" + programme, "bank", entry.tag());
  }
}
