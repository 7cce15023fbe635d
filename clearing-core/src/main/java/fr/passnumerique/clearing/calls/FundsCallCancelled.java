package fr.passnumerique.clearing.calls;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * What was left of a call for funds is not asked for any more. What was paid on it stays paid.
 *
 * @param remainingCents that were still open, above zero
 * @param cancelledOn Europe/Paris
 * @param by the account
 */
public record FundsCallCancelled(
    CallId call,
    AgreementId agreement,
    FunderId funder,
    long remainingCents,
    Reason reason,
    LocalDate cancelledOn,
    String by)
    implements Fact {

  /** Why it is taken back. */
  public enum Reason {
    /** Another amount, funder or agreement was meant. */
    ENTERED_BY_MISTAKE,
    /** The funder pays another call instead. */
    REPLACED,
    /** The cheques are not ordered, or the use that it was for was taken back. */
    NOT_NEEDED,
    OTHER
  }

  @Override
  public Set<String> tags() {
    return Set.of(FundsCalled.tag(call), "agreement:" + agreement);
  }
}
