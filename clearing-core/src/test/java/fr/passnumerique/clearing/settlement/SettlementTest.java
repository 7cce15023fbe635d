package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementRefusal.CUT_OFF_IN_FUTURE;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.CUT_OFF_NOT_RECORDED;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.DATE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.NOTHING_TO_PAY;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.RUN_ID_TAKEN;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.TRANSFER_ALREADY_CONFIRMED;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.TRANSFER_ALREADY_REJECTED;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.UNKNOWN_PROGRAMME;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.UNKNOWN_REASON;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.UNKNOWN_RUN;
import static fr.passnumerique.clearing.settlement.SettlementRefusal.UNKNOWN_TRANSFER;
import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CLERK;
import static fr.passnumerique.clearing.settlement.SettlementWorld.CUT_OFF;
import static fr.passnumerique.clearing.settlement.SettlementWorld.GAMMA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.REGION;
import static fr.passnumerique.clearing.settlement.SettlementWorld.SECOND_CLERK;
import static fr.passnumerique.clearing.settlement.SettlementWorld.STATE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.TPE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.account;
import static fr.passnumerique.clearing.settlement.SettlementWorld.cancel;
import static fr.passnumerique.clearing.settlement.SettlementWorld.confirm;
import static fr.passnumerique.clearing.settlement.SettlementWorld.paid;
import static fr.passnumerique.clearing.settlement.SettlementWorld.paidSlip;
import static fr.passnumerique.clearing.settlement.SettlementWorld.part;
import static fr.passnumerique.clearing.settlement.SettlementWorld.reject;
import static fr.passnumerique.clearing.settlement.SettlementWorld.release;
import static fr.passnumerique.clearing.settlement.SettlementWorld.run;
import static fr.passnumerique.clearing.settlement.SettlementWorld.slip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.DayOpened;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.payee.VenueAccountProposalDropped;
import fr.passnumerique.clearing.payee.VenueAccountProposed;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettlementTest {
  private static final LocalDate NEXT_DAY = CUT_OFF.plusDays(1);

  private final SettlementWorld world = new SettlementWorld();

  @Nested
  class OpeningARun {
    @Test
    void paysWhatIsOwedInOneTransferWithEachFundersPart() {
      world.ledger.given(
          account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 3_000), slip(ALPHA, "S-2", 2_000));
      world.begin(CUT_OFF);

      world
          .ledger
          .when(run("R-1"))
          .thenRecords(
              new SettlementRunOpened(
                  new SettlementRunId("R-1"),
                  PASS,
                  Instant.parse("2026-03-31T22:00:00Z"),
                  LocalDate.of(2026, 4, 2),
                  List.of(
                      new SettlementRunOpened.Transfer(
                          new TransferId("R-1-1"),
                          new VaultReference("v-1"),
                          5_000,
                          List.of(
                              paidSlip(ALPHA, "S-1", 4, 3_000), paidSlip(ALPHA, "S-2", 5, 2_000)),
                          List.of(
                              paid(ALPHA, PASS, STATE, 3_000), paid(ALPHA, PASS, REGION, 2_000)))),
                  List.of(),
                  Optional.of(CLERK),
                  Optional.empty(),
                  List.of(),
                  List.of()));
    }

    @Test
    void makesOneTransferForAnIbanThatVenuesShareAndKeepsTheirPartsApart() {
      world.ledger.given(
          account(BETA, "v-2", "iban-1"),
          account(ALPHA, "v-1", "iban-1"),
          account(GAMMA, "v-3", "iban-3"),
          slip(GAMMA, "S-1", 1_000),
          slip(BETA, "S-1", 2_000),
          slip(ALPHA, "S-1", 3_000));
      world.begin(CUT_OFF);

      SettlementRunOpened opened = world.opening(run("R-1"));

      assertThat(opened.transfers())
          .extracting(t -> t.transfer().value() + " " + t.account() + " " + t.amountCents())
          .containsExactly("R-1-1 v-1 5000", "R-1-2 v-3 1000");
      assertThat(opened.transfers().getFirst().parts())
          .extracting(p -> p.venue() + " " + p.spent().funder() + " " + p.spent().cents())
          .containsExactly(
              ALPHA + " anct 1800",
              ALPHA + " region 1200",
              BETA + " anct 1200",
              BETA + " region 800");
    }

    @Test
    void takesTheLinesRecordedBeforeMidnightInParisAndNotTheFirstAfter() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"));
      world.ledger.at(Instant.parse("2026-03-31T21:59:59.999999Z"));
      world.ledger.given(slip(ALPHA, "S-1", 1_000));
      world.ledger.at(Instant.parse("2026-03-31T22:00:00Z")).given(new DayOpened(CUT_OFF));
      world.ledger.given(slip(ALPHA, "S-2", 2_000));

      assertThat(world.opening(run("R-1")).transfers().getFirst().amountCents()).isEqualTo(1_000);
    }

    @ParameterizedTest
    @CsvSource({
      "2026-03-29, 2026-03-28T23:00:00Z",
      "2026-03-30, 2026-03-29T22:00:00Z",
      "2026-10-25, 2026-10-24T22:00:00Z",
      "2026-10-26, 2026-10-25T23:00:00Z"
    })
    void theCutOffIsMidnightInParisAroundTheChangesOfTime(LocalDate day, Instant cutOff) {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"));
      world.ledger.at(cutOff.minusMillis(1));
      world.ledger.given(slip(ALPHA, "S-1", 1_000));
      world.ledger.when(run("R-1", day)).thenRefuses(CUT_OFF_IN_FUTURE).about("cutOffDay");

      world.ledger.at(cutOff);
      world.ledger.given(new DayOpened(day));
      assertThat(world.opening(run("R-1", day)).cutOff()).isEqualTo(cutOff);
    }

    /**
     * A slip that was decided before midnight and is still on its way has a time before the
     * cut-off: a run that did not wait would leave it out.
     */
    @Test
    void aRunWaitsUntilTheLedgerHasAFactFromItsCutOffOn() {
      Instant midnight = Paris.startOf(CUT_OFF);
      world.ledger.at(midnight.minusMillis(2));
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      world.ledger.at(midnight);
      world.ledger.when(run("R-1")).thenRefuses(CUT_OFF_NOT_RECORDED).about("cutOffDay");

      world.ledger.at(midnight.minusMillis(1)).given(slip(ALPHA, "S-2", 2_000));
      world.ledger.at(midnight).given(new DayOpened(CUT_OFF));
      assertThat(world.opening(run("R-1")).transfers().getFirst().amountCents()).isEqualTo(3_000);
    }

    @Test
    void carriesOverWhatIsOwedToVenuesWithoutAnAccount() {
      world.ledger.given(
          account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000), slip(BETA, "S-1", 2_000));
      world.begin(CUT_OFF);
      SettlementRunOpened opened = world.opening(run("R-1"));
      assertThat(opened.unpayable()).containsExactly(BETA);
      assertThat(opened.transfers()).hasSize(1);

      world.ledger.send(run("R-1"));
      world.ledger.given(account(BETA, "v-2", "iban-2"));
      assertThat(world.opening(run("R-2")).transfers())
          .extracting(SettlementRunOpened.Transfer::amountCents)
          .containsExactly(2_000L);
    }

    @Test
    void paysOnlyItsOwnProgrammesPartOfASlip() {
      world.ledger.given(
          account(ALPHA, "v-1", "iban-1"),
          slip(ALPHA, "S-1", part(PASS, STATE, 1_000), part(TPE, STATE, 2_000)));
      world.begin(CUT_OFF);

      assertThat(world.opening(run("R-1")).transfers().getFirst().amountCents()).isEqualTo(1_000);
      world.ledger.send(run("R-1"));
      assertThat(
              world
                  .opening(new OpenSettlementRun(new SettlementRunId("R-2"), TPE, CUT_OFF, CLERK))
                  .transfers()
                  .getFirst()
                  .slips())
          .containsExactly(paidSlip(ALPHA, "S-1", 4, 2_000));
    }

    @Test
    void paysToTheAccountInForceNow() {
      world.ledger.given(
          account(ALPHA, "v-1", "iban-1"),
          slip(ALPHA, "S-1", 1_000),
          account(ALPHA, "v-9", "iban-9"));
      world.begin(CUT_OFF);
      assertThat(world.opening(run("R-1")).transfers().getFirst().account())
          .isEqualTo(new VaultReference("v-9"));
    }

    @Test
    void paysNothingTwice() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      world.begin(CUT_OFF);
      world.ledger.send(run("R-1"));
      world.ledger.when(run("R-2")).thenRefuses(NOTHING_TO_PAY);
    }

    @Test
    void withNothingOwedIsRefused() {
      world.begin(CUT_OFF);
      world.ledger.when(run("R-1")).thenRefuses(NOTHING_TO_PAY).saying("2026-04-01");
    }

    @Test
    void withNobodyPayableIsRefusedAndSaysWhoIsWaiting() {
      world.ledger.given(slip(ALPHA, "S-1", 1_000));
      world.begin(CUT_OFF);
      world
          .ledger
          .when(run("R-1"))
          .thenRefuses(NOTHING_TO_PAY)
          .saying(ALPHA.value(), "open their accounts");
    }

    @Test
    void whoseAccountIsProposedWaitsForASecondPersonAndIsNotToBeOpenedOnceMore() {
      VaultReference account = new VaultReference("v-1");
      world.ledger.given(
          slip(ALPHA, "S-1", 1_000),
          new VenueAccountProposed(
              ALPHA, account, "iban-1", "clerk-1", VenueAccountProposed.Proposer.CLERK));
      world.begin(CUT_OFF);
      world
          .ledger
          .when(run("R-1"))
          .thenRefuses(NOTHING_TO_PAY)
          .saying(ALPHA.value(), "awaits a second person", "confirmVenueAccount");

      world.ledger.given(
          new VenueAccountProposalDropped(
              ALPHA, account, VenueAccountProposalDropped.Ground.REFUSED, "clerk-2"));
      world
          .ledger
          .when(run("R-1"))
          .thenRefuses(NOTHING_TO_PAY)
          .saying(ALPHA.value(), "open their accounts");
    }

    @Test
    void aSlipWithNothingAcceptedIsNotPaid() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1"));
      world.begin(CUT_OFF);
      world.ledger.when(run("R-1")).thenRefuses(NOTHING_TO_PAY);
    }

    @Test
    void ofAnUndefinedProgrammeIsRefused() {
      world
          .ledger
          .when(
              new OpenSettlementRun(
                  new SettlementRunId("R-1"), new ProgrammeId("other"), CUT_OFF, CLERK))
          .thenRefuses(UNKNOWN_PROGRAMME);
    }

    @Test
    void againIsAnsweredWithWhatWasRecordedAndUnderOtherTermsRefused() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      world.begin(CUT_OFF);
      Outcome<SettlementRunOpened> first = world.ledger.send(run("R-1"));
      world.ledger.given(slip(ALPHA, "S-2", 5_000));
      world.begin(NEXT_DAY);

      world
          .ledger
          .when(run("R-1"))
          .thenAlreadyRecorded()
          .thenAnswers(((Outcome.Recorded<SettlementRunOpened>) first).answer());
      world.ledger.when(run("R-1", NEXT_DAY)).thenRefuses(RUN_ID_TAKEN).saying("2026-04-01");
      world
          .ledger
          .when(new OpenSettlementRun(new SettlementRunId("R-1"), TPE, CUT_OFF, CLERK))
          .thenRefuses(RUN_ID_TAKEN);
    }

    @Test
    void isDecidedAgainWhenARunAnAccountOrARejectionComesBetween() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      world.begin(CUT_OFF);
      SettlementRunOpened other = world.opening(run("R-2"));
      world
          .ledger
          .when(run("R-1"))
          .thenIsDecidedAgainAfter(
              other,
              account(BETA, "v-2", "iban-2"),
              new TransferRejected(
                  new SettlementRunId("R-0"),
                  new TransferId("R-0-1"),
                  CUT_OFF,
                  "AC04",
                  new VaultReference("v-0"),
                  1,
                  List.of(),
                  List.of(),
                  List.of(),
                  List.of()))
          .thenStandsAfter(slip(ALPHA, "S-9", 1_000));
    }

    @Test
    void twoRunsAtTheSameMomentPayTheLinesOnce() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      world.begin(CUT_OFF);
      var race = world.ledger.race(run("R-1"), run("R-2"));
      assertThat(race.decidedAgain()).isTrue();
      assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
      assertThat(world.ledger.facts(SettlementRunOpened.class)).hasSize(1);
    }

    @Test
    void aRunThatTheBankWouldTakeForAnotherIsRefused() {
      String longName = "R_" + "x".repeat(38);
      String itsShortName = BankText.idOf(new SettlementRunId(longName));
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      world.begin(CUT_OFF);
      world.ledger.send(run(longName));
      world.ledger.given(slip(ALPHA, "S-2", 1_000));
      world.begin(NEXT_DAY);

      world.ledger.when(run(itsShortName, NEXT_DAY)).thenRefuses(RUN_ID_TAKEN);
      assertThat(world.opening(run("R-2", NEXT_DAY)).transfers()).hasSize(1);
    }
  }

  @Nested
  class TheBanksAnswer {
    TheBanksAnswer() {
      world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      world.begin(CUT_OFF);
      world.openAndHandOut(run("R-1"));
      world.begin(NEXT_DAY);
    }

    @Test
    void confirmsATransferWithWhatItPaid() {
      world
          .ledger
          .when(confirm("R-1", "R-1-1", NEXT_DAY))
          .thenRecords(
              new TransferConfirmed(
                  new SettlementRunId("R-1"),
                  new TransferId("R-1-1"),
                  NEXT_DAY,
                  1_000,
                  List.of(paid(ALPHA, PASS, STATE, 600), paid(ALPHA, PASS, REGION, 400)),
                  List.of()));
    }

    @Test
    void confirmedTwiceIsRecordedOnceAndAnotherDayRefused() {
      world.ledger.send(confirm("R-1", "R-1-1", CUT_OFF));
      world.ledger.when(confirm("R-1", "R-1-1", CUT_OFF)).thenAlreadyRecorded();
      world
          .ledger
          .when(confirm("R-1", "R-1-1", NEXT_DAY))
          .thenRefuses(TRANSFER_ALREADY_CONFIRMED)
          .saying("2026-04-01");
    }

    @Test
    void rejectsATransferAndNamesTheAccountThatIsClosed() {
      world
          .ledger
          .when(reject("R-1", "R-1-1", NEXT_DAY, "AC04"))
          .thenRecords(
              new TransferRejected(
                  new SettlementRunId("R-1"),
                  new TransferId("R-1-1"),
                  NEXT_DAY,
                  "AC04",
                  new VaultReference("v-1"),
                  1_000,
                  List.of(paidSlip(ALPHA, "S-1", 4, 1_000)),
                  List.of(paid(ALPHA, PASS, STATE, 600), paid(ALPHA, PASS, REGION, 400)),
                  List.of(),
                  List.of()));
    }

    @Test
    void rejectedTwiceIsRecordedOnceAndAnotherReasonRefused() {
      world.ledger.send(reject("R-1", "R-1-1", NEXT_DAY, "AC04"));
      world.ledger.when(reject("R-1", "R-1-1", NEXT_DAY, "AC04")).thenAlreadyRecorded();
      world
          .ledger
          .when(reject("R-1", "R-1-1", NEXT_DAY, "MD07"))
          .thenRefuses(TRANSFER_ALREADY_REJECTED)
          .saying("AC04");
      world
          .ledger
          .when(reject("R-1", "R-1-1", CUT_OFF, "AC04"))
          .thenRefuses(TRANSFER_ALREADY_REJECTED);
    }

    @Test
    void aTransferHasOneEnd() {
      world.ledger.send(confirm("R-1", "R-1-1", NEXT_DAY));
      world
          .ledger
          .when(reject("R-1", "R-1-1", NEXT_DAY, "AC04"))
          .thenRefuses(TRANSFER_ALREADY_CONFIRMED);
    }

    @Test
    void aRejectedTransferCannotBeConfirmed() {
      world.ledger.send(reject("R-1", "R-1-1", NEXT_DAY, "AC04"));
      world
          .ledger
          .when(confirm("R-1", "R-1-1", NEXT_DAY))
          .thenRefuses(TRANSFER_ALREADY_REJECTED)
          .saying("AC04", "next run");
    }

    @Test
    void confirmedAndRejectedAtTheSameMomentHasOneWinner() {
      var race =
          world.ledger.race(
              confirm("R-1", "R-1-1", NEXT_DAY), reject("R-1", "R-1-1", NEXT_DAY, "AC04"));
      assertThat(race.decidedAgain()).isTrue();
      assertThat(race.second()).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void ofAnUnknownRunOrTransferIsRefused() {
      world.ledger.given(slip(ALPHA, "S-2", 1_000));
      world.begin(CUT_OFF.plusDays(3));
      world.openAndHandOut(run("R-2", CUT_OFF.plusDays(3)));
      world.ledger.when(confirm("R-9", "R-1-1", NEXT_DAY)).thenRefuses(UNKNOWN_RUN);
      world.ledger.when(confirm("R-1", "R-1-2", NEXT_DAY)).thenRefuses(UNKNOWN_TRANSFER);
      world.ledger.when(confirm("R-2", "R-1-1", NEXT_DAY)).thenRefuses(UNKNOWN_TRANSFER);
      world.ledger.when(reject("R-9", "R-1-1", NEXT_DAY, "AC04")).thenRefuses(UNKNOWN_RUN);
      world.ledger.when(reject("R-2", "R-1-1", NEXT_DAY, "AC04")).thenRefuses(UNKNOWN_TRANSFER);
    }

    @Test
    void isDatedBetweenTheDayOfTheRunAndToday() {
      world.ledger.when(confirm("R-1", "R-1-1", CUT_OFF)).thenRecordsOne(TransferConfirmed.class);
      world
          .ledger
          .when(confirm("R-1", "R-1-1", CUT_OFF.minusDays(1)))
          .thenRefuses(DATE_OUT_OF_RANGE)
          .about("bookedOn");
      world
          .ledger
          .when(confirm("R-1", "R-1-1", NEXT_DAY.plusDays(1)))
          .thenRefuses(DATE_OUT_OF_RANGE);
      world
          .ledger
          .when(reject("R-1", "R-1-1", NEXT_DAY.plusDays(1), "AC04"))
          .thenRefuses(DATE_OUT_OF_RANGE)
          .about("rejectedOn");
      world.ledger.at(Instant.parse("2026-04-02T22:00:00Z"));
      world
          .ledger
          .when(confirm("R-1", "R-1-1", NEXT_DAY.plusDays(1)))
          .thenRecordsOne(TransferConfirmed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AC4", "AC045", "ac04", "compte de Mme Martin clos"})
    void aReasonIsACodeAndNoTextIsRepeated(String reason) {
      var refused =
          world.ledger.when(reject("R-1", "R-1-1", NEXT_DAY, reason)).thenRefuses(UNKNOWN_REASON);
      assertThat(refused.refusal().message()).doesNotContain("Martin").contains("AC04");
    }
  }

  @Nested
  class AfterARejection {
    AfterARejection() {
      world.ledger.given(
          account(ALPHA, "v-1", "iban-1"),
          account(BETA, "v-2", "iban-1"),
          account(GAMMA, "v-3", "iban-3"),
          slip(ALPHA, "S-1", 1_000),
          slip(GAMMA, "S-1", 4_000));
      world.begin(CUT_OFF);
      world.openAndHandOut(run("R-1"));
      world.begin(NEXT_DAY);
      world.ledger.send(reject("R-1", "R-1-1", NEXT_DAY, "AC04"));
    }

    @Test
    void itsLinesAreOwedAgainUnderTheirOwnRecordedTime() {
      assertThat(world.unpaidCents(PASS)).isEqualTo(1_000);
      world.ledger.given(account(ALPHA, "v-9", "iban-9"));
      SettlementRunOpened again = world.opening(run("R-2"));
      assertThat(again.transfers().getFirst().slips())
          .containsExactly(paidSlip(ALPHA, "S-1", 6, 1_000));
      assertThat(again.transfers().getFirst().account()).isEqualTo(new VaultReference("v-9"));
    }

    @Test
    void theVenueIsNotPaidUntilAnAccountIsOpened() {
      world.ledger.when(run("R-2")).thenRefuses(NOTHING_TO_PAY).saying(ALPHA.value());
    }

    @Test
    void anotherVenueWithTheSameIbanIsNotPaidThereEither() {
      world.ledger.given(slip(BETA, "S-1", 2_000));
      world.begin(CUT_OFF.plusDays(5));
      world
          .ledger
          .when(run("R-2", CUT_OFF.plusDays(5)))
          .thenRefuses(NOTHING_TO_PAY)
          .saying("2 venues");
    }

    @Test
    void theSameIbanOpenedAgainIsPaidAgain() {
      world.ledger.given(account(ALPHA, "v-1b", "iban-1"));
      assertThat(world.opening(run("R-2")).transfers().getFirst().account())
          .isEqualTo(new VaultReference("v-1b"));
    }

    @Test
    void theTransferThatPaidAnotherVenueStandsAsItWas() {
      world.ledger.when(confirm("R-1", "R-1-2", NEXT_DAY)).thenRecordsOne(TransferConfirmed.class);
    }

    @Test
    void anAccountOpenedMeanwhileStaysOpen() {
      SettlementWorld other = new SettlementWorld();
      other.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
      other.begin(CUT_OFF);
      other.openAndHandOut(run("R-1"));
      other.ledger.given(account(ALPHA, "v-2", "iban-2"));
      other.begin(NEXT_DAY);
      other.ledger.send(reject("R-1", "R-1-1", NEXT_DAY, "AC04"));

      assertThat(other.opening(run("R-2")).transfers().getFirst().account())
          .isEqualTo(new VaultReference("v-2"));
    }
  }

  @Test
  void aLedgerThatPaysASlipTwiceStopsTheRegister() {
    world.ledger.given(account(ALPHA, "v-1", "iban-1"), slip(ALPHA, "S-1", 1_000));
    world.begin(CUT_OFF);
    SettlementRunOpened first = world.opening(run("R-1"));
    SettlementRunOpened second = world.opening(run("R-2"));
    world.ledger.given(first);
    assertThatThrownBy(() -> world.ledger.given(second)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whateverTheBankAnswersWhatIsOwedIsUnpaidInTransitOrPaid() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<VenueId> venues = List.of(ALPHA, BETA, GAMMA);
    Map<TransferId, SettlementRunOpened.Transfer> inTransit = new HashMap<>();
    long owed = 0;
    long paid = 0;
    int runs = 0;
    LocalDate day = CUT_OFF;
    for (int step = 0; step < 400; step++) {
      world.begin(day);
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          long cents = 100 * (1 + random.nextInt(50));
          world.ledger.given(slip(venues.get(random.nextInt(3)), "S-" + step, cents));
          owed += cents;
        }
        case 2 ->
            world.ledger.given(
                account(venues.get(random.nextInt(3)), "v-" + step, "iban-" + random.nextInt(4)));
        case 3 -> {
          String id = "R-" + runs++;
          if (world.ledger.send(run(id, day))
              instanceof Outcome.Recorded<SettlementRunOpened>(var opened, var _, var _)) {
            if (random.nextInt(4) == 0) {
              world.ledger.send(cancel(id));
            } else {
              world.ledger.send(release(id, SECOND_CLERK));
              if (random.nextInt(4) == 0) {
                world.ledger.must(cancel(id));
              } else {
                world.handOut(id);
                opened.transfers().forEach(t -> inTransit.put(t.transfer(), t));
              }
            }
          }
          day = day.plusDays(1);
        }
        default -> {
          for (TransferId id : List.copyOf(inTransit.keySet())) {
            String run = id.value().substring(0, id.value().lastIndexOf('-'));
            SettlementRunOpened.Transfer transfer = inTransit.remove(id);
            if (random.nextInt(3) == 0) {
              world.ledger.send(reject(run, id.value(), day, "AC04"));
            } else {
              world.ledger.send(confirm(run, id.value(), day));
              paid += transfer.amountCents();
            }
          }
        }
      }
      long transit =
          inTransit.values().stream().mapToLong(SettlementRunOpened.Transfer::amountCents).sum();
      assertThat(world.unpaidCents(PASS) + transit + paid)
          .as("seed %d, step %d", seed, step)
          .isEqualTo(owed);
      assertThat(paid).as("seed %d", seed).isLessThanOrEqualTo(owed);
    }
    for (SettlementRunOpened opened : world.ledger.facts(SettlementRunOpened.class)) {
      for (SettlementRunOpened.Transfer transfer : opened.transfers()) {
        assertThat(transfer.parts().stream().mapToLong(p -> p.spent().cents()).sum())
            .as("seed %d, parts of %s", seed, transfer.transfer())
            .isEqualTo(transfer.amountCents());
        assertThat(transfer.slips().stream().mapToLong(SettlementRunOpened.PaidSlip::cents).sum())
            .as("seed %d, slips of %s", seed, transfer.transfer())
            .isEqualTo(transfer.amountCents());
      }
    }
  }
}
