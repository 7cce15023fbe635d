package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of cheques that go back, are given anew or are paid to nobody. */
final class TitlePlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private int number;
  private int letters;

  TitlePlot(World world, Dice dice, Days days) {
    this.world = world;
    this.dice = dice;
    this.days = days;
  }

  void add(List<Supplier<Action>> possible) {
    if (!world.venues.isEmpty()) {
      possible.add(this::waiver);
    }
    if (world.batches.isEmpty() || world.prescribers.isEmpty()) {
      return;
    }
    possible.add(this::takeBack);
    possible.add(this::takeBack);
    if (world.cheques().anyMatch(this::isReplaceable)) {
      possible.add(this::replace);
      possible.add(this::replace);
      possible.add(this::replace);
    } else if (dice.percent(20)) {
      possible.add(this::replace);
    }
  }

  private boolean isReplaceable(Cheque cheque) {
    return cheque.opposed && cheque.spent == null && !cheque.replaced && !isOver(cheque);
  }

  private boolean isOver(Cheque cheque) {
    return cheque.batch.expired || days.today().isAfter(cheque.batch.over());
  }

  private Action waiver() {
    List<String> waiving =
        world.waivers.keySet().stream()
            .filter(venue -> Waivers.waives(world, venue, days.today()))
            .toList();
    LocalDate from = days.today().plusDays(dice.of(0, 0, 0, 1, 3, -1, 400));
    if (!waiving.isEmpty() && dice.percent(75)) {
      return new Titling.SetWaiver(letter(), dice.of(waiving), dice.percent(10), from);
    }
    return new Titling.SetWaiver(
        letter(), dice.of(List.copyOf(world.venues.keySet())), dice.percent(85), from);
  }

  /** Of which some say two things. */
  private String letter() {
    return "letter-" + (++letters % 7 == 0 ? letters - 1 : letters);
  }

  private Cheque one(Predicate<Cheque> such) {
    List<Cheque> some = world.cheques().filter(such).toList();
    return some.isEmpty() || dice.percent(8)
        ? dice.of(dice.of(world.batches).cheques)
        : dice.of(some);
  }

  /** The cheque and some that follow it. */
  private List<Action.Range> from(Cheque cheque, Predicate<Cheque> such) {
    int last = cheque.ordinal;
    for (int more = dice.of(0, 0, 1, 3, 8); more > 0; more--) {
      if (last < cheque.batch.cheques.size()
          && (such.test(cheque.batch.cheques.get(last)) || dice.percent(5))) {
        last++;
      }
    }
    List<Action.Range> ranges = new ArrayList<>();
    ranges.add(
        new Action.Range(
            cheque.batch.number,
            cheque.ordinal,
            dice.percent(97) ? last : cheque.batch.cheques.size() + 1));
    if (dice.percent(10)) {
      Cheque other = one(such);
      ranges.add(new Action.Range(other.batch.number, other.ordinal, other.ordinal));
    }
    return ranges;
  }

  private Action takeBack() {
    boolean delivery = dice.percent(50);
    Predicate<Cheque> such =
        cheque ->
            cheque.prescriber != null
                && !cheque.opposed
                && !cheque.batch.expired
                && cheque.spent == null
                && delivery == (cheque.handedOutOn == null);
    Cheque cheque = one(such);
    String prescriber =
        cheque.prescriber == null || dice.percent(4)
            ? dice.of(List.copyOf(world.prescribers))
            : cheque.prescriber;
    return new Titling.TakeBack(
        delivery ? "DELIVERY" : "HAND_OUT",
        "correction-" + ++number,
        dice.percent(98) ? prescriber : "nobody",
        from(cheque, such));
  }

  private Action replace() {
    Cheque cheque = one(this::isReplaceable);
    List<Action.Range> ranges = from(cheque, this::isReplaceable);
    if (dice.percent(90)) {
      ranges.removeIf(range -> range.batch() != cheque.batch.number);
    }
    return new Titling.Replace(
        dice.percent(97) ? "replacement-" + ++number : dice.of(world.batches).order.order(),
        ranges);
  }

  /** What may get in the way of an action; null if nothing of this kind does. */
  @Nullable Action rivalOf(Action action) {
    return switch (action) {
      case Titling.TakeBack a ->
          new Titling.TakeBack(a.step(), "correction-" + ++number, a.prescriber(), a.cheques());
      case Titling.Replace a -> new Titling.Replace("replacement-" + ++number, a.cheques());
      case Titling.SetWaiver a ->
          new Titling.SetWaiver(letter(), a.venue(), !a.waives(), a.from().plusDays(dice.of(0, 1)));
      case Action.HandOut a when dice.percent(60) ->
          new Titling.TakeBack("DELIVERY", "correction-" + ++number, a.prescriber(), a.cheques());
      case Action.SubmitSlip a when dice.percent(10) ->
          new Titling.SetWaiver(letter(), a.venue(), true, days.today());
      case Action.Oppose _, Action.WithdrawSlip _, Action.ExpireOrder _
          when dice.percent(40) && !world.batches.isEmpty() ->
          replace();
      default -> null;
    };
  }

  /** The same identifier with other contents; null if it is not of this kind. */
  static @Nullable Action altered(Action action) {
    return switch (action) {
      case Titling.TakeBack a ->
          new Titling.TakeBack(
              a.step().equals("DELIVERY") ? "HAND_OUT" : "DELIVERY",
              a.correction(),
              a.prescriber(),
              a.cheques());
      case Titling.Replace a ->
          new Titling.Replace(
              a.replacement(),
              a.cheques().isEmpty() ? a.cheques() : a.cheques().subList(1, a.cheques().size()));
      default -> null;
    };
  }
}
