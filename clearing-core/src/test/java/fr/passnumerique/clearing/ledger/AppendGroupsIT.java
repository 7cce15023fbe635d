package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.database.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The appender's groups, statement by statement: what is appended just before one of its own is
 * sent is the next group.
 */
@Timeout(60)
class AppendGroupsIT {
  private static final LocalDate DAY = LocalDate.of(2026, 1, 1);
  private static final Duration A_WHILE = Duration.ofMillis(200);
  private static final Tag TAG = Tag.of("day", "one");

  private final TestDatabase database = TestDatabase.fresh();
  private final Connections connections = new Connections(database);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final EventCoding coding = EventCoding.of(Slips.CATALOGUE);
  private final Head head = new Head();
  private final AtomicInteger statements = new AtomicInteger();
  private final Map<Integer, Runnable> before = new ConcurrentHashMap<>();
  private volatile LongConsumer folding = _ -> {};
  private final Appender appender =
      new Appender(
          connections,
          new WriterSession(),
          coding,
          new Registers(List.of((fact, position, recordedAt) -> folding.accept(position))),
          head,
          new RecordedAhead(Clock.systemUTC(), meters),
          Duration.ofMillis(20),
          new AppendFaults() {
            @Override
            public void beforeStatement() {
              before.getOrDefault(statements.incrementAndGet(), () -> {}).run();
            }
          },
          Optional.empty(),
          meters);

  private final List<CompletableFuture<Long>> group = new ArrayList<>();

  /** Those of the appender, of which the last can be cut. */
  private static final class Connections extends DelegatingDataSource {
    private volatile Connection last;

    Connections(TestDatabase database) {
      super(database.ledger());
    }

    @Override
    public Connection getConnection() throws SQLException {
      last = super.getConnection();
      return last;
    }

    void cut() {
      try {
        last.abort(Runnable::run);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @BeforeEach
  void write() throws InterruptedException {
    appender.elected(true);
    appender.start();
    while (appender.state() != Appender.State.WRITING) {
      Thread.sleep(1);
    }
  }

  @AfterEach
  void close() {
    appender.close();
    database.close();
  }

  @Test
  void behindAFactThatNoRegisterTakesNoGroupIsRecorded() throws Exception {
    before.put(1, () -> group.addAll(List.of(append(DAY), append(DAY))));
    // Decided and sent before anybody knew.
    CompletableFuture<CompletableFuture<Long>> behind = new CompletableFuture<>();
    before.put(2, () -> behind.complete(append(DAY)));
    before.put(3, this::awaitAllFollowed);
    folding =
        position -> {
          if (position == 2) {
            throw new IllegalStateException("no register takes it");
          }
        };

    append(DAY).join();

    assertThatThrownBy(behind.get()::get)
        .hasCauseInstanceOf(LedgerStoppedException.class)
        .hasMessageContaining("cannot take fact 2");
    assertThat(recorded()).isEqualTo(3);
  }

  private void awaitAllFollowed() {
    try {
      while (meters.get("ledger.append.groups.waiting").gauge().value() > 0) {
        Thread.sleep(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Decided again sooner, it would meet the same. */
  @Test
  void aLoserIsToldOnceItsWinnersAreFolded() throws Exception {
    CompletableFuture<Long> toldAt = new CompletableFuture<>();
    before.put(
        1,
        () -> {
          group.addAll(List.of(append(DAY, TAG), append(DAY), loser()));
          var _ = last().whenComplete((_, _) -> toldAt.complete(head.position()));
        });
    before.put(2, () -> waitsFor(toldAt));
    folding =
        position -> {
          if (position > 1) {
            waitsFor(toldAt);
          }
        };

    append(DAY).join();

    assertThatThrownBy(last()::get)
        .hasCauseInstanceOf(AppendEventsTransactionRejectedException.class);
    assertThat(toldAt.get()).isEqualTo(3);
  }

  @Test
  void aLoserIsToldAlsoWhereNobodyKnowsWhetherItsWinnerIsRecorded() throws Exception {
    before.put(1, () -> group.addAll(List.of(append(DAY, TAG), loser())));
    before.put(2, () -> AppenderIT.sneaky(new SQLException("connection reset", "08006")));

    append(DAY).join();

    assertThatThrownBy(() -> last().get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(AppendEventsTransactionRejectedException.class);
    assertThat(group.getFirst().get()).isEqualTo(2);
  }

  /** It looked when only the first was recorded. */
  private CompletableFuture<Long> loser() {
    return append(
        UUID.randomUUID(),
        DAY,
        AppendCondition.withCriteria(EventCriteria.havingTags(TAG))
            .withMarker(new GlobalIndexConsistencyMarker(1)));
  }

  /** Not for long: in the end it is told. */
  private static void waitsFor(CompletableFuture<?> told) {
    try {
      told.get(A_WHILE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      // As it should be.
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsRecordedAloneBecauseOfANeighbourIsRecordedOnce() throws Exception {
    refuse(DAY.plusDays(1));
    before.put(
        1,
        () -> group.addAll(List.of(append(DAY), append(DAY.plusDays(1)), append(DAY.plusDays(2)))));

    append(DAY).join();

    assertThat(group.getFirst().get()).isEqualTo(2);
    assertThatThrownBy(group.get(1)::get).hasStackTraceContaining("refuses this fact");
    assertThat(last().get()).isEqualTo(3);
    assertThat(append(DAY).join()).isEqualTo(4);
    assertThat(statements).as("the first, the group, each alone, the last").hasValue(6);
    assertThat(recorded()).isEqualTo(4);
  }

  /** Its own earlier attempt comes to an end, and the connection does while it is read. */
  @Test
  void whatIsFoundRecordedBeforeTheLedgerFallsSilentIsNotRecordedAgain() throws Exception {
    refuse(DAY.plusDays(1));
    UUID id = UUID.randomUUID();
    before.put(
        1,
        () ->
            group.addAll(
                List.of(append(id, DAY, AppendCondition.none()), append(DAY.plusDays(1)))));
    before.put(3, () -> recordedByAnEarlierAttempt(id, false));
    folding =
        position -> {
          if (position == 2) {
            connections.cut();
          }
        };

    append(DAY).join();

    assertThat(group.getFirst().get()).isEqualTo(2);
    assertThatThrownBy(last()::get).hasStackTraceContaining("refuses this fact");
    assertThat(append(DAY).join()).isEqualTo(3);
    assertThat(recorded()).isEqualTo(3);
  }

  /** To be told that the ledger is stopped is to be told that nothing was recorded. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsRecordedByAnEarlierAttemptAndNoRegisterTakesIsNotSaidNotToBe(boolean meanwhile)
      throws Exception {
    UUID id = UUID.randomUUID();
    before.put(1, () -> recordedByAnEarlierAttempt(id, meanwhile));
    folding =
        _ -> {
          throw new IllegalStateException("no register takes it");
        };

    assertThatThrownBy(append(id, DAY, AppendCondition.none())::get)
        .cause()
        .isInstanceOf(LedgerUnavailableException.class)
        .isNotInstanceOf(LedgerStoppedException.class);
    assertThat(recorded()).isEqualTo(1);
  }

  /**
   * @param meanwhile it is committed only once the next attempt waits for its position
   */
  private void recordedByAnEarlierAttempt(UUID id, boolean meanwhile) {
    try {
      Connection connection = database.ledger().getConnection();
      connection.setAutoCommit(false);
      LedgerRow last = EventTable.at(connection, EventTable.head(connection)).orElse(null);
      EventTable.insert(
          connection,
          List.of(AppenderIT.next(last, id, DAY)),
          last == null ? ChainHash.GENESIS : last.hash());
      if (meanwhile) {
        Thread.ofPlatform().daemon().start(() -> commitOnceOneWaits(connection));
      } else {
        connection.commit();
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void commitOnceOneWaits(Connection holding) {
    try (holding;
        Connection looking = database.superuser().getConnection();
        Statement statement = looking.createStatement()) {
      boolean waits = false;
      while (!waits) {
        Thread.sleep(5);
        try (var row =
            statement.executeQuery("select exists (select from pg_locks where not granted)")) {
          row.next();
          waits = row.getBoolean(1);
        }
      }
      holding.commit();
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void refuse(LocalDate day) throws SQLException {
    try (Connection connection = database.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "alter table ledger.event add constraint no_such_day check (payload not like '%%%s%%')"
              .formatted(day));
    }
  }

  private int recorded() throws SQLException {
    return LedgerAudit.wholeChain(database.superuser()).size();
  }

  private CompletableFuture<Long> last() {
    return group.getLast();
  }

  private CompletableFuture<Long> append(LocalDate day, Tag... tags) {
    return append(UUID.randomUUID(), day, AppendCondition.none(), tags);
  }

  /** Queued when it returns. */
  @SuppressWarnings("unchecked")
  private CompletableFuture<Long> append(
      UUID id, LocalDate day, AppendCondition condition, Tag... tags) {
    return (CompletableFuture<Long>)
        new PostgresEventStorageEngine(
                database.ledger(), coding, appender, head, Duration.ofSeconds(30))
            .appendEvents(
                condition,
                null,
                List.of(
                    new GenericTaggedEventMessage<>(
                        new GenericEventMessage(
                            id.toString(),
                            new MessageType("DayOpened", "1"),
                            new DayOpened(day),
                            Map.of(),
                            Instant.now()),
                        Set.of(tags))))
            .join()
            .commit(null);
  }
}
