package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Reconciliation.Expected;
import fr.passnumerique.loadtest.peak.Way.Books;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final Map<String, Long> BY_FUNDER = Map.of("state", 60_000L, "region", 40_000L);

  private static final Map<String, Long> BY_VENUE = Map.of("one", 30_000L, "other", 70_000L);

  private static Sample sample(List<String> faults) {
    return new Sample(
        "memory",
        0,
        10,
        2,
        52,
        50,
        50_000,
        1,
        1,
        new Histogram(3),
        new Histogram(3),
        Cost.NOTHING,
        faults);
  }

  private static Reconciliation of(Books books, String... faults) {
    MemoryWay way = new MemoryWay();
    way.books = books;
    return Reconciliation.of(
        way,
        List.of(sample(List.of()), sample(List.of(faults))),
        new Expected(100, BY_FUNDER, BY_VENUE));
  }

  @Test
  void holdsWhenLinesClaimsAndEurosAgree() {
    assertThat(
            of(new Books(100, 100, 70_000, 30_000, BY_FUNDER, BY_VENUE, OptionalLong.of(0)))
                .faults())
        .isEmpty();
  }

  @Test
  void requestsOfAllRoundsAreCounted() {
    Reconciliation both =
        of(new Books(100, 100, 70_000, 30_000, BY_FUNDER, BY_VENUE, OptionalLong.of(0)));

    assertThat(both.requests()).isEqualTo(20);
    assertThat(both.already()).isEqualTo(4);
  }

  @Test
  void aMissingClaimIsFound() {
    assertThat(of(new Books(100, 99, 100_000, 0, BY_FUNDER, BY_VENUE, OptionalLong.of(0))).faults())
        .containsExactly("accepted lines told are 100, claims are 99");
  }

  @Test
  void aLineRecordedAndNotToldIsFound() {
    assertThat(
            of(new Books(101, 100, 100_000, 0, BY_FUNDER, BY_VENUE, OptionalLong.of(0))).faults())
        .containsExactly("accepted lines told are 100, recorded as accepted are 101");
  }

  @Test
  void aCentOwedTooMuchIsFound() {
    assertThat(
            of(new Books(100, 100, 70_001, 30_000, BY_FUNDER, BY_VENUE, OptionalLong.of(0)))
                .faults())
        .containsExactly("accepted cents told are 100000, owed and paid are 100001");
  }

  @Test
  void aCentBorneByTheWrongFunderIsFound() {
    Map<String, Long> wrong = Map.of("state", 60_001L, "region", 39_999L);

    assertThat(of(new Books(100, 100, 100_000, 0, wrong, BY_VENUE, OptionalLong.of(0))).holds())
        .isFalse();
  }

  @Test
  void aCentOwedToTheWrongVenueIsFound() {
    Map<String, Long> wrong = Map.of("one", 30_001L, "other", 69_999L);

    assertThat(of(new Books(100, 100, 100_000, 0, BY_FUNDER, wrong, OptionalLong.of(0))).faults())
        .containsExactly(
            "venue one has 30001 cents, its accepted lines come to 30000",
            "venue other has 69999 cents, its accepted lines come to 70000");
  }

  @Test
  void accountsThatDoNotSumToZeroAreFound() {
    assertThat(
            of(new Books(100, 100, 100_000, 0, BY_FUNDER, BY_VENUE, OptionalLong.of(1))).faults())
        .containsExactly("the sum over all accounts is 1 cents");
  }

  @Test
  void whereThereIsNoDoubleEntryNoSumIsClaimed() {
    Books single = new Books(100, 100, 100_000, 0, BY_FUNDER, BY_VENUE, OptionalLong.empty());

    assertThat(of(single).faults()).isEmpty();
    assertThat(Findings.told(of(single)))
        .contains("single entry: no sum over all accounts")
        .doesNotContain("is 0");
    assertThat(
            Findings.told(
                of(new Books(100, 100, 100_000, 0, BY_FUNDER, BY_VENUE, OptionalLong.of(0)))))
        .contains("the sum over all accounts is 0");
  }

  @Test
  void aWrongAnswerIsNotForgotten() {
    assertThat(
            of(
                    new Books(100, 100, 100_000, 0, BY_FUNDER, BY_VENUE, OptionalLong.of(0)),
                    "slip 7 line 2")
                .faults())
        .containsExactly("slip 7 line 2");
  }
}
