package fr.passnumerique.clearing.payee;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;

/**
 * A second person agrees that the payee is paid to the proposed account from now on.
 *
 * @param account as it was proposed, so that no other is confirmed by mistake
 * @param by the account, another than the one that proposed it
 */
public record ConfirmPayeeAccount(Payee payee, VaultReference account, String by)
    implements Command<PayeeAccount> {}
