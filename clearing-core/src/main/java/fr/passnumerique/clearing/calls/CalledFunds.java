package fr.passnumerique.clearing.calls;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsArrived;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
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
 * A fold of what is called and what of it has come.
 *
 * <p>A receipt settles the call whose reference it carries, then the oldest open calls of the same
 * share, in the order in which they were made; funds that are transferred from another agreement
 * settle the oldest too. What comes beyond them is credit of the funder like any other, and settles
 * no later call: what may be called is what is not paid in. A clerk's receipt settles calls when it
 * is recorded; the bank's proof of it settles none again.
 */
public final class CalledFunds {
  private final Map<CallId, Call> calls = new LinkedHashMap<>();

  /**
   * Of which something is still asked for. What has come is asked for again if it is taken back.
   */
  private final Map<CallId, Call> open = new LinkedHashMap<>();

  private final Map<Share, List<Call>> ofShares = new HashMap<>();
  private final Map<String, Call> byReference = new HashMap<>();

  /** Calls whose reference receipts carried that brought more than was asked for. */
  private final Map<ReceiptId, Call> beyond = new HashMap<>();

  private record Share(AgreementId agreement, FunderId funder) {}

  /** How far a call has come. */
  public enum State {
    OPEN,
    PART_PAID,
    PAID,
    /** What was paid on it before stays paid. */
    CANCELLED
  }

  /**
   * What came for a call: by a receipt, or by a transfer of funds.
   *
   * @param receipt empty for a transfer
   * @param valueDate the bank's, Europe/Paris; empty for a transfer, of which the bank knows
   *     nothing
   * @param fundsTransfer empty for a receipt
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Payment(
      Optional<String> receipt,
      Optional<LocalDate> valueDate,
      Optional<String> fundsTransfer,
      long cents) {
    static Payment of(FundsArrived funds, long cents) {
      return switch (funds) {
        case FundsReceived f ->
            new Payment(
                Optional.of(f.receipt().value()),
                Optional.of(f.valueDate()),
                Optional.empty(),
                cents);
        case FundsTransferred f ->
            new Payment(
                Optional.empty(), Optional.empty(), Optional.of(f.transfer().value()), cents);
      };
    }
  }

  /** One call and what has come for it. */
  public static final class Call {
    private final FundsCalled fact;
    private final long position;
    private final List<Payment> payments = new ArrayList<>();
    private long received;
    private long beyond;
    private @Nullable FundsCallCancelled cancelled;
    private long cancelledAt;

    private Call(FundsCalled fact, long position) {
      this.fact = fact;
      this.position = position;
    }

    public FundsCalled fact() {
      return fact;
    }

    long position() {
      return position;
    }

    public List<Payment> payments() {
      return Collections.unmodifiableList(payments);
    }

    public long receivedCents() {
      return received;
    }

    /** What payments that carry its reference brought and no call had asked for. */
    long beyondCents() {
      return beyond;
    }

    /** What is still asked for. */
    public long openCents() {
      return cancelled == null ? fact.amountCents() - received : 0;
    }

    Optional<FundsCallCancelled> cancelled() {
      return Optional.ofNullable(cancelled);
    }

    /** Position of the fact that cancels it; 0 if none does. */
    long cancelledAt() {
      return cancelledAt;
    }

    public State state() {
      if (cancelled != null) {
        return State.CANCELLED;
      }
      if (received == 0) {
        return State.OPEN;
      }
      return received < fact.amountCents() ? State.PART_PAID : State.PAID;
    }

    /** Whether something of it is asked for and its last day is over. */
    public boolean late(LocalDate today) {
      return openCents() > 0 && today.isAfter(fact.dueOn());
    }

    /** What a receipt brought for it is asked for again. */
    private long unsettle(ReceiptId receipt) {
      long back = 0;
      for (Payment payment : List.copyOf(payments)) {
        if (payment.receipt().filter(receipt.value()::equals).isPresent()) {
          payments.remove(payment);
          back += payment.cents();
        }
      }
      received -= back;
      return back;
    }

    private long settle(FundsArrived funds, long cents) {
      long part = Math.min(cents, openCents());
      if (part > 0) {
        received += part;
        payments.add(Payment.of(funds, part));
      }
      return cents - part;
    }
  }

  public void fold(Fact fact, long position) {
    switch (fact) {
      case FundsCalled f -> {
        Call call = new Call(f, position);
        calls.put(f.call(), call);
        open.put(f.call(), call);
        byReference.put(f.reference(), call);
        ofShares
            .computeIfAbsent(new Share(f.agreement(), f.funder()), _ -> new ArrayList<>())
            .add(call);
      }
      case FundsCallCancelled f -> {
        Call call = calls.get(f.call());
        if (call == null) {
          throw new IllegalStateException("call %s was never made".formatted(f.call()));
        }
        call.cancelled = f;
        call.cancelledAt = position;
        open.remove(f.call());
      }
      // What was paid in before settled calls when it came.
      case FundsTransferred f when f.staysWithinAgreement() -> {}
      case FundsArrived f -> settle(f);
      case ReceiptTakenBack f -> unsettle(f);
      default -> {}
    }
  }

  private void settle(FundsArrived funds) {
    Call named = funds.reference().map(byReference::get).orElse(null);
    long left = Math.max(0, funds.amountCents());
    if (named != null) {
      left = settle(named, funds, left);
    }
    for (Call call : callsOf(funds.arrivedFor(), funds.funder())) {
      left = settle(call, funds, left);
    }
    if (named != null) {
      named.beyond += left;
      if (left > 0 && funds instanceof FundsReceived receipt) {
        beyond.put(receipt.receipt(), named);
      }
    }
  }

  /** Later receipts stay where they went: what came beyond the calls of its time is credit. */
  private void unsettle(ReceiptTakenBack receipt) {
    long left = receipt.amountCents();
    for (Call call : callsOf(receipt.agreement(), receipt.funder())) {
      left -= call.unsettle(receipt.receipt());
    }
    Call named = beyond.remove(receipt.receipt());
    if (named != null) {
      named.beyond -= left;
    }
    // In the order in which they were made.
    open.clear();
    calls.forEach(
        (id, call) -> {
          if (call.openCents() > 0) {
            open.put(id, call);
          }
        });
  }

  private long settle(Call call, FundsArrived funds, long cents) {
    long left = call.settle(funds, cents);
    if (call.openCents() == 0) {
      open.remove(call.fact.call());
    }
    return left;
  }

  private List<Call> callsOf(AgreementId agreement, FunderId funder) {
    return ofShares.getOrDefault(new Share(agreement, funder), List.of());
  }

  /** What is called of a funder for an agreement and has not come: no cash. */
  public long openCents(AgreementId agreement, FunderId funder) {
    return callsOf(agreement, funder).stream().mapToLong(Call::openCents).sum();
  }

  /** What of a receipt the calls of its share had asked for, in the order of the calls. */
  List<Receipts.Settled> settledBy(FundsReceived receipt) {
    List<Receipts.Settled> settled = new ArrayList<>();
    for (Call call : callsOf(receipt.agreement(), receipt.funder())) {
      for (Payment payment : call.payments) {
        if (payment.receipt().filter(receipt.receipt().value()::equals).isPresent()) {
          settled.add(new Receipts.Settled(call.fact.call().value(), payment.cents()));
        }
      }
    }
    return settled;
  }

  public @Nullable Call call(CallId call) {
    return calls.get(call);
  }

  /**
   * @param name any text: what is no identifier names no call
   */
  @Nullable Call find(String name) {
    try {
      return calls.get(new CallId(name));
    } catch (IllegalArgumentException _) {
      return null;
    }
  }

  /** In the order in which they were made. */
  public Collection<Call> calls() {
    return Collections.unmodifiableCollection(calls.values());
  }

  /** Those of which something is still asked for, in the order in which they were made. */
  public Collection<Call> open() {
    return Collections.unmodifiableCollection(open.values());
  }
}
