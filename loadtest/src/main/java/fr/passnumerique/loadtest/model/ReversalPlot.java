package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Tells of lines that are found wrong. */
final class ReversalPlot {
  private static final List<String> REASONS = List.of("FRAUD", "ENTERED_BY_MISTAKE");

  private final World world;
  private final Dice dice;
  private final Days days;
  private final Theme theme;
  private int number;

  ReversalPlot(World world, Dice dice, Days days, Theme theme) {
    this.theme = theme;
    this.world = world;
    this.dice = dice;
    this.days = days;
  }

  private String id(String kind) {
    return kind + "-" + ++number;
  }

  void add(List<Supplier<Action>> possible) {
    if (world.undue.slips.isEmpty()) {
      return;
    }
    times(
        possible,
        paidSlips().isEmpty() ? some().isEmpty() ? 0 : 1 : theme == Theme.REVERSALS ? 10 : 4,
        this::reverse);
    boolean open = world.undue.reversals.values().stream().anyMatch(one -> !isOver(one));
    times(possible, open ? 4 : 1, this::goOn);
    if (!world.undue.reversals.isEmpty()) {
      times(
          possible,
          claimed().isEmpty() ? 1 : isAskedSoon() ? theme == Theme.REVERSALS ? 12 : 5 : 2,
          this::ask);
      times(possible, creditable().isEmpty() ? 1 : 6, this::credit);
      times(possible, justTooLate().isEmpty() ? 0 : 2, this::contestLate);
    }
    boolean unpaid = world.undue.notes.values().stream().anyMatch(note -> !note.isPaid());
    times(possible, unpaid ? 4 : world.undue.notes.isEmpty() ? 0 : 1, this::pay);
    times(possible, unshown().isEmpty() ? 0 : 2, this::takeBack);
  }

  private static void times(List<Supplier<Action>> possible, int times, Supplier<Action> action) {
    for (int i = 0; i < times; i++) {
      possible.add(action);
    }
  }

  private static boolean isOver(Undue.Reversal one) {
    return List.of("DROPPED", "UPHELD", "LIFTED").contains(one.state);
  }

  /** Lines whose value is due back, of orders that are at their end. */
  private List<Undue.Line> creditable() {
    return world.undue.reversals.values().stream()
        .flatMap(reversal -> reversal.lines.stream())
        .filter(line -> line.recovery.equals("DUE_BACK") && line.credited.isEmpty())
        .filter(line -> days.today().isAfter(line.cheque.batch.over()))
        .toList();
  }

  /** Of the order of a reversed cheque, mostly; else what the order lacks for it. */
  private Action credit() {
    List<Undue.Line> lines = creditable();
    if (lines.isEmpty() || dice.percent(10)) {
      return new Reversing.CreditRecovered(dice.of(world.batches).order.order());
    }
    Cheque cheque = dice.of(lines).cheque;
    String order = cheque.batch.order.order();
    if (!cheque.batch.expired) {
      return new Action.ExpireOrder(order);
    }
    List<String> parties = new ArrayList<>(List.of(""));
    cheque.shares.keySet().forEach(funder -> parties.add(cheque.cashOwner(funder)));
    parties.removeIf(party -> cheque.batch.signatures.contains("STATEMENT " + party));
    return parties.isEmpty() || dice.percent(25)
        ? new Reversing.CreditRecovered(order)
        : new Action.SignExpiry(order, "STATEMENT", parties.getFirst());
  }

  /** That could be contested until a few days ago. */
  private List<Undue.Reversal> justTooLate() {
    LocalDate today = days.today();
    return world.undue.reversals.values().stream()
        .filter(one -> one.state.equals("REVERSED") && isJustBefore(one.contestUntil, today))
        .toList();
  }

  private static boolean isJustBefore(@Nullable LocalDate until, LocalDate today) {
    return until != null && today.isAfter(until) && today.isBefore(until.plusDays(8));
  }

  private Action contestLate() {
    List<Undue.Reversal> late = justTooLate();
    if (late.isEmpty()) {
      return goOn();
    }
    Undue.Reversal one = dice.of(late);
    return new Reversing.ContestReversal(one.name, one.venue);
  }

  /** Whether it is nearly time for a debit note, or just time. */
  private boolean isAskedSoon() {
    return claimed().stream().anyMatch(this::isAskedSoon);
  }

  private boolean isAskedSoon(Undue.Line line) {
    LocalDate reversedOn = line.reversal.reversedOn;
    return reversedOn != null
        && days.today().isAfter(reversedOn.plusDays(Reversing.DEBIT_NOTE_DAYS - 10L));
  }

  /** With a line that was paid and is not reversed. */
  private List<String> paidSlips() {
    return world.undue.slips.entrySet().stream()
        .filter(
            slip ->
                slip.getValue().accepted.values().stream()
                    .anyMatch(c -> c.spent != null && c.spent.paid && c.spent.reversed == null))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** With a line that is not reversed. */
  private List<String> some() {
    return world.undue.slips.entrySet().stream()
        .filter(
            slip ->
                slip.getValue().accepted.values().stream()
                    .anyMatch(c -> c.spent != null && c.spent.reversed == null))
        .filter(slip -> !slip.getValue().withdrawn)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A venue that owes something back; null if there is none. */
  @Nullable String debtor() {
    List<Undue.Line> claimed = claimed();
    return claimed.isEmpty() ? null : dice.of(claimed).reversal.venue;
  }

  /** All who do. */
  Set<String> debtors() {
    return claimed().stream().map(line -> line.reversal.venue).collect(Collectors.toSet());
  }

  /** Programmes under which something is owed back. */
  List<String> programmesOfClaims() {
    return claimed().stream().map(line -> line.cheque.batch.programme).distinct().toList();
  }

  private List<Undue.Line> claimed() {
    return world.undue.reversals.values().stream()
        .flatMap(reversal -> reversal.lines.stream())
        .filter(line -> line.recovery.equals("CLAIMED"))
        .toList();
  }

  Action reverse() {
    List<String> paid = paidSlips();
    if (!paid.isEmpty() && dice.percent(60)) {
      return reverse(dice.of(paid));
    }
    List<String> some = dice.percent(85) ? some() : List.copyOf(world.undue.slips.keySet());
    if (some.isEmpty() || dice.percent(2)) {
      return new Reversing.ReverseLines(id("reversal"), "nobody", "slip-0", List.of(1), "FRAUD");
    }
    return reverse(dice.of(some));
  }

  private Action reverse(String key) {
    String[] words = key.split(" ", -1);
    Undue.Slip slip = world.undue.slips.get(key);
    List<Integer> numbers = new ArrayList<>();
    if (slip != null) {
      List<Integer> accepted = new ArrayList<>(slip.accepted.keySet());
      if (!dice.percent(15)) {
        accepted.removeIf(
            line -> {
              Cheque cheque = slip.accepted.get(line);
              return cheque != null && cheque.spent != null && cheque.spent.reversed != null;
            });
      }
      for (int more = dice.of(1, 1, 1, 2, 4, 6); more > 0 && !accepted.isEmpty(); more--) {
        numbers.add(accepted.remove(dice.below(accepted.size())));
      }
      if (dice.percent(4)) {
        numbers.add(dice.between(0, slip.lines + 1));
      }
    }
    return new Reversing.ReverseLines(
        id("reversal"), words[1], words[2], numbers, dice.of(REASONS));
  }

  /** Mostly the next that may happen to a reversal. */
  private Action goOn() {
    List<Undue.Reversal> some = new ArrayList<>(world.undue.reversals.values());
    if (!dice.percent(15)) {
      some.removeIf(ReversalPlot::isOver);
    }
    if (some.isEmpty()) {
      return reverse();
    }
    Undue.Reversal one = dice.of(some);
    String name = dice.percent(98) ? one.name : "reversal-0";
    if (one.state.equals("PROPOSED") && dice.percent(90)) {
      return dice.percent(15)
          ? new Reversing.DropReversal(name)
          : new Reversing.ConfirmReversal(name, dice.percent(85) ? "second-clerk" : Action.CLERK);
    }
    if (one.isContested() && dice.percent(85)) {
      return new Reversing.DecideContest(
          name, dice.of("UPHELD", "LIFTED", "LIFTED"), dice.of("third-clerk", decider()));
    }
    return switch (dice.below(12)) {
      case 0 -> new Reversing.DropReversal(name);
      case 1 -> new Reversing.ConfirmReversal(name, "second-clerk");
      case 2 -> new Reversing.DecideContest(name, dice.of("UPHELD", "LIFTED"), "third-clerk");
      default ->
          new Reversing.ContestReversal(
              name, dice.percent(97) ? one.venue : dice.of(List.copyOf(world.venues.keySet())));
    };
  }

  private String decider() {
    return dice.of("third-clerk", "second-clerk", Action.CLERK);
  }

  /** When the first debit note comes that may be issued, of today or later; null if none does. */
  @Nullable LocalDate nextDebitNote() {
    return undisputed()
        .map(line -> line.reversal.reversedOn)
        .filter(Objects::nonNull)
        .map(on -> on.plusDays(Reversing.DEBIT_NOTE_DAYS))
        .filter(on -> !on.isBefore(days.today()))
        .min(LocalDate::compareTo)
        .orElse(null);
  }

  private Stream<Undue.Line> undisputed() {
    return claimed().stream()
        .filter(line -> line.cheque.spent().isPaid() && !line.reversal.isContested());
  }

  /** Of a venue that owes something for long enough; null if there is none. */
  @Nullable Action askInTime() {
    List<Undue.Line> inTime = undisputed().filter(this::isInTime).toList();
    if (inTime.isEmpty()) {
      return null;
    }
    Undue.Line line = dice.of(inTime);
    return new Reversing.IssueDebitNote(
        id("debit-note"), line.reversal.venue, line.cheque.batch.programme);
  }

  private boolean isInTime(Undue.Line line) {
    LocalDate on = line.reversal.reversedOn;
    return on != null && !days.today().isBefore(on.plusDays(Reversing.DEBIT_NOTE_DAYS));
  }

  /** Mostly of a venue that owes something, whether it is time or not. */
  private Action ask() {
    List<Undue.Line> claimed = claimed();
    if (claimed.isEmpty() || dice.percent(10)) {
      return new Reversing.IssueDebitNote(
          id("debit-note"),
          dice.of(List.copyOf(world.venues.keySet())),
          dice.of(List.copyOf(world.programmes.keySet())));
    }
    List<Undue.Line> soon = claimed.stream().filter(this::isAskedSoon).toList();
    Undue.Line line = dice.of(soon.isEmpty() || dice.percent(15) ? claimed : soon);
    return new Reversing.IssueDebitNote(
        id("debit-note"), line.reversal.venue, line.cheque.batch.programme);
  }

  Action pay() {
    LocalDate on = days.today().minusDays(dice.of(0, 0, 0, 1, 3, -1));
    List<String> unpaid =
        world.undue.notes.entrySet().stream()
            .filter(note -> !note.getValue().isPaid())
            .map(Map.Entry::getKey)
            .toList();
    String note =
        unpaid.isEmpty() || dice.percent(15)
            ? dice.of(List.copyOf(world.undue.notes.keySet()))
            : dice.of(unpaid);
    return new Reversing.PayDebitNote(dice.percent(97) ? note : "debit-note-0", on);
  }

  /** Notes of whose payment there is a clerk's word alone, or was. */
  private List<String> unshown() {
    return world.undue.notes.entrySet().stream()
        .filter(note -> note.getValue().unshown() != null || !note.getValue().gone().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Now and then of one that the bank has shown, or for a day on which nothing was paid. */
  private Action takeBack() {
    String name =
        dice.percent(90) ? dice.of(unshown()) : dice.of(List.copyOf(world.undue.notes.keySet()));
    Undue.Note note = Objects.requireNonNull(world.undue.notes.get(name));
    List<LocalDate> known = new ArrayList<>(note.payments.stream().map(Undue.Payment::on).toList());
    known.addAll(note.gone());
    LocalDate on = known.isEmpty() || dice.percent(5) ? days.today() : dice.of(known);
    return new Reversing.TakeNotePaymentBack(name, on, dice.of("NEVER_CAME", "WRONG_NOTE"));
  }

  /** What may get in the way of an action; null if nothing of this kind does. */
  @Nullable Action rivalOf(Action action) {
    return switch (action) {
      case Reversing.ReverseLines a ->
          dice.percent(50)
              ? new Reversing.ReverseLines(
                  id("reversal"), a.venue(), a.reference(), a.lines(), a.reason())
              : new Action.WithdrawSlip(a.venue(), a.reference());
      case Reversing.ConfirmReversal a ->
          dice.percent(50)
              ? new Reversing.DropReversal(a.reversal())
              : new Reversing.ConfirmReversal(a.reversal(), "fourth-clerk");
      case Reversing.DropReversal a -> new Reversing.ConfirmReversal(a.reversal(), "second-clerk");
      case Reversing.DecideContest a ->
          new Reversing.DecideContest(
              a.reversal(), a.outcome().equals("LIFTED") ? "UPHELD" : "LIFTED", a.by());
      case Reversing.IssueDebitNote a ->
          new Reversing.IssueDebitNote(id("debit-note"), a.venue(), a.programme());
      case Reversing.CreditRecovered _, Reversing.PayDebitNote _ -> goOn();
      case Reversing.TakeNotePaymentBack a ->
          dice.percent(50) ? new Reversing.PayDebitNote(a.note(), a.paidOn()) : credit();
      case Action.WithdrawSlip a when dice.percent(40) ->
          reverse("slip " + a.venue() + " " + a.reference());
      case Action.OpenRun _, Action.ReleaseRun _, Action.ConfirmTransfer _, Action.RejectTransfer _
          when dice.percent(25) && !world.undue.reversals.isEmpty() ->
          dice.percent(50) ? reverse() : goOn();
      default -> null;
    };
  }

  /** The same identifier with other contents; null if it is not of this kind. */
  static @Nullable Action altered(Action action) {
    return switch (action) {
      case Reversing.ReverseLines a ->
          new Reversing.ReverseLines(
              a.reversal(), a.venue(), a.reference(), a.lines(), "SERVICE_NOT_GIVEN");
      case Reversing.PayDebitNote a ->
          new Reversing.PayDebitNote(a.note(), a.paidOn().minusDays(1));
      case Reversing.TakeNotePaymentBack a ->
          new Reversing.TakeNotePaymentBack(
              a.note(), a.paidOn(), a.reason().equals("OTHER") ? "NEVER_CAME" : "OTHER");
      default -> null;
    };
  }

  /** Days on which something about reversals may be done the last time, or the first. */
  static List<LocalDate> edges(World world) {
    List<LocalDate> edges = new ArrayList<>();
    for (Undue.Reversal reversal : world.undue.reversals.values()) {
      if (reversal.state.equals("REVERSED") && reversal.contestUntil != null) {
        edges.add(reversal.contestUntil);
      }
      if (reversal.reversedOn != null
          && reversal.lines.stream().anyMatch(line -> line.recovery.equals("CLAIMED"))) {
        edges.add(reversal.reversedOn.plusDays(Reversing.DEBIT_NOTE_DAYS));
      }
    }
    return edges;
  }
}
