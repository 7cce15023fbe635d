package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.LabelVenuesDecisionTest.listed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.access.Actor;
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
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final VenueRegister register = new VenueRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(List.of(register), List.of(new OpenVenueAccountDecision(register)));
  private final MemoryVault vault = new MemoryVault();
  private final VenueAccounts accounts = new VenueAccounts(ledger, vault);

  @Test
  void anAccountIsInTheVaultAndTheFactPointsThere() {
    ledger.given(listed(VENUE, "a"));

    Outcome.Recorded<VenueAccountOpened> outcome =
        open("fr14 2004 1010 0505 0001 3M02 606", " Emmaüs Ruffec ");

    VenueAccountOpened fact = ledger.facts(VenueAccountOpened.class).getFirst();
    assertThat(outcome.answer()).isEqualTo(fact);
    assertThat(outcome.already()).isFalse();
    assertThat(vault.open(fact.account()))
        .contains(
            Map.of(VenueAccountOpened.IBAN, FRENCH, VenueAccountOpened.HOLDER, "Emmaüs Ruffec"));
    assertThat(fact.fingerprint()).isEqualTo(vault.fingerprint(FRENCH));
    assertThat(fact.toString()).doesNotContain("20041010", "Emmaüs");
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
        catchThrowableOfType(
            Problem.class, () -> accounts.open(association, FRENCH, "Club", Actor.ENGINE));
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

    assertThat(open(FRENCH, "Emmaüs").already()).isFalse();
    assertThat(ledger.facts(VenueAccountOpened.class)).hasSize(2);
  }

  @Test
  void aRejectionClosesTheAccountOfEveryVenueThatItPaidByTheSameIban() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference account = open(FRENCH, "Emmaüs").answer().account();
    accounts.open(OTHER, FRENCH, "Emmaüs", Actor.ENGINE);
    ledger.given(rejected(account, VENUE, OTHER));

    assertThat(register.openAccount(VENUE)).isEmpty();
    assertThat(register.openAccount(OTHER)).isEmpty();
  }

  @Test
  void aRejectionClosesTheIbanForAVenueThatTheTransferDidNotPayToo() {
    ledger.given(listed(VENUE, "a"), listed(OTHER, "a"));
    VaultReference account = open(FRENCH, "Emmaüs").answer().account();
    accounts.open(OTHER, FRENCH, "Emmaüs", Actor.ENGINE);
    ledger.given(rejected(account, VENUE));

    assertThat(register.openAccount(OTHER)).isEmpty();
    assertThat(accounts.open(OTHER, FRENCH, "Emmaüs", Actor.ENGINE).already()).isFalse();
    assertThat(register.openAccount(OTHER)).isPresent();
    assertThat(register.openAccount(VENUE)).as("each opens its own again").isEmpty();
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
    ledger
        .given(listed(VENUE, "a"))
        .when(new OpenVenueAccount(VENUE, reference, "f1"))
        .thenIsDecidedAgainAfter(
            new VenueAccountOpened(VENUE, new VaultReference("v2"), "f2"),
            rejected(reference, VENUE),
            listed(VENUE, "b"))
        .thenStandsAfter(
            new VenueAccountOpened(OTHER, new VaultReference("v3"), "f3"), listed(OTHER, "a"));
  }

  private static TransferRejected rejected(VaultReference account, VenueId... venues) {
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

  private Outcome.Recorded<VenueAccountOpened> open(String iban, String holder) {
    return accounts.open(VENUE, iban, holder, Actor.ENGINE);
  }

  private Problem refused(String iban, String holder) {
    Problem problem = catchThrowableOfType(Problem.class, () -> open(iban, holder));
    assertThat(problem).as("refused").isNotNull();
    return problem;
  }
}
