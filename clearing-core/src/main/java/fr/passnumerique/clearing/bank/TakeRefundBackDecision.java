package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.TakeRefundBack.TakenBack;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundWord;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * As a confirmation by hand ({@code takeConfirmationBack}), by one clerk. Where a transfer was to
 * pay it, that holds the note until another word of the bank, or a clerk's, says what became of it.
 *
 * <p>Boundary: the note, its transfer, and all that the bank says, which may show the debit
 * meanwhile: a debit without a transfer is proof of the note by its name, and has no other tag.
 */
final class TakeRefundBackDecision implements Decider<TakeRefundBack, TakenBack> {
  private final BankRegister register;
  private final RefundWord word;

  TakeRefundBackDecision(BankRegister register, RefundWord word) {
    this.register = register;
    this.word = word;
  }

  @Override
  public Class<TakeRefundBack> command() {
    return TakeRefundBack.class;
  }

  @Override
  public Decision<TakenBack> decide(TakeRefundBack c, Instant receivedAt) {
    CreditNoteId note = c.creditNote();
    Long before = register.refundTakenBack(note, c.paidOn());
    if (before != null) {
      return new Decision.Known<>(before, fact -> reply(TakenBack.of(fact), c));
    }
    List<Fact> back = word.takenBack(note, c.reason(), c.by());
    if (back.isEmpty()) {
      return Decision.refuse(
          BankRefusal.REFUND_NOT_RECORDED.because(
              "creditNoteId",
              "no clerk has recorded that credit note %s was refunded, nor has the bank said that it executed that"
                  .formatted(note),
              "read the credit notes for what was refunded (readCreditNotes); a return that the"
                  + " bank tells is imported"));
    }
    TakenBack answer = TakenBack.of(back.getFirst());
    if (!answer.paidOn().equals(c.paidOn())) {
      return Decision.refuse(
          BankRefusal.NOT_CONFIRMED.because(
              "paidOn",
              "credit note %s does not count as refunded on %s, but on %s"
                  .formatted(note, c.paidOn(), answer.paidOn()),
              "read the credit notes for what has become of it (readCreditNotes)"));
    }
    if (isShown(answer)) {
      return Decision.refuse(
          BankRefusal.REFUND_SHOWN.because(
              "creditNoteId",
              "the debit that refunds credit note %s is on a statement of the bank".formatted(note),
              "have the bank correct its statement; what it tells no more is taken back by"
                  + " closeBankException"));
    }
    Set<String> looked = new HashSet<>();
    back.forEach(fact -> looked.addAll(fact.tags()));
    return new Decision.Accept<>(back, Boundary.of(looked), answer);
  }

  private boolean isShown(TakenBack word) {
    return word.transfer()
        .map(register::isProved)
        .orElseGet(() -> register.isProved(word.creditNote().value()));
  }

  private static Decision.Reply<TakenBack> reply(TakenBack recorded, TakeRefundBack c) {
    return recorded.reason() == c.reason()
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            BankRefusal.REFUND_ALREADY_TAKEN_BACK.because(
                "reason",
                "the refund of credit note %s was taken back for another reason, %s"
                    .formatted(c.creditNote(), recorded.reason()),
                "nothing is to be done"));
  }
}
