package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

  /** Payments that were recorded anew, by note and day. */
  private final Set<String> onceMore = new HashSet<>();

  /** Runs of which something was debited before their file was handed out. */
  private final Set<String> early = new HashSet<>();

  /** Those of them of which somebody has asked for it then. */
  private final Set<String> askedFor = new HashSet<>();

  /** Of which a clerk has said once what was kept. */
  private final Set<Account.Unexplained> said = new HashSet<>();

  /** Whether a statement told that a debit note's payment never was. */
  private boolean toldOtherwise;

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

  /** A debit note of what is claimed, on the first day that it may be; null if it is not yet. */
  @Nullable Action askedBack() {
    LocalDate next = reversals.nextDebitNote();
    if (next != null) {
      days.aimAt(next);
    }
    return reversals.askInTime();
  }

  /** A note of which the bank has told no payment yet is paid to it; null if there is none. */
  @Nullable Action paidToTheBank() {
    return world.undue.notes.values().stream()
            .anyMatch(note -> note.payments.isEmpty() && note.toldNoMore.isEmpty())
        ? bank.paidBack()
        : null;
  }

  /**
   * Who has recorded a payment that the bank tells no more records it anew, as one who has had no
   * answer, once each; null if no note asks again for such a one.
   */
  @Nullable Action paidOnceMore() {
    for (Map.Entry<String, Undue.Note> one : world.undue.notes.entrySet()) {
      for (LocalDate on : one.getValue().toldNoMore) {
        if (!one.getValue().isPaid() && onceMore.add(one.getKey() + " " + on)) {
          return new Reversing.PayDebitNote(one.getKey(), on);
        }
      }
    }
    return null;
  }

  /** A clerk says of a note that it is paid, and that it is not; null if there is none for it. */
  @Nullable Action paidByMistake() {
    for (Map.Entry<String, Undue.Note> note : world.undue.notes.entrySet()) {
      Undue.Payment said = note.getValue().unshown();
      if (said != null) {
        return new Reversing.TakeNotePaymentBack(note.getKey(), said.on(), "NEVER_CAME");
      }
      if (note.getValue().payments.isEmpty() && note.getValue().gone().isEmpty()) {
        return new Reversing.PayDebitNote(note.getKey(), days.today());
      }
    }
    return null;
  }

  /** A clerk closes what a statement told otherwise of a debit note's payment; null if none did. */
  @Nullable Action closed() {
    return toldOtherwise ? corrections.close() : null;
  }

  /** What a statement told of a debit note's payment never was; null if none told any. */
  @Nullable Action paymentThatNeverWas() {
    List<Integer> told =
        world.undue.notes.values().stream()
            .flatMap(note -> note.payments.stream())
            .map(Undue.Payment::booking)
            .filter(booking -> booking > 0)
            .toList();
    Action never = told.isEmpty() ? null : bank.neverWas(b -> told.contains(b.number()));
    toldOtherwise |= never != null;
    return never;
  }

  /**
   * A bank debits a transfer, and its charges with it, before anybody was given the file that
   * orders it; null if no file waits for somebody.
   */
  @Nullable Action keptEarly() {
    for (Map.Entry<String, World.Run> run : world.allOrdered().entrySet()) {
      if (run.getValue().awaitsHandingOut() && early.add(run.getKey())) {
        return bank.debited(
            run.getValue().transfers.get(run.getValue().pending().getFirst() - 1), 150);
      }
    }
    return null;
  }

  /** Somebody asks for the file all the same, once; null if there is none. */
  @Nullable Action askedForAllTheSame() {
    for (Map.Entry<String, World.Run> run : world.allOrdered().entrySet()) {
      if (run.getValue().awaitsHandingOut()
          && Handing.isDebited(world, run.getValue())
          && askedFor.add(run.getKey())) {
        return world.runs.containsKey(run.getKey())
            ? new Settling.HandOutRun(run.getKey(), Handing.leftOut(run.getValue()))
            : new Refunding.HandOutRefunds(run.getKey(), Handing.leftOut(run.getValue()));
      }
    }
    return null;
  }

  /**
   * A clerk says once what a bank kept of a transfer; null if nothing is kept that nobody has said
   * anything of.
   */
  @Nullable Action knownCharges() {
    for (int i = 0; i < world.account.unexplained.size(); i++) {
      Account.Unexplained entry = world.account.unexplained.get(i);
      Action known =
          entry.explained.isEmpty() && !said.contains(entry) ? clerk.charges(i + 1, entry) : null;
      if (known != null) {
        said.add(entry);
        return known;
      }
    }
    return null;
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
