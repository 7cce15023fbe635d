package fr.passnumerique.clearing.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the facts of a {@link DecisionFixture}, all recorded at one moment. */
public record FixtureReader(DecisionFixture ledger) implements LedgerReader {
  public static final Instant RECORDED = Instant.parse("2026-04-01T10:00:00Z");

  @Override
  public long head() {
    return ledger.facts().size();
  }

  @Override
  public List<RecordedFact> read(long after, int limit) {
    return IntStream.range((int) after, (int) Math.min(head(), after + limit))
        .mapToObj(i -> new RecordedFact(i + 1, RECORDED, ledger.facts().get(i)))
        .toList();
  }

  @Override
  public List<LedgerRow> readRows(long after, int limit) {
    throw new UnsupportedOperationException("a ledger in memory has no rows");
  }

  @Override
  public RecordedFact recorded(LedgerRow row) {
    throw new UnsupportedOperationException("a ledger in memory has no rows");
  }

  @Override
  public boolean awaitBeyond(long position, Duration atMost) {
    return head() > position;
  }
}
