package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.AGREEMENT;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.BUS;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CHEQUES;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CREUSE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.ELSEWHERE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.GUERET;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.HANDED_OUT;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.LYON;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.OTHER_VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.PROGRAMME;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.REGION;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.RHONE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.SERVICE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.STATE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.activated;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.at;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.cheque;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.forged;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.handedOut;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.labelled;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.lines;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.listed;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.of;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.served;
import static fr.passnumerique.clearing.redemption.SlipRefusal.NO_LINES;
import static fr.passnumerique.clearing.redemption.SlipRefusal.SERVICE_DATE_OUT_OF_RANGE;
import static fr.passnumerique.clearing.redemption.SlipRefusal.SLIP_REFERENCE_REUSED;
import static fr.passnumerique.clearing.redemption.SlipRefusal.TOO_MANY_LINES;
import static fr.passnumerique.clearing.redemption.SlipRefusal.UNKNOWN_POINT_OF_SERVICE;
import static fr.passnumerique.clearing.redemption.SlipRefusal.UNKNOWN_VENUE;
import static fr.passnumerique.clearing.redemption.Verdict.ACCEPTED;
import static fr.passnumerique.clearing.redemption.Verdict.ALREADY_REDEEMED;
import static fr.passnumerique.clearing.redemption.Verdict.TOO_MANY_IN_ONE_VISIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.RedemptionWorld.Rules;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueIdentified;
import fr.passnumerique.clearing.venues.VenueLabelled;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlipDecisionTest {
  private final RedemptionWorld world = RedemptionWorld.usual();

  @Nested
  class WhatIsOwed {
    @Test
    void whatIsOwedIsToldApartByWhereItIsSpentAndWhereItWasFunded() {
      Batch other = Batch.of(8);
      Rules fundedInRhone = new Rules();
      fundedInRhone.fundingDepartement = RHONE;
      world.ledger.given(
          fundedInRhone.issue(other, 100_000),
          activated(other, 1, 10),
          handedOut("h-2", HANDED_OUT, new ChequeRange(other, 1, 10)));

      SlipJudged judged = world.judged(line(1), at(line(2), LYON), line(cheque(other, 1)), line(3));

      assertThat(flow(judged, CREUSE, CREUSE)).isEqualTo(2_000);
      assertThat(flow(judged, CREUSE, RHONE)).isEqualTo(1_000);
      assertThat(flow(judged, RHONE, CREUSE)).isEqualTo(1_000);
    }

    private static long flow(SlipJudged judged, Departement funding, Departement spending) {
      return judged.owed().stream()
          .filter(part -> part.fundingDepartement().equals(funding))
          .filter(part -> part.spendingDepartement().equals(spending))
          .mapToLong(SpentCents::cents)
          .sum();
    }

    @Test
    void theSharesOfTheAcceptedChequesSumToTheirFaceValue() {
      SlipJudged slip = world.judged(lines(1, 3));

      // 57.14 % of 10 € is 5.714 €: the third cheque brings the State the cent it was short of.
      assertThat(slip.owed())
          .containsExactly(owed(CREUSE, STATE, 1_714), owed(CREUSE, REGION, 1_286));
      assertThat(slip.acceptedCents()).isEqualTo(3_000);
    }

    @Test
    void whatAChequeIsMadeOfDoesNotDependOnWhenItIsRedeemed() {
      long first = world.judged(line(1)).owed().getFirst().cents();
      world.redeem("S-0", lines(2, 40));
      assertThat(world.judged(line(1)).owed().getFirst().cents()).isEqualTo(first);
    }

    @Test
    void eachDepartementOfSpendingIsAFlowOfItsOwnInOrderOfItsFirstLine() {
      SlipJudged slip =
          world.judged(at(line(1), LYON), line(2), at(line(3), BUS), at(line(4), LYON));

      assertThat(slip.owed().stream().map(SpentCents::spendingDepartement))
          .containsExactly(RHONE, RHONE, CREUSE, CREUSE);
      assertThat(slip.owed().stream().map(SpentCents::funder))
          .containsExactly(STATE, REGION, STATE, REGION);
      assertThat(slip.acceptedCents()).isEqualTo(4_000);
    }

    @Test
    void chequesOfTwoOrdersOfOneAgreementAreOneFlow() {
      Batch second = Batch.of(8);
      world.ledger.given(
          new Rules().issue(second, 100_000),
          activated(second, 1, CHEQUES),
          handedOut("h-2", HANDED_OUT, new ChequeRange(second, 1, 10)));

      assertThat(world.judged(line(1), line(cheque(second, 1)), line(2)).owed()).hasSize(2);
    }

    @Test
    void aFunderWithoutACentInTheseChequesIsNotNamed() {
      RedemptionWorld small = new RedemptionWorld();
      small.ledger.given(
          RedemptionWorld.signed(
              new Share(new FunderId("foundation"), 1, 1_000_000, PaymentTerms.PREPAID),
              new Share(STATE, 9_999, 1_000_000_000, PaymentTerms.PREPAID)),
          new Rules().issue(BATCH, 0),
          activated(BATCH, 1, CHEQUES),
          handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, 50)),
          listed(VENUE, GUERET),
          labelled(HANDED_OUT));
      small.ledger.on(LocalDate.of(2026, 4, 1));

      List<Integer> named =
          IntStream.rangeClosed(1, 10)
              .mapToObj(ordinal -> small.judged(line(ordinal)).owed().size())
              .toList();
      // One cent in ten thousand, so in one cheque of ten.
      assertThat(named).containsOnly(1, 2).containsOnlyOnce(2);
    }

    @Test
    void aSlipWithoutAnAcceptedLineOwesNothingAndIsRecorded() {
      SlipJudged slip = world.judged(line(forged(1)));
      assertThat(slip.owed()).isEmpty();
      assertThat(slip.acceptedCount()).isZero();
      assertThat(slip.chequesTouched()).isEmpty();
    }

    private static SpentCents owed(Departement spending, FunderId funder, long cents) {
      return new SpentCents(
          PROGRAMME, AGREEMENT, 1, CREUSE, spending, funder, cents, Optional.empty());
    }
  }

  @Nested
  class TheSameSlipAgain {
    @Test
    void isAnsweredWithTheRecordedVerdictsAndAddsNothing() {
      SubmitSlip slip = world.slip("S-1", line(1), line(forged(2)));
      Outcome<SlipJudged> first = world.ledger.send(slip);
      int head = world.ledger.facts().size();
      // Judged anew, every verdict would be another.
      world.ledger.on(LocalDate.of(2027, 12, 1));

      Outcome<SlipJudged> again = world.ledger.send(world.slip("S-1", line(1), line(forged(2))));

      assertThat(((Outcome.Recorded<SlipJudged>) again).already()).isTrue();
      assertThat(((Outcome.Recorded<SlipJudged>) again).answer())
          .isEqualTo(((Outcome.Recorded<SlipJudged>) first).answer());
      assertThat(world.ledger.facts()).hasSize(head);
    }

    @Test
    void withOtherContentsIsRefusedAndSaysWhatToDo() {
      world.redeem("S-1", line(1), line(2));
      List<SlipLine[]> others =
          List.of(
              new SlipLine[] {line(1)},
              new SlipLine[] {line(1), line(2), line(3)},
              new SlipLine[] {line(2), line(1)},
              new SlipLine[] {line(1), line(3)},
              new SlipLine[] {line(1), line(forged(2))},
              new SlipLine[] {line(1), served(line(2), LocalDate.of(2026, 3, 17))},
              new SlipLine[] {line(1), at(line(2), BUS)},
              new SlipLine[] {line(1), of(line(2), "Autre")});
      for (SlipLine[] other : others) {
        world
            .presenting(other)
            .thenRefuses(SLIP_REFERENCE_REUSED)
            .about("reference")
            .saying("S-1", "2026-04-01", "new reference");
      }
      world.presenting(line(1), line(2)).thenAlreadyRecorded();
    }

    @Test
    void isKnownWhateverTheUnicodeFormAndTheSpacesOfItsService() {
      world.redeem("S-1", line(1));
      world.presenting(of(line(1), " Utiliser le nume\u0301rique ")).thenAlreadyRecorded();
    }

    @Test
    void ofAnotherVenueIsAnotherSlip() {
      world.redeem("S-1", line(1));
      world.ledger.given(listed(OTHER_VENUE, ELSEWHERE));
      SubmitSlip other =
          world.desk.prepare(
              OTHER_VENUE, new SlipReference("S-1"), List.of(at(line(1), ELSEWHERE)));
      assertThat(world.ledger.when(other).thenRecordsOne(SlipJudged.class).venue())
          .isEqualTo(OTHER_VENUE);
    }

    @Test
    void isStillKnownWhenTheCheckKeyOfTheDayIsAnother() {
      world.redeem("S-1", line(1));
      SubmitSlip underNewKey =
          new SubmitSlip(
              VENUE,
              new SlipReference("S-1"),
              List.of(line(1)),
              new byte[] {SubmitSlip.GENUINE},
              "check-2-OTHER0:nothing-alike");
      world.ledger.when(underNewKey).thenAlreadyRecorded();
    }

    @Test
    void atTheSameMomentIsRecordedOnce() {
      var race = world.ledger.race(world.slip("S-1", line(1)), world.slip("S-1", line(1)));
      assertThat(race.decidedAgain()).isTrue();
      assertThat(((Outcome.Recorded<SlipJudged>) race.second()).already()).isTrue();
      assertThat(world.ledger.facts(SlipJudged.class)).hasSize(1);
    }
  }

  @Nested
  class Boundaries {
    private final Batch unissued = Batch.of(8);

    @Test
    void everythingThatAVerdictDependsOnHasTheSlipDecidedAgain() {
      ChequesIssued late = new Rules().issue(unissued, 100_000);
      world
          .presenting(line(1), line(60), line(cheque(unissued, 1)))
          .thenIsDecidedAgainAfter(
              activated(BATCH, 51, 60),
              handedOut("h-9", HANDED_OUT, new ChequeRange(BATCH, 60, 60)),
              late,
              labelled(LocalDate.of(2026, 3, 1)),
              listed(VENUE, GUERET, ELSEWHERE),
              slipOf(OTHER_VENUE, "S-9", line(1)),
              slipOf(VENUE, "S-1", line(30)));
    }

    @Test
    void aRejectedChequeIsWithinItToo() {
      // Whoever redeems it first has this line answer ALREADY_REDEEMED.
      world
          .presenting(served(line(1), HANDED_OUT.minusDays(1)))
          .thenIsDecidedAgainAfter(slipOf(OTHER_VENUE, "S-9", line(1)));
    }

    @Test
    void slipsOfOtherChequesOfTheSameBatchDoNotDisturbEachOther() {
      world
          .presenting(line(1), line(2))
          .thenStandsAfter(slipOf(OTHER_VENUE, "S-9", line(3)), slipOf(VENUE, "S-2", line(11)));
    }

    @Test
    void twoVenuesThatPresentOneChequeAtTheSameMomentHaveOneWinner() {
      world.ledger.given(
          listed(OTHER_VENUE, ELSEWHERE), new VenueLabelled(OTHER_VENUE, HANDED_OUT, "committee"));
      SubmitSlip other =
          world.desk.prepare(
              OTHER_VENUE, new SlipReference("S-1"), List.of(at(line(1), ELSEWHERE)));
      var race = world.ledger.race(world.slip("S-1", line(1)), other);

      assertThat(race.decidedAgain()).isTrue();
      assertThat(((Outcome.Recorded<SlipJudged>) race.second()).answer().lines().getFirst())
          .extracting(SlipJudged.Line::verdict)
          .isEqualTo(ALREADY_REDEEMED);
    }

    @Test
    void twoSlipsThatFillOneVisitAtTheSameMomentAreCountedTogether() {
      Rules rules = new Rules();
      rules.chequesPerVisit = 2;
      RedemptionWorld limited = RedemptionWorld.with(rules);

      var race =
          limited.ledger.race(
              limited.slip("S-1", line(1), line(2)), limited.slip("S-2", line(10), line(11)));

      assertThat(race.decidedAgain()).isTrue();
      assertThat(
              ((Outcome.Recorded<SlipJudged>) race.second())
                  .answer().lines().stream().map(SlipJudged.Line::verdict))
          .containsExactly(TOO_MANY_IN_ONE_VISIT, ACCEPTED);
    }

    @Test
    void withoutALimitOnVisitsCarnetMatesDoNotDisturbEachOther() {
      var race = world.ledger.race(world.slip("S-1", line(1)), world.slip("S-2", line(2)));
      assertThat(race.decidedAgain()).isFalse();
    }

    private Fact slipOf(VenueId venue, String reference, SlipLine line) {
      SlipJudged judged = world.judged(line);
      return new SlipJudged(
          venue,
          new SlipReference(reference),
          judged.contentDigest(),
          judged.presentedAt(),
          judged.visits(),
          judged.lines().stream()
              .map(
                  l ->
                      new SlipJudged.Line(
                          l.cheque(), l.visit(), Optional.empty(), Optional.empty()))
              .toList(),
          judged.owed());
    }
  }

  @Nested
  class Refusals {
    @Test
    void aVenueThatIsNotListedIsUnknown() {
      world
          .ledger
          .when(world.desk.prepare(OTHER_VENUE, new SlipReference("S-1"), List.of(line(1))))
          .thenRefuses(UNKNOWN_VENUE)
          .having(OTHER_VENUE.value())
          .saying(OTHER_VENUE.value());
    }

    @Test
    void aSlipUnderTheSiretOfAVenueThatKeepsItsNameSaysToWhomItIsToBeSent() {
      world.ledger.given(new VenueIdentified(VENUE, OTHER_VENUE.value(), "clerk-1"));

      world
          .ledger
          .when(world.desk.prepare(OTHER_VENUE, new SlipReference("S-1"), List.of(line(1))))
          .thenRefuses(UNKNOWN_VENUE)
          .saying("send the slip to venue " + VENUE);
    }

    @Test
    void theSiretByWhichAVenueWasIdentifiedWronglyNamesItNoMore() {
      world.ledger.given(
          new VenueIdentified(VENUE, OTHER_VENUE.value(), "clerk-1"),
          new VenueIdentified(
              VENUE,
              "13002526500039",
              "clerk-1",
              Optional.of(OTHER_VENUE.value()),
              Optional.of("clerk-2")));

      world
          .ledger
          .when(world.desk.prepare(OTHER_VENUE, new SlipReference("S-1"), List.of(line(1))))
          .thenRefuses(UNKNOWN_VENUE)
          .saying("have the venue imported");
    }

    @Test
    void anEmptySlipIsRefused() {
      world.presenting().thenRefuses(NO_LINES).about("lines");
    }

    @Test
    void theLongestSlipIsTakenAndOneWithALineMoreIsRefused() {
      SlipLine[] most = repeated(SubmitSlip.MOST_LINES);
      assertThat(world.judged(most).lines()).hasSize(SubmitSlip.MOST_LINES);
      world
          .presenting(repeated(SubmitSlip.MOST_LINES + 1))
          .thenRefuses(TOO_MANY_LINES)
          .saying("1000", "1001", "several");
    }

    private static SlipLine[] repeated(int times) {
      return IntStream.range(0, times).mapToObj(_ -> line(1)).toArray(SlipLine[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2014-12-31", "2101-01-01", "0026-03-16", "+12026-03-16"})
    void aServiceDateInAnotherCenturyIsRefused(LocalDate servedOn) {
      world
          .presenting(line(1), served(line(2), servedOn))
          .thenRefuses(SERVICE_DATE_OUT_OF_RANGE)
          .about("servedOn")
          .saying("line 2", servedOn.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-01-01", "2100-12-31"})
    void theFirstAndLastServiceDatesAreJudged(LocalDate servedOn) {
      assertThat(world.verdict(served(line(1), servedOn))).isNotEqualTo(ACCEPTED);
    }

    @Test
    void linesOfOneVisitNeedNotStandTogether() {
      SlipJudged slip =
          world.judged(
              line(1), at(line(2), BUS), line(3), of(line(4), "Autre"), at(line(5), BUS), line(6));
      assertThat(slip.lines().stream().map(SlipJudged.Line::visit))
          .containsExactly(0, 1, 0, 2, 1, 0);
      assertThat(
              slip.visits().stream().map(visit -> visit.pointOfService() + " " + visit.service()))
          .containsExactly("gueret " + SERVICE, "bus-aubusson " + SERVICE, "gueret Autre");
    }

    @Test
    void aPointOfServiceOfAnotherVenueIsRefusedAndItsLineNamed() {
      world.ledger.given(listed(OTHER_VENUE, ELSEWHERE));
      world
          .presenting(line(1), at(line(2), ELSEWHERE))
          .thenRefuses(UNKNOWN_POINT_OF_SERVICE)
          .about("pointOfService")
          .saying("line 2", "elsewhere", VENUE.value());
      world
          .presenting(line(1), line(2), at(line(3), BUS), line(4), at(line(5), ELSEWHERE), line(6))
          .thenRefuses(UNKNOWN_POINT_OF_SERVICE)
          .saying("line 5", "elsewhere");
    }

    @Test
    void aRefusedSlipLeavesItsReferenceFree() {
      world.ledger.send(world.slip("S-1"));
      world.redeem("S-1", line(1));
      assertThat(world.ledger.facts(SlipJudged.class)).hasSize(1);
    }
  }

  @Test
  void theMomentOfPresentationIsKeptToTheMicrosecondLikeTheLedgersOwn() {
    world.ledger.at(Instant.parse("2026-04-01T10:00:00.123456789Z"));
    assertThat(world.judged(line(1)).presentedAt())
        .isEqualTo(Instant.parse("2026-04-01T10:00:00.123456Z"));
  }

  @Test
  void noFactAndNoTextHoldsACheckPart() {
    SubmitSlip slip = world.slip("S-1", line(1), line(forged(2)), line(cheque(Batch.of(9), 1)));
    SlipJudged judged = world.ledger.when(slip).thenRecordsOne(SlipJudged.class);
    String json =
        new FactCatalogue(List.of(FactType.v1(SlipJudged.class)), List.of()).write(judged);
    String everything = json + judged + slip + slip.lines();

    for (SlipLine line : slip.lines()) {
      String printed = line.cheque().printed();
      String checkPart = printed.substring(printed.length() - 6);
      assertThat(everything).doesNotContain(checkPart);
      assertThat(everything).doesNotContain(Integer.toString(line.cheque().check()));
    }
  }

  @Test
  void aLedgerThatRedeemsAChequeTwiceStopsTheRegister() {
    world.redeem("S-1", line(1));
    SlipJudged twice = world.ledger.facts(SlipJudged.class).getFirst();
    SlipJudged forged =
        new SlipJudged(
            VENUE,
            new SlipReference("S-2"),
            twice.contentDigest(),
            twice.presentedAt(),
            twice.visits(),
            twice.lines(),
            twice.owed());
    assertThatThrownBy(() -> world.ledger.given(forged))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a second time");
    assertThatThrownBy(() -> world.ledger.given(twice))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("recorded twice");
  }

  @Test
  void overManyRandomSlipsEveryAcceptedChequeIsOwedOnceAndInFull() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Rules rules = new Rules();
    rules.faceValueCents = 700;
    rules.chequesPerVisit = 4;
    RedemptionWorld many = RedemptionWorld.with(rules);

    for (int slip = 0; slip < 60; slip++) {
      List<SlipLine> lines = new ArrayList<>();
      int count = 1 + random.nextInt(8);
      for (int i = 0; i < count; i++) {
        int ordinal = 1 + random.nextInt(CHEQUES + 2);
        SlipLine line = line(random.nextInt(10) == 0 ? forged(ordinal) : cheque(ordinal));
        line = served(line, HANDED_OUT.plusDays(random.nextInt(32) - 1));
        lines.add(at(line, random.nextBoolean() ? GUERET : LYON));
      }
      many.redeem("S-" + slip, lines.toArray(SlipLine[]::new));
    }

    List<SlipJudged> slips = many.ledger.facts(SlipJudged.class);
    List<String> accepted =
        slips.stream()
            .flatMap(slip -> slip.lines().stream())
            .filter(line -> line.verdict() == ACCEPTED)
            .map(line -> line.cheque().orElseThrow().text())
            .toList();
    assertThat(accepted).as("seed %d", seed).isNotEmpty().doesNotHaveDuplicates();
    assertThat(slips.stream().mapToLong(SlipJudged::acceptedCents).sum())
        .as("seed %d", seed)
        .isEqualTo(accepted.size() * 700L);
    for (SlipJudged slip : slips) {
      assertThat(slip.acceptedCents())
          .as("seed %d, slip %s", seed, slip.reference())
          .isEqualTo(slip.acceptedCount() * 700L);
      assertThat(slip.owed()).as("seed %d", seed).allMatch(part -> part.cents() > 0);
    }
  }

  @Test
  void aForgedCodeLeavesTheChequeSpendable() {
    world.redeem("S-0", line(forged(1)));
    assertThat(world.verdict(line(1))).isEqualTo(ACCEPTED);
  }
}
