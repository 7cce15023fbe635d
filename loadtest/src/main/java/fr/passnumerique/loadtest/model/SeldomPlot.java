package fr.passnumerique.loadtest.model;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Towards what chance alone brings to its end in one story of a hundred. Whether it leads there it
 * draws from a chance of its own, and what it leads to draws from the others' only once what it
 * leads from has come: stories that never come so far stay what they are, and with them what each
 * was found to show. Each story is led to some of it only, so that none is led all the time.
 */
final class SeldomPlot {
  private final Dice dice;

  /** What this story is led to. */
  private final List<Led> led;

  /**
   * @param stories that are led there, of a hundred
   * @param steps of such a story that are, of a hundred
   * @param to the next step there; null if nothing has come that leads there
   */
  private record Led(int stories, int steps, Supplier<@Nullable Action> to) {}

  SeldomPlot(Dice dice, Plots plots) {
    this.dice = dice;
    led =
        Stream.of(
                new Led(100, 60, plots.takenBack::straight),
                new Led(100, 60, plots.lifts::ended),
                new Led(35, 12, plots.kept::askedBack),
                new Led(100, 15, plots.kept::paidToTheBank),
                new Led(100, 15, plots.kept::paymentThatNeverWas),
                new Led(100, 40, plots.kept::closed),
                new Led(100, 60, plots.kept::paidOnceMore),
                new Led(100, 60, plots.kept::askedForAllTheSame),
                new Led(30, 20, plots.kept::keptEarly),
                new Led(100, 15, plots.kept::knownCharges),
                new Led(80, 12, plots.takenBack::netted),
                new Led(80, 12, plots.takenBack::giveBackReturned),
                new Led(35, 12, plots.byHand::ofACall),
                new Led(50, 8, plots.byHand::shownAfterAll),
                new Led(30, 8, plots.byHand::refundShown),
                new Led(12, 2, plots.byHand::together),
                new Led(25, 12, plots.inOneSum::straight),
                new Led(100, 30, plots.payments::knownByHand),
                new Led(30, 10, plots.refunds::knownByHand),
                new Led(35, 12, plots.lifts::next),
                new Led(40, 12, plots.overpaid::next),
                new Led(100, 90, plots.carried::straight),
                new Led(100, 60, plots.carried::next),
                new Led(50, 25, plots.carried::payable),
                new Led(30, 10, plots.kept::paidByMistake),
                new Led(50, 20, plots.byHand::owedAgain),
                new Led(60, 25, plots.byHand::neverDebited))
            .filter(one -> dice.percent(one.stories()))
            .toList();
  }

  /** Null if nothing has come that it leads from, and at times all the same. */
  @Nullable Action next() {
    for (Led one : led) {
      Action next = dice.percent(one.steps()) ? one.to().get() : null;
      if (next != null) {
        return next;
      }
    }
    return null;
  }
}
