package fr.passnumerique.clearing.venues;

import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;

/**
 * On which days of service a venue waives what it would be paid. A word counts for its day and all
 * that follow, whatever was said of them before: an end ends what was to begin later as well.
 */
public final class WaiverPeriods {
  private final TreeMap<LocalDate, Boolean> waives = new TreeMap<>();

  public void add(VenueWaived waived) {
    say(true, waived.from());
  }

  public void add(VenueWaiverEnded ended) {
    say(false, ended.from());
  }

  private void say(boolean waiving, LocalDate from) {
    waives.tailMap(from).clear();
    waives.put(from, waiving);
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
