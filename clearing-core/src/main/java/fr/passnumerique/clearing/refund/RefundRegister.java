package fr.passnumerique.clearing.refund;

import fr.passnumerique.clearing.expiry.CreditNote;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.payee.AccountsInForce;
import fr.passnumerique.clearing.payee.OpenedAccount;
import fr.passnumerique.clearing.payee.Payee;
import fr.passnumerique.clearing.settlement.BankWord.Standing;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Funders' accounts in force, orders of refunds, and where each transfer and credit note stands.
 */
final class RefundRegister implements Register {
  private final AccountsInForce accounts = new AccountsInForce();
  private final Map<CreditNoteId, CreditNote> notes = new LinkedHashMap<>();
  private final Map<RefundOrderId, Order> orders = new LinkedHashMap<>();

  /** By the identification of their files at the bank. */
  private final Map<String, Order> byMessage = new HashMap<>();

  private final Map<TransferId, Sent> transfers = new HashMap<>();

  /** The transfer that holds a note: ordered, or paid. */
  private final Map<CreditNoteId, TransferId> holders = new HashMap<>();

  private final Map<CreditNoteId, LocalDate> refunded = new HashMap<>();

  /** An order and how far it has come; positions of facts, 0 where there is none. */
  static final class Order {
    private final RefundsOrdered fact;
    private final long position;
    private long releasedAt;
    private @Nullable RefundsReleased released;
    private @Nullable Instant releasedOn;
    private long cancelledAt;
    private final List<RefundFileDownloaded> downloads = new ArrayList<>();

    private Order(RefundsOrdered fact, long position) {
      this.fact = fact;
      this.position = position;
    }

    RefundsOrdered fact() {
      return fact;
    }

    long position() {
      return position;
    }

    long releasedAt() {
      return releasedAt;
    }

    Optional<RefundsReleased> released() {
      return Optional.ofNullable(released);
    }

    Optional<Instant> releasedOn() {
      return Optional.ofNullable(releasedOn);
    }

    long cancelledAt() {
      return cancelledAt;
    }

    List<RefundFileDownloaded> downloads() {
      return Collections.unmodifiableList(downloads);
    }

    boolean isHandedOut() {
      return !downloads.isEmpty();
    }

    /** Whether the file that was handed out has a transfer. */
    boolean orders(TransferId transfer) {
      return isHandedOut() && !downloads.getFirst().leftOut().contains(transfer);
    }
  }

  /** A transfer and where it stands. */
  static final class Sent {
    private final RefundOrderId order;
    private final RefundsOrdered.Transfer transfer;
    private Standing standing = Standing.UNSENT;
    private @Nullable LocalDate endedOn;
    private @Nullable String reason;
    private long endedAt;
    private boolean byHand;
    private @Nullable LocalDate executedOn;
    private @Nullable LocalDate paidBefore;

    private Sent(RefundOrderId order, RefundsOrdered.Transfer transfer) {
      this.order = order;
      this.transfer = transfer;
    }

    private void end(Standing next, LocalDate on, @Nullable String why, long position) {
      endedAt = position;
      standing = next;
      endedOn = on;
      reason = why;
    }

    private void execute(RefundExecuted fact, long position) {
      executedOn = fact.executedOn();
      end(Standing.EXECUTED, fact.executedOn(), null, position);
    }

    private void goBackInTransit() {
      standing = Standing.ORDERED;
      executedOn = null;
      endedOn = null;
      paidBefore = null;
    }

    private void refund(CreditNoteRefunded fact, long position) {
      byHand = fact.entry().isEmpty();
      end(Standing.CONFIRMED, fact.bookedOn(), null, position);
    }

    private void comeBack(RefundReturned fact, long position) {
      paidBefore = endedOn;
      end(Standing.RETURNED, fact.returnedOn(), fact.reason(), position);
    }

    /** As it was before a clerk said that the bank had debited it. */
    private void takeBack(RefundTakenBack fact) {
      standing = fact.executedOn().isPresent() ? Standing.EXECUTED : Standing.ORDERED;
      endedOn = fact.executedOn().orElse(null);
    }

    RefundOrderId order() {
      return order;
    }

    RefundsOrdered.Transfer transfer() {
      return transfer;
    }

    Standing standing() {
      return standing;
    }

    /** The position of the fact of its end; 0 if it has none. */
    long endedAt() {
      return endedAt;
    }

    /** Whether only a clerk's word confirms it, or did first. */
    boolean isConfirmedByHand() {
      return standing == Standing.CONFIRMED && byHand;
    }

    /** Since when it counts as paid by a status of the bank; empty if by none. */
    Optional<LocalDate> executedOn() {
      return Optional.ofNullable(executedOn);
    }

    /** When it counted as paid before it came back; empty if it has not. */
    Optional<LocalDate> paidBefore() {
      return Optional.ofNullable(paidBefore);
    }

    /** The fact of its rejection. */
    RefundRejected rejected(LocalDate on, String why) {
      return new RefundRejected(
          order,
          transfer.transfer(),
          transfer.creditNote(),
          transfer.funder(),
          on,
          why,
          transfer.account());
    }

    Optional<LocalDate> endedOn() {
      return Optional.ofNullable(endedOn);
    }

    Optional<String> reason() {
      return Optional.ofNullable(reason);
    }
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    accounts.fold(fact);
    switch (fact) {
      case CreditNote note -> notes.put(note.creditNote(), note);
      case GiveBackCancelled f -> notes.remove(f.creditNote());
      case RefundsOrdered f -> order(f, position);
      case RefundsReleased f -> {
        Order order = known(f.order());
        order.released = f;
        order.releasedAt = position;
        order.releasedOn = recordedAt;
        order.fact.transfers().forEach(t -> sent(t.transfer()).standing = Standing.ORDERED);
      }
      case RefundsCancelled f -> {
        Order order = known(f.order());
        order.cancelledAt = position;
        order.fact.transfers().stream()
            .filter(transfer -> f.creditNotes().contains(transfer.creditNote()))
            .forEach(transfer -> sent(transfer.transfer()).standing = Standing.UNSENT);
        f.creditNotes().forEach(holders::remove);
      }
      case RefundFileDownloaded f -> known(f.order()).downloads.add(f);
      case RefundExecuted f -> sent(f.transfer()).execute(f, position);
      case RefundExecutionTakenBack f -> sent(f.transfer()).goBackInTransit();
      case RefundReinstated f -> {
        sent(f.transfer()).goBackInTransit();
        holders.put(f.creditNote(), f.transfer());
      }
      case CreditNoteRefunded f -> {
        refunded.put(f.creditNote(), f.bookedOn());
        f.transfer().ifPresent(id -> sent(id).refund(f, position));
      }
      case RefundTakenBack f -> {
        refunded.remove(f.creditNote());
        f.transfer().ifPresent(id -> sent(id).takeBack(f));
      }
      case RefundRejected f -> {
        sent(f.transfer()).end(Standing.REJECTED, f.rejectedOn(), f.reason(), position);
        holders.remove(f.creditNote());
      }
      case RefundReturned f -> {
        sent(f.transfer()).comeBack(f, position);
        refunded.remove(f.creditNote());
        holders.remove(f.creditNote());
      }
      default -> {}
    }
  }

  private void order(RefundsOrdered fact, long position) {
    Order order = new Order(fact, position);
    orders.put(fact.order(), order);
    byMessage.put(RefundFile.messageId(fact.order()), order);
    for (RefundsOrdered.Transfer transfer : fact.transfers()) {
      transfers.put(transfer.transfer(), new Sent(fact.order(), transfer));
      holders.put(transfer.creditNote(), transfer.transfer());
    }
  }

  private Order known(RefundOrderId id) {
    Order order = orders.get(id);
    if (order == null) {
      throw new IllegalStateException("refund order %s was never made".formatted(id));
    }
    return order;
  }

  /** When an order was released; empty if nobody has. */
  Optional<Instant> releasedOn(RefundOrderId id) {
    return known(id).releasedOn();
  }

  private Sent sent(TransferId id) {
    Sent sent = transfers.get(id);
    if (sent == null) {
      throw new IllegalStateException("refund %s was never ordered".formatted(id));
    }
    return sent;
  }

  // --- questions

  /** The vault's entry of the account that is refunded to; null if there is none in force. */
  @Nullable VaultReference account(FunderId funder) {
    return accounts.of(Payee.of(funder)).map(OpenedAccount::account).orElse(null);
  }

  /** Null if there is none, or none any more. */
  @Nullable CreditNote note(CreditNoteId id) {
    return notes.get(id);
  }

  @Nullable LocalDate refundedOn(CreditNoteId id) {
    return refunded.get(id);
  }

  /** All transfers that were ever to pay a note. */
  List<Sent> sent(CreditNoteId note) {
    return transfers.values().stream()
        .filter(sent -> sent.transfer().creditNote().equals(note))
        .toList();
  }

  /** The transfer that is to pay a note, or has; null if none is. */
  @Nullable TransferId holder(CreditNoteId id) {
    return holders.get(id);
  }

  @Nullable Order order(RefundOrderId id) {
    return orders.get(id);
  }

  /** Whose file has this identification at the bank; null if none's has. */
  @Nullable Order ofMessage(String message) {
    return byMessage.get(message);
  }

  /** In the order in which they were made. */
  Collection<Order> orders() {
    return Collections.unmodifiableCollection(orders.values());
  }

  /** What its file does not have: what had an end when it was first handed out, or has one now. */
  List<TransferId> leftOut(Order order) {
    return order.isHandedOut()
        ? order.downloads().getFirst().leftOut()
        : order.fact().transfers().stream()
            .map(RefundsOrdered.Transfer::transfer)
            .filter(id -> !isUndecided(id))
            .toList();
  }

  /** Whether nothing is known of its end. */
  boolean isUndecided(TransferId id) {
    return isStanding(id, Standing.UNSENT) || isStanding(id, Standing.ORDERED);
  }

  boolean isStanding(TransferId id, Standing standing) {
    return sent(id).standing() == standing;
  }

  @Nullable Sent transfer(TransferId id) {
    return transfers.get(id);
  }
}
