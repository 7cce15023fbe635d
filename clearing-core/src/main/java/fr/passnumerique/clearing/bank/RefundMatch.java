package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.money.Cents;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A debit that a clerk says is the proof of a refund recorded by hand. */
final class RefundMatch {
  private final BankRegister register;

  RefundMatch(BankRegister register) {
    this.register = register;
  }

  /** The bank shows what a clerk recorded by hand; what no clerk has recorded is recorded first. */
  Decision<BankEntryMatched> prove(MatchBankEntry c, BankEntryUnmatched entry, String note) {
    CreditNoteRefunded refund = register.refundedByHand(note);
    if (refund == null) {
      return Decision.refuse(
          BankRefusal.REFUND_NOT_RECORDED.because(
              "creditNote",
              "no clerk has recorded that credit note %s was refunded without a transfer"
                  .formatted(Problem.shown(note)),
              "record its refund by refundCreditNote, name another credit note, or the transfer"
                  + " that paid it"));
    }
    if (refund.amountCents() != -entry.cents() || register.isProved(note)) {
      return Decision.refuse(
          BankRefusal.REFUND_DIFFERS.because(
              "creditNote",
              "credit note %s was refunded by %s%s; the entry is of %s"
                  .formatted(
                      refund.creditNote(),
                      new Cents(refund.amountCents()).inEnglish(),
                      register.isProved(note) ? ", which the bank has shown already" : "",
                      new Cents(entry.cents()).inEnglish()),
              "name the credit note that this entry refunds"));
    }
    BankEntryMatched matched =
        new BankEntryMatched(
            entry.entry(),
            entry.cents(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            c.by(),
            Optional.empty(),
            c.creditNote());
    Set<String> looked = new HashSet<>(Set.of("bank", entry.entry().tag()));
    looked.addAll(refund.tags());
    return new Decision.Accept<>(
        List.of(
            matched,
            new BankEntryProved(
                entry.entry(),
                entry.cents(),
                Optional.empty(),
                Optional.empty(),
                refund.bookedOn(),
                c.creditNote())),
        Boundary.of(looked),
        matched);
  }
}
