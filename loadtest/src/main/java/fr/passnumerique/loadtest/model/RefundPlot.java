package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of credit notes that the bank pays back. */
final class RefundPlot {
  private static final List<String> IBANS = List.of("iban-4", "iban-5", "iban-6");

  private final World world;
  private final Dice dice;
  private final Days days;

  /** How often each of it is told, beside stories that dwell on something else. */
  private final int often;

  private int number;

  RefundPlot(World world, Dice dice, Days days, Theme theme) {
    often = theme == Theme.ENDINGS ? 4 : 1;
    this.world = world;
    this.dice = dice;
    this.days = days;
  }

  /** One that awaits its refund, or any at all. */
  private record Open(Refunding.Note name, Batch.Note note) {}

  private List<Open> notes() {
    List<Open> notes = new ArrayList<>();
    for (Batch batch : world.batches) {
      batch.notes.forEach(
          (owner, note) ->
              notes.add(new Open(new Refunding.Note(batch.order.order(), owner), note)));
    }
    for (GivingBack.GivenBack one : world.givenBack.values()) {
      if (!one.note.cancelled) {
        notes.add(new Open(one.name(), one.note));
      }
    }
    return notes;
  }

  private List<Open> open() {
    return notes().stream()
        .filter(one -> one.note().refundedOn == null && one.note().holder == null)
        .toList();
  }

  private List<String> undecided() {
    return world.refundOrders.entrySet().stream()
        .filter(order -> order.getValue().isOpen())
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * An order whose file nobody has, so that nothing goes on with it, mostly one that may be given
   * to somebody; null if there is none.
   */
  @Nullable Action awaited() {
    return world.refundOrders.entrySet().stream()
        .filter(order -> order.getValue().awaitsHandingOut())
        .filter(order -> !Handing.isDebited(world, order.getValue()) || dice.percent(10))
        .findFirst()
        .map(order -> handOut(order.getKey(), order.getValue()))
        .orElse(null);
  }

  private Action handOut(String order, World.Run of) {
    return dice.percent(93)
        ? new Refunding.HandOutRefunds(order, Handing.leftOut(of))
        : new Refunding.CancelRefunds(order);
  }

  void add(List<Supplier<Action>> possible) {
    if (world.funders.isEmpty() || world.agreements.isEmpty()) {
      return;
    }
    times(possible, free().isEmpty() ? 0 : 1, this::giveBack);
    times(possible, world.givenBack.isEmpty() ? 0 : 1, this::cancelGiveBack);
    times(possible, world.givenBack.isEmpty() ? 0 : 1, this::refundByHand);
    if (notes().isEmpty() && world.batches.isEmpty()) {
      return;
    }
    boolean due = !open().isEmpty();
    times(possible, unpayable().isEmpty() ? dice.percent(25) ? 1 : 0 : 6 * often, this::account);
    times(possible, due ? 6 * often : notes().isEmpty() ? 0 : 1, this::order);
    times(possible, undecided().isEmpty() ? 0 : 6 * often, this::decide);
    times(possible, pending().isEmpty() ? world.refundOrders.isEmpty() ? 0 : 1 : 2, this::reject);
  }

  private static void times(List<Supplier<Action>> possible, int times, Supplier<Action> action) {
    for (int i = 0; i < times; i++) {
      possible.add(action);
    }
  }

  /** To whom something is to be given back, and who has no account for it. */
  private List<String> unpayable() {
    return open().stream()
        .map(one -> Refunds.funder(one.name().owner()))
        .filter(funder -> !payee(funder).payable())
        .distinct()
        .toList();
  }

  private Payee payee(String funder) {
    return world.funderAccounts.getOrDefault(funder, new Payee());
  }

  private Action account() {
    List<String> unpayable = unpayable();
    String funder =
        unpayable.isEmpty() || dice.percent(15)
            ? dice.of(List.copyOf(world.funders))
            : dice.of(unpayable);
    if (dice.percent(1)) {
      funder = "nobody";
    }
    Payee payee = payee(funder);
    if (payee.proposed.isEmpty() || dice.percent(10)) {
      return new Refunding.OpenFunderAccount(funder, dice.of(IBANS), dice.percent(60));
    }
    String iban = dice.percent(94) ? payee.proposed : dice.of(IBANS);
    return dice.percent(90)
        ? new Refunding.ConfirmFunderAccount(
            funder, iban, dice.percent(88) ? "second-clerk" : Action.CLERK)
        : new Refunding.DropFunderAccount(funder, iban, "second-clerk");
  }

  /** All that is free. */
  private List<Refunding.GiveBack> free() {
    List<Refunding.GiveBack> free = new ArrayList<>();
    for (World.Agreement agreement : world.agreements.values()) {
      for (String funder : agreement.cash.keySet()) {
        long cents = world.free(agreement, funder);
        if (cents > 0) {
          free.add(new Refunding.GiveBack("", agreement.signed.agreement(), funder, cents));
        }
      }
    }
    return free;
  }

  /** Mostly a little of it, so that orders are paid for as well. */
  private Action giveBack() {
    Refunding.GiveBack all = dice.of(free());
    long some = dice.of(all.cents() / 3, 1L, 100L, 100L, 500L, 500L, 0L, all.cents() + 1);
    long cents = dice.percent(10) ? all.cents() : some;
    return new Refunding.GiveBack(
        "give-back-" + ++number,
        dice.percent(98) ? all.agreement() : "agreement-0",
        dice.percent(97) ? all.funder() : dice.of(List.copyOf(world.funders)),
        cents);
  }

  private Action cancelGiveBack() {
    return new Refunding.CancelGiveBack(
        dice.percent(97) ? dice.of(List.copyOf(world.givenBack.keySet())) : "give-back-0");
  }

  private String id() {
    return "refunds-" + ++number;
  }

  /** Mostly of notes that can be refunded now. */
  private Action order() {
    List<Open> all = notes();
    List<Refunding.Note> payable =
        open().stream()
            .filter(one -> payee(Refunds.funder(one.name().owner())).payable())
            .map(Open::name)
            .toList();
    if (payable.isEmpty() && dice.percent(85)) {
      return account();
    }
    List<Refunding.Note> some = new ArrayList<>();
    for (Refunding.Note note : payable) {
      if (some.isEmpty() || dice.percent(60)) {
        some.add(note);
      }
    }
    if (!all.isEmpty() && (some.isEmpty() || dice.percent(8))) {
      some.add(dice.of(all).name());
    }
    if (!world.givenBack.isEmpty() && dice.percent(15)) {
      some.add(dice.of(List.copyOf(world.givenBack.values())).name());
    }
    if (!some.isEmpty() && dice.percent(3)) {
      some.add(some.getFirst());
    }
    if (dice.percent(2)) {
      some.add(new Refunding.Note("order-0", "etat"));
    }
    return new Refunding.OrderRefunds(id(), dice.percent(98) ? some : List.of());
  }

  private Action decide() {
    List<String> undecided = undecided();
    String order =
        dice.percent(90) && !undecided.isEmpty()
            ? dice.of(undecided)
            : dice.percent(80) && !world.refundOrders.isEmpty()
                ? dice.of(List.copyOf(world.refundOrders.keySet()))
                : "refunds-0";
    return dice.percent(14)
        ? new Refunding.CancelRefunds(order)
        : new Refunding.ReleaseRefunds(order, dice.percent(86) ? "second-clerk" : Action.CLERK);
  }

  private List<World.Transfer> pending() {
    return world.refundOrders.values().stream()
        .filter(order -> order.releasedOn != null)
        .flatMap(order -> order.transfers.stream())
        .filter(transfer -> transfer.end.isEmpty())
        .toList();
  }

  /** A note by hand, one of what was in no cheque. */
  private Action refundByHand() {
    Refunding.Note note = dice.of(List.copyOf(world.givenBack.values())).name();
    return new Action.RefundNote(
        note.order(), note.owner(), days.today().minusDays(dice.of(0, 0, 3, -1)));
  }

  /** The first whose end is not known is rejected, as a clerk knows; null if none waits. */
  @Nullable Action knownByHand() {
    for (World.Run order : world.refundOrders.values()) {
      List<Integer> waiting = order.handedOut ? order.pending() : List.of();
      if (!waiting.isEmpty()) {
        return rejected(order.transfers.get(waiting.getFirst() - 1), days.today());
      }
    }
    return null;
  }

  private static Action rejected(World.Transfer one, LocalDate on) {
    String note = one.name.substring(one.name.indexOf('/') + 1);
    int tilde = note.indexOf('~');
    return new Refunding.RejectRefund(
        one.name.substring(0, one.name.indexOf('/')),
        new Refunding.Note(note.substring(0, tilde), note.substring(tilde + 1)),
        on,
        "AC04");
  }

  /** By hand; mostly one whose end is not known. */
  private Action reject() {
    List<World.Transfer> pending = pending();
    List<World.Transfer> all =
        world.refundOrders.values().stream().flatMap(order -> order.transfers.stream()).toList();
    World.Transfer one = dice.of(pending.isEmpty() || dice.percent(20) ? all : pending);
    String refunds = one.name.substring(0, one.name.indexOf('/'));
    String note = one.name.substring(one.name.indexOf('/') + 1);
    int tilde = note.indexOf('~');
    LocalDate on = days.today().minusDays(dice.of(0, 0, 0, 0, 1, -1));
    return new Refunding.RejectRefund(
        dice.percent(98) ? refunds : "refunds-0",
        new Refunding.Note(
            dice.percent(98) ? note.substring(0, tilde) : "order-0", note.substring(tilde + 1)),
        on,
        dice.of("AC04", "AC04", "AM04"));
  }

  /** What may get in the way of an action; null if nothing of this kind does. */
  @Nullable Action rivalOf(Action action) {
    return switch (action) {
      case Refunding.OpenFunderAccount a ->
          new Refunding.OpenFunderAccount(a.funder(), dice.of(IBANS), dice.percent(60));
      case Refunding.ConfirmFunderAccount a ->
          new Refunding.DropFunderAccount(a.funder(), a.iban(), "third-clerk");
      case Refunding.DropFunderAccount a ->
          new Refunding.ConfirmFunderAccount(a.funder(), a.iban(), "third-clerk");
      case Refunding.OrderRefunds a when !a.notes().isEmpty() ->
          dice.percent(60)
              ? new Refunding.OrderRefunds(id(), a.notes())
              : byHand(dice.of(a.notes()));
      case Refunding.ReleaseRefunds a ->
          dice.percent(60) ? new Refunding.CancelRefunds(a.refunds()) : account();
      case Refunding.HandOutRefunds a when dice.percent(25) ->
          new Refunding.CancelRefunds(a.refunds());
      case Refunding.CancelRefunds a -> {
        World.Run order = world.refundOrders.get(a.refunds());
        yield order != null && order.awaitsHandingOut()
            ? new Refunding.HandOutRefunds(a.refunds(), Handing.leftOut(order))
            : new Refunding.ReleaseRefunds(a.refunds(), "second-clerk");
      }
      case Refunding.RejectRefund a -> byHand(a.note());
      case Refunding.GiveBack a ->
          new Refunding.GiveBack(
              "give-back-" + ++number, a.agreement(), a.funder(), Math.max(1, a.cents()));
      case Refunding.CancelGiveBack a when world.givenBack.containsKey(a.giveBack()) -> {
        GivingBack.GivenBack one = world.givenBack.get(a.giveBack());
        yield one == null
            ? null
            : dice.percent(50)
                ? new Refunding.OrderRefunds(id(), List.of(one.name()))
                : byHand(one.name());
      }
      case Action.RefundNote a ->
          new Refunding.OrderRefunds(id(), List.of(new Refunding.Note(a.order(), a.owner())));
      default -> null;
    };
  }

  private Action byHand(Refunding.Note note) {
    return new Action.RefundNote(note.order(), note.owner(), days.today());
  }

  /** The same identifier with other contents; null if it is not of this kind. */
  static @Nullable Action altered(Action action) {
    return switch (action) {
      case Refunding.OrderRefunds a when !a.notes().isEmpty() ->
          new Refunding.OrderRefunds(a.refunds(), a.notes().subList(1, a.notes().size()));
      case Refunding.GiveBack a ->
          new Refunding.GiveBack(a.giveBack(), a.agreement(), a.funder(), a.cents() + 1);
      default -> null;
    };
  }
}
