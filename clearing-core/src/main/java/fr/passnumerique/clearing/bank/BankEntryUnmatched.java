package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.UnexplainedCredits;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The bank booked what the engine cannot explain: the money is there, or gone, and a clerk is to
 * say why.
 *
 * @param cents above zero if money came in, below if it went out
 * @param transfer of ours that the entry names
 * @param note what the bank wrote beside it, in the vault: it may name a person
 * @param returned ISO 20022 external return reason code, if the bank says that a transfer came back
 * @param expected what somebody was asked for (a debit note) whose reference the credit carries.
 *     Empty in facts from before it was kept
 */
public record BankEntryUnmatched(
    BankEntry entry,
    long cents,
    Why why,
    @LeftOutWhenEmpty Optional<String> transfer,
    @LeftOutWhenEmpty Optional<VaultReference> note,
    @LeftOutWhenEmpty Optional<String> returned,
    @LeftOutWhenEmpty Optional<String> expected)
    implements Fact {

  /** That is no return, and nothing that somebody was asked for. */
  public BankEntryUnmatched(
      BankEntry entry,
      long cents,
      Why why,
      Optional<String> transfer,
      Optional<VaultReference> note) {
    this(entry, cents, why, transfer, note, Optional.empty(), Optional.empty());
  }

  BankEntryUnmatched withReturned(String reason) {
    return new BankEntryUnmatched(entry, cents, why, transfer, note, Optional.of(reason), expected);
  }

  /**
   * By what a credit may have paid what somebody was asked for; empty if it has not.
   *
   * @param name of what was asked for
   * @param asked cents, above zero
   */
  Optional<UnexplainedCredits.By> pays(String name, long asked) {
    if (expected.isPresent()) {
      return expected.filter(name::equals).map(_ -> UnexplainedCredits.By.ITS_REFERENCE);
    }
    return switch (why) {
      case NO_REFERENCE ->
          Optional.of(UnexplainedCredits.By.NO_REFERENCE).filter(_ -> cents == asked);
      case AMOUNT_DIFFERS, PAID_TWICE ->
          Optional.of(UnexplainedCredits.By.ONE_NOT_KEPT).filter(_ -> transfer.isEmpty());
      default -> Optional.empty();
    };
  }

  /** Keys of the note in the vault. */
  static final String TEXT = "text";

  static final String COUNTERPARTY = "counterparty";
  static final String IBAN = "iban";
  static final String END_TO_END = "endToEnd";

  /** What is in the way. */
  public enum Why {
    /** A credit that names no agreement and funder. */
    NO_REFERENCE,
    /** A credit that names several. */
    AMBIGUOUS_REFERENCE,
    /** Several payments in one booking, of which the bank does not tell the amounts. */
    DETAILS_MISSING,
    /** A debit that names no transfer of ours: fees, a seizure, a mistake. */
    UNKNOWN_DEBIT,
    /** The bank takes back an entry of its own. */
    BANK_REVERSAL,
    /** It names a transfer or debit note of ours whose amount is another. */
    AMOUNT_DIFFERS,
    /** A transfer is debited that was debited before, or a debit note paid that was paid before. */
    PAID_TWICE,
    /** A rejected transfer is debited, and its lines are in another transfer already. */
    PAID_AFTER_REJECTION,
    /** Money comes back from a transfer that came back before. */
    RETURNED_TWICE,
    /**
     * Money comes back from a transfer that was debited twice: it makes good the second debit, or
     * the payee's bank sent it back.
     */
    BACK_FROM_TWO_DEBITS,
    /** It names a transfer of a run that nobody has released, or that was cancelled. */
    TRANSFER_NOT_SENT,
    /** Money comes back from a transfer of which no debit is known. */
    RETURNED_UNPAID,
    /**
     * What a bank kept of a transfer, as a clerk said who explained the rest of the booking: a
     * debit for which the operator has to make up.
     */
    CHARGES,
    /**
     * An entry that somebody had explained is told no more by the statement of its day, and what it
     * moved cannot be undone: as much, the other way, until a clerk says what makes up for it.
     */
    TOLD_NO_MORE
  }

  @Override
  public Optional<LocalDate> happenedOn() {
    return Optional.of(entry.bookedOn());
  }

  @Override
  public Set<String> tags() {
    return Set.of("bank", entry.tag());
  }
}
