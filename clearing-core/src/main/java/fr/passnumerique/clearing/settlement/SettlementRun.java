package fr.passnumerique.clearing.settlement;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A settlement run as it is told to the clerk. Free of IBANs.
 *
 * @param cutOff exclusive; lines were taken by recorded time
 * @param executionOn the day on which the bank is asked to pay
 * @param stage how far it has come; only a released run goes to the bank
 * @param openedBy the account; empty for runs of a time when nobody had to release them
 * @param amountCents Σ of the transfers
 * @param unpayable venues with something owed and no account in force: carried over
 * @param downloads each handing out of its credit transfer file
 */
public record SettlementRun(
    String run,
    String programme,
    Instant cutOff,
    LocalDate executionOn,
    Stage stage,
    Optional<String> openedBy,
    Optional<Decided> released,
    Optional<Decided> cancelled,
    long amountCents,
    List<Order> transfers,
    List<String> unpayable,
    List<Download> downloads) {

  /** How far a run has come. */
  public enum Stage {
    OPENED,
    RELEASED,
    CANCELLED
  }

  /**
   * @param by the account
   * @param at UTC
   */
  public record Decided(String by, Instant at) {}

  /**
   * @param sha256 of the file's bytes: the same each time
   */
  public record Download(String by, Instant at, String sha256) {}

  /** Where a transfer stands. */
  public enum State {
    ORDERED,
    /** Paid by the bank's word; its debit is still to come. */
    EXECUTED,
    CONFIRMED,
    REJECTED,
    /** It was paid and came back. */
    RETURNED,
    CANCELLED
  }

  /**
   * One transfer.
   *
   * @param venues whose lines it pays: several if they share an IBAN
   * @param endedOn the bank's date of the confirmation or rejection
   * @param reason of a rejection, ISO 20022
   */
  public record Order(
      String transfer,
      long amountCents,
      List<String> venues,
      List<Slip> slips,
      State state,
      Optional<LocalDate> endedOn,
      Optional<String> reason) {}

  /**
   * @param position of the slip's fact
   */
  public record Slip(String venue, String reference, long position, long cents) {}

  /** As it was opened. */
  static SettlementRun of(SettlementRunOpened opened) {
    return of(opened, new SettlementRegister.Stage.Opened(), Map.of(), List.of());
  }

  /**
   * @param ends of transfers that have one; what is not in it is ordered
   */
  static SettlementRun of(
      SettlementRunOpened opened,
      SettlementRegister.Stage reached,
      Map<TransferId, Transfer> ends,
      List<SettlementRegister.Download> downloads) {
    List<Order> transfers = new ArrayList<>(opened.transfers().size());
    long amount = 0;
    for (SettlementRunOpened.Transfer transfer : opened.transfers()) {
      transfers.add(order(transfer, Optional.ofNullable(ends.get(transfer.transfer()))));
      amount = Math.addExact(amount, transfer.amountCents());
    }
    Stage stage = Stage.OPENED;
    LocalDate executionOn = opened.executionOn();
    Optional<Decided> released = Optional.empty();
    Optional<Decided> cancelled = Optional.empty();
    switch (reached) {
      case SettlementRegister.Stage.Opened _ -> {}
      case SettlementRegister.Stage.Released(var _, var at, var by, var on) -> {
        stage = Stage.RELEASED;
        executionOn = on;
        released = by.map(account -> new Decided(account, at));
      }
      case SettlementRegister.Stage.Cancelled(var _, var at, var by) -> {
        stage = Stage.CANCELLED;
        cancelled = Optional.of(new Decided(by, at));
      }
    }
    return new SettlementRun(
        opened.run().value(),
        opened.programme().value(),
        opened.cutOff(),
        executionOn,
        stage,
        opened.openedBy(),
        released,
        cancelled,
        amount,
        List.copyOf(transfers),
        opened.unpayable().stream().map(Object::toString).toList(),
        downloads.stream().map(each -> new Download(each.by(), each.at(), each.sha256())).toList());
  }

  private static Order order(SettlementRunOpened.Transfer transfer, Optional<Transfer> end) {
    Set<String> venues = new LinkedHashSet<>();
    List<Slip> slips = new ArrayList<>(transfer.slips().size());
    for (SettlementRunOpened.PaidSlip slip : transfer.slips()) {
      venues.add(slip.venue().value());
      slips.add(
          new Slip(slip.venue().value(), slip.reference().value(), slip.position(), slip.cents()));
    }
    State state = State.ORDERED;
    Optional<LocalDate> endedOn = Optional.empty();
    Optional<String> reason = Optional.empty();
    if (end.isPresent()) {
      switch (end.get()) {
        case Transfer.Ordered _ -> {}
        case Transfer.Cancelled _ -> state = State.CANCELLED;
        case Transfer.Executed executed -> {
          state = State.EXECUTED;
          endedOn = Optional.of(executed.executedOn());
        }
        case Transfer.Returned returned -> {
          state = State.RETURNED;
          endedOn = Optional.of(returned.returnedOn());
          reason = Optional.of(returned.reason());
        }
        case Transfer.Confirmed confirmed -> {
          state = State.CONFIRMED;
          endedOn = Optional.of(confirmed.bookedOn());
        }
        case Transfer.Rejected rejected -> {
          state = State.REJECTED;
          endedOn = Optional.of(rejected.rejectedOn());
          reason = Optional.of(rejected.reason());
        }
      }
    }
    return new Order(
        transfer.transfer().value(),
        transfer.amountCents(),
        List.copyOf(venues),
        List.copyOf(slips),
        state,
        endedOn,
        reason);
  }
}
