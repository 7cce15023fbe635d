package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.entry.ExpectedCredits;
import fr.passnumerique.clearing.funding.NamedCalls;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import java.time.Instant;
import java.util.List;

/**
 * An entry is explained once, by one of the things that it can be, each of which has a class.
 *
 * <p>Boundary: the entry, the agreements whose money it is, with their calls, the receipt,
 * transfer, run, debit or credit note that it is of.
 */
final class MatchBankEntryDecision implements Decider<MatchBankEntry, BankEntryMatched> {
  private final BankRegister register;
  private final ReceiptMatch receipts;
  private final TransferMatch transfers;
  private final RunMatch runs;
  private final DebitNoteMatch debitNotes;
  private final RefundMatch refunds;
  private final PartsMatch parts;

  MatchBankEntryDecision(
      BankRegister register, TransferWord word, List<ExpectedCredits> expected, NamedCalls calls) {
    this.register = register;
    this.receipts = new ReceiptMatch(register);
    this.transfers = new TransferMatch(register, word);
    this.runs = new RunMatch(word, transfers);
    this.debitNotes = new DebitNoteMatch(register, expected);
    this.refunds = new RefundMatch(register);
    this.parts = new PartsMatch(register, calls);
  }

  @Override
  public Class<MatchBankEntry> command() {
    return MatchBankEntry.class;
  }

  @Override
  public Decision<BankEntryMatched> decide(MatchBankEntry c, Instant receivedAt) {
    BankRegister.Matched matched = register.matched(c.entry());
    if (matched != null) {
      // The position of the last fact, as when it was recorded; the first says what was meant.
      return new Decision.Known<>(matched.position(), _ -> reply(c, matched.fact()));
    }
    BankRegister.Unmatched unmatched = register.unmatched(c.entry());
    if (unmatched == null) {
      return Decision.refuse(unknown("entryId", c.entry()));
    }
    BankEntryUnmatched entry = unmatched.fact();
    int given =
        (c.parts().isEmpty() ? 0 : 1)
            + (c.receipt().isPresent() ? 1 : 0)
            + (c.receipts().isEmpty() ? 0 : 1)
            + (c.transfer().isPresent() ? 1 : 0)
            + (c.debitNote().isPresent() ? 1 : 0)
            + (c.creditNote().isPresent() ? 1 : 0)
            + (c.run().isPresent() ? 1 : 0)
            + (c.against().isPresent() ? 1 : 0);
    if (given != 1) {
      return Decision.refuse(
          BankRefusal.EXPLANATION_MISSING.because(
              "parts",
              "an entry is somebody's money, the proof of a receipt, a transfer's, a whole run's, a"
                  + " debit note's, a credit note's or undone by another entry; %d were given"
                      .formatted(given),
              "give one of parts, receipt, receipts, transfer, run, debitNote, creditNote and"
                  + " against"));
    }
    if (c.transfer().isPresent()) {
      return transfers.end(c, entry, c.transfer().get());
    }
    if (c.charges().isPresent()) {
      return Decision.refuse(
          BankRefusal.CHARGES_WITHOUT_TRANSFER.because(
              "charges",
              "charges of %d cents are kept of a transfer, and none is named"
                  .formatted(c.charges().get().cents()),
              "name the transfer, or leave the charges out"));
    }
    if (c.run().isPresent()) {
      return runs.end(c, entry, c.run().get());
    }
    if (c.creditNote().isPresent()) {
      return refunds.prove(c, entry, c.creditNote().get());
    }
    if (c.debitNote().isPresent() && register.leftOf(entry.entry()).isPresent()) {
      return debitNotes.match(c, entry, c.debitNote().get());
    }
    if (entry.cents() < 0) {
      return Decision.refuse(
          BankRefusal.NOT_A_CREDIT.because(
              "entryId",
              "entry %s went out with %s, and only what came in can be a funder's or pay a debit note"
                  .formatted(c.entry(), new Cents(-entry.cents()).inEnglish()),
              "name the transfer that it pays or the credit note that it refunds, or offset it"
                  + " against the credit that makes up for it; of a funder's credit that the bank"
                  + " has taken back, give as much back (giveBackCredit), record its credit note as"
                  + " refunded (refundCreditNote), and name that as creditNote"));
    }
    if (c.debitNote().isPresent()) {
      return debitNotes.match(c, entry, c.debitNote().get());
    }
    if (!c.receipts().isEmpty()) {
      return receipts.prove(c, entry, c.receipts());
    }
    return c.receipt().isPresent()
        ? receipts.prove(c, entry, c.receipt().get())
        : parts.divide(c, entry);
  }

  private static Decision.Reply<BankEntryMatched> reply(MatchBankEntry c, Fact recorded) {
    return recorded instanceof BankEntryMatched matched
            && matched.parts().equals(c.parts())
            && matched.receipt().equals(c.receipt().map(ReceiptId::value))
            && matched.transfer().equals(c.transfer().map(TransferId::value))
            && matched.debitNote().equals(c.debitNote())
            && matched.creditNote().equals(c.creditNote())
            && matched.charges().equals(c.charges())
            && matched.run().equals(c.run().map(SettlementRunId::value))
            && matched.receipts().stream()
                .sorted()
                .toList()
                .equals(c.receipts().stream().map(ReceiptId::value).sorted().toList())
        ? new Decision.Reply.Same<>(matched)
        : new Decision.Reply.Different<>(
            BankRefusal.ENTRY_ALREADY_MATCHED.because(
                "entryId",
                "entry %s is explained already, and in another way".formatted(c.entry()),
                "read what is recorded of it; an explanation is final"));
  }

  static Refusal unknown(String field, String entry) {
    return BankRefusal.UNKNOWN_ENTRY.because(
        field,
        "no entry that waits to be explained is called %s".formatted(Problem.shown(entry)),
        "read the entries that do (readUnmatchedEntries) for their names");
  }
}
