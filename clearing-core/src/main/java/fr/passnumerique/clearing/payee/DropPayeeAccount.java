package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;

/**
 * Refuses a proposed account, or takes it back.
 *
 * @param account as it was proposed
 * @param by whoever proposed it, or another
 */
public record DropPayeeAccount(Payee payee, VaultReference account, String by)
    implements Command<PayeeAccount> {}
