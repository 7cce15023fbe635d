package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells of what banks keep for themselves, and of debit notes that venues pay to the bank. */
final class KeptPlot {
  private final World world;
  private final Dice dice;
  private final Days days;
  private final BankStory bank;
  private final BankClerkStory clerk;
  private final ReversalPlot reversals;
  private final ToldPlot corrections;

  KeptPlot(
      World world,
      Dice dice,
      Days days,
      BankStory bank,
      BankClerkStory clerk,
      ReversalPlot reversals,
      ToldPlot corrections) {
    this.corrections = corrections;
    this.days = days;
    this.world = world;
    this.dice = dice;
    this.bank = bank;
    this.clerk = clerk;
    this.reversals = reversals;
  }

  /** The next that brings a story there, or goes on from there; null if nothing does. */
  @Nullable Action next() {
    List<Supplier<Action>> possible = new ArrayList<>();
    for (int i = 0; i < world.account.unexplained.size(); i++) {
      Account.Unexplained entry = world.account.unexplained.get(i);
      int number = i + 1;
      if (!entry.explained.isEmpty()) {
        continue;
      }
      if (entry.why.equals("CHARGES")) {
        possible.add(() -> makeUp(number, entry));
      }
      Action charges = clerk.charges(number, entry);
      if (charges != null) {
        possible.add(() -> charges);
      }
    }
    if (!possible.isEmpty()) {
      return dice.of(possible).get();
    }
    if (dice.percent(25)) {
      BankStory.transfers(world, "ORDERED", "EXECUTED", "CONFIRMED")
          .forEach(found -> possible.add(() -> keep(found)));
    }
    for (Map.Entry<String, Undue.Note> note : world.undue.notes.entrySet()) {
      if ((note.getValue().open() > 0 || !note.getValue().proved) && dice.percent(40)) {
        possible.add(bank::paidBack);
      }
    }
    Action asked = reversals.askInTime();
    if (asked != null) {
      possible.add(() -> asked);
    }
    return possible.isEmpty() ? null : dice.of(possible).get();
  }

  /** Towards a debit note and its payment; null if nothing is to be done today. */
  @Nullable Action debitNote() {
    Action asked = reversals.askInTime();
    if (asked != null) {
      return asked;
    }
    if (world.undue.notes.values().stream().anyMatch(note -> !note.isPaid()) && dice.percent(50)) {
      return dice.percent(50) ? bank.paidBack() : reversals.pay();
    }
    Action closed = dice.percent(40) ? corrections.close() : null;
    if (closed != null) {
      return closed;
    }
    Action undone = dice.percent(40) ? paymentThatNeverWas() : null;
    if (undone != null) {
      return undone;
    }
    LocalDate next = reversals.nextDebitNote();
    if (next != null) {
      days.aimAt(next);
    }
    return null;
  }

  /** A note of which nothing is paid yet is paid to the bank; null if there is none. */
  @Nullable Action paidToTheBank() {
    return world.undue.notes.values().stream()
            .anyMatch(note -> note.payments.isEmpty() && note.takenBack.isEmpty())
        ? bank.paidBack()
        : null;
  }

  /** What a statement told of a debit note's payment never was; null if none told any. */
  @Nullable Action paymentThatNeverWas() {
    List<Integer> told =
        world.undue.notes.values().stream()
            .flatMap(note -> note.payments.stream())
            .map(Undue.Payment::booking)
            .filter(booking -> booking > 0)
            .toList();
    return told.isEmpty() ? null : bank.neverWas(b -> told.contains(b.number()));
  }

  private Action keep(Ends.Found found) {
    long charges = dice.of(45L, 150L);
    return found.standing().equals("CONFIRMED") && found.transfer().debited
        ? bank.returned(found.transfer(), charges)
        : bank.debited(found.transfer(), charges);
  }

  /** The operator pays it in, and a clerk sets the two against each other. */
  private Action makeUp(int number, Account.Unexplained charges) {
    for (int i = 0; i < world.account.unexplained.size(); i++) {
      Account.Unexplained other = world.account.unexplained.get(i);
      if (other.explained.isEmpty() && other.cents + charges.cents == 0) {
        return new Action.OffsetEntries(number, i + 1);
      }
    }
    return bank.makeUp(charges.cents);
  }
}
