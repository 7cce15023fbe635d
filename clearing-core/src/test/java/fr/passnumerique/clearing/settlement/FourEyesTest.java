package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementRefusal.ACCOUNT_CLOSED;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.FILE_DIFFERS;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.FILE_NEVER_HANDED_OUT;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.RUN_ALREADY_RELEASED;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.RUN_CANCELLED;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.RUN_NOT_RELEASED;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.SECOND_PERSON_REQUIRED;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.UNKNOWN_RUN;
import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CLERK;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CUT_OFF;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.REGION;
import static fr.passnumerique.clearing.settlement.SettlementWorld.SECOND_CLERK;
import static fr.passnumerique.clearing.settlement.SettlementWorld.STATE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.cancel;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.download;
import static fr.passnumerique.clearing.settlement.SettlementWorld.paid;
import static fr.passnumerique.clearing.settlement.SettlementWorld.reject;
import static fr.passnumerique.clearing.settlement.SettlementWorld.release;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between the opening of a run and the bank stands a second person. */
class FourEyesTest {
  private final SettlementWorld world = new SettlementWorld();

  @BeforeEach
  void aRunIsOpen() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
    world.begin(CUT_OFF);
    world.ledger.send(run("R-1"));
  }

  @Test
  void whoOpenedARunDoesNotReleaseIt() {
    world
        .ledger
        .when(release("R-1", CLERK))
        .thenRefuses(SECOND_PERSON_REQUIRED)
        .about("runId")
        .saying("run R-1 was opened by you", "another clerk");
    world
        .ledger
        .when(release("R-1", SECOND_CLERK))
        .thenNeedsAnotherPersonThan(CLERK)
        .thenRecords(
            new SettlementRunReleased(
                new SettlementRunId("R-1"),
                SECOND_CLERK,
                LocalDate.of(2026, 4, 2),
                List.of(),
                Optional.of(SettlementRunReleased.WITH_ADDRESSES)));
  }

  @Test
  void aRunIsNotReleasedToAnIbanThatTheBankClosedSinceForWhomeverTheMoneyWas() {
    world.ledger.given(asFunder("iban-1"));
    world
        .ledger
        .when(release("R-1", SECOND_CLERK))
        .thenRecords(
            new SettlementRunReleased(
                new SettlementRunId("R-1"),
                SECOND_CLERK,
                LocalDate.of(2026, 4, 2),
                List.of(),
                Optional.of(SettlementRunReleased.WITH_ADDRESSES)))
        .thenIsDecidedAgainAfter(rejected(), account(BETA, "v-9", "iban-1"));

    world.ledger.given(rejected());

    world
        .ledger
        .when(release("R-1", SECOND_CLERK))
        .thenRefuses(ACCOUNT_CLOSED)
        .about("runId")
        .saying("transfer R-1-1 pays to account v-1", "cancel the run and open another");
    world.ledger.given(account(ALPHA, "v-1", "iban-1"));
    world.ledger.when(release("R-1", SECOND_CLERK)).thenRecordsOne(SettlementRunReleased.class);
  }

  @Test
  void aRunPaysToTheAccountsOfItsOpeningAndIsNotKeptByWhatIsClosedElsewhere() {
    world.ledger.given(asFunder("iban-2"), rejected(), account(ALPHA, "v-3", "iban-3"));
    world.ledger.when(release("R-1", SECOND_CLERK)).thenRecordsOne(SettlementRunReleased.class);
  }

  private static FunderAccountOpened asFunder(String iban) {
    return new FunderAccountOpened(STATE, new VaultReference("v-2"), iban, CLERK, SECOND_CLERK);
  }

  private static RefundRejected rejected() {
    return new RefundRejected(
        new RefundOrderId("A"),
        new TransferId("A-1"),
        new CreditNoteId("o-1~anct"),
        STATE,
        CUT_OFF,
        "AC04",
        new VaultReference("v-2"));
  }

  @Test
  void releasedTwiceByWhomeverIsAnsweredAsTheFirstTime() {
    Outcome<SettlementRunReleased> first = world.ledger.send(release("R-1", SECOND_CLERK));
    world.begin(CUT_OFF.plusDays(1));
    for (String by : List.of(SECOND_CLERK, CLERK, "clerk-3")) {
      world
          .ledger
          .when(release("R-1", by))
          .thenAlreadyRecorded()
          .thenAnswers(((Outcome.Recorded<SettlementRunReleased>) first).answer());
    }
  }

  @Test
  void theBankIsAskedToPayOnTheFirstSettlementDayAfterTheRelease() {
    world.begin(LocalDate.of(2026, 4, 2));
    // Good Friday, the weekend and Easter Monday lie between.
    assertThat(
            world
                .ledger
                .when(release("R-1", SECOND_CLERK))
                .thenRecordsOne(SettlementRunReleased.class)
                .executionOn())
        .isEqualTo(LocalDate.of(2026, 4, 7));
  }

  @Test
  void beforeTheReleaseThereIsNoFileAndNoEndOfATransfer() {
    assertThat(
            world
                .ledger
                .when(download("R-1", "a"))
                .thenRefuses(RUN_NOT_RELEASED)
                .saying("run R-1 is opened", "another clerk")
                .refusal()
                .message())
        .as("an account's name says nothing to a person")
        .doesNotContain(CLERK);
    world.ledger.when(confirm("R-1", "R-1-1", CUT_OFF)).thenRefuses(RUN_NOT_RELEASED);
    world.ledger.when(reject("R-1", "R-1-1", CUT_OFF, "AC04")).thenRefuses(RUN_NOT_RELEASED);

    world.ledger.send(release("R-1", SECOND_CLERK));
    world.ledger.when(download("R-1", "a")).thenRecordsOne(CreditTransferFileDownloaded.class);
  }

  @Test
  void beforeItsFileIsHandedOutThereIsNoEndOfATransfer() {
    world.ledger.send(release("R-1", SECOND_CLERK));
    world
        .ledger
        .when(confirm("R-1", "R-1-1", CUT_OFF))
        .thenRefuses(FILE_NEVER_HANDED_OUT)
        .about("runId")
        .saying("the file of run R-1 was never handed out", "download the file", "cancel the run");
    world.ledger.when(reject("R-1", "R-1-1", CUT_OFF, "AC04")).thenRefuses(FILE_NEVER_HANDED_OUT);

    world.handOut("R-1");
    world.ledger.when(confirm("R-1", "R-1-1", CUT_OFF)).thenRecordsOne(TransferConfirmed.class);
    world
        .ledger
        .when(reject("R-1", "R-1-1", CUT_OFF, "AC04"))
        .thenRecordsOne(TransferRejected.class);
  }

  @Test
  void aRunOfATimeWithoutReleasesNeedsNone() {
    SettlementWorld old = new SettlementWorld();
    old.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
    old.begin(CUT_OFF);
    SettlementRunOpened opened = old.opening(run("R-1"));
    old.ledger.given(
        new SettlementRunOpened(
            opened.run(),
            opened.programme(),
            opened.cutOff(),
            opened.executionOn(),
            opened.transfers(),
            opened.unpayable(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of()));
    old.ledger.when(release("R-1", SECOND_CLERK)).thenRefuses(RUN_ALREADY_RELEASED);
    old.ledger.when(cancel("R-1")).thenRefuses(RUN_ALREADY_RELEASED);
    old.ledger.when(confirm("R-1", "R-1-1", CUT_OFF)).thenRecordsOne(TransferConfirmed.class);
  }

  @Test
  void everyDownloadIsKeptAndAnotherFileThanTheFirstIsNotHandedOut() {
    world.ledger.send(release("R-1", SECOND_CLERK));
    world.ledger.send(download("R-1", "aa"));
    world.ledger.send(download("R-1", "aa"));
    assertThat(world.ledger.facts(CreditTransferFileDownloaded.class)).hasSize(2);
    world.ledger.when(download("R-1", "bb")).thenRefuses(FILE_DIFFERS).saying("2026-04-01");
  }

  @Test
  void twoFirstDownloadsAtTheSameMomentAreTheSameFileOrOneIsRefused() {
    world.ledger.send(release("R-1", SECOND_CLERK));
    var race = world.ledger.race(download("R-1", "aa"), download("R-1", "bb"));
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void aCancelledRunsLinesAreOwedAgainAndTakenByTheNext() {
    world
        .ledger
        .when(cancel("R-1"))
        .thenRecords(
            new SettlementRunCancelled(
                new SettlementRunId("R-1"),
                PASS,
                CLERK,
                1,
                1,
                List.of(paid(ALPHA, PASS, STATE, 600), paid(ALPHA, PASS, REGION, 400)),
                List.of()));
    world.ledger.send(cancel("R-1"));

    assertThat(world.unpaidCents(PASS)).isEqualTo(1_000);
    world.ledger.when(cancel("R-1")).thenAlreadyRecorded();
    assertThat(
            world
                .ledger
                .when(release("R-1", SECOND_CLERK))
                .thenRefuses(RUN_CANCELLED)
                .saying("run R-1 was cancelled on 2026-")
                .refusal()
                .message())
        .doesNotContain(CLERK);
    world.ledger.when(download("R-1", "a")).thenRefuses(RUN_CANCELLED);
    world.ledger.when(confirm("R-1", "R-1-1", CUT_OFF)).thenRefuses(RUN_CANCELLED);
    world.ledger.when(run("R-1")).thenAlreadyRecorded();
    assertThat(world.opening(run("R-2")).transfers().getFirst().amountCents()).isEqualTo(1_000);
  }

  @Test
  void aRunWhoseFileWasHandedOutIsNotCancelled() {
    world.ledger.send(release("R-1", SECOND_CLERK));
    world.handOut("R-1");
    world
        .ledger
        .when(cancel("R-1"))
        .thenRefuses(RUN_ALREADY_RELEASED)
        .saying("the file of run R-1 was handed out");
  }

  @Test
  void aReleasedRunWhoseFileNobodyHasIsCancelledAndItsLinesAreOwedAgain() {
    world.ledger.send(release("R-1", SECOND_CLERK));
    world.ledger.must(cancel("R-1"));

    assertThat(world.unpaidCents(PASS)).isEqualTo(1_000);
    world.ledger.when(cancel("R-1")).thenAlreadyRecorded();
    world.ledger.when(release("R-1", SECOND_CLERK)).thenRefuses(RUN_CANCELLED);
    world.ledger.when(download("R-1", "a")).thenRefuses(RUN_CANCELLED);
    assertThat(world.opening(run("R-2")).transfers().getFirst().amountCents()).isEqualTo(1_000);
  }

  @Test
  void ofAReleaseAndACancellationAtTheSameMomentNoneIsLost() {
    var race = world.ledger.race(cancel("R-1"), release("R-1", SECOND_CLERK));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void ofAHandingOutAndACancellationAtTheSameMomentOneWins() {
    world.ledger.send(release("R-1", SECOND_CLERK));
    var race = world.ledger.race(download("R-1", "a"), cancel("R-1"));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    assertThat(world.unpaidCents(PASS)).isZero();
  }

  @Test
  void ofACancellationAndAHandingOutAtTheSameMomentOneWins() {
    world.ledger.send(release("R-1", SECOND_CLERK));
    var race = world.ledger.race(cancel("R-1"), download("R-1", "a"));
    assertThat(race.decidedAgain()).isTrue();
    assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    assertThat(world.unpaidCents(PASS)).isEqualTo(1_000);
  }

  @Test
  void anUnknownRunIsNeitherReleasedNorCancelled() {
    world.ledger.when(release("R-9", SECOND_CLERK)).thenRefuses(UNKNOWN_RUN);
    world.ledger.when(cancel("R-9")).thenRefuses(UNKNOWN_RUN);
  }

  /** 3 000 venues: more than one fact carries. */
  @Test
  void aLargeRunIsRecordedInSeveralFactsOfWhichEachBalances() {
    List<Fact> venues = new ArrayList<>();
    for (int i = 0; i < 3_000; i++) {
      VenueId venue = new VenueId("4%013d".formatted(i));
      venues.add(account(venue, "w-" + i, "iban-w" + i));
      venues.add(slip(venue, "S-1", 1_000));
    }
    world.ledger.given(venues.toArray(Fact[]::new));
    world.begin(CUT_OFF.plusDays(1));
    OpenSettlementRun large = run("R-2", CUT_OFF.plusDays(1));
    int before = world.ledger.facts().size();
    SettlementRunOpened whole =
        ((Outcome.Recorded<SettlementRunOpened>) world.ledger.send(large)).answer();
    List<Fact> recorded = world.ledger.facts().subList(before, world.ledger.facts().size());

    assertThat(whole.transfers()).hasSize(3_000);
    assertThat(whole.continuedIn()).isEmpty();
    assertThat(recorded).hasSize(6);
    assertThat(((SettlementRunOpened) recorded.getFirst()).continuedIn()).contains(5);
    for (Fact fact : recorded) {
      assertThat(Postings.of(fact).stream().mapToLong(Entry::cents).sum()).isZero();
    }
    assertThat(world.unpaidCents(PASS)).isZero();
    world.ledger.when(large).thenAlreadyRecorded();

    world.ledger.send(cancel("R-2"));
    assertThat(world.ledger.facts(SettlementRunCancelled.class)).hasSize(3);
    assertThat(world.unpaidCents(PASS)).isEqualTo(3_000_000);
    world.ledger.when(cancel("R-2")).thenAlreadyRecorded().thenRecordedAt(before + 7);
  }
}
