package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankEntryMatched.Charges;
import fr.passnumerique.clearing.bank.BankEntryMatched.Part;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.List;
import java.util.Optional;

/**
 * Explains an entry that the engine could not: by whose money it is, by the receipt that it proves,
 * or by several that it proves together, by the transfer that it pays or brings back, by the debit
 * note that it pays, whole or in part, by the credit note that it refunds, or by the run that it
 * debits. One of them is given.
 *
 * @param debitNote any text: what is no identifier names none
 * @param creditNote likewise
 * @param receipts that come to the entry together; in whatever order, it is the same request
 * @param against another entry, given beside one of these; alone it is {@link OffsetBankEntries}
 * @param charges that a bank kept of the transfer; empty if the entry is of its amount
 * @param by the account
 */
public record MatchBankEntry(
    String entry,
    List<Part> parts,
    Optional<ReceiptId> receipt,
    Optional<TransferId> transfer,
    Optional<String> debitNote,
    Optional<String> creditNote,
    Optional<Charges> charges,
    Optional<SettlementRunId> run,
    List<ReceiptId> receipts,
    Optional<String> against,
    String by)
    implements Command<BankEntryMatched> {

  /** Beside which no other entry is given. */
  public MatchBankEntry(
      String entry,
      List<Part> parts,
      Optional<ReceiptId> receipt,
      Optional<TransferId> transfer,
      Optional<String> debitNote,
      Optional<String> creditNote,
      Optional<Charges> charges,
      Optional<SettlementRunId> run,
      List<ReceiptId> receipts,
      String by) {
    this(
        entry,
        parts,
        receipt,
        transfer,
        debitNote,
        creditNote,
        charges,
        run,
        receipts,
        Optional.empty(),
        by);
  }

  /** That names no several receipts. */
  public MatchBankEntry(
      String entry,
      List<Part> parts,
      Optional<ReceiptId> receipt,
      Optional<TransferId> transfer,
      Optional<String> debitNote,
      Optional<String> creditNote,
      Optional<Charges> charges,
      Optional<SettlementRunId> run,
      String by) {
    this(entry, parts, receipt, transfer, debitNote, creditNote, charges, run, List.of(), by);
  }

  /** That names no run. */
  public MatchBankEntry(
      String entry,
      List<Part> parts,
      Optional<ReceiptId> receipt,
      Optional<TransferId> transfer,
      Optional<String> debitNote,
      Optional<String> creditNote,
      Optional<Charges> charges,
      String by) {
    this(entry, parts, receipt, transfer, debitNote, creditNote, charges, Optional.empty(), by);
  }

  /** Without charges. */
  public MatchBankEntry(
      String entry,
      List<Part> parts,
      Optional<ReceiptId> receipt,
      Optional<TransferId> transfer,
      Optional<String> debitNote,
      Optional<String> creditNote,
      String by) {
    this(entry, parts, receipt, transfer, debitNote, creditNote, Optional.empty(), by);
  }

  /** That names no credit note. */
  public MatchBankEntry(
      String entry,
      List<Part> parts,
      Optional<ReceiptId> receipt,
      Optional<TransferId> transfer,
      Optional<String> debitNote,
      String by) {
    this(entry, parts, receipt, transfer, debitNote, Optional.empty(), by);
  }

  /** That names no note. */
  public MatchBankEntry(
      String entry,
      List<Part> parts,
      Optional<ReceiptId> receipt,
      Optional<TransferId> transfer,
      String by) {
    this(entry, parts, receipt, transfer, Optional.empty(), by);
  }
}
