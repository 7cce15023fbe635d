package fr.passnumerique.loadtest.peak;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Way.Books;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
  private static final Map<String, Long> BY_FUNDER = Map.of("state", 60_000L, "region", 40_000L);

  private static Sample sample(List<String> faults) {
    return new Sample(
        "memory", 0, 10, 52, 50, 50_000, 1, 1, new Histogram(3), new Cost(0, 0, 0, 0), faults);
  }

  private static Reconciliation of(Books books, String... faults) {
    MemoryWay way = new MemoryWay();
    way.books = books;
    return Reconciliation.of(
        way, List.of(sample(List.of()), sample(List.of(faults))), 100, BY_FUNDER);
  }

  @Test
  void holdsWhenLinesClaimsAndEurosAgree() {
    assertThat(of(new Books(100, 100, 70_000, 30_000, BY_FUNDER)).faults()).isEmpty();
  }

  @Test
  void aMissingClaimIsFound() {
    assertThat(of(new Books(100, 99, 100_000, 0, BY_FUNDER)).faults())
        .containsExactly("accepted lines told are 100, claims are 99");
  }

  @Test
  void aLineRecordedAndNotToldIsFound() {
    assertThat(of(new Books(101, 100, 100_000, 0, BY_FUNDER)).faults())
        .containsExactly("accepted lines told are 100, recorded as accepted are 101");
  }

  @Test
  void aCentOwedTooMuchIsFound() {
    assertThat(of(new Books(100, 100, 70_001, 30_000, BY_FUNDER)).faults())
        .containsExactly("accepted cents told are 100000, owed and paid are 100001");
  }

  @Test
  void aCentBorneByTheWrongFunderIsFound() {
    Map<String, Long> wrong = Map.of("state", 60_001L, "region", 39_999L);

    assertThat(of(new Books(100, 100, 100_000, 0, wrong)).holds()).isFalse();
  }

  @Test
  void aWrongAnswerIsNotForgotten() {
    assertThat(of(new Books(100, 100, 100_000, 0, BY_FUNDER), "slip 7 line 2").faults())
        .containsExactly("slip 7 line 2");
  }
}
