package fr.passnumerique.clearing.worklist;

import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.refund.RefundFileDownloaded;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.refund.RefundsReleased;
import fr.passnumerique.clearing.settlement.CreditTransferFileDownloaded;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TargetCalendar;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.worklist.Task.Kind;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What two people released and the bank has not paid or refused: its file was never taken to the
 * bank, or the bank is silent. A file is known as taken when somebody downloads it, so the bank's
 * time runs from there; until then the download is the task. Holds what is not ended only, and what
 * ended before its file was taken.
 */
final class SentRegister implements Register {
  /** Execution on the next banking day, its statement on the second, and one for the clerk. */
  static final int USUAL_DAYS = 3;

  private final int days;
  private final Orders runs = new Orders(Kind.DOWNLOAD_TRANSFER_FILE, Kind.CHASE_TRANSFERS);
  private final Orders refunds = new Orders(Kind.DOWNLOAD_REFUND_FILE, Kind.CHASE_REFUNDS);

  /** What rejected refunds come to: the fact by which one is executed after all does not tell. */
  private final Map<TransferId, Long> rejected = new HashMap<>();

  /**
   * @param days that the bank has to answer, banking days after that of the download; at least 1
   */
  SentRegister(int days) {
    if (days < 1) {
      throw new IllegalArgumentException("a bank answers within 1 banking day or more: " + days);
    }
    this.days = days;
  }

  @Override
  public void fold(Fact fact, long position, Instant at) {
    switch (fact) {
      case SettlementRunOpened f -> take(f.run(), f.transfers());
      case SettlementRunContinued f -> take(f.run(), f.transfers());
      case SettlementRunCancelled f -> runs.cancel(f.run());
      case SettlementRunReleased f -> runs.release(f.run(), at, f.executionOn());
      case CreditTransferFileDownloaded f -> runs.download(f.run(), at);
      // Executed by the bank's word, after a rejection too, it waits for its debit.
      case TransferExecuted f -> runs.reopen(f.run(), f.transfer(), f.amountCents(), at);
      case TransferDebited f -> runs.end(f.transfer());
      case TransferConfirmed f -> runs.end(f.transfer());
      case TransferRejected f -> runs.end(f.transfer());
      case TransferDebitTakenBack f -> runs.reopen(f.run(), f.transfer(), f.amountCents(), at);
      case RefundsOrdered f ->
          f.transfers().forEach(one -> refunds.take(f.order(), one.transfer(), one.amountCents()));
      case RefundsCancelled f -> refunds.cancel(f.order());
      case RefundsReleased f -> refunds.release(f.order(), at, f.executionOn());
      case RefundFileDownloaded f -> refunds.download(f.order(), at);
      case RefundRejected f -> reject(f.transfer());
      // Paid after all by the bank's word, it waits for its debit, as a run's transfer.
      case RefundReinstated f -> reinstate(f, at);
      case CreditNoteRefunded f -> f.transfer().ifPresent(refunds::end);
      case RefundTakenBack f ->
          f.transfer()
              .ifPresent(id -> refunds.reopen(f.order().orElseThrow(), id, f.amountCents(), at));
      default -> {}
    }
  }

  private void take(Object run, List<SettlementRunOpened.Transfer> transfers) {
    transfers.forEach(one -> runs.take(run, one.transfer(), one.amountCents()));
  }

  private void reject(TransferId refund) {
    refunds.cents(refund).ifPresent(cents -> rejected.put(refund, cents));
    refunds.end(refund);
  }

  private void reinstate(RefundReinstated fact, Instant at) {
    Long cents = rejected.remove(fact.transfer());
    // One that had come back is paid by what is recorded with it.
    if (cents != null) {
      refunds.reopen(fact.order(), fact.transfer(), cents, at);
    }
  }

  /** The operator's. */
  List<Task> tasks(LocalDate today) {
    List<Task> tasks = new ArrayList<>();
    runs.tell(today, tasks);
    refunds.tell(today, tasks);
    return tasks;
  }

  /** How many orders are held. */
  int size() {
    return runs.open.size() + refunds.open.size();
  }

  /** Of one kind of file. */
  private final class Orders {
    private final Kind download;
    private final Kind chase;
    private final Map<String, Order> open = new LinkedHashMap<>();

    /** Ended though nobody had their file: few, for the bank has debited them all the same. */
    private final Map<String, Order> neverSent = new HashMap<>();

    private final Map<TransferId, String> orderOf = new HashMap<>();

    private Orders(Kind download, Kind chase) {
      this.download = download;
      this.chase = chase;
    }

    private void take(Object id, TransferId transfer, long cents) {
      open.computeIfAbsent(id.toString(), _ -> new Order()).cents.put(transfer, cents);
      orderOf.put(transfer, id.toString());
    }

    private void cancel(Object id) {
      Order order = open.remove(id.toString());
      if (order != null) {
        order.cents.keySet().forEach(orderOf::remove);
      }
    }

    private void release(Object id, Instant at, LocalDate executionOn) {
      Order order = open.get(id.toString());
      if (order != null) {
        order.releasedAt = at;
        order.executionOn = executionOn;
      }
    }

    private void download(Object id, Instant at) {
      Order order = open.get(id.toString());
      if (order != null && order.silentAfter == null) {
        LocalDate last = Paris.dayOf(at);
        for (int day = 0; day < days; day++) {
          last = TargetCalendar.next(last);
        }
        order.silentAfter = last;
      }
    }

    /**
     * The bank tells its debit no more: it has as long again to tell another, if its file was ever
     * taken to it.
     */
    private void reopen(Object id, TransferId transfer, long cents, Instant at) {
      Order unsent = neverSent.remove(id.toString());
      if (unsent != null) {
        open.put(id.toString(), unsent);
      }
      boolean ended = !open.containsKey(id.toString());
      take(id, transfer, cents);
      if (ended) {
        download(id, at);
      }
    }

    /** Of a transfer that has no end; empty of any other. */
    private Optional<Long> cents(TransferId transfer) {
      return Optional.ofNullable(orderOf.get(transfer))
          .map(open::get)
          .map(order -> order.cents.get(transfer));
    }

    private void end(TransferId transfer) {
      String id = orderOf.remove(transfer);
      Order order = id == null ? null : open.get(id);
      if (id != null && order != null) {
        order.cents.remove(transfer);
        if (order.cents.isEmpty()) {
          open.remove(id);
          if (order.silentAfter == null && order.releasedAt != null) {
            neverSent.put(id, order);
          }
        }
      }
    }

    private void tell(LocalDate today, List<Task> tasks) {
      open.forEach(
          (id, order) -> {
            Instant released = order.releasedAt;
            LocalDate silentAfter = order.silentAfter;
            if (silentAfter != null) {
              if (today.isAfter(silentAfter)) {
                Instant since = Paris.startOf(silentAfter.plusDays(1));
                tasks.add(task(chase, id, since, order, Optional.empty()));
              }
            } else if (released != null) {
              tasks.add(task(download, id, released, order, order.executionOn()));
            }
          });
    }

    private static Task task(
        Kind kind, String id, Instant since, Order order, Optional<LocalDate> dueOn) {
      return new Task(kind, id, since, order.openCents(), dueOn, Optional.empty());
    }
  }

  /** One run or order of refunds. */
  private static final class Order {
    /** What has no end. */
    private final Map<TransferId, Long> cents = new HashMap<>();

    private @Nullable Instant releasedAt;
    private @Nullable LocalDate executionOn;

    /** The last day on which the bank is in time; null until the file is downloaded. */
    private @Nullable LocalDate silentAfter;

    private long openCents() {
      return cents.values().stream().mapToLong(Long::longValue).reduce(0, Math::addExact);
    }

    private Optional<LocalDate> executionOn() {
      return Optional.ofNullable(executionOn);
    }
  }
}
