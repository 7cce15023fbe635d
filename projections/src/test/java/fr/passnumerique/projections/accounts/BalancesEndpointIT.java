package fr.passnumerique.projections.accounts;

import static fr.passnumerique.projections.Following.execute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BalancesEndpointIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");
  private static final Actor STATE = new Actor("state", Role.FUNDER, Story.STATE.value());
  private static final Actor LIBRARY = new Actor("library", Role.VENUE, Story.LIBRARY.value());

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private BalancesEndpoint endpoint;
  private long head;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following =
        Following.directly(
            database,
            ledger,
            RegistersProjections.registers(),
            new AccountsProjection(Accounts::entries));
    endpoint =
        new BalancesEndpoint(
            new BalancesQuery(database.reader()), following.runners(), database.reader());
    ledger.record(Story.untilHandedOut());
    ledger.record(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 3));
    head = ledger.record(Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 4, 5));
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void theOperatorSeesEverybodyByName() {
    Balances all = readBalances(CLERK, null, null, null, null, null, null);
    assertThat(all.position()).isEqualTo(head).isEqualTo(all.ledgerPosition());
    assertThat(all.venues()).extracting("name").containsExactly("Cyberbus", "Médiathèque");
    assertThat(all.funders())
        .extracting("name")
        .containsExactly("État (ANCT)", "Région Nouvelle-Aquitaine");
    assertThat(all.agreements()).extracting("programmeName").containsExactly("Pass numérique");
    assertThat(all.sumOfAllAccountsCents()).isZero();
  }

  @Test
  void aFunderSeesItsOwnCentsWithoutAskingForThem() {
    Balances own = readBalances(STATE, null, null, null, null, null, null);
    assertThat(own.funders()).extracting("funder").containsExactly(Story.STATE.value());
    assertThat(own.totals().redeemedCents())
        .isEqualTo(Story.cents().shares(1, 5).getFirst().cents());
    assertThat(readBalances(STATE, null, Story.STATE, null, null, null, null)).isEqualTo(own);
    assertThat(
            readBalances(STATE, null, null, Story.AGREEMENT, null, null, null)
                .totals()
                .paidInCents())
        .isEqualTo(600_000);
    // What others redeemed of its cents it may see, venue by venue.
    assertThat(readBalances(STATE, Story.BUS, null, null, null, null, List.of("venue")).venues())
        .extracting("venue")
        .containsExactly(Story.BUS.value());
  }

  @Test
  void aVenueSeesWhatConcernsIt() {
    Balances own = readBalances(LIBRARY, null, null, null, null, null, null);
    assertThat(own.venues()).extracting("venue").containsExactly(Story.LIBRARY.value());
    assertThat(own.totals().owedCents()).isEqualTo(3_000);
    assertThat(own.totals().bankCents()).isNull();
  }

  @Test
  void whatIsAnothersDoesNotExist() {
    notFound("funder nouvelle-aquitaine", STATE, null, Story.REGION, null);
    notFound("venue " + Story.BUS, LIBRARY, Story.BUS, null, null);
    notFound("agreement another", STATE, null, null, new AgreementId("another"));
    notFound("venue nowhere", CLERK, new VenueId("nowhere"), null, null);
    notFound("funder nobody", CLERK, null, new FunderId("nobody"), null);
    notFound("agreement another", CLERK, null, null, new AgreementId("another"));
  }

  /**
   * Whatever it names: of those with whom it has nothing to do it is told the same as of nobody.
   */
  @Test
  void aVenueNamesThoseWhoseCentsItWasOwedAndLearnsOfNoOthers() throws Exception {
    assertThat(
            readBalances(LIBRARY, null, Story.REGION, Story.AGREEMENT, null, null, null)
                .totals()
                .owedCents())
        .isPositive();
    notFound("funder nobody", LIBRARY, null, new FunderId("nobody"), null);
    notFound("agreement another", LIBRARY, null, null, new AgreementId("another"));
    // Both are there, and this venue has never had a cheque.
    Actor school = new Actor("school", Role.VENUE, "21870085500018");
    assertThat(readBalances(school, null, null, null, null, null, null).totals().owedCents())
        .isZero();
    notFound("funder " + Story.REGION, school, null, Story.REGION, null);
    notFound("agreement " + Story.AGREEMENT, school, null, null, Story.AGREEMENT);
  }

  /** Also where the fold of now knows better: what was shown can be asked for again. */
  @Test
  void aVenueNamesThoseWhoseCentsItWasShownBeforeARebuild() throws Exception {
    Actor school = new Actor("school", Role.VENUE, "21870085500018");
    following.await(AccountsProjection.NAME, head);
    for (String sql :
        List.of(
            "create schema before_1",
            "grant usage on schema before_1 to pass_reader",
            "create table before_1.account as select * from projections.account",
            "create table before_1.balance as select * from projections.balance",
            "create table before_1.posting as select * from projections.posting",
            "create table before_1.journal as select * from projections.journal",
            "create table before_1.projection as select * from projections.projection where name ="
                + " 'accounts'",
            // As a fold would have it that took the one venue's slip for the other's.
            "update before_1.account set venue = '%s' where venue = '%s'"
                .formatted(school.subject(), Story.BUS),
            "grant select on all tables in schema before_1 to pass_reader",
            """
            insert into projections.rebuild (id, projection, state, kept, compared_position, asked_by, asked_at)
            values ('r-1', 'accounts', 'SWITCHED', true, %d, 'clerk-1', now())
            """
                .formatted(head))) {
      execute(database.owner(), sql);
    }
    for (WhichAccounts which :
        List.of(
            new WhichAccounts(null, Story.REGION, null, null, null, null),
            new WhichAccounts(null, null, Story.AGREEMENT, null, null, null))) {
      assertThat(shown(school, which, new RebuildId("r-1")).totals().owedCents()).isPositive();
      // And what it is owed now, of whatever it was shown.
      assertThat(shown(LIBRARY, which, new RebuildId("r-1")).totals().owedCents()).isPositive();
      Actor bus = new Actor("bus", Role.VENUE, Story.BUS.value());
      assertThat(shown(bus, which, new RebuildId("r-1")).totals().owedCents()).isZero();
      assertThatThrownBy(() -> shown(school, which, null))
          .isInstanceOfSatisfying(
              Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
    }
    assertThatThrownBy(
            () ->
                shown(
                    school,
                    new WhichAccounts(null, new FunderId("nobody"), null, null, null, null),
                    new RebuildId("r-1")))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
  }

  private Balances shown(Actor actor, WhichAccounts which, RebuildId shownBefore) {
    return endpoint.readBalances(actor, which, null, WhichMoment.NOW, shownBefore);
  }

  @Test
  void aFunderNamesAnyVenueOfTheRegister() {
    notFound("venue nowhere", STATE, new VenueId("nowhere"), null, null);
    assertThat(readBalances(STATE, Story.BUS, null, null, null, null, null).totals().owedCents())
        .isPositive();
  }

  @Test
  void aGroupingThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> readBalances(CLERK, null, null, null, null, null, List.of("commune")))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(400);
              assertThat(problem.getMessage()).contains("venue, funder, agreement");
            });
  }

  private Balances readBalances(
      Actor actor,
      VenueId venue,
      FunderId funder,
      AgreementId agreement,
      Departement funding,
      Departement spending,
      List<String> groupBy) {
    return endpoint.readBalances(
        actor,
        new WhichAccounts(venue, funder, agreement, null, funding, spending),
        groupBy,
        WhichMoment.NOW,
        null);
  }

  private void notFound(
      String what, Actor actor, VenueId venue, FunderId funder, AgreementId agreement) {
    assertThatThrownBy(() -> readBalances(actor, venue, funder, agreement, null, null, null))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(404);
              assertThat(problem.getMessage()).startsWith(what + " does not exist; ");
            });
  }
}
