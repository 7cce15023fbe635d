package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.ledger.Command;

/**
 * Says that two unmatched entries undo each other.
 *
 * @param by the account
 */
public record OffsetBankEntries(String entry, String against, String by)
    implements Command<BankEntriesOffset> {}
