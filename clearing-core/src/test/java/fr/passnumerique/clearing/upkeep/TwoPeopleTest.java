package fr.passnumerique.clearing.upkeep;

import static fr.passnumerique.clearing.upkeep.SetAsideReason.CORRECTED_SINCE;
import static fr.passnumerique.clearing.upkeep.SetAsideReason.DEFECT_OF_THE_FOLD;
import static fr.passnumerique.clearing.upkeep.UpkeepRefusal.ALREADY_SET_ASIDE;
import static fr.passnumerique.clearing.upkeep.UpkeepRefusal.DIFFERENCES_CHANGED;
import static fr.passnumerique.clearing.upkeep.UpkeepRefusal.LIFTED_SINCE;
import static fr.passnumerique.clearing.upkeep.UpkeepRefusal.NOTHING_PROPOSED;
import static fr.passnumerique.clearing.upkeep.UpkeepRefusal.NOT_SET_ASIDE;
import static fr.passnumerique.clearing.upkeep.UpkeepRefusal.NOT_STOPPED_THERE;
import static fr.passnumerique.clearing.upkeep.UpkeepRefusal.PROPOSAL_PENDING;
import static fr.passnumerique.clearing.upkeep.UpkeepRefusal.SECOND_PERSON_NEEDED;
import static fr.passnumerique.clearing.upkeep.UpkeepWorld.DIGEST;
import static fr.passnumerique.clearing.upkeep.UpkeepWorld.REBUILD;
import static fr.passnumerique.clearing.upkeep.UpkeepWorld.differences;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Outcome;
import org.junit.jupiter.api.Test;

/** Nobody alone lets a projection pass over a fact, or other figures be shown. */
class TwoPeopleTest {
  private static final String ONE = "clerk-1";
  private static final String OTHER = "clerk-2";

  private final UpkeepWorld world = new UpkeepWorld();

  @Test
  void whoProposesThatAFactIsPassedOverDoesNotConfirmIt() {
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, ONE))
        .thenRecords(new SettingAsideProposed("claims", 12, DEFECT_OF_THE_FOLD, ONE));
    world.ledger.send(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, ONE));
    world
        .ledger
        .when(new ConfirmFactAside("claims", 12, 0, ONE))
        .thenRefuses(SECOND_PERSON_NEEDED)
        .saying("position 12 was proposed by you", "another clerk");
    world
        .ledger
        .when(new ConfirmFactAside("claims", 12, 0, OTHER))
        .thenNeedsAnotherPersonThan(ONE)
        .thenRecords(new FactSetAside("claims", 12, DEFECT_OF_THE_FOLD, ONE, OTHER));
  }

  @Test
  void onlyTheFactAtWhichItStandsIsSetAside() {
    world
        .ledger
        .when(new SetFactAside("claims", 13, DEFECT_OF_THE_FOLD, false, 0, ONE))
        .thenRefuses(NOT_STOPPED_THERE)
        .about("position")
        .saying("does not stand at the fact of position 13", "readProjectionLag");
  }

  @Test
  void aRetryIsAnsweredAsTheFirstTimeEvenWhenItGoesOnMeanwhile() {
    world.ledger.send(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, ONE));
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, false, 0, ONE))
        .thenAlreadyRecorded();
    world.ledger.send(new ConfirmFactAside("claims", 12, 0, OTHER));
    world.ledger.when(new ConfirmFactAside("claims", 12, 0, OTHER)).thenAlreadyRecorded();
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, false, 0, ONE))
        .thenAlreadyRecorded();
    assertThat(world.ledger.facts()).hasSize(2);
  }

  @Test
  void anotherReasonOrAnotherPersonIsAnotherProposal() {
    world.ledger.send(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, ONE));
    world
        .ledger
        .when(new SetFactAside("claims", 12, CORRECTED_SINCE, true, 0, ONE))
        .thenRefuses(PROPOSAL_PENDING);
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, OTHER))
        .thenRefuses(PROPOSAL_PENDING);
    world.ledger.send(new ConfirmFactAside("claims", 12, 0, OTHER));
    world
        .ledger
        .when(new SetFactAside("claims", 12, CORRECTED_SINCE, true, 0, ONE))
        .thenRefuses(ALREADY_SET_ASIDE);
    // Of one projection and one fact: of no other.
    world.ledger.when(new ConfirmFactAside("accounts", 12, 0, OTHER)).thenRefuses(NOTHING_PROPOSED);
  }

  @Test
  void twoConfirmAtOnceAndOneFactIsRecorded() {
    world.ledger.send(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, ONE));
    world.ledger.race(
        new ConfirmFactAside("claims", 12, 0, OTHER),
        new ConfirmFactAside("claims", 12, 0, "clerk-3"));
    assertThat(world.ledger.facts(FactSetAside.class)).hasSize(1);
  }

  @Test
  void whatIsSetAsideIsTakenBackByTwoPeopleAndMayBeSetAsideAnew() {
    LiftFactAside lift = new LiftFactAside("claims", 12, 0, ONE);
    world.ledger.when(lift).thenRefuses(NOT_SET_ASIDE).about("position");
    world.ledger.send(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, ONE));
    world
        .ledger
        .when(lift)
        .thenRefuses(NOT_SET_ASIDE)
        .saying("does not pass over", "readProjectionLag");
    world.ledger.send(new ConfirmFactAside("claims", 12, 0, OTHER));
    world.ledger.when(new ConfirmLifting("claims", 12, 0, ONE)).thenRefuses(NOTHING_PROPOSED);
    world
        .ledger
        .when(lift)
        .thenRecords(new SettingAsideLiftingProposed("claims", 12, DEFECT_OF_THE_FOLD, ONE));
    world.ledger.send(lift);
    world.ledger.when(lift).thenAlreadyRecorded();
    world.ledger.when(new LiftFactAside("claims", 12, 0, OTHER)).thenRefuses(PROPOSAL_PENDING);
    world
        .ledger
        .when(new ConfirmLifting("claims", 12, 0, ONE))
        .thenRefuses(SECOND_PERSON_NEEDED)
        .saying("was proposed by you", "another clerk");
    world.ledger.when(new ConfirmLifting("claims", 12, 0, OTHER)).thenNeedsAnotherPersonThan(ONE);
    // Meanwhile it is set aside as before.
    world.ledger.when(new ConfirmFactAside("claims", 12, 0, OTHER)).thenAlreadyRecorded();
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, ONE))
        .thenAlreadyRecorded();
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, OTHER))
        .thenRefuses(ALREADY_SET_ASIDE);
    world.ledger.race(
        new ConfirmLifting("claims", 12, 0, OTHER), new ConfirmLifting("claims", 12, 0, "clerk-3"));
    assertThat(world.ledger.facts(SettingAsideLifted.class)).hasSize(1);
    world.ledger.when(new ConfirmLifting("claims", 12, 0, OTHER)).thenAlreadyRecorded();
    world.ledger.when(lift).thenAlreadyRecorded();
    // Whatever is sent again is answered as then, also where the projection stands there again.
    world.ledger.when(new ConfirmFactAside("claims", 12, 0, OTHER)).thenAlreadyRecorded();
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, ONE))
        .thenAlreadyRecorded();
    // Where the release cannot take it after all, it is another time, and is named so.
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 0, OTHER))
        .thenRefuses(LIFTED_SINCE)
        .about("liftedAt")
        .saying("taken back at position 4", "liftedAt=4");
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 3, ONE))
        .thenRefuses(LIFTED_SINCE);
    world
        .ledger
        .when(new SetFactAside("claims", 12, CORRECTED_SINCE, false, 4, ONE))
        .thenRefuses(NOT_STOPPED_THERE);
    world
        .ledger
        .when(new SetFactAside("claims", 12, CORRECTED_SINCE, true, 4, ONE))
        .thenRecords(new SettingAsideProposed("claims", 12, CORRECTED_SINCE, ONE));
    world.ledger.send(new SetFactAside("claims", 12, CORRECTED_SINCE, true, 4, ONE));
    // What was confirmed the first time, sent again, confirms nothing that was proposed since.
    world.ledger.when(new ConfirmFactAside("claims", 12, 0, OTHER)).thenAlreadyRecorded();
    world
        .ledger
        .when(new ConfirmFactAside("claims", 12, 4, OTHER))
        .thenRecords(new FactSetAside("claims", 12, CORRECTED_SINCE, ONE, OTHER));
    world.ledger.send(new ConfirmFactAside("claims", 12, 4, OTHER));
    world.ledger.when(lift).thenAlreadyRecorded();
    world.ledger.when(new ConfirmLifting("claims", 12, 0, OTHER)).thenAlreadyRecorded();
    world.ledger.when(new ConfirmLifting("claims", 12, 4, OTHER)).thenRefuses(NOTHING_PROPOSED);
    world
        .ledger
        .when(new LiftFactAside("claims", 12, 4, ONE))
        .thenRecords(new SettingAsideLiftingProposed("claims", 12, CORRECTED_SINCE, ONE));
    assertThat(world.ledger.facts()).hasSize(6);
  }

  @Test
  void whatWasNeverTakenBackIsNotProposedAfterThat() {
    world
        .ledger
        .when(new SetFactAside("claims", 12, DEFECT_OF_THE_FOLD, true, 7, ONE))
        .thenRefuses(LIFTED_SINCE)
        .saying("never taken back", "leave liftedAt out");
  }

  @Test
  void whoFindsDifferencesRightDoesNotAcceptThemAlone() {
    world
        .ledger
        .when(new AcceptRebuildDifferences(differences(DIGEST), ONE))
        .thenRecords(new RebuildDifferencesProposed(differences(DIGEST), ONE));
    world.ledger.send(new AcceptRebuildDifferences(differences(DIGEST), ONE));
    world
        .ledger
        .when(new ConfirmRebuildDifferences(REBUILD, DIGEST, ONE))
        .thenRefuses(SECOND_PERSON_NEEDED)
        .saying("found right by you", "another clerk");
    world
        .ledger
        .when(new AcceptRebuildDifferences(differences(DIGEST), OTHER))
        .thenRefuses(PROPOSAL_PENDING);
    world
        .ledger
        .when(new ConfirmRebuildDifferences(REBUILD, DIGEST, OTHER))
        .thenNeedsAnotherPersonThan(ONE)
        .thenRecords(new RebuildDifferencesAccepted(differences(DIGEST), ONE, OTHER));
    world.ledger.send(new ConfirmRebuildDifferences(REBUILD, DIGEST, OTHER));
    world.ledger.when(new ConfirmRebuildDifferences(REBUILD, DIGEST, OTHER)).thenAlreadyRecorded();
  }

  @Test
  void otherDifferencesThanThoseThatWereReadAreNotAccepted() {
    String changed = DIGEST.replace('9', '8');
    world
        .ledger
        .when(new ConfirmRebuildDifferences(REBUILD, DIGEST, OTHER))
        .thenRefuses(NOTHING_PROPOSED);
    world.ledger.send(new AcceptRebuildDifferences(differences(DIGEST), ONE));
    world
        .ledger
        .when(new ConfirmRebuildDifferences(REBUILD, changed, OTHER))
        .thenRefuses(DIFFERENCES_CHANGED)
        .about("digest");
    // What changed since is proposed anew, and takes the place of what nobody confirmed.
    assertThat(world.ledger.send(new AcceptRebuildDifferences(differences(changed), OTHER)))
        .isInstanceOf(Outcome.Recorded.class);
    world
        .ledger
        .when(new ConfirmRebuildDifferences(REBUILD, DIGEST, ONE))
        .thenRefuses(DIFFERENCES_CHANGED);
    assertThat(world.ledger.send(new ConfirmRebuildDifferences(REBUILD, changed, ONE)))
        .isInstanceOf(Outcome.Recorded.class);
  }
}
