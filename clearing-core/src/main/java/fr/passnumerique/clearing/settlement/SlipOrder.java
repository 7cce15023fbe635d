package fr.passnumerique.clearing.settlement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The slips of a venue, of some days and of a state in the orders in which they are listed, as
 * {@link PresentedSlips} stood when they were asked for. It holds that one's arrays, and reads no
 * further than their end of then.
 */
final class SlipOrder {
  static final int ALL_VENUES = 0;
  static final int NO_VENUE = -1;

  private final long[] positions;
  private final int[] presentedOn;
  private final long[] acceptedCents;
  private final int[] presentedBy;
  private final int size;
  private final @Nullable BitSet these;
  private final int venue;
  private final long first;
  private final long last;

  /**
   * @param presentedOn days since 1970
   * @param presentedBy numbers of venues
   * @param size how many of each array are slips of now
   * @param these numbers of those of which some money is so far; null for all
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
      @Nullable BitSet these,
      int venue,
      long first,
      long last) {
    this.positions = positions;
    this.presentedOn = presentedOn;
    this.acceptedCents = acceptedCents;
    this.presentedBy = presentedBy;
    this.size = size;
    this.these = these;
    this.venue = venue;
    this.first = first;
    this.last = last;
  }

  /**
   * Whether it is the position of one of them, or was while its money was elsewhere: a page goes on
   * after a slip that has left the list.
   */
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
      case HIGHEST -> byAmount(after, limit, -1);
      case LOWEST -> byAmount(after, limit, 1);
    };
  }

  private List<Long> newest(long before, int limit) {
    List<Long> found = new ArrayList<>();
    int place = Arrays.binarySearch(positions, 0, size, before);
    int slip = previous((place < 0 ? -place - 1 : place) - 1);
    for (; slip >= 0 && found.size() < limit; slip = previous(slip - 1)) {
      if (isAsked(slip)) {
        found.add(positions[slip]);
      }
    }
    return found;
  }

  private List<Long> oldest(long after, int limit) {
    List<Long> found = new ArrayList<>();
    int place = Arrays.binarySearch(positions, 0, size, after);
    int slip = next(place < 0 ? -place - 1 : place + 1);
    for (; slip < size && found.size() < limit; slip = next(slip + 1)) {
      if (isAsked(slip)) {
        found.add(positions[slip]);
      }
    }
    return found;
  }

  /**
   * In one pass that keeps the first so many: no order of all of them is kept up to date.
   *
   * @param sign 1 for the least amount first, -1 for the most
   */
  private List<Long> byAmount(@Nullable Long after, int limit, int sign) {
    int previous = after == null ? -1 : Arrays.binarySearch(positions, 0, size, after);
    // The last of those found on top.
    PriorityQueue<Integer> found = new PriorityQueue<>((one, other) -> compare(other, one, sign));
    for (int slip = next(0); slip < size; slip = next(slip + 1)) {
      if (isAsked(slip) && (previous < 0 || compare(slip, previous, sign) > 0)) {
        if (found.size() < limit) {
          found.add(slip);
        } else if (compare(slip, found.element(), sign) < 0) {
          found.remove();
          found.add(slip);
        }
      }
    }
    return found.stream()
        .sorted((one, other) -> compare(one, other, sign))
        .map(slip -> positions[slip])
        .toList();
  }

  /** Of equal amounts the newer comes first. */
  private int compare(int slip, int other, int sign) {
    int byAmount = Long.compare(sign * acceptedCents[slip], sign * acceptedCents[other]);
    return byAmount != 0 ? byAmount : Integer.compare(other, slip);
  }

  /** The first from here on of which some money is so far; {@code size} or more if none is. */
  private int next(int slip) {
    if (these == null) {
      return slip;
    }
    int next = these.nextSetBit(slip);
    return next < 0 ? size : next;
  }

  /** The last up to here; below 0 if none is. */
  private int previous(int slip) {
    return these == null || slip < 0 ? slip : these.previousSetBit(slip);
  }

  /** Not by the days' order, which is not that of record: a slip is recorded after it came. */
  private boolean isAsked(int slip) {
    return (venue == ALL_VENUES || presentedBy[slip] == venue)
        && presentedOn[slip] >= first
        && presentedOn[slip] <= last;
  }
}
