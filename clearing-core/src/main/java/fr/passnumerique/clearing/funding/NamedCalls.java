package fr.passnumerique.clearing.funding;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Refusal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls for funds, for who says which of them money settles: within a decision, whose boundary has
 * the agreement, as has every fact that changes what is asked for.
 *
 * <p>Money that names a call settles it first, then the oldest open ones of its share, as a credit
 * does that carries the call's reference. So more than is still asked for is no fault: what is left
 * is the funder's credit.
 */
@FunctionalInterface
public interface NamedCalls {
  /** Where nothing is ever called. */
  NamedCalls NONE = _ -> Optional.empty();

  /**
   * @param reference by which a payment of it is known
   * @param openCents still asked for
   * @param cancelled what was left of it is not asked for any more
   */
  record Named(
      AgreementId agreement,
      FunderId funder,
      String reference,
      long openCents,
      boolean cancelled) {}

  /** Empty if none was ever made under this name. */
  Optional<Named> find(String call);

  /** Why this call is not settled by money of this share; null if it is. */
  default @Nullable Refusal refusal(String call, AgreementId agreement, FunderId funder) {
    Optional<Named> found = find(call);
    if (found.isEmpty()) {
      return NamedCallRefusal.UNKNOWN_CALL.because(
          "call",
          "no call for funds is called %s".formatted(Problem.shown(call)),
          "read the calls for funds for their names, or leave the call out");
    }
    Named named = found.get();
    if (!named.agreement().equals(agreement) || !named.funder().equals(funder)) {
      return NamedCallRefusal.CALL_OF_ANOTHER_SHARE.because(
          "call",
          "call %s is to funder %s for agreement %s, the money is of %s for %s"
              .formatted(call, named.funder(), named.agreement(), funder, agreement),
          "name a call of this funder and agreement, or leave the call out");
    }
    if (named.cancelled()) {
      return NamedCallRefusal.CALL_CANCELLED.because(
          "call",
          "call %s is cancelled, nothing of it is asked for".formatted(call),
          "leave the call out: the money settles the oldest open call of its share");
    }
    return named.openCents() > 0
        ? null
        : NamedCallRefusal.CALL_SETTLED.because(
            "call",
            "call %s is paid, 0.00 € of it are asked for".formatted(call),
            "leave the call out: the money settles the oldest open call of its share");
  }
}
