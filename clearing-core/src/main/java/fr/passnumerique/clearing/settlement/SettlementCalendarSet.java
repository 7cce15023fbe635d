package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import java.time.LocalDate;
import java.util.Set;

/**
 * From a day on, a programme settles by another calendar or with another minimum. Cut-offs before
 * that day stay under the calendar before it.
 *
 * @param from first cut-off day that it governs, Europe/Paris
 * @param minimumCents what a transfer is at least; 0 for none
 * @param setBy the account; runs that open by themselves are opened in its name
 */
public record SettlementCalendarSet(
    ProgrammeId programme,
    LocalDate from,
    SettlementCalendar calendar,
    long minimumCents,
    String setBy)
    implements Fact {
  static String tag(ProgrammeId programme) {
    return "calendar:" + programme;
  }

  @Override
  public Set<String> tags() {
    return Set.of(tag(programme));
  }
}
