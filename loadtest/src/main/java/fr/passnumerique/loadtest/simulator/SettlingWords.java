package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.settlement.DownloadCreditTransferFile;
import fr.passnumerique.clearing.settlement.OpenSettlementRun;
import fr.passnumerique.clearing.settlement.RunOccasion;
import fr.passnumerique.clearing.settlement.SetSettlementCalendar;
import fr.passnumerique.clearing.settlement.SettlementCalendar;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.loadtest.model.Action;
import fr.passnumerique.loadtest.model.Settling;
import java.time.DayOfWeek;
import java.util.List;
import java.util.Optional;

/** The words about the days on which programmes settle. */
final class SettlingWords {
  private SettlingWords() {}

  static Command<?> command(Settling action) {
    return switch (action) {
      case Settling.HandOutRun a ->
          new DownloadCreditTransferFile(
              new SettlementRunId(a.run()),
              Action.CLERK,
              a.run(),
              "file without " + a.leftOut(),
              a.leftOut().stream().map(TransferId::new).toList());
      case Settling.SetCalendar a ->
          new SetSettlementCalendar(
              new ProgrammeId(a.programme()),
              a.from(),
              new SettlementCalendar(
                  SettlementCalendar.Every.valueOf(a.every()),
                  a.every().equals("WEEK")
                      ? a.days().stream().map(DayOfWeek::of).toList()
                      : List.of(),
                  a.every().equals("MONTH") ? a.days() : List.of()),
              a.minimum(),
              Action.CLERK);
      case Settling.OpenRunFor a ->
          new OpenSettlementRun(
              new SettlementRunId(a.run()),
              new ProgrammeId(a.programme()),
              a.cutOffDay(),
              Optional.of(a.occasion())
                  .filter(occasion -> !occasion.isEmpty())
                  .map(RunOccasion::valueOf),
              Action.CLERK);
    };
  }
}
