package fr.passnumerique.loadtest.simulator;

import static fr.passnumerique.loadtest.simulator.Mutants.posting;
import static fr.passnumerique.loadtest.simulator.Mutants.register;

import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.ChequesReplaced.KeptDay;
import fr.passnumerique.clearing.settlement.SettlementCalendarSet;
import fr.passnumerique.clearing.venues.VenueWaived;
import java.util.List;

/** Bugs in cheques that go back, are given anew or are paid to nobody. */
final class TitleMutants {
  private TitleMutants() {}

  static List<Mutant> all() {
    return List.of(
        posting(
            "a replaced cheque's value stays due back",
            ChequesReplaced.class,
            PostingMutants::onlyTitles),
        posting("returned stock stays with its prescriber", StockReturned.class, _ -> List.of()),
        register(
            "a replacement's validity begins anew",
            "RedemptionRegister",
            ChequesReplaced.class,
            f -> Altered.<ChequesReplaced, List<KeptDay>>with(f, "lastDays", _ -> List.of())),
        register(
            "a hand-out taken back still counts",
            "RedemptionRegister",
            HandOutCorrected.class,
            _ -> null),
        register("a waived line is paid", "RedemptionRegister", VenueWaived.class, _ -> null),
        register(
            "a run is opened on any day",
            "SettlementRegister",
            SettlementCalendarSet.class,
            _ -> null));
  }
}
