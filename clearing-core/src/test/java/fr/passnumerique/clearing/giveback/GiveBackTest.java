package fr.passnumerique.clearing.giveback;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.PERIOD_ENDS;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.cover.CoverRead;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.IssuanceRefusal;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a funder paid in and no cheque needs. */
class GiveBackTest {
  private final FundedWorld world = FundedWorld.usual();
  private final DecisionFixture ledger = world.ledger;

  GiveBackTest() {
    world.must(receipt("R-1", STATE, 10_000));
    world.must(receipt("R-2", REGION, 4_286));
  }

  private static GiveBackCredit giving(String id, FunderId funder, long cents) {
    return new GiveBackCredit(new GiveBackId(id), AGREEMENT, funder, cents, "clerk-1");
  }

  private static CancelGiveBack cancelling(String id) {
    return new CancelGiveBack(new GiveBackId(id), "clerk-2");
  }

  private ActivateCheques activating(String id) {
    return ActivateCheques.all(new ActivationId(id), world.issued("O-" + id, 10));
  }

  private CoverRead.Amounts cover(FunderId funder) {
    return world
        .cover
        .read(new CoverQuery.Filter(Optional.of(AGREEMENT.value()), Optional.of(funder.value())))
        .total();
  }

  @Test
  void isACreditNoteThatSetsItsCentsAsideAndLeavesThemOnTheAccount() {
    GiveBackCredit.Given given = world.must(giving("G-1", STATE, 10_000));

    assertThat(given.creditNote()).isEqualTo(new CreditNoteId("G-1~~anct"));
    assertThat(given.issuedOn()).isEqualTo(TODAY);
    assertThat(cover(STATE).cashCents()).isEqualTo(10_000);
    assertThat(cover(STATE).dueBackCents()).isEqualTo(10_000);
    assertThat(cover(STATE).freeCreditCents()).isZero();
    assertThat(cover(REGION).freeCreditCents()).isEqualTo(4_286);
  }

  @Test
  void notACentMoreThanIsFree() {
    world.must(activating("A-1"));

    ledger
        .when(giving("G-1", STATE, 4_287))
        .thenRefuses(GiveBackRefusal.CREDIT_TOO_LOW)
        .about("amountCents")
        .saying("42.86 €", "42.87 €", "give back at most that");
    world.must(giving("G-1", STATE, 4_286));
    ledger
        .when(giving("G-2", STATE, 1))
        .thenRefuses(GiveBackRefusal.CREDIT_TOO_LOW)
        .saying("0.00 €", "until its cheques expire");
    ledger.when(giving("G-2", REGION, 1)).thenRefuses(GiveBackRefusal.CREDIT_TOO_LOW);
  }

  @Test
  void noChequeIsActivatedWithWhatIsToGoBack() {
    world.must(giving("G-1", STATE, 4_287));
    ledger
        .when(activating("A-1"))
        .thenRefuses(IssuanceRefusal.CASH_MISSING)
        .about("lastOrdinal")
        .having("10")
        .saying("anct", "57.13 €");
    world.must(cancelling("G-1"));
    world.must(giving("G-2", STATE, 4_286));

    world.must(activating("A-2"));
  }

  @Test
  void theLastEuroIsGivenBackOrActivatedAndNeverBoth() {
    var race = ledger.race(giving("G-1", STATE, 10_000), activating("A-1"));

    assertThat(race.decidedAgain()).isTrue();
    assertThat(ledger.facts(ChequesActivated.class)).isEmpty();
  }

  @Test
  void anAgreementThatEndedGivesBackWhatItNeverUsed() {
    ledger.on(PERIOD_ENDS.plusDays(30));

    world.must(giving("G-1", STATE, 10_000));
  }

  @Test
  void ofAnAgreementAndOneOfItsFunders() {
    ledger
        .when(
            new GiveBackCredit(new GiveBackId("G-1"), new AgreementId("none"), STATE, 1, "clerk-1"))
        .thenRefuses(GiveBackRefusal.UNKNOWN_AGREEMENT);
    ledger
        .when(giving("G-1", new FunderId("none"), 1))
        .thenRefuses(GiveBackRefusal.FUNDER_NOT_IN_AGREEMENT)
        .about("funder");
    ledger.when(giving("G-1", STATE, 0)).thenRefuses(GiveBackRefusal.AMOUNT_OUT_OF_RANGE);
    ledger.when(giving("G-1", STATE, -1)).thenRefuses(GiveBackRefusal.AMOUNT_OUT_OF_RANGE);
    world.must(giving("G-1", STATE, 1));
  }

  @Test
  void sentAgainItIsAnsweredAsTheFirstTimeThoughNothingIsFreeAnyMore() {
    world.must(giving("G-1", STATE, 10_000));

    ledger.when(giving("G-1", STATE, 10_000)).thenAlreadyRecorded();
    assertThat(world.must(giving("G-1", STATE, 10_000)).cancelledAt()).isEmpty();
    ledger
        .when(giving("G-1", STATE, 9_999))
        .thenRefuses(GiveBackRefusal.GIVE_BACK_ALREADY_MADE)
        .about("giveBack");
    ledger.when(giving("G-1", REGION, 10_000)).thenRefuses(GiveBackRefusal.GIVE_BACK_ALREADY_MADE);
  }

  @Test
  void cancelledItIsFreeAgainOnceAndItsIdentifierStaysUsed() {
    world.must(giving("G-1", STATE, 10_000));
    world.must(cancelling("G-1"));

    ledger.when(cancelling("G-1")).thenAlreadyRecorded();
    assertThat(cover(STATE).freeCreditCents()).isEqualTo(10_000);
    assertThat(cover(STATE).dueBackCents()).isZero();
    ledger.when(giving("G-1", STATE, 10_000)).thenAlreadyRecorded();
    assertThat(world.must(giving("G-1", STATE, 10_000)).cancelledAt())
        .as("nobody takes it to be set aside")
        .contains((long) ledger.facts().size());
    assertThat(cover(STATE).freeCreditCents()).isEqualTo(10_000);
    ledger.when(cancelling("G-9")).thenRefuses(GiveBackRefusal.UNKNOWN_GIVE_BACK);
  }

  @Test
  void whatIsGivenBackCanBeCalledAgainBelowTheCeiling() {
    assertThat(refusal(calling(990_001))).isEqualTo("CALL_ABOVE_CEILING");
    world.must(giving("G-1", STATE, 4_000));
    assertThat(refusal(calling(994_001))).isEqualTo("CALL_ABOVE_CEILING");
    assertThat(refusal(calling(994_000))).isEqualTo("ACCEPTED");
    world.must(cancelling("G-1"));

    assertThat(refusal(calling(990_001))).isEqualTo("CALL_ABOVE_CEILING");
    world.must(calling(990_000));
  }

  private static CallFunds calling(long cents) {
    return new CallFunds(new CallId("C-1"), AGREEMENT, STATE, cents, TODAY.plusDays(30), "clerk-1");
  }

  private String refusal(CallFunds call) {
    return ledger.rehearse(call) instanceof Outcome.Refused<?> refused
        ? refused.refusal().code().toString()
        : "ACCEPTED";
  }
}
