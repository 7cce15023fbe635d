package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank tells a credit no more that had paid a debit note, or a clerk had recorded a payment
 * that the bank never showed: the note asks for as much again, and it is due back to nobody. A fact
 * of its own, not a payment below zero: whoever folds payments counts on their cents to be above
 * zero, and what undoes one names the word that does.
 *
 * @param paidOn the day for which the payment was recorded, Europe/Paris
 * @param lines that the note asks for again, the last paid first, each with the last of the cents
 *     that were paid of it: what stays paid is what payments without this one would have paid, save
 *     where lines were credited or lifted since
 * @param cents Σ of the lines, above zero
 * @param entry the booking that is told no more, or what it had left to be explained; empty if the
 *     bank never showed it
 * @param statement that tells it no more; empty if a clerk says so of what it had left, or of what
 *     he had recorded
 * @param by the account
 * @param reason why a clerk takes back what he had recorded; empty if the bank tells it no more
 */
public record DebitNotePaymentTakenBack(
    DebitNoteId debitNote,
    VenueId venue,
    ProgrammeId programme,
    LocalDate paidOn,
    List<VoidedLine> lines,
    long cents,
    @LeftOutWhenEmpty Optional<BankEntry> entry,
    @LeftOutWhenEmpty Optional<String> statement,
    String by,
    @LeftOutWhenEmpty Optional<Reason> reason)
    implements Fact {

  /** What was wrong with what a clerk had recorded. */
  public enum Reason {
    /** Another note's. */
    WRONG_NOTE,
    /** Less came than the note asked for: what did is told by its entry. */
    LESS_CAME,
    /** It was announced, and has not come. */
    NEVER_CAME,
    OTHER
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(paidOn);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags =
        new HashSet<>(Set.of("debit-note:" + debitNote, "reversals:" + venue, "runs:" + programme));
    entry.ifPresent(
        booked -> {
          tags.add("bank");
          tags.add(booked.tag());
        });
    return tags;
  }
}
