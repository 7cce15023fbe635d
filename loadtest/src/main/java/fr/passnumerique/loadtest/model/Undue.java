package fr.passnumerique.loadtest.model;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Slips by their lines, reversals of these, and what was asked back for them. */
final class Undue {
  /** By venue and reference. */
  final Map<String, Slip> slips = new LinkedHashMap<>();

  final Map<String, Reversal> reversals = new LinkedHashMap<>();
  final Map<String, Note> notes = new LinkedHashMap<>();

  /** Reversals that count, so far. */
  int counted;

  /** One slip's accepted lines, by their number. */
  static final class Slip {
    final Map<Integer, Cheque> accepted = new TreeMap<>();

    /** For which nothing is paid. */
    final Set<Integer> waived = new TreeSet<>();

    int lines;
    boolean withdrawn;
  }

  static final class Reversal {
    final String name;
    final String venue;
    final String slip;
    final List<Integer> numbers;

    /** Accepted lines of the slip that are meant. */
    final List<Cheque> cheques;

    String state = "PROPOSED";
    String confirmedBy = "";

    /** Of those that count: the first is 1. */
    int order;

    @Nullable LocalDate reversedOn;
    @Nullable LocalDate contestUntil;
    final List<Line> lines = new ArrayList<>();

    Reversal(String name, String venue, String slip, List<Integer> numbers, List<Cheque> cheques) {
      this.name = name;
      this.venue = venue;
      this.slip = slip;
      this.numbers = numbers;
      this.cheques = cheques;
    }

    boolean counts() {
      return reversedOn != null;
    }

    boolean isContested() {
      return state.equals("CONTESTED");
    }

    boolean isLifted() {
      return state.equals("LIFTED");
    }
  }

  record GivenBack(long cents, Batch.Note note) {}

  /** What became of the money of one reversed line. */
  static final class Line {
    final Reversal reversal;
    final Cheque cheque;
    final int number;

    /** DUE_BACK, CLAIMED, BEING_NETTED, ON_DEBIT_NOTE, OWED_AGAIN or FORGIVEN. */
    String recovery = "CLAIMED";

    /** That was to pay it when it was reversed; empty if none was on its way. */
    String transfer = "";

    /** The venue gave it back: by netting, or by paying a debit note. */
    boolean recovered;

    /** What payments of its debit note have brought, in cents: the first ones of the line. */
    long paidBack;

    /** It is owed again since its reversal was lifted. */
    Cheque.@Nullable Debt again;

    /** By which it is given back now, if a run does it. */
    @Nullable Netting netting;

    /** Credit notes that give its value back to who paid it in, by whose share it is. */
    final Map<String, Batch.Note> credited = new TreeMap<>();

    /** What a funder who pays on use had repaid of its share, and has back by its own note. */
    final Map<String, GivenBack> givenBack = new TreeMap<>();

    Line(Reversal reversal, Cheque cheque, int number) {
      this.reversal = reversal;
      this.cheque = cheque;
      this.number = number;
    }

    /** Whether the transfer of then is to pay it still: one that came later pays another debt. */
    boolean isOnItsWay() {
      return !transfer.isEmpty()
          && transfer.equals(cheque.spent().transfer)
          && Payments.isOnItsWay(cheque.spent());
    }

    long open() {
      return recovery.equals("ON_DEBIT_NOTE") ? cheque.batch.rules.faceValue() - paidBack : 0;
    }

    /** What of its note's payments can still be undone. */
    long undoable() {
      return credited.isEmpty() && (recovery.equals("DUE_BACK") || recovery.equals("ON_DEBIT_NOTE"))
          ? paidBack
          : 0;
    }

    /** What of a funder's share the venue has paid back: cents are counted through the shares. */
    long paidBack(String funder) {
      long begin = 0;
      for (Map.Entry<String, Long> share : cheque.shares.entrySet()) {
        if (share.getKey().equals(funder)) {
          return Math.clamp(paidBack - begin, 0, share.getValue());
        }
        begin += share.getValue();
      }
      return 0;
    }

    /** What of a funder's share is owed again since the reversal was lifted. */
    long owedAgain(String funder) {
      if (again == null) {
        return 0;
      }
      return again.cents == cheque.batch.rules.faceValue()
          ? cheque.shares.getOrDefault(funder, 0L)
          : paidBack(funder);
    }

    /** What of a funder's share is still owed, or on its way, without its title. */
    long untitled(String funder) {
      Cheque.Spent spent = cheque.spent();
      if (spent.gone || spent.isPaid()) {
        return 0;
      }
      return isLifted() ? owedAgain(funder) : cheque.shares.getOrDefault(funder, 0L);
    }

    boolean isLifted() {
      return reversal.isLifted();
    }
  }

  /** Lines that a venue is owed against as many that it owes, in one run. */
  static final class Netting {
    final String venue;
    final List<Cheque> owed = new ArrayList<>();
    final List<Line> claims = new ArrayList<>();

    /** Pays the rest of what the venue is owed; empty if there is no rest. */
    String transfer = "";

    boolean released;

    /** Its transfer has not come to nothing, and cannot any more. */
    boolean kept;

    Netting(String venue) {
      this.venue = venue;
    }

    boolean isUndoable() {
      return !kept;
    }
  }

  static final class Note {
    final String venue;
    final String programme;
    final LocalDate issuedOn;
    final List<Line> lines;

    /** The last of them closed it, if it asks for nothing any more. */
    final List<Payment> payments = new ArrayList<>();

    /** The days of payments that clerks took back, and why. */
    final Map<LocalDate, String> takenBack = new HashMap<>();

    /** The days of payments that the bank tells no more. */
    final Set<LocalDate> toldNoMore = new HashSet<>();

    /** Whether the bank has shown its last payment. */
    boolean proved;

    Note(String venue, String programme, LocalDate issuedOn, List<Line> lines) {
      this.venue = venue;
      this.programme = programme;
      this.issuedOn = issuedOn;
      this.lines = lines;
    }

    long open() {
      return lines.stream().mapToLong(Line::open).sum();
    }

    boolean isPaid() {
      return open() == 0 && !payments.isEmpty();
    }

    /** What a clerk has said of it and the bank has not shown. */
    @Nullable Payment unshown() {
      return proved || payments.isEmpty() || payments.getLast().booking() != 0
          ? null
          : payments.getLast();
    }

    /** The oldest lines first. */
    void pay(long cents, LocalDate on, Account.Movement movement, int booking) {
      long left = cents;
      for (Line line : lines) {
        long part = Math.min(left, line.open());
        if (part > 0) {
          left -= part;
          line.paidBack += part;
          if (line.open() == 0) {
            line.recovery = "DUE_BACK";
            line.recovered = true;
          }
        }
      }
      payments.add(new Payment(on, cents, movement, booking));
    }

    /** The last that was paid, of lines that are neither credited nor lifted; all or nothing. */
    boolean takeBack(long cents) {
      if (lines.stream().mapToLong(Line::undoable).sum() < cents) {
        return false;
      }
      long left = cents;
      for (Line line : lines.reversed()) {
        long part = Math.min(left, line.undoable());
        if (part > 0) {
          left -= part;
          line.paidBack -= part;
          line.recovery = "ON_DEBIT_NOTE";
          line.recovered = false;
        }
      }
      return true;
    }

    /**
     * The payment that a booking brought, else the last by a clerk's word.
     *
     * @param bookedOn the day of the booking
     */
    void forget(int booking, LocalDate bookedOn) {
      Payment gone =
          payments.stream()
              .filter(one -> one.booking() == booking)
              .findFirst()
              .orElseGet(
                  () ->
                      payments.reversed().stream()
                          .filter(one -> one.booking() == 0)
                          .findFirst()
                          .orElse(null));
      payments.remove(gone);
      toldNoMore.add(gone == null ? bookedOn : gone.on());
    }

    /** The days of payments that are there no more, whoever says so. */
    SortedSet<LocalDate> gone() {
      SortedSet<LocalDate> days = new TreeSet<>(takenBack.keySet());
      days.addAll(toldNoMore);
      return days;
    }
  }

  /**
   * @param booking its number; 0 by a clerk's word
   */
  record Payment(LocalDate on, long cents, Account.Movement movement, int booking) {}
}
