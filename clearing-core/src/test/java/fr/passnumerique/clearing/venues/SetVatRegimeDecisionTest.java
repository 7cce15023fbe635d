package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.VenueLists.listed;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class SetVatRegimeDecisionTest {
  private static final VenueId ONE = new VenueId("40109226700020");
  private static final VenueId TWO = new VenueId("73282932000074");
  private static final LocalDate FROM = LocalDate.of(2026, 1, 1);

  private final VenueRegister register = new VenueRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(List.of(register), List.of(new SetVatRegimeDecision(register)))
          .given(listed(ONE, "a"))
          .at(Instant.parse("2026-03-10T09:00:00Z"));

  @Test
  void aRegimeIsSetOnceAndChangedByAnother() {
    ledger
        .when(set(ONE, VatRegime.FRANCHISE, FROM))
        .thenRecords(new VatRegimeSet(ONE, VatRegime.FRANCHISE, FROM, "agent-1"));
    ledger.send(set(ONE, VatRegime.FRANCHISE, FROM), Actor.ENGINE);

    ledger.when(set(ONE, VatRegime.FRANCHISE, FROM)).thenAlreadyRecorded();
    ledger
        .when(set(ONE, VatRegime.LIABLE, FROM.plusDays(1)))
        .thenRecords(new VatRegimeSet(ONE, VatRegime.LIABLE, FROM.plusDays(1), "agent-1"));
  }

  @Test
  void itHoldsFromThisCenturyToAYearAhead() {
    ledger
        .when(set(ONE, VatRegime.LIABLE, LocalDate.of(2027, 3, 11)))
        .thenRefuses(VenueRefusal.DATE_OUT_OF_RANGE)
        .about("from");
    ledger
        .when(set(ONE, VatRegime.LIABLE, LocalDate.of(2027, 3, 10)))
        .thenRecords(new VatRegimeSet(ONE, VatRegime.LIABLE, LocalDate.of(2027, 3, 10), "agent-1"));
  }

  @Test
  void aVenueOnNoListHasNone() {
    ledger.when(set(TWO, VatRegime.LIABLE, FROM)).thenRefuses(VenueRefusal.UNKNOWN_VENUE);
    ledger.given(new VenueIdentified(ONE, TWO.value(), "agent-1"));
    ledger
        .when(set(TWO, VatRegime.LIABLE, FROM))
        .thenRefuses(VenueRefusal.UNKNOWN_VENUE)
        .saying("name it " + ONE);
  }

  @Test
  void itIsDecidedAgainIfItChangesMeanwhile() {
    ledger
        .when(set(ONE, VatRegime.LIABLE, FROM))
        .thenIsDecidedAgainAfter(new VatRegimeSet(ONE, VatRegime.EXEMPT, FROM, "agent-2"))
        .thenStandsAfter(new VatRegimeSet(TWO, VatRegime.EXEMPT, FROM, "agent-2"));
  }

  private static SetVatRegime set(VenueId venue, VatRegime regime, LocalDate from) {
    return new SetVatRegime(venue, regime, from, "agent-1");
  }
}
