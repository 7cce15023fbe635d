package fr.passnumerique.clearing.issuance;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.ORDER_ENDS;
import static fr.passnumerique.clearing.FundedWorld.PROGRAMME;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.agreement;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.handOut;
import static fr.passnumerique.clearing.FundedWorld.order;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static fr.passnumerique.clearing.FundedWorld.share;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.distribution.CorrectionId;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.distribution.TakeBack;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.AskedShares;
import fr.passnumerique.clearing.http.OverHttp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import tools.jackson.databind.JsonNode;

/** The list of orders over real HTTP, on a ledger in memory. Of 1 000 cents the State has 571.4. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OrdersEndpointIT extends OverHttp {
  private static final String ORDERS = "/api/orders";

  @Autowired Room room;
  private FundedWorld world = FundedWorld.usual();

  @BeforeEach
  void aNewLedger() {
    room.begin();
    world = room.world;
  }

  @Test
  void anOrderGoesFromOrderedToDelivered() throws Exception {
    Batch batch = world.issued("O-1", 100);
    JsonNode ordered = only(ORDERS);
    assertThat(ordered.get("state").asString()).isEqualTo("ORDERED");
    assertThat(ordered.get("missingCents").asLong()).isEqualTo(100_000);
    assertThat(ordered.get("cents").asLong()).isEqualTo(100_000);
    assertThat(ordered.get("batch").asString()).isEqualTo("00001");
    assertThat(ordered.get("replacement").asBoolean()).isFalse();
    assertThat(ordered.get("lastDay").asString()).isEqualTo("2026-09-30");

    world.must(receipt("R-1", STATE, 57_140));
    world.must(receipt("R-2", REGION, 42_859));
    assertThat(only(ORDERS).get("state").asString()).isEqualTo("ORDERED");
    assertThat(only(ORDERS).get("missingCents").asLong()).isEqualTo(1);
    world.must(receipt("R-3", REGION, 1));
    assertThat(only(ORDERS).get("state").asString()).isEqualTo("FUNDED");
    assertThat(only(ORDERS).get("missingCents").asLong()).isZero();

    world.must(new ActivateCheques(new ActivationId("A-1"), batch, 41, OptionalInt.of(60)));
    JsonNode activated = only(ORDERS);
    assertThat(activated.get("state").asString()).isEqualTo("ACTIVATED");
    assertThat(activated.get("activated").asInt()).isEqualTo(20);
    assertThat(activated.get("missingCents").asLong()).as("set aside once").isZero();

    world.must(delivery("D-1", CCAS, batch, 1, 50));
    world.must(handOut("H-1", CCAS, new Choice.Carnets(batch, 1, 2)));
    world.must(takeBack(TakeBack.Step.HAND_OUT, "C-1", batch, 20, 20));
    world.must(takeBack(TakeBack.Step.DELIVERY, "C-2", batch, 41, 50));
    JsonNode delivered = only(ORDERS);
    assertThat(delivered.get("state").asString()).isEqualTo("DELIVERED");
    assertThat(delivered.get("delivered").asInt()).isEqualTo(40);
    assertThat(delivered.get("handedOut").asInt()).isEqualTo(19);
  }

  @Test
  void oneIsFoundByItsNameAsTheListTellsIt() {
    world.issued("O-1", 100);
    world.issued("O-2", 10);

    Orders orders = new Orders(world.register(IssuanceRegister.class), Supplier::get);
    List<Orders.Row> listed =
        orders.newest(new Orders.Filter(AskedShares.ALL, Optional.empty()), null, 10).orders();
    assertThat(listed)
        .extracting(Orders.Row::order)
        .containsExactly(new OrderId("O-2"), new OrderId("O-1"));
    assertThat(orders.find(new OrderId("O-1"))).contains(listed.getLast());
    assertThat(orders.find(new OrderId("O-3"))).isEmpty();
  }

  @Test
  void onceItHasExpiredNobodyActivatesTheRestAndNothingIsMissing() throws Exception {
    Batch batch = world.issued("O-1", 10);
    assertThat(only(ORDERS).get("missingCents").asLong()).isEqualTo(10_000);
    world.ledger.given(
        new ChequesExpired(new OrderId("O-1"), batch, AGREEMENT, ORDER_ENDS, List.of(), List.of()));
    assertThat(only(ORDERS).get("state").asString()).isEqualTo("EXPIRED");
    assertThat(only(ORDERS).get("missingCents").asLong()).isZero();
  }

  @Test
  void aFunderReadsThoseItPaysForAndWhatIsMissingOfItsOwnCash() throws Exception {
    world.issued("O-1", 100);
    world.must(agreement(new AgreementId("state-alone"), PROGRAMME, share(STATE, 10_000, 500_000)));
    world.must(order("O-2", new AgreementId("state-alone"), 10));

    assertThat(orders(answer(200, get(ORDERS)))).containsExactly("O-2", "O-1");
    assertThat(orders(answer(200, get("FUNDER anct", ORDERS)))).containsExactly("O-2", "O-1");
    JsonNode own = answer(200, get("FUNDER nouvelle-aquitaine", ORDERS));
    assertThat(orders(own)).containsExactly("O-1");
    assertThat(own.get("count").asInt()).isEqualTo(1);
    assertThat(own.get("orders").get(0).get("missingCents").asLong()).isEqualTo(42_860);
    assertThat(orders(answer(200, get(ORDERS + "?funder=nouvelle-aquitaine"))))
        .containsExactly("O-1");
    assertThat(answer(200, get("FUNDER nobody", ORDERS)).get("orders")).isEmpty();
    assertThat(exported("FUNDER nouvelle-aquitaine", ORDERS + "/export", "commandes.csv"))
        .contains("O-1")
        .doesNotContain("O-2");
  }

  @Test
  void aFunderDoesNotLearnWhetherAnotherHasPaid() throws Exception {
    world.issued("O-1", 100);
    world.must(receipt("R-1", STATE, 57_140));

    assertThat(only(ORDERS).get("state").asString()).isEqualTo("ORDERED");
    JsonNode paid = answer(200, get("FUNDER anct", ORDERS + "?state=FUNDED"));
    assertThat(orders(paid)).containsExactly("O-1");
    assertThat(paid.at("/orders/0/missingCents").asLong()).isZero();
    assertThat(orders(answer(200, get("FUNDER anct", ORDERS + "?state=ORDERED")))).isEmpty();
    assertThat(exported("FUNDER anct", ORDERS + "/export", "commandes.csv"))
        .contains(",FUNDED,0,0,0,0\r\n");
    assertThat(orders(answer(200, get("FUNDER nouvelle-aquitaine", ORDERS + "?state=ORDERED"))))
        .containsExactly("O-1");
    world.must(receipt("R-2", REGION, 42_860));
    assertThat(answer(200, get("FUNDER anct", ORDERS + "?state=FUNDED"))).isEqualTo(paid);
  }

  @Test
  void pagesGoOnBeforeTheLastAndAreOfTheStateThatIsAskedFor() throws Exception {
    Batch first = world.issued("O-1", 10);
    world.issued("O-2", 10);
    world.issued("O-3", 10);
    world.must(delivery("D-1", CCAS, first, 1, 10));

    JsonNode page = answer(200, get(ORDERS + "?limit=2"));
    assertThat(orders(page)).containsExactly("O-3", "O-2");
    JsonNode last = answer(200, get(ORDERS + "?limit=2&before=" + page.get("next").asLong()));
    assertThat(orders(last)).containsExactly("O-1");
    assertThat(last.has("next")).isFalse();
    assertThat(answer(200, get(ORDERS + "?limit=3")).has("next")).isFalse();
    assertThat(orders(answer(200, get(ORDERS + "?state=ORDERED&agreement=creuse-2026"))))
        .containsExactly("O-3", "O-2");
    JsonNode delivered = answer(200, get(ORDERS + "?state=DELIVERED&limit=1"));
    assertThat(orders(delivered)).containsExactly("O-1");
    assertThat(delivered.has("next")).isFalse();
    for (String bad : List.of("limit=0", "limit=1001", "before=x", "state=LOST", "after=1")) {
      answer(400, get(ORDERS + "?" + bad));
    }
  }

  @Test
  void whatDoesNotExistIsDeniedAndAnothersAgreementIsAnsweredAlike() throws Exception {
    world.issued("O-1", 10);
    world.must(agreement(new AgreementId("state-alone"), PROGRAMME, share(STATE, 10_000, 500_000)));
    for (String list : List.of(ORDERS, ORDERS + "/export")) {
      assertThat(answer(404, get(list + "?agreement=none")).get("code").asString())
          .isEqualTo("NOT_FOUND");
      answer(404, get(list + "?funder=none"));
      answer(200, get("FUNDER anct", ORDERS + "?agreement=state-alone"));
      JsonNode anothers =
          answer(404, get("FUNDER nouvelle-aquitaine", list + "?agreement=state-alone"));
      JsonNode none = answer(404, get("FUNDER nouvelle-aquitaine", list + "?agreement=none-alone"));
      assertThat(none.toString().replace("none-alone", "state-alone"))
          .isEqualTo(anothers.toString());
    }
  }

  @Test
  void ordersAreAFile() throws Exception {
    assertThat(answer(200, get(ORDERS)).get("orders")).isEmpty();
    world.issued("O-1", 10);
    assertThat(exported("", ORDERS + "/export", "commandes.csv"))
        .startsWith(
            "order,position,agreement,programme,fundingDepartement,batch,replacement,issuedOn,"
                + "endsOn,lastDay,cheques,chequesPerCarnet,cents,state,activated,delivered,"
                + "handedOut,missingCents\r\nO-1,")
        .endsWith(
            ",creuse-2026,pass,23,00001,non,2026-03-02,2026-08-31,2026-09-30,10,10,10000,ORDERED,"
                + "0,0,0,10000\r\n");
    assertThat(exported("", ORDERS + "/export?format=EXCEL_FR&state=ORDERED", "commandes.csv"))
        .startsWith("\uFEFFCommande;Position;Convention;")
        .contains(";100,00;ORDERED;0;0;0;100,00\r\n");
    assertThat(
            json(exported("", ORDERS + "/export?format=JSON", "commandes.json"))
                .get(0)
                .get("missingCents")
                .asLong())
        .isEqualTo(10_000);
  }

  @Test
  void moreOrdersThanOnePageOfTheFileHas() throws Exception {
    AgreementId wide = new AgreementId("wide");
    world.must(agreement(wide, PROGRAMME, share(STATE, 10_000, 100_000_000)));
    IntStream.rangeClosed(1, 1_005).forEach(each -> world.must(order("O-" + each, wide, 10)));
    String file = exported("", ORDERS + "/export", "commandes.csv");
    assertThat(file.lines()).hasSize(1_006);
    assertThat(file.lines().map(line -> line.split(",")[0]).distinct()).hasSize(1_006);
  }

  private JsonNode only(String path) throws Exception {
    JsonNode orders = answer(200, get(path)).get("orders");
    assertThat(orders).hasSize(1);
    return orders.get(0);
  }

  private static List<String> orders(JsonNode page) {
    List<String> orders = new ArrayList<>();
    page.get("orders").forEach(row -> orders.add(row.get("order").asString()));
    return orders;
  }

  private static TakeBack takeBack(
      TakeBack.Step step, String id, Batch batch, int first, int last) {
    return new TakeBack(
        step, new CorrectionId(id), CCAS, List.of(new Choice.Cheques(batch, first, last)));
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();

    void begin() {
      world = FundedWorld.usual();
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import(OverHttp.Open.class)
  static class Application {
    @Bean
    Room room() {
      return new Room();
    }

    @Bean
    @Scope("prototype")
    OrdersEndpoint ordersEndpoint(Room room) {
      return new OrdersEndpoint(
          new Orders(room.world.register(IssuanceRegister.class), Supplier::get));
    }
  }
}
