package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.refund.RefundRegister.Sent;
import fr.passnumerique.clearing.settlement.BankWord.Known;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
import fr.passnumerique.clearing.territory.Paris;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the bank's word makes of refunds. It looks at this capability's register, so whoever asks
 * names {@code transfer:<id>} in its boundary, or {@code credit-note:<id>}.
 */
public final class RefundWord implements TransferWord {
  private final RefundRegister register;

  RefundWord(RefundRegister register) {
    this.register = register;
  }

  @Override
  public Optional<Known> find(String endToEnd) {
    TransferId id;
    try {
      id = new TransferId(endToEnd);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    return Optional.ofNullable(register.transfer(id))
        .map(
            sent ->
                new Known(
                    id,
                    sent.standing(),
                    sent.standing() == Standing.UNSENT ? 0 : sent.transfer().amountCents(),
                    RefundFile.messageId(sent.order()),
                    sent.endedOn(),
                    register.releasedOn(sent.order()).map(Paris::dayOf),
                    orders(sent.order(), id)));
  }

  @Override
  public List<TransferId> transfersOf(String message) {
    return Optional.ofNullable(register.ofMessage(message))
        .map(
            order ->
                order.fact().transfers().stream()
                    .map(RefundsOrdered.Transfer::transfer)
                    .filter(order::orders)
                    .toList())
        .orElse(List.of());
  }

  private boolean orders(RefundOrderId id, TransferId transfer) {
    RefundRegister.Order order = register.order(id);
    return order != null && order.orders(transfer);
  }

  @Override
  public Set<String> reversalsOf(TransferId id) {
    return Set.of(FILES);
  }

  @Override
  public CreditNoteRefunded confirmed(TransferId id, BankEntry entry) {
    RefundsOrdered.Transfer refund = sent(id).transfer();
    return new CreditNoteRefunded(
        refund.creditNote(),
        refund.funder(),
        refund.amountCents(),
        entry.bookedOn(),
        refund.parts(),
        Optional.of(id),
        Optional.of(entry),
        refund.free());
  }

  @Override
  public RefundExecuted executed(TransferId id, LocalDate on) {
    Sent sent = sent(id);
    return new RefundExecuted(sent.order(), id, sent.transfer().creditNote(), on);
  }

  /** Executed before, it is paid by this debit all the same: until now it moved no money. */
  @Override
  public CreditNoteRefunded debited(TransferId id, BankEntry entry) {
    return confirmed(id, entry);
  }

  @Override
  public RefundRejected rejected(TransferId id, LocalDate on, String reason) {
    return sent(id).rejected(on, reason);
  }

  @Override
  public RefundReturned returned(TransferId id, String reason, BankEntry entry) {
    Sent sent = sent(id);
    return new RefundReturned(
        sent.order(),
        id,
        sent.transfer().creditNote(),
        sent.transfer().funder(),
        entry.bookedOn(),
        reason,
        sent.transfer().account(),
        sent.transfer().amountCents(),
        sent.transfer().parts(),
        entry,
        sent.transfer().free());
  }

  @Override
  public Optional<? extends Fact> reinstated(TransferId id, LocalDate on) {
    Sent sent = sent(id);
    boolean free =
        register.note(sent.transfer().creditNote()) != null
            && register.holder(sent.transfer().creditNote()) == null
            && register.refundedOn(sent.transfer().creditNote()) == null;
    return free
        ? Optional.of(new RefundReinstated(sent.order(), id, sent.transfer().creditNote()))
        : Optional.empty();
  }

  /**
   * By what a credit note counts as refunded.
   *
   * @param on Europe/Paris
   * @param transfer that pays it; empty if it is refunded without one
   */
  public record Refunded(LocalDate on, Optional<TransferId> transfer) {}

  /** By a clerk's word, a status of the bank or its debit; empty if it is not refunded. */
  public Optional<Refunded> refunded(CreditNoteId note) {
    Optional<TransferId> holder = Optional.ofNullable(register.holder(note));
    return Optional.ofNullable(register.refundedOn(note))
        .or(() -> holder.map(this::sent).flatMap(Sent::executedOn))
        .map(on -> new Refunded(on, holder));
  }

  /** Whether it counted as refunded on this day, Europe/Paris, by what has come back since. */
  public boolean hasComeBack(CreditNoteId note, LocalDate paidOn) {
    return register.sent(note).stream()
        .anyMatch(sent -> sent.paidBefore().filter(paidOn::equals).isPresent());
  }

  /**
   * The facts by which a note is as it was before a clerk recorded its refund, or the bank said
   * that it executed that: it counts as refunded, and the bank never showed its debit, as whoever
   * asks knows. Said of one day by both, both words fall: who names the day takes back whatever
   * counts of it.
   *
   * @param by the account
   */
  public List<Fact> takenBack(CreditNoteId note, RefundTakenBack.Reason reason, String by) {
    TransferId holder = register.holder(note);
    Optional<Sent> sent = Optional.ofNullable(holder).map(this::sent);
    Optional<LocalDate> executedOn = sent.flatMap(Sent::executedOn);
    if (sent.filter(one -> one.standing() == Standing.EXECUTED).isPresent()) {
      return List.of(executionTakenBack(sent.get(), reason, by));
    }
    LocalDate refundedOn = register.refundedOn(note);
    CreditNote issued = register.note(note);
    if (refundedOn == null || issued == null) {
      throw new IllegalStateException("credit note %s is not refunded".formatted(note));
    }
    List<Fact> back = new ArrayList<>();
    back.add(
        new RefundTakenBack(
            note,
            issued.funder(),
            issued.amountCents(),
            refundedOn,
            issued.parts(),
            sent.map(Sent::order),
            Optional.ofNullable(holder),
            executedOn,
            issued.free(),
            reason,
            by));
    if (executedOn.filter(refundedOn::equals).isPresent()) {
      back.add(executionTakenBack(sent.orElseThrow(), reason, by));
    }
    return back;
  }

  private static RefundExecutionTakenBack executionTakenBack(
      Sent sent, RefundTakenBack.Reason reason, String by) {
    return new RefundExecutionTakenBack(
        sent.order(),
        sent.transfer().transfer(),
        sent.transfer().creditNote(),
        sent.executedOn().orElseThrow(),
        reason,
        by);
  }

  @Override
  public Optional<LocalDate> paidBefore(TransferId id) {
    return sent(id).paidBefore();
  }

  /** From the day of its return on: nothing is known of a refund but its last day. */
  @Override
  public List<Fact> returnTakenBack(TransferId id, BankEntry left) {
    return sent(id).standing() == Standing.RETURNED
        ? reinstated(id, left.bookedOn())
            .map(reinstated -> List.<Fact>of(reinstated, confirmed(id, left)))
            .orElse(List.of())
        : List.of();
  }

  /**
   * Not one that was cancelled, as with runs: nobody was given its file or ever will be, so nobody
   * can have paid it by our order. A debit that bears its name all the same is unexplained and
   * breaks cover, and holds no credit note back.
   */
  @Override
  public boolean paysTheSame(TransferId one, TransferId other) {
    Sent sent = register.transfer(one);
    Sent others = register.transfer(other);
    return sent != null
        && others != null
        && !isCancelled(sent)
        && !isCancelled(others)
        && others.transfer().creditNote().equals(sent.transfer().creditNote());
  }

  /** Whether the transfer was to pay this note; not one of a cancelled order. */
  boolean pays(TransferId id, CreditNoteId note) {
    Sent sent = register.transfer(id);
    return sent != null && !isCancelled(sent) && sent.transfer().creditNote().equals(note);
  }

  private boolean isCancelled(Sent sent) {
    RefundRegister.Order order = register.order(sent.order());
    return order != null
        && order.cancelledAt() != 0
        && register.isStanding(sent.transfer().transfer(), Standing.UNSENT);
  }

  private Sent sent(TransferId id) {
    Sent sent = register.transfer(id);
    if (sent == null) {
      throw new IllegalStateException("refund %s was never ordered".formatted(id));
    }
    return sent;
  }
}
