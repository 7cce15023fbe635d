package fr.passnumerique.clearing.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.ContinuousMessageStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.SimpleEntry;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Axon's storage engine on the ledger. Positions are the global index, from 1; a tracking token is
 * the position last seen; a consistency marker is the position up to which a decision looked.
 */
final class PostgresEventStorageEngine implements EventStorageEngine {
  /** The cheques that a decision looked at one by one, beside the coarse tags of its condition. */
  static final ResourceKey<long[]> CHEQUES = ResourceKey.withLabel("cheques looked at");

  private static final int READ_AHEAD = 500;

  private final DataSource dataSource;
  private final EventCoding coding;
  private final Appender appender;
  private final Head head;
  private final Duration timeout;

  /**
   * @param timeout after which an append that nobody could write is given up as unknown
   */
  PostgresEventStorageEngine(
      DataSource dataSource, EventCoding coding, Appender appender, Head head, Duration timeout) {
    this.dataSource = dataSource;
    this.coding = coding;
    this.appender = appender;
    this.head = head;
    this.timeout = timeout;
  }

  @Override
  public CompletableFuture<AppendTransaction<?>> appendEvents(
      AppendCondition condition,
      @Nullable ProcessingContext context,
      List<TaggedEventMessage<?>> events) {
    long[] cheques = context == null ? null : context.getResource(CHEQUES);
    Append.Condition boundary =
        Append.Condition.of(
            condition, cheques == null ? Fact.NO_CHEQUES : Conditions.sorted(cheques));
    // Encoded here, on the caller's thread: the appender's is for what must happen in order.
    List<Append.Draft> drafts = events.stream().map(this::draft).toList();
    return CompletableFuture.completedFuture(new Transaction(drafts, boundary));
  }

  private Append.Draft draft(TaggedEventMessage<?> tagged) {
    EventMessage event = tagged.event();
    Fact fact = coding.fact(event);
    Set<Tag> tags = tagged.tags();
    return new Append.Draft(
        UUID.fromString(event.identifier()),
        event.timestamp(),
        coding.store(event),
        Conditions.stored(tags),
        // Sorted: a map's own order is another in each process, and this text is hashed.
        FactCatalogue.JSON.writeValueAsString(new TreeMap<>(event.metadata())),
        event.type().qualifiedName(),
        tags,
        Conditions.sorted(fact),
        fact);
  }

  private final class Transaction implements AppendTransaction<Long> {
    private final List<Append.Draft> drafts;
    private final Append.Condition condition;
    private final AtomicBoolean ended = new AtomicBoolean();

    Transaction(List<Append.Draft> drafts, Append.Condition condition) {
      this.drafts = drafts;
      this.condition = condition;
    }

    @Override
    public CompletableFuture<Long> commit(@Nullable ProcessingContext context) {
      if (ended.getAndSet(true)) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("this append was committed or rolled back before"));
      }
      if (drafts.isEmpty()) {
        return CompletableFuture.completedFuture(head.position());
      }
      CompletableFuture<Long> done = new CompletableFuture<>();
      appender.submit(new Append(drafts, condition, done, System.nanoTime() + timeout.toNanos()));
      return done;
    }

    @Override
    public CompletableFuture<ConsistencyMarker> afterCommit(
        Long position, @Nullable ProcessingContext context) {
      return CompletableFuture.completedFuture(new GlobalIndexConsistencyMarker(position));
    }

    @Override
    public void rollback(@Nullable ProcessingContext context) {
      ended.set(true);
    }
  }

  @Override
  public MessageStream<EventMessage> source(
      SourcingCondition condition, @Nullable ProcessingContext context) {
    // As everywhere here, a position is the last one seen: sourcing starts after it.
    long from = Math.max(0, GlobalIndexPosition.toIndex(condition.start())) + 1;
    long to = head.position();
    List<MessageStream.Entry<EventMessage>> found = new ArrayList<>();
    try (Connection connection = dataSource.getConnection()) {
      for (LedgerRow row : EventTable.tagged(connection, Conditions.tagsOf(condition), from, to)) {
        if (Conditions.matches(condition, row, coding)) {
          found.add(entry(row, coding));
        }
      }
    } catch (SQLException e) {
      return MessageStream.failed(new LedgerUnavailableException("the ledger cannot be read", e));
    }
    // Axon takes the marker from the last entry: without it every touched tag would conflict.
    found.add(
        new SimpleEntry<>(
            TerminalEventMessage.INSTANCE,
            Context.with(ConsistencyMarker.RESOURCE_KEY, new GlobalIndexConsistencyMarker(to))));
    return MessageStream.fromStream(found.stream(), MessageStream.Entry::message, entry -> entry);
  }

  @Override
  public MessageStream<EventMessage> stream(
      StreamingCondition condition, @Nullable ProcessingContext context) {
    AtomicLong scanned = new AtomicLong(condition.position().position().orElse(0));
    return new ContinuousMessageStream<LedgerRow>(
        _ -> nextMatches(condition, scanned),
        row -> entry(row, coding),
        (_, callback) -> head.onMove(callback)::remove);
  }

  private List<LedgerRow> nextMatches(StreamingCondition condition, AtomicLong scanned) {
    try (Connection connection = dataSource.getConnection()) {
      while (scanned.get() < head.position()) {
        List<LedgerRow> rows = EventTable.after(connection, scanned.get(), READ_AHEAD);
        if (rows.isEmpty()) {
          break;
        }
        scanned.set(rows.getLast().position());
        List<LedgerRow> matches =
            rows.stream().filter(row -> Conditions.matches(condition, row, coding)).toList();
        if (!matches.isEmpty()) {
          return matches;
        }
      }
      return List.of();
    } catch (SQLException e) {
      throw new LedgerUnavailableException("the ledger cannot be read", e);
    }
  }

  private static MessageStream.Entry<EventMessage> entry(LedgerRow row, EventCoding coding) {
    EventMessage event =
        new GenericEventMessage(
            row.eventId().toString(),
            coding.messageType(row),
            coding.payload(row),
            metadata(row),
            row.recordedAt());
    Context context =
        TrackingToken.addToContext(
            Context.empty(), new GlobalSequenceTrackingToken(row.position()));
    return new SimpleEntry<>(event, Tag.addToContext(context, Conditions.tags(row.tags())));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> metadata(LedgerRow row) {
    return FactCatalogue.JSON.readValue(row.metadata(), Map.class);
  }

  @Override
  public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
    return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(0));
  }

  @Override
  public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
    return CompletableFuture.completedFuture(new GlobalSequenceTrackingToken(head.position()));
  }

  @Override
  public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
    try (Connection connection = dataSource.getConnection()) {
      return CompletableFuture.completedFuture(
          new GlobalSequenceTrackingToken(EventTable.before(connection, at)));
    } catch (SQLException e) {
      return CompletableFuture.failedFuture(
          new LedgerUnavailableException("the ledger cannot be read", e));
    }
  }

  @Override
  public void describeTo(ComponentDescriptor descriptor) {
    descriptor.describeProperty("head", head.position());
  }
}
