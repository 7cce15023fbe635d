package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells of settlement runs, and of what clerks record of their transfers. */
final class PaymentPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Cast cast;
  private final ReversalPlot reversals;
  private final SettlingPlot settling;
  private final Theme theme;

  PaymentPlot(
      World world,
      Dice dice,
      Days days,
      Cast cast,
      ReversalPlot reversals,
      SettlingPlot settling,
      Theme theme) {
    this.theme = theme;
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.cast = cast;
    this.reversals = reversals;
    this.settling = settling;
  }

  Action run() {
    if (world.programmes.isEmpty()) {
      return new Action.OpenRun(cast.id("run"), "none", days.today());
    }
    List<String> all = programmesThatOwe();
    List<String> both = all.stream().filter(reversals.programmesOfClaims()::contains).toList();
    List<String> owing = both.isEmpty() || dice.percent(40) ? all : both;
    return settling.run(
        new Action.OpenRun(
            cast.id("run"),
            owing.isEmpty() ? dice.of(List.copyOf(world.programmes.keySet())) : dice.of(owing),
            days.today().minusDays(dice.of(0, 0, 0, 0, 0, 0, 1, 5, -1))));
  }

  /** Of lines recorded before today, to venues that can be paid or that owe something back. */
  List<String> programmesThatOwe() {
    Instant today = World.startOf(days.today());
    Set<String> debtors = reversals.debtors();
    return world
        .cheques()
        .filter(
            cheque -> {
              Cheque.Spent spent = cheque.spent;
              return spent != null
                  && spent.isOwed()
                  && spent.recordedAt.isBefore(today)
                  && (debtors.contains(spent.venue)
                      || Objects.requireNonNull(world.venues.get(spent.venue)).payable());
            })
        .map(cheque -> cheque.batch.programme)
        .distinct()
        .toList();
  }

  private static boolean isUndecided(World.Run run) {
    return run.isOpen() || !run.cancelled && run.transfers.stream().anyMatch(t -> t.end.isEmpty());
  }

  boolean isSomethingInTransit() {
    return world.runs.values().stream().anyMatch(PaymentPlot::isUndecided);
  }

  /** Of a transfer that takes a netting with it; null if there is none. */
  private @Nullable Action rejectionOfNetting() {
    for (Map.Entry<String, World.Run> run : world.runs.entrySet()) {
      for (int number : run.getValue().pending()) {
        String transfer = run.getValue().transfers.get(number - 1).name;
        if (run.getValue().handedOut
            && run.getValue().nettings.stream().anyMatch(n -> n.transfer.equals(transfer))) {
          return new Action.RejectTransfer(run.getKey(), number, days.today(), "AC04");
        }
      }
    }
    return null;
  }

  /** Of a run whose file nobody has; mostly it is given to somebody. */
  Action handOut(String run) {
    return dice.percent(93)
        ? new Settling.HandOutRun(run, Handing.leftOut(Objects.requireNonNull(world.runs.get(run))))
        : new Action.CancelRun(run);
  }

  /**
   * A run whose file nobody has, so that nothing goes on with it, mostly one that may be given to
   * somebody; null if there is none.
   */
  @Nullable Action awaited() {
    return world.runs.entrySet().stream()
        .filter(run -> run.getValue().awaitsHandingOut())
        .filter(run -> !Handing.isDebited(world, run.getValue()) || dice.percent(10))
        .findFirst()
        .map(run -> handOut(run.getKey()))
        .orElse(null);
  }

  /** What a clerk knows of the first transfer that waits for it; null if none does. */
  @Nullable Action knownByHand() {
    for (Map.Entry<String, World.Run> run : world.runs.entrySet()) {
      List<Integer> pending = run.getValue().pending();
      if (run.getValue().handedOut && !pending.isEmpty()) {
        return dice.percent(75)
            ? new Action.ConfirmTransfer(run.getKey(), pending.getFirst(), days.today())
            : new Action.RejectTransfer(run.getKey(), pending.getFirst(), days.today(), "AC04");
      }
    }
    return null;
  }

  Action bank() {
    if (dice.percent(theme == Theme.REVERSALS ? 60 : 25)) {
      Action rejection = rejectionOfNetting();
      if (rejection != null) {
        return rejection;
      }
    }
    List<String> open =
        world.runs.entrySet().stream()
            .filter(run -> isUndecided(run.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    String run =
        dice.of(open.isEmpty() || dice.percent(20) ? List.copyOf(world.runs.keySet()) : open);
    World.Run known = world.runs.get(run);
    if (known != null && known.isOpen() && dice.percent(85)) {
      return dice.percent(15)
          ? new Action.CancelRun(run)
          : new Action.ReleaseRun(run, dice.percent(85) ? "second-clerk" : Action.CLERK);
    }
    if (known != null
        && known.awaitsHandingOut()
        && dice.percent(Handing.isDebited(world, known) ? 15 : 70)) {
      return handOut(run);
    }
    if (dice.percent(3)) {
      return dice.percent(50)
          ? new Action.CancelRun(run)
          : new Action.ReleaseRun(run, "second-clerk");
    }
    World.Run opened = world.runs.get(run);
    int transfers = opened == null ? 1 : opened.transfers.size();
    List<Integer> pending = opened == null ? List.of() : opened.pending();
    int transfer =
        !pending.isEmpty() && dice.percent(85)
            ? dice.of(pending)
            : transfers > 0 && dice.percent(96) ? dice.between(1, transfers) : transfers + 1;
    LocalDate on = days.today().minusDays(dice.of(0, 0, 0, 0, 0, 0, 0, 1, 30, -1));
    return dice.percent(70)
        ? new Action.ConfirmTransfer(run, transfer, on)
        : new Action.RejectTransfer(run, transfer, on, dice.of("AC04", "AC04", "AM04"));
  }
}
