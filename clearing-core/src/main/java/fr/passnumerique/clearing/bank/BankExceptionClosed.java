package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A clerk has dealt with what the bank said that was not believed, with a file that was refused, or
 * with a statement that contradicts another or leaves out what was booked. It moves no money: where
 * entries are taken out with it, the facts before it do. Final; what it closes stays on record.
 *
 * @param exception names it: the dispute, the digest of the refused file, the later statement, or
 *     the entries that a statement leaves out
 * @param note in the vault
 * @param by the account
 * @param takenOut entries that the bank tells no more, if it has corrected itself
 * @param statement that tells them no more. Empty in facts from before it was kept
 */
public record BankExceptionClosed(
    String exception,
    Reason reason,
    @LeftOutWhenEmpty Optional<VaultReference> note,
    String by,
    @LeftOutWhenEmpty List<TakenOut> takenOut,
    @LeftOutWhenEmpty Optional<String> statement)
    implements Fact {

  /** With which nothing is taken out. */
  public BankExceptionClosed(
      String exception, Reason reason, Optional<VaultReference> note, String by) {
    this(exception, reason, note, by, List.of(), Optional.empty());
  }

  /**
   * An entry that the bank tells no more.
   *
   * @param cents that had come in, above zero, or gone out, below
   * @param of what it had been explained as: the receipt, the transfer or the debit note; or the
   *     entry of the same amount the other way that a clerk is to explain now; empty where nobody
   *     had explained it
   */
  public record TakenOut(
      String entry, long cents, Became became, @LeftOutWhenEmpty Optional<String> of) {}

  /** What is made of what it had moved. */
  public enum Became {
    /** Nobody had explained it: it is gone. */
    NOTHING,
    /** The receipt is taken back from its agreement. */
    RECEIPT_TAKEN_BACK,
    /** The transfer is in transit again, or executed by the bank's word alone. */
    DEBIT_TAKEN_BACK,
    /** The transfer has not come back: it is paid. */
    RETURN_TAKEN_BACK,
    /** The debit note asks for as much again. */
    PAYMENT_TAKEN_BACK,
    /** What it had moved stays, and as much the other way is to be explained. */
    TO_EXPLAIN
  }

  /** What it came to. */
  public enum Reason {
    /** The bank says that it was wrong, or has corrected it. */
    CORRECTED_BY_BANK,
    /** The right file was sent since. */
    SENT_AGAIN,
    /** It was about somebody else's payment or account. */
    NOT_OURS,
    /** What is recorded is right, and nothing is to be done. */
    NOTHING_TO_DO,
    OTHER
  }

  static String tag(String exception) {
    return "bank-exception:" + exception;
  }

  @Override
  public Set<String> tags() {
    return Set.of(tag(exception));
  }
}
