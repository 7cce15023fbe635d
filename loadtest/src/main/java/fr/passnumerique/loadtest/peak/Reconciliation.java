package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Way.Books;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether a way's books say what its clients were told, and both what the rules give.
 *
 * @param way its name
 * @param requests slips sent, those sent again included
 * @param already of these, answered by what was recorded of an earlier one
 * @param accepted lines that the clients were told of
 * @param faults empty if all is as it must be
 */
public record Reconciliation(
    String way, long requests, long already, long accepted, Books books, List<String> faults) {
  private static final int MOST_VENUES_TOLD = 5;

  /**
   * What the rules give for all that was presented.
   *
   * @param accepted lines
   * @param byFunder cents of them, by the split keys
   * @param byVenue cents of them
   */
  record Expected(long accepted, Map<String, Long> byFunder, Map<String, Long> byVenue) {
    /** For slips of a plan, however often each was sent. */
    static Expected of(Plan plan, List<Slip> slips) {
      Map<String, Long> byVenue = new TreeMap<>();
      for (Slip slip : slips) {
        byVenue.merge(
            plan.venues().get(slip.venue()),
            (long) slip.accepted() * Plan.FACE_VALUE_CENTS,
            Long::sum);
      }
      return new Expected(
          slips.stream().mapToLong(Slip::accepted).sum(),
          plan.spentByFunder(slips.stream()),
          byVenue);
    }
  }

  /**
   * @param samples of everything that was presented, the warm-up too
   * @param expected what the rules give for it
   */
  static Reconciliation of(Way way, List<Sample> samples, Expected expected) {
    Books books = way.books();
    List<String> faults = new ArrayList<>();
    samples.forEach(sample -> faults.addAll(sample.faults()));
    long accepted = samples.stream().mapToLong(Sample::accepted).sum();
    long cents = samples.stream().mapToLong(Sample::acceptedCents).sum();
    equal(faults, "accepted lines", accepted, "the rules give", expected.accepted());
    equal(faults, "accepted lines", accepted, "recorded as accepted are", books.accepted());
    equal(faults, "accepted lines", accepted, "claims are", books.claims());
    equal(
        faults,
        "accepted cents",
        cents,
        "owed and paid are",
        books.owedCents() + books.paidCents());
    equal(faults, "accepted cents", cents, "face values are", accepted * Plan.FACE_VALUE_CENTS);
    if (!books.spentByFunder().equals(expected.byFunder())) {
      faults.add(
          "per funder the books have %s, the split keys give %s"
              .formatted(books.spentByFunder(), expected.byFunder()));
    }
    differing(books.spentByVenue(), expected.byVenue()).stream()
        .limit(MOST_VENUES_TOLD)
        .forEach(faults::add);
    books
        .sumOfAllCents()
        .ifPresent(
            sum -> {
              if (sum != 0) {
                faults.add("the sum over all accounts is %d cents".formatted(sum));
              }
            });
    return new Reconciliation(
        way.name(),
        samples.stream().mapToLong(Sample::requests).sum(),
        samples.stream().mapToLong(Sample::already).sum(),
        accepted,
        books,
        List.copyOf(faults));
  }

  private static List<String> differing(Map<String, Long> found, Map<String, Long> expected) {
    Set<String> venues = new TreeSet<>(found.keySet());
    venues.addAll(expected.keySet());
    return venues.stream()
        .filter(venue -> !found.getOrDefault(venue, 0L).equals(expected.getOrDefault(venue, 0L)))
        .map(
            venue ->
                "venue %s has %d cents, its accepted lines come to %d"
                    .formatted(
                        venue, found.getOrDefault(venue, 0L), expected.getOrDefault(venue, 0L)))
        .toList();
  }

  private static void equal(List<String> faults, String what, long told, String other, long found) {
    if (told != found) {
      faults.add("%s told are %d, %s %d".formatted(what, told, other, found));
    }
  }

  boolean holds() {
    return faults.isEmpty();
  }
}
