package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CORREZE;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_ENDS;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_STARTS;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.programme;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.ProgrammeDefined.ConflictOfInterest;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.territory.Departement;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class FundingTest {
  @Nested
  class Programmes {
    private final DecisionFixture ledger = FundedWorld.empty().ledger;

    @Test
    void aProgrammeIsDefinedWithTheRulesThatWereSent() {
      ledger
          .when(programme())
          .thenRecords(
              new ProgrammeDefined(
                  PROGRAMME,
                  "Pass numérique",
                  1_000,
                  10,
                  90,
                  60,
                  30,
                  List.of(),
                  List.of(),
                  List.of(),
                  0,
                  ConflictOfInterest.FLAG,
                  Optional.empty()));
    }

    @Test
    void definedTwiceAlikeItIsAnsweredAsTheFirstTime() {
      ledger.send(programme());

      ledger.when(programme()).thenAlreadyRecorded().thenRecordedAt(1);
    }

    @Test
    void definedAgainWithAnotherFaceValueItIsAConflict() {
      ledger.send(programme());

      ledger
          .when(programme(PROGRAMME, 2_000, 10, List.of()))
          .thenRefuses(FundingRefusal.PROGRAMME_ALREADY_DEFINED)
          .about("programme")
          .saying("pass");
    }

    @Test
    void definedByTwoClerksAtTheSameMomentItIsDefinedOnce() {
      var race = ledger.race(programme(), programme());

      assertThat(ledger.facts()).hasSize(1);
      assertThat(((Outcome.Recorded<ProgrammeDefined>) race.second()).already()).isTrue();
    }

    @Test
    void theOrderOfTheTerritoryDoesNotMatter() {
      ledger.send(with(List.of(), List.of(), List.of(CREUSE, CORREZE)));

      ledger
          .when(with(List.of(), List.of(), List.of(CORREZE, CREUSE)))
          .thenAlreadyRecorded()
          .thenRecordedAt(1);
    }

    @Test
    void aFaceValueIsOneCentToTenThousandEuros() {
      for (long cents : new long[] {Long.MIN_VALUE, -1_000, 0, 1_000_001, Long.MAX_VALUE}) {
        ledger
            .when(programme(PROGRAMME, cents, 10, List.of()))
            .thenRefuses(FundingRefusal.FACE_VALUE_OUT_OF_RANGE)
            .about("faceValueCents")
            .saying("got " + cents);
      }
      ledger.when(programme(PROGRAMME, 1, 10, List.of())).thenRecordsOne(ProgrammeDefined.class);
      ledger
          .when(programme(PROGRAMME, 1_000_000, 10, List.of()))
          .thenRecordsOne(ProgrammeDefined.class);
    }

    @Test
    void aCarnetHoldsOneToAThousandCheques() {
      for (int cheques : new int[] {Integer.MIN_VALUE, 0, 1_001}) {
        ledger
            .when(programme(PROGRAMME, 1_000, cheques, List.of()))
            .thenRefuses(FundingRefusal.CHEQUES_PER_CARNET_OUT_OF_RANGE)
            .saying("got " + cheques);
      }
      ledger.when(programme(PROGRAMME, 1_000, 1, List.of())).thenRecordsOne(ProgrammeDefined.class);
    }

    @Test
    void daysAreCountedWithinReason() {
      ledger.when(days(0, 60, 30, 0)).thenRefuses(FundingRefusal.VALIDITY_OUT_OF_RANGE);
      ledger.when(days(3_651, 60, 30, 0)).thenRefuses(FundingRefusal.VALIDITY_OUT_OF_RANGE);
      ledger.when(days(90, -1, 30, 0)).thenRefuses(FundingRefusal.PRESENTATION_WINDOW_OUT_OF_RANGE);
      ledger
          .when(days(90, 3_651, 30, 0))
          .thenRefuses(FundingRefusal.PRESENTATION_WINDOW_OUT_OF_RANGE);
      ledger.when(days(90, 60, -1, 0)).thenRefuses(FundingRefusal.TOLERANCE_OUT_OF_RANGE);
      ledger.when(days(90, 60, 367, 0)).thenRefuses(FundingRefusal.TOLERANCE_OUT_OF_RANGE);
      ledger.when(days(90, 60, 30, -1)).thenRefuses(FundingRefusal.CHEQUES_PER_VISIT_OUT_OF_RANGE);
      ledger
          .when(days(90, 60, 30, 1_001))
          .thenRefuses(FundingRefusal.CHEQUES_PER_VISIT_OUT_OF_RANGE);
      ledger.when(days(1, 0, 0, 0)).thenRecordsOne(ProgrammeDefined.class);
    }

    @Test
    void aPublicIsACodeAndNeverASentence() {
      for (String code : List.of("", "Jean Dupont", "-job", "chômeurs", "x".repeat(41))) {
        ledger
            .when(with(List.of(code), List.of(), List.of()))
            .thenRefuses(FundingRefusal.PUBLIC_CODE_NOT_USABLE);
      }
      ledger
          .when(with(List.of("job-seeker", "RSA"), List.of(), List.of()))
          .thenRecordsOne(ProgrammeDefined.class);
    }

    @Test
    void aServiceCanBeReadByAPerson() {
      for (String service : List.of("", " ", "a\u0000b", "a\u202Eb", " a", "x".repeat(201))) {
        ledger
            .when(with(List.of(), List.of(service), List.of()))
            .thenRefuses(FundingRefusal.SERVICE_NOT_READABLE);
      }
    }

    @Test
    void nothingIsListedTwice() {
      ledger
          .when(with(List.of("RSA", "RSA"), List.of(), List.of()))
          .thenRefuses(FundingRefusal.LISTED_TWICE)
          .about("eligiblePublics");
      ledger
          .when(with(List.of(), List.of("Wifi", "Wifi"), List.of()))
          .thenRefuses(FundingRefusal.LISTED_TWICE)
          .about("eligibleServices");
      ledger
          .when(with(List.of(), List.of(), List.of(CREUSE, CREUSE)))
          .thenRefuses(FundingRefusal.LISTED_TWICE)
          .about("territory")
          .saying("23");
    }

    @Test
    void aListHasAnEnd() {
      List<String> codes = IntStream.rangeClosed(1, 201).mapToObj(i -> "p" + i).toList();

      ledger
          .when(with(codes, List.of(), List.of()))
          .thenRefuses(FundingRefusal.LIST_TOO_LONG)
          .saying("got 201");
      ledger
          .when(with(List.of(), codes, List.of()))
          .thenRefuses(FundingRefusal.LIST_TOO_LONG)
          .about("eligibleServices");
    }

    @Test
    void aNameCanBePrinted() {
      for (String name : List.of("", " ", "Pass ", "a\nb", "x".repeat(161))) {
        ledger
            .when(
                new DefineProgramme(
                    PROGRAMME,
                    name,
                    0,
                    10,
                    90,
                    60,
                    30,
                    List.of(),
                    List.of(),
                    List.of(),
                    0,
                    ConflictOfInterest.FLAG,
                    Optional.empty()))
            .thenRefuses(FundingRefusal.NAME_NOT_READABLE);
      }
    }

    private DefineProgramme days(int validity, int window, int tolerance, int perVisit) {
      return new DefineProgramme(
          PROGRAMME,
          "Pass",
          1_000,
          10,
          validity,
          window,
          tolerance,
          List.of(),
          List.of(),
          List.of(),
          perVisit,
          ConflictOfInterest.FLAG,
          Optional.empty());
    }

    private DefineProgramme with(
        List<String> publics, List<String> services, List<Departement> territory) {
      return new DefineProgramme(
          PROGRAMME,
          "Pass",
          1_000,
          10,
          90,
          60,
          30,
          publics,
          services,
          territory,
          0,
          ConflictOfInterest.FLAG,
          Optional.empty());
    }
  }

  @Nested
  class Funders {
    private static final RegisterFunder ANCT =
        new RegisterFunder(STATE, "ANCT", FunderRegistered.Kind.STATE);

    private final DecisionFixture ledger = FundedWorld.empty().ledger;

    @Test
    void aFunderIsRegisteredOnce() {
      ledger
          .when(ANCT)
          .thenRecords(new FunderRegistered(STATE, "ANCT", FunderRegistered.Kind.STATE));
      ledger.send(ANCT);

      ledger.when(ANCT).thenAlreadyRecorded().thenRecordedAt(1);
      ledger
          .when(new RegisterFunder(STATE, "ANCT", FunderRegistered.Kind.OTHER))
          .thenRefuses(FundingRefusal.FUNDER_ALREADY_REGISTERED)
          .saying("anct");
    }

    @Test
    void aFunderHasAName() {
      ledger
          .when(new RegisterFunder(STATE, "", FunderRegistered.Kind.STATE))
          .thenRefuses(FundingRefusal.NAME_NOT_READABLE);
    }
  }

  @Nested
  class Agreements {
    private final DecisionFixture ledger = FundedWorld.programmed().ledger;
    private final Share state = share(STATE, 5714, 100_000);
    private final Share region = share(REGION, 4286, 100_000);

    @Test
    void anAgreementIsSignedWithItsKeyAtVersionOneInTheOrderThatWasSent() {
      ledger
          .when(agreement(region, state))
          .thenRecords(
              new AgreementSigned(
                  AGREEMENT,
                  PROGRAMME,
                  LocalDate.of(2025, 12, 15),
                  PERIOD_STARTS,
                  PERIOD_ENDS,
                  List.of(CORREZE, CREUSE),
                  1,
                  List.of(region, state)));
    }

    @Test
    void signedTwiceAlikeItIsAnsweredAsTheFirstTime() {
      ledger.send(agreement(state, region));

      ledger.when(agreement(state, region)).thenAlreadyRecorded().thenRecordedAt(4);
    }

    @Test
    void anotherOrderOfTheKeyIsAnotherAgreementBecauseItSettlesTies() {
      ledger.send(agreement(state, region));

      ledger
          .when(agreement(region, state))
          .thenRefuses(FundingRefusal.AGREEMENT_ALREADY_SIGNED)
          .about("agreement");
    }

    @Test
    void programmeAndFundersAreKnownFirst() {
      ledger
          .when(agreement(AGREEMENT, new ProgrammeId("other"), state, region))
          .thenRefuses(FundingRefusal.UNKNOWN_PROGRAMME)
          .saying("other");
      ledger
          .when(agreement(state, share(new FunderId("nobody"), 4286, 1)))
          .thenRefuses(FundingRefusal.UNKNOWN_FUNDER)
          .saying("nobody");
    }

    @Test
    void theBasisPointsSumToTenThousand() {
      ledger
          .when(agreement(state, share(REGION, 4285, 1)))
          .thenRefuses(FundingRefusal.SHARES_NOT_WHOLE)
          .saying("got 9999", "add 1");
      ledger
          .when(agreement(state, share(REGION, 4287, 1)))
          .thenRefuses(FundingRefusal.SHARES_NOT_WHOLE)
          .saying("got 10001", "take away 1");
      ledger.when(agreement(share(STATE, 10_000, 1))).thenRecordsOne(AgreementSigned.class);
    }

    @Test
    void eachShareIsAtLeastOneBasisPointAndAtMostTheWhole() {
      for (int points : new int[] {Integer.MIN_VALUE, -1, 0, 10_001, Integer.MAX_VALUE}) {
        ledger
            .when(agreement(share(STATE, points, 1), region))
            .thenRefuses(FundingRefusal.SHARE_OUT_OF_RANGE)
            .saying("got " + points);
      }
      ledger
          .when(agreement(share(STATE, 9_999, 1), share(REGION, 1, 1)))
          .thenRecordsOne(AgreementSigned.class);
    }

    @Test
    void aCeilingIsAboveZeroAndWithinReason() {
      for (long cents : new long[] {Long.MIN_VALUE, -1, 0, 10_000_000_000_001L, Long.MAX_VALUE}) {
        ledger
            .when(agreement(share(STATE, 5714, cents), region))
            .thenRefuses(FundingRefusal.CEILING_OUT_OF_RANGE)
            .about("ceilingCents")
            .saying("got " + cents);
      }
      ledger
          .when(agreement(share(STATE, 5714, 10_000_000_000_000L), share(REGION, 4286, 1)))
          .thenRecordsOne(AgreementSigned.class);
    }

    @Test
    void aFunderHasOneShare() {
      ledger
          .when(agreement(share(STATE, 5000, 1), share(STATE, 5000, 1)))
          .thenRefuses(FundingRefusal.LISTED_TWICE)
          .saying("anct");
    }

    @Test
    void anAgreementHasFundersAndATerritoryWithEachDepartementOnce() {
      ledger.when(agreement()).thenRefuses(FundingRefusal.SHARES_MISSING);
      ledger
          .when(on(TODAY, PERIOD_STARTS, PERIOD_ENDS, List.of()))
          .thenRefuses(FundingRefusal.TERRITORY_MISSING);
      ledger
          .when(on(TODAY, PERIOD_STARTS, PERIOD_ENDS, List.of(CREUSE, CREUSE)))
          .thenRefuses(FundingRefusal.LISTED_TWICE)
          .about("territory");
    }

    @Test
    void moreThanSixtyFourFundersSignAsAGroup() {
      ledger
          .when(agreement(Collections.nCopies(65, state).toArray(Share[]::new)))
          .thenRefuses(FundingRefusal.LIST_TOO_LONG)
          .saying("at most 64", "got 65");
    }

    @Test
    void itIsSignedTodayOrBefore() {
      ledger
          .when(on(TODAY.plusDays(1), PERIOD_STARTS, PERIOD_ENDS, List.of(CREUSE)))
          .thenRefuses(FundingRefusal.SIGNED_IN_FUTURE)
          .saying("2026-03-03", "2026-03-02");
      ledger
          .when(on(TODAY, PERIOD_STARTS, PERIOD_ENDS, List.of(CREUSE)))
          .thenRecordsOne(AgreementSigned.class);
    }

    @Test
    void itIsSignedBeforeItsPeriodIsOver() {
      ledger
          .when(on(TODAY, TODAY.minusDays(30), TODAY.minusDays(1), List.of(CREUSE)))
          .thenRefuses(FundingRefusal.SIGNED_AFTER_PERIOD);
      ledger
          .when(on(TODAY, TODAY.minusDays(30), TODAY, List.of(CREUSE)))
          .thenRecordsOne(AgreementSigned.class);
    }

    @Test
    void itsPeriodRunsForwardsForAtLeastADay() {
      ledger
          .when(on(TODAY, PERIOD_ENDS, PERIOD_ENDS.minusDays(1), List.of(CREUSE)))
          .thenRefuses(FundingRefusal.PERIOD_REVERSED)
          .about("endsOn");
      ledger
          .when(on(TODAY, PERIOD_ENDS, PERIOD_ENDS, List.of(CREUSE)))
          .thenRecordsOne(AgreementSigned.class);
    }

    @Test
    void itsDaysAreOfThisCentury() {
      LocalDate early = LocalDate.of(1999, 12, 31);
      LocalDate late = LocalDate.of(2100, 1, 1);

      ledger
          .when(on(early, PERIOD_STARTS, PERIOD_ENDS, List.of(CREUSE)))
          .thenRefuses(FundingRefusal.DATE_OUT_OF_RANGE)
          .about("signedOn");
      ledger
          .when(on(TODAY, early, PERIOD_ENDS, List.of(CREUSE)))
          .thenRefuses(FundingRefusal.DATE_OUT_OF_RANGE)
          .about("startsOn");
      ledger
          .when(on(TODAY, PERIOD_STARTS, late, List.of(CREUSE)))
          .thenRefuses(FundingRefusal.DATE_OUT_OF_RANGE)
          .about("endsOn")
          .saying("2100-01-01");
    }

    @Test
    void signedByTwoClerksAtTheSameMomentOneVersionStands() {
      ledger.race(agreement(state, region), agreement(region, state));

      assertThat(ledger.facts(AgreementSigned.class))
          .extracting(AgreementSigned::shares)
          .containsExactly(List.of(state, region));
    }

    private SignAgreement on(
        LocalDate signed, LocalDate starts, LocalDate ends, List<Departement> territory) {
      return new SignAgreement(
          AGREEMENT, PROGRAMME, signed, starts, ends, territory, List.of(state, region));
    }
  }

  @Nested
  class Receipts {
    private final DecisionFixture ledger = FundedWorld.usual().ledger;
    private final int before = ledger.facts().size();

    @Test
    void aReceiptNamesTheProgrammeOfItsAgreement() {
      ledger
          .when(receipt("R-1", STATE, 57_140))
          .thenRecords(
              new FundsReceived(
                  new ReceiptId("R-1"),
                  AGREEMENT,
                  PROGRAMME,
                  STATE,
                  57_140,
                  TODAY,
                  Optional.empty()));
    }

    @Test
    void recordedTwiceAlikeTheMoneyIsThereOnce() {
      ledger.send(receipt("R-1", STATE, 57_140));

      ledger.when(receipt("R-1", STATE, 57_140)).thenAlreadyRecorded().thenRecordedAt(before + 1);
    }

    @Test
    void anotherAmountFunderOrDayUnderTheSameReferenceIsAConflict() {
      ledger.send(receipt("R-1", STATE, 57_140));

      ledger
          .when(receipt("R-1", STATE, 57_141))
          .thenRefuses(FundingRefusal.RECEIPT_ALREADY_RECORDED)
          .about("receipt");
      ledger
          .when(receipt("R-1", REGION, 57_140))
          .thenRefuses(FundingRefusal.RECEIPT_ALREADY_RECORDED);
      ledger
          .when(
              new RecordReceipt(new ReceiptId("R-1"), AGREEMENT, STATE, 57_140, TODAY.minusDays(1)))
          .thenRefuses(FundingRefusal.RECEIPT_ALREADY_RECORDED);
      ledger
          .when(
              new RecordReceipt(
                  new ReceiptId("R-1"), new AgreementId("other"), STATE, 57_140, TODAY))
          .thenRefuses(FundingRefusal.RECEIPT_ALREADY_RECORDED);
    }

    @Test
    void recordedByTwoClerksAtTheSameMomentTheMoneyIsThereOnce() {
      ledger.race(receipt("R-1", STATE, 57_140), receipt("R-1", STATE, 57_140));

      assertThat(ledger.facts(FundsReceived.class)).hasSize(1);
    }

    @Test
    void anAmountIsAboveZeroAndWithinReason() {
      for (long cents : new long[] {Long.MIN_VALUE, -1, 0, 10_000_000_000_001L, Long.MAX_VALUE}) {
        ledger
            .when(receipt("R-1", STATE, cents))
            .thenRefuses(FundingRefusal.AMOUNT_OUT_OF_RANGE)
            .about("amountCents")
            .saying("got " + cents);
      }
      ledger.when(receipt("R-1", STATE, 1)).thenRecordsOne(FundsReceived.class);
    }

    @Test
    void agreementAndFunderAreKnown() {
      ledger
          .when(new RecordReceipt(new ReceiptId("R-1"), new AgreementId("other"), STATE, 1, TODAY))
          .thenRefuses(FundingRefusal.UNKNOWN_AGREEMENT);
      ledger
          .when(receipt("R-1", new FunderId("nobody"), 1))
          .thenRefuses(FundingRefusal.UNKNOWN_FUNDER);
    }

    @Test
    void onlyAFunderOfTheAgreementPaysForIt() {
      FunderId commune = new FunderId("gueret");
      ledger.send(new RegisterFunder(commune, "Guéret", FunderRegistered.Kind.OTHER));

      ledger
          .when(receipt("R-1", commune, 1))
          .thenRefuses(FundingRefusal.FUNDER_NOT_IN_AGREEMENT)
          .saying("gueret", "creuse-2026");
    }

    @Test
    void theMoneyIsThereTodayOrBefore() {
      ledger
          .when(new RecordReceipt(new ReceiptId("R-1"), AGREEMENT, STATE, 1, TODAY.plusDays(1)))
          .thenRefuses(FundingRefusal.VALUE_DATE_IN_FUTURE)
          .saying("2026-03-03");
      ledger
          .when(
              new RecordReceipt(
                  new ReceiptId("R-1"), AGREEMENT, STATE, 1, LocalDate.of(1926, 3, 2)))
          .thenRefuses(FundingRefusal.DATE_OUT_OF_RANGE);
    }
  }
}
