package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.venues.VenueListed;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Where a service is counted follows from the venue's listing, whoever wrote the chain again. */
class PlacesTest {
  private static final SlipJudged IN_LIMOGES =
      Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 1, 3);

  private final WrittenLedger ledger = new WrittenLedger().with(Story.untilHandedOut());

  @Test
  void whatIsCountedWhereTheListingSaysHolds() throws IOException {
    assertHolds(ledger.with(IN_LIMOGES).verified());
  }

  /** With its shares, so that each total is the sum of its parts. */
  @Test
  void aServiceThatIsCountedInAnotherDepartementIsFound() throws IOException {
    Verification verified = ledger.with(IN_LIMOGES, PlacesTest::inCreuse).verified();

    assertThat(verified.findings().count(Check.VENUE)).isOne();
    assertThat(verified.findings().shown())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.position()).isEqualTo(ledger.position());
              assertThat(found.value())
                  .contains("bus-limoges is counted in 23", "listing in force says 87");
            });
  }

  @Test
  void theListingInForceIsTheLastBeforeTheSlipThatNamesThePoint() throws IOException {
    VenueListed moved =
        Story.listed(Story.BUS, "Cyberbus", Story.pointOfService(Story.BUS_LIMOGES, Story.CREUSE));
    assertHolds(
        ledger
            .with(IN_LIMOGES)
            .with(moved)
            .with(Story.slip(Story.BUS, "S-2", Story.BUS_LIMOGES, 4, 6), PlacesTest::inCreuse)
            // That the list does not name it any more takes no point away.
            .with(Story.slip(Story.BUS, "S-3", Story.BUS_GUERET, 7, 9))
            .verified());

    Verification old =
        ledger.with(Story.slip(Story.BUS, "S-4", Story.BUS_LIMOGES, 10, 11)).verified();
    assertThat(old.findings().shown().toString()).contains("is counted in 87", "says 23");
  }

  /** Of a rejected line too: the engine takes no slip that names one that it does not know. */
  @Test
  void aPointOfServiceOfAnotherVenueIsFound() throws IOException {
    Verification verified =
        ledger.with(Story.slip(Story.LIBRARY, "S-1", Story.BUS_GUERET, 1, 2)).verified();
    assertThat(verified.findings().shown().toString())
        .contains("was served at bus-gueret, which is not the venue's");
  }

  private static String inCreuse(String payload) {
    return payload
        .replace("\"departement\":\"87\"", "\"departement\":\"23\"")
        .replace("\"spendingDepartement\":\"87\"", "\"spendingDepartement\":\"23\"");
  }

  private static void assertHolds(Verification verified) {
    assertThat(verified.findings().none()).as(verified.findings().shown().toString()).isTrue();
  }
}
