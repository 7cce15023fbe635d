package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.register;

import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.settlement.CreditTransferFileDownloaded;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.venues.VenueLabelled;
import java.time.LocalDate;
import java.util.List;

/** Bugs in what registers keep of facts. */
final class RegisterMutants {
  private RegisterMutants() {}

  static List<Mutant> all() {
    return List.of(
        register(
            "cheques expire a day late",
            "RedemptionRegister",
            ChequesIssued.class,
            f -> Altered.<ChequesIssued, Integer>with(f, "validityDays", days -> days + 1)),
        register(
            "the tolerance is a day longer",
            "RedemptionRegister",
            ChequesIssued.class,
            f -> Altered.<ChequesIssued, Integer>with(f, "toleranceDays", days -> days + 1)),
        register(
            "the presentation window is a day short",
            "RedemptionRegister",
            ChequesIssued.class,
            f ->
                Altered.<ChequesIssued, Integer>with(
                    f, "presentationWindowDays", days -> Math.max(0, days - 1))),
        register(
            "one cheque more is taken in a visit",
            "RedemptionRegister",
            ChequesIssued.class,
            f ->
                Altered.<ChequesIssued, Integer>with(
                    f, "chequesPerVisit", most -> most == 0 ? 0 : most + 1)),
        register(
            "validity begins the day after the hand-out",
            "RedemptionRegister",
            ChequesHandedOut.class,
            f -> Altered.<ChequesHandedOut, LocalDate>with(f, "handedOutOn", on -> on.plusDays(1))),
        register(
            "the last cheque of an activation is forgotten",
            "RedemptionRegister",
            ChequesActivated.class,
            f ->
                f.firstOrdinal() == f.lastOrdinal()
                    ? f
                    : Altered.<ChequesActivated, Integer>with(f, "lastOrdinal", last -> last - 1)),
        register(
            "the file of a run counts as never handed out",
            "SettlementRegister",
            CreditTransferFileDownloaded.class,
            _ -> null),
        register(
            "a withdrawn slip keeps a cheque and its visit",
            "RedemptionRegister",
            SlipWithdrawn.class,
            f ->
                Altered.<SlipWithdrawn, List<?>>with(
                    f,
                    "cheques",
                    cheques -> cheques.isEmpty() ? cheques : cheques.subList(1, cheques.size()))),
        register(
            "a label begins a day late",
            "RedemptionRegister",
            VenueLabelled.class,
            f -> Altered.<VenueLabelled, LocalDate>with(f, "labelledFrom", on -> on.plusDays(1))),
        register(
            "what is set aside can be set aside again",
            "IssuanceRegister",
            ChequesActivated.class,
            f -> Altered.<ChequesActivated, List<FundedCents>>with(f, "shares", _ -> List.of())),
        register(
            "an order's last cent is dealt again",
            "IssuanceRegister",
            ChequesIssued.class,
            f ->
                Altered.<ChequesIssued, Long>with(
                    f, "firstCent", cent -> f.keyVersion() == 1 ? cent - 1 : cent)),
        register(
            "a delivery can be delivered again",
            "DistributionRegister",
            ChequesDelivered.class,
            _ -> null),
        register(
            "a rejected transfer is not paid again",
            "SettlementRegister",
            TransferRejected.class,
            _ -> null),
        register(
            "an expired order's cheques are still accepted",
            "RedemptionRegister",
            ChequesExpired.class,
            _ -> null),
        register("a redeemed cheque expires", "ExpiryRegister", SlipJudged.class, _ -> null),
        register(
            "an opposed cheque is accepted", "RedemptionRegister", ChequesOpposed.class, _ -> null),
        register("a withdrawn slip is paid", "SettlementRegister", SlipWithdrawn.class, _ -> null),
        register(
            "a slip in a run can be withdrawn",
            "RedemptionRegister",
            SettlementRunOpened.class,
            _ -> null),
        register(
            "money that came in is counted twice",
            "IssuanceRegister",
            FundsReceived.class,
            f -> Altered.<FundsReceived, Long>with(f, "amountCents", cents -> 2 * cents)));
  }
}
