package fr.passnumerique.clearing.bank;

import static java.util.function.Predicate.not;
import static java.util.stream.Collectors.toUnmodifiableSet;

import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.BankFile.Payment;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which bookings of a statement or notification are recorded already.
 *
 * <p>Bookings of one day and amount are the same if the bank gives them the same reference; where
 * it gives one of them none, if their payer's reference does not tell them apart. Each recorded one
 * stands for one booking of a report at most: a statement that lists two alike has two, a second
 * statement that lists the same two has none more.
 *
 * <p>Of other payments it is another: one of which both tell several, that come to other amounts;
 * or of which a statement of the same name told other payers or references before. A booking of
 * which only one of them tells the payments is the same.
 */
final class KnownBookings {
  /** By day and amount, in the order of recording. */
  private final Map<Kind, List<Known>> byKind = new HashMap<>();

  private final Set<String> names = new HashSet<>();

  /** That the bank tells no more. */
  private final Set<String> takenOut = new HashSet<>();

  private final @Nullable KnownBookings before;

  KnownBookings() {
    this(null);
  }

  private KnownBookings(@Nullable KnownBookings before) {
    this.before = before;
  }

  /**
   * @param writtenOn by the bank: a statement of other days may count it on another
   */
  record Kind(LocalDate writtenOn, long cents) {}

  /** A payment of a booking, or the whole of one, as it was recorded first. */
  record Recorded(BankEntry entry, long cents) {}

  /** A recorded booking. */
  static final class Known {
    private final String booking;
    private final Optional<String> reference;
    private final Optional<String> endToEnd;

    /** Its payments; itself alone as long as the bank has told none. */
    private final List<Recorded> recorded = new ArrayList<>(1);

    private final BitSet parts = new BitSet();

    private Known(BankEntry entry) {
      this(entry.booking(), entry.reference(), entry.endToEnd());
    }

    private Known(String booking, Optional<String> reference, Optional<String> endToEnd) {
      this.booking = booking;
      this.reference = reference;
      this.endToEnd = endToEnd;
    }

    private Known copy() {
      Known copy = new Known(booking, reference, endToEnd);
      copy.recorded.addAll(recorded);
      copy.parts.or(parts);
      return copy;
    }

    private void add(Recorded more) {
      int part = more.entry().part().map(BankEntry.Part::number).orElse(0);
      if (part > 0 && parts.get(part)) {
        return;
      }
      if (part > 0 && parts.isEmpty()) {
        // Of the whole that was told before.
        recorded.clear();
      }
      if (part > 0) {
        parts.set(part);
      }
      recorded.add(more);
    }

    String booking() {
      return booking;
    }

    Optional<String> reference() {
      return reference;
    }

    Optional<String> endToEnd() {
      return endToEnd;
    }

    /** The day on which it counts. */
    LocalDate on() {
      return recorded.getFirst().entry().bookedOn();
    }

    /** Whether what it holds comes to the same amounts, as far as both tell. */
    private boolean comesTo(Booking other) {
      return recorded.size() == 1
          || other.payments().size() == 1
          || amounts(recorded.stream().map(Recorded::cents))
              .equals(amounts(other.payments().stream().map(Payment::cents)));
    }

    /** Older ledgers hold payments of 0.00, too. */
    private static List<Long> amounts(Stream<Long> cents) {
      return cents.filter(one -> one != 0).sorted().toList();
    }
  }

  /**
   * A booking of a report, and what it is named by or known as.
   *
   * @param recorded as what it is known; empty if it is not
   */
  record Found(Booking booking, String name, List<Recorded> recorded, Optional<String> endToEnd) {
    boolean known() {
      return !recorded.isEmpty();
    }
  }

  /**
   * @param cents of the entry, above zero if money came in
   */
  void add(BankEntry entry, long cents) {
    if (!entry.told() || entry.part().isEmpty() && has(entry.booking())) {
      return;
    }
    List<Known> alike =
        byKind.computeIfAbsent(
            new Kind(entry.writtenOn(), entry.bookedCents()), _ -> new ArrayList<>(1));
    Known known = has(entry.booking()) ? named(alike, entry.booking()) : null;
    if (known == null) {
      names.add(entry.booking());
      known = new Known(entry);
      alike.add(known);
    }
    known.add(new Recorded(entry, cents));
  }

  /** Null if it is not among them; the latest is asked for the most. */
  private static @Nullable Known named(List<Known> alike, String booking) {
    for (Known known : alike.reversed()) {
      if (known.booking().equals(booking)) {
        return known;
      }
    }
    return null;
  }

  /**
   * The bank tells it no more: what is like it in a later statement is another, of another name.
   */
  void takeOut(String booking) {
    takenOut.add(booking);
  }

  boolean isTakenOut(String booking) {
    return takenOut.contains(booking) || before != null && before.isTakenOut(booking);
  }

  boolean has(String booking) {
    return names.contains(booking) || before != null && before.has(booking);
  }

  /** A copy to which bookings can be added, of what could be one of these. */
  KnownBookings copyFor(List<Booking> ofThese) {
    KnownBookings copy = new KnownBookings(this);
    for (Booking booking : ofThese) {
      Kind kind = kind(booking);
      List<Known> known = byKind.get(kind);
      if (known != null && !copy.byKind.containsKey(kind)) {
        copy.byKind.put(kind, new ArrayList<>(known.stream().map(Known::copy).toList()));
      }
    }
    return copy;
  }

  /**
   * What the bank has told under the name of a report before.
   *
   * @param notifies whether it is no statement: what was taken out is known to it as to one that is
   *     sent again, and not booked anew
   * @param sent bookings of each statement of the same name, days and balances: of one that tells
   *     the very same it is sent again
   * @param details of bookings, by their names: keyed digests of the payments that statements of
   *     the same name and days told of them
   * @param replaced bookings in whose place the bank has told others, until a clerk takes them out:
   *     of two alike it is the other one that it tells
   * @param elsewhere those that count on a day outside this statement's, and not there
   */
  record Before(
      boolean notifies,
      List<Set<String>> sent,
      Map<String, Set<String>> details,
      Set<String> replaced,
      Predicate<Known> elsewhere) {
    private boolean told(Known known, Set<String> details) {
      return details.isEmpty()
          || !this.details.containsKey(known.booking())
          || toldJustSo(known, details);
    }

    /**
     * Whether a statement of the same name told just these payments of it.
     *
     * @param details by any release
     */
    private boolean toldJustSo(Known known, Set<String> details) {
      return details().getOrDefault(known.booking(), Set.of()).stream().anyMatch(details::contains);
    }
  }

  /**
   * Finds each booking of one report among the recorded ones, or names it.
   *
   * @param digest of a payer's reference, or of what a booking tells; keyed
   * @return in the report's order
   */
  List<Found> find(List<Booking> bookings, UnaryOperator<String> digest, Before before) {
    List<Optional<String>> endToEnds = new ArrayList<>(bookings.size());
    List<Set<String>> details = new ArrayList<>(bookings.size());
    for (Booking booking : bookings) {
      endToEnds.add(endToEnd(booking).map(digest));
      details.add(booking.tellings().stream().map(digest).collect(toUnmodifiableSet()));
    }
    SameBookings claims =
        new SameBookings(
            byKind,
            bookings,
            endToEnds,
            (i, k) -> k.comesTo(bookings.get(i)) && before.told(k, details.get(i)));
    Predicate<Known> here = not(before.elsewhere());
    Predicate<Known> stands = here.and(k -> !isTakenOut(k.booking()));
    Predicate<Known> current = stands.and(k -> !before.replaced().contains(k.booking()));
    for (Set<String> sent : before.sent()) {
      claims.claimAll(here.and(k -> sent.contains(k.booking())));
      if (claims.areAll()) {
        break;
      }
      claims.giveUp();
    }
    // Not first as one that nobody has explained, which may be told in whatever words.
    BiPredicate<Integer, Known> justSo = (i, k) -> before.toldJustSo(k, details.get(i));
    claims.claimNamed(current, justSo);
    claims.claimNamed(stands, justSo);
    claims.claimAll(current);
    claims.claimAll(stands);
    if (before.notifies()) {
      claims.claimAll(here.and(k -> isTakenOut(k.booking())));
    }
    List<Found> found = new ArrayList<>(bookings.size());
    Map<String, Integer> alike = new HashMap<>();
    for (int i = 0; i < bookings.size(); i++) {
      Booking booking = bookings.get(i);
      Known recorded = claims.of(i);
      String name =
          recorded == null ? nameOf(booking, endToEnds.get(i), alike) : recorded.booking();
      found.add(
          new Found(
              booking,
              name,
              recorded == null ? List.of() : List.copyOf(recorded.recorded),
              booking.reference().isPresent() ? Optional.empty() : endToEnds.get(i)));
    }
    return found;
  }

  static Kind kind(Booking booking) {
    return new Kind(booking.bookedOn(), booking.cents());
  }

  private static Optional<String> endToEnd(Booking booking) {
    return booking.payments().size() == 1
        ? booking.payments().getFirst().endToEnd()
        : Optional.empty();
  }

  /**
   * From its contents, and from how many alike there were before it.
   *
   * @param alike how many were named of the same contents
   */
  private String nameOf(Booking booking, Optional<String> endToEnd, Map<String, Integer> alike) {
    String contents =
        String.join(
            "|",
            booking.reference().orElse(""),
            booking.bookedOn().toString(),
            Long.toString(booking.cents()),
            endToEnd.orElse(""));
    while (true) {
      String name = "E" + digest(contents + "|" + alike.merge(contents, 1, Integer::sum));
      if (!has(name)) {
        return name;
      }
    }
  }

  static String digest(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /** 80 bits of SHA-256. */
  static String digest(byte[] bytes) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().withUpperCase().formatHex(digest, 0, 10);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256, this one has not", e);
    }
  }
}
