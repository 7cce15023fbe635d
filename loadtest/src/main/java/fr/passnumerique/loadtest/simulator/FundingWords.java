package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CancelCall;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.TransferFunds;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.loadtest.model.Action;

/** What happens between the operator and its funders, in the engine's words. */
final class FundingWords {
  private FundingWords() {}

  /**
   * @throws IllegalArgumentException for an action of another kind
   */
  static Command<?> command(Action action) {
    return switch (action) {
      case Action.TransferFunds a ->
          new TransferFunds(
              new FundsTransferId(a.transfer()),
              new FunderId(a.funder()),
              new AgreementId(a.from()),
              new AgreementId(a.to()),
              a.cents());
      case Action.CallFunds a ->
          new CallFunds(
              new CallId(a.call()),
              new AgreementId(a.agreement()),
              new FunderId(a.funder()),
              a.cents(),
              a.dueOn(),
              Action.CLERK);
      case Action.CancelCall a ->
          new CancelCall(
              new CallId(a.call()), FundsCallCancelled.Reason.valueOf(a.reason()), Action.CLERK);
      default -> throw new IllegalArgumentException("no word of a funder: " + action);
    };
  }
}
