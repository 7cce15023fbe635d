package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Agreement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What happens between the operator and its funders, beside the cash that comes. */
final class FundingStory {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Calls calls;
  private final UnaryOperator<String> id;

  /**
   * @param id a new identifier of a kind
   */
  FundingStory(World world, Dice dice, Days days, UnaryOperator<String> id) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.id = id;
    calls = new Calls(world);
  }

  private Agreement agreement() {
    return dice.of(List.copyOf(world.agreements.values()));
  }

  private String party(Agreement agreement) {
    Action.Share share = dice.of(agreement.shares().toList());
    return dice.percent(50) ? share.funder() : share.cashOwner();
  }

  Action call() {
    List<Calls.Call> open = world.calls.values().stream().filter(call -> call.open() > 0).toList();
    if (dice.percent(25) && !world.calls.isEmpty()) {
      return new Action.CancelCall(
          dice.percent(75) && !open.isEmpty()
              ? dice.of(open).made.call()
              : dice.percent(90) ? dice.of(List.copyOf(world.calls.keySet())) : "call-0",
          dice.of("NOT_NEEDED", "NOT_NEEDED", "REPLACED"));
    }
    Agreement agreement = agreement();
    String funder = dice.percent(97) ? party(agreement) : dice.of(List.copyOf(world.funders));
    long callable = calls.callable(agreement, funder);
    long cents =
        dice.percent(45)
            ? Math.min(callable, dice.of(1L, 500L, 7_000L, 30_000L))
            : dice.percent(60) ? callable : callable + dice.of(1, -1, 1_000);
    return new Action.CallFunds(
        id.apply("call"),
        dice.percent(98) ? agreement.signed.agreement() : "agreement-0",
        funder,
        cents,
        days.today().plusDays(dice.of(0, 10, 30, 30, 366, 367, -1)));
  }

  /** Mostly what is free, to another agreement of the same funder. */
  Action transfer() {
    List<Action.TransferFunds> possible = new ArrayList<>();
    for (Agreement from : world.agreements.values()) {
      for (String funder : from.cash.keySet()) {
        for (Agreement to : world.agreements.values()) {
          long free = world.free(from, funder);
          if (to != from && to.concerns(funder) && free > 0) {
            possible.add(transfer(from, to, funder, free));
          }
        }
      }
    }
    if (!possible.isEmpty() && dice.percent(85)) {
      List<Action.TransferFunds> asked = possible.stream().filter(this::isAsked).toList();
      Action.TransferFunds whole = dice.of(asked.isEmpty() || dice.percent(30) ? possible : asked);
      long cents =
          dice.of(whole.cents(), whole.cents() + 1, Math.max(1, whole.cents() / 3), 1L, 1L);
      return new Action.TransferFunds(
          id.apply("funds"), whole.funder(), whole.from(), whole.to(), cents);
    }
    Agreement from = agreement();
    return transfer(from, agreement(), party(from), dice.of(0L, 1L, 500L));
  }

  /** Whether the funder owes something where it goes, or is called for it. */
  private boolean isAsked(Action.TransferFunds one) {
    return world.owedOnUse(world.agreement(one.to()), one.funder()) > 0
        || calls.open(one.to(), one.funder()) > 0;
  }

  private Action.TransferFunds transfer(Agreement from, Agreement to, String funder, long cents) {
    return new Action.TransferFunds(
        id.apply("funds"), funder, from.signed.agreement(), to.signed.agreement(), cents);
  }

  /** The same money, asked for or sent a second time at the same moment. */
  @Nullable Action rivalOf(Action action) {
    return switch (action) {
      case Action.CallFunds a ->
          new Action.CallFunds(id.apply("call"), a.agreement(), a.funder(), a.cents(), a.dueOn());
      case Action.CancelCall a ->
          new Action.CancelCall(a.call(), a.reason().equals("REPLACED") ? "OTHER" : "REPLACED");
      case Action.TransferFunds a ->
          new Action.TransferFunds(id.apply("funds"), a.funder(), a.from(), a.to(), a.cents());
      default -> null;
    };
  }
}
