package fr.passnumerique.loadtest.model;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Accepted lines that were found wrong, and how their money is had back. */
final class Reversals {
  private final World world;
  private final Recoveries recoveries;

  Reversals(World world) {
    this.world = world;
    this.recoveries = new Recoveries(world);
  }

  Told play(Reversing action, LocalDate today, Instant recordedAt) {
    return switch (action) {
      case Reversing.ReverseLines a -> reverse(a, today, recordedAt);
      case Reversing.ConfirmReversal a -> confirm(a, today, recordedAt);
      case Reversing.DropReversal a -> drop(a);
      case Reversing.ContestReversal a -> contest(a, today);
      case Reversing.DecideContest a -> decide(a, recordedAt);
      case Reversing.IssueDebitNote a -> recoveries.ask(a, today);
      case Reversing.PayDebitNote a -> recoveries.pay(a, today);
      case Reversing.TakeNotePaymentBack a -> recoveries.takeBack(a);
      case Reversing.CreditRecovered a -> recoveries.credit(a, today);
    };
  }

  private Told reverse(Reversing.ReverseLines a, LocalDate today, Instant recordedAt) {
    Undue.Slip slip = world.undue.slips.get("slip " + a.venue() + " " + a.reference());
    if (slip == null) {
      return Told.refused("UNKNOWN_SLIP");
    }
    List<Integer> numbers = List.copyOf(new TreeSet<>(a.lines()));
    List<Cheque> cheques = new ArrayList<>();
    boolean waived = false;
    for (int number : numbers) {
      Cheque cheque = slip.accepted.get(number);
      if (cheque != null) {
        cheques.add(cheque);
      } else if (slip.waived.contains(number)) {
        waived = true;
      } else {
        return Told.refused("LINE_NOT_ACCEPTED");
      }
    }
    if (waived) {
      return Told.refused("LINE_WAIVED");
    }
    String id = "reversal " + a.reversal();
    Reversing.ReverseLines sorted =
        new Reversing.ReverseLines(a.reversal(), a.venue(), a.reference(), numbers, a.reason());
    Told known = world.known(id, sorted, "REVERSAL_ID_TAKEN");
    if (known != null) {
      return known;
    }
    if (numbers.isEmpty()) {
      return Told.refused("NO_LINES");
    }
    String wrong = wrong(slip, cheques);
    if (wrong != null) {
      return Told.refused(wrong);
    }
    Undue.Reversal reversal =
        new Undue.Reversal(a.reversal(), a.venue(), a.reference(), numbers, cheques);
    long alone = alone(a.venue(), World.dayOf(recordedAt));
    world.undue.reversals.put(a.reversal(), reversal);
    if (alone + cents(reversal) <= Reversing.MOST_ALONE_CENTS) {
      count(reversal, today, recordedAt);
    }
    return world.record(id, sorted, text(reversal));
  }

  /** What the one clerk who reverses did without another, this day, or wants to. */
  private long alone(String venue, LocalDate day) {
    long cents = 0;
    for (Undue.Reversal one : world.undue.reversals.values()) {
      boolean waits = one.state.equals("PROPOSED");
      boolean counts = day.equals(one.reversedOn) && one.confirmedBy.isEmpty();
      if (one.venue.equals(venue) && (waits || counts)) {
        cents += cents(one);
      }
    }
    return cents;
  }

  private static @Nullable String wrong(Undue.Slip slip, List<Cheque> cheques) {
    if (slip.withdrawn) {
      return "SLIP_WITHDRAWN";
    }
    for (Cheque cheque : cheques) {
      Cheque.Spent spent = cheque.spent();
      if (spent.reversed != null) {
        return "LINE_ALREADY_REVERSED";
      }
      if (spent.netting != null && spent.netting.isUndoable()) {
        return "LINE_BEING_NETTED";
      }
    }
    return null;
  }

  /** From now on the cheques are void; what was not paid is due back, the rest is claimed. */
  private void count(Undue.Reversal reversal, LocalDate today, Instant recordedAt) {
    reversal.state = "REVERSED";
    reversal.order = ++world.undue.counted;
    reversal.reversedOn = World.dayOf(recordedAt);
    reversal.contestUntil = today.plusDays(world.contestDays);
    for (int i = 0; i < reversal.cheques.size(); i++) {
      Cheque cheque = reversal.cheques.get(i);
      Undue.Line line = new Undue.Line(reversal, cheque, reversal.numbers.get(i));
      reversal.lines.add(line);
      if (cheque.spent().isOwed()) {
        cheque.spent().gone = true;
        line.recovery = "DUE_BACK";
      } else if (Payments.isOnItsWay(cheque.spent())) {
        line.transfer = Objects.requireNonNull(cheque.spent().transfer);
      }
      cheque.spent().reversed = line;
    }
  }

  private Told confirm(Reversing.ConfirmReversal a, LocalDate today, Instant recordedAt) {
    Undue.Reversal reversal = world.undue.reversals.get(a.reversal());
    if (reversal == null) {
      return Told.refused("UNKNOWN_REVERSAL");
    }
    if (reversal.counts()) {
      World.Done before = world.done.get("confirmation of " + a.reversal());
      return before == null
          ? Told.refused("REVERSAL_ALREADY_CONFIRMED")
          : Told.again(before.told().answer());
    }
    if (reversal.state.equals("DROPPED")) {
      return Told.refused("REVERSAL_DROPPED");
    }
    if (a.by().equals(Action.CLERK)) {
      return Told.refused("SECOND_PERSON_REQUIRED");
    }
    Undue.Slip slip = world.undue.slips.get("slip " + reversal.venue + " " + reversal.slip);
    String wrong = slip == null ? "UNKNOWN_SLIP" : wrong(slip, reversal.cheques);
    if (wrong != null) {
      return Told.refused(wrong);
    }
    count(reversal, today, recordedAt);
    reversal.confirmedBy = a.by();
    return world.record("confirmation of " + a.reversal(), a, text(reversal));
  }

  private Told drop(Reversing.DropReversal a) {
    Undue.Reversal reversal = world.undue.reversals.get(a.reversal());
    if (reversal == null) {
      return Told.refused("UNKNOWN_REVERSAL");
    }
    if (reversal.state.equals("DROPPED")) {
      return Told.again("");
    }
    if (reversal.counts()) {
      return Told.refused("REVERSAL_ALREADY_CONFIRMED");
    }
    reversal.state = "DROPPED";
    return Told.done("");
  }

  private Told contest(Reversing.ContestReversal a, LocalDate today) {
    Undue.Reversal reversal = world.undue.reversals.get(a.reversal());
    if (reversal == null || !reversal.venue.equals(a.venue())) {
      return Told.refused("UNKNOWN_REVERSAL");
    }
    if (reversal.state.equals("DROPPED")) {
      return Told.refused("REVERSAL_DROPPED");
    }
    if (reversal.contestUntil == null) {
      return Told.refused("REVERSAL_NOT_CONFIRMED");
    }
    if (!reversal.state.equals("REVERSED")) {
      return Told.again("");
    }
    if (today.isAfter(reversal.contestUntil)) {
      return Told.refused("CONTEST_TOO_LATE");
    }
    if (reversal.lines.stream().anyMatch(line -> !line.credited.isEmpty())) {
      return Told.refused("REVERSAL_CREDITED");
    }
    reversal.state = "CONTESTED";
    return Told.done("");
  }

  private Told decide(Reversing.DecideContest a, Instant recordedAt) {
    Undue.Reversal reversal = world.undue.reversals.get(a.reversal());
    if (reversal == null) {
      return Told.refused("UNKNOWN_REVERSAL");
    }
    String id = "contest of " + a.reversal();
    World.Done before = world.done.get(id);
    if (before != null) {
      return before.told().answer().startsWith(a.outcome())
          ? Told.again(before.told().answer())
          : Told.refused("CONTEST_ALREADY_DECIDED");
    }
    if (!reversal.isContested()) {
      return Told.refused("NOT_CONTESTED");
    }
    if (a.by().equals(Action.CLERK) || a.by().equals(reversal.confirmedBy)) {
      return Told.refused("SECOND_PERSON_REQUIRED");
    }
    long owedAgain = 0;
    long forgiven = 0;
    if (a.outcome().equals("LIFTED")) {
      if (reversal.lines.stream().anyMatch(line -> line.recovery.equals("BEING_NETTED"))) {
        return Told.refused("REVERSAL_BEING_NETTED");
      }
      if (reversal.lines.stream()
          .anyMatch(line -> line.netting != null && line.netting.isUndoable())) {
        return Told.refused("REVERSAL_BEING_NETTED");
      }
      for (Undue.Line line : reversal.lines) {
        long face = line.cheque.batch.rules.faceValue();
        // Of what was paid back in part the venue is owed the part, and keeps the rest.
        long back = line.recovery.equals("DUE_BACK") ? face : line.paidBack;
        owedAgain += back;
        forgiven += face - back;
        line.recovery = back == face ? "OWED_AGAIN" : "FORGIVEN";
        if (back > 0) {
          line.again = new Cheque.Debt(reversal.venue, World.dayOf(recordedAt), recordedAt, back);
        }
      }
    }
    reversal.state = a.outcome();
    return world.record(id, a, "%s %d %d".formatted(a.outcome(), owedAgain, forgiven));
  }

  static long cents(Undue.Reversal reversal) {
    return reversal.cheques.stream().mapToLong(cheque -> cheque.batch.rules.faceValue()).sum();
  }

  /** As it is told to the clerk and the venue. */
  static String text(Undue.Reversal reversal) {
    StringBuilder text = new StringBuilder();
    text.append(reversal.state).append(' ').append(cents(reversal));
    text.append(" until ").append(reversal.contestUntil == null ? "" : reversal.contestUntil);
    for (Undue.Line line : reversal.lines) {
      text.append(' ').append(line.number).append('=').append(line.recovery);
    }
    return text.toString();
  }
}
