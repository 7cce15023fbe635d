package fr.passnumerique.clearing.ledger;

import static java.util.Objects.requireNonNull;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Hands;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.CommandResultMessage;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.GenericEventMessage;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * The adapter between deciders and Axon: command bus, unit of work and the append contract of a
 * dynamic consistency boundary.
 *
 * <p>Why this boundary is enough: a decision reads registers that stand still at one head, names in
 * its {@link Boundary} all that it looked at, and is recorded only if no fact after that head
 * touches any of it. Axon's sourcing transaction is not used: it derives its condition from the
 * events that were read, and here none are.
 */
final class AxonCommands implements Commands {
  /** A conflict is rare and costs microseconds; this many in a row is a bug. */
  private static final int MOST_ATTEMPTS = 1_000;

  private static final MessageType ANSWER = new MessageType("Answer", "1");

  private final CommandBus bus;
  private final EventStorageEngine engine;
  private final Registers registers;
  private final FactCatalogue catalogue;
  private final Function<Long, Fact> factAt;
  private final Head head;
  private final LongSupplier lastRecorded;
  private final Hands hands;
  private final Duration patience;
  private final Clock clock;
  private final AppendFaults faults;
  private final Map<Class<?>, Decider<?, ?>> deciders = new HashMap<>();

  /** A command on the bus. */
  private record Order<A>(Command<A> command, Instant receivedAt, Actor by) {}

  /** A decision and the head at which it was taken. */
  private record Decided<A>(Decision<A> decision, long head) {}

  /** What the handler answers: the position is known only once the unit of work is committed. */
  private record Answer<A>(Decided<A> decided, CompletableFuture<Long> position) {}

  AxonCommands(
      CommandBus bus,
      EventStorageEngine engine,
      Registers registers,
      FactCatalogue catalogue,
      Function<Long, Fact> factAt,
      Head head,
      LongSupplier lastRecorded,
      Hands hands,
      Duration patience,
      Clock clock,
      AppendFaults faults,
      List<? extends Decider<?, ?>> deciders) {
    this.bus = bus;
    this.engine = engine;
    this.registers = registers;
    this.catalogue = catalogue;
    this.factAt = factAt;
    this.head = head;
    this.lastRecorded = lastRecorded;
    this.hands = hands;
    this.patience = patience;
    this.clock = clock;
    this.faults = faults;
    for (Decider<?, ?> decider : deciders) {
      if (this.deciders.put(decider.command(), decider) != null) {
        throw new IllegalArgumentException("two deciders for " + decider.command().getSimpleName());
      }
      bus.subscribe(new QualifiedName(decider.command()), this::handle);
    }
  }

  @Override
  public <A> Outcome<A> send(Command<A> command, Actor by) {
    Order<A> order = new Order<>(command, clock.instant(), by);
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      try {
        Answer<A> answer = dispatch(order);
        return outcome(command, addsNothing(answer.decided()) ? atPresent(order, answer) : answer);
      } catch (AppendEventsTransactionRejectedException conflict) {
        // Something that it looked at changed meanwhile: decide again at the newer head.
        Thread.onSpinWait();
      }
    }
    throw new LedgerUnavailableException(
        "%s met %d conflicts in a row"
            .formatted(command.getClass().getSimpleName(), MOST_ATTEMPTS));
  }

  @Override
  public <A> Outcome<A> rehearse(Command<A> command) {
    Decided<A> decided = decide(command, clock.instant());
    return outcome(
        command, new Answer<>(decided, CompletableFuture.completedFuture(decided.head())));
  }

  private static boolean addsNothing(Decided<?> decided) {
    return decided.decision() instanceof Decision.Refuse
        || decided.decision() instanceof Decision.Unchanged;
  }

  /**
   * What is recorded is held to its boundary by the appender. A refusal is not recorded: a node
   * that is behind (it stands by, or was frozen and does not know yet that another one writes)
   * would deny what another has answered already. So it counts if it was decided on all that was
   * recorded when it was decided, and is decided again once this node holds that otherwise.
   */
  private <A> Answer<A> atPresent(Order<A> order, Answer<A> answer) {
    long recorded = lastRecorded.getAsLong();
    if (answer.decided().head() >= recorded) {
      return answer;
    }
    try {
      if (head.awaitBeyond(recorded - 1, patience)) {
        return dispatch(order);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new LedgerUnavailableException(
        "this node does not hold the ledger up to position %d yet; send again, or to another node"
            .formatted(recorded));
  }

  @SuppressWarnings("unchecked")
  private <A> Answer<A> dispatch(Order<A> order) {
    CommandMessage message =
        new GenericCommandMessage(new MessageType(order.command().getClass(), "1"), order);
    try {
      return (Answer<A>) requireNonNull(bus.dispatch(message, null).get().payload());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted while waiting for the ledger", e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    Throwable cause = e.getCause();
    while (cause != null && !(cause instanceof RuntimeException)) {
      cause = cause.getCause();
    }
    if (cause instanceof AppendEventsTransactionRejectedException conflict) {
      return conflict;
    }
    if (cause instanceof LedgerStoppedException stopped) {
      return stopped.again();
    }
    if (cause instanceof LedgerUnavailableException unavailable) {
      return new LedgerUnavailableException(
          unavailable.getMessage() == null ? "" : unavailable.getMessage(), unavailable);
    }
    return cause instanceof RuntimeException runtime ? runtime : new IllegalStateException(e);
  }

  private <A> Outcome<A> outcome(Command<A> command, Answer<A> answer) {
    return switch (answer.decided().decision()) {
      case Decision.Accept<A>(_, _, A given) ->
          new Outcome.Recorded<>(given, answer.position().join(), false);
      case Decision.Unchanged<A>(A given) ->
          new Outcome.Recorded<>(given, answer.decided().head(), true);
      case Decision.Refuse<A>(Refusal refusal) ->
          new Outcome.Refused<>(SentValue.toldIn(refusal, command));
      case Decision.Known<A>(long position, Function<Fact, Decision.Reply<A>> reply) ->
          switch (reply.apply(factAt.apply(position))) {
            case Decision.Reply.Same<A>(A recorded) ->
                new Outcome.Recorded<>(recorded, position, true);
            case Decision.Reply.Different<A>(Refusal refusal) ->
                new Outcome.Refused<>(SentValue.toldIn(refusal, command));
          };
    };
  }

  private MessageStream.Single<CommandResultMessage> handle(
      CommandMessage message, ProcessingContext context) {
    Order<?> order = (Order<?>) requireNonNull(message.payload());
    return MessageStream.just(new GenericCommandResultMessage(ANSWER, answer(order, context)));
  }

  private <A> Answer<A> answer(Order<A> order, ProcessingContext context) {
    Decided<A> decided = decide(order.command(), order.receivedAt());
    CompletableFuture<Long> position = new CompletableFuture<>();
    if (decided.decision() instanceof Decision.Accept<A> accept) {
      faults.afterDecision();
      append(accept, decided.head(), order, context, position);
    }
    return new Answer<>(decided, position);
  }

  @SuppressWarnings("unchecked")
  private <A> Decided<A> decide(Command<A> command, Instant receivedAt) {
    Decider<Command<A>, A> decider = (Decider<Command<A>, A>) deciders.get(command.getClass());
    if (decider == null) {
      throw new IllegalArgumentException("nothing decides " + command.getClass().getSimpleName());
    }
    return ofTwoPeople(
        registers.read(() -> new Decided<>(decider.decide(command, receivedAt), registers.head())));
  }

  /**
   * Asked after the decision: what it read is recorded by then, and the key by which that was begun
   * was made before. Asked before, it could be made and used meanwhile.
   */
  private <A> Decided<A> ofTwoPeople(Decided<A> decided) {
    return decided.decision() instanceof Decision.Accept<A> accept
        ? accept
            .boundary()
            .second()
            .filter(second -> hands.hold(second.first(), second.by()))
            .map(second -> new Decided<A>(Decision.refuse(second.ofOneHand()), decided.head()))
            .orElse(decided)
        : decided;
  }

  private void append(
      Decision.Accept<?> accept,
      long head,
      Order<?> order,
      ProcessingContext context,
      CompletableFuture<Long> position) {
    Actor by = order.by();
    Map<String, String> metadata = Map.of("actor", by.account(), "role", by.role().name());
    Instant decidedAt = recordedFrom(order);
    List<TaggedEventMessage<?>> events =
        accept.facts().stream()
            .<TaggedEventMessage<?>>map(f -> event(f, metadata, decidedAt))
            .toList();
    AppendCondition condition =
        AppendCondition.withCriteria(criteria(accept.boundary()))
            .withMarker(new GlobalIndexConsistencyMarker(head));
    context.putResource(PostgresEventStorageEngine.CHEQUES, accept.boundary().cheques());
    context.onPrepareCommit(
        preparing ->
            engine
                .appendEvents(condition, preparing, events)
                .thenAccept(
                    transaction ->
                        context.onCommit(
                            committing ->
                                transaction
                                    .commit(committing)
                                    .thenAccept(done -> position.complete((Long) done)))));
  }

  /** A clock that is set back meanwhile records nothing before it was received. */
  private Instant recordedFrom(Order<?> order) {
    Instant now = clock.instant();
    return now.isBefore(order.receivedAt()) ? order.receivedAt() : now;
  }

  private TaggedEventMessage<?> event(Fact fact, Map<String, String> metadata, Instant at) {
    FactType type = catalogue.typeOf(fact);
    return new GenericTaggedEventMessage<>(
        new GenericEventMessage(
            faults.eventId().toString(),
            new MessageType(type.name(), String.valueOf(type.version())),
            fact,
            metadata,
            at),
        tags(fact.tags()));
  }

  static Set<Tag> tags(Set<String> texts) {
    Set<Tag> tags = new HashSet<>();
    texts.forEach(text -> tags.add(Conditions.tag(text)));
    return tags;
  }

  private static EventCriteria criteria(Boundary boundary) {
    List<EventCriteria> any =
        boundary.tags().stream()
            .<EventCriteria>map(text -> EventCriteria.havingTags(Set.of(Conditions.tag(text))))
            .toList();
    if (any.isEmpty()) {
      // Axon reads "no criteria" as "any event conflicts"; a decision that looked at nothing coarse
      // means the opposite.
      throw new IllegalArgumentException("a boundary names at least the tag of its own identifier");
    }
    return EventCriteria.either(any);
  }
}
