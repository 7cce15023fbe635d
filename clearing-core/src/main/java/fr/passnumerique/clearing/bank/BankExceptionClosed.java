package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Optional;
import java.util.Set;

/**
 * A clerk has dealt with what the bank said that was not believed, with a file that was refused, or
 * with a statement that contradicts another. It moves no money. Final; what it closes stays on
 * record.
 *
 * @param exception names it: the dispute, the digest of the refused file, or the later statement
 * @param note in the vault
 * @param by the account
 */
public record BankExceptionClosed(
    String exception, Reason reason, @LeftOutWhenEmpty Optional<VaultReference> note, String by)
    implements Fact {

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
