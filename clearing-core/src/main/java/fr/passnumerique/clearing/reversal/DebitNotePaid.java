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
 * The venue paid a debit note or a part of it: as much of its lines is recovered and due back to
 * their funders. A note may be paid by several of these; it is closed when they come to what it
 * asks for.
 *
 * @param paidOn the bank's booking date, Europe/Paris
 * @param lines those of the note whose reversal was not lifted since, the oldest first, with the
 *     cents that this payment brings: the last line may be paid in part, and its rest comes with a
 *     later payment
 * @param recordedBy the account; empty if the bank's file told it
 * @param cents Σ of the lines
 * @param entry the bank's booking; empty while only a clerk has said so
 */
public record DebitNotePaid(
    DebitNoteId debitNote,
    VenueId venue,
    ProgrammeId programme,
    LocalDate paidOn,
    String recordedBy,
    List<VoidedLine> lines,
    long cents,
    @LeftOutWhenEmpty Optional<BankEntry> entry)
    implements Fact {
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
