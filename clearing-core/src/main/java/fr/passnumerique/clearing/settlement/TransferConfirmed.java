package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The bank booked a transfer: paid.
 *
 * @param bookedOn the bank's booking date, Europe/Paris
 * @param voided lines that were reversed: paid, but their titles stay where they are
 * @param entry the bank's booking; empty while only a clerk has said so
 */
public record TransferConfirmed(
    SettlementRunId run,
    TransferId transfer,
    LocalDate bookedOn,
    long amountCents,
    List<PaidCents> parts,
    @LeftOutWhenEmpty List<VoidedLine> voided,
    @LeftOutWhenEmpty Optional<BankEntry> entry)
    implements Fact {

  /** As a clerk records it who has read the bank's site. */
  public TransferConfirmed(
      SettlementRunId run,
      TransferId transfer,
      LocalDate bookedOn,
      long amountCents,
      List<PaidCents> parts,
      List<VoidedLine> voided) {
    this(run, transfer, bookedOn, amountCents, parts, voided, Optional.empty());
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(bookedOn);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of("transfer:" + transfer));
    voided.forEach(line -> tags.add("reversals:" + line.venue()));
    entry.ifPresent(booked -> tags.addAll(Set.of("bank", booked.tag())));
    return tags;
  }
}
