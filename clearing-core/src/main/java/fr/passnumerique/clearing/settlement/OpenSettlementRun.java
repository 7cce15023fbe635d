package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Pays what was accepted before a day and is unpaid. The answer is the recorded fact.
 *
 * @param cutOffDay lines recorded before midnight at the start of this day, Europe/Paris, are
 *     taken; today at the latest
 * @param by the account that opens it; another is to release it
 */
public record OpenSettlementRun(
    SettlementRunId run, ProgrammeId programme, LocalDate cutOffDay, String by)
    implements Command<SettlementRunOpened> {}
