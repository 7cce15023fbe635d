package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Towards a return that the bank tells no more while its money is to be paid again, is netted, or
 * is a give-back's that nobody wants refunded any more: told by a statement, in another run or
 * refund order since, and told no more by the statement's next telling; before a clerk has closed
 * that, and after.
 */
final class TakenBackPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final Cast cast;
  private final BankStory bank;
  private final VenuePlot venues;
  private final ToldPlot corrections;

  /** What was tried although the bank may have paid it. */
  private final Set<String> tried = new HashSet<>();

  TakenBackPlot(
      World world,
      Dice dice,
      Days days,
      Cast cast,
      BankStory bank,
      VenuePlot venues,
      ToldPlot corrections) {
    this.corrections = corrections;
    this.world = world;
    this.dice = dice;
    this.days = days;
    this.cast = cast;
    this.bank = bank;
    this.venues = venues;
  }

  /** Null if nothing leads there now. */
  @Nullable Action next() {
    for (Ends.Found found : BankStory.transfers(world, "RETURNED")) {
      Action next = goOn(found.transfer());
      if (next != null) {
        return next;
      }
    }
    List<Ends.Found> paid = BankStory.transfers(world, "CONFIRMED");
    return paid.isEmpty() ? null : bank.returnedOnAStatement(dice.of(paid).transfer());
  }

  /** Of a return that the bank tells no more already; null if there is none. */
  @Nullable Action begun() {
    return BankStory.transfers(world, "RETURNED").stream()
        .map(Ends.Found::transfer)
        .filter(back -> world.account.doubts(back.name) || leftToExplain(back) > 0)
        .findFirst()
        .map(this::goOn)
        .orElse(null);
  }

  /**
   * Straight to what is left of a return that the bank tells no more while a run that awaits its
   * release is to pay or net its money, or a give-back is to be cancelled that it had refunded, and
   * from there to its end: nothing of it is left to chance. Null if no such run or give-back waits,
   * and nothing is left.
   */
  @Nullable Action straight() {
    for (Ends.Found found : BankStory.transfers(world, "RETURNED")) {
      World.Transfer back = found.transfer();
      String again = openAgain(back);
      int left = leftToExplain(back);
      if (left > 0 && !again.isEmpty()) {
        return cancel(back, again);
      }
      // Refused, it is another's to explain.
      if (left > 0 && tried.add("entry " + left)) {
        return new Action.MatchEntry(left, List.of(), "", back.name);
      }
      String kept = again.isEmpty() ? openGiveBack(back) : "";
      if (left > 0 || again.isEmpty() && kept.isEmpty()) {
        continue;
      }
      Action next =
          !world.account.doubts(back.name)
              ? bank.neverReturned(back.name)
              : !tried.add(again + kept)
                  ? corrections.close()
                  : kept.isEmpty() ? release(back, again) : new Refunding.CancelGiveBack(kept);
      if (next != null) {
        return next;
      }
    }
    return null;
  }

  /** A give-back that it had refunded, and no other is to; empty if it is of none. */
  private String openGiveBack(World.Transfer back) {
    return world.givenBack.values().stream()
        .filter(one -> back instanceof Refunds.Refund refund && refund.note == one.note)
        .filter(one -> !one.note.cancelled && one.note.holder == null)
        .filter(one -> one.note.refundedOn == null)
        .map(one -> one.made.giveBack())
        .findFirst()
        .orElse("");
  }

  /** The refund of a give-back comes back, and the day's statement tells so; null if none did. */
  @Nullable Action giveBackReturned() {
    for (Ends.Found found : BankStory.transfers(world, "CONFIRMED")) {
      World.Transfer paid = found.transfer();
      if (world.givenBack.values().stream()
          .anyMatch(one -> paid instanceof Refunds.Refund refund && refund.note == one.note)) {
        return bank.returnedOnAStatement(paid);
      }
    }
    return null;
  }

  /**
   * A run that nets what came back, which a statement could tell no more: against a line of the
   * same venue, which is reversed first. Null if nothing has come back so.
   */
  @Nullable Action netted() {
    for (Ends.Found found : BankStory.transfers(world, "RETURNED")) {
      World.Transfer back = found.transfer();
      if (!openAgain(back).isEmpty() || !bank.isToldToReturn(back.name)) {
        continue;
      }
      for (World.Owed line : back.lines) {
        if (line.debt() instanceof Cheque.Spent spent && spent.isOwed() && spent.isNettable()) {
          Action next = netted(spent, line.cheque().batch.programme);
          if (next != null) {
            return next;
          }
        }
      }
    }
    return null;
  }

  private @Nullable Action netted(Cheque.Spent owed, String programme) {
    boolean claimed =
        world.undue.reversals.values().stream()
            .filter(one -> one.counts() && !one.isContested() && one.venue.equals(owed.venue))
            .flatMap(one -> one.lines.stream())
            .filter(line -> line.cheque.batch.programme.equals(programme))
            .anyMatch(line -> line.recovery.equals("CLAIMED") && !line.isOnItsWay());
    if (claimed) {
      return new Settling.OpenRunFor(cast.id("run"), programme, days.today(), "OTHER");
    }
    return world
        .cheques()
        .filter(cheque -> cheque.batch.programme.equals(programme) && cheque.spent != null)
        .filter(cheque -> cheque.batch.rules.faceValue() <= Reversing.MOST_ALONE_CENTS)
        .map(Cheque::spent)
        .filter(spent -> spent.venue.equals(owed.venue))
        .filter(spent -> spent.isPaid() && spent.reversed == null)
        .findFirst()
        .map(
            spent ->
                new Reversing.ReverseLines(
                    cast.id("undue"), spent.venue, spent.reference, List.of(spent.number), "FRAUD"))
        .orElse(null);
  }

  private @Nullable Action goOn(World.Transfer back) {
    String again = openAgain(back);
    int left = leftToExplain(back);
    if (left > 0) {
      return again.isEmpty() || dice.percent(15)
          ? new Action.MatchEntry(left, List.of(), "", back.name)
          : dice.percent(30) ? release(back, again) : cancel(back, again);
    }
    if (world.account.doubts(back.name)) {
      int chance = dice.below(100);
      if (chance < 30) {
        return corrections.close();
      }
      if (again.isEmpty()) {
        // A run would leave it out.
        return chance < 45 ? run(back) : corrections.close();
      }
      return chance < 65
          ? release(back, again)
          : chance < 80 ? cancel(back, again) : corrections.close();
    }
    Action reversal = dice.percent(15) ? reverse(back) : null;
    if (reversal != null) {
      return reversal;
    }
    return again.isEmpty() ? run(back) : bank.neverReturned(back.name);
  }

  /** A line that it had taken; null if all are reversed, or can be no more. */
  private @Nullable Action reverse(World.Transfer back) {
    for (World.Owed line : back.lines) {
      if (line.debt() instanceof Cheque.Spent spent
          && spent.reversed == null
          && spent.netting == null) {
        return new Reversing.ReverseLines(
            cast.id("undue"), spent.venue, spent.reference, List.of(spent.number), "FRAUD");
      }
    }
    return null;
  }

  /** That is to pay or net the same again and was not released; empty if none is. */
  private String openAgain(World.Transfer back) {
    for (Map.Entry<String, World.Run> run : world.allOrdered().entrySet()) {
      if (run.getValue().isOpen()
          && (run.getValue().transfers.stream().anyMatch(other -> paysTheSame(back, other))
              || nets(run.getValue(), back))) {
        return run.getKey();
      }
    }
    return "";
  }

  private static boolean nets(World.Run run, World.Transfer back) {
    return run.nettings.stream()
        .flatMap(netting -> netting.owed.stream())
        .anyMatch(cheque -> back.lines.stream().anyMatch(line -> line.debt() == cheque.spent()));
  }

  private static boolean paysTheSame(World.Transfer one, World.Transfer other) {
    return one instanceof Refunds.Refund refund
        ? other instanceof Refunds.Refund same && refund.note == same.note
        : one.lines.stream()
            .anyMatch(line -> other.lines.stream().anyMatch(own -> own.debt() == line.debt()));
  }

  private int leftToExplain(World.Transfer back) {
    for (int i = 0; i < world.account.unexplained.size(); i++) {
      Account.Unexplained one = world.account.unexplained.get(i);
      if (one.explained.isEmpty()
          && one.why.equals("TOLD_NO_MORE")
          && one.cents < 0
          && one.transfer.equals(back.name)) {
        return i + 1;
      }
    }
    return 0;
  }

  private static Action release(World.Transfer back, String again) {
    return back instanceof Refunds.Refund
        ? new Refunding.ReleaseRefunds(again, "second-clerk")
        : new Action.ReleaseRun(again, "second-clerk");
  }

  private static Action cancel(World.Transfer back, String again) {
    return back instanceof Refunds.Refund
        ? new Refunding.CancelRefunds(again)
        : new Action.CancelRun(again);
  }

  /** What came back is paid again, to another account; null if that is not owed or not yet. */
  private @Nullable Action run(World.Transfer back) {
    Instant today = World.startOf(days.today());
    for (World.Owed line : back.lines) {
      World.Venue venue = world.venues.get(line.debt().venue);
      if (line.debt().isOwed() && line.debt().recordedAt.isBefore(today) && venue != null) {
        if (venue.payable()) {
          return new Settling.OpenRunFor(
              cast.id("run"), line.cheque().batch.programme, days.today(), "OTHER");
        }
        return venue.proposed.isEmpty()
            ? venues.openAccount(line.debt().venue)
            : new Action.ConfirmAccount(line.debt().venue, venue.proposed, "second-clerk");
      }
    }
    return null;
  }
}
