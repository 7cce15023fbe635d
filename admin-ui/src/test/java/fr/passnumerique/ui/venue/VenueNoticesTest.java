package fr.passnumerique.ui.venue;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.ui.reversal.ReversalSpecimens;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** What a venue reads first. */
class VenueNoticesTest {
  private static final French FRENCH = new French();

  @Test
  void aVenueContestsWhereTheNoticeLeads() {
    Reversal reversal = ReversalSpecimens.reversal("indu-1", Reversal.State.REVERSED);
    LocalDate last = reversal.contestUntil().orElseThrow();

    Notice notice =
        VenueAffairs.reversed(reversal, new Actor("bus", Role.VENUE, reversal.venue()), FRENCH);

    assertThat(notice.text()).endsWith("Vous pouvez contester jusqu’au " + FRENCH.date(last) + ".");
    assertThat(notice.page()).isEqualTo("/indus/indu-1");
  }
}
