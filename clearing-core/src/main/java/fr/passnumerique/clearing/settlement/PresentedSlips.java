package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every slip that was ever presented, in the order of record, and what took it first: 24 bytes
 * each.
 */
final class PresentedSlips {
  private long[] positions = new long[16];

  /** Days since 1970. */
  private int[] presentedOn = new int[16];

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
  void add(VenueId venue, long position, LocalDate presentedOn) {
    if (size == positions.length) {
      positions = Arrays.copyOf(positions, 2 * size);
      this.presentedOn = Arrays.copyOf(this.presentedOn, 2 * size);
      presentedBy = Arrays.copyOf(presentedBy, 2 * size);
      takenBy = Arrays.copyOf(takenBy, 2 * size);
      takenAt = Arrays.copyOf(takenAt, 2 * size);
    }
    positions[size] = position;
    this.presentedOn[size] = (int) presentedOn.toEpochDay();
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
   * @param before position, exclusive
   * @param venue null for all
   * @param from first day, Europe/Paris; null for all
   * @param to last day; null for all
   * @return positions, the newest first
   */
  List<Long> newestBefore(
      long before,
      @Nullable VenueId venue,
      @Nullable LocalDate from,
      @Nullable LocalDate to,
      int limit) {
    int by = venue == null ? 0 : numbers.getOrDefault(venue, -1);
    long first = from == null ? Integer.MIN_VALUE : from.toEpochDay();
    long last = to == null ? Integer.MAX_VALUE : to.toEpochDay();
    List<Long> found = new ArrayList<>();
    int place = Arrays.binarySearch(positions, 0, size, before);
    for (int i = (place < 0 ? -place - 1 : place) - 1; i >= 0 && found.size() < limit; i--) {
      // Not by their order, which is that of record: a slip is recorded some time after it came.
      if ((by == 0 || presentedBy[i] == by) && presentedOn[i] >= first && presentedOn[i] <= last) {
        found.add(positions[i]);
      }
    }
    return found;
  }
}
