package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Run;
import fr.passnumerique.loadtest.model.World.Transfer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Credit notes that go back to their owners by the bank, as two persons order it. */
final class Refunds {
  private final World world;

  Refunds(World world) {
    this.world = world;
  }

  /** What a transfer is to give back, of one note. */
  static final class Refund extends Transfer {
    final Batch.Note note;
    final String owner;
    private final long cents;

    Refund(String name, String iban, Batch.Note note, String owner, long cents) {
      super(name, iban);
      this.note = note;
      this.owner = owner;
      this.cents = cents;
    }

    @Override
    long cents() {
      return cents;
    }
  }

  Told play(Refunding action, LocalDate today, Instant recordedAt) {
    return switch (action) {
      case Refunding.OpenFunderAccount a ->
          account(
              a.funder(),
              one -> one.propose(a.iban(), world.closedIbans.contains(a.iban()), a.reopening()));
      case Refunding.ConfirmFunderAccount a ->
          account(
              a.funder(),
              one -> one.confirm(a.iban(), a.by(), world.closedIbans.contains(a.iban())));
      case Refunding.DropFunderAccount a -> account(a.funder(), one -> one.drop(a.iban()));
      case Refunding.GiveBack a -> new GivingBack(world).give(a, today);
      case Refunding.CancelGiveBack a -> new GivingBack(world).cancel(a);
      case Refunding.OrderRefunds a -> order(a);
      case Refunding.ReleaseRefunds a -> release(a, recordedAt);
      case Refunding.CancelRefunds a -> cancel(a);
      case Refunding.HandOutRefunds a -> handOut(a);
      case Refunding.RejectRefund a -> reject(a, today);
    };
  }

  private interface Asked {
    Told of(Payee payee);
  }

  private Told account(String funder, Asked asked) {
    if (!world.funders.contains(funder)) {
      return Told.refused("UNKNOWN_FUNDER");
    }
    Payee payee = world.funderAccounts.computeIfAbsent(funder, _ -> new Payee());
    Told told = asked.of(payee);
    world.reopen(payee);
    return told;
  }

  /** The funder of a note, without the number of a later one. */
  static String funder(String owner) {
    if (owner.startsWith("~")) {
      return owner.substring(1);
    }
    int tilde = owner.indexOf('~');
    return tilde < 0 ? owner : owner.substring(0, tilde);
  }

  private Told order(Refunding.OrderRefunds a) {
    String id = "refunds " + a.refunds();
    Told known = world.known(id, a, "REFUND_ORDER_ALREADY_MADE");
    if (known != null) {
      return known;
    }
    if (a.notes().isEmpty()) {
      return Told.refused("NOTES_MISSING");
    }
    List<Transfer> transfers = new ArrayList<>();
    Set<Refunding.Note> named = new HashSet<>();
    for (Refunding.Note one : a.notes()) {
      if (!named.add(one)) {
        return Told.refused("LISTED_TWICE");
      }
      Batch.Note note = world.note(one.order(), one.owner());
      if (note == null) {
        return Told.refused("UNKNOWN_CREDIT_NOTE");
      }
      if (note.refundedOn != null) {
        return Told.refused("CREDIT_NOTE_ALREADY_REFUNDED");
      }
      if (note.holder != null) {
        return Told.refused("REFUND_UNDER_WAY");
      }
      if (mayBePaidAlready(note, null)) {
        return Told.refused("MAY_BE_PAID_ALREADY");
      }
      Payee payee = world.funderAccounts.get(funder(one.owner()));
      if (payee == null || !payee.payable()) {
        return Told.refused("FUNDER_ACCOUNT_MISSING");
      }
      transfers.add(
          new Refund(
              Refunding.transfer(a.refunds(), one),
              payee.iban,
              note,
              funder(one.owner()),
              new Endings(world).cents(one.order(), one.owner(), note)));
    }
    transfers.forEach(transfer -> ((Refund) transfer).note.holder = transfer);
    world.refundOrders.put(a.refunds(), new Run(transfers, new ArrayList<>()));
    return world.record(id, a, "");
  }

  private Told release(Refunding.ReleaseRefunds a, Instant recordedAt) {
    Run order = world.refundOrders.get(a.refunds());
    if (order == null) {
      return Told.refused("UNKNOWN_REFUND_ORDER");
    }
    if (order.cancelled) {
      return Told.refused("REFUND_ORDER_CANCELLED");
    }
    if (order.releasedOn != null) {
      return Told.again("");
    }
    if (!order.transfers.stream().allMatch(this::isToAccountInForce)) {
      return Told.refused("FUNDER_ACCOUNT_CHANGED");
    }
    if (order.transfers.stream()
        .anyMatch(transfer -> mayBePaidAlready(((Refund) transfer).note, transfer))) {
      return Told.refused("MAY_BE_PAID_ALREADY");
    }
    if (a.by().equals(Action.CLERK)) {
      return Told.refused("SECOND_PERSON_REQUIRED");
    }
    order.releasedOn = World.dayOf(recordedAt);
    return Told.done("");
  }

  boolean mayBePaidAlready(Batch.Note note, @Nullable Transfer transfer) {
    return world.refundOrders.values().stream()
        // Of what was cancelled nobody has ever been given a file.
        .flatMap(
            order -> order.transfers.stream().filter(one -> !order.cancelled || !one.end.isEmpty()))
        .filter(other -> other != transfer && world.account.doubts(other.name))
        .anyMatch(other -> ((Refund) other).note == note);
  }

  private boolean isToAccountInForce(Transfer transfer) {
    Payee payee = world.funderAccounts.get(((Refund) transfer).owner);
    return payee != null && payee.payable() && payee.iban.equals(transfer.iban);
  }

  private Told cancel(Refunding.CancelRefunds a) {
    Run order = world.refundOrders.get(a.refunds());
    if (order == null) {
      return Told.refused("UNKNOWN_REFUND_ORDER");
    }
    if (order.cancelled) {
      return Told.again("");
    }
    String not =
        order.releasedOn == null ? "" : Handing.notCancelled(world, order, "REFUND_ORDER_RELEASED");
    if (!not.isEmpty()) {
      return Told.refused(not);
    }
    order.cancelled = true;
    order.transfers.stream()
        .filter(transfer -> transfer.end.isEmpty())
        .forEach(transfer -> ((Refund) transfer).note.holder = null);
    return Told.done("");
  }

  private Told handOut(Refunding.HandOutRefunds a) {
    Run order = world.refundOrders.get(a.refunds());
    if (order == null) {
      return Told.refused("UNKNOWN_REFUND_ORDER");
    }
    if (order.cancelled || order.releasedOn == null) {
      return Told.refused(order.cancelled ? "REFUND_ORDER_CANCELLED" : "REFUND_ORDER_NOT_RELEASED");
    }
    return Handing.handOut(
        world, order, a.leftOut(), one -> mayBePaidAlready(((Refund) one).note, one));
  }

  private Told reject(Refunding.RejectRefund a, LocalDate today) {
    Run order = world.refundOrders.get(a.refunds());
    if (order == null) {
      return Told.refused("UNKNOWN_REFUND_ORDER");
    }
    Ends ends = new Ends(world);
    Ends.Found found = ends.find(Refunding.transfer(a.refunds(), a.note()));
    if (found == null) {
      return Told.refused("UNKNOWN_TRANSFER");
    }
    if (order.cancelled || order.releasedOn == null) {
      return Told.refused(order.cancelled ? "REFUND_ORDER_CANCELLED" : "REFUND_ORDER_NOT_RELEASED");
    }
    String end = found.transfer().end;
    if (!end.isEmpty()) {
      if (end.equals("rejected " + a.rejectedOn() + " " + a.reason())) {
        return Told.again("");
      }
      return Told.refused(
          end.startsWith("confirmed") || end.startsWith("executed")
              ? "TRANSFER_ALREADY_CONFIRMED"
              : "TRANSFER_ALREADY_REJECTED");
    }
    if (!order.handedOut) {
      return Told.refused("FILE_NEVER_HANDED_OUT");
    }
    if (a.rejectedOn().isBefore(order.releasedOn) || a.rejectedOn().isAfter(today)) {
      return Told.refused("DATE_OUT_OF_RANGE");
    }
    ends.reject(found, a.rejectedOn(), a.reason());
    return Told.done("");
  }
}
