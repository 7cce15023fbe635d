package fr.passnumerique.projections.loop;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LedgerFactSourcesTest {
  private static final Duration SOON = Duration.ofSeconds(5);

  @Test
  void projectionsThatWakeTogetherHaveEachFactParsedOnce() throws Exception {
    CountingLedger ledger = new CountingLedger(100);
    FactSources sources = new LedgerFactSources(ledger);
    int projections = 5;
    CountDownLatch awake = new CountDownLatch(projections);
    List<Future<List<SourcedFact>>> read = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(projections)) {
      for (int i = 0; i < projections; i++) {
        String name = "projection " + i;
        read.add(
            threads.submit(
                () -> {
                  try (FactSource source = sources.open(name)) {
                    awake.countDown();
                    awake.await();
                    return source.read(from(0), 500, SOON);
                  }
                }));
      }
      for (Future<List<SourcedFact>> facts : read) {
        assertThat(facts.get())
            .extracting(SourcedFact::position)
            .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
      }
    }
    assertThat(ledger.parsed).hasValue(100);
  }

  @Test
  void whatTheLedgerHasInHandIsNotParsed() throws Exception {
    CountingLedger ledger = new CountingLedger(100);
    ledger.inHandFrom = 90;
    try (FactSource source = new LedgerFactSources(ledger).open("balances")) {
      assertThat(source.read(from(89), 500, SOON))
          .extracting(SourcedFact::position)
          .containsExactlyElementsOf(LongStream.rangeClosed(90, 100).boxed().toList());
      assertThat(ledger.parsed).hasValue(0);

      assertThat(source.read(from(88), 500, SOON)).hasSize(12);
      assertThat(ledger.parsed).hasValue(12);
    }
  }

  @Test
  void oneFarBehindHoldsNobodyUp() throws Exception {
    CountingLedger ledger = new CountingLedger(10_000);
    FactSources sources = new LedgerFactSources(ledger);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(1);
        FactSource follower = sources.open("follower")) {
      ledger.atFirst =
          () -> {
            begun.countDown();
            await(over);
          };
      Future<List<SourcedFact>> rebuilt =
          threads.submit(
              () -> {
                try (FactSource source = sources.open("rebuilt")) {
                  return source.read(from(0), 500, SOON);
                }
              });
      begun.await();
      ledger.atFirst = () -> {};

      assertThat(follower.read(from(9_990), 500, SOON)).hasSize(10);

      over.countDown();
      assertThat(rebuilt.get()).hasSize(500);
    }
  }

  private static Bookmark from(long position) {
    return new Bookmark(position, Bookmark.NO_OFFSET);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class CountingLedger implements LedgerReader {
    private final long head;
    private final AtomicInteger parsed = new AtomicInteger();
    private volatile Runnable atFirst = () -> {};
    private long inHandFrom = Long.MAX_VALUE;

    CountingLedger(long head) {
      this.head = head;
    }

    @Override
    public long head() {
      return head;
    }

    @Override
    public List<RecordedFact> read(long after, int limit) {
      return readRows(after, limit).stream().map(this::recorded).toList();
    }

    @Override
    public List<RecordedFact> recent(long after, int limit) {
      return after + 1 < inHandFrom
          ? List.of()
          : LongStream.rangeClosed(after + 1, Math.min(head, after + limit))
              .mapToObj(CountingLedger::fact)
              .toList();
    }

    @Override
    public List<LedgerRow> readRows(long after, int limit) {
      atFirst.run();
      return LongStream.rangeClosed(after + 1, Math.min(head, after + limit))
          .mapToObj(CountingLedger::row)
          .toList();
    }

    private static LedgerRow row(long position) {
      return new LedgerRow(
          position,
          new UUID(0, position),
          Instant.EPOCH,
          "DayOpened",
          1,
          List.of(),
          "{}",
          "{}",
          new byte[32]);
    }

    @Override
    public RecordedFact recorded(LedgerRow row) {
      parsed.incrementAndGet();
      return fact(row.position());
    }

    private static RecordedFact fact(long position) {
      return new RecordedFact(position, Instant.EPOCH, new DayOpened(LocalDate.EPOCH));
    }

    @Override
    public boolean awaitBeyond(long position, Duration atMost) {
      return position < head;
    }
  }
}
