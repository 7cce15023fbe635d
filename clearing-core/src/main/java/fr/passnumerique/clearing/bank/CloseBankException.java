package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Optional;

/**
 * Says that a status that was not believed, a file that was refused, or a statement that
 * contradicts another is dealt with.
 *
 * @param note in the vault
 * @param by the account
 */
public record CloseBankException(
    String exception, BankExceptionClosed.Reason reason, Optional<VaultReference> note, String by)
    implements Command<BankExceptionClosed> {}
