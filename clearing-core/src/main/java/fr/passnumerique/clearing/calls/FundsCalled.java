package fr.passnumerique.clearing.calls;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * A funder is asked to pay in for an agreement (appel de fonds). Moves no money: only a receipt
 * does.
 *
 * @param amountCents above zero
 * @param basis what it may be asked for
 * @param calledOn Europe/Paris
 * @param dueOn the last day on which a payment is in time, Europe/Paris
 * @param reference by which its payment is known, assigned with it
 * @param by the account
 */
public record FundsCalled(
    CallId call,
    AgreementId agreement,
    ProgrammeId programme,
    FunderId funder,
    long amountCents,
    Basis basis,
    LocalDate calledOn,
    LocalDate dueOn,
    String reference,
    String by)
    implements Fact {

  /** Why a funder owes cash. */
  public enum Basis {
    /** A prepaid share, and shares that it advances: up to their ceilings. */
    CEILING,
    /** A share paid on use: cheques used. */
    USE
  }

  static String tag(CallId call) {
    return "call:" + call;
  }

  /** The agreement too: a receipt settles its calls. */
  @Override
  public Set<String> tags() {
    return Set.of(tag(call), "agreement:" + agreement);
  }
}
