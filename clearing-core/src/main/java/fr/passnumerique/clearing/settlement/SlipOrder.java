package fr.passnumerique.clearing.settlement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The slips of a venue and of some days in the orders in which they are listed, as {@link
 * PresentedSlips} stood when they were asked for. It holds that one's arrays, and reads no further
 * than their end of then.
 */
final class SlipOrder {
  static final int ALL_VENUES = 0;
  static final int NO_VENUE = -1;

  private final long[] positions;
  private final int[] presentedOn;
  private final long[] acceptedCents;
  private final int[] presentedBy;
  private final int size;
  private final int venue;
  private final long first;
  private final long last;

  /**
   * @param presentedOn days since 1970
   * @param presentedBy numbers of venues
   * @param size how many of each array are slips of now
   * @param venue number of the one asked for, or {@link #ALL_VENUES}, or {@link #NO_VENUE}
   * @param first day since 1970
   * @param last day since 1970
   */
  SlipOrder(
      long[] positions,
      int[] presentedOn,
      long[] acceptedCents,
      int[] presentedBy,
      int size,
      int venue,
      long first,
      long last) {
    this.positions = positions;
    this.presentedOn = presentedOn;
    this.acceptedCents = acceptedCents;
    this.presentedBy = presentedBy;
    this.size = size;
    this.venue = venue;
    this.first = first;
    this.last = last;
  }

  /** Whether it is the position of one of them. */
  boolean has(long position) {
    int slip = Arrays.binarySearch(positions, 0, size, position);
    return slip >= 0 && isAsked(slip);
  }

  /**
   * @param after position of the slip that those asked for come after, for an order by amount one
   *     that {@link #has} tells; null for the first
   * @return positions in this order, at most so many
   */
  List<Long> inOrder(SlipSort sort, @Nullable Long after, int limit) {
    return switch (sort) {
      case NEWEST -> newest(after == null ? Long.MAX_VALUE : after, limit);
      case OLDEST -> oldest(after == null ? Long.MIN_VALUE : after, limit);
      case HIGHEST -> byAmount(after, limit, (one, other) -> Long.compare(other, one));
      case LOWEST -> byAmount(after, limit, Long::compare);
    };
  }

  private List<Long> newest(long before, int limit) {
    List<Long> found = new ArrayList<>();
    int place = Arrays.binarySearch(positions, 0, size, before);
    for (int i = (place < 0 ? -place - 1 : place) - 1; i >= 0 && found.size() < limit; i--) {
      if (isAsked(i)) {
        found.add(positions[i]);
      }
    }
    return found;
  }

  private List<Long> oldest(long after, int limit) {
    List<Long> found = new ArrayList<>();
    int place = Arrays.binarySearch(positions, 0, size, after);
    for (int i = place < 0 ? -place - 1 : place + 1; i < size && found.size() < limit; i++) {
      if (isAsked(i)) {
        found.add(positions[i]);
      }
    }
    return found;
  }

  /** In one pass that keeps the first so many: no order of all of them is kept up to date. */
  private List<Long> byAmount(@Nullable Long after, int limit, Comparator<Long> amounts) {
    Comparator<Integer> order =
        Comparator.<Integer, Long>comparing(i -> acceptedCents[i], amounts)
            .thenComparing(Comparator.reverseOrder());
    int previous = after == null ? -1 : Arrays.binarySearch(positions, 0, size, after);
    PriorityQueue<Integer> found = new PriorityQueue<>(order.reversed());
    for (int i = 0; i < size; i++) {
      if (isAsked(i) && (previous < 0 || order.compare(i, previous) > 0)) {
        if (found.size() < limit) {
          found.add(i);
        } else if (order.compare(i, found.element()) < 0) {
          found.remove();
          found.add(i);
        }
      }
    }
    return found.stream().sorted(order).map(i -> positions[i]).toList();
  }

  /** Not by the days' order, which is not that of record: a slip is recorded after it came. */
  private boolean isAsked(int slip) {
    return (venue == ALL_VENUES || presentedBy[slip] == venue)
        && presentedOn[slip] >= first
        && presentedOn[slip] <= last;
  }
}
