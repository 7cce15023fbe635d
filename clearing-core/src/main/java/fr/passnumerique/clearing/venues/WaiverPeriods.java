package fr.passnumerique.clearing.venues;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * On which days of service a venue waives what it would be paid. A waiver goes on until the next
 * end that is recorded, before it or after it; an end ends what was to begin later as well.
 */
public final class WaiverPeriods {
  private final TreeMap<LocalDate, Boolean> waives = new TreeMap<>();

  public void add(VenueWaived waived) {
    waives.put(waived.from(), true);
  }

  public void add(VenueWaiverEnded ended) {
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

  /** Whether it is said of that very day. */
  boolean says(boolean waiving, LocalDate from) {
    Boolean said = waives.get(from);
    return said != null && said == waiving;
  }
}
