package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.funding.FreeCents;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank debited the ring-fenced account for a credit note: the funder has its money back.
 *
 * @param bookedOn the bank's date, Europe/Paris
 * @param parts those of the credit note
 * @param transfer that paid it; empty if it was paid by hand
 * @param entry the bank's booking; empty while only a clerk has said so
 * @param free that of the credit note
 */
public record CreditNoteRefunded(
    CreditNoteId creditNote,
    FunderId funder,
    long amountCents,
    LocalDate bookedOn,
    List<FundedCents> parts,
    @LeftOutWhenEmpty Optional<TransferId> transfer,
    @LeftOutWhenEmpty Optional<BankEntry> entry,
    @LeftOutWhenEmpty Optional<FreeCents> free)
    implements Fact {
  public CreditNoteRefunded {
    parts = List.copyOf(parts);
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(bookedOn);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of(CreditNoteIssued.tag(creditNote)));
    transfer.ifPresent(id -> tags.add("transfer:" + id));
    entry.ifPresent(
        booked -> {
          tags.add("bank");
          tags.add(booked.tag());
        });
    return tags;
  }
}
