package fr.passnumerique.clearing.funding;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CREUSE;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.giveback.CancelGiveBack;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.IssuanceRefusal;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A share that is paid on use, and the cash that stands in for it. */
class OnUseTest {
  private final FundedWorld world = FundedWorld.programmed();
  private final DecisionFixture ledger = world.ledger;

  private static Share onUse(FunderId funder, int basisPoints, FunderId preFinancier) {
    return new Share(
        funder, basisPoints, 1_000_000, PaymentTerms.ON_USE, Optional.of(preFinancier));
  }

  private static Share prepaid(FunderId funder, int basisPoints) {
    return share(funder, basisPoints, 1_000_000);
  }

  @Nested
  class AtSignature {
    @Test
    void halfOfAnAgreementMayBePaidOnUse() {
      ledger
          .when(agreement(onUse(STATE, 5_000, REGION), prepaid(REGION, 5_000)))
          .thenRecordsOne(AgreementSigned.class);
    }

    @Test
    void notABasisPointMore() {
      ledger
          .when(agreement(onUse(STATE, 5_001, REGION), prepaid(REGION, 4_999)))
          .thenRefuses(FundingRefusal.ON_USE_SHARES_TOO_HIGH)
          .saying("5000", "5001", "1 basis points");
    }

    @Test
    void allSharesPaidOnUseCountTogether() {
      FunderId epci = registered("epci");
      ledger
          .when(
              agreement(
                  onUse(STATE, 2_501, REGION), onUse(epci, 2_500, REGION), prepaid(REGION, 4_999)))
          .thenRefuses(FundingRefusal.ON_USE_SHARES_TOO_HIGH);
    }

    @Test
    void somebodysCashMustStandInForIt() {
      ledger
          .when(agreement(new Share(STATE, 5_000, 1, PaymentTerms.ON_USE), prepaid(REGION, 5_000)))
          .thenRefuses(FundingRefusal.PRE_FINANCIER_MISSING)
          .about("preFinancier")
          .saying("anct");
    }

    @Test
    void aPrepaidShareNeedsNobodys() {
      ledger
          .when(
              agreement(
                  new Share(STATE, 5_000, 1, PaymentTerms.PREPAID, Optional.of(REGION)),
                  prepaid(REGION, 5_000)))
          .thenRefuses(FundingRefusal.PRE_FINANCIER_UNEXPECTED);
    }

    @Test
    void thePreFinancierIsARegisteredFunderWithOrWithoutAShare() {
      FunderId caisse = new FunderId("caisse");
      ledger
          .when(agreement(onUse(STATE, 5_000, caisse), prepaid(REGION, 5_000)))
          .thenRefuses(FundingRefusal.UNKNOWN_FUNDER)
          .saying("pre-financier caisse of funder anct");
      registered("caisse");
      world.must(agreement(onUse(STATE, 5_000, caisse), prepaid(REGION, 5_000)));
      world.must(receipt("R-1", caisse, 1));
    }

    @Test
    void nobodyAdvancesItsOwnShareNorAnotherPaidOnUse() {
      FunderId epci = registered("epci");
      ledger
          .when(agreement(onUse(STATE, 5_000, STATE), prepaid(REGION, 5_000)))
          .thenRefuses(FundingRefusal.PRE_FINANCIER_NOT_PREPAID);
      ledger
          .when(
              agreement(
                  onUse(STATE, 2_500, epci), onUse(epci, 2_500, REGION), prepaid(REGION, 5_000)))
          .thenRefuses(FundingRefusal.PRE_FINANCIER_NOT_PREPAID)
          .saying("epci");
    }
  }

  @Nested
  class ItsMoney {
    private final Batch batch;

    ItsMoney() {
      world.must(agreement(onUse(STATE, 5_000, REGION), prepaid(REGION, 5_000)));
      batch = world.issued("O-1", 10);
    }

    @Test
    void activationTakesBothSharesOfThePreFinanciersCash() {
      world.must(receipt("R-1", REGION, 9_999));
      ledger
          .when(all())
          .thenRefuses(IssuanceRefusal.CASH_MISSING)
          .saying("100.00 €", "nouvelle-aquitaine", "99.99 €", "cheques 1 to 9");

      world.must(receipt("R-2", REGION, 1));
      ChequesActivated activated = world.must(all());

      assertThat(activated.shares())
          .extracting(FundedCents::funder, FundedCents::advancedBy)
          .containsExactly(tuple(STATE, Optional.of(REGION)), tuple(REGION, Optional.empty()));
      assertThat(cents(activated))
          .isEqualTo(
              Map.of(
                  "CHEQUES_OUTSTANDING nouvelle-aquitaine",
                  -10_000L,
                  "FUNDER_CREDIT nouvelle-aquitaine",
                  10_000L));
    }

    @Test
    void whatThePayerItselfHasPaidInActivatesNothing() {
      world.must(receipt("R-1", STATE, 100_000));

      ledger.when(all()).thenRefuses(IssuanceRefusal.CASH_MISSING).saying("nouvelle-aquitaine");
    }

    @Test
    void acceptedLinesAreOwedFromThePreFinanciersCashAndClaimedFromThePayer() {
      assertThat(cents(slip("S-1", 500)))
          .isEqualTo(
              Map.of(
                  "VENUE_PAYABLE nouvelle-aquitaine", -1_000L,
                  "CHEQUES_OUTSTANDING nouvelle-aquitaine", 1_000L,
                  "TITLES_HANDED_OUT anct", -500L,
                  "TITLES_REDEEMED anct", 500L,
                  "TITLES_HANDED_OUT nouvelle-aquitaine", -500L,
                  "TITLES_REDEEMED nouvelle-aquitaine", 500L,
                  "ON_USE_CLAIM anct", 500L,
                  "ON_USE_ADVANCE nouvelle-aquitaine", -500L));
    }

    @Test
    void whatThePayerPaysComesBackToThePreFinancier() {
      ledger.given(slip("S-1", 500));

      FundsReceived received = world.must(receipt("R-1", STATE, 200));

      assertThat(received.repaid()).contains(new Repaid(REGION, 200));
      assertThat(cents(received))
          .isEqualTo(
              Map.of(
                  "BANK nouvelle-aquitaine", 200L,
                  "FUNDER_CREDIT nouvelle-aquitaine", -200L,
                  "ON_USE_CLAIM anct", -200L,
                  "ON_USE_ADVANCE nouvelle-aquitaine", 200L));
      assertThat(world.must(receipt("R-2", STATE, 300)).repaid()).contains(new Repaid(REGION, 300));
    }

    @Test
    void whatItPaysBeyondItsDebtIsItsOwn() {
      ledger.given(slip("S-1", 500));

      FundsReceived received = world.must(receipt("R-1", STATE, 501));

      assertThat(received.repaid()).contains(new Repaid(REGION, 500));
      assertThat(cents(received))
          .containsEntry("FUNDER_CREDIT anct", -1L)
          .containsEntry("BANK anct", 1L)
          .containsEntry("FUNDER_CREDIT nouvelle-aquitaine", -500L);
      assertThat(world.must(receipt("R-2", STATE, 10)).repaid()).isEmpty();
    }

    @Test
    void sentAgainItIsAnsweredAsTheFirstTimeWhateverIsOwedNow() {
      ledger.given(slip("S-1", 500));
      world.must(receipt("R-1", STATE, 500));

      ledger.when(receipt("R-1", STATE, 500)).thenAlreadyRecorded();
    }

    @Test
    void aPreFinanciersReceiptRepaysNobody() {
      ledger.given(slip("S-1", 500));

      assertThat(world.must(receipt("R-1", REGION, 500)).repaid()).isEmpty();
    }

    /** 1000 cents of the State are free in another agreement. */
    private TransferFunds fromAnother(String transfer, FunderId funder, long cents) {
      return new TransferFunds(
          new FundsTransferId(transfer), funder, new AgreementId("other"), AGREEMENT, cents);
    }

    private void anotherAgreement() {
      AgreementId other = new AgreementId("other");
      world.must(agreement(other, PROGRAMME, prepaid(STATE, 5_000), prepaid(REGION, 5_000)));
      for (FunderId funder : List.of(STATE, REGION)) {
        world.must(
            new RecordReceipt(
                new ReceiptId("R-" + funder), other, funder, 1_000, FundedWorld.TODAY));
      }
    }

    @Test
    void whatItTransfersFromAnotherAgreementComesBackToThePreFinancierToo() {
      anotherAgreement();
      ledger.given(slip("S-1", 500));

      FundsTransferred first = world.must(fromAnother("V-1", STATE, 499));
      FundsTransferred second = world.must(fromAnother("V-2", STATE, 3));

      assertThat(first.repaid()).contains(new Repaid(REGION, 499));
      assertThat(second.repaid()).contains(new Repaid(REGION, 1));
      assertThat(world.must(receipt("R-1", STATE, 10)).repaid()).isEmpty();
      assertThat(cents(second))
          .isEqualTo(
              Map.of(
                  "BANK anct", -1L,
                  "FUNDER_CREDIT anct", 1L,
                  "BANK nouvelle-aquitaine", 1L,
                  "FUNDER_CREDIT nouvelle-aquitaine", -1L,
                  "ON_USE_CLAIM anct", -1L,
                  "ON_USE_ADVANCE nouvelle-aquitaine", 1L));
    }

    @Test
    void aPreFinanciersTransferRepaysNobody() {
      anotherAgreement();
      ledger.given(slip("S-1", 500));

      assertThat(world.must(fromAnother("V-1", REGION, 500)).repaid()).isEmpty();
      assertThat(world.must(fromAnother("V-2", STATE, 500)).repaid())
          .contains(new Repaid(REGION, 500));
    }

    @Test
    void whatIsOwedIsRepaidByAReceiptOrByATransferAndNotTwice() {
      anotherAgreement();
      ledger.given(slip("S-1", 500));

      var race = ledger.race(receipt("R-1", STATE, 500), fromAnother("V-1", STATE, 500));

      assertThat(race.decidedAgain()).isTrue();
      assertThat(ledger.facts(FundsTransferred.class).getLast().repaid()).isEmpty();
    }

    /** After a receipt of the same moment as the slip: else the slip would have repaid it. */
    @Test
    void withinTheAgreementItsCreditRepaysWhatItOwesAndNotACentMore() {
      world.must(receipt("R-1", STATE, 1_000));
      TransferFunds cent = within("V-1", 1);
      ledger.when(cent).thenRefuses(FundingRefusal.SAME_AGREEMENT).saying("0.00 €");
      ledger.given(slip("S-1", 500));

      ledger
          .when(within("V-1", 501))
          .thenRefuses(FundingRefusal.SAME_AGREEMENT)
          .about("to")
          .saying("5.00 €", "5.01 €", "at most that");
      FundsTransferred repayment = world.must(within("V-1", 500));

      assertThat(repayment.repaid()).contains(new Repaid(REGION, 500));
      assertThat(repayment.ownCents()).isZero();
      assertThat(world.must(receipt("R-2", STATE, 1)).repaid()).isEmpty();
    }

    @Test
    void withNoMoreThanIsFree() {
      world.must(receipt("R-1", STATE, 499));
      ledger.given(slip("S-1", 500));
      ledger.when(within("V-1", 500)).thenRefuses(FundingRefusal.CREDIT_TOO_LOW);
      world.must(within("V-1", 499));
    }

    /** Likewise. */
    @Test
    void whatItOwesForChequesUsedDoesNotLeaveAsItsFreeCredit() {
      anotherAgreement();
      world.must(receipt("R-1", STATE, 1_000));
      ledger.given(slip("S-1", 500));

      ledger
          .when(away("V-1", 501))
          .thenRefuses(FundingRefusal.CREDIT_TOO_LOW)
          .saying("5.00 €", "5.01 €", "transferFunds within the agreement");
      assertThat(ledger.send(back("G-1", 501)).toString())
          .contains("CREDIT_TOO_LOW", "5.00 €", "5.01 €", "transferFunds within the agreement");

      world.must(within("V-2", 500));
      world.must(back("G-1", 200));
      world.must(away("V-1", 300));
    }

    @Test
    void whereNothingIsFreeNothingIsSaidToPayFirst() {
      anotherAgreement();
      ledger.given(slip("S-1", 500));
      for (Outcome<?> refused : List.of(ledger.send(away("V-1", 1)), ledger.send(back("G-1", 1)))) {
        assertThat(refused.toString())
            .contains("CREDIT_TOO_LOW", "0.00 €")
            .doesNotContain("transferFunds within the agreement");
      }
    }

    @Test
    void whatIsGivenBackAfterAllPaysItAtOnce() {
      world.must(receipt("R-1", STATE, 800));
      world.must(back("G-1", 700));
      ledger.given(slip("S-1", 500));
      CancelGiveBack cancelling = new CancelGiveBack(new GiveBackId("G-1"), "clerk-2");
      ledger
          .when(cancelling)
          .thenIsDecidedAgainAfter(
              new FundsReceived(
                  new ReceiptId("R-2"),
                  AGREEMENT,
                  PROGRAMME,
                  STATE,
                  1,
                  FundedWorld.TODAY,
                  Optional.empty()));

      world.must(cancelling);

      FundsTransferred repayment = (FundsTransferred) ledger.facts().getLast();
      assertThat(repayment.repaid()).contains(new Repaid(REGION, 500));
      assertThat(repayment.staysWithinAgreement()).isTrue();
      ledger.when(cancelling).thenAlreadyRecorded();
      world.must(back("G-2", 300));
    }

    @Test
    void whatIsRepaidPaysOnWhatItsNewOwnerOwes() {
      eachAdvancesForTheOther();
      ledger.given(slip("S-1", 500), slip("S-2", spent(REGION, 300, Optional.of(STATE))));

      world.must(new CancelGiveBack(new GiveBackId("G-1"), "clerk-2"));

      assertThat(ledger.facts(FundsTransferred.class))
          .extracting(FundsTransferred::funder, transfer -> transfer.repaid().orElseThrow())
          .containsExactly(
              tuple(STATE, new Repaid(REGION, 500)), tuple(REGION, new Repaid(STATE, 300)));
    }

    /** The first has the name that it had before there could be a second. */
    @Test
    void whatComesBackThatWayPaysOnceMoreUnderAnotherName() {
      eachAdvancesForTheOther();
      ledger.given(slip("S-1", 800), slip("S-2", spent(REGION, 300, Optional.of(STATE))));

      world.must(new CancelGiveBack(new GiveBackId("G-1"), "clerk-2"));

      assertThat(ledger.facts(FundsTransferred.class))
          .extracting(FundsTransferred::transfer, transfer -> transfer.repaid().orElseThrow())
          .containsExactly(
              tuple(name("anct"), new Repaid(REGION, 500)),
              tuple(name("nouvelle-aquitaine"), new Repaid(STATE, 300)),
              tuple(name("anct|2"), new Repaid(REGION, 300)));
    }

    private static FundsTransferId name(String funder) {
      return FundsTransferId.repaying("give-back:G-1|" + AGREEMENT + "|" + funder);
    }

    /** By an amendment; and the State has given back five euros. */
    private void eachAdvancesForTheOther() {
      Share advanced = onUse(REGION, 5_000, STATE);
      LocalDate day = FundedWorld.TODAY;
      world.must(
          new AmendAgreement(
              new AmendmentId("A-1"),
              AGREEMENT,
              day,
              day,
              FundedWorld.PERIOD_STARTS,
              FundedWorld.PERIOD_ENDS,
              List.of(CREUSE),
              List.of(prepaid(STATE, 5_000), advanced)));
      world.must(receipt("R-1", STATE, 500));
      world.must(back("G-1", 500));
    }

    private static TransferFunds away(String transfer, long cents) {
      return new TransferFunds(
          new FundsTransferId(transfer), STATE, AGREEMENT, new AgreementId("other"), cents);
    }

    private static GiveBackCredit back(String giveBack, long cents) {
      return new GiveBackCredit(new GiveBackId(giveBack), AGREEMENT, STATE, cents, "clerk-1");
    }

    private static TransferFunds within(String transfer, long cents) {
      return new TransferFunds(new FundsTransferId(transfer), STATE, AGREEMENT, AGREEMENT, cents);
    }

    private ActivateCheques all() {
      return ActivateCheques.all(new ActivationId("A-1"), batch);
    }
  }

  private FunderId registered(String funder) {
    FunderId id = new FunderId(funder);
    world.must(new RegisterFunder(id, funder, FunderRegistered.Kind.EPCI));
    return id;
  }

  /** Half of it the State's, half the region's. */
  private static SlipJudged slip(String reference, long half) {
    return slip(
        reference, spent(STATE, half, Optional.of(REGION)), spent(REGION, half, Optional.empty()));
  }

  private static SlipJudged slip(String reference, SlipJudged.SpentCents... parts) {
    return new SlipJudged(
        new VenueId("21230096100018"),
        new SlipReference(reference),
        "digest",
        Instant.parse("2026-04-01T10:00:00Z"),
        List.of(),
        List.of(),
        List.of(parts));
  }

  private static SlipJudged.SpentCents spent(
      FunderId funder, long cents, Optional<FunderId> advancedBy) {
    return new SlipJudged.SpentCents(
        PROGRAMME, AGREEMENT, 1, CREUSE, CREUSE, funder, cents, advancedBy);
  }

  /** By kind of account and funder. */
  private static Map<String, Long> cents(Fact fact) {
    return Postings.of(fact).stream()
        .collect(
            Collectors.groupingBy(
                entry -> entry.account().kind() + " " + entry.account().funder(),
                Collectors.summingLong(Entry::cents)));
  }
}
