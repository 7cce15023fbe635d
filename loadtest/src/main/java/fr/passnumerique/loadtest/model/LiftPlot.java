package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of reversals that are lifted while nobody knows what becomes of the money: by chance alone
 * a contest is over when its line is paid, or has not begun.
 */
final class LiftPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final BankStory bank;
  private int number;

  LiftPlot(World world, Dice dice, Days days, BankStory bank) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.bank = bank;
  }

  /** The next that brings a story there, or goes on from there; null if nothing does. */
  @Nullable Action next() {
    List<Supplier<Action>> possible = new ArrayList<>();
    world.undue.reversals.values().forEach(one -> add(possible, one));
    if (possible.isEmpty() && dice.percent(40)) {
      world
          .cheques()
          .filter(cheque -> cheque.spent != null && cheque.spent.reversed == null)
          .filter(cheque -> Payments.isOnItsWay(cheque.spent()))
          .forEach(cheque -> possible.add(() -> reverse(cheque)));
    }
    return possible.isEmpty() ? null : dice.of(possible).get();
  }

  /** What becomes of a transfer whose line's reversal was lifted on its way; null if none is. */
  @Nullable Action ended() {
    return world.undue.reversals.values().stream()
        .filter(Undue.Reversal::isLifted)
        .flatMap(one -> one.lines.stream())
        .filter(Undue.Line::isOnItsWay)
        .filter(line -> !Handing.isDebited(world, found(line.transfer).of()))
        .findFirst()
        .map(line -> end(line.transfer))
        .orElse(null);
  }

  private void add(List<Supplier<Action>> possible, Undue.Reversal one) {
    LocalDate until = one.contestUntil;
    for (Undue.Line line : one.lines) {
      Cheque.Spent spent = line.cheque.spent();
      boolean claimed = line.recovery.equals("CLAIMED");
      boolean unpaid = claimed && !spent.isPaid();
      if (one.isLifted() && line.isOnItsWay()) {
        possible.add(() -> end(line.transfer));
      } else if (one.isContested() && unpaid) {
        possible.add(() -> new Reversing.DecideContest(one.name, "LIFTED", "third-clerk"));
      } else if (one.state.equals("REVERSED")
          && unpaid
          && until != null
          && !days.today().isAfter(until)) {
        possible.add(() -> new Reversing.ContestReversal(one.name, one.venue));
      } else if ((one.isLifted() && line.transfer.equals(spent.transfer) || claimed)
          && spent.paid
          && spent.transfer != null
          && dice.percent(8)) {
        String transfer = spent.transfer;
        possible.add(() -> bank.returned(found(transfer).transfer(), 0));
      }
    }
  }

  private Action reverse(Cheque cheque) {
    Cheque.Spent spent = cheque.spent();
    return new Reversing.ReverseLines(
        "reversal-on-its-way-" + ++number,
        spent.venue,
        spent.reference,
        List.of(spent.number),
        "FRAUD");
  }

  private Ends.Found found(String transfer) {
    return Objects.requireNonNull(new Ends(world).find(transfer), transfer);
  }

  /** Whatever a bank or a clerk may say of the transfer. */
  private Action end(String transfer) {
    Ends.Found found = found(transfer);
    int place = found.of().transfers.indexOf(found.transfer()) + 1;
    if (found.of().isOpen()) {
      return new Action.ReleaseRun(found.run(), "second-clerk");
    }
    if (found.of().awaitsHandingOut() && dice.percent(90)) {
      return new Settling.HandOutRun(found.run(), Handing.leftOut(found.of()));
    }
    return switch (dice.below(8)) {
      case 0 -> new Action.ConfirmTransfer(found.run(), place, days.today());
      case 1, 2 -> new Action.RejectTransfer(found.run(), place, days.today(), "AC04");
      case 3, 4, 5, 6 -> bank.executed(found);
      default -> bank.debited(found.transfer(), 0);
    };
  }

  /** What may be told of its transfer while a contest is decided; null if there is none. */
  @Nullable Action rivalOf(Reversing.DecideContest action) {
    Undue.Reversal one = world.undue.reversals.get(action.reversal());
    return one == null
        ? null
        : one.lines.stream()
            .filter(Undue.Line::isOnItsWay)
            .findFirst()
            .map(line -> end(line.transfer))
            .orElse(null);
  }
}
