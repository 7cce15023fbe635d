package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.AGREEMENT;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CHEQUES;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.CREUSE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.GUERET;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.HANDED_OUT;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.PROGRAMME;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.REGION;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.STATE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.VENUE;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.activated;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.handedOut;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.labelled;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.lines;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.listed;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.funding.AgreementAmended;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AgreementSigned.PaymentTerms;
import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AmendmentId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsReceived.Repaid;
import fr.passnumerique.clearing.funding.FundsTransferId;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.Reason;
import fr.passnumerique.clearing.reversal.ReversalId;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.venues.VenueWaived;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** A funder that pays on use and has paid before repays as its cheques are used, to the cent. */
class PaidEarlyTest {
  private static final FunderId EPCI = new FunderId("epci");

  private final RedemptionWorld world = new RedemptionWorld();

  /** Half of each cheque of 10 € is the State's. */
  private void half() {
    begin(onUse(STATE, 5_000), prepaid(5_000));
  }

  private void begin(Share... shares) {
    world.ledger.given(
        signed(shares),
        new RedemptionWorld.Rules().issue(BATCH, 0),
        activated(BATCH, 1, CHEQUES),
        handedOut("h-1", HANDED_OUT, new ChequeRange(BATCH, 1, 50)),
        listed(VENUE, GUERET),
        labelled(LocalDate.of(2026, 1, 1)));
    world.ledger.on(LocalDate.of(2026, 4, 1));
  }

  @Test
  void whatIsThereForAllOfItRepaysAllOfIt() {
    half();
    received("r-1", STATE, 1_500);

    world.redeem("S-1", line(1));

    List<Fact> facts = world.ledger.facts();
    FundsTransferred repayment = (FundsTransferred) facts.getLast();
    assertThat(facts.get(facts.size() - 2)).isInstanceOf(SlipJudged.class);
    assertThat(repayment.repaid()).contains(new Repaid(REGION, 500));
    assertThat(cents(repayment))
        .isEqualTo(
            Map.of(
                "BANK anct", -500L,
                "FUNDER_CREDIT anct", 500L,
                "BANK nouvelle-aquitaine", 500L,
                "FUNDER_CREDIT nouvelle-aquitaine", -500L,
                "ON_USE_CLAIM anct", -500L,
                "ON_USE_ADVANCE nouvelle-aquitaine", 500L));
    assertThat(owed(STATE)).isZero();

    world.redeem("S-2", lines(2, 3));
    assertThat(repaid()).containsExactly(tuple("anct", 500L), tuple("anct", 1_000L));
    world.redeem("S-3", line(4));
    assertThat(repaid()).hasSize(2);
    assertThat(owed(STATE)).isEqualTo(500);
  }

  @Test
  void aCentShortIsOwedUntilItComesAndTheNextSlipPaysBoth() {
    half();
    received("r-1", STATE, 499);

    world.redeem("S-1", line(1));
    assertThat(repaid()).containsExactly(tuple("anct", 499L));
    assertThat(owed(STATE)).isEqualTo(1);

    // As if it had come at the same moment as the slip: none of it has repaid anything.
    received("r-2", STATE, 502);
    world.redeem("S-2", line(2));
    assertThat(repaid()).containsExactly(tuple("anct", 499L), tuple("anct", 501L));
    assertThat(owed(STATE)).isZero();
  }

  @Test
  void ofTwoFundersEachPaysItsOwnWithItsOwn() {
    begin(onUse(STATE, 2_500), onUse(EPCI, 2_500), prepaid(5_000));
    received("r-1", STATE, 10_000);
    received("r-2", EPCI, 249);

    world.redeem("S-1", line(1), line(2), line(3), line(4));

    assertThat(repaid()).containsExactlyInAnyOrder(tuple("anct", 1_000L), tuple("epci", 249L));
    assertThat(owed(STATE)).isZero();
    assertThat(owed(EPCI)).isEqualTo(751);
    assertThat(world.ledger.facts(FundsTransferred.class))
        .extracting(FundsTransferred::transfer)
        .doesNotHaveDuplicates();
  }

  @Test
  void whatThePreFinancierPaidInRepaysNobody() {
    half();
    received("r-1", REGION, 10_000);
    world.redeem("S-1", line(1));
    assertThat(repaid()).isEmpty();
  }

  @Test
  void aWaivedLineAndARejectedOneAreOwedByNobody() {
    half();
    received("r-1", STATE, 1_500);
    world.ledger.given(new VenueWaived(VENUE, HANDED_OUT, "courrier", "agent-1"));
    world.redeem("S-1", line(1), line(51));
    assertThat(world.ledger.facts().getLast()).isInstanceOf(SlipJudged.class);
    assertThat(repaid()).isEmpty();
  }

  @Test
  void whatAReversedLineHadRepaidPaysForTheNextOne() {
    half();
    received("r-1", STATE, 1_500);
    world.redeem("S-1", line(1));
    SlipJudged slip = world.ledger.facts(SlipJudged.class).getLast();
    world.ledger.given(reversed(slip));
    assertThat(owed(STATE)).isEqualTo(-500);

    world.redeem("S-2", line(2));
    assertThat(repaid()).hasSize(1);
    world.redeem("S-3", line(3));
    assertThat(repaid()).containsExactly(tuple("anct", 500L), tuple("anct", 500L));
  }

  private LinesReversed reversed(SlipJudged slip) {
    return new LinesReversed(
        new ReversalId("indu-1"),
        VENUE,
        slip.reference(),
        world.register.slip(VENUE, slip.reference()),
        List.of(
            new ReversedLine(
                1,
                line(1).cheque().serial(),
                ReversedLine.Standing.OWED,
                Optional.empty(),
                slip.owed())),
        Reason.values()[0],
        Optional.empty(),
        "clerk-1",
        Optional.empty(),
        LocalDate.of(2026, 5, 1));
  }

  @Test
  void aWithdrawnSlipTooAndASlipSentAgainRepaysNothingMore() {
    half();
    received("r-1", STATE, 1_500);
    world.redeem("S-1", line(1));
    world.ledger.when(world.slip("S-1", line(1))).thenAlreadyRecorded();
    assertThat(repaid()).hasSize(1);
    world.ledger.send(
        new WithdrawSlip(
            world.ledger.facts(SlipJudged.class).getLast(),
            world.register.slip(VENUE, new SlipReference("S-1"))));
    assertThat(owed(STATE)).isEqualTo(-500);
    world.redeem("S-2", line(1));
    assertThat(repaid()).hasSize(1);
  }

  @Test
  void itsCreditIsNeitherTakenTwiceNorLeft() {
    half();
    received("r-1", STATE, 500);
    FundsTransferred leaves =
        new FundsTransferred(
            new FundsTransferId("t-1"),
            STATE,
            AGREEMENT,
            PROGRAMME,
            new AgreementId("other"),
            PROGRAMME,
            500,
            Optional.empty());
    world.ledger.when(world.slip("S-1", line(1))).thenIsDecidedAgainAfter(leaves);

    world.ledger.given(leaves);
    world.redeem("S-1", line(1));
    assertThat(repaid()).isEmpty();
    assertThat(owed(STATE)).isEqualTo(500);
    // Nor is what comes meanwhile left where it is.
    world
        .ledger
        .when(world.slip("S-2", line(2)))
        .thenIsDecidedAgainAfter(receipt("r-2", STATE, 500));
  }

  /** Otherwise it would repay what is not owed any more. */
  @Test
  void aUseThatIsTakenBackMeanwhileHasASlipDecidedAgain() {
    half();
    world.redeem("S-1", line(1));
    SlipJudged slip = world.ledger.facts(SlipJudged.class).getLast();
    received("r-1", STATE, 1_000);
    SlipWithdrawn withdrawn =
        new SlipWithdrawn(
            VENUE,
            slip.reference(),
            world.register.slip(VENUE, slip.reference()),
            slip.presentedAt(),
            slip.acceptedCheques(),
            slip.owed(),
            List.of(),
            List.of());
    world.ledger.when(world.slip("S-2", line(2))).thenIsDecidedAgainAfter(withdrawn);
    world.ledger.when(world.slip("S-2", line(2))).thenIsDecidedAgainAfter(reversed(slip));
    world.ledger.given(withdrawn);
    world.redeem("S-2", line(2));
    assertThat(repaid()).containsExactly(tuple("anct", 500L));
    assertThat(owed(STATE)).isZero();
  }

  @Test
  void ofAnAgreementThatIsPrepaidNoSlipWaitsForCash() {
    begin(new Share(STATE, 5_000, 1_000_000_000, PaymentTerms.PREPAID), prepaid(5_000));
    received("r-1", STATE, 500);
    world.ledger.when(world.slip("S-1", line(1))).thenStandsAfter(receipt("r-2", STATE, 500));
    world.redeem("S-1", line(1));
    assertThat(repaid()).isEmpty();
  }

  private void received(String receipt, FunderId funder, long cents) {
    world.ledger.given(receipt(receipt, funder, cents));
  }

  /** All of it the funder's own. */
  static FundsReceived receipt(String receipt, FunderId funder, long cents) {
    return new FundsReceived(
        new ReceiptId(receipt),
        AGREEMENT,
        PROGRAMME,
        funder,
        cents,
        LocalDate.of(2026, 3, 1),
        Optional.empty());
  }

  /** Its second version: half of each cheque is the State's, and advanced. */
  static AgreementAmended amendedToHalfOnUse() {
    return new AgreementAmended(
        new AmendmentId("on-use"),
        AGREEMENT,
        2,
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2026, 1, 1),
        LocalDate.of(2027, 12, 31),
        List.of(CREUSE),
        List.of(onUse(STATE, 5_000), prepaid(5_000)));
  }

  private List<Tuple> repaid() {
    return world.ledger.facts(FundsTransferred.class).stream()
        .filter(FundsTransferred::staysWithinAgreement)
        .map(fact -> tuple(fact.funder().value(), fact.repaid().orElseThrow().cents()))
        .toList();
  }

  private long owed(FunderId funder) {
    return world.register.paidEarly().debts().cents(AGREEMENT, funder);
  }

  private static Share onUse(FunderId funder, int basisPoints) {
    return new Share(funder, basisPoints, 1_000_000_000, PaymentTerms.ON_USE, Optional.of(REGION));
  }

  private static Share prepaid(int basisPoints) {
    return new Share(REGION, basisPoints, 1_000_000_000, PaymentTerms.PREPAID);
  }

  /** By kind of account and funder, without what remembers. */
  private static Map<String, Long> cents(Fact fact) {
    return Postings.of(fact).stream()
        .collect(
            Collectors.groupingBy(
                entry -> entry.account().kind() + " " + entry.account().funder(),
                Collectors.summingLong(Entry::cents)));
  }
}
