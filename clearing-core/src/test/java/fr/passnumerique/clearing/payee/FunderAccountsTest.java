package fr.passnumerique.clearing.payee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.payee.PayeeAccount.Standing;
import fr.passnumerique.clearing.payee.VenueAccountProposalDropped.Ground;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueLists;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A funder's account is under the same rules as a venue's. */
class FunderAccountsTest {
  private static final FunderId STATE = new FunderId("anct");
  private static final FunderId REGION = new FunderId("nouvelle-aquitaine");
  private static final String IBAN = "FR7630006000011234567890189";
  private static final String OTHER_IBAN = "FR1420041010050500013M02606";
  private static final Actor FIRST = new Actor("clerk-1", Role.CLERK, "");
  private static final Actor SECOND = new Actor("clerk-2", Role.CLERK, "");

  private final PayeeParts parts = new PayeeParts();
  private final DecisionFixture ledger = parts.ledger();
  private final MemoryVault vault = new MemoryVault();
  private final PayeeAccounts accounts = parts.accounts(ledger, vault);

  FunderAccountsTest() {
    ledger.given(registered(STATE), registered(REGION));
  }

  private static FunderRegistered registered(FunderId funder) {
    return new FunderRegistered(
        funder, funder.value(), FunderRegistered.Kind.STATE, Optional.empty());
  }

  private static FunderAccountProposed proposed(FunderId funder, String account) {
    return new FunderAccountProposed(funder, ref(account), "f-" + account, "clerk-1");
  }

  private static VaultReference ref(String account) {
    return new VaultReference(account);
  }

  private static ConfirmPayeeAccount confirm(String account, String by) {
    return new ConfirmPayeeAccount(Payee.of(STATE), ref(account), by);
  }

  private static RefundRejected rejected(FunderId funder, String account) {
    return new RefundRejected(
        new RefundOrderId("A"),
        new TransferId("AV1"),
        new CreditNoteId("o-1~anct"),
        funder,
        LocalDate.of(2026, 4, 2),
        "AC04",
        ref(account));
  }

  @Test
  void theOneThatIsConfirmedIsTheOneThatWasSeen() {
    ledger.given(proposed(STATE, "v1"));

    ledger
        .when(confirm("v2", "clerk-2"))
        .thenRefuses(PayeeRefusal.ACCOUNT_PROPOSAL_DIFFERS)
        .about("account");
    ledger
        .when(confirm("v1", "clerk-1"))
        .thenRefuses(PayeeRefusal.SECOND_PERSON_NEEDED)
        .saying("the account of funder " + STATE + " was proposed by you", "another clerk")
        .about("account");
    ledger
        .when(confirm("v1", "clerk-2"))
        .thenRecords(new FunderAccountOpened(STATE, ref("v1"), "f-v1", "clerk-1", "clerk-2"));
    ledger.send(confirm("v1", "clerk-2"), SECOND);
    ledger.when(confirm("v1", "clerk-2")).thenAlreadyRecorded();
    ledger.when(confirm("v2", "clerk-2")).thenRefuses(PayeeRefusal.NO_ACCOUNT_PROPOSED);
  }

  @Test
  void aLaterProposalDoesNotTakeThePlaceOfOneThatWaits() {
    PayeeAccount pending = accounts.propose(Payee.of(STATE), IBAN, "Agence", false, FIRST).answer();

    Problem other =
        catchThrowableOfType(
            Problem.class,
            () -> accounts.propose(Payee.of(STATE), OTHER_IBAN, "Autre", false, SECOND));

    assertThat(other.code()).isEqualTo("ACCOUNT_PROPOSAL_PENDING");
    assertThat(other.status()).isEqualTo(409);
    assertThat(vault.entries()).isEqualTo(1);
    assertThat(ledger.facts(FunderAccountProposed.class)).hasSize(1);
    assertThat(accounts.propose(Payee.of(STATE), IBAN, "Agence", false, SECOND).answer())
        .as("the same again is the same proposal, by whoever asks")
        .isEqualTo(pending);
  }

  @Test
  void nothingIsSealedOfAnotherHolderOfTheIbanThatWaits() {
    accounts.propose(Payee.of(STATE), IBAN, "Agence", false, FIRST);

    for (boolean dryRun : new boolean[] {true, false}) {
      Problem other =
          catchThrowableOfType(
              Problem.class,
              () -> accounts.propose(Payee.of(STATE), IBAN, "Autre", dryRun, SECOND));
      assertThat(other.code()).isEqualTo("ACCOUNT_PROPOSAL_PENDING");
    }
    assertThat(vault.entries()).isEqualTo(1);
  }

  @Test
  void aDryRunOfTheAccountInForceSaysThatNothingWouldChange() {
    PayeeAccount first = accounts.propose(Payee.of(STATE), IBAN, "Agence", false, FIRST).answer();
    ledger.send(confirm(first.account().value(), "clerk-2"), SECOND);

    PayeeAccount tried = accounts.propose(Payee.of(STATE), IBAN, "Agence", true, FIRST).answer();

    assertThat(tried.standing()).isEqualTo(Standing.IN_FORCE);
    assertThat(tried.account()).isEqualTo(first.account());
  }

  @Test
  void thereIsNoWayRoundTheSecondPersonByProposingTheSameAgain() {
    PayeeAccount pending = accounts.propose(Payee.of(STATE), IBAN, "Agence", false, FIRST).answer();
    accounts.propose(Payee.of(STATE), IBAN, "Agence", false, SECOND);

    ledger
        .when(confirm(pending.account().value(), "clerk-1"))
        .thenRefuses(PayeeRefusal.SECOND_PERSON_NEEDED);
  }

  @Test
  void ofProposalsStoredBeforeTheLastOneWaits() {
    ledger.given(proposed(STATE, "v1"), proposed(STATE, "v2"));

    ledger.when(confirm("v1", "clerk-2")).thenRefuses(PayeeRefusal.ACCOUNT_PROPOSAL_DIFFERS);
    ledger.when(confirm("v2", "clerk-2")).thenRecordsOne(FunderAccountOpened.class);
  }

  @Test
  void aProposalIsTakenBackByWhoMadeItAndRefusedByOthers() {
    ledger.given(proposed(STATE, "v1"), proposed(REGION, "v2"));
    DropPayeeAccount refusal = new DropPayeeAccount(Payee.of(STATE), ref("v1"), "clerk-2");

    ledger
        .when(new DropPayeeAccount(Payee.of(STATE), ref("v2"), "clerk-2"))
        .thenRefuses(PayeeRefusal.ACCOUNT_PROPOSAL_DIFFERS);
    ledger
        .when(refusal)
        .thenRecords(new FunderAccountProposalDropped(STATE, ref("v1"), Ground.REFUSED, "clerk-2"));
    ledger.send(refusal, SECOND);
    ledger.when(refusal).thenAlreadyRecorded();
    ledger.when(confirm("v1", "clerk-2")).thenRefuses(PayeeRefusal.NO_ACCOUNT_PROPOSED);
    ledger
        .when(new DropPayeeAccount(Payee.of(REGION), ref("v2"), "clerk-1"))
        .thenRecords(
            new FunderAccountProposalDropped(REGION, ref("v2"), Ground.WITHDRAWN, "clerk-1"));
    assertThat(accounts.propose(Payee.of(STATE), IBAN, "Agence", false, FIRST).answer().standing())
        .isEqualTo(Standing.PROPOSED);
  }

  @Test
  void ofAConfirmationAndARefusalAtTheSameMomentOneCounts() {
    ledger.given(proposed(STATE, "v1"));

    ledger.race(
        confirm("v1", "clerk-2"), new DropPayeeAccount(Payee.of(STATE), ref("v1"), "clerk-3"));

    assertThat(
            ledger.facts(FunderAccountOpened.class).size()
                + ledger.facts(FunderAccountProposalDropped.class).size())
        .isEqualTo(1);
  }

  @Test
  void aProposalIsDecidedAgainIfAnotherComesMeanwhileAndStandsIfAnotherFundersDoes() {
    ledger
        .when(new ProposePayeeAccount(Payee.of(STATE), ref("v1"), "f-v1", "clerk-1"))
        .thenIsDecidedAgainAfter(proposed(STATE, "v2"))
        .thenStandsAfter(proposed(REGION, "v3"));
  }

  @Test
  void theSecondPersonIsShownTheEndsOfTheIbanBesideTheAccountInForce() {
    PayeeAccount first = accounts.propose(Payee.of(STATE), IBAN, "Agence", false, FIRST).answer();
    ledger.send(confirm(first.account().value(), "clerk-2"), SECOND);
    accounts.propose(Payee.of(STATE), OTHER_IBAN, "Autre", false, FIRST);

    PayeeAccounts.Accounts found = accounts.find(Payee.of(STATE), FIRST);

    assertThat(found.inForce().orElseThrow().ibanEnds()).isEqualTo("FR76…0189");
    assertThat(found.proposed().orElseThrow().ibanEnds()).isEqualTo("FR14…2606");
    assertThat(found.proposed().orElseThrow().proposedBy()).isEqualTo("clerk-1");
    assertThat(accounts.find(Payee.of(REGION), FIRST).proposed()).isEmpty();
  }

  @Test
  void aDryRunSealsAndRecordsNothing() {
    accounts.propose(Payee.of(STATE), IBAN, "Agence", true, FIRST);

    assertThat(vault.entries()).isZero();
    assertThat(ledger.facts(FunderAccountProposed.class)).isEmpty();
  }

  @Test
  void aFunderThatIsNotRegisteredHasNoAccount() {
    ledger
        .when(new ProposePayeeAccount(Payee.of(new FunderId("none")), ref("v1"), "f-v1", "clerk-1"))
        .thenRefuses(PayeeRefusal.UNKNOWN_FUNDER)
        .about("funderId");
  }

  @Test
  void theBankClosesAnIbanForEveryFunderThatIsRefundedToIt() {
    ledger.given(
        new FunderAccountOpened(STATE, ref("v1"), "f", "clerk-1", "clerk-2"),
        new FunderAccountOpened(REGION, ref("v2"), "f", "clerk-1", "clerk-2"),
        rejected(STATE, "v1"));

    assertThat(parts.isInForce(Payee.of(STATE), "v1")).isFalse();
    assertThat(parts.isInForce(Payee.of(REGION), "v2")).isFalse();
  }

  @Test
  void theBankClosesTheIbanOfACommuneAsVenueAndAsFunderAtOnce() {
    VenueId venue = new VenueId("21230096100018");
    VenueAccountOpened asVenue = new VenueAccountOpened(venue, ref("v1"), "f");
    FunderAccountOpened asFunder =
        new FunderAccountOpened(STATE, ref("v2"), "f", "clerk-1", "clerk-2");
    ledger.given(VenueLists.listed(venue, "a"), asVenue, asFunder, rejected(STATE, "v2"));

    assertThat(parts.isInForce(Payee.of(venue), "v1")).isFalse();
    assertThat(parts.isInForce(Payee.of(STATE), "v2")).isFalse();

    ledger.given(asVenue, asFunder, VenueAccountsTest.rejected(ref("v1"), venue));

    assertThat(parts.isInForce(Payee.of(venue), "v1")).isFalse();
    assertThat(parts.isInForce(Payee.of(STATE), "v2")).isFalse();
  }

  @Test
  void anAccountOpenedSinceOutlivesTheRejectionOfTheOldOne() {
    ledger.given(
        new FunderAccountOpened(STATE, ref("v1"), "f1", "clerk-1", "clerk-2"),
        new FunderAccountOpened(STATE, ref("v2"), "f2", "clerk-1", "clerk-2"),
        rejected(STATE, "v1"));

    assertThat(parts.isInForce(Payee.of(STATE), "v2")).isTrue();
  }
}
