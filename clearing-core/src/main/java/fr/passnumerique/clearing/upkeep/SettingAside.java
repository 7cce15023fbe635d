package fr.passnumerique.clearing.upkeep;

import fr.passnumerique.clearing.ledger.Fact;
import java.util.Optional;

/**
 * A fact that a projection is to pass over.
 *
 * @param factPosition of the fact that is passed over
 * @param proposedBy the account that asked for the last step, setting it aside or taking that back
 * @param confirmedBy the second one; empty while it is awaited
 */
public record SettingAside(
    String projection,
    long factPosition,
    SetAsideReason reason,
    Status status,
    String proposedBy,
    Optional<String> confirmedBy) {
  /** How far it is. */
  public enum Status {
    AWAITING_SECOND_PERSON,
    SET_ASIDE,
    /** It is passed over; that this ends awaits a second person. */
    LIFTING_AWAITS_SECOND_PERSON,
    /** It counts again whenever the projection is folded anew. */
    LIFTED
  }

  static SettingAside of(Fact fact) {
    return switch (fact) {
      case SettingAsideProposed f ->
          new SettingAside(
              f.projection(),
              f.position(),
              f.reason(),
              Status.AWAITING_SECOND_PERSON,
              f.by(),
              Optional.empty());
      case FactSetAside f ->
          new SettingAside(
              f.projection(),
              f.position(),
              f.reason(),
              Status.SET_ASIDE,
              f.proposedBy(),
              Optional.of(f.by()));
      case SettingAsideLiftingProposed f ->
          new SettingAside(
              f.projection(),
              f.position(),
              f.reason(),
              Status.LIFTING_AWAITS_SECOND_PERSON,
              f.by(),
              Optional.empty());
      case SettingAsideLifted f ->
          new SettingAside(
              f.projection(),
              f.position(),
              f.reason(),
              Status.LIFTED,
              f.proposedBy(),
              Optional.of(f.by()));
      default -> throw new IllegalArgumentException("sets nothing aside: " + fact);
    };
  }
}
