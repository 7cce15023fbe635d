package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A committee's decision on the labels of some venues: all of it is recorded, or nothing. Sent
 * again it is known and adds nothing.
 *
 * @param decision reference of the committee's decision
 * @param committeeOn when the committee met, Europe/Paris
 * @param from first day on which it holds, Europe/Paris
 * @param about each venue once
 */
public record DecideLabel(
    String decision,
    LocalDate committeeOn,
    LabelState state,
    LocalDate from,
    Optional<LabelDecided.Reason> reason,
    List<About> about)
    implements Command<LabelsDecided> {

  public DecideLabel {
    about = List.copyOf(about);
  }

  /**
   * @param pointsOfService empty for the venue as a whole
   * @param note in the vault
   */
  public record About(
      VenueId venue, List<PointOfServiceId> pointsOfService, Optional<VaultReference> note) {
    public About {
      pointsOfService = List.copyOf(pointsOfService);
    }
  }

  LabelDecided of(About one) {
    return new LabelDecided(
        one.venue(), one.pointsOfService(), state, from, decision, committeeOn, reason, one.note());
  }
}
