package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.payee.AccountsInForce;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Doubt;
import fr.passnumerique.clearing.settlement.TransferId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A note is in one order at most whose end is not known, and in none while the bank may have paid
 * it already, so it is never paid twice. Boundary: the order, each note (whatever refunds it names
 * it), all that the bank says, and the accounts of all payees, since the bank closes an IBAN for
 * all who are paid to it.
 */
final class OrderRefundsDecision implements Decider<OrderRefunds, RefundsOrdered> {
  private final RefundRegister register;
  private final RefundWord word;
  private final DoubtfulTransfers doubtful;

  OrderRefundsDecision(RefundRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.word = new RefundWord(register);
    this.doubtful = doubtful;
  }

  @Override
  public Class<OrderRefunds> command() {
    return OrderRefunds.class;
  }

  @Override
  public Decision<RefundsOrdered> decide(OrderRefunds c, Instant receivedAt) {
    RefundRegister.Order made = register.order(c.order());
    if (made != null) {
      return new Decision.Known<>(made.position(), fact -> reply((RefundsOrdered) fact, c));
    }
    if (c.creditNotes().isEmpty()) {
      return Decision.refuse(
          RefundRefusal.NOTES_MISSING.because(
              "creditNotes",
              "an order of refunds names at least one credit note",
              "read the credit notes for those that are not refunded"));
    }
    List<RefundsOrdered.Transfer> transfers = new ArrayList<>();
    Set<String> looked = new HashSet<>(AccountsInForce.TAGS);
    looked.add(DoubtfulTransfers.TAG);
    Set<CreditNoteId> seen = new HashSet<>();
    List<Doubt> doubts = doubtful.doubts();
    for (CreditNoteId id : c.creditNotes()) {
      Refusal refusal = seen.add(id) ? refusal(id, doubts) : listedTwice(id);
      if (refusal != null) {
        return Decision.refuse(refusal.withValue(id.value()));
      }
      CreditNote note = Objects.requireNonNull(register.note(id));
      transfers.add(
          new RefundsOrdered.Transfer(
              RefundFile.transferId(c.order(), id),
              id,
              note.funder(),
              Objects.requireNonNull(register.account(note.funder())),
              note.amountCents(),
              note.parts(),
              note.free()));
    }
    RefundsOrdered ordered = new RefundsOrdered(c.order(), transfers, c.by());
    looked.addAll(ordered.tags());
    return Decision.accept(ordered, Boundary.of(looked), ordered);
  }

  private static Decision.Reply<RefundsOrdered> reply(RefundsOrdered recorded, OrderRefunds c) {
    return recorded.transfers().stream()
            .map(RefundsOrdered.Transfer::creditNote)
            .toList()
            .equals(c.creditNotes())
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            RefundRefusal.REFUND_ORDER_ALREADY_MADE.because(
                "order",
                "order %s is of other credit notes".formatted(c.order()),
                "choose another identifier for another order"));
  }

  private static Refusal listedTwice(CreditNoteId id) {
    return RefundRefusal.LISTED_TWICE.because(
        "creditNotes", "credit note %s is named twice".formatted(id), "name it once");
  }

  private @Nullable Refusal refusal(CreditNoteId id, List<Doubt> doubts) {
    CreditNote note = register.note(id);
    if (note == null) {
      return RefundRefusal.UNKNOWN_CREDIT_NOTE.because(
          "creditNotes",
          "credit note %s is not issued".formatted(id),
          "copy it from the credit notes");
    }
    LocalDate refundedOn = register.refundedOn(id);
    if (refundedOn != null) {
      return RefundRefusal.CREDIT_NOTE_ALREADY_REFUNDED.because(
          "creditNotes",
          "credit note %s was refunded on %s".formatted(id, refundedOn),
          "leave it out");
    }
    TransferId holder = register.holder(id);
    if (holder != null) {
      return RefundRefusal.REFUND_UNDER_WAY.because(
          "creditNotes",
          "transfer %s is to refund credit note %s, and its end is not known".formatted(holder, id),
          "cancel its order (cancelRefunds) while nobody has downloaded its file; else "
              + RefundRefusal.UNTIL_THE_BANK_SAYS);
    }
    Optional<Doubt> doubt =
        doubts.stream().filter(one -> word.pays(one.transfer(), id)).findFirst();
    if (doubt.isPresent()) {
      return RefundRefusal.MAY_BE_PAID_ALREADY.because(
          "creditNotes",
          "credit note %s may be refunded: %s".formatted(id, doubt.get().because()),
          "leave it out; then " + doubt.get().remedy());
    }
    return register.account(note.funder()) == null
        ? RefundRefusal.FUNDER_ACCOUNT_MISSING.because(
            "creditNotes",
            "funder %s has no account to be refunded to".formatted(note.funder()),
            "propose one and have another clerk confirm it")
        : null;
  }
}
