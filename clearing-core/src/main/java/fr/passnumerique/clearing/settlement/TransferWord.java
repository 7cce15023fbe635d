package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the bank's word makes of transfers that one capability has ordered: for who reads the bank's
 * files, within a decision. Whoever asks names {@code transfer:<id>} in its boundary, and the tags
 * of the facts that it gets.
 */
public interface TransferWord {
  /**
   * Tag of which files were handed out and which never will be, since their run was cancelled:
   * before that only a booked debit ends a transfer. Whoever reads where one stands names it.
   */
  String FILES = "files";

  /**
   * @param endToEnd identification that the bank tells
   * @return empty if it names no transfer of this capability
   */
  Optional<BankWord.Known> find(String endToEnd);

  /** The transfers of the file that bore this identification; none if it was never handed out. */
  List<TransferId> transfersOf(String message);

  /** The transfers of a run that was released; none if it was not, or is of another capability. */
  default List<TransferId> transfersOf(SettlementRunId run) {
    return List.of();
  }

  /** Debited by the bank: paid. */
  Fact confirmed(TransferId id, BankEntry entry);

  /** Paid by the bank's word (ACSC), its debit still to come. */
  Fact executed(TransferId id, LocalDate on);

  /** The debit of one that was executed. */
  Fact debited(TransferId id, BankEntry entry);

  Fact rejected(TransferId id, LocalDate on, String reason);

  /** Paid, and come back. */
  Fact returned(TransferId id, String reason, BankEntry entry);

  /** Tags of what the fact of an end depends on beside its transfer: who asks names them too. */
  default Set<String> reversalsOf(TransferId id) {
    return Set.of();
  }

  /**
   * The fact that takes back its rejection, since it is paid all the same.
   *
   * @param on the bank's day, Europe/Paris, on which it is paid
   * @return empty if what it was to pay has gone another way since
   */
  Optional<? extends Fact> reinstated(TransferId id, LocalDate on);

  /**
   * The fact by which it is as it was before its debit, which the bank tells no more.
   *
   * @param statement that tells it no more
   * @param by the account
   * @return empty if other things have followed from the debit, or it is not debited
   */
  default Optional<? extends Fact> debitTakenBack(
      TransferId id, BankEntry entry, String statement, String by) {
    return Optional.empty();
  }

  /**
   * The fact by which it is as it was before a clerk confirmed it, or the bank said that it
   * executed it: the bank never showed its debit, as whoever asks knows.
   *
   * @param by the account
   * @return empty if other things have followed from that, or it does not count as paid
   */
  default Optional<? extends Fact> confirmationTakenBack(
      TransferId id, WhyNotPaid reason, String by) {
    return Optional.empty();
  }

  /**
   * The day, Europe/Paris, on which one that has come back counted as paid: the first debit that
   * the bank shows of it then is the proof of that. Empty where it has not come back, or nobody
   * knows.
   */
  default Optional<LocalDate> paidBefore(TransferId id) {
    return Optional.empty();
  }

  /**
   * The facts by which it is paid again, since the bank tells no more that it came back.
   *
   * @param left as much as the return, the other way
   * @return none if what it was to pay has gone another way since, or it has not come back
   */
  default List<Fact> returnTakenBack(TransferId id, BankEntry left) {
    return List.of();
  }

  /**
   * Whether two transfers were to pay the same money, in part at least: only one of them can be
   * reinstated. False for one that was never sent, or of another capability.
   */
  boolean paysTheSame(TransferId one, TransferId other);
}
