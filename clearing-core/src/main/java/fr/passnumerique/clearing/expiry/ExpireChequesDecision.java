package fr.passnumerique.clearing.expiry;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Decision.Reply;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.LongStream;

/**
 * Looks at every cheque of the order, each within the boundary: a slip or a withdrawal that is
 * recorded meanwhile makes it decide again. It waits for a moment after midnight, because a slip
 * that was taken in the last second of the tolerance may still be on its way into the ledger.
 */
final class ExpireChequesDecision implements Decider<ExpireCheques, ChequesExpired> {
  /** Longer than any command waits for the ledger. */
  static final Duration SLIPS_ON_THEIR_WAY = Duration.ofMinutes(1);

  private final ExpiryRegister register;

  ExpireChequesDecision(ExpiryRegister register) {
    this.register = register;
  }

  @Override
  public Class<ExpireCheques> command() {
    return ExpireCheques.class;
  }

  @Override
  public Decision<ChequesExpired> decide(ExpireCheques c, Instant receivedAt) {
    EndingOrder order = register.order(c.order());
    if (order == null) {
      return Decision.refuse(Procedure.unknown(c.order()));
    }
    EndingOrder.Recorded<ChequesExpired> expired = order.expired();
    if (expired != null) {
      return new Decision.Known<>(
          expired.position(), fact -> new Reply.Same<>((ChequesExpired) fact));
    }
    if (receivedAt.isBefore(dueAt(order))) {
      LocalDate today = Paris.dayOf(receivedAt);
      return Decision.refuse(
          today.isBefore(order.from(ExpiryStep.EXPIRY))
              ? Procedure.tooEarly(order, ExpiryStep.EXPIRY, today)
              : Procedure.tooEarly(order, ExpiryStep.EXPIRY, receivedAt, dueAt(order)));
    }
    LocalDate lastDay = order.from(ExpiryStep.EXPIRY).minusDays(1);
    ChequesExpired fact =
        new ChequesExpired(
            c.order(),
            order.issued().batch(),
            order.issued().agreement(),
            lastDay,
            order.expiring(),
            order.opposedUnreplaced(),
            order.waivedShares());
    long[] cheques =
        LongStream.rangeClosed(1, order.issued().chequeCount())
            .map(ordinal -> new Serial(order.issued().batch(), (int) ordinal).key())
            .toArray();
    return Decision.accept(fact, new Boundary(fact.tags(), cheques), fact);
  }

  /** The first moment at which the order's cheques can expire. */
  static Instant dueAt(EndingOrder order) {
    return Paris.startOf(order.from(ExpiryStep.EXPIRY)).plus(SLIPS_ON_THEIR_WAY);
  }
}
