package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Optional;

/**
 * Differences of a rebuild that somebody found right.
 *
 * @param proposedBy the first account
 * @param confirmedBy the second one; empty while it is awaited
 */
public record AcceptedDifferences(
    RebuildDifferences differences,
    Status status,
    String proposedBy,
    Optional<String> confirmedBy) {
  /** How far it is. */
  public enum Status {
    AWAITING_SECOND_PERSON,
    ACCEPTED
  }

  static AcceptedDifferences of(Fact fact) {
    return switch (fact) {
      case RebuildDifferencesProposed f ->
          new AcceptedDifferences(
              f.differences(), Status.AWAITING_SECOND_PERSON, f.by(), Optional.empty());
      case RebuildDifferencesAccepted f ->
          new AcceptedDifferences(
              f.differences(), Status.ACCEPTED, f.proposedBy(), Optional.of(f.by()));
      default -> throw new IllegalArgumentException("accepts nothing: " + fact);
    };
  }
}
