package fr.passnumerique.clearing.venues;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * On which days of service a venue waives what it would be paid. A waiver goes on until the next
 * end that is recorded, before it or after it; an end ends what was to begin later as well.
 */
public final class WaiverPeriods {
  private final TreeMap<LocalDate, Boolean> waives = new TreeMap<>();

  /** By the reference under which it was said. */
  private final Map<Said, LocalDate> said = new HashMap<>();

  private record Said(boolean waives, String reference) {}

  public void add(VenueWaived waived) {
    said.putIfAbsent(new Said(true, waived.reference()), waived.from());
    waives.put(waived.from(), true);
  }

  public void add(VenueWaiverEnded ended) {
    said.putIfAbsent(new Said(false, ended.reference()), ended.from());
    waives.tailMap(ended.from()).clear();
    waives.put(ended.from(), false);
  }

  /** The first day after that on which it is paid again, if one is announced. */
  Optional<LocalDate> endAfter(LocalDate day) {
    return waives.tailMap(day, false).entrySet().stream()
        .filter(said -> !said.getValue())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  public boolean on(LocalDate day) {
    Map.Entry<LocalDate, Boolean> last = waives.floorEntry(day);
    return last != null && last.getValue();
  }

  /** The day of which this was said under a reference, whatever was said later. */
  Optional<LocalDate> saidBy(String reference, boolean waiving) {
    return Optional.ofNullable(said.get(new Said(waiving, reference)));
  }

  /**
   * @return the day of the waiver that is in force on a day
   * @throws IllegalStateException if there is none
   */
  LocalDate since(LocalDate day) {
    if (!on(day)) {
      throw new IllegalStateException("nothing is waived on " + day);
    }
    return waives.floorKey(day);
  }

  /** Whether it is said of that very day. */
  boolean says(boolean waiving, LocalDate from) {
    Boolean said = waives.get(from);
    return said != null && said == waiving;
  }
}
