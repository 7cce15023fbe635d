package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** By which calendar each programme settles, day by day. */
final class Calendars {
  /** A calendar that calls for no cut-off within it calls for none. */
  private static final int FARTHEST_DAYS = 400;

  /** By programme and first day; of two for one day the later word. */
  private final Map<ProgrammeId, TreeMap<LocalDate, Dated>> set = new HashMap<>();

  /**
   * @param position of its fact
   */
  record Dated(SettlementCalendarSet fact, long position) {}

  void set(SettlementCalendarSet fact, long position) {
    set.computeIfAbsent(fact.programme(), _ -> new TreeMap<>())
        .put(fact.from(), new Dated(fact, position));
  }

  Set<ProgrammeId> programmes() {
    return set.keySet();
  }

  /** What was said for exactly this first day; null if nothing was. */
  @Nullable Dated setFor(ProgrammeId programme, LocalDate from) {
    return set.getOrDefault(programme, new TreeMap<>()).get(from);
  }

  /** By which a run is judged whose cut-off is the start of this day; empty if by none. */
  Optional<SettlementCalendarSet> inForce(ProgrammeId programme, LocalDate day) {
    return Optional.ofNullable(set.getOrDefault(programme, new TreeMap<>()).floorEntry(day))
        .map(entry -> entry.getValue().fact());
  }

  /** All from now on: that in force today, and those that are to replace it. */
  List<SettlementCalendarSet> from(ProgrammeId programme, LocalDate today) {
    List<SettlementCalendarSet> all = new ArrayList<>();
    inForce(programme, today).ifPresent(all::add);
    set.getOrDefault(programme, new TreeMap<>())
        .tailMap(today, false)
        .values()
        .forEach(dated -> all.add(dated.fact()));
    return List.copyOf(all);
  }

  private boolean isCutOff(ProgrammeId programme, LocalDate day) {
    return inForce(programme, day).filter(set -> set.calendar().isCutOff(day)).isPresent();
  }

  /** The first cut-off day after this one. */
  Optional<LocalDate> next(ProgrammeId programme, LocalDate after) {
    return after
        .datesUntil(after.plusDays(FARTHEST_DAYS))
        .skip(1)
        .filter(day -> isCutOff(programme, day))
        .findFirst();
  }

  /** The last cut-off day up to this one. */
  Optional<LocalDate> last(ProgrammeId programme, LocalDate upTo) {
    for (int back = 0; back < FARTHEST_DAYS; back++) {
      if (isCutOff(programme, upTo.minusDays(back))) {
        return Optional.of(upTo.minusDays(back));
      }
    }
    return Optional.empty();
  }
}
