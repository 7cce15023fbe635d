package fr.passnumerique.loadtest.peak;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Way.Books;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether a way's books say what its clients were told, and both what the rules give.
 *
 * @param way its name
 * @param accepted lines that the clients were told of
 * @param faults empty if all is as it must be
 */
record Reconciliation(String way, long accepted, Books books, List<String> faults) {
  /**
   * @param samples of every round, the warm-up too
   * @param spentByFunder what the split keys give for the accepted lines of these rounds
   */
  static Reconciliation of(
      Way way, List<Sample> samples, long expected, Map<String, Long> spentByFunder) {
    Books books = way.books();
    List<String> faults = new ArrayList<>();
    samples.forEach(sample -> faults.addAll(sample.faults()));
    long accepted = samples.stream().mapToLong(Sample::accepted).sum();
    long cents = samples.stream().mapToLong(Sample::acceptedCents).sum();
    equal(faults, "accepted lines", accepted, "the rules give", expected);
    equal(faults, "accepted lines", accepted, "recorded as accepted are", books.accepted());
    equal(faults, "accepted lines", accepted, "claims are", books.claims());
    equal(
        faults,
        "accepted cents",
        cents,
        "owed and paid are",
        books.owedCents() + books.paidCents());
    equal(faults, "accepted cents", cents, "face values are", accepted * Plan.FACE_VALUE_CENTS);
    if (!books.spentByFunder().equals(spentByFunder)) {
      faults.add(
          "per funder the books have %s, the split keys give %s"
              .formatted(books.spentByFunder(), spentByFunder));
    }
    return new Reconciliation(way.name(), accepted, books, List.copyOf(faults));
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
