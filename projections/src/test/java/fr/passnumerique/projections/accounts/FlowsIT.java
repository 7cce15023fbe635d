package fr.passnumerique.projections.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bookkeeping.AsOf;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.BalancesQuery.Filter;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.registers.RegistersProjections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** A euro is followed from whose it is to where it was spent, and none is lost between. */
class FlowsIT {
  private static final Actor AUDITOR = new Actor("auditor-1", Role.AUDITOR, "");
  private static final Actor STATE = new Actor("state", Role.FUNDER, Story.STATE.value());

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private BalancesQuery balances;
  private FlowsQuery flows;
  private FlowsEndpoint endpoint;
  private long accepted;
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
    balances = new BalancesQuery(database.reader());
    flows = new FlowsQuery(new Snapshot(database.reader()));
    endpoint =
        new FlowsEndpoint(
            flows,
            new AskedAccounts(balances, following.runners()),
            following.runners(),
            database.reader());
    ledger.record(Story.untilHandedOut());
    Map<Long, SlipJudged> slips = new LinkedHashMap<>();
    for (SlipJudged slip :
        List.of(
            Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 42),
            Story.slip(Story.BUS, "S-1", Story.BUS_LIMOGES, 43, 50),
            Story.slip(Story.BUS, "S-2", Story.BUS_GUERET, 51, 53))) {
      accepted = ledger.record(slip);
      slips.put(accepted, slip);
    }
    SettlementRunOpened run = Story.run("R-1", slips);
    head = ledger.record(run, Story.confirmed(run, Story.LIBRARY));
    following.await(AccountsProjection.NAME, head);
    following.await("registers", head);
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void aVenueOfTwoDepartementsHasAPathInEach() {
    Flows own = readFlows(STATE, WhichAccounts.ALL, WhichMoment.NOW);

    assertThat(own.paths())
        .extracting("funder", "spendingDepartement", "venue", "redeemedCents", "paidCents")
        .containsExactly(
            tuple("anct", "23", Story.BUS.value(), state(51, 53), 0L),
            tuple("anct", "23", Story.LIBRARY.value(), state(1, 42), state(1, 42)),
            tuple("anct", "87", Story.BUS.value(), state(43, 50), 0L));
    assertThat(own.paths())
        .extracting("funderName", "venueName")
        .contains(tuple("État (ANCT)", "Cyberbus"), tuple("État (ANCT)", "Médiathèque"));
  }

  /** A drawing has as many lines as it shows, and the sums of all. */
  @Test
  void ofManyVenuesTheLargestAreToldAndTheOthersTogether() {
    assertThat(flows.few(Filter.ofFunder("anct"), head, AsOf.NOW, 2))
        .as("two fit, so that no other has to be told with others")
        .isEqualTo(new FlowsQuery.Few(flows.read(Filter.ofFunder("anct"), head, AsOf.NOW), 0));

    FlowsQuery.Few one = flows.few(Filter.ofFunder("anct"), head, AsOf.NOW, 1);

    assertThat(one.others()).isEqualTo(2);
    assertThat(one.flows().paths())
        .extracting("spendingDepartement", "venue", "redeemedCents")
        .containsExactly(
            tuple("23", "", state(51, 53) + state(1, 42)), tuple("87", "", state(43, 50)));
    assertThat(one.flows().redeemedCents())
        .isEqualTo(flows.read(Filter.ofFunder("anct"), head, AsOf.NOW).redeemedCents());
  }

  /** Of every filter and moment: what is not the same is shown twice, and once wrong. */
  @Test
  void pathsComeToWhatBalancesSay() {
    for (AsOf asOf : List.of(AsOf.NOW, AsOf.at(accepted), AsOf.at(1))) {
      for (Filter filter :
          List.of(
              Filter.ALL,
              Filter.ofFunder("anct"),
              Filter.ofVenue(Story.BUS.value()),
              new Filter(null, null, Story.AGREEMENT.value(), null, null, "87"),
              new Filter(null, null, null, null, "23", null))) {
        Flows read = flows.read(filter, head, asOf);
        Balances beside = balances.read(filter, EnumSet.allOf(Grouping.class), head, asOf);

        assertThat(read.position()).isEqualTo(beside.position());
        assertThat(read.redeemedCents()).isEqualTo(beside.totals().redeemedCents());
        assertThat(read.paidCents()).isEqualTo(beside.totals().paidCents());
        Map<String, Long> byVenue = new HashMap<>();
        Map<String, Long> byDepartement = new HashMap<>();
        for (Flows.Path path : read.paths()) {
          byVenue.merge(path.venue(), path.redeemedCents(), Long::sum);
          byDepartement.merge(path.spendingDepartement(), path.redeemedCents(), Long::sum);
        }
        assertThat(beside.venues())
            .allSatisfy(
                of ->
                    assertThat(of.amounts().redeemedCents())
                        .isEqualTo(byVenue.getOrDefault(of.venue(), 0L)));
        assertThat(beside.spendingDepartements())
            .allSatisfy(
                of ->
                    assertThat(of.amounts().redeemedCents())
                        .isEqualTo(byDepartement.getOrDefault(of.departement(), 0L)));
      }
    }
    assertThat(flows.read(Filter.ALL, head, AsOf.NOW).redeemedCents()).isEqualTo(53_000);
  }

  @Test
  void aFunderIsToldOfNoOtherAndOfNoOthersAgreement() {
    Flows all = readFlows(AUDITOR, WhichAccounts.ALL, WhichMoment.NOW);
    assertThat(all.paths()).extracting(Flows.Path::funder).contains("nouvelle-aquitaine");

    Flows own = readFlows(STATE, WhichAccounts.ALL, WhichMoment.NOW);
    assertThat(own.paths()).extracting(Flows.Path::funder).containsOnly("anct");
    assertThatThrownBy(() -> readFlows(STATE, which(null, Story.REGION, null), WhichMoment.NOW))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(
            () ->
                readFlows(
                    STATE, which(null, null, new AgreementId("gironde-2026")), WhichMoment.NOW))
        .isInstanceOf(Problem.class);
  }

  @Test
  void aFileHasThePathsOfTheSameMoment() throws Exception {
    MockHttpServletResponse response = new MockHttpServletResponse();
    endpoint.exportFlows(
        AUDITOR,
        new WhichAccounts(null, null, null, null, null, new Departement("87")),
        new WhichMoment(accepted, null, null),
        null,
        new TableDownload(TableFormat.CSV, response));
    assertThat(response.getContentAsString())
        .isEqualTo(
            """
            funder,funderName,spendingDepartement,venue,venueName,redeemedCents,paidCents,caveats
            anct,État (ANCT),87,%s,Cyberbus,%d,0,
            nouvelle-aquitaine,Région Nouvelle-Aquitaine,87,%1$s,Cyberbus,%d,0,
            """
                .formatted(Story.BUS.value(), state(43, 50), 8_000 - state(43, 50))
                .replace("\n", "\r\n"));
    assertThat(response.getHeader("Content-Disposition")).contains("parcours-" + accepted);
  }

  private Flows readFlows(Actor actor, WhichAccounts which, WhichMoment when) {
    return endpoint.readFlows(actor, which, when, null);
  }

  private static WhichAccounts which(
      @Nullable VenueId venue, @Nullable FunderId funder, @Nullable AgreementId agreement) {
    return new WhichAccounts(venue, funder, agreement, null, null, null);
  }

  private static long state(int from, int to) {
    return Story.cents().shares(from, to).getFirst().cents();
  }
}
