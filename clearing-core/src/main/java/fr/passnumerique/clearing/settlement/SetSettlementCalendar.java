package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;

/**
 * Says on which days a programme settles from a day on, and what a transfer is at least.
 *
 * @param from tomorrow at the earliest, Europe/Paris
 * @param by the account
 */
public record SetSettlementCalendar(
    ProgrammeId programme,
    LocalDate from,
    SettlementCalendar calendar,
    long minimumCents,
    String by)
    implements Command<SettlementCalendarSet> {}
