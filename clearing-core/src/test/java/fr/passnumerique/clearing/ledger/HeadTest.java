package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HeadTest {
  private static final int KEPT = 2_048;

  private final Head head = new Head();

  @Test
  void hasTheLastFactsInHandAndNoneBefore() {
    move(1, KEPT);
    move(KEPT + 1, KEPT + 10);

    assertThat(positions(10, KEPT)).containsExactlyElementsOf(range(11, KEPT + 10));
    assertThat(positions(9, KEPT)).isEmpty();
    assertThat(positions(KEPT + 9, KEPT)).containsExactly(KEPT + 10L);
    assertThat(positions(KEPT + 10, KEPT)).isEmpty();
  }

  @Test
  void givesAtMostWhatIsAskedFor() {
    move(1, 10);

    assertThat(positions(0, 3)).containsExactly(1L, 2L, 3L);
    assertThat(positions(8, 3)).containsExactly(9L, 10L);
  }

  @Test
  void ofMoreFactsAtOnceThanItKeepsTheLastAreInHand() {
    move(1, 3 * KEPT);

    assertThat(positions(2 * KEPT - 1, 10)).isEmpty();
    assertThat(positions(2 * KEPT, 3)).containsExactlyElementsOf(range(2 * KEPT + 1, 2 * KEPT + 3));
  }

  @Test
  void anEmptyLedgerHasNone() {
    assertThat(positions(0, 10)).isEmpty();
  }

  private void move(long from, long to) {
    head.moveOver(
        range(from, to).stream()
            .map(p -> new RecordedFact(p, Instant.EPOCH, new DayOpened(LocalDate.EPOCH)))
            .toList());
  }

  private List<Long> positions(long after, int limit) {
    return head.after(after, limit).stream().map(RecordedFact::position).toList();
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
