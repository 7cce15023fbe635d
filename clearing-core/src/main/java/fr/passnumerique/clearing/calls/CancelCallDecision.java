package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.calls.CallRefusal.CALL_ALREADY_CANCELLED;
import static fr.passnumerique.clearing.calls.CallRefusal.CALL_ALREADY_PAID;
import static fr.passnumerique.clearing.calls.CallRefusal.UNKNOWN_CALL;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;

/** Looks at the call and its agreement: a receipt may just be settling it. */
final class CancelCallDecision implements Decider<CancelCall, FundsCallCancelled> {
  private final CallsRegister register;

  CancelCallDecision(CallsRegister register) {
    this.register = register;
  }

  @Override
  public Class<CancelCall> command() {
    return CancelCall.class;
  }

  @Override
  public Decision<FundsCallCancelled> decide(CancelCall c, Instant receivedAt) {
    CalledFunds.Call call = register.called().call(c.call());
    if (call == null) {
      return Decision.refuse(
          UNKNOWN_CALL.because(
              "callId",
              "call %s was never made".formatted(c.call()),
              "read the calls for funds for their names"));
    }
    if (call.cancelledAt() != 0) {
      return new Decision.Known<>(call.cancelledAt(), fact -> reply((FundsCallCancelled) fact, c));
    }
    if (call.openCents() == 0) {
      return Decision.refuse(
          CALL_ALREADY_PAID.because(
              "callId",
              "call %s is paid, nothing is left to cancel".formatted(c.call()),
              "transfer the funder's free credit to another agreement, or refund it"));
    }
    FundsCallCancelled cancelled =
        new FundsCallCancelled(
            c.call(),
            call.fact().agreement(),
            call.fact().funder(),
            call.openCents(),
            c.reason(),
            Paris.dayOf(receivedAt),
            c.by());
    return Decision.accept(cancelled, Boundary.of(cancelled.tags()), cancelled);
  }

  private static Decision.Reply<FundsCallCancelled> reply(
      FundsCallCancelled recorded, CancelCall c) {
    return recorded.reason() == c.reason()
        ? new Decision.Reply.Same<>(recorded)
        : new Decision.Reply.Different<>(
            CALL_ALREADY_CANCELLED.because(
                "reason",
                "call %s was cancelled for another reason, %s"
                    .formatted(recorded.call(), recorded.reason()),
                "nothing is to be done"));
  }
}
