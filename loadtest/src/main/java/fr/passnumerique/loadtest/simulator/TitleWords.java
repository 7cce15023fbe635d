package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.distribution.CorrectionId;
import fr.passnumerique.clearing.distribution.HandOutCheques;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.TakeBack;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.redemption.OpposeCheques;
import fr.passnumerique.clearing.redemption.ReplaceCheques;
import fr.passnumerique.clearing.venues.SetWaiver;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Titling;
import java.util.List;
import java.util.Optional;

/** The words about cheques that go back, are given anew or are paid to nobody. */
final class TitleWords {
  private TitleWords() {}

  static Command<?> command(Titling action) {
    return switch (action) {
      case Titling.TakeBack a ->
          new TakeBack(
              TakeBack.Step.valueOf(a.step()),
              new CorrectionId(a.correction()),
              new PrescriberId(a.prescriber()),
              choices(a.cheques()));
      case Titling.Replace a ->
          new ReplaceCheques(
              new OrderId(a.replacement()), named(a.cheques()), Action.CLERK, Optional.empty());
      case Titling.SetWaiver a ->
          new SetWaiver(new VenueId(a.venue()), a.waives(), a.from(), a.letter(), Action.CLERK);
    };
  }

  static List<HandOutCheques.Choice> choices(List<Action.Range> ranges) {
    return ranges.stream()
        .<HandOutCheques.Choice>map(
            range ->
                new HandOutCheques.Choice.Cheques(
                    Batch.of(range.batch()), range.first(), range.last()))
        .toList();
  }

  static List<OpposeCheques.Named> named(List<Action.Range> ranges) {
    return ranges.stream()
        .map(range -> new OpposeCheques.Named(Batch.of(range.batch()), range.first(), range.last()))
        .toList();
  }
}
