package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Decision.Reply;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;

/**
 * Looks at the order's own procedure. The counts are those of the moment: a slip that comes at the
 * same time changes nothing but them, so it is not within the boundary.
 */
final class AnnounceExpiryDecision implements Decider<AnnounceExpiry, ExpiryAnnounced> {
  private final ExpiryRegister register;

  AnnounceExpiryDecision(ExpiryRegister register) {
    this.register = register;
  }

  @Override
  public Class<AnnounceExpiry> command() {
    return AnnounceExpiry.class;
  }

  @Override
  public Decision<ExpiryAnnounced> decide(AnnounceExpiry c, Instant receivedAt) {
    EndingOrder order = register.order(c.order());
    if (order == null) {
      return Decision.refuse(Procedure.unknown(c.order()));
    }
    Long announced = order.announcedAt();
    if (announced != null) {
      return new Decision.Known<>(announced, fact -> new Reply.Same<>((ExpiryAnnounced) fact));
    }
    LocalDate today = Paris.dayOf(receivedAt);
    if (today.isBefore(order.from(ExpiryStep.ANNOUNCEMENT))) {
      return Decision.refuse(Procedure.tooEarly(order, ExpiryStep.ANNOUNCEMENT, today));
    }
    ExpiryAnnounced fact =
        new ExpiryAnnounced(
            c.order(), order.issued().batch(), order.issued().endsOn(), today, order.counts());
    return Decision.accept(fact, Boundary.of(fact.tags()), fact);
  }
}
