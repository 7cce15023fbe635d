package fr.passnumerique.clearing.venues;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * On which days of service a venue waives what it would be paid. Of one day the last word counts.
 */
public final class WaiverPeriods {
  private final TreeMap<LocalDate, Boolean> waives = new TreeMap<>();

  public void add(VenueWaived waived) {
    waives.put(waived.from(), true);
  }

  public void add(VenueWaiverEnded ended) {
    waives.put(ended.from(), false);
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
