package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * The bank told a status of a payment that contradicts what is recorded. It moves no money: a clerk
 * is to ask the bank.
 *
 * @param dispute names it, from its contents
 * @param transfer that it is about, if it is one of ours
 * @param status such as RJCT
 * @param reason ISO 20022, if there is one
 * @param on the bank's day, Europe/Paris
 * @param note what the bank called a payment that it named otherwise than we do, in the vault: it
 *     may be anything
 */
public record BankStatusDisputed(
    String dispute,
    @LeftOutWhenEmpty Optional<String> transfer,
    String status,
    @LeftOutWhenEmpty Optional<String> reason,
    Why why,
    LocalDate on,
    @LeftOutWhenEmpty Optional<VaultReference> note)
    implements Fact {

  /** Keys of the note in the vault: the names that the bank gave. */
  static final String MESSAGE = "message";

  static final String PAYMENT_INFORMATION = "paymentInformation";
  static final String END_TO_END = "endToEnd";

  /** What is in the way. */
  public enum Why {
    /** No transfer that was sent to the bank has this identification. */
    NEVER_SENT,
    /** It names a transfer of ours and another file than the one that ordered it. */
    ANOTHER_FILE,
    AMOUNT_DIFFERS,
    /** Rejected, and paid before: nothing is owed again until the money is seen to come back. */
    REJECTED_AFTER_PAYMENT,
    /** Executed, and rejected before: see whether a debit follows. */
    EXECUTED_AFTER_REJECTION,
    /**
     * Executed, and a clerk had taken that back of any day, or of this day whatever said that it
     * was paid: see whether a debit follows.
     */
    EXECUTED_AFTER_TAKEN_BACK,
    /** Paid or rejected on a day on which nobody had sent it yet: of another run, or misdated. */
    DATED_BEFORE_SENT,
    /** A status that means neither paid nor rejected nor under way. */
    UNKNOWN_STATUS
  }

  @Override
  public Set<String> tags() {
    return transfer.map(id -> Set.of("bank", "transfer:" + id)).orElseGet(() -> Set.of("bank"));
  }
}
