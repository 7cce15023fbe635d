package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How long venues wait: what is unpaid of each slip by days of the business, and what was paid
 * after the last day of its target, as far as it was recorded at any position of the ledger. A slip
 * that nobody can have been shown as late is forgotten when it is paid: one that is known to be
 * paid by the end of its last day. So this is bounded by what is unpaid and what was late. The road
 * not taken, going through all runs for each question, costs the more the older the ledger is.
 */
final class PaymentDelays {
  private final Map<Key, Debt> debts = new HashMap<>();
  private final Map<VenueId, OfVenue> venues = new HashMap<>();

  /** By the transfer that a rejection or a return would take them back with. */
  private final Map<TransferId, List<Paid>> revocable = new HashMap<>();

  /** Paid by the bank's word, and not booked. */
  private final Map<TransferId, List<Paid>> unbooked = new HashMap<>();

  /** Of the first fact recorded on each day that has one, Europe/Paris. */
  private final TreeMap<Long, LocalDate> days = new TreeMap<>();

  /** Of the fact that is folded, and its day. */
  private long position;

  private LocalDate recordedOn = LocalDate.EPOCH;

  /** One slip's debt of one programme. */
  record Key(ProgrammeId programme, long position) {}

  /**
   * @param position of the fact that says so
   */
  private record Change(LocalDate on, long position, LocalDate recordedOn, long cents) {
    /** Before it, or at an earlier position, it had not happened or was not known. */
    LocalDate settledOn() {
      return on.isAfter(recordedOn) ? on : recordedOn;
    }
  }

  /** What one venue waits for, and what it waited for too long. */
  static final class OfVenue {
    private final Set<Debt> open = new LinkedHashSet<>();

    /** Paid, and once shown as late: by the day since which nothing has changed or become known. */
    private final TreeMap<LocalDate, Set<Debt>> closed = new TreeMap<>();

    private final TreeMap<LocalDate, List<Paid>> paidLate = new TreeMap<>();

    /** What is unpaid now. */
    Set<Debt> open() {
      return open;
    }

    /**
     * What was unpaid after its last day on a day, as far as was known.
     *
     * @param known position, of whose next fact, if there is one, the day is not before {@code day}
     */
    Stream<Debt> openOn(LocalDate day, long known) {
      return Stream.concat(
              open.stream(), closed.tailMap(day, true).values().stream().flatMap(Set::stream))
          .filter(debt -> day.isAfter(debt.payBy) && debt.unpaidOn(day, known) > 0);
    }

    /** Paid after its last day, on one of these days, and not come back by the last of them. */
    Stream<Paid> paidLate(LocalDate since, LocalDate upTo, long known) {
      return paidLate.subMap(since, true, upTo, true).values().stream()
          .flatMap(List::stream)
          .filter(paid -> paid.standsOn(upTo, known));
    }
  }

  /** What is unpaid of a slip: owed, in a transfer or a netting without its end; not reversed. */
  static final class Debt {
    private final Key key;
    private final Unpaid slip;
    private final LocalDate payBy;

    /** Of all changes known by the end of the last day: only days after it are asked for. */
    private long atLastDay;

    private final List<Change> afterwards = new ArrayList<>(0);

    private Debt(Key key, Unpaid slip) {
      this.key = key;
      this.slip = slip;
      this.payBy = PaymentTarget.lastDay(slip.presentedOn());
    }

    Key key() {
      return key;
    }

    /** By what name and since when; not how much. */
    Unpaid slip() {
      return slip;
    }

    /**
     * @param day after the last day
     * @param known position of the last fact that was recorded
     */
    long unpaidOn(LocalDate day, long known) {
      return atLastDay
          + afterwards.stream()
              .filter(change -> !change.on().isAfter(day) && change.position() <= known)
              .mapToLong(Change::cents)
              .sum();
    }

    private long unpaid() {
      return unpaidOn(LocalDate.MAX, Long.MAX_VALUE);
    }

    private void change(Change change) {
      if (change.settledOn().isAfter(payBy)) {
        afterwards.add(change);
      } else {
        atLastDay += change.cents();
      }
    }

    private Optional<LocalDate> lastChange() {
      return afterwards.stream().map(Change::settledOn).max(LocalDate::compareTo);
    }
  }

  /** Lines of a slip that were paid after their last day. */
  static final class Paid {
    private final ProgrammeId programme;
    private final SettlementRunId run;
    private final Optional<TransferId> transfer;
    private final Unpaid slip;
    private final long cents;
    private final LocalDate on;
    private final long position;
    private @Nullable LocalDate cameBackOn;

    /** Of the fact that says so. */
    private long cameBackAt;

    /** Of the fact that tells another day of it. */
    private long correctedAt = Long.MAX_VALUE;

    private Paid(
        ProgrammeId programme,
        SettlementRunId run,
        Optional<TransferId> transfer,
        Unpaid slip,
        long cents,
        LocalDate on,
        long position) {
      this.programme = programme;
      this.run = run;
      this.transfer = transfer;
      this.slip = slip;
      this.cents = cents;
      this.on = on;
      this.position = position;
    }

    ProgrammeId programme() {
      return programme;
    }

    SettlementRunId run() {
      return run;
    }

    /** Empty for what was netted. */
    Optional<TransferId> transfer() {
      return transfer;
    }

    Unpaid slip() {
      return slip;
    }

    long cents() {
      return cents;
    }

    LocalDate on() {
      return on;
    }

    /** Whether it had not come back by then, as far as was known. */
    boolean standsOn(LocalDate day, long known) {
      return position <= known
          && known < correctedAt
          && !on.isAfter(day)
          && (cameBackOn == null || cameBackOn.isAfter(day) || cameBackAt > known);
    }
  }

  // --- questions

  /** Of the last fact. */
  long position() {
    return position;
  }

  /**
   * The day on which a fact was recorded, Europe/Paris.
   *
   * @param at 1 to the last position
   */
  LocalDate recordedOn(long at) {
    return days.floorEntry(at).getValue();
  }

  /** A copy, so that venues can be gone through one by one: what each waits for is as of then. */
  List<OfVenue> venues(Optional<VenueId> only) {
    return only.map(venue -> Stream.ofNullable(venues.get(venue)).toList())
        .orElseGet(() -> List.copyOf(venues.values()));
  }

  /**
   * What a transfer paid after its last day, and the bank did not take back.
   *
   * @return by position of the slip's fact
   */
  Map<Long, Long> paidLateCents(TransferId transfer) {
    return revocable.getOrDefault(transfer, List.of()).stream()
        .filter(paid -> paid.transfer().isPresent() && paid.cameBackOn == null)
        .filter(paid -> paid.correctedAt == Long.MAX_VALUE)
        .collect(
            Collectors.groupingBy(
                paid -> paid.slip.position(), Collectors.summingLong(Paid::cents)));
  }

  /** How many slips it remembers, paid ones among them. */
  int size() {
    return debts.size();
  }

  // --- facts

  /** A fact begins to be folded: what follows is known since it. */
  void begin(long at, LocalDate day) {
    position = at;
    if (days.isEmpty() || !day.equals(recordedOn)) {
      days.put(at, day);
      recordedOn = day;
    }
  }

  /**
   * @param slip whose; a part of it will do
   * @param cents by which its unpaid amount changes
   */
  void change(ProgrammeId programme, Unpaid slip, LocalDate on, long cents) {
    if (cents == 0) {
      return;
    }
    Key key = new Key(programme, slip.position());
    Debt debt = debts.computeIfAbsent(key, _ -> new Debt(key, named(slip)));
    OfVenue venue = venues.computeIfAbsent(slip.venue(), _ -> new OfVenue());
    leave(venue, debt);
    debt.change(new Change(on, position, recordedOn, cents));
    if (debt.unpaid() != 0) {
      venue.open.add(debt);
      return;
    }
    debt.lastChange()
        .ifPresentOrElse(
            day -> venue.closed.computeIfAbsent(day, _ -> new LinkedHashSet<>()).add(debt),
            () -> debts.remove(key));
  }

  private static void leave(OfVenue venue, Debt debt) {
    if (!venue.open.remove(debt)) {
      debt.lastChange()
          .ifPresent(
              day ->
                  venue.closed.computeIfPresent(
                      day,
                      (_, all) -> {
                        all.remove(debt);
                        return all.isEmpty() ? null : all;
                      }));
    }
  }

  /** Without its lines, which a paid slip must not hold on to. */
  private static Unpaid named(Unpaid slip) {
    return new Unpaid(
        slip.venue(),
        slip.reference(),
        slip.position(),
        slip.recordedAt(),
        slip.presentedOn(),
        0,
        List.of(),
        OwedLines.NONE,
        List.of());
  }

  /** A transfer, or a netting, pays lines of a slip. */
  void pay(
      ProgrammeId programme,
      SettlementRunId run,
      TransferOrNetting by,
      Unpaid slip,
      long cents,
      LocalDate on) {
    pay(
        new Paid(
            programme,
            run,
            by.netting() ? Optional.empty() : by.transfer(),
            named(slip),
            cents,
            on,
            position),
        by.transfer());
  }

  private void pay(Paid paid, Optional<TransferId> by) {
    change(paid.programme, paid.slip, paid.on, -paid.cents);
    if (paid.cents > 0 && PaymentTarget.isLate(paid.slip.presentedOn(), paid.on)) {
      tellLate(paid, by);
    }
  }

  private void tellLate(Paid paid, Optional<TransferId> by) {
    venues
        .computeIfAbsent(paid.slip.venue(), _ -> new OfVenue())
        .paidLate
        .computeIfAbsent(paid.on, _ -> new ArrayList<>(1))
        .add(paid);
    by.ifPresent(
        transfer -> revocable.computeIfAbsent(transfer, _ -> new ArrayList<>(1)).add(paid));
  }

  /**
   * As {@link #pay}, on the day that the bank's status bears, until {@link #book} tells another.
   */
  void payUnbooked(
      ProgrammeId programme,
      SettlementRunId run,
      TransferId transfer,
      Unpaid slip,
      long cents,
      LocalDate on) {
    Optional<TransferId> by = Optional.of(transfer);
    Paid paid = new Paid(programme, run, by, named(slip), cents, on, position);
    pay(paid, by);
    unbooked.computeIfAbsent(transfer, _ -> new ArrayList<>(1)).add(paid);
  }

  /** What was paid by the bank's word alone was not: no booking is to come of it. */
  void neverBooked(TransferId transfer) {
    unbooked.remove(transfer);
  }

  /**
   * A transfer that was paid by the bank's word is booked: it was paid on that day. What was told
   * at an earlier position is told so again.
   */
  void book(TransferId transfer, LocalDate bookedOn) {
    List<Paid> told = unbooked.remove(transfer);
    if (told == null) {
      return;
    }
    for (Paid paid : told) {
      LocalDate payBy = PaymentTarget.lastDay(paid.slip.presentedOn());
      boolean inTime = !paid.on.isAfter(payBy) && !bookedOn.isAfter(payBy);
      // Of days in time nobody is told, and the slip may be forgotten.
      if (!inTime && !paid.on.equals(bookedOn)) {
        paid.correctedAt = position;
        change(paid.programme, paid.slip, paid.on, paid.cents);
        Optional<TransferId> by = Optional.of(transfer);
        pay(new Paid(paid.programme, paid.run, by, paid.slip, paid.cents, bookedOn, position), by);
      }
    }
  }

  /**
   * What pays.
   *
   * @param transfer the netting's, if there is one: with it the netting comes to nothing
   */
  record TransferOrNetting(boolean netting, Optional<TransferId> transfer) {}

  /**
   * The booking of a transfer that was paid by the bank's word is told no more: it was paid on the
   * day that the bank's status bears, until {@link #book} tells another.
   */
  void unbook(
      ProgrammeId programme,
      SettlementRunId run,
      TransferId transfer,
      Unpaid slip,
      long cents,
      LocalDate bookedOn,
      LocalDate executedOn) {
    Optional<TransferId> by = Optional.of(transfer);
    List<Paid> booked =
        revocable.getOrDefault(transfer, List.of()).stream()
            .filter(paid -> paid.transfer().isPresent() && paid.slip.position() == slip.position())
            .filter(paid -> paid.cameBackOn == null && paid.correctedAt == Long.MAX_VALUE)
            .toList();
    List<Paid> told = unbooked.computeIfAbsent(transfer, _ -> new ArrayList<>(1));
    if (bookedOn.equals(executedOn) && !booked.isEmpty()) {
      told.addAll(booked);
      return;
    }
    Paid paid = new Paid(programme, run, by, named(slip), cents, executedOn, position);
    told.add(paid);
    LocalDate payBy = PaymentTarget.lastDay(slip.presentedOn());
    if (bookedOn.isAfter(payBy) || executedOn.isAfter(payBy)) {
      booked.forEach(each -> each.correctedAt = position);
      change(programme, paid.slip, bookedOn, cents);
      pay(paid, by);
    }
  }

  /** Lines of a slip are unpaid again; of which transfer, or of which of its nettings. */
  void comeBack(
      ProgrammeId programme, TransferOrNetting of, Unpaid slip, long cents, LocalDate on) {
    change(programme, slip, on, cents);
    of.transfer().map(transfer -> revocable.getOrDefault(transfer, List.of())).stream()
        .flatMap(Collection::stream)
        .filter(paid -> paid.transfer().isEmpty() == of.netting())
        .filter(
            paid ->
                paid.slip.position() == slip.position() && paid.slip.venue().equals(slip.venue()))
        .filter(paid -> paid.cameBackOn == null && paid.correctedAt == Long.MAX_VALUE)
        .forEach(
            paid -> {
              paid.cameBackOn = on;
              paid.cameBackAt = position;
            });
  }

  /**
   * Lines of a slip had not come back: they were paid when they were paid, as far as is known from
   * here on.
   *
   * @param cents that came back
   * @param on the day on which they did
   * @param at position of the fact that said so
   */
  void stayPaid(
      ProgrammeId programme, TransferId transfer, Unpaid slip, long cents, LocalDate on, long at) {
    change(programme, slip, on, -cents);
    for (Paid paid : List.copyOf(revocable.getOrDefault(transfer, List.of()))) {
      if (paid.transfer().isPresent()
          && paid.slip.position() == slip.position()
          && paid.cameBackAt == at
          && paid.correctedAt == Long.MAX_VALUE) {
        paid.correctedAt = position;
        Paid again =
            new Paid(
                paid.programme, paid.run, paid.transfer, paid.slip, paid.cents, paid.on, position);
        tellLate(again, paid.transfer);
      }
    }
  }
}
