package fr.passnumerique.clearing.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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

  /** Without payload and hash: nothing in memory is stored. */
  @Override
  public List<LedgerRow> readRows(long after, int limit) {
    return read(after, limit).stream()
        .map(
            recorded ->
                new LedgerRow(
                    recorded.position(),
                    new UUID(0, recorded.position()),
                    RECORDED,
                    recorded.fact().getClass().getSimpleName(),
                    1,
                    List.copyOf(recorded.fact().tags()),
                    new byte[0],
                    "",
                    new byte[0]))
        .toList();
  }

  @Override
  public RecordedFact recorded(LedgerRow row) {
    return read(row.position() - 1, 1).getFirst();
  }

  @Override
  public boolean awaitBeyond(long position, Duration atMost) {
    return head() > position;
  }
}
