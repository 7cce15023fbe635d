package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every slip that was ever presented, in the order of record, what took it first, and how far its
 * money is: 32 bytes each, and a bit for each state and programme and for whether lines were
 * rejected.
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

  private final SlipsByState byState = new SlipsByState();

  private final BitSet withRejected = new BitSet();

  /**
   * @param presentedOn Europe/Paris
   * @param rejected whether a line of it was
   */
  void add(
      VenueId venue, long position, LocalDate presentedOn, long acceptedCents, boolean rejected) {
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
    withRejected.set(size, rejected);
    presentedBy[size++] = numbers.computeIfAbsent(venue, _ -> numbers.size() + 1);
  }

  /**
   * Nothing happens where there is no such slip.
   *
   * @param parts all of its money
   */
  void place(long position, Collection<SlipPart> parts) {
    int slip = Arrays.binarySearch(positions, 0, size, position);
    if (slip >= 0) {
      byState.place(slip, parts);
    }
  }

  /** How far those are that a run took. */
  SlipsByState byState() {
    return byState;
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
   * Those asked for, as of now. Nothing of it changes any more, so that it may be walked without
   * the registers' lock, however many they are: arrays are only added to, beyond its end, and of
   * the states it has a copy.
   */
  SlipOrder asked(SlipList.Filter filter) {
    VenueId venue = filter.venue();
    LocalDate from = filter.from();
    LocalDate to = filter.to();
    return new SlipOrder(
        positions,
        presentedOn,
        acceptedCents,
        presentedBy,
        size,
        numbers(filter),
        venue == null ? SlipOrder.ALL_VENUES : numbers.getOrDefault(venue, SlipOrder.NO_VENUE),
        from == null ? Integer.MIN_VALUE : from.toEpochDay(),
        to == null ? Integer.MAX_VALUE : to.toEpochDay());
  }

  /** A copy, by their numbers; null for all. */
  private @Nullable BitSet numbers(SlipList.Filter filter) {
    BitSet asked =
        filter.state() == null && filter.programme() == null
            ? null
            : byState.asked(filter.state(), filter.programme());
    if (filter.withRejected() == null) {
      return asked;
    }
    BitSet rejected = (BitSet) withRejected.clone();
    if (!filter.withRejected()) {
      rejected.flip(0, size);
    }
    if (asked != null) {
      rejected.and(asked);
    }
    return rejected;
  }
}
