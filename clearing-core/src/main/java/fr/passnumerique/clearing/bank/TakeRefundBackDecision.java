package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankRegister.NotRefunded;
import fr.passnumerique.clearing.bank.TakeRefundBack.TakenBack;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.refund.RefundWord;
import fr.passnumerique.clearing.refund.RefundWord.Refunded;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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
    Optional<Refunded> counts = word.refunded(note);
    boolean shown = counts.filter(one -> isShown(note, one)).isPresent();
    List<NotRefunded> before = register.refundsTakenBack(note, c.paidOn());
    if (c.transfer().isEmpty()
        && !shown
        && counts.filter(it -> isAnother(it, c, before)).isPresent()) {
      return Decision.refuse(
          BankRefusal.TRANSFER_NOT_NAMED.because(
              "transfer",
              "that credit note %s was refunded on %s%s was taken back before, and now it counts as refunded on that day%s"
                  .formatted(
                      note,
                      c.paidOn(),
                      by(before.getFirst().transfer()),
                      by(counts.orElseThrow().transfer())),
              "name the transfer that it is taken back of, if it is"));
    }
    Optional<NotRefunded> same =
        before.stream()
            .filter(one -> c.transfer().isEmpty() || one.transfer().equals(c.transfer()))
            .findFirst();
    if (same.isPresent()) {
      return new Decision.Known<>(same.get().position(), fact -> reply(TakenBack.of(fact), c));
    }
    if (counts.isEmpty()) {
      return Decision.refuse(notRefunded(c));
    }
    if (shown) {
      return Decision.refuse(
          BankRefusal.REFUND_SHOWN.because(
              "creditNoteId",
              "the debit that refunds credit note %s is on a statement of the bank".formatted(note),
              "have the bank correct its statement; what it tells no more is taken back by"
                  + " closeBankException"));
    }
    return isMeant(c, counts.get()) ? accept(c) : Decision.refuse(notSo(c, counts.get()));
  }

  /** Whoever sends it again late is not to take back what counts since. */
  private static boolean isAnother(Refunded counts, TakeRefundBack c, List<NotRefunded> before) {
    return counts.on().equals(c.paidOn())
        && !before.isEmpty()
        && before.stream().noneMatch(one -> one.transfer().equals(counts.transfer()));
  }

  private static boolean isMeant(TakeRefundBack c, Refunded counts) {
    return counts.on().equals(c.paidOn())
        && (c.transfer().isEmpty() || c.transfer().equals(counts.transfer()));
  }

  private boolean isShown(CreditNoteId note, Refunded counts) {
    return counts
        .transfer()
        .map(register::isProved)
        .orElseGet(() -> register.isProved(note.value()));
  }

  private Decision<TakenBack> accept(TakeRefundBack c) {
    List<Fact> back = word.takenBack(c.creditNote(), c.reason(), c.by());
    Set<String> looked = new HashSet<>();
    back.forEach(fact -> looked.addAll(fact.tags()));
    return new Decision.Accept<>(back, Boundary.of(looked), TakenBack.of(back.getFirst()));
  }

  private Refusal notRefunded(TakeRefundBack c) {
    return word.hasComeBack(c.creditNote(), c.paidOn())
        ? BankRefusal.REFUND_SHOWN.because(
            "creditNoteId",
            "what refunded credit note %s on %s has come back, as the bank has shown"
                .formatted(c.creditNote(), c.paidOn()),
            "it is due back again: order its refund anew (orderRefunds)")
        : BankRefusal.REFUND_NOT_RECORDED.because(
            "creditNoteId",
            "no clerk has recorded that credit note %s was refunded, nor has the bank said that it executed that"
                .formatted(c.creditNote()),
            "read the credit notes for what was refunded (readCreditNotes); a return that the"
                + " bank tells is imported");
  }

  private static Refusal notSo(TakeRefundBack c, Refunded counts) {
    return BankRefusal.NOT_CONFIRMED.because(
        counts.on().equals(c.paidOn()) ? "transfer" : "paidOn",
        "credit note %s does not count as refunded on %s%s, but on %s%s"
            .formatted(
                c.creditNote(),
                c.paidOn(),
                c.transfer().isEmpty() ? "" : by(c.transfer()),
                counts.on(),
                by(counts.transfer())),
        "read the credit notes for what has become of it (readCreditNotes)");
  }

  private static String by(Optional<TransferId> transfer) {
    return transfer.map(id -> " by transfer " + id).orElse(" without a transfer");
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
