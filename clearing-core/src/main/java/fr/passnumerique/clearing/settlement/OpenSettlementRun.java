package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Pays what was accepted before a day and is unpaid. The answer is the recorded fact.
 *
 * @param cutOffDay lines recorded before midnight at the start of this day, Europe/Paris, are
 *     taken; today at the latest
 * @param occasion why, unless it is opened by hand on a day of the programme's calendar
 * @param by the account that opens it; another is to release it
 */
public record OpenSettlementRun(
    SettlementRunId run,
    ProgrammeId programme,
    LocalDate cutOffDay,
    Optional<RunOccasion> occasion,
    String by)
    implements Command<SettlementRunOpened> {
  public OpenSettlementRun(
      SettlementRunId run, ProgrammeId programme, LocalDate cutOffDay, String by) {
    this(run, programme, cutOffDay, Optional.empty(), by);
  }

  /** Whether the programme's calendar and minimum do not bind it. */
  boolean isExceptional() {
    return occasion.filter(RunOccasion::isExceptional).isPresent();
  }
}
