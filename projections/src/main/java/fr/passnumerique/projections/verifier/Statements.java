package fr.passnumerique.projections.verifier;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Whether the ledger has, at the end of each day that a statement of the bank closes, what the bank
 * says, and as many bookings of its days as it tells. By the bank's days: a statement may come
 * before the notice of its bookings, or after. Each statement by itself, that what it tells comes
 * to how it closes.
 *
 * <p>Where it has not, cover is unproven, and an honest ledger may say so: the bank may err, or a
 * receipt that was recorded by hand never come.
 */
final class Statements {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  private final TreeMap<LocalDate, Long> movements = new TreeMap<>();
  private final TreeMap<LocalDate, List<Closing>> closings = new TreeMap<>();

  /** By the day on which the bank booked them, their names. */
  private final TreeMap<LocalDate, Set<String>> bookings = new TreeMap<>();

  private final Map<Days, List<Told>> told = new LinkedHashMap<>();

  /** The fact that moved cash first; 0 if none has. */
  private long firstMoved;

  /** Of a statement, both included. */
  private record Days(LocalDate from, LocalDate to) {
    boolean have(LocalDate day) {
      return !day.isBefore(from) && !day.isAfter(to);
    }
  }

  /** All that facts name, those too that the bank took back, with their cents. */
  private final Map<String, Long> named = new HashMap<>();

  /** Those too that the bank took back: a statement may have told them. */
  private final TreeMap<LocalDate, Set<String>> everBooked = new TreeMap<>();

  /**
   * What a statement of some days, or a page of it, tells.
   *
   * @param bookings names of its entries; empty in facts of before they were kept
   * @param pageOf reference of the statement whose page it is; empty if it is none
   */
  private record Told(Closing closing, long entries, List<String> bookings, String pageOf) {
    long position() {
      return closing.position();
    }

    /** By which it closes above its opening. */
    long cents() {
      return Math.subtractExact(closing.closingCents(), closing.openingCents());
    }

    boolean namesItsEntries() {
      return entries == 0 || !bookings.isEmpty();
    }

    /** Whether the two tell their days together. */
    boolean joins(Told other) {
      return !pageOf.isEmpty() && pageOf.equals(other.pageOf)
          || closing.leadsTo(other.closing)
          || other.closing.leadsTo(closing);
    }
  }

  private record Closing(long position, long openingCents, long closingCents) {
    boolean leadsTo(Closing other) {
      return closingCents == other.openingCents
          && openingCents != closingCents
          && other.openingCents != other.closingCents;
    }
  }

  /**
   * What a statement says and the ledger does not have.
   *
   * @param position of the statement
   */
  record Unproven(long position, String sentence) {
    static Unproven closing(LocalDate day, Closing closing, long ledgerCents) {
      return new Unproven(
          closing.position(),
          "the statement that closes %s has %d cents on the account, the ledger has %d"
              .formatted(day, closing.closingCents(), ledgerCents));
    }

    static Unproven noStatement(long position) {
      return new Unproven(position, "cash is on the account, and no statement of the bank is told");
    }

    static Unproven booking(Days days, Told told, String booking) {
      return new Unproven(
          told.position(),
          "the statement of %s to %s tells booking %s, which no fact names"
              .formatted(days.from(), days.to(), booking));
    }

    static Unproven names(Days days, Told told) {
      return new Unproven(
          told.position(),
          "the statement of %s to %s tells %d entries and names %d bookings"
              .formatted(days.from(), days.to(), told.entries(), told.bookings().size()));
    }

    static Unproven sum(Days days, Told told, long bookedCents) {
      return new Unproven(
          told.position(),
          "the statement of %s to %s closes %d cents above its opening, its bookings come to %d"
              .formatted(days.from(), days.to(), told.cents(), bookedCents));
    }

    static Unproven noneSuch(Days days, Told told, long bookings) {
      return new Unproven(
          told.position(),
          "the statement of %s to %s tells %d entries that come to %d cents, no such are among the %d bookings that facts name of these days"
              .formatted(days.from(), days.to(), told.entries(), told.cents(), bookings));
    }

    static Unproven untold(LocalDate day, Told last, String booking) {
      return new Unproven(
          last.position(),
          "no statement of %s tells booking %s, which facts name".formatted(day, booking));
    }

    static Unproven gone(LocalDate day, Told last, String booking) {
      return new Unproven(
          last.position(),
          "each statement of %s tells booking %s, which facts took out".formatted(day, booking));
    }

    static Unproven entries(Days days, Told told, long bookings) {
      return new Unproven(
          told.position(),
          "the statement of %s to %s tells %d entries, facts name %d bookings of these days"
              .formatted(days.from(), days.to(), told.entries(), bookings));
    }
  }

  /**
   * @param entries what the fact posts
   */
  void check(long position, Instant recordedAt, String type, JsonNode fact, List<Entry> entries) {
    if (type.equals("BankStatementImported")) {
      Closing closing =
          new Closing(
              position, fact.path("openingCents").asLong(0), fact.path("closingCents").asLong(0));
      closings.computeIfAbsent(day(fact.path("to")), _ -> new ArrayList<>()).add(closing);
      told.computeIfAbsent(
              new Days(day(fact.path("from")), day(fact.path("to"))), _ -> new ArrayList<>())
          .add(
              new Told(
                  closing,
                  fact.path("entries").asLong(0),
                  fact.path("bookings").valueStream().map(name -> name.asString("")).toList(),
                  fact.path("page").isNumber() ? fact.path("reference").asString("") : ""));
      return;
    }
    JsonNode booked = fact.path("entry").path("bookedOn");
    if (booked.isString()) {
      book(type, day(booked), fact.path("entry"));
    }
    if (type.equals("BankEntryProved")) {
      // What was recorded by hand stands on the clerk's day until the bank tells its own.
      move(day(fact.path("recordedFor")), -fact.path("cents").asLong(0));
      move(day(booked), fact.path("cents").asLong(0));
      return;
    }
    long cents = 0;
    for (Entry entry : entries) {
      if (entry.account().kind().equals("BANK")) {
        cents = Math.addExact(cents, entry.cents());
      }
    }
    if (cents == 0) {
      return;
    }
    if (firstMoved == 0) {
      firstMoved = position;
    }
    move(
        switch (type) {
          case "FundsReceived" -> day(booked.isString() ? booked : fact.path("valueDate"));
          case "TransferConfirmed", "TransferDebited", "CreditNoteRefunded", "RefundTakenBack" ->
              day(fact.path("bookedOn"));
          case "TransferReturned", "RefundReturned" -> day(fact.path("returnedOn"));
          // One that a clerk recorded and the bank never showed stands on the clerk's day.
          case "DebitNotePaid", "DebitNotePaymentTakenBack" ->
              day(booked.isString() ? booked : fact.path("paidOn"));
          case "ReceiptTakenBack" -> day(booked.isString() ? booked : fact.path("receivedOn"));
          case "TransferDebitTakenBack" -> day(booked.isString() ? booked : fact.path("debitedOn"));
          case "BankEntryUnmatched", "BankEntryMatched", "BankEntryTakenOut" -> day(booked);
          default -> LocalDate.ofInstant(recordedAt, PARIS);
        },
        cents);
  }

  private void book(String type, LocalDate on, JsonNode entry) {
    String booking = entry.path("booking").asString("");
    named.put(booking, entry.path("bookedCents").asLong(0));
    everBooked.computeIfAbsent(on, _ -> new HashSet<>()).add(booking);
    Set<String> ofDay = bookings.computeIfAbsent(on, _ -> new HashSet<>());
    if (isToldNoMore(type, entry.path("part"))) {
      ofDay.remove(booking);
    } else {
      ofDay.add(booking);
    }
  }

  /**
   * Whether it undoes what a booking had moved, or stands for as much the other way: what is left
   * behind of one has, as its part, a number above twice as many as the booking's payments.
   */
  private static boolean isToldNoMore(String type, JsonNode part) {
    return switch (type) {
      case "BankEntryTakenOut",
          "ReceiptTakenBack",
          "DebitNotePaymentTakenBack",
          "TransferDebitTakenBack" ->
          true;
      default -> part.path("number").asLong(0) > 2 * part.path("of").asLong(0);
    };
  }

  private static LocalDate day(JsonNode day) {
    return LocalDate.parse(day.asString(""));
  }

  private void move(LocalDate on, long cents) {
    movements.merge(on, cents, Math::addExact);
  }

  long count() {
    return closings.values().stream().mapToLong(List::size).sum();
  }

  /** The last day that one closes; empty without any. */
  Optional<LocalDate> closedOn() {
    return closings.isEmpty() ? Optional.empty() : Optional.of(closings.lastKey());
  }

  /** By day, first what closes otherwise and then what tells other entries, more or fewer. */
  List<Unproven> unproven() {
    List<Unproven> found = new ArrayList<>();
    if (closings.isEmpty() && firstMoved > 0) {
      found.add(Unproven.noStatement(firstMoved));
    }
    closings.forEach((day, all) -> closing(found, day, all));
    told.forEach((days, all) -> entries(found, days, all));
    everBooked.forEach((day, names) -> bookings(found, day, names));
    return found;
  }

  /**
   * Of several statements that close on one day one is enough: which of them closes it is the
   * clerk's to say.
   */
  private void closing(List<Unproven> found, LocalDate day, List<Closing> all) {
    long ledger = movements.headMap(day, true).values().stream().reduce(0L, Math::addExact);
    List<Closing> last = all.stream().filter(one -> all.stream().noneMatch(one::leadsTo)).toList();
    List<Closing> closing = last.isEmpty() ? all : last;
    if (closing.stream().noneMatch(one -> one.closingCents() == ledger)) {
      found.add(Unproven.closing(day, closing.getLast(), ledger));
    }
  }

  /** Several of the same days are its pages, or it was told anew. */
  private void entries(List<Unproven> found, Days days, List<Told> all) {
    List<Unproven> byThemselves =
        all.stream().flatMap(one -> byItself(days, one).stream()).toList();
    found.addAll(byThemselves);
    if (!byThemselves.isEmpty()) {
      // Said already, and of which.
      return;
    }
    if (all.stream().allMatch(Told::namesItsEntries)) {
      return;
    }
    long count = of(bookings, days).count();
    if (all.stream().mapToLong(Told::entries).sum() != count
        && all.stream().noneMatch(one -> one.entries() == count)) {
      found.add(Unproven.entries(days, all.getLast(), count));
    }
  }

  /**
   * Where all statements of a day name what they tell, however they share it with other days: what
   * none of them tells the bank has not booked, and what each tells it has. What some tell and
   * others do not is as a clerk has dealt with it.
   */
  private void bookings(List<Unproven> found, LocalDate day, Set<String> names) {
    List<Told> ofDay =
        told.entrySet().stream()
            .filter(each -> each.getKey().have(day))
            .flatMap(each -> each.getValue().stream())
            .toList();
    if (ofDay.isEmpty() || !ofDay.stream().allMatch(Told::namesItsEntries)) {
      return;
    }
    List<Set<String>> whole =
        told.entrySet().stream()
            .filter(each -> each.getKey().have(day))
            .flatMap(each -> whole(each.getValue()).stream())
            .toList();
    Set<String> standing = bookings.getOrDefault(day, Set.of());
    for (String name : names) {
      long telling = whole.stream().filter(one -> one.contains(name)).count();
      if (standing.contains(name) && telling == 0) {
        found.add(Unproven.untold(day, ofDay.getLast(), name));
      } else if (!standing.contains(name) && telling == whole.size()) {
        found.add(Unproven.gone(day, ofDay.getLast(), name));
      }
    }
  }

  /** What each tells of the same days: pages, and parts that go on from each other, together. */
  private static List<Set<String>> whole(List<Told> ofDays) {
    List<List<Told>> together = new ArrayList<>();
    for (Told one : ofDays) {
      List<List<Told>> joined =
          together.stream().filter(some -> some.stream().anyMatch(one::joins)).toList();
      together.removeAll(joined);
      together.add(Stream.concat(joined.stream().flatMap(List::stream), Stream.of(one)).toList());
    }
    return together.stream()
        .map(
            some ->
                some.stream().flatMap(one -> one.bookings().stream()).collect(Collectors.toSet()))
        .toList();
  }

  /**
   * The bank's sums are checked before a statement is taken: so its entries come to what it closes
   * above its opening. Which they are it says itself; of before it did, they are some of its days'.
   */
  private List<Unproven> byItself(Days days, Told told) {
    if (told.bookings().isEmpty()) {
      List<Long> amounts = of(everBooked, days).map(name -> named.getOrDefault(name, 0L)).toList();
      return Selection.mayComeTo(amounts, told.entries(), told.cents())
          ? List.of()
          : List.of(Unproven.noneSuch(days, told, amounts.size()));
    }
    List<Unproven> found = new ArrayList<>();
    long cents = 0;
    for (String booking : told.bookings()) {
      Long booked = named.get(booking);
      if (booked == null) {
        found.add(Unproven.booking(days, told, booking));
      } else {
        cents = Math.addExact(cents, booked);
      }
    }
    if (told.bookings().size() != told.entries()) {
      found.add(Unproven.names(days, told));
    } else if (found.isEmpty() && cents != told.cents()) {
      found.add(Unproven.sum(days, told, cents));
    }
    return found;
  }

  private static Stream<String> of(TreeMap<LocalDate, Set<String>> byDay, Days days) {
    return days.from().isAfter(days.to())
        ? Stream.of()
        : byDay.subMap(days.from(), true, days.to(), true).values().stream()
            .flatMap(Set::stream)
            .distinct();
  }
}
