package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.PAYMENT_MOVED_ON;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.PAYMENT_SHOWN;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.PAYMENT_TAKEN_BACK;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_DEBIT_NOTE;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_PAYMENT;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.reversal.ReversalRegister.Note;
import fr.passnumerique.clearing.reversal.ReversalRegister.Payment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the bank has shown is the bank's to correct; what it has not is a clerk's word alone, and
 * one clerk takes it back, as one records it: the note asks for it again, and nobody is paid by
 * that. What has gone on to the funders by credit notes stays: the venue owes it, and its payment
 * proves what was recorded.
 *
 * <p>What a clerk has taken back is answered so whatever came for that day since: the bank's entry
 * for less is booked on the day for which he had recorded the whole.
 *
 * <p>Boundary: the note and the venue's reversals, whose lines may be credited or lifted meanwhile;
 * and the bank, which may show the payment.
 */
final class TakeDebitNotePaymentBackDecision
    implements Decider<TakeDebitNotePaymentBack, DebitNotePaymentTakenBack> {
  private final ReversalRegister register;

  TakeDebitNotePaymentBackDecision(ReversalRegister register) {
    this.register = register;
  }

  @Override
  public Class<TakeDebitNotePaymentBack> command() {
    return TakeDebitNotePaymentBack.class;
  }

  @Override
  public Decision<DebitNotePaymentTakenBack> decide(
      TakeDebitNotePaymentBack c, Instant receivedAt) {
    Note note = register.note(c.debitNote());
    if (note == null) {
      return Decision.refuse(
          UNKNOWN_DEBIT_NOTE.because(
              "debitNoteId",
              "there is no debit note %s".formatted(c.debitNote()),
              "name one that was issued"));
    }
    Long takenBack = note.takenBack().get(c.paidOn());
    if (takenBack != null) {
      return known(takenBack, c);
    }
    Optional<Payment> unshown =
        note.unshown().filter(payment -> payment.fact().paidOn().equals(c.paidOn()));
    if (unshown.isEmpty()) {
      return notThere(c, note);
    }
    DebitNotePaid paid = unshown.get().fact();
    Optional<DebitNotePaymentTakenBack> back =
        NotePayments.takenBack(register, note, paid, c.reason(), c.by());
    if (back.isEmpty()) {
      return Decision.refuse(movedOn(paid));
    }
    Set<String> looked = new HashSet<>(back.get().tags());
    looked.add("bank");
    return Decision.accept(back.get(), Boundary.of(looked), back.get());
  }

  private Refusal movedOn(DebitNotePaid paid) {
    boolean lifted = paid.lines().stream().anyMatch(line -> isLifted(line.cheque()));
    boolean credited =
        paid.lines().stream().anyMatch(line -> register.credits().isCredited(line.cheque()));
    List<String> why = new ArrayList<>();
    if (lifted) {
      why.add("the reversal of lines of it was lifted, so that a run pays them to the venue again");
    }
    if (credited || !lifted) {
      why.add("the value of lines of it is on a credit note");
    }
    String cents = new Cents(paid.cents()).inEnglish();
    return PAYMENT_MOVED_ON.because(
        "debitNoteId",
        "less than the %s that were recorded of debit note %s on %s can be taken back: %s"
            .formatted(cents, paid.debitNote(), paid.paidOn(), String.join("; ", why)),
        "have the venue pay %s in one payment%s, and match the entry to the note (matchBankEntry): it proves what was recorded; pay back whole what came otherwise, and offset the two entries"
            .formatted(
                cents,
                lifted ? ", since it is paid for the lifted lines as if it had paid it" : ""));
  }

  private boolean isLifted(Serial cheque) {
    ReversalRegister.Line line = register.reversed(cheque);
    return line != null
        && switch (line.recovery()) {
          case OWED_AGAIN, FORGIVEN -> true;
          case NONE, CLAIMED, BEING_NETTED, ON_DEBIT_NOTE, DUE_BACK -> false;
        };
  }

  private static Decision<DebitNotePaymentTakenBack> notThere(
      TakeDebitNotePaymentBack c, Note note) {
    if (note.payments().stream().anyMatch(one -> one.fact().paidOn().equals(c.paidOn()))) {
      return Decision.refuse(
          PAYMENT_SHOWN.because(
              "paidOn",
              "the payment of debit note %s of %s is on a statement of the bank"
                  .formatted(c.debitNote(), c.paidOn()),
              "have the bank correct its statement; what it tells no more is taken back by"
                  + " closeBankException"));
    }
    Long toldNoMore = note.toldNoMore().get(c.paidOn());
    return toldNoMore != null
        ? known(toldNoMore, c)
        : Decision.refuse(
            UNKNOWN_PAYMENT.because(
                "paidOn",
                "no payment of debit note %s is recorded for %s"
                    .formatted(c.debitNote(), c.paidOn()),
                "read the note for the days of its payments (readDebitNote)"));
  }

  private static Decision<DebitNotePaymentTakenBack> known(
      long position, TakeDebitNotePaymentBack c) {
    return new Decision.Known<>(
        position,
        recorded -> {
          DebitNotePaymentTakenBack back = (DebitNotePaymentTakenBack) recorded;
          return back.reason().filter(c.reason()::equals).isPresent()
              ? new Decision.Reply.Same<>(back)
              : new Decision.Reply.Different<>(
                  PAYMENT_TAKEN_BACK.because(
                      "reason",
                      "the payment of debit note %s of %s was taken back%s"
                          .formatted(
                              c.debitNote(),
                              c.paidOn(),
                              back.reason()
                                  .map(reason -> " for another reason, " + reason)
                                  .orElse(" since the bank tells it no more")),
                      "nothing is to be done"));
        });
  }
}
