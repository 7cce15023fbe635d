package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import fr.passnumerique.clearing.settlement.WhyNotPaid;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The transfers of all capabilities. Each knows its own, and no two give one identification. */
final class OurTransfers implements TransferWord {
  private final List<TransferWord> words;

  OurTransfers(List<TransferWord> words) {
    this.words = List.copyOf(words);
  }

  @Override
  public Optional<Known> find(String endToEnd) {
    return words.stream().flatMap(word -> word.find(endToEnd).stream()).findFirst();
  }

  @Override
  public List<TransferId> transfersOf(String message) {
    return words.stream()
        .map(word -> word.transfersOf(message))
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElse(List.of());
  }

  @Override
  public List<TransferId> transfersOf(SettlementRunId run) {
    return words.stream().flatMap(word -> word.transfersOf(run).stream()).toList();
  }

  @Override
  public Fact confirmed(TransferId id, BankEntry entry) {
    return of(id).confirmed(id, entry);
  }

  @Override
  public Fact executed(TransferId id, LocalDate on) {
    return of(id).executed(id, on);
  }

  @Override
  public Fact debited(TransferId id, BankEntry entry) {
    return of(id).debited(id, entry);
  }

  @Override
  public Fact rejected(TransferId id, LocalDate on, String reason) {
    return of(id).rejected(id, on, reason);
  }

  @Override
  public Fact returned(TransferId id, String reason, BankEntry entry) {
    return of(id).returned(id, reason, entry);
  }

  @Override
  public Optional<? extends Fact> reinstated(TransferId id, LocalDate on) {
    return of(id).reinstated(id, on);
  }

  @Override
  public Optional<? extends Fact> debitTakenBack(
      TransferId id, BankEntry entry, String statement, String by) {
    return of(id).debitTakenBack(id, entry, statement, by);
  }

  @Override
  public Optional<? extends Fact> confirmationTakenBack(
      TransferId id, WhyNotPaid reason, String by) {
    return of(id).confirmationTakenBack(id, reason, by);
  }

  @Override
  public Optional<LocalDate> paidBefore(TransferId id) {
    return of(id).paidBefore(id);
  }

  @Override
  public List<Fact> returnTakenBack(TransferId id, BankEntry left) {
    return of(id).returnTakenBack(id, left);
  }

  @Override
  public boolean paysTheSame(TransferId one, TransferId other) {
    return of(one).paysTheSame(one, other);
  }

  @Override
  public Set<String> reversalsOf(TransferId id) {
    return of(id).reversalsOf(id);
  }

  private TransferWord of(TransferId id) {
    return words.stream()
        .filter(word -> word.find(id.value()).isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("transfer %s is not ours".formatted(id)));
  }
}
