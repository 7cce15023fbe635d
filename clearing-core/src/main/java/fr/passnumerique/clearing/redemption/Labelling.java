package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.venues.LabelHistory;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a point of service stood with the committee on the day of a service. What was decided for
 * later days does not count: a service given while labelled is payable for good.
 *
 * @param explains since when the label is lost, else from when on it holds; empty if neither
 */
record Labelling(boolean labelled, Optional<LocalDate> explains) {
  /** Where no rule that needs it is asked. */
  static final Labelling UNASKED = new Labelling(false, Optional.empty());

  private static final Labelling LABELLED = new Labelling(true, Optional.empty());

  /**
   * @param pointOfService null for the venue as a whole
   */
  static Labelling of(
      LabelHistory label, @Nullable PointOfServiceId pointOfService, LocalDate servedOn) {
    return label.isLabelled(pointOfService, servedOn)
        ? LABELLED
        : new Labelling(false, label.explains(pointOfService, servedOn));
  }
}
