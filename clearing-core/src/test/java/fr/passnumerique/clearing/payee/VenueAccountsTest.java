package fr.passnumerique.clearing.payee;

import static fr.passnumerique.clearing.venues.VenueLists.listed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.settlement.PaidCents;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VenueAccountsTest {
  private static final VenueId VENUE = new VenueId("40109226700020");
  private static final VenueId OTHER = new VenueId("73282932000074");

  /** The examples of the IBAN registry. */
  private static final String FRENCH = "FR1420041010050500013M02606";

  private static final String GERMAN = "DE89370400440532013000";

  private static final Actor FIRST = new Actor("agent-1", Role.CLERK, "");
  private static final Actor SECOND = new Actor("agent-2", Role.CLERK, "");
  private static final Actor ITSELF = new Actor("bus", Role.VENUE, VENUE.value());

  private static final String RING_FENCED = "BE68539007547034";

  private final PayeeRegister register = new PayeeRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(
          List.of(register),
          List.of(
              new ProposePayeeAccountDecision(register),
              new ConfirmPayeeAccountDecision(register),
              new DropPayeeAccountDecision(register)));
  private final MemoryVault vault = new MemoryVault();
  private final PayeeAccounts accounts =
      new PayeeAccounts(
          ledger, vault, Unnoted.readings(vault), register, Supplier::get, RING_FENCED);

  @Test
  void anAccountIsInTheVaultAndTheFactPointsThere() {
    ledger.given(listed(VENUE, "a"));

    Outcome.Recorded<PayeeAccount> outcome =
        open("fr14 2004 1010 0505 0001 3M02 606", " Emmaüs Ruffec ");

    VenueAccountOpened fact = ledger.facts(VenueAccountOpened.class).getFirst();
    assertThat(outcome.answer()).isEqualTo(PayeeAccount.of(fact));
    assertThat(outcome.already()).isFalse();
    assertThat(vault.open(fact.account()))
        .contains(
            Map.of(VenueAccountOpened.IBAN, FRENCH, VenueAccountOpened.HOLDER, "Emmaüs Ruffec"));
    assertThat(fact.fingerprint()).isEqualTo(vault.fingerprint(FRENCH));
    assertThat(fact.toString()).doesNotContain("20041010", "Emmaüs");
  }

  @Test
  void theRingFencedAccountIsNobodysAndIsNotSealed() {
    ledger.given(listed(VENUE, "a"));
    Problem problem = refused("BE68 5390 0754 7034", "Emmaüs");
    assertThat(problem.code()).isEqualTo("ACCOUNT_OF_THE_OPERATOR");
    assertThat(problem.getMessage()).doesNotContain("5390");
    assertThat(vault.entries()).isZero();
  }

  @Test
  void theSameAccountAgainAddsNothing() {
    ledger.given(listed(VENUE, "a"));
    open(FRENCH, "Emmaüs Ruffec");

    assertThat(open(FRENCH, "Emmaüs Ruffec").already()).isTrue();
    assertThat(ledger.facts(VenueAccountOpened.class)).hasSize(1);
    assertThat(vault.entries()).isEqualTo(1);
  }

  @Test
  void anotherAccountOrAnotherHolderReplacesIt() {
    ledger.given(listed(VENUE, "a"));
    open(FRENCH, "Emmaüs Ruffec");
    open(GERMAN, "Emmaüs Ruffec");
    open(GERMAN, "Emmaüs");
    open(FRENCH, "Emmaüs Ruffec");

    assertThat(ledger.facts(VenueAccountOpened.class)).hasSize(4);
  }

  @Test
  void anUnknownVenueIsToldSoAndNothingIsSealed() {
    Problem problem = refused(FRENCH, "Emmaüs");

    assertThat(problem.status()).isEqualTo(404);
    assertThat(problem.code()).isEqualTo("UNKNOWN_VENUE");
    assertThat(vault.entries()).isZero();
  }

  @Test
  void aVenueWithoutASiretIsNotPaidAndNothingIsSealed() {
    VenueId association = new VenueId("W161000119");
    ledger.given(listed(association, "a", IdentifiedBy.RNA));

    Problem problem =
        catchThrowableOfType(Problem.class, () -> openFor(association, FRENCH, "Club"));
    assertThat(problem.code()).isEqualTo("VENUE_NOT_PAYABLE");
    assertThat(problem).hasMessageContaining("RNA").hasMessageContaining("SIRET");
    assertThat(vault.entries()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "FR1520041010050500013M02606, modulo 97",
    "FR1420041010050500013M02607, modulo 97",
    "FR1420041010050500013M0260, longer or shorter",
    "FR1420041010050500013M026061, longer or shorter",
    "FR14, two letters",
    "FR1, two letters",
    "F, two letters",
    "1420041010050500013M02606FR, two letters",
    "FR14-2004-1010-0505-0001-3M02-606, two letters",
    "FR١٤20041010050500013M02606, two letters",
    "XX1420041010050500013M02606, country",
    "US64SVBKUS6S3300958879, country",
    "DE89A70400440532013000, not formed",
    "TR330006100519786457841326, outside SEPA",
    "BR1800360305000010009795493C1, outside SEPA",
    "'', missing",
    "'  ', missing",
  })
  void anIbanThatNoTransferReachesIsRefusedWithoutBeingRepeated(String iban, String told) {
    ledger.given(listed(VENUE, "a"));

    Problem problem = refused(iban, "Emmaüs");

    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.code()).isEqualTo("INVALID_IBAN");
    assertThat(problem).hasMessageContaining(told);
    assertThat(problem.faults()).hasSize(1);
    assertThat(problem.faults().getFirst().field()).isEqualTo("iban");
    assertThat(problem.faults().getFirst().value()).isEmpty();
    assertThat(problem.faults().getFirst().remedy()).isNotBlank();
    if (iban.length() > 4) {
      assertThat(problem.toString() + problem.faults()).doesNotContain(iban);
    }
    assertThat(vault.entries()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FRENCH,
        GERMAN,
        "MC5811222000010123456789030",
        "GB29NWBK60161331926819",
        "CH9300762011623852957",
        "GI75NWBK000000007099453"
      })
  void accountsAreOpenedInAllOfSepa(String iban) {
    ledger.given(listed(VENUE, "a"));

    assertThat(open(iban, "Emmaüs").already()).isFalse();
  }

  @Test
  void aHolderHasOneToSeventyCharactersOnOneLine() {
    ledger.given(listed(VENUE, "a"));

    assertThat(open(FRENCH, "x".repeat(70)).already()).isFalse();
    for (String holder : List.of("", "   ", "x".repeat(71), "a\nb", "Emma\u202esü", "Emma\ud800")) {
      Problem problem = refused(FRENCH, holder);
      assertThat(problem.code()).isEqualTo("INVALID_HOLDER");
      assertThat(problem.faults().getFirst().value()).isEmpty();
    }
  }

  @Test
  void anAccountThatTheBankRejectedIsOpenedAnewByTheSameIban() {
    ledger.given(listed(VENUE, "a"));
    VaultReference account = open(FRENCH, "Emmaüs").answer().account();
    ledger.given(rejected(account, VENUE));

    assertThat(openAgain(VENUE, FRENCH, "Emmaüs").already()).isFalse();
    assertThat(ledger.facts(VenueAccountOpened.class)).hasSize(2);
    assertThat(ledger.facts(VenueAccountProposed.class).getLast().reopening())
        .contains(Reopening.BANK_WAS_WRONG);
  }

  @Test
  void anAccountThatTheBankClosedIsNotProposedAgainWithoutAWord() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference account = open(FRENCH, "Emmaüs").answer().account();
    ledger.given(rejected(account, VENUE));

    Problem problem = refused(FRENCH, "Emmaüs");

    assertThat(problem.code()).isEqualTo("ACCOUNT_CLOSED_BY_BANK");
    assertThat(problem.status()).isEqualTo(409);
    assertThat(problem.getMessage())
        .contains(VENUE.value(), "on 2026-03-01 a transfer to it failed for AC04", "reopening")
        .doesNotContain("2606");
    Problem ofAnother = catchThrowableOfType(Problem.class, () -> openFor(OTHER, FRENCH, "Autre"));
    assertThat(ofAnother.code())
        .as("the bank closed it for all")
        .isEqualTo("ACCOUNT_CLOSED_BY_BANK");
    assertThat(vault.entries()).as("nothing more is sealed").isEqualTo(1);
    assertThat(open(GERMAN, "Emmaüs").already()).as("another needs no word").isFalse();
  }

  @Test
  void whoseAccountTheBankClosedReadsWhenAndWhyUntilAnotherIsInForce() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference account = open(FRENCH, "Emmaüs").answer().account();
    assertThat(accounts.find(Payee.of(VENUE), FIRST).closed()).isEmpty();
    ledger.given(rejected(account, VENUE));

    PayeeAccounts.Accounts found = accounts.find(Payee.of(VENUE), FIRST);
    assertThat(found.inForce()).isEmpty();
    assertThat(found.closed())
        .contains(new AccountsInForce.Closing(LocalDate.of(2026, 3, 1), "AC04"));
    assertThat(accounts.find(Payee.of(OTHER), FIRST).closed()).as("it never had one").isEmpty();
    openAgain(OTHER, FRENCH, "Autre");
    assertThat(accounts.find(Payee.of(VENUE), FIRST).closed())
        .as("another opened the IBAN, not this venue")
        .isPresent();

    open(GERMAN, "Emmaüs");
    assertThat(accounts.find(Payee.of(VENUE), FIRST).closed()).isEmpty();
  }

  @Test
  void theSecondPersonReadsWhyAndAWordThatIsNotNeededIsNotKept() {
    ledger.given(listed(VENUE, "a"));
    VaultReference account = open(FRENCH, "Emmaüs").answer().account();
    ledger.given(rejected(account, VENUE));
    proposeAgain(VENUE, FRENCH, "Emmaüs");

    assertThat(accounts.find(Payee.of(VENUE), FIRST).proposed().orElseThrow().reopening())
        .contains(Reopening.BANK_WAS_WRONG);

    ledger.given(listed(OTHER, "a"));
    proposeAgain(OTHER, GERMAN, "Autre");
    assertThat(accounts.find(Payee.of(OTHER), FIRST).proposed().orElseThrow().reopening())
        .isEmpty();
  }

  @Test
  void anAccountThatTheBankClosesWhileItIsProposedIsNotConfirmed() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference others = openFor(OTHER, FRENCH, "Autre").answer().account();
    PayeeAccount proposed =
        accounts.propose(Payee.of(VENUE), FRENCH, "Emmaüs", false, FIRST).answer();
    ledger.given(rejected(others, OTHER));
    ConfirmPayeeAccount confirmation =
        new ConfirmPayeeAccount(Payee.of(VENUE), proposed.account(), "agent-2");

    ledger
        .when(confirmation)
        .thenRefuses(PayeeRefusal.ACCOUNT_CLOSED_BY_BANK)
        .about("reopening")
        .saying("failed for AC04", "drop the proposal");
  }

  @Test
  void whatWasSaidOfOneClosingIsNotSaidOfTheNext() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference others = openFor(OTHER, FRENCH, "Autre").answer().account();
    ledger.given(rejected(others, OTHER));
    PayeeAccount proposed = proposeAgain(VENUE, FRENCH, "Emmaüs").answer();
    ConfirmPayeeAccount confirmation =
        new ConfirmPayeeAccount(Payee.of(VENUE), proposed.account(), "agent-2");
    VaultReference reopened = openAgain(OTHER, FRENCH, "Autre").answer().account();
    assertThat(ledger.rehearse(confirmation)).isInstanceOf(Outcome.Recorded.class);

    ledger.given(rejected(reopened, OTHER));

    ledger.when(confirmation).thenRefuses(PayeeRefusal.ACCOUNT_CLOSED_BY_BANK);
  }

  @Test
  void aProposalAndAConfirmationAreDecidedAgainIfTheBankClosesTheIbanMeanwhile() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference others = openFor(OTHER, FRENCH, "Autre").answer().account();
    ledger
        .when(
            new ProposePayeeAccount(
                Payee.of(VENUE), new VaultReference("v9"), vault.fingerprint(FRENCH), "agent-1"))
        .thenIsDecidedAgainAfter(rejected(others, OTHER));
    PayeeAccount proposed =
        accounts.propose(Payee.of(VENUE), FRENCH, "Emmaüs", false, FIRST).answer();
    ledger
        .when(new ConfirmPayeeAccount(Payee.of(VENUE), proposed.account(), "agent-2"))
        .thenIsDecidedAgainAfter(rejected(others, OTHER));
  }

  @Test
  void aRejectionClosesTheAccountOfEveryVenueThatItPaidByTheSameIban() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference account = open(FRENCH, "Emmaüs").answer().account();
    openFor(OTHER, FRENCH, "Emmaüs");
    ledger.given(rejected(account, VENUE, OTHER));

    assertThat(register.inForce(Payee.of(VENUE))).isEmpty();
    assertThat(register.inForce(Payee.of(OTHER))).isEmpty();
  }

  @Test
  void aRejectionClosesTheIbanForAVenueThatTheTransferDidNotPayToo() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference account = open(FRENCH, "Emmaüs").answer().account();
    openFor(OTHER, FRENCH, "Emmaüs");
    ledger.given(rejected(account, VENUE));

    assertThat(register.inForce(Payee.of(OTHER))).isEmpty();
    assertThat(openAgain(OTHER, FRENCH, "Emmaüs").already()).isFalse();
    assertThat(register.inForce(Payee.of(OTHER))).isPresent();
    assertThat(register.inForce(Payee.of(VENUE))).as("each opens its own again").isEmpty();
  }

  @Test
  void anAccountOpenedSinceTheRunOutlivesTheRejectionOfTheOldOne() {
    ledger.given(listed(VENUE, "a"));
    VaultReference old = open(FRENCH, "Emmaüs").answer().account();
    open(GERMAN, "Emmaüs");
    ledger.given(rejected(old, VENUE));

    assertThat(open(GERMAN, "Emmaüs").already()).isTrue();
  }

  @Test
  void anAccountIsDecidedAgainIfItOrItsVenueChangesMeanwhile() {
    VaultReference reference = new VaultReference("v1");
    ProposePayeeAccount proposal =
        new ProposePayeeAccount(
            Payee.of(VENUE), reference, "f1", "agent-1", VenueAccountProposed.Proposer.CLERK);
    ledger
        .given(listed(VENUE, "a"))
        .when(proposal)
        .thenIsDecidedAgainAfter(
            new VenueAccountOpened(VENUE, new VaultReference("v2"), "f2"), listed(VENUE, "b"))
        // Whoever opens an account may open the very IBAN that the bank closed.
        .thenIsDecidedAgainAfter(new VenueAccountOpened(OTHER, new VaultReference("v3"), "f3"))
        .thenStandsAfter(listed(OTHER, "a"));

    ledger
        .given(proposed(VENUE, "v1"))
        .when(new ConfirmPayeeAccount(Payee.of(VENUE), reference, "agent-2"))
        .thenIsDecidedAgainAfter(
            new VenueAccountProposalDropped(
                VENUE, reference, VenueAccountProposalDropped.Ground.REFUSED, "agent-3"))
        .thenStandsAfter(proposed(OTHER, "v3"));
  }

  @Test
  void whoProposedAnAccountDoesNotConfirmItAndAnybodyElseDoes() {
    ledger.given(listed(VENUE, "a"), proposed(VENUE, "v1"));

    ledger
        .when(new ConfirmPayeeAccount(Payee.of(VENUE), new VaultReference("v1"), "agent-1"))
        .thenRefuses(PayeeRefusal.SECOND_PERSON_NEEDED)
        .about("account");
    assertThat(register.inForce(Payee.of(VENUE))).as("nothing is paid to it yet").isEmpty();
    ledger
        .when(new ConfirmPayeeAccount(Payee.of(VENUE), new VaultReference("v1"), "agent-2"))
        .thenNeedsAnotherPersonThan("agent-1")
        .thenRecords(
            new VenueAccountOpened(
                VENUE,
                new VaultReference("v1"),
                "f-v1",
                Optional.of("agent-1"),
                Optional.of("agent-2")));
    ledger.send(
        new ConfirmPayeeAccount(Payee.of(VENUE), new VaultReference("v1"), "agent-2"), SECOND);
    assertThat(register.inForce(Payee.of(VENUE))).isPresent();
  }

  @Test
  void aConfirmationSentAgainAddsNothing() {
    ledger.given(listed(VENUE, "a"), proposed(VENUE, "v1"));
    ConfirmPayeeAccount confirmation =
        new ConfirmPayeeAccount(Payee.of(VENUE), new VaultReference("v1"), "agent-2");
    ledger.send(confirmation, SECOND);

    ledger.when(confirmation).thenAlreadyRecorded();
    ledger
        .when(new ConfirmPayeeAccount(Payee.of(VENUE), new VaultReference("v9"), "agent-2"))
        .thenRefuses(PayeeRefusal.NO_ACCOUNT_PROPOSED);
  }

  @Test
  void theAccountInForceStaysSoUntilTheNextIsConfirmed() {
    ledger.given(listed(VENUE, "a"));
    VaultReference first = open(FRENCH, "Emmaüs").answer().account();

    PayeeAccount next = accounts.propose(Payee.of(VENUE), GERMAN, "Emmaüs", false, ITSELF).answer();

    assertThat(next.standing()).isEqualTo(PayeeAccount.Standing.PROPOSED);
    assertThat(register.inForce(Payee.of(VENUE)).orElseThrow().account()).isEqualTo(first);
    assertThat(ledger.facts(VenueAccountProposed.class).getLast().proposer())
        .isEqualTo(VenueAccountProposed.Proposer.VENUE);
    PayeeAccounts.Accounts both = accounts.find(Payee.of(VENUE), FIRST);
    assertThat(both.inForce().orElseThrow().proposer())
        .contains(VenueAccountProposed.Proposer.CLERK);
    assertThat(both.proposed().orElseThrow().proposer())
        .contains(VenueAccountProposed.Proposer.VENUE);
    ledger.send(new ConfirmPayeeAccount(Payee.of(VENUE), next.account(), "agent-1"), FIRST);
    assertThat(register.inForce(Payee.of(VENUE)).orElseThrow().account()).isEqualTo(next.account());
  }

  @Test
  void oneAccountAwaitsASecondPersonAtATime() {
    ledger.given(listed(VENUE, "a"));
    PayeeAccount pending =
        accounts.propose(Payee.of(VENUE), FRENCH, "Emmaüs", false, FIRST).answer();

    Outcome.Recorded<PayeeAccount> again =
        accounts.propose(Payee.of(VENUE), FRENCH, "Emmaüs", false, FIRST);
    assertThat(again.already()).isTrue();
    assertThat(again.answer()).isEqualTo(pending);
    Problem other =
        catchThrowableOfType(
            Problem.class,
            () -> accounts.propose(Payee.of(VENUE), GERMAN, "Emmaüs", false, SECOND));
    assertThat(other.code()).isEqualTo("ACCOUNT_PROPOSAL_PENDING");
    assertThat(other.status()).isEqualTo(409);
    assertThat(vault.entries()).isEqualTo(1);
  }

  @Test
  void anotherAccountThanTheProposedOneIsNotConfirmed() {
    ledger
        .given(listed(VENUE, "a"), proposed(VENUE, "v1"))
        .when(new ConfirmPayeeAccount(Payee.of(VENUE), new VaultReference("v2"), "agent-2"))
        .thenRefuses(PayeeRefusal.ACCOUNT_PROPOSAL_DIFFERS)
        .saying("another account than the one that was named is proposed for venue " + VENUE)
        .about("account");
  }

  @Test
  void aProposalIsTakenBackByWhoMadeItAndRefusedByOthers() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    ledger.given(proposed(VENUE, "v1"), proposed(OTHER, "v2"));
    DropPayeeAccount refusal =
        new DropPayeeAccount(Payee.of(VENUE), new VaultReference("v1"), "agent-2");

    ledger
        .when(refusal)
        .thenRecords(
            new VenueAccountProposalDropped(
                VENUE,
                new VaultReference("v1"),
                VenueAccountProposalDropped.Ground.REFUSED,
                "agent-2"));
    ledger.send(refusal, SECOND);
    ledger.when(refusal).thenAlreadyRecorded();
    ledger
        .when(new DropPayeeAccount(Payee.of(OTHER), new VaultReference("v2"), "agent-1"))
        .thenRecords(
            new VenueAccountProposalDropped(
                OTHER,
                new VaultReference("v2"),
                VenueAccountProposalDropped.Ground.WITHDRAWN,
                "agent-1"));
    ledger
        .when(new ConfirmPayeeAccount(Payee.of(VENUE), new VaultReference("v1"), "agent-2"))
        .thenRefuses(PayeeRefusal.NO_ACCOUNT_PROPOSED);
    assertThat(accounts.propose(Payee.of(VENUE), FRENCH, "Emmaüs", false, FIRST).already())
        .isFalse();
  }

  @Test
  void ofAConfirmationAndARefusalAtTheSameMomentOneCounts() {
    ledger.given(listed(VENUE, "a"), proposed(VENUE, "v1"));

    ledger.race(
        new ConfirmPayeeAccount(Payee.of(VENUE), new VaultReference("v1"), "agent-2"),
        new DropPayeeAccount(Payee.of(VENUE), new VaultReference("v1"), "agent-3"));

    assertThat(
            ledger.facts(VenueAccountOpened.class).size()
                + ledger.facts(VenueAccountProposalDropped.class).size())
        .isEqualTo(1);
  }

  @Test
  void theSecondPersonIsShownTheEndsOfTheIban() {
    ledger.given(listed(VENUE, "a"));
    accounts.propose(Payee.of(VENUE), FRENCH, "Emmaüs Ruffec", false, FIRST);

    PayeeAccounts.Accounts found = accounts.find(Payee.of(VENUE), FIRST);

    assertThat(found.inForce()).isEmpty();
    assertThat(found.proposed().orElseThrow().ibanEnds()).isEqualTo("FR14…2606");
    assertThat(found.proposed().orElseThrow().holder()).isEqualTo("Emmaüs Ruffec");
    Problem unknown =
        catchThrowableOfType(Problem.class, () -> accounts.find(Payee.of(OTHER), FIRST));
    assertThat(unknown.status()).isEqualTo(404);
  }

  private static VenueAccountProposed proposed(VenueId venue, String account) {
    return new VenueAccountProposed(
        venue,
        new VaultReference(account),
        "f-" + account,
        "agent-1",
        VenueAccountProposed.Proposer.CLERK);
  }

  static TransferRejected rejected(VaultReference account, VenueId... venues) {
    return new TransferRejected(
        new SettlementRunId("R1"),
        new TransferId("T1"),
        LocalDate.of(2026, 3, 1),
        "AC04",
        account,
        1000,
        List.of(),
        List.of(venues).stream().map(VenueAccountsTest::paid).toList(),
        List.of(),
        List.of());
  }

  private static PaidCents paid(VenueId venue) {
    Departement charente = new Departement("16");
    return new PaidCents(
        venue,
        new SpentCents(
            new ProgrammeId("P"),
            new AgreementId("A"),
            1,
            charente,
            charente,
            new FunderId("F"),
            1000,
            Optional.empty()));
  }

  private Outcome.Recorded<PayeeAccount> open(String iban, String holder) {
    return openFor(VENUE, iban, holder);
  }

  /** Proposed by one clerk and confirmed by another. */
  private Outcome.Recorded<PayeeAccount> openFor(VenueId venue, String iban, String holder) {
    return confirmed(venue, accounts.propose(Payee.of(venue), iban, holder, false, FIRST));
  }

  private Outcome.Recorded<PayeeAccount> proposeAgain(VenueId venue, String iban, String holder) {
    return accounts.propose(
        Payee.of(venue), iban, holder, Optional.of(Reopening.BANK_WAS_WRONG), false, FIRST);
  }

  /** One that the bank closed. */
  private Outcome.Recorded<PayeeAccount> openAgain(VenueId venue, String iban, String holder) {
    return confirmed(venue, proposeAgain(venue, iban, holder));
  }

  private Outcome.Recorded<PayeeAccount> confirmed(
      VenueId venue, Outcome.Recorded<PayeeAccount> proposed) {
    return proposed.answer().standing() == PayeeAccount.Standing.IN_FORCE
        ? proposed
        : Problem.recorded(
            ledger.send(
                new ConfirmPayeeAccount(
                    Payee.of(venue), proposed.answer().account(), SECOND.account()),
                SECOND));
  }

  private Problem refused(String iban, String holder) {
    Problem problem = catchThrowableOfType(Problem.class, () -> open(iban, holder));
    assertThat(problem).as("refused").isNotNull();
    return problem;
  }
}
