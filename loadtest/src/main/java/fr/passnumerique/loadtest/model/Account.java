package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The ring-fenced account: what is known of it, day by day, and what the bank says it closes with.
 */
final class Account {
  private final List<Movement> movements = new ArrayList<>();

  /** By closing day; of two that close on one day the later to be imported. */
  private final Map<LocalDate, List<Closing>> closings = new TreeMap<>();

  /** What nobody could explain when it was read, in the order in which it was recorded. */
  final List<Unexplained> unexplained = new ArrayList<>();

  /** By receipt. */
  final Map<String, ByHand> byHand = new TreeMap<>();

  /** Receipts that the bank told, by its reference, and those of them that it tells no more. */
  final Map<String, Funds.Received> told = new TreeMap<>();

  final Map<String, Funds.Received> toldNoMore = new TreeMap<>();

  /** Receipts by hand that the bank had not shown when a clerk took them back: why. */
  final Map<String, String> takenBack = new TreeMap<>();

  /** Numbers of the bookings that were read. */
  final Set<Integer> read = new HashSet<>();

  /** On which day each of them counts, by its number. */
  final Map<Integer, LocalDate> countedOn = new HashMap<>();

  /** As the bank told them first, by their numbers. */
  final Map<Integer, Action.Booking> bookings = new HashMap<>();

  /** Of one that was told in other words while nobody had explained another: that one's key. */
  final Map<Integer, String> sameAs = new HashMap<>();

  /** Of bookings in one sum in which a clerk has found payments: how many, by its number. */
  final Map<Integer, Integer> paymentsFound = new HashMap<>();

  /** What each booking has moved, by its number, as long as the bank tells it. */
  final Map<Integer, List<Moved>> moved = new HashMap<>();

  /** How often a booking was told no more: told again, it is another. */
  final Map<Integer, Integer> takenOut = new HashMap<>();

  final List<Telling> tellings = new ArrayList<>();

  /** How many of them said otherwise than one of before. */
  int toldOtherwise;

  /** What the bank said of transfers that contradicts what is known, in the order of recording. */
  final List<String> disputes = new ArrayList<>();

  /** Files that were refused, in the order of recording. */
  final List<String> refused = new ArrayList<>();

  /** Why clerks are done with a dispute, a refused file or a statement told otherwise. */
  final Map<String, String> closed = new TreeMap<>();

  /** What a booking is now; told again after it was told no more, it is another. */
  String key(int number) {
    return number + "." + takenOut.getOrDefault(number, 0);
  }

  /** Whether it stands, and nobody has explained anything of it. */
  boolean isOpen(int number) {
    List<Moved> all = moved.getOrDefault(number, List.of());
    return !all.isEmpty() && all.stream().allMatch(Moved.Open.class::isInstance);
  }

  /**
   * Which one a statement tells. Another of the same reference, day and amount that nobody has
   * explained is the same told in other words: what it was, nobody has said. And so it stays,
   * whatever it is explained as then.
   */
  Action.Booking meant(Action.Booking told) {
    if (told.reference().isEmpty() || moved.containsKey(told.number())) {
      return told;
    }
    return moved.keySet().stream()
        .map(bookings::get)
        .filter(other -> other != null && told.isLike(other))
        .filter(
            other ->
                key(other.number()).equals(sameAs.get(told.number())) || isOpen(other.number()))
        .findFirst()
        .orElse(told);
  }

  /** One statement as it was told. */
  static final class Telling {
    final String file;
    final String identity;
    final String contents;
    final LocalDate from;
    final LocalDate to;
    final List<String> keys;

    /** Which of those that say otherwise than one before; 0 for one that does not. */
    final int otherwise;

    boolean replaced;

    boolean covers(@Nullable LocalDate day) {
      return day != null && !day.isBefore(from) && !day.isAfter(to);
    }

    Telling(
        String file,
        String identity,
        String contents,
        LocalDate from,
        LocalDate to,
        List<String> keys,
        int otherwise) {
      this.file = file;
      this.identity = identity;
      this.contents = contents;
      this.from = from;
      this.to = to;
      this.keys = keys;
      this.otherwise = otherwise;
    }
  }

  /** What one payment of a booking has moved. */
  sealed interface Moved {
    record Open(Unexplained one) implements Moved {}

    record Receipt(Funds.Received received, LocalDate bookedOn, long cents) implements Moved {}

    record Debit(String transfer, LocalDate bookedOn, LocalDate valueOn, long cents)
        implements Moved {}

    record Return(String transfer, LocalDate bookedOn, LocalDate valueOn, long cents)
        implements Moved {}

    record Asked(String note, LocalDate bookedOn, LocalDate valueOn, long cents) implements Moved {}

    record Other(String transfer, LocalDate bookedOn, LocalDate valueOn, long cents)
        implements Moved {}
  }

  void moved(int number, Moved what) {
    if (number > 0) {
      moved.computeIfAbsent(number, _ -> new ArrayList<>()).add(what);
    }
  }

  /** A clerk has said what it is. */
  void explain(Unexplained one, Moved... as) {
    List<Moved> all = moved.get(one.booking);
    if (all != null && all.removeIf(each -> each instanceof Moved.Open(var open) && open == one)) {
      all.addAll(List.of(as));
    }
  }

  /** What came or went, on the day that the bank gives it, or a clerk until the bank does. */
  static final class Movement {
    LocalDate on;
    final long cents;

    Movement(LocalDate on, long cents) {
      this.on = on;
      this.cents = cents;
    }
  }

  /** A receipt by a clerk's word, until the bank shows it. */
  static final class ByHand {
    final Action.Receive receipt;
    final Movement movement;
    final Funds.Received received;
    boolean proved;

    /** The bank tells it no more. */
    boolean gone;

    ByHand(Action.Receive receipt, Movement movement, Funds.Received received) {
      this.receipt = receipt;
      this.movement = movement;
      this.received = received;
    }

    long cents() {
      return receipt.cents();
    }

    void prove(LocalDate bookedOn) {
      proved = true;
      movement.on = bookedOn;
    }
  }

  static final class Unexplained {
    final long cents;
    final LocalDate bookedOn;
    final LocalDate valueOn;
    final Movement movement;

    /** What stands in the way, and the transfer that it names, if it is one of ours. */
    String why = "";

    String transfer = "";

    /** The debit note whose payment has left it; empty if it is nothing of the kind. */
    String note = "";

    /** The number of the booking that had brought it. */
    int of;

    /** Of which it is; 0 for what the bank never booked. */
    int booking;

    /** It is one payment of a booking, or what was kept or left of one: never a whole sum. */
    boolean part;

    /** The bank tells it no more. */
    boolean gone;

    /** How a clerk explained it; empty while nobody has. */
    String explained = "";

    /** The number of the one with which it makes up: both stay on the account. */
    int offset;

    Unexplained(long cents, LocalDate bookedOn, LocalDate valueOn, Movement movement) {
      this.cents = cents;
      this.bookedOn = bookedOn;
      this.valueOn = valueOn;
      this.movement = movement;
    }

    boolean isOpenDebitOf(String name) {
      // What was kept beside a payment is no payment.
      return explained.isEmpty() && cents < 0 && transfer.equals(name) && !why.equals("CHARGES");
    }

    /** Whether it is nobody's. */
    boolean stands() {
      return explained.isEmpty() || offset > 0;
    }
  }

  /** Whether the bank took money for it that nobody has explained. */
  boolean hasDebit(String transfer) {
    return unexplained.stream().anyMatch(one -> one.isOpenDebitOf(transfer));
  }

  /** Whether money came in that may have paid so much of a debit note, and nobody has said so. */
  boolean hasCredit(String note, long cents) {
    return unexplained.stream()
        .filter(one -> one.explained.isEmpty() && one.cents > 0)
        .anyMatch(
            one ->
                one.transfer.equals(note) || one.why.equals("NO_REFERENCE") && one.cents == cents);
  }

  /** Whether the bank says that it has paid one that counts as unpaid, and nobody knows better. */
  boolean doubts(String transfer) {
    if (hasDebit(transfer)) {
      return true;
    }
    for (int i = 0; i < disputes.size(); i++) {
      String dispute = disputes.get(i);
      if (dispute.contains(" " + transfer + " ACSC ")
          && !dispute.endsWith(" NEVER_SENT")
          && !closed.containsKey("DISPUTE" + (i + 1))) {
        return true;
      }
    }
    return new ToldNoMore.Returns(this).isInDoubt(transfer);
  }

  /** Whether the bank says that there is more, or less, at the end of the day than is known. */
  boolean isUnproven(LocalDate day) {
    List<Closing> told = closings.get(day);
    return told != null && known(day) != closing(told);
  }

  private record Closing(long opening, long closing) {
    boolean moves() {
      return opening != closing;
    }

    boolean leadsTo(Closing other) {
      return moves() && other.moves() && closing == other.opening;
    }
  }

  /** What the last told says of those after which none of the day's goes on; else of all. */
  private static long closing(List<Closing> told) {
    List<Closing> ends =
        told.stream().filter(one -> told.stream().noneMatch(one::leadsTo)).toList();
    return (ends.isEmpty() ? told : ends).getLast().closing();
  }

  Movement move(LocalDate on, long cents) {
    Movement movement = new Movement(on, cents);
    movements.add(movement);
    return movement;
  }

  /** It turns out to be what another stands for. */
  void remove(Movement movement) {
    movements.remove(movement);
  }

  /** What is known to be on it at the end of a day. */
  long known(LocalDate day) {
    return movements.stream()
        .filter(movement -> !movement.on.isAfter(day))
        .mapToLong(movement -> movement.cents)
        .sum();
  }

  void close(LocalDate on, long opening, long closing) {
    closings.computeIfAbsent(on, _ -> new ArrayList<>()).add(new Closing(opening, closing));
  }

  /** What clerks say is there, and no statement can have shown yet: by agreement and owner. */
  Map<String, Long> unseen() {
    LocalDate last = closings.keySet().stream().max(LocalDate::compareTo).orElse(LocalDate.MIN);
    Map<String, Long> unseen = new TreeMap<>();
    for (ByHand one : byHand.values()) {
      if (!one.proved && one.movement.on.isAfter(last)) {
        one.received.owners().forEach((owner, cents) -> unseen.merge(owner, cents, Long::sum));
      }
    }
    return unseen;
  }

  long onIt(Map<Pot, Long> pots) {
    return pots.entrySet().stream()
        .filter(pot -> pot.getKey().kind().equals("BANK"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** What is nobody's: below zero if more went than came. */
  long unexplained() {
    return unexplained.stream().filter(Unexplained::stands).mapToLong(one -> one.cents).sum();
  }

  /** What the bank took, and neither a clerk nor a credit of the bank makes up for. */
  long taken() {
    return unexplained.stream()
        .filter(one -> one.explained.isEmpty() && one.cents < 0)
        .mapToLong(one -> -one.cents)
        .sum();
  }

  /** The first closing balance that is not what is known, else the last, if nothing contradicts. */
  String proof() {
    String last = "unproven, no statement";
    for (Map.Entry<LocalDate, List<Closing>> told : closings.entrySet()) {
      long known = known(told.getKey());
      long closing = closing(told.getValue());
      boolean proven = known == closing;
      last =
          "%s on %s: %d of %d"
              .formatted(proven ? "proven" : "unproven", told.getKey(), known, closing);
      if (!proven) {
        return last;
      }
    }
    return isContradicted() ? last.replace("proven on", "unproven on") : last;
  }

  /** Whether the bank told a statement twice, not alike, and no clerk is done with it. */
  private boolean isContradicted() {
    return closed.keySet().stream().filter(one -> one.startsWith("STATEMENT")).count()
        < toldOtherwise;
  }
}
