package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.decision;
import static fr.passnumerique.loadtest.simulator.Mutants.forgetting;
import static fr.passnumerique.loadtest.simulator.Mutants.recording;
import static fr.passnumerique.loadtest.simulator.Mutants.register;

import fr.passnumerique.clearing.bank.TakeReceiptBack;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.funding.AgreementAmended;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.funding.TransferFunds;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import java.util.List;
import java.util.Optional;

/** Bugs in what funders pay in, are asked for and are told of their cash. */
final class FundingMutants {
  private FundingMutants() {}

  static List<Mutant> all() {
    return List.of(
        decision(
            "a transfer of funds loses a cent",
            TransferFunds.class,
            (_, right) ->
                recording(
                    right,
                    FundsTransferred.class,
                    f -> Altered.<FundsTransferred, Long>with(f, "amountCents", c -> c - 1))),
        forgetting(
            "two transfers of funds at once move the same cash",
            TransferFunds.class,
            "agreement:",
            false),
        decision(
            "what a funder transfers on use is its own cash",
            TransferFunds.class,
            (_, right) ->
                recording(
                    right,
                    FundsTransferred.class,
                    f ->
                        Altered.<FundsTransferred, Optional<Repaid>>with(
                            f, "repaid", _ -> Optional.empty()))),
        decision(
            "what is owed on use again waits for the next slip",
            TakeReceiptBack.class,
            (_, right) ->
                right
                        instanceof
                        Decision.Accept<ReceiptTakenBack>(var facts, var boundary, var answer)
                    ? new Decision.Accept<>(
                        facts.stream().filter(fact -> !(fact instanceof FundsTransferred)).toList(),
                        boundary,
                        answer)
                    : right),
        register(
            "what is transferred can be called again",
            "CallsRegister",
            FundsTransferred.class,
            _ -> null),
        decision(
            "what a funder pays on use is its own cash",
            RecordReceipt.class,
            (_, right) ->
                recording(
                    right,
                    FundsReceived.class,
                    f ->
                        Altered.<FundsReceived, Optional<Repaid>>with(
                            f, "repaid", _ -> Optional.empty()))),
        register(
            "a receipt settles calls twice",
            "CallsRegister",
            FundsReceived.class,
            f -> Altered.<FundsReceived, Long>with(f, "amountCents", cents -> 2 * cents)),
        register(
            "a cancelled call is still asked for",
            "CoverRegister",
            FundsCallCancelled.class,
            _ -> null),
        register(
            "an amendment leaves a budget's ceiling",
            "BudgetRegister",
            AgreementAmended.class,
            _ -> null),
        register(
            "a withdrawn slip stays in the budget",
            "BudgetRegister",
            SlipWithdrawn.class,
            _ -> null),
        register(
            "replacements are issued at the budget's cost",
            "BudgetRegister",
            ChequesIssued.class,
            f -> Altered.<ChequesIssued, Optional<?>>with(f, "inherited", _ -> Optional.empty())),
        register(
            "cover passes over what is due back",
            "CoverRegister",
            ChequesOpposed.class,
            _ -> null));
  }
}
