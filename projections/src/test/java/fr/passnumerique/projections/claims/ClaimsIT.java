package fr.passnumerique.projections.claims;

import static fr.passnumerique.projections.Following.number;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.loop.Copy;
import fr.passnumerique.projections.loop.ProjectionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClaimsIT {
  private TestDatabase database;
  private TestLedger ledger;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
  }

  @AfterEach
  void end() {
    ledger.close();
    database.close();
  }

  @Test
  void everyAcceptedChequeIsClaimedByItsSlip() throws Exception {
    long first = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 42));
    long second = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 43, 44));
    try (Following following = following()) {
      following.await(ClaimsProjection.NAME, second);
    }
    assertThat(claims()).isEqualTo(44);
    assertThat(positionOf(42)).isEqualTo(first);
    assertThat(positionOf(43)).isEqualTo(second);
  }

  @Test
  void aLargeSlipIsClaimedLikeASmallOne() throws Exception {
    int cheques = Copy.WORTH_IT + 1;
    long head = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, cheques));
    try (Following following = following()) {
      following.await(ClaimsProjection.NAME, head);
    }
    assertThat(claims()).isEqualTo(cheques);
    assertThat(positionOf(cheques)).isEqualTo(head);
  }

  /** No decision stands in its way here: both slips are recorded. */
  @Test
  void aChequeRedeemedTwiceStopsTheIndexAtTheSecondSlip() throws Exception {
    ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 10));
    long innocent = ledger.record(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 11, 20));
    long guilty = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 20, 29));
    ledger.record(Story.slip(Story.BUS, "S-2", Story.BUS_GUERET, 30, 39));
    stopsAt(guilty, innocent, 20, Story.serial(20).toString());
  }

  @Test
  void aChequeRedeemedTwiceInALargeSlipStopsItToo() throws Exception {
    int cheques = Copy.WORTH_IT + 10;
    long innocent = ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1));
    long guilty = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 1, cheques));
    stopsAt(guilty, innocent, 1, Story.serial(1).toString());
  }

  @Test
  void aWithdrawnSlipReleasesItsChequesAndAnotherMayClaimThem() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    long first = ledger.record(slip);
    try (Following following = following()) {
      following.await(ClaimsProjection.NAME, first);
      long withdrawn = ledger.record(Story.withdrawn(slip, first));
      following.await(ClaimsProjection.NAME, withdrawn);
      assertThat(claims()).isZero();
      assertThat(released()).isEqualTo(3);
      long again = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 3, 4));
      following.await(ClaimsProjection.NAME, again);
      assertThat(positionOf(3)).isEqualTo(again);
    }
  }

  @Test
  void aSlipPresentedWithdrawnAndPresentedAnewInOneBatchIsClaimedByTheLast() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3);
    long first = ledger.record(slip);
    ledger.record(Story.withdrawn(slip, first));
    long again = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 3, 4));
    try (Following following = following()) {
      following.await(ClaimsProjection.NAME, again);
    }
    assertThat(claims()).isEqualTo(2);
    assertThat(positionOf(3)).isEqualTo(again);
    assertThat(released()).isEqualTo(3);
  }

  @Test
  void aChequeRedeemedTwiceStopsTheIndexEvenIfTheFirstSlipIsWithdrawnLater() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long innocent = ledger.record(slip);
    long guilty = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 1, 1));
    ledger.record(Story.withdrawn(slip, innocent));
    stopsAt(guilty, innocent, 1, Story.serial(1).toString());
  }

  /** Cheques 511 and 512 are the last of one chunk and the first of the next. */
  @Test
  void neighboursInTwoChunksAreTakenEachOnce() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 511, 512);
    long first = ledger.record(slip);
    long other = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 513, 514));
    try (Following following = following()) {
      following.await(ClaimsProjection.NAME, other);
      assertThat(claims()).isEqualTo(4);
      assertThat(positionOf(511)).isEqualTo(first);
      assertThat(positionOf(512)).isEqualTo(first);
      following.await(ClaimsProjection.NAME, ledger.record(Story.withdrawn(slip, first)));
      assertThat(claims()).isEqualTo(2);
      assertThat(released()).isEqualTo(2);
    }
    long guilty = ledger.record(Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 512, 513));
    try (Following following = following()) {
      ProjectionStatus stopped = following.awaitStop(ClaimsProjection.NAME);
      assertThat(stopped.stoppedAt()).isEqualTo(guilty);
      assertThat(stopped.reason()).contains(Story.serial(513) + " is redeemed a second time");
    }
  }

  @Test
  void aSlipWithdrawnThatIsNotTheOneThatClaimsStopsTheIndex() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long first = ledger.record(slip);
    ledger.record(Story.withdrawn(slip, first));
    ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 1, 1));
    long guilty = ledger.record(Story.withdrawn(slip, first));
    try (Following following = following()) {
      ProjectionStatus stopped = following.awaitStop(ClaimsProjection.NAME);
      assertThat(stopped.stoppedAt()).isEqualTo(guilty);
      assertThat(stopped.reason()).contains(Story.serial(1) + " is released");
    }
  }

  @Test
  void aSlipWithdrawnTwiceStopsTheIndex() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    long first = ledger.record(slip);
    ledger.record(Story.withdrawn(slip, first));
    long guilty = ledger.record(Story.withdrawn(slip, first));
    try (Following following = following()) {
      ProjectionStatus stopped = following.awaitStop(ClaimsProjection.NAME);
      assertThat(stopped.stoppedAt()).isEqualTo(guilty);
    }
  }

  private long released() throws Exception {
    return number(
        database.reader(),
        "select coalesce(sum(bit_count(cheques)), 0) from projections.claim where releases <> 0");
  }

  private void stopsAt(long guilty, long innocent, int claims, String cheque) throws Exception {
    try (Following following = following()) {
      ProjectionStatus stopped = following.awaitStop(ClaimsProjection.NAME);
      assertThat(stopped.stoppedAt()).isEqualTo(guilty);
      assertThat(stopped.position()).isEqualTo(innocent);
      assertThat(stopped.reason()).contains("cheque " + cheque + " is redeemed a second time");
      assertThat(claims()).isEqualTo(claims);
    }
  }

  private Following following() {
    return Following.directly(database, ledger, new ClaimsProjection());
  }

  private long claims() throws Exception {
    return ClaimsProjections.claimed(database.reader());
  }

  private long positionOf(int ordinal) throws Exception {
    return number(
        database.reader(),
        """
        select max(position) from projections.claim
         where chunk = %1$d / 512 and get_bit(cheques, %1$d %% 512) = 1
        """
            .formatted(Story.serial(ordinal).key()));
  }
}
