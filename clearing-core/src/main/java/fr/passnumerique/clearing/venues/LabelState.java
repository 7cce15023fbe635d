package fr.passnumerique.clearing.venues;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** How far a committee has taken a venue, or one of its points of service. */
public enum LabelState {
  /** It asked for the label. */
  CANDIDATE,
  /** Its file is complete and meets the published criteria. */
  ELIGIBLE,
  /** Qualifié: services from this day on are payable. */
  LABELLED,
  /** For a time: services are not payable, the venue may be labelled again. */
  SUSPENDED,
  /** Déqualifié, or turned down: it may ask again. */
  WITHDRAWN;

  /** Whether a reason goes with it: it takes something away. */
  public boolean needsReason() {
    return this == SUSPENDED || this == WITHDRAWN;
  }

  /**
   * What a committee may decide next.
   *
   * @param before empty where nothing was decided yet
   */
  static Set<LabelState> after(Optional<LabelState> before) {
    return before
        .map(
            state ->
                switch (state) {
                  case CANDIDATE -> EnumSet.of(ELIGIBLE, WITHDRAWN);
                  case ELIGIBLE -> EnumSet.of(LABELLED, WITHDRAWN);
                  case LABELLED -> EnumSet.of(SUSPENDED, WITHDRAWN);
                  case SUSPENDED -> EnumSet.of(LABELLED, WITHDRAWN);
                  case WITHDRAWN -> EnumSet.of(CANDIDATE);
                })
        .orElseGet(() -> EnumSet.of(CANDIDATE));
  }
}
