package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.Step.Accident;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens next: from the seed, and from what has happened so far, so that most of it
 * makes sense and some of it just does not.
 */
public final class Story {
  private static final int REMEMBERED = 40;

  /** Of a hundred steps, how many bring a story where chance alone does not. */
  private static final int PURPOSEFUL = 25;

  private final World world;
  private final Dice dice;
  private final Days days;
  private final Deque<Action> told = new ArrayDeque<>();
  private final Plots plots;
  private final Rivals rivals;
  private final Theme theme;
  private final @Nullable Prologue prologue;

  public Story(long seed, Model model) {
    this.world = model.world;
    dice = new Dice(seed);
    theme = Theme.of(seed);
    days = new Days(dice, world, theme);
    plots = new Plots(world, dice, new Dice(~seed), days, theme, told);
    rivals = new Rivals(world, dice, days, plots);
    prologue =
        seed % 4 == 0
            ? null
            : new Prologue(dice, theme, Cast.FUNDERS, Cast.VENUES, Cast.SERVICES.subList(0, 2));
  }

  /** The next step; the model must have played all before it. */
  public Step next() {
    days.pass();
    return step(0);
  }

  private Step step(int depth) {
    Instant at = days.now();
    Action action = action();
    told.addLast(action);
    if (told.size() > REMEMBERED) {
      told.removeFirst();
    }
    List<Step> meanwhile = new ArrayList<>();
    // What comes back to a pre-financier is not held up by slips of that very moment.
    boolean alone =
        isBooked(action)
            || action instanceof Action.Receive
            || action instanceof Action.CallFunds
            || plots.overpaid.isGivenBackBy(action);
    if (isBooked(action) && depth < 2 && dice.percent(18)) {
      days.moment();
      Action rival = plots.bank.rivalOf(action);
      if (rival != null) {
        meanwhile.add(new Step(days.now(), rival, Accident.NONE, trial(), List.of()));
      }
    } else if (!alone
        && depth < 2
        && dice.percent(action instanceof Reversing.ReverseLines ? 45 : depth == 0 ? 18 : 30)) {
      for (int more = dice.between(1, 2); more > 0; more--) {
        days.moment();
        meanwhile.add(rival(action, depth + 1));
      }
    }
    return new Step(at, action, accident(action), trial(), List.copyOf(meanwhile));
  }

  /** Each handing out is a fact of its own, also that which nobody heard of. */
  private Accident accident(Action action) {
    Accident accident = accident();
    return accident == Accident.KILLED_AFTER
            && (action instanceof Settling.HandOutRun || action instanceof Refunding.HandOutRefunds)
        ? Accident.KILLED_BEFORE
        : accident;
  }

  private static boolean isBooked(Action action) {
    return action instanceof Action.ImportFile || action instanceof Action.MatchEntry;
  }

  /** Something that gets in the way of the action, or anything at all. */
  private Step rival(Action action, int depth) {
    @Nullable Action rival = dice.percent(75) ? rivals.of(action) : null;
    if (rival == null) {
      return step(depth);
    }
    return new Step(days.now(), rival, Accident.NONE, trial(), List.of());
  }

  private Accident accident() {
    int chance = dice.below(400);
    return switch (chance) {
      case 0, 1, 2 -> Accident.STATEMENT_LOST;
      case 3, 4, 5 -> Accident.ANSWER_LOST;
      case 6 -> Accident.KILLED_BEFORE;
      case 7, 8 -> Accident.KILLED_AFTER;
      case 9 -> Accident.RESTARTED;
      default -> Accident.NONE;
    };
  }

  private Step.Trial trial() {
    String venue = world.venues.isEmpty() ? "" : plots.cast.venue();
    LocalDate servedOn =
        world.batches.isEmpty() ? days.today() : plots.slips.served(plots.cast.anyCheque());
    return new Step.Trial(venue, servedOn, dice.of(Cast.SERVICES));
  }

  private Action action() {
    LocalDate today = days.today();
    if ((world.lastDay == null || today.isAfter(world.lastDay)) && dice.percent(65)) {
      return new Action.OpenDay(dice.percent(95) ? today : today.minusDays(1));
    }
    if (!told.isEmpty() && dice.percent(6)) {
      return dice.percent(60)
          ? dice.of(List.copyOf(told))
          : Altering.of(dice.of(List.copyOf(told)));
    }
    if (prologue != null && !prologue.isOver() && dice.percent(90)) {
      return prologue.next(today, world);
    }
    Action seldom = plots.seldom.next();
    if (seldom != null) {
      return seldom;
    }
    if (dice.percent(70)) {
      Action run = plots.payments.awaited();
      Action awaited = run == null ? plots.refunds.awaited() : run;
      if (awaited != null) {
        return awaited;
      }
    }
    if (dice.percent(50)) {
      Action begun = plots.takenBack.begun();
      if (begun != null) {
        return begun;
      }
    }
    if (dice.percent(25)) {
      Action match = plots.inOneSum.begun();
      if (match != null) {
        return match;
      }
    }
    if (theme == Theme.REVERSALS && dice.percent(30)) {
      Action note = plots.kept.debitNote();
      if (note != null) {
        return note;
      }
    }
    if (dice.percent(PURPOSEFUL)) {
      Action next = purposeful();
      if (next != null) {
        return next;
      }
    }
    List<Supplier<Action>> possible = new ArrayList<>();
    add(possible, world.programmes.size() < 3 ? 3 : 0, plots.beginning::programme);
    add(possible, world.funders.size() < Cast.FUNDERS.size() ? 4 : 0, plots.beginning::funder);
    add(possible, world.prescribers.size() < 3 ? 3 : 0, plots.beginning::registerPrescriber);
    add(possible, world.venues.size() < Cast.VENUES.size() ? 4 : 1, plots.venues::listVenue);
    if (!world.programmes.isEmpty() && world.funders.size() > 2) {
      add(possible, world.agreements.size() < 4 ? 4 : 0, plots.beginning::agreement);
    }
    if (!world.agreements.isEmpty()) {
      add(possible, 2, plots.beginning::amendment);
      add(possible, 3, plots.cash::receipt);
      add(possible, plots.cash.isOwedOnUse() ? 3 : 0, plots.cash::paidOnUse);
      add(possible, 12, plots.cash::missingReceipt);
      add(possible, world.batches.size() < 9 ? 6 : 1, plots.cash::order);
      add(possible, 2, plots.funding::call);
      add(possible, world.runs.isEmpty() ? 4 : 14, plots.bank::file);
      add(possible, plots.bank.isAwaited() ? 8 : 0, plots.bank::file);
      add(
          possible,
          plots.clerk.isTaken() || plots.clerk.isAskedBack()
              ? 6
              : world.account.unexplained.isEmpty() ? 0 : 2,
          plots.clerk::clerk);
      add(possible, world.agreements.size() > 1 ? 2 : 0, plots.funding::transfer);
    }
    if (!world.venues.isEmpty()) {
      add(possible, 3, plots.venues::label);
      add(possible, 4, plots.venues::account);
    }
    if (!world.batches.isEmpty()) {
      add(possible, 6, plots.distribution::activate);
      add(possible, world.prescribers.isEmpty() ? 0 : 7, plots.distribution::deliver);
      add(possible, world.prescribers.isEmpty() ? 0 : 10, plots.distribution::handOut);
      boolean live =
          world.cheques().anyMatch(c -> c.spent == null && c.activated && c.handedOutOn != null);
      add(possible, world.venues.isEmpty() ? 0 : live ? 30 : 4, plots.slips::slip);
    }
    if (world.cheques().anyMatch(cheque -> cheque.spent != null)) {
      add(possible, plots.payments.programmesThatOwe().isEmpty() ? 1 : 16, plots.payments::run);
    }
    if (!world.batches.isEmpty()) {
      add(possible, 3, plots.distribution::opposition);
      add(
          possible,
          plots.endings.isUnsigned()
              ? theme == Theme.ENDINGS ? 40 : 12
              : world.batches.stream().anyMatch(plots.endings::isOver) ? 8 : 1,
          plots.endings::ending);
    }
    if (!world.runs.isEmpty()) {
      add(possible, plots.payments.isSomethingInTransit() ? 20 : 2, plots.payments::bank);
    }
    plots.reversals.add(possible);
    plots.titles.add(possible);
    plots.settling.add(possible);
    plots.refunds.add(possible);
    Action withdrawal = dice.percent(4) ? plots.slips.withdrawal() : null;
    return withdrawal == null ? dice.of(possible).get() : withdrawal;
  }

  private @Nullable Action purposeful() {
    return switch (dice.below(9)) {
      case 0, 1 -> plots.lifts.next();
      case 2, 3 -> plots.overpaid.next();
      case 4 -> plots.corrections.next();
      case 5 -> plots.takenBack.next();
      case 6 -> ofTheAccount();
      default -> plots.kept.next();
    };
  }

  /** What the bank shows in one sum, never, or outside its days. */
  private @Nullable Action ofTheAccount() {
    return switch (dice.below(3)) {
      case 0 -> plots.byHand.next();
      case 1 -> plots.inOneSum.next();
      default -> world.agreements.isEmpty() ? null : plots.bank.outsideItsDays();
    };
  }

  private static void add(List<Supplier<Action>> possible, int times, Supplier<Action> action) {
    for (int i = 0; i < times; i++) {
      possible.add(action);
    }
  }
}
