package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Command;
import java.util.List;
import java.util.Optional;

/**
 * Explains an entry that the engine could not: by whose money it is, or by the receipt that it
 * proves. One of the two is given.
 *
 * @param by the account
 */
record MatchBankEntry(String entry, List<Part> parts, Optional<ReceiptId> receipt, String by)
    implements Command<BankEntryMatched> {}
