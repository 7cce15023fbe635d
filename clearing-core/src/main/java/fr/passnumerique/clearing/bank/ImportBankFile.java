package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Map;

/**
 * Records what a file of the bank says and is not recorded yet.
 *
 * @param digests keyed ones of the payers' references in the file, where the bank gives none of its
 *     own
 * @param notes in the vault, by entry or by exception, of those that a rehearsal could not explain
 */
public record ImportBankFile(
    BankFile file, Map<String, String> digests, Map<String, VaultReference> notes)
    implements Command<BankFileImported> {}
