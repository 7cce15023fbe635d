package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
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
import org.jspecify.annotations.Nullable;

/**
 * Which bookings of a statement or notification are recorded already.
 *
 * <p>Bookings of one day and amount are the same if the bank gives them the same reference; where
 * it gives one of them none, if their payer's reference does not tell them apart. Each recorded one
 * stands for one booking of a report at most: a statement that lists two alike has two, a second
 * statement that lists the same two has none more.
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

  private record Kind(LocalDate bookedOn, long cents) {}

  /** A recorded booking. */
  record Known(String booking, Optional<String> reference, Optional<String> endToEnd) {}

  /** A booking of a report, and what it is named by or known as. */
  record Found(Booking booking, String name, boolean known, Optional<String> endToEnd) {}

  void add(BankEntry entry) {
    if (!has(entry.booking())) {
      names.add(entry.booking());
      byKind
          .computeIfAbsent(new Kind(entry.bookedOn(), entry.bookedCents()), _ -> new ArrayList<>(1))
          .add(new Known(entry.booking(), entry.reference(), entry.endToEnd()));
    }
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
      if (known != null) {
        copy.byKind.put(kind, new ArrayList<>(known));
      }
    }
    return copy;
  }

  /**
   * Finds each booking of one report among the recorded ones, or names it.
   *
   * @param digest of a payer's reference, keyed
   * @param told by each statement of the same name, days and balances: of one that tells the very
   *     same it is sent again
   * @param notifies whether it is no statement: what was taken out is known to it as to one that is
   *     sent again, and not booked anew
   * @return in the report's order
   */
  List<Found> find(
      List<Booking> bookings,
      UnaryOperator<String> digest,
      List<Set<String>> told,
      boolean notifies) {
    Map<Integer, Known> known = new HashMap<>();
    Set<String> claimed = new HashSet<>();
    List<Optional<String>> endToEnds = new ArrayList<>(bookings.size());
    for (Booking booking : bookings) {
      endToEnds.add(endToEnd(booking).map(digest));
    }
    Predicate<Known> stands = k -> !isTakenOut(k.booking());
    for (Set<String> before : told) {
      claimAll(bookings, known, claimed, endToEnds, k -> before.contains(k.booking()));
      if (known.size() == bookings.size()) {
        break;
      }
      known.clear();
      claimed.clear();
    }
    claimAll(bookings, known, claimed, endToEnds, stands);
    if (notifies) {
      claimAll(bookings, known, claimed, endToEnds, stands.negate());
    }
    List<Found> found = new ArrayList<>(bookings.size());
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < bookings.size(); i++) {
      Booking booking = bookings.get(i);
      Known recorded = known.get(i);
      String name =
          recorded == null ? nameOf(booking, endToEnds.get(i), taken) : recorded.booking();
      found.add(
          new Found(
              booking,
              name,
              recorded != null,
              booking.reference().isPresent() ? Optional.empty() : endToEnds.get(i)));
    }
    return found;
  }

  private void claimAll(
      List<Booking> bookings,
      Map<Integer, Known> known,
      Set<String> claimed,
      List<Optional<String>> endToEnds,
      Predicate<Known> among) {
    BiPredicate<Integer, Known> those = (_, k) -> among.test(k);
    BiPredicate<Integer, Known> oneWithoutReference =
        those.and((i, k) -> k.reference().isEmpty() || bookings.get(i).reference().isEmpty());
    claim(
        bookings,
        known,
        claimed,
        those.and(
            (i, k) ->
                k.reference().isPresent() && k.reference().equals(bookings.get(i).reference())));
    claim(
        bookings,
        known,
        claimed,
        oneWithoutReference.and(
            (i, k) -> k.endToEnd().isPresent() && k.endToEnd().equals(endToEnds.get(i))));
    claim(
        bookings,
        known,
        claimed,
        oneWithoutReference.and((i, k) -> k.endToEnd().isEmpty() || endToEnds.get(i).isEmpty()));
  }

  private void claim(
      List<Booking> bookings,
      Map<Integer, Known> known,
      Set<String> claimed,
      BiPredicate<Integer, Known> same) {
    for (int i = 0; i < bookings.size(); i++) {
      if (known.containsKey(i)) {
        continue;
      }
      for (Known candidate : byKind.getOrDefault(kind(bookings.get(i)), List.of())) {
        if (!claimed.contains(candidate.booking()) && same.test(i, candidate)) {
          claimed.add(candidate.booking());
          known.put(i, candidate);
          break;
        }
      }
    }
  }

  private static Kind kind(Booking booking) {
    return new Kind(booking.bookedOn(), booking.cents());
  }

  private static Optional<String> endToEnd(Booking booking) {
    return booking.payments().size() == 1
        ? booking.payments().getFirst().endToEnd()
        : Optional.empty();
  }

  /** From its contents, and from how many alike there were before it. */
  private String nameOf(Booking booking, Optional<String> endToEnd, Set<String> taken) {
    for (int occurrence = 1; ; occurrence++) {
      String name =
          "E"
              + digest(
                  String.join(
                      "|",
                      booking.reference().orElse(""),
                      booking.bookedOn().toString(),
                      Long.toString(booking.cents()),
                      endToEnd.orElse(""),
                      Integer.toString(occurrence)));
      if (!has(name) && taken.add(name)) {
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
