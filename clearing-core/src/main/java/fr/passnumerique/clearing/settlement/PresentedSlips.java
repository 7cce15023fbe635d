package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Every slip that was ever presented, in the order of record, and what took it first: 32 bytes
 * each.
 */
final class PresentedSlips {
  private long[] positions = new long[16];

  /** Days since 1970. */
  private int[] presentedOn = new int[16];

  private long[] acceptedCents = new long[16];

  /** Numbers of venues. */
  private int[] presentedBy = new int[16];

  /** Numbers of transfers; 0 while none took lines of it. */
  private int[] takenBy = new int[16];

  /** Places among what these took. */
  private int[] takenAt = new int[16];

  private int size;

  private final Map<VenueId, Integer> numbers = new HashMap<>();

  /**
   * @param presentedOn Europe/Paris
   */
  void add(VenueId venue, long position, LocalDate presentedOn, long acceptedCents) {
    if (size == positions.length) {
      positions = Arrays.copyOf(positions, 2 * size);
      this.presentedOn = Arrays.copyOf(this.presentedOn, 2 * size);
      this.acceptedCents = Arrays.copyOf(this.acceptedCents, 2 * size);
      presentedBy = Arrays.copyOf(presentedBy, 2 * size);
      takenBy = Arrays.copyOf(takenBy, 2 * size);
      takenAt = Arrays.copyOf(takenAt, 2 * size);
    }
    positions[size] = position;
    this.presentedOn[size] = (int) presentedOn.toEpochDay();
    this.acceptedCents[size] = acceptedCents;
    presentedBy[size++] = numbers.computeIfAbsent(venue, _ -> numbers.size() + 1);
  }

  /** The first transfer that took lines of a slip. */
  record First(int transfer, int place) {}

  /** Null if none did, or there is no such slip. */
  @Nullable First first(long position) {
    int slip = Arrays.binarySearch(positions, 0, size, position);
    return slip < 0 || takenBy[slip] == 0 ? null : new First(takenBy[slip], takenAt[slip]);
  }

  /**
   * @param transfer number, from 1
   * @return false, and nothing is kept, if it is not the first or there is no such slip
   */
  boolean takeFirst(long position, int transfer, int place) {
    int slip = Arrays.binarySearch(positions, 0, size, position);
    if (slip < 0 || takenBy[slip] != 0) {
      return false;
    }
    takenBy[slip] = transfer;
    takenAt[slip] = place;
    return true;
  }

  /**
   * Which of them are asked for.
   *
   * @param by number of the venue; 0 for all, below 0 for one that has none
   * @param first day since 1970
   * @param last day since 1970
   */
  private record Asked(int by, long first, long last) {}

  /**
   * @param venue null for all
   * @param from first day, Europe/Paris; null for all
   * @param to last day; null for all
   * @param after position of the slip that those asked for come after; null for the first
   * @return positions in this order, at most so many; empty if {@code after} must be one of the
   *     slips asked for, to compare its amount, and is none
   */
  List<Long> inOrder(
      SlipSort sort,
      @Nullable VenueId venue,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      @Nullable Long after,
      int limit) {
    Asked asked =
        new Asked(
            venue == null ? 0 : numbers.getOrDefault(venue, -1),
            from == null ? Integer.MIN_VALUE : from.toEpochDay(),
            to == null ? Integer.MAX_VALUE : to.toEpochDay());
    return switch (sort) {
      case NEWEST -> newest(asked, after == null ? Long.MAX_VALUE : after, limit);
      case OLDEST -> oldest(asked, after == null ? Long.MIN_VALUE : after, limit);
      case HIGHEST -> byAmount(asked, after, limit, (one, other) -> Long.compare(other, one));
      case LOWEST -> byAmount(asked, after, limit, Long::compare);
    };
  }

  private List<Long> newest(Asked asked, long before, int limit) {
    List<Long> found = new ArrayList<>();
    int place = Arrays.binarySearch(positions, 0, size, before);
    for (int i = (place < 0 ? -place - 1 : place) - 1; i >= 0 && found.size() < limit; i--) {
      if (isAsked(asked, i)) {
        found.add(positions[i]);
      }
    }
    return found;
  }

  private List<Long> oldest(Asked asked, long after, int limit) {
    List<Long> found = new ArrayList<>();
    int place = Arrays.binarySearch(positions, 0, size, after);
    for (int i = place < 0 ? -place - 1 : place + 1; i < size && found.size() < limit; i++) {
      if (isAsked(asked, i)) {
        found.add(positions[i]);
      }
    }
    return found;
  }

  /** In one pass that keeps the first so many: no order of all of them is kept up to date. */
  private List<Long> byAmount(
      Asked asked, @Nullable Long after, int limit, Comparator<Long> amounts) {
    Comparator<Integer> order =
        Comparator.<Integer, Long>comparing(i -> acceptedCents[i], amounts)
            .thenComparing(Comparator.reverseOrder());
    int last = after == null ? -1 : Arrays.binarySearch(positions, 0, size, after);
    // Another venue's slip would be weighed against one's own.
    if (after != null && (last < 0 || !isAsked(asked, last))) {
      return List.of();
    }
    PriorityQueue<Integer> first = new PriorityQueue<>(order.reversed());
    for (int i = 0; i < size; i++) {
      if (isAsked(asked, i) && (last < 0 || order.compare(i, last) > 0)) {
        if (first.size() < limit) {
          first.add(i);
        } else if (order.compare(i, first.element()) < 0) {
          first.remove();
          first.add(i);
        }
      }
    }
    return first.stream().sorted(order).map(i -> positions[i]).toList();
  }

  /** Not by the days' order, which is not that of record: a slip is recorded after it came. */
  private boolean isAsked(Asked asked, int slip) {
    return (asked.by() == 0 || presentedBy[slip] == asked.by())
        && presentedOn[slip] >= asked.first()
        && presentedOn[slip] <= asked.last();
  }
}
