package fr.passnumerique.clearing.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriterion;
import org.axonframework.messaging.eventstreaming.EventsCondition;
import org.axonframework.messaging.eventstreaming.Tag;
import org.jspecify.annotations.Nullable;

/** Axon's criteria in terms of the ledger's rows. */
final class Conditions {
  private Conditions() {}

  /** Stored as {@code key:value}; keys have no colon. */
  static List<String> stored(Set<Tag> tags) {
    Set<String> sorted = new TreeSet<>();
    tags.forEach(tag -> sorted.add(tag.key() + ":" + tag.value()));
    return List.copyOf(sorted);
  }

  static Tag tag(String stored) {
    int colon = stored.indexOf(':');
    return colon < 0
        ? new Tag(stored, "")
        : new Tag(stored.substring(0, colon), stored.substring(colon + 1));
  }

  static Set<Tag> tags(Iterable<String> stored) {
    Set<Tag> tags = new LinkedHashSet<>();
    stored.forEach(text -> tags.add(tag(text)));
    return tags;
  }

  static boolean matches(EventsCondition condition, LedgerRow row, EventCoding coding) {
    return condition.matches(coding.messageType(row).qualifiedName(), tags(row.tags()));
  }

  static RecentFacts.Change change(LedgerRow row, Fact fact, EventCoding coding) {
    QualifiedName type = coding.messageType(row).qualifiedName();
    return new RecentFacts.Change(row.position(), type, tags(row.tags()), sorted(fact));
  }

  static long[] sorted(Fact fact) {
    return sorted(fact.chequesTouched());
  }

  static long[] sorted(long[] cheques) {
    if (cheques.length < 2) {
      return cheques;
    }
    long[] copy = cheques.clone();
    Arrays.sort(copy);
    return copy;
  }

  static boolean anyMatches(
      Connection connection, EventsCondition condition, long from, long to, EventCoding coding)
      throws SQLException {
    return EventTable.tagged(connection, tagsOf(condition), from, to).stream()
        .anyMatch(row -> matches(condition, row, coding));
  }

  /** Every tag that a match must have one of; null if rows without any of them can match. */
  static @Nullable Set<String> tagsOf(EventsCondition condition) {
    Set<String> any = new TreeSet<>();
    Set<EventCriterion> criteria = condition.criteria().flatten();
    for (EventCriterion criterion : criteria) {
      if (criterion.tags().isEmpty()) {
        return null;
      }
      any.addAll(stored(criterion.tags()));
    }
    return any.isEmpty() ? null : any;
  }
}
