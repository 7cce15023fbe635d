package fr.passnumerique.clearing.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.Tag;

/**
 * One append waiting for the appender: the events of one command, all or none.
 *
 * @param done the position of its last event once it is durable; fails with a rejection if its
 *     condition does not hold, with {@link LedgerUnavailableException} if the outcome is unknown.
 *     What follows it may run on the appender's own thread: it must neither block nor wait for
 *     another append
 * @param deadlineNanos of {@code System.nanoTime()}: after it nobody waits any more
 */
record Append(
    List<Draft> drafts, Condition condition, CompletableFuture<Long> done, long deadlineNanos) {

  /**
   * An event without its place in the ledger.
   *
   * @param proposedAt when it was decided; recorded then, or just after the fact before it
   * @param tags sorted, as stored
   * @param cheques sorted ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Draft(
      UUID eventId,
      Instant proposedAt,
      EventCoding.Stored stored,
      List<String> tags,
      String metadata,
      QualifiedName type,
      Set<Tag> axonTags,
      long[] cheques,
      Fact fact) {}

  /**
   * What must not have changed since the decision.
   *
   * @param coarse Axon's own condition on tags and types
   * @param after the head at which it was decided: only facts after it can conflict; {@code
   *     Long.MAX_VALUE} if nothing can
   * @param cheques looked at one by one, sorted ascending
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Condition(AppendCondition coarse, long after, long[] cheques) {

    static Condition of(AppendCondition coarse, long[] cheques) {
      long after =
          coarse == AppendCondition.none()
                  || coarse.consistencyMarker() == ConsistencyMarker.INFINITY
              ? Long.MAX_VALUE
              : Math.max(0, GlobalIndexConsistencyMarker.position(coarse.consistencyMarker()));
      return new Condition(coarse, after, cheques);
    }

    boolean conflictsWith(RecentFacts.Change change) {
      return RecentFacts.overlap(cheques, change.cheques())
          || coarse.matches(change.type(), change.tags());
    }
  }
}
