package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Towards a run that the bank debits in one sum and a clerk recognizes: after a clerk has confirmed
 * one of its transfers by hand, or rejected one, or the bank has executed it.
 */
final class InOneSumPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final BankStory bank;

  InOneSumPlot(World world, Dice dice, Days days, BankStory bank) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.bank = bank;
  }

  /** The next that brings a story there, or goes on from there; null if nothing does. */
  @Nullable Action next() {
    Action begun = begun();
    if (begun != null) {
      return begun;
    }
    List<Supplier<Action>> possible = new ArrayList<>();
    world.runs.forEach(
        (name, run) -> {
          List<Ends.Found> waiting = waiting(name, run);
          if (run.handedOut && (waiting.size() > 1 || waiting.size() == 1 && dice.percent(40))) {
            possible.add(() -> tell(name, waiting));
          }
        });
    return possible.isEmpty() ? null : dice.of(possible).get();
  }

  /** Straight to a run that is debited in one sum; null if nothing of any waits. */
  @Nullable Action straight() {
    Action begun = begun();
    if (begun != null) {
      return begun;
    }
    for (Map.Entry<String, Run> run : world.runs.entrySet()) {
      List<Ends.Found> waiting = waiting(run.getKey(), run.getValue());
      if (run.getValue().handedOut && !waiting.isEmpty() && !isTold(run.getKey())) {
        return bank.inOneSum(run.getKey(), waiting);
      }
    }
    return null;
  }

  private boolean isTold(String run) {
    return world.account.unexplained.stream()
        .anyMatch(
            one ->
                one.explained.isEmpty()
                    && one.why.equals("DETAILS_MISSING")
                    && one.transfer.equals(run));
  }

  /** A run that a sum may be; mostly one of which all waits that it comes to. */
  @Nullable Action begun() {
    List<Action> possible = new ArrayList<>();
    for (int i = 0; i < world.account.unexplained.size(); i++) {
      Account.Unexplained one = world.account.unexplained.get(i);
      World.Run run = world.runs.get(one.transfer);
      if (one.explained.isEmpty()
          && one.why.equals("DETAILS_MISSING")
          && run != null
          && (cents(waiting(one.transfer, run)) == -one.cents || dice.percent(10))) {
        possible.add(new Banking.MatchRun(i + 1, dice.percent(95) ? one.transfer : "run-0"));
      }
    }
    return possible.isEmpty() ? null : dice.of(possible);
  }

  private static List<Ends.Found> waiting(String name, Run run) {
    return run.transfers.stream()
        .map(transfer -> new Ends.Found(name, run, transfer))
        .filter(BankClerk::waitsForDebit)
        .toList();
  }

  private static long cents(List<Ends.Found> waiting) {
    return waiting.stream().mapToLong(found -> found.transfer().cents()).sum();
  }

  private Action tell(String name, List<Ends.Found> waiting) {
    Ends.Found one = dice.of(waiting);
    int place = one.of().transfers.indexOf(one.transfer()) + 1;
    boolean ordered = one.standing().equals("ORDERED") && waiting.size() > 1;
    return switch (ordered ? dice.below(8) : 7) {
      case 0 -> new Action.RejectTransfer(name, place, days.today(), "AC04");
      case 1, 2 -> new Action.ConfirmTransfer(name, place, days.today());
      case 3 -> bank.executed(one);
      default -> bank.inOneSum(name, waiting);
    };
  }

  /** What may become of one of its transfers at that moment; null if none waits. */
  @Nullable Action rivalOf(Banking.MatchRun action) {
    Run run = world.runs.get(action.run());
    List<Integer> pending = run == null ? List.of() : run.pending();
    return pending.isEmpty()
        ? null
        : dice.percent(50)
            ? new Action.RejectTransfer(action.run(), dice.of(pending), days.today(), "AC04")
            : new Action.ConfirmTransfer(action.run(), dice.of(pending), days.today());
  }
}
