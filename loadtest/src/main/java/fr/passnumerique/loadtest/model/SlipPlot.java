package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells of slips, and of their withdrawal. */
final class SlipPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Cast cast;
  private final ReversalPlot reversals;
  private final Theme theme;

  /** What was told last. */
  private final Deque<Action> told;

  SlipPlot(
      World world,
      Dice dice,
      Days days,
      Cast cast,
      ReversalPlot reversals,
      Theme theme,
      Deque<Action> told) {
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.cast = cast;
    this.reversals = reversals;
    this.theme = theme;
    this.told = told;
  }

  /** A slip with the very cheques that are opposed. */
  @Nullable Action spending(Action.Oppose a) {
    if (world.venues.isEmpty()) {
      return null;
    }
    String venue = cast.venue();
    List<Action.Line> lines = new ArrayList<>();
    for (Action.Range range : a.cheques()) {
      for (int ordinal = range.first(); ordinal <= range.last(); ordinal++) {
        lines.add(
            new Action.Line(
                range.batch(),
                ordinal,
                true,
                days.today(),
                Cast.SERVICES.getFirst(),
                cast.point(venue)));
      }
    }
    return new Action.SubmitSlip(venue, cast.id("slip"), lines);
  }

  @Nullable Action sameCheques(Action.SubmitSlip a) {
    if (world.venues.isEmpty() || a.lines().isEmpty()) {
      return null;
    }
    String venue = dice.percent(50) ? a.venue() : cast.venue();
    List<Action.Line> lines = new ArrayList<>();
    for (Action.Line line : a.lines()) {
      int ordinal = dice.percent(70) ? line.ordinal() : line.ordinal() + dice.of(-1, 1);
      lines.add(
          new Action.Line(
              line.batch(),
              Math.max(1, ordinal),
              line.genuine(),
              line.servedOn(),
              line.service(),
              venue.equals(a.venue()) ? line.point() : cast.point(venue)));
    }
    return new Action.SubmitSlip(venue, cast.id("slip"), lines);
  }

  /** Mostly one that is labelled today. */
  private String labelled() {
    List<String> labelled =
        world.venues.entrySet().stream()
            .filter(
                venue -> {
                  World.Label label = venue.getValue().labelOn(days.today());
                  return label != null && label.state().equals("LABELLED");
                })
            .map(Map.Entry::getKey)
            .toList();
    return labelled.isEmpty() || dice.percent(20) ? cast.venue() : dice.of(labelled);
  }

  Action slip() {
    String debtor = dice.percent(theme == Theme.REVERSALS ? 65 : 30) ? reversals.debtor() : null;
    String venue = debtor == null ? labelled() : debtor;
    if (dice.percent(1)) {
      return new Action.SubmitSlip(venue, cast.id("slip"), List.of());
    }
    List<Cheque> live =
        world
            .cheques()
            .filter(c -> c.spent == null && c.activated && c.handedOutOn != null)
            .toList();
    List<Action.Line> lines = new ArrayList<>();
    int count = dice.between(1, 12);
    int from = live.isEmpty() ? 0 : dice.below(live.size());
    count = live.isEmpty() ? 1 : Math.min(count, Math.max(2, live.size()));
    String point = cast.point(venue);
    @Nullable LocalDate servedOn = null;
    for (int i = 0; i < count; i++) {
      Cheque cheque =
          !live.isEmpty() && dice.percent(85)
              ? live.get((from + i) % live.size())
              : cast.anyCheque();
      if (servedOn == null || dice.percent(30)) {
        servedOn = served(cheque);
      }
      if (dice.percent(20)) {
        point = cast.point(venue);
      }
      lines.add(line(cheque, servedOn, dice.percent(99) ? point : "elsewhere"));
      if (dice.percent(3)) {
        lines.add(dice.of(lines));
      }
    }
    return new Action.SubmitSlip(venue, cast.id("slip"), lines);
  }

  private Action.Line line(Cheque cheque, LocalDate servedOn, String point) {
    boolean unknown = dice.percent(3);
    return new Action.Line(
        unknown && dice.percent(50) ? 777 : cheque.batch.number,
        unknown ? cheque.batch.cheques.size() + 1 : cheque.ordinal,
        dice.percent(96),
        servedOn,
        dice.percent(85) ? Cast.SERVICES.getFirst() : dice.of(Cast.SERVICES),
        point);
  }

  /** A day on which the cheque may, or may just not, have been used. */
  LocalDate served(Cheque cheque) {
    LocalDate today = days.today();
    LocalDate handedOutOn = cheque.handedOutOn == null ? today : cheque.handedOutOn;
    LocalDate last = handedOutOn.plusDays(cheque.batch.rules.validityDays());
    return switch (dice.below(24)) {
      case 0 -> handedOutOn;
      case 1 -> handedOutOn.minusDays(1);
      case 2 -> last.isAfter(today) ? today : last;
      case 3 -> last.plusDays(1);
      case 4 -> dice.percent(50) ? today.plusDays(1) : today;
      case 5 -> today.minusDays(cheque.batch.rules.windowDays());
      case 6 -> today.minusDays(cheque.batch.rules.windowDays() + 1L);
      case 7 -> cheque.batch.over();
      case 8 -> cheque.batch.over().plusDays(1);
      default -> today.isAfter(last) ? last : today;
    };
  }

  /** Of a slip that redeemed something, mostly; null if there is none. */
  @Nullable Action withdrawal() {
    List<Action> spent =
        world
            .cheques()
            .filter(cheque -> cheque.spent != null)
            .map(cheque -> Objects.requireNonNull(cheque.spent))
            .filter(one -> !one.taken || dice.percent(20))
            .<Action>map(one -> new Action.WithdrawSlip(one.venue, one.reference))
            .toList();
    List<Action> any =
        told.stream()
            .filter(Action.SubmitSlip.class::isInstance)
            .map(Action.SubmitSlip.class::cast)
            .<Action>map(slip -> new Action.WithdrawSlip(slip.venue(), slip.reference()))
            .toList();
    if (spent.isEmpty() || dice.percent(10)) {
      return any.isEmpty() ? null : dice.of(any);
    }
    return dice.of(spent);
  }
}
