package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.List;
import java.util.Optional;

/**
 * Explains an entry that the engine could not: by whose money it is, by the receipt that it proves,
 * or by the transfer that it pays or brings back. One of the three is given.
 *
 * @param by the account
 */
public record MatchBankEntry(
    String entry,
    List<Part> parts,
    Optional<ReceiptId> receipt,
    Optional<TransferId> transfer,
    String by)
    implements Command<BankEntryMatched> {}
