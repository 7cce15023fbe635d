package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.forgetting;

import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.OrderCheques;
import fr.passnumerique.clearing.redemption.SubmitSlip;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import java.util.List;

/** Bugs by which decisions forget to have looked at something. */
final class BoundaryMutants {
  private BoundaryMutants() {}

  static List<Mutant> all() {
    return List.of(
        forgetting("two slips at once redeem a cheque twice", SubmitSlip.class, "", true),
        forgetting("two activations at once use the same cash", ActivateCheques.class, "", false),
        forgetting("two orders at once get one batch number", OrderCheques.class, "", false),
        forgetting("two runs at once pay a line twice", OpenSettlementRun.class, "runs:", false));
  }
}
