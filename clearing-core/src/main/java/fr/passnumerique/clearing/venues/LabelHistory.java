package fr.passnumerique.clearing.venues;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What committees decided on one venue, in order of the days from which it holds: one rule for all
 * who need to know. Of decisions for one day the one recorded last counts.
 */
public final class LabelHistory {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One decision.
   *
   * @param points empty for the venue as a whole
   * @param told as it was recorded; empty for a label from before decisions had a life cycle
   */
  public record Entry(
      LabelState state,
      LocalDate from,
      String decision,
      Set<PointOfServiceId> points,
      Optional<LabelDecided> told) {
    boolean isAbout(@Nullable PointOfServiceId point) {
      return points.isEmpty() || point != null && points.contains(point);
    }
  }

  public void add(VenueLabelled labelled) {
    add(
        new Entry(
            LabelState.LABELLED,
            labelled.labelledFrom(),
            labelled.decision(),
            Set.of(),
            Optional.empty()));
  }

  public void add(LabelDecided decided) {
    add(
        new Entry(
            decided.state(),
            decided.from(),
            decided.decision(),
            Set.copyOf(decided.pointsOfService()),
            Optional.of(decided)));
  }

  /** A label of the old kind may begin before one that is recorded already: it is put before it. */
  private void add(Entry entry) {
    int place = entries.size();
    while (place > 0 && entries.get(place - 1).from().isAfter(entry.from())) {
      place--;
    }
    entries.add(place, entry);
  }

  public boolean isEmpty() {
    return entries.isEmpty();
  }

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  /**
   * What holds on a day.
   *
   * @param point null for what holds of the venue as a whole
   */
  public Optional<Entry> at(@Nullable PointOfServiceId point, LocalDate day) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      Entry entry = entries.get(i);
      if (!entry.from().isAfter(day) && entry.isAbout(point)) {
        return Optional.of(entry);
      }
    }
    return Optional.empty();
  }

  /** What was decided for the latest day, come or to come. */
  Optional<Entry> last(@Nullable PointOfServiceId point) {
    return at(point, LocalDate.MAX);
  }

  /** Whether services of a day are payable. */
  public boolean isLabelled(@Nullable PointOfServiceId point, LocalDate day) {
    return at(point, day).filter(entry -> entry.state() == LabelState.LABELLED).isPresent();
  }

  /**
   * Why services of a day are not payable.
   *
   * @return since when the label is suspended or withdrawn, else from when on it holds; empty if it
   *     never does
   */
  public Optional<LocalDate> explains(@Nullable PointOfServiceId point, LocalDate day) {
    Optional<LocalDate> lost =
        at(point, day).filter(entry -> entry.state().needsReason()).map(Entry::from);
    return lost.or(
        () ->
            entries.stream()
                .filter(entry -> entry.from().isAfter(day) && entry.isAbout(point))
                .filter(entry -> entry.state() == LabelState.LABELLED)
                .map(Entry::from)
                .findFirst());
  }
}
