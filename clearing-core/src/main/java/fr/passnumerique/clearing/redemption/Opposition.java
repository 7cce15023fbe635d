package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Reason;
import java.util.List;

/**
 * An opposition as it is answered.
 *
 * @param asked all that were named
 * @param opposed those that can no longer be spent; empty while a second person is awaited
 * @param accepted those that a slip redeemed before: paid all the same
 * @param dueBackCents what is due back to the funders
 */
public record Opposition(
    OppositionId opposition,
    Status status,
    Reason reason,
    List<ChequeRange> asked,
    List<ChequeRange> opposed,
    List<ChequeRange> accepted,
    long dueBackCents) {

  public enum Status {
    /** In force. */
    OPPOSED,
    /** Proposed by one person; nothing is opposed yet. */
    AWAITING_SECOND_PERSON
  }

  static Opposition of(Fact fact) {
    return switch (fact) {
      case ChequesOpposed f ->
          new Opposition(
              f.opposition(),
              Status.OPPOSED,
              f.reason(),
              f.asked(),
              f.opposed(),
              f.accepted(),
              f.dueBack().stream().mapToLong(FundedCents::cents).sum());
      case OppositionProposed f ->
          new Opposition(
              f.opposition(),
              Status.AWAITING_SECOND_PERSON,
              f.reason(),
              f.asked(),
              List.of(),
              List.of(),
              0);
      default -> throw new IllegalStateException(fact + " is no opposition");
    };
  }
}
