package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.LaMednumList.BUS_SIRET;
import static fr.passnumerique.clearing.venues.LaMednumList.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueImport.Options;
import fr.passnumerique.clearing.venues.VenueImport.Report;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import fr.passnumerique.clearing.venues.VenuesImported.Kind;
import fr.passnumerique.clearing.venues.VenuesImported.VenueChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VenueImportTest {
  private static final VenueId BUS = new VenueId(BUS_SIRET);
  private static final Options ESSAI = Options.from("essai");
  private static final Options BY_THE_LIST =
      new Options(Optional.empty(), Set.of(), Optional.empty());
  private static final Options SOLE_TRADER =
      new Options(Optional.of("essai"), Set.of(BUS), Optional.empty());

  private final VenueRegister register = new VenueRegister();
  private final DecisionFixture ledger =
      DecisionFixture.of(List.of(register), List.of(new ImportVenuesDecision(register)));
  private final MemoryVault vault = new MemoryVault();
  private final VenueImport imports = new VenueImport(ledger, vault);

  @Test
  void theBussListIsOneFactOfAVenueNamedByWhatItsStopsBelongTo() {
    Outcome.Recorded<Report> outcome = apply(LaMednumList.bus(), BY_THE_LIST);

    Report report = outcome.answer();
    assertThat(report.source()).isEqualTo("bus-france-services-charente");
    assertThat(report.rows()).isEqualTo(12);
    assertThat(report.venues()).isEqualTo(1);
    assertThat(report.departements()).isEqualTo(1);
    assertThat(report.added()).isEqualTo(1);
    assertThat(report.changes()).containsExactly(new VenueChange(BUS, Kind.NEW));
    assertThat(outcome.already()).isFalse();
    VenueListed bus = (VenueListed) ledger.facts().getFirst();
    assertThat(ledger.facts()).hasSize(1);
    assertThat(bus.name()).isEqualTo("Emmaus Ruffec");
    assertThat(bus.payable()).isTrue();
    assertThat(bus.identifiedBy()).isEqualTo(IdentifiedBy.SIRET);
    assertThat(bus.pointsOfService()).hasSize(12);
    assertThat(bus.contact()).isEmpty();
  }

  @Test
  void thePostsListIsOneFactAVenue() {
    Report report = apply(LaMednumList.post(), BY_THE_LIST).answer();

    assertThat(report.source()).isEqualTo("etapes-numerique");
    assertThat(report.rows()).isEqualTo(95);
    assertThat(report.venues()).isEqualTo(95);
    assertThat(report.departements()).isEqualTo(92);
    assertThat(report.added()).isEqualTo(95);
    assertThat(ledger.facts(VenueListed.class)).hasSize(95).allMatch(VenueListed::payable);
    assertThat(ledger.facts(VenueListed.class))
        .extracting(VenueListed::name)
        .contains("Bastia Libecciu", "Porto Vecchio 4 Chemins", "Mamoudzou Kaweni BP");
  }

  @Test
  void whatARealListRecordsIsReadBackAsItWas() {
    apply(LaMednumList.bus(), BY_THE_LIST);
    apply(LaMednumList.post(), BY_THE_LIST);
    FactCatalogue catalogue = new FactCatalogue(Venues.FACTS, List.of());

    assertThat(ledger.facts()).hasSize(96);
    ledger
        .facts()
        .forEach(
            fact -> {
              FactType type = catalogue.typeOf(fact);
              assertThat(catalogue.read(type.name(), type.version(), catalogue.write(fact)))
                  .isEqualTo(fact);
            });
  }

  @Test
  void theSameListTwiceAddsNothing() {
    Report first = apply(LaMednumList.post(), BY_THE_LIST).answer();
    Outcome.Recorded<Report> again = apply(LaMednumList.post(), BY_THE_LIST);

    assertThat(again.already()).isTrue();
    assertThat(again.answer().unchanged()).isEqualTo(95);
    assertThat(again.answer().added()).isZero();
    assertThat(again.answer().changed()).isZero();
    assertThat(again.answer().changes()).isEmpty();
    assertThat(first.added()).isEqualTo(95);
    assertThat(ledger.facts()).hasSize(95);
  }

  @Test
  void oneChangedRowIsOneFact() {
    apply(LaMednumList.post(), BY_THE_LIST);
    Report report =
        apply(
                LaMednumList.post().replace("Bastia Libecciu", "Bastia Nouvelle Adresse"),
                BY_THE_LIST)
            .answer();

    VenueId bastia = new VenueId("35600000064349");
    assertThat(report.changes()).containsExactly(new VenueChange(bastia, Kind.CHANGED));
    assertThat(report.unchanged()).isEqualTo(94);
    assertThat(ledger.facts()).hasSize(96);
    VenueListed changed = (VenueListed) ledger.facts().getLast();
    assertThat(changed.venue()).isEqualTo(bastia);
    assertThat(changed.name()).isEqualTo("Bastia Nouvelle Adresse");
    assertThat(changed.pointsOfService().getFirst().departement()).hasToString("2B");
  }

  @Test
  void oneChangedStopIsOneFactOfItsVenueWithAllItsStops() {
    apply(LaMednumList.bus(), BY_THE_LIST);
    apply(LaMednumList.bus().replace("\"Impasse du Logis\"", "\"Place\""), BY_THE_LIST);

    assertThat(ledger.facts()).hasSize(2);
    VenueListed bus = (VenueListed) ledger.facts().getLast();
    assertThat(bus.pointsOfService()).hasSize(12);
    assertThat(bus.pointsOfService().get(9).street()).isEqualTo("Place");
  }

  @ParameterizedTest
  @ValueSource(strings = {"presentation_resume", "presentation_detail", "date_maj"})
  void whatClearingDoesNotKeepChangesNothing(String column) {
    apply(with(column, "2024-04-02"), ESSAI);

    assertThat(apply(with(column, "2024-04-03"), ESSAI).already()).isTrue();
  }

  @Test
  void stopsThatAListDoesNotNameStayAndItsOwnJoinThem() {
    apply(LaMednumList.bus(), BY_THE_LIST);
    apply(with("id", "bus-charente-13", "nom", "Bus - [Ruffec]"), ESSAI);

    VenueListed bus = (VenueListed) ledger.facts().getLast();
    assertThat(bus.pointsOfService()).hasSize(13);
    assertThat(bus.pointsOfService())
        .extracting(PointOfService::id)
        .startsWith(new PointOfServiceId("bus-charente-1"))
        .endsWith(new PointOfServiceId("bus-charente-13"));
    assertThat(bus.name()).as("kept").isEqualTo("Emmaus Ruffec");
    assertThat(bus.source()).isEqualTo("essai");
  }

  @Test
  void placesWithNamesOfTheirOwnAndNoParentAreCalledAsTheFirst() {
    apply(new LaMednumList().row("nom", "Un").row("nom", "Deux").csv(), ESSAI);

    assertThat(ledger.facts(VenueListed.class).getFirst().name()).isEqualTo("Un");
  }

  @Test
  void aVenueWithoutASiretIsListedButNotPayable() {
    apply(with("pivot", "W161000119"), ESSAI);

    VenueListed venue = (VenueListed) ledger.facts().getFirst();
    assertThat(venue.payable()).isFalse();
    assertThat(venue.identifiedBy()).isEqualTo(IdentifiedBy.RNA);
  }

  @Test
  void oneBadRowRefusesTheWholeList() {
    String list =
        LaMednumList.post()
            .replace("\"etape-95\",\"35600000001631\"", "\"etape-95\",\"35600000001630\"");
    Problem problem = refused(list, BY_THE_LIST);

    assertThat(problem.faults()).hasSize(1);
    assertThat(problem.faults().getFirst().line()).isEqualTo(96);
    assertThat(problem.faults().getFirst().field()).isEqualTo("pivot");
    assertThat(problem.faults().getFirst().value()).isEqualTo("35600000001630");
    assertThat(ledger.facts()).isEmpty();
    assertThat(vault.entries()).isZero();
  }

  @Test
  void aDryRunSaysWhatWouldChangeAndLeavesNothingBehind() {
    apply(with("id", "a"), ESSAI);
    String list =
        new LaMednumList()
            .row("id", "a", "telephone", "+33545310000")
            .row("id", "b", "pivot", "73282932000074", "courriels", "a@example.org")
            .csv();

    Outcome.Recorded<Report> dry = imports.rehearse(list, ESSAI);

    assertThat(dry.answer().changes())
        .containsExactly(
            new VenueChange(BUS, Kind.CHANGED),
            new VenueChange(new VenueId("73282932000074"), Kind.NEW));
    assertThat(ledger.facts()).hasSize(1);
    assertThat(vault.entries()).isZero();
    assertThat(apply(list, quoting(dry.answer().digest())).answer()).isEqualTo(dry.answer());
    assertThat(vault.entries()).isEqualTo(2);
    assertThat(ledger.facts()).hasSize(3);
  }

  @Test
  void aDryRunOfAListThatIsInForceSaysThatNothingWouldChange() {
    String list = with("telephone", "+33545310000");
    apply(list, ESSAI);

    assertThat(imports.rehearse(list, ESSAI).answer().unchanged()).isEqualTo(1);
  }

  @Test
  void aQuotedDigestBindsTheImportToTheFileThatTheDryRunSaw() {
    String digest = imports.rehearse(with(), ESSAI).answer().digest();

    Problem problem = refused(with("commune", "Angoulême"), quoting(digest));
    assertThat(problem.code()).isEqualTo("DIGEST_DIFFERS");
    assertThat(problem.status()).isEqualTo(409);
    assertThat(ledger.facts()).isEmpty();
    assertThat(vault.entries()).isZero();
  }

  @Test
  void aQuotedDigestBindsTheImportToTheVenuesThatTheDryRunSaw() {
    String digest = imports.rehearse(with(), ESSAI).answer().digest();
    apply(with("commune", "Angoulême"), ESSAI);

    assertThat(refused(with(), quoting(digest)).code()).isEqualTo("DIGEST_DIFFERS");
    assertThat(ledger.facts()).hasSize(1);
  }

  @Test
  void aRetryThatQuotesTheDigestSucceedsAndAddsNothing() {
    Options quoting = quoting(imports.rehearse(with(), ESSAI).answer().digest());
    apply(with(), quoting);

    assertThat(apply(with(), quoting).already()).isTrue();
    assertThat(ledger.facts()).hasSize(1);
  }

  @Test
  void aListThatIsRefusedLeavesNothingInTheVault() {
    apply(with("nom", "Jeanne Martin"), SOLE_TRADER);
    int before = vault.entries();

    assertThat(refused(with("telephone", "+33545310000"), ESSAI).code())
        .isEqualTo("SOLE_TRADER_NAMED");
    assertThat(vault.entries()).isEqualTo(before);
  }

  @Test
  void contactsAreInTheVaultAndTheFactPointsThere() {
    apply(with("telephone", "+33545310000", "courriels", "a@example.org"), ESSAI);

    VenueListed venue = (VenueListed) ledger.facts().getFirst();
    assertThat(vault.open(venue.contact().orElseThrow()))
        .contains(Map.of("telephone", "+33545310000", "courriels", "a@example.org"));
    assertThat(venue.toString()).doesNotContain("example.org", "33545310000");
  }

  @Test
  void anotherTelephoneIsAChangeAndTheSameIsNone() {
    String list = with("telephone", "+33545310000");
    apply(list, ESSAI);

    assertThat(apply(list, ESSAI).already()).isTrue();
    assertThat(apply(with("telephone", "+33545310001"), ESSAI).answer().changed()).isEqualTo(1);
    assertThat(ledger.facts()).hasSize(2);
  }

  @Test
  void aContactThatALaterListLeavesEmptyStays() {
    apply(with("telephone", "+33545310000"), ESSAI);
    apply(with("courriels", "a@example.org"), ESSAI);
    apply(with("commune", "Angoulême"), ESSAI);

    VenueListed venue = (VenueListed) ledger.facts().getLast();
    assertThat(vault.open(venue.contact().orElseThrow()))
        .contains(Map.of("telephone", "+33545310000", "courriels", "a@example.org"));
    assertThat(ledger.facts()).hasSize(3);
  }

  @Test
  void aContactThatWasErasedIsSealedAnewByTheNextList() {
    apply(with("telephone", "+33545310000"), ESSAI);
    vault.erase(BUS_SIRET);

    assertThat(apply(with("telephone", "+33545310000"), ESSAI).answer().changed()).isEqualTo(1);
    VenueListed venue = (VenueListed) ledger.facts().getLast();
    assertThat(vault.open(venue.contact().orElseThrow()))
        .contains(Map.of("telephone", "+33545310000"));
  }

  @Test
  void aSoleTradersNameIsInNoFact() {
    String list =
        new LaMednumList().row("id", "p", "nom", "Jeanne Martin", "adresse", "3 rue Neuve").csv();
    apply(list, SOLE_TRADER);

    VenueListed venue = (VenueListed) ledger.facts().getFirst();
    assertThat(venue.name()).isEmpty();
    assertThat(venue.toString()).doesNotContain("Martin", "rue Neuve", "46.0287");
    assertThat(vault.open(venue.contact().orElseThrow()).orElseThrow())
        .containsEntry("nom:p", "Jeanne Martin");
    assertThat(apply(list, SOLE_TRADER).already()).isTrue();
  }

  @Test
  void aListThatForgetsThatAVenueIsASoleTraderIsRefused() {
    apply(with("nom", "Jeanne Martin"), SOLE_TRADER);

    Problem problem = refused(with("nom", "Jeanne Martin"), ESSAI);
    assertThat(problem.code()).isEqualTo("SOLE_TRADER_NAMED");
    assertThat(problem).hasMessageContaining(BUS_SIRET);
    assertThat(problem.faults().getFirst().remedy()).contains("soleTraders");
    assertThat(ledger.facts()).hasSize(1);
  }

  @Test
  void aSoleTraderThatBecameALegalPersonIsNamedAgain() {
    apply(with("nom", "Jeanne Martin"), SOLE_TRADER);
    apply(with("nom", "Martin SARL", "categorie_juridique", "5710"), ESSAI);

    assertThat(((VenueListed) ledger.facts().getLast()).name()).isEqualTo("Martin SARL");
  }

  @Test
  void aVenueFoundToBeASoleTraderLosesTheNamesOfItsOtherPlacesToo() {
    apply(new LaMednumList().row("id", "a").row("id", "b").csv(), ESSAI);
    apply(with("id", "b", "nom", "Jeanne Martin"), SOLE_TRADER);

    assertThat(((VenueListed) ledger.facts().getLast()).pointsOfService())
        .hasSize(2)
        .allMatch(point -> point.name().isEmpty() && point.latitude().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "étapes", "a b", "-a"})
  void aSourceIsALabelThatOtherCommandsCanName(String source) {
    Problem problem = refused(with(), Options.from(source));

    assertThat(problem.code()).isEqualTo("INVALID_PARAMETER");
    assertThat(problem.faults().getFirst().field()).isEqualTo("source");
  }

  @Test
  void withoutASourceTheRowsMustAgreeOnOne() {
    assertThat(apply(with(), BY_THE_LIST).answer().source()).isEqualTo("essai");
    String two = new LaMednumList().row("source", "a").row("source", "b").csv();
    assertThat(refused(two, BY_THE_LIST).code()).isEqualTo("INVALID_PARAMETER");
    assertThat(refused(with("source", ""), BY_THE_LIST).code()).isEqualTo("INVALID_PARAMETER");
  }

  @Test
  void anImportIsDecidedAgainIfAnotherListChangesOneOfItsVenuesMeanwhile() {
    ledger
        .when(
            new ImportVenues(
                "essai",
                "d",
                LaMednumReader.read(LaMednumList.bus(), Set.of()).venues().stream()
                    .map(LaMednumReader.ListedVenue::listing)
                    .toList(),
                Optional.empty()))
        .thenIsDecidedAgainAfter(
            new VenueListed(
                BUS, IdentifiedBy.SIRET, "x", true, List.of(), Optional.empty(), "autre"))
        .thenStandsAfter(
            new VenueListed(
                new VenueId("73282932000074"),
                IdentifiedBy.SIRET,
                "x",
                true,
                List.of(),
                Optional.empty(),
                "autre"));
  }

  /** The contact is laid over one that another import replaced between rehearsal and command. */
  @Test
  void aContactThatChangesBetweenRehearsalAndCommandIsNotLost() {
    apply(with("telephone", "+33545310000"), ESSAI);
    VenueImport late = new VenueImport(new Interrupted(), vault);

    late.apply(with("courriels", "late@example.org"), ESSAI, Actor.ENGINE);

    VenueListed venue = (VenueListed) ledger.facts().getLast();
    assertThat(vault.open(venue.contact().orElseThrow()))
        .contains(Map.of("telephone", "+33545319999", "courriels", "late@example.org"));
  }

  /** Lets another import in just before the first command is sent. */
  private final class Interrupted implements Commands {
    private boolean done;

    @Override
    public <A> Outcome<A> send(Command<A> command, Actor by) {
      if (!done) {
        done = true;
        apply(with("telephone", "+33545319999"), ESSAI);
      }
      return ledger.send(command, by);
    }

    @Override
    public <A> Outcome<A> rehearse(Command<A> command) {
      return ledger.rehearse(command);
    }
  }

  @Test
  void noPlaceholderOfTheVaultIsEverRecorded() {
    apply(with("telephone", "+33545310000"), ESSAI);

    assertThat(ledger.facts(VenueListed.class))
        .extracting(VenueListed::contact)
        .doesNotContain(Optional.of(new VaultReference("unsealed")));
  }

  private Outcome.Recorded<Report> apply(String list, Options options) {
    return imports.apply(list, options, Actor.ENGINE);
  }

  private Problem refused(String list, Options options) {
    Problem problem = catchThrowableOfType(Problem.class, () -> apply(list, options));
    assertThat(problem).as("refused").isNotNull();
    return problem;
  }

  private static Options quoting(String digest) {
    return new Options(Optional.of("essai"), Set.of(), Optional.of(digest));
  }
}
