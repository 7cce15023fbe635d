package fr.passnumerique.projections.registers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bookkeeping.AccountKind;
import fr.passnumerique.clearing.bookkeeping.Entry;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.CorrectionId;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableFormat;
import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.clearing.payee.FunderAccountOpened;
import fr.passnumerique.clearing.payee.VenueAccountOpened;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Whereabouts;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.refund.RefundOrderId;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueLabelled;
import fr.passnumerique.projections.Following;
import fr.passnumerique.projections.Story;
import fr.passnumerique.projections.TestLedger;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.loop.Snapshot;
import java.io.IOException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RegistersIT {
  private static final Actor CLERK = new Actor("clerk-1", Role.CLERK, "");

  private TestDatabase database;
  private TestLedger ledger;
  private Following following;
  private RegistersEndpoint endpoint;
  private RegisterExportsEndpoint exports;

  @BeforeEach
  void start() throws InterruptedException {
    database = TestDatabase.fresh();
    ledger = TestLedger.on(database);
    following = Following.directly(database, ledger, new RegistersProjection());
    endpoint =
        new RegistersEndpoint(
            new VenueRegister(database.reader()),
            new PastVenues(
                new Snapshot(database.reader()), new BalancesQuery(database.reader())::position),
            new StockRegister(database.reader()),
            new BalancesQuery(database.reader()),
            following.runners(),
            database.reader(),
            Clock.fixed(
                Story.DAY.plusDays(27).atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
    exports = new RegisterExportsEndpoint(endpoint, following.runners());
    ledger.record(Story.untilHandedOut());
  }

  @AfterEach
  void end() {
    following.close();
    ledger.close();
    database.close();
  }

  @Test
  void theRegisterShowsEachVenueWithItsLabelAndItsPointsOfService() {
    VenueRegister.Page page =
        endpoint.readVenueRegister(CLERK, null, null, null, 100, WhichMoment.NOW, null);
    assertThat(page.next()).isNull();
    assertThat(page.venues())
        .extracting("venue", "name", "labelledFrom", "accountOpen")
        .containsExactly(
            tuple(Story.BUS.value(), "Cyberbus", LocalDate.of(2026, 2, 1), true),
            tuple(Story.LIBRARY.value(), "Médiathèque", LocalDate.of(2026, 1, 1), true));
    assertThat(page.venues().getFirst().pointsOfService())
        .extracting("id", "departement", "itinerant", "latitude")
        .containsExactly(
            tuple("bus-gueret", "23", false, 46.17), tuple("bus-limoges", "87", true, null));
    assertThat(page.venues().getFirst().pointsOfService().getFirst().services())
        .containsExactly(Story.SERVICE, "Accéder à du matériel");
  }

  @Test
  void theRegisterIsReadInPagesAndByDepartementAndLabel() {
    VenueId third = new VenueId("99999999999999");
    ledger.record(
        Story.listed(
            third, "Nouveau", Story.pointOfService(new PointOfServiceId("x"), Story.HAUTE_VIENNE)));

    VenueRegister.Page first =
        endpoint.readVenueRegister(CLERK, null, null, null, 2, WhichMoment.NOW, null);
    assertThat(first.venues()).hasSize(2);
    assertThat(first.next()).isEqualTo(Story.LIBRARY.value());
    VenueRegister.Page second =
        endpoint.readVenueRegister(
            CLERK, null, null, new VenueId(first.next()), 2, WhichMoment.NOW, null);
    assertThat(second.venues()).extracting("venue").containsExactly(third.value());
    assertThat(second.next()).isNull();

    assertThat(
            endpoint
                .readVenueRegister(
                    CLERK, new Departement("87"), null, null, 9, WhichMoment.NOW, null)
                .venues())
        .extracting("venue")
        .containsExactly(Story.BUS.value(), third.value());
    assertThat(
            endpoint.readVenueRegister(CLERK, null, false, null, 9, WhichMoment.NOW, null).venues())
        .extracting("venue")
        .containsExactly(third.value());
    assertThatThrownBy(
            () -> endpoint.readVenueRegister(CLERK, null, null, null, 0, WhichMoment.NOW, null))
        .isInstanceOf(Problem.class);
    assertThatThrownBy(
            () -> endpoint.readVenueRegister(CLERK, null, null, null, 1_001, WhichMoment.NOW, null))
        .isInstanceOf(Problem.class);
  }

  @Test
  void onlyTheOperatorAndTheVenueItselfKnowWhetherItHasAnAccount() {
    Actor library = new Actor("library", Role.VENUE, Story.LIBRARY.value());
    assertThat(
            endpoint
                .readVenueRegister(library, null, null, null, 9, WhichMoment.NOW, null)
                .venues())
        .extracting("accountOpen")
        .containsExactly(null, true);
    Actor funder = new Actor("state", Role.FUNDER, Story.STATE.value());
    assertThat(
            endpoint.readVenueRegister(funder, null, null, null, 9, WhichMoment.NOW, null).venues())
        .extracting("accountOpen")
        .containsOnlyNulls();
  }

  @Test
  void aListingReplacesTheWholeDescriptionAndKeepsTheLabel() {
    ledger.record(
        Story.listed(
            Story.BUS, "Bus numérique", Story.pointOfService(Story.BUS_GUERET, Story.CREUSE)));
    VenueRegister.Venue bus =
        endpoint
            .readVenueRegister(CLERK, null, null, null, 1, WhichMoment.NOW, null)
            .venues()
            .getFirst();
    assertThat(bus.name()).isEqualTo("Bus numérique");
    assertThat(bus.pointsOfService()).extracting("id").containsExactly("bus-gueret");
    assertThat(bus.labelledFrom()).isEqualTo(LocalDate.of(2026, 2, 1));
    assertThat(bus.accountOpen()).isTrue();
  }

  @Test
  void aRejectedTransferClosesTheAccountItWasForAndNoOther() throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    SlipJudged other = Story.slip(Story.BUS, "S-1", Story.BUS_GUERET, 2, 2);
    long position = ledger.record(slip);
    SettlementRunOpened run = Story.run("R-1", Map.of(position, slip, ledger.record(other), other));
    // The library has given another account meanwhile, the bus has not.
    ledger.record(
        run,
        new VenueAccountOpened(Story.LIBRARY, new VaultReference("account-9"), "fingerprint-9"));
    following.await(RegistersProjection.NAME, ledger.reader().head());
    ledger.record(Story.rejected(run, Story.LIBRARY), Story.rejected(run, Story.BUS));
    assertThat(
            endpoint.readVenueRegister(CLERK, null, null, null, 9, WhichMoment.NOW, null).venues())
        .extracting("venue", "accountOpen")
        .containsExactly(tuple(Story.BUS.value(), false), tuple(Story.LIBRARY.value(), true));
  }

  @Test
  void aRejectedTransferClosesItsIbanForVenuesThatItDidNotPayUntilTheyOpenItAgain()
      throws Exception {
    SlipJudged slip = Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1);
    SettlementRunOpened run = Story.run("R-1", Map.of(ledger.record(slip), slip));
    // The bus is paid to the library's IBAN from now on, by an entry of its own in the vault.
    VenueAccountOpened shared =
        new VenueAccountOpened(Story.BUS, new VaultReference("account-8"), "fingerprint-1");
    ledger.record(run, shared);
    following.await(RegistersProjection.NAME, ledger.reader().head());
    ledger.record(Story.rejected(run, Story.LIBRARY));
    assertThat(
            endpoint.readVenueRegister(CLERK, null, null, null, 9, WhichMoment.NOW, null).venues())
        .extracting("accountOpen")
        .containsExactly(false, false);

    ledger.record(shared);
    assertThat(
            endpoint.readVenueRegister(CLERK, null, null, null, 9, WhichMoment.NOW, null).venues())
        .extracting("venue", "accountOpen")
        .containsExactly(tuple(Story.BUS.value(), true), tuple(Story.LIBRARY.value(), false));
  }

  @Test
  void whatADebitLeftThatTheBankTellsNoMoreClosesNoAccountAndAReturnOfTheBanksDoes()
      throws Exception {
    VaultReference account = new VaultReference("account-7");
    ledger.record(
        new FunderAccountOpened(Story.STATE, account, "fingerprint-1", "clerk-1", "clerk-2"));
    following.await(RegistersProjection.NAME, ledger.reader().head());
    LocalDate day = LocalDate.of(2026, 4, 2);
    BankEntry entry =
        new BankEntry("E-1", Optional.empty(), day, day, -571, Optional.empty(), Optional.empty());
    for (BankEntry each : List.of(entry.toldNoMore(), entry)) {
      ledger.record(
          new RefundReturned(
              new RefundOrderId("A"),
              new TransferId("A-1"),
              new CreditNoteId("o-1~anct"),
              Story.STATE,
              day,
              "AC04",
              account,
              571,
              List.of(),
              each,
              Optional.empty()));
      assertThat(
              endpoint
                  .readVenueRegister(CLERK, null, null, null, 9, WhichMoment.NOW, null)
                  .venues())
          .extracting("venue", "accountOpen")
          .containsExactly(
              tuple(Story.BUS.value(), true),
              tuple(Story.LIBRARY.value(), each.equals(entry.toldNoMore())));
    }
  }

  @Test
  void aRejectedRefundClosesItsIbanForTheVenueThatIsPaidToIt() throws Exception {
    VaultReference account = new VaultReference("account-7");
    ledger.record(
        new FunderAccountOpened(Story.STATE, account, "fingerprint-1", "clerk-1", "clerk-2"));
    following.await(RegistersProjection.NAME, ledger.reader().head());
    ledger.record(
        new RefundRejected(
            new RefundOrderId("A"),
            new TransferId("A-1"),
            new CreditNoteId("o-1~anct"),
            Story.STATE,
            LocalDate.of(2026, 4, 2),
            "AC04",
            account));
    assertThat(
            endpoint.readVenueRegister(CLERK, null, null, null, 9, WhichMoment.NOW, null).venues())
        .extracting("venue", "accountOpen")
        .containsExactly(tuple(Story.BUS.value(), true), tuple(Story.LIBRARY.value(), false));
  }

  @Test
  void whatIsLostFromAPrescribersStockLeavesItAndWhatWasHandedOutDoesNotLeaveItTwice() {
    ledger.record(
        Story.opposed("lost-1", Whereabouts.AT_PRESCRIBER, Story.CCAS, 591, 600),
        Story.opposed("lost-2", Whereabouts.HANDED_OUT, null, 1, 10));
    StockRegister.OfBatch stock =
        endpoint.readStock(CLERK, Story.CCAS, WhichMoment.NOW, null).batches().getFirst();
    assertThat(stock.opposed()).isEqualTo(10);
    assertThat(stock.inStock()).isEqualTo(90);
    assertThat(stock.delivered())
        .isEqualTo(stock.handedOut() + stock.opposed() + stock.returned() + stock.inStock());
  }

  @Test
  void aRegisterOfStockBalancesThroughReturnsAndCorrections() {
    ledger.record(
        new StockReturned(
            new CorrectionId("r-1"),
            Story.CCAS,
            List.of(new ChequeRange(Story.BATCH, 581, 600)),
            Story.cents().shares(581, 600)),
        new HandOutCorrected(
            new CorrectionId("c-1"),
            Story.CCAS,
            List.of(new ChequeRange(Story.BATCH, 1, 1)),
            Story.cents().shares(1, 1)));
    StockRegister.OfBatch stock =
        endpoint.readStock(CLERK, Story.CCAS, WhichMoment.NOW, null).batches().getFirst();
    assertThat(stock.returned()).isEqualTo(20);
    assertThat(stock.handedOut()).isEqualTo(499);
    assertThat(stock.inStock()).isEqualTo(81);
    assertThat(stock.delivered())
        .isEqualTo(stock.handedOut() + stock.opposed() + stock.returned() + stock.inStock());
  }

  @Test
  void whatExpiresInAPrescribersStockLeavesItWithTheAccounts() {
    ledger.record(Story.expired());
    StockRegister.OfBatch stock =
        endpoint.readStock(CLERK, Story.CCAS, WhichMoment.NOW, null).batches().getFirst();
    assertThat(stock.expired()).isEqualTo(100);
    assertThat(stock.inStock()).isZero();
    assertThat(stock.delivered())
        .isEqualTo(
            stock.handedOut()
                + stock.opposed()
                + stock.returned()
                + stock.expired()
                + stock.inStock());
    long titles =
        Stream.concat(Story.untilHandedOut().stream(), Stream.of(Story.expired()))
            .flatMap(fact -> Postings.of(fact).stream())
            .filter(entry -> entry.account().kind() == AccountKind.TITLES_AT_PRESCRIBER)
            .filter(entry -> entry.account().prescriber().equals(Story.CCAS.value()))
            .mapToLong(Entry::cents)
            .sum();
    assertThat(stock.inStockCents()).isEqualTo(titles);
  }

  @Test
  void aPrescribersStockIsWhatItReceivedLessWhatItHandedOut() {
    StockRegister.Stock stock = endpoint.readStock(CLERK, Story.CCAS, WhichMoment.NOW, null);
    assertThat(stock.name()).isEqualTo("CCAS de Guéret");
    assertThat(stock.inStock()).isEqualTo(100);
    assertThat(stock.inStockCents()).isEqualTo(100_000);
    assertThat(stock.batches())
        .extracting("batch", "order", "delivered", "handedOut", "inStock")
        .containsExactly(tuple("00007", "o-1", 600L, 500L, 100L));

    Actor ccas = new Actor("ccas", Role.PRESCRIBER, Story.CCAS.value());
    assertThat(endpoint.readStock(ccas, Story.CCAS, WhichMoment.NOW, null)).isEqualTo(stock);
    notFound(ccas, Story.MISSION);
    notFound(CLERK, new PrescriberId("nobody"));
  }

  /** Of 600 cheques 500 were handed out 27 days ago: 100 are left, at 500 in four weeks. */
  @Test
  void whatWasHandedOutLatelySaysHowLongTheStockLasts() {
    StockOutlook outlook = endpoint.readStockOutlook(CLERK, Story.CCAS);
    assertThat(outlook.handedOut()).isEqualTo(500);
    assertThat(outlook.inStock()).isEqualTo(100);
    assertThat(outlook.runsOutOn()).contains(Story.DAY.plusDays(27 + 6));

    assertThat(endpoint.readStockOutlook(CLERK, Story.MISSION).runsOutOn()).isEmpty();
    Actor mission = new Actor("mission", Role.PRESCRIBER, Story.MISSION.value());
    assertThatThrownBy(() -> endpoint.readStockOutlook(mission, Story.CCAS))
        .isInstanceOf(Problem.class);
  }

  @Test
  void moreHandedOutThanDeliveredStopsTheRegisters() throws Exception {
    ledger.record(Story.handedOut("h-2", Story.MISSION, 601, 801));
    assertThat(following.awaitStop(RegistersProjection.NAME).reason()).contains("stock_balances");
  }

  @Test
  void aLabelOfAVenueThatIsNotListedStopsTheRegisters() throws Exception {
    ledger.record(new VenueLabelled(new VenueId("nowhere"), Story.DAY, "committee"));
    assertThat(following.awaitStop(RegistersProjection.NAME).reason()).contains("not listed");
  }

  @Test
  void aNameThatTheDatabaseCannotHoldStopsNothing() throws Exception {
    long head =
        ledger.record(
            Story.listed(Story.BUS, "Bus\0", Story.pointOfService(Story.BUS_GUERET, Story.CREUSE)));
    following.await(RegistersProjection.NAME, head);
    assertThat(
            endpoint
                .readVenueRegister(CLERK, null, null, null, 1, WhichMoment.NOW, null)
                .venues()
                .getFirst()
                .name())
        .isEqualTo("Bus\uFFFD");
  }

  @Test
  void aStockIsAFileWithARowForEachBatch() throws Exception {
    String name = "stock-%s-%d".formatted(Story.CCAS, ledger.reader().head());
    String header =
        "batch,order,programme,programmeName,agreement,faceValueCents,endsOn,delivered,handedOut,"
            + "opposed,returned,expired,inStock,inStockCents,caveats\r\n";
    StockRegister.OfBatch read =
        endpoint.readStock(CLERK, Story.CCAS, WhichMoment.NOW, null).batches().getFirst();
    assertThat(stock(CLERK, TableFormat.CSV, name + ".csv"))
        .isEqualTo(
            header
                + "00007,o-1,%s,%s,%s,1000,%s,600,500,0,0,0,100,100000,\r\n"
                    .formatted(
                        read.programme(), read.programmeName(), read.agreement(), read.endsOn()));
    assertThat(stock(CLERK, TableFormat.EXCEL_FR, name + ".csv"))
        .startsWith("\uFEFFLot;Commande;")
        .contains("\"=\"\"00007\"\"\";o-1;", ";10,00;", ";600;500;0;0;0;100;1000,00;\r\n");
    JsonNode rows = JsonMapper.shared().readTree(stock(CLERK, TableFormat.JSON, name + ".json"));
    assertThat(rows.get(0).get("inStockCents").asLong()).isEqualTo(read.inStockCents());
    Actor mission = new Actor("mission", Role.PRESCRIBER, Story.MISSION.value());
    assertThatThrownBy(() -> stock(mission, TableFormat.CSV, name))
        .isInstanceOfSatisfying(
            Problem.class, problem -> assertThat(problem.status()).isEqualTo(404));
  }

  private String stock(Actor actor, TableFormat format, String name) throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    exports.exportStock(
        actor, Story.CCAS, WhichMoment.NOW, null, new TableDownload(format, response));
    assertThat(response.getHeader("Content-Disposition")).contains("\"" + name + "\"");
    return response.getContentAsString();
  }

  @Test
  void theVenuesAndTheirPointsOfServiceAreFiles() throws Exception {
    VenueId third = new VenueId("99999999999999");
    ledger.record(
        Story.listed(
            third,
            "=Nouveau",
            Story.pointOfService(new PointOfServiceId("x"), Story.HAUTE_VIENNE)));
    following.await(RegistersProjection.NAME, ledger.reader().head());
    String header =
        "venue,identifiedBy,name,payable,labelledFrom,labelDecision,pointsOfService,caveats\r\n";
    String bus = Story.BUS + ",SIRET,Cyberbus,oui,2026-02-01,committee of February,2,\r\n";
    assertThat(venues(null, null, TableFormat.CSV))
        .isEqualTo(
            header
                + bus
                + Story.LIBRARY
                + ",SIRET,Médiathèque,oui,2026-01-01,committee of January,1,\r\n"
                + third
                + ",SIRET,'=Nouveau,oui,,,1,\r\n");
    assertThat(venues(new Departement("87"), true, TableFormat.CSV)).isEqualTo(header + bus);
    assertThat(venues(null, true, TableFormat.EXCEL_FR))
        .startsWith("\uFEFFLieu;Identifié par;")
        .contains("\"=\"\"" + Story.LIBRARY + "\"\"\";SIRET;Médiathèque;oui;01/01/2026;");
    assertThat(JsonMapper.shared().readTree(venues(null, null, TableFormat.JSON)))
        .hasSize(
            endpoint
                .readVenueRegister(CLERK, null, null, null, 9, WhichMoment.NOW, null)
                .venues()
                .size());

    MockHttpServletResponse points = new MockHttpServletResponse();
    exports.exportPointsOfService(
        Story.BUS, WhichMoment.NOW, null, new TableDownload(TableFormat.CSV, points));
    assertThat(points.getContentAsString().lines().toList())
        .hasSize(3)
        .first()
        .isEqualTo(
            "venue,id,name,street,postcode,commune,communeCode,departement,itinerant,services,caveats");
    assertThat(points.getContentAsString())
        .contains("\r\n" + Story.BUS + ",bus-gueret,", ",23,non,", ",87,oui,");
    assertThatThrownBy(
            () ->
                exports.exportPointsOfService(
                    new VenueId("11111111111111"),
                    WhichMoment.NOW,
                    null,
                    new TableDownload(TableFormat.CSV, new MockHttpServletResponse())))
        .isInstanceOf(Problem.class);
  }

  private String venues(Departement departement, Boolean labelled, TableFormat format)
      throws IOException {
    MockHttpServletResponse response = new MockHttpServletResponse();
    exports.exportVenueRegister(
        departement, labelled, WhichMoment.NOW, null, new TableDownload(format, response));
    assertThat(response.getHeader("Content-Disposition")).contains("lieux");
    return response.getContentAsString();
  }

  private void notFound(Actor actor, PrescriberId prescriber) {
    assertThatThrownBy(() -> endpoint.readStock(actor, prescriber, WhichMoment.NOW, null))
        .isInstanceOfSatisfying(
            Problem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(404);
              assertThat(problem.getMessage())
                  .startsWith("prescriber " + prescriber + " does not exist; ");
            });
  }
}
