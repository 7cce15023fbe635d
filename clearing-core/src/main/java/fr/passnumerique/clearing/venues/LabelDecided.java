package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import fr.passnumerique.clearing.vault.VaultReference;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A committee decided on a venue's label. It holds from a day on, until the next decision's day.
 * Services given before that day are judged by what was decided for theirs: a withdrawal makes
 * nothing unpayable that was given while labelled.
 *
 * @param pointsOfService those that it is about; empty for the venue as a whole, points of service
 *     that are listed later included
 * @param from first day, Europe/Paris
 * @param decision reference of the committee's decision
 * @param committeeOn the day on which the committee met, Europe/Paris
 * @param reason of a suspension or withdrawal
 * @param note in the vault
 */
public record LabelDecided(
    VenueId venue,
    List<PointOfServiceId> pointsOfService,
    LabelState state,
    LocalDate from,
    String decision,
    LocalDate committeeOn,
    @LeftOutWhenEmpty Optional<Reason> reason,
    @LeftOutWhenEmpty Optional<VaultReference> note)
    implements Fact {

  public LabelDecided {
    pointsOfService = List.copyOf(pointsOfService);
  }

  /** Why a label is suspended or withdrawn, or an application turned down. */
  public enum Reason {
    /** The published criteria are not met, or no longer. */
    CRITERIA_NOT_MET,
    /** The venue asked for it. */
    AT_ITS_REQUEST,
    /** It has closed or given up mediation. */
    CLOSED,
    /** Its rules of conduct or the charter were broken. */
    CHARTER_BROKEN,
    /** Slips that it presented are under examination. */
    UNDER_EXAMINATION,
    FRAUD,
    OTHER
  }

  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue, "label:" + venue);
  }
}
