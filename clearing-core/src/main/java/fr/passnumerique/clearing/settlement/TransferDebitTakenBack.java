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
 * The bank tells the debit of a transfer no more, or a clerk had confirmed one that the bank never
 * showed: it is in transit again, or executed by the bank's word alone, as it was before. It is not
 * owed again: the bank may yet debit it.
 *
 * @param debitedOn the day on which the debit counted, Europe/Paris
 * @param executedOn the day of its execution by the bank's word; empty if it is in transit again
 * @param entry the bank's booking that is told no more; empty if it never showed one
 * @param statement that tells it no more; empty if it never told it
 * @param by the account
 * @param reason why a clerk takes back what he had confirmed; empty if the bank tells it no more
 */
public record TransferDebitTakenBack(
    SettlementRunId run,
    TransferId transfer,
    LocalDate debitedOn,
    long amountCents,
    List<PaidCents> parts,
    @LeftOutWhenEmpty Optional<LocalDate> executedOn,
    @LeftOutWhenEmpty Optional<BankEntry> entry,
    @LeftOutWhenEmpty Optional<String> statement,
    String by,
    @LeftOutWhenEmpty Optional<WhyNotPaid> reason)
    implements Fact {
  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(debitedOn);
  }

  @Override
  public Set<String> tags() {
    Set<String> tags = new HashSet<>(Set.of("transfer:" + transfer, "bank"));
    entry.ifPresent(booked -> tags.add(booked.tag()));
    return tags;
  }
}
