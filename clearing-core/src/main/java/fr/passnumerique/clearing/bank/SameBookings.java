package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankFile.Booking;
import fr.passnumerique.clearing.bank.KnownBookings.Kind;
import fr.passnumerique.clearing.bank.KnownBookings.Known;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which recorded bookings those of one report are: in the report's order each claims the first that
 * may be it, in the order of recording, and no other claims that.
 *
 * <p>A bank's busy day has thousands of one amount, so that a booking is not held against all that
 * are alike: it finds those that bear its {@link Mark}, and what is claimed is not met again.
 */
final class SameBookings {
  private final Map<Kind, List<Known>> byKind;
  private final List<Booking> bookings;
  private final List<Optional<String>> endToEnds;
  private final BiPredicate<Integer, Known> samePayments;
  private final Map<Integer, Known> claims = new HashMap<>();
  private final Set<Known> claimed = new HashSet<>();

  /**
   * @param byKind in the order of recording
   * @param endToEnds keyed digests, in the order of the bookings
   * @param samePayments whether a booking, by its place, may be of the payments of a recorded one
   */
  SameBookings(
      Map<Kind, List<Known>> byKind,
      List<Booking> bookings,
      List<Optional<String>> endToEnds,
      BiPredicate<Integer, Known> samePayments) {
    this.byKind = byKind;
    this.bookings = bookings;
    this.endToEnds = endToEnds;
    this.samePayments = samePayments;
  }

  /** What a recorded booking says, or leaves unsaid, by which it is found. */
  private sealed interface Mark {
    record Reference(String value) implements Mark {}

    /**
     * @param unreferenced the bank gives it no reference
     */
    record EndToEnd(String value, boolean unreferenced) implements Mark {}

    /**
     * @param unreferenced the bank gives it no reference; else it may or may not
     * @param anonymous its payer gives none; else likewise
     */
    record Unsaid(boolean unreferenced, boolean anonymous) implements Mark {}
  }

  private record Place(Kind kind, Mark mark) {}

  /** As which a booking is known, by its place; null if as none. */
  @Nullable Known of(int booking) {
    return claims.get(booking);
  }

  boolean areAll() {
    return claims.size() == bookings.size();
  }

  void giveUp() {
    claims.clear();
    claimed.clear();
  }

  /** By the bank's reference alone. */
  void claimNamed(Predicate<Known> those, BiPredicate<Integer, Known> same) {
    claim(
        those,
        known -> known.reference().<Mark>map(Mark.Reference::new).stream().toList(),
        i -> bookings.get(i).reference().map(Mark.Reference::new).orElse(null),
        same);
  }

  /**
   * By the bank's reference; then, where it gives one of the two none, by that of the payer, and
   * last where that is not told of both.
   */
  void claimAll(Predicate<Known> those) {
    claimNamed(those, (_, _) -> true);
    claim(those, SameBookings::ofItsPayer, this::ofItsPayer, (_, _) -> true);
    claim(those, SameBookings::unsaid, this::unsaid, (_, _) -> true);
  }

  private static List<Mark> ofItsPayer(Known known) {
    return known.endToEnd().stream()
        .flatMap(
            text ->
                ways(known.reference().isEmpty()).stream()
                    .<Mark>map(unreferenced -> new Mark.EndToEnd(text, unreferenced)))
        .toList();
  }

  private @Nullable Mark ofItsPayer(int booking) {
    return endToEnds
        .get(booking)
        .map(text -> new Mark.EndToEnd(text, bookings.get(booking).reference().isPresent()))
        .orElse(null);
  }

  private static List<Mark> unsaid(Known known) {
    return ways(known.reference().isEmpty()).stream()
        .flatMap(
            unreferenced ->
                ways(known.endToEnd().isEmpty()).stream()
                    .<Mark>map(anonymous -> new Mark.Unsaid(unreferenced, anonymous)))
        .toList();
  }

  private Mark unsaid(int booking) {
    return new Mark.Unsaid(
        bookings.get(booking).reference().isPresent(), endToEnds.get(booking).isPresent());
  }

  /** What lacks something is found also by who does not ask for that. */
  private static List<Boolean> ways(boolean lacking) {
    return lacking ? List.of(true, false) : List.of(false);
  }

  private void claim(
      Predicate<Known> those,
      Function<Known, List<Mark>> marks,
      IntFunction<@Nullable Mark> sought,
      BiPredicate<Integer, Known> same) {
    if (areAll()) {
      return;
    }
    Map<Place, Set<Known>> candidates = candidates(those, marks);
    for (int i = 0; i < bookings.size(); i++) {
      Mark mark = sought.apply(i);
      if (mark != null && !claims.containsKey(i)) {
        Kind kind = KnownBookings.kind(bookings.get(i));
        claimFirst(i, candidates.getOrDefault(new Place(kind, mark), Set.of()), same);
      }
    }
  }

  private Map<Place, Set<Known>> candidates(
      Predicate<Known> those, Function<Known, List<Mark>> marks) {
    Map<Place, Set<Known>> candidates = new HashMap<>();
    Set<Kind> kinds = new HashSet<>();
    bookings.forEach(booking -> kinds.add(KnownBookings.kind(booking)));
    for (Kind kind : kinds) {
      for (Known known : byKind.getOrDefault(kind, List.of())) {
        if (!claimed.contains(known) && those.test(known)) {
          for (Mark mark : marks.apply(known)) {
            candidates
                .computeIfAbsent(new Place(kind, mark), _ -> new LinkedHashSet<>())
                .add(known);
          }
        }
      }
    }
    return candidates;
  }

  private void claimFirst(int booking, Set<Known> candidates, BiPredicate<Integer, Known> same) {
    for (Iterator<Known> each = candidates.iterator(); each.hasNext(); ) {
      Known known = each.next();
      if (claimed.contains(known)) {
        each.remove();
      } else if (samePayments.test(booking, known) && same.test(booking, known)) {
        claims.put(booking, known);
        claimed.add(known);
        return;
      }
    }
  }
}
