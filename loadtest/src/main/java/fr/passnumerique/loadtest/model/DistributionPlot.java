package fr.passnumerique.loadtest.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Tells of cheques on their way to people, and of those that are lost. */
final class DistributionPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Cast cast;

  DistributionPlot(World world, Dice dice, Days days, Cast cast) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.cast = cast;
  }

  /** Mostly one with such a cheque, if there is any. */
  private Batch batchWith(Predicate<Cheque> such) {
    List<Batch> with =
        world.batches.stream().filter(batch -> batch.cheques.stream().anyMatch(such)).toList();
    return with.isEmpty() || dice.percent(10) ? dice.of(world.batches) : dice.of(with);
  }

  private boolean isAfterEnd(Cheque cheque) {
    return days.today().isAfter(cheque.batch.order.endsOn());
  }

  Action activate() {
    Batch batch = batchWith(cheque -> !cheque.activated);
    int size = batch.cheques.size();
    int first = firstWhere(batch, cheque -> !cheque.activated);
    int last = dice.percent(60) ? size : Math.min(size, first + dice.between(0, 15));
    if (dice.percent(5)) {
      return new Action.Activate(
          cast.id("activation"), batch.number, dice.of(0, 1), size + dice.of(0, 1));
    }
    return new Action.Activate(
        cast.id("activation"), batch.number, first, dice.percent(20) ? 0 : last);
  }

  private static int firstWhere(Batch batch, Predicate<Cheque> such) {
    return batch.cheques.stream()
        .filter(such)
        .mapToInt(cheque -> cheque.ordinal)
        .findFirst()
        .orElse(1);
  }

  Action deliver() {
    Batch batch = batchWith(cheque -> cheque.prescriber == null);
    int perCarnet = batch.rules.perCarnet();
    int carnets = batch.cheques.size() / perCarnet;
    int first = firstWhere(batch, cheque -> cheque.prescriber == null);
    int last = first - 1 + perCarnet * dice.between(1, Math.max(1, Math.min(carnets, 4)));
    if (dice.percent(5)) {
      last++;
    }
    // What is left of a carnet goes up to where the next of its cheques has gone.
    Cheque begins = batch.cheques.get(first - 1);
    int left = first;
    while (left < batch.cheques.size()
        && batch.cheques.get(left).carnet() == begins.carnet()
        && batch.cheques.get(left).prescriber == null
        && !batch.cheques.get(left).opposed) {
      left++;
    }
    if (left - first + 1 < perCarnet) {
      last = left;
    }
    return new Action.Deliver(
        cast.id("delivery"),
        cast.prescriber(),
        batch.number,
        first,
        last,
        days.today().minusDays(dice.of(0, 0, 0, 0, 1, 3, -1)));
  }

  Action handOut() {
    Batch batch = batchWith(c -> c.prescriber != null && c.handedOutOn == null && !isAfterEnd(c));
    Cheque cheque =
        batch.cheques.stream()
            .filter(c -> c.prescriber != null && c.handedOutOn == null)
            .findFirst()
            .orElse(dice.of(batch.cheques));
    List<Action.Range> ranges = new ArrayList<>();
    int last = cheque.ordinal;
    for (int more = dice.between(0, 12); more > 0 && last < batch.cheques.size(); more--) {
      Cheque next = batch.cheques.get(last);
      if (next.handedOutOn == null && next.prescriber != null || dice.percent(3)) {
        last++;
      }
    }
    ranges.add(new Action.Range(batch.number, cheque.ordinal, last));
    if (dice.percent(10)) {
      Cheque other = cast.anyCheque();
      ranges.add(new Action.Range(other.batch.number, other.ordinal, other.ordinal));
    }
    List<String> publics = batch.rules.publics();
    String publicCode =
        dice.percent(95)
            ? publics.isEmpty() ? "" : dice.of(publics)
            : dice.of("", "job-seeker", "student");
    return new Action.HandOut(
        cast.id("hand-out"),
        dice.percent(97) && cheque.prescriber != null ? cheque.prescriber : cast.prescriber(),
        ranges,
        days.today().minusDays(dice.of(0, 0, 0, 0, 0, 1, 4, -1)),
        publicCode,
        dice.percent(95) == batch.rules.carnetsPerPerson() > 0 ? dice.of(Cast.PERSONS) : "");
  }

  Action opposition() {
    List<String> waiting =
        world.proposed.keySet().stream().filter(id -> !world.approved.contains(id)).toList();
    if (!waiting.isEmpty() && dice.percent(50)) {
      return new Action.ApproveOpposition(
          dice.of(waiting), dice.percent(85) ? "second-clerk" : Action.CLERK);
    }
    if (dice.percent(3)) {
      return new Action.ApproveOpposition("opposition-" + cast.number(), "second-clerk");
    }
    Cheque cheque = dice.of(batchWith(c -> c.handedOutOn != null).cheques);
    int last = cheque.ordinal + dice.of(0, 0, 0, 1, 2, 4, 8);
    if (dice.percent(95)) {
      last = Math.min(last, cheque.batch.cheques.size());
    }
    List<Action.Range> ranges = new ArrayList<>();
    ranges.add(new Action.Range(cheque.batch.number, cheque.ordinal, last));
    if (dice.percent(20)) {
      Cheque other = cast.anyCheque();
      ranges.add(new Action.Range(other.batch.number, other.ordinal, other.ordinal));
    }
    return new Action.Oppose(cast.id("opposition"), ranges, dice.of("LOST", "STOLEN"));
  }
}
