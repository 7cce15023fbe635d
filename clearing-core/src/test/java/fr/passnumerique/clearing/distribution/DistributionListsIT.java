package fr.passnumerique.clearing.distribution;

import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.CORREZE;
import static fr.passnumerique.clearing.FundedWorld.MISSION;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.handOut;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.http.OverHttp;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.ledger.FixtureReader;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.vault.VaultReference;
import java.lang.reflect.Proxy;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
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

/** Deliveries, hand-outs and prescribers as lists, over real HTTP on a ledger in memory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class DistributionListsIT extends OverHttp {
  private static final String DELIVERIES = "/api/deliveries";
  private static final String HAND_OUTS = "/api/prescribers/ccas-gueret/hand-outs";
  private static final String PRESCRIBERS = "/api/prescribers";

  @Autowired Room room;
  private FundedWorld world = FundedWorld.usual();
  private Batch batch = Batch.of(1);

  @BeforeEach
  void aNewLedger() {
    room.begin();
    world = room.world;
    batch = world.issued("O-1", 100);
  }

  @Test
  void deliveriesAreReadInPagesTheNewestFirstAndAPrescriberReadsItsOwn() throws Exception {
    assertThat(answer(200, get(DELIVERIES)).get("deliveries")).isEmpty();
    world.must(delivery("D-1", CCAS, batch, 1, 20));
    world.must(delivery("D-2", MISSION, batch, 21, 30));
    world.must(delivery("D-3", CCAS, batch, 31, 40));

    JsonNode page = answer(200, get(DELIVERIES + "?limit=2"));
    assertThat(ids(page, "deliveries", "delivery")).containsExactly("D-3", "D-2");
    JsonNode last = answer(200, get(DELIVERIES + "?limit=2&before=" + page.get("next").asLong()));
    assertThat(ids(last, "deliveries", "delivery")).containsExactly("D-1");
    assertThat(last.has("next")).isFalse();
    assertThat(answer(200, get(DELIVERIES + "?limit=3")).has("next")).isFalse();
    JsonNode row = last.get("deliveries").get(0);
    assertThat(row.get("prescriber").asString()).isEqualTo("ccas-gueret");
    assertThat(row.get("order").asString()).isEqualTo("O-1");
    assertThat(row.get("first").asString()).isEqualTo("000010001");
    assertThat(row.get("last").asString()).isEqualTo("00001000M");
    assertThat(row.get("cheques").asInt()).isEqualTo(20);
    assertThat(row.get("cents").asLong()).isEqualTo(20_000);
    assertThat(row.get("deliveredOn").asString()).isEqualTo(TODAY.toString());

    JsonNode own = answer(200, get("PRESCRIBER ccas-gueret", DELIVERIES + "?limit=1"));
    assertThat(ids(own, "deliveries", "delivery")).containsExactly("D-3");
    JsonNode next =
        answer(
            200,
            get(
                "PRESCRIBER ccas-gueret",
                DELIVERIES + "?limit=1&before=" + own.get("next").asLong()));
    assertThat(ids(next, "deliveries", "delivery")).containsExactly("D-1");
    assertThat(next.has("next")).isFalse();
    assertThat(
            ids(
                answer(200, get(DELIVERIES + "?prescriber=mission-locale")),
                "deliveries",
                "delivery"))
        .containsExactly("D-2");
    answer(404, get(DELIVERIES + "?prescriber=nobody"));
    answer(404, get(DELIVERIES + "/export?prescriber=nobody"));
    for (String bad : List.of("limit=0", "limit=1001", "before=x", "after=1")) {
      answer(400, get(DELIVERIES + "?" + bad));
    }
  }

  @Test
  void deliveriesAreAFile() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 20));
    world.must(delivery("D-2", MISSION, batch, 21, 30));
    assertThat(exported("PRESCRIBER ccas-gueret", DELIVERIES + "/export", "livraisons.csv"))
        .startsWith(
            "delivery,position,prescriber,order,batch,first,last,cheques,cents,deliveredOn\r\nD-1,")
        .endsWith(",ccas-gueret,O-1,00001,00001-0001,00001-000M,20,20000,2026-03-02\r\n")
        .doesNotContain("D-2");
    assertThat(exported("", DELIVERIES + "/export?format=EXCEL_FR", "livraisons.csv"))
        .startsWith("\uFEFFLivraison;Position;Prescripteur;")
        .contains(";200,00;02/03/2026\r\n");
    assertThat(json(exported("", DELIVERIES + "/export?format=JSON", "livraisons.json")))
        .hasSize(2);
  }

  @Test
  void handOutsAreReadInPagesWithWhatWasPutBackAndNotToWhom() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 50));
    world.must(delivery("D-2", MISSION, batch, 51, 100));
    assertThat(answer(200, get(HAND_OUTS)).get("handOuts")).isEmpty();
    world.must(handOut("H-1", CCAS, new Choice.Carnets(batch, 1, 1)));
    world.must(handOut("H-1", MISSION, new Choice.Carnets(batch, 6, 6)));
    world.must(
        handOut("H-2", CCAS, new Choice.Cheques(batch, 11, 12), new Choice.Cheques(batch, 15, 15)));
    ChequeRange third = new ChequeRange(batch, 21, 30);
    world.ledger.given(
        new ChequesHandedOut(
            new HandOutId("H-3"),
            CCAS,
            List.of(third),
            TODAY,
            "jeunes",
            List.of(),
            Optional.of(new VaultReference("v-anne"))));
    world.must(
        new TakeBack(
            TakeBack.Step.HAND_OUT,
            new CorrectionId("C-1"),
            CCAS,
            List.of(new Choice.Cheques(batch, 12, 12))));

    JsonNode page = answer(200, get("PRESCRIBER ccas-gueret", HAND_OUTS + "?limit=2"));
    assertThat(ids(page, "handOuts", "handOut")).containsExactly("H-3", "H-2");
    assertThat(page.get("count").asInt()).isEqualTo(3);
    assertThat(page.toString()).doesNotContain("v-anne").doesNotContain("beneficiary");
    assertThat(page.get("handOuts").get(0).get("publicCode").asString()).isEqualTo("jeunes");
    JsonNode corrected = page.get("handOuts").get(1);
    assertThat(corrected.has("publicCode")).isFalse();
    assertThat(corrected.get("cheques").asInt()).isEqualTo(3);
    assertThat(corrected.get("correctedCheques").asInt()).isEqualTo(1);
    assertThat(corrected.get("cents").asLong()).isEqualTo(3_000);
    assertThat(corrected.get("ranges")).hasSize(2);
    assertThat(corrected.at("/ranges/0/last").asString()).isEqualTo("00001000C");
    JsonNode last = answer(200, get(HAND_OUTS + "?limit=2&before=" + page.get("next").asLong()));
    assertThat(ids(last, "handOuts", "handOut")).containsExactly("H-1");
    JsonNode oldest = answer(200, get(HAND_OUTS + "?limit=2&sort=OLDEST"));
    assertThat(ids(oldest, "handOuts", "handOut")).containsExactly("H-1", "H-2");
    JsonNode newer =
        answer(200, get(HAND_OUTS + "?limit=2&sort=OLDEST&before=" + oldest.get("next").asLong()));
    assertThat(ids(newer, "handOuts", "handOut")).containsExactly("H-3");
    assertThat(newer.has("next")).isFalse();
    assertThat(last.at("/handOuts/0/ranges/0/first").asString())
        .as("its own, not another's of the same name")
        .isEqualTo("000010001");
    assertThat(last.has("next")).isFalse();
    for (String bad : List.of("limit=0", "limit=201", "before=x", "after=1")) {
      answer(400, get(HAND_OUTS + "?" + bad));
    }
  }

  @Test
  void aPrescriberReadsItsOwnHandOutsAlone() throws Exception {
    world.must(delivery("D-1", CCAS, batch, 1, 50));
    world.must(handOut("H-1", CCAS, new Choice.Carnets(batch, 1, 1)));
    for (String of : List.of("", "/export")) {
      HttpResponse<String> anothers = get("PRESCRIBER mission-locale", HAND_OUTS + of);
      HttpResponse<String> none =
          get("PRESCRIBER mission-locale", HAND_OUTS.replace("ccas-gueret", "nobody") + of);
      assertThat(anothers.statusCode()).isEqualTo(404);
      assertThat(none.body().replace("nobody", "ccas-gueret")).isEqualTo(anothers.body());
    }
    answer(404, get(HAND_OUTS.replace("ccas-gueret", "nobody")));
    assertThat(exported("PRESCRIBER ccas-gueret", HAND_OUTS + "/export", "remises-ccas-gueret.csv"))
        .startsWith(
            "handOut,position,handedOutOn,publicCode,ranges,cheques,correctedCheques,cents\r\nH-1,")
        .endsWith(",2026-03-02,,00001-0001…00001-000A,10,0,10000\r\n");
    assertThat(exported("", HAND_OUTS + "/export?format=EXCEL_FR", "remises-ccas-gueret.csv"))
        .startsWith("\uFEFFRemise;Position;Remise le;")
        .endsWith(";10;0;100,00\r\n");
    assertThat(json(exported("", HAND_OUTS + "/export?format=JSON", "remises-ccas-gueret.json")))
        .hasSize(1);
  }

  @Test
  void moreHandOutsThanOnePageOfTheFileHas() throws Exception {
    Batch many = world.issued("O-2", 210);
    world.must(delivery("D-1", CCAS, many, 1, 210));
    for (int ordinal = 1; ordinal <= 205; ordinal++) {
      world.must(handOut("H-" + ordinal, CCAS, new Choice.Cheques(many, ordinal, ordinal)));
    }
    room.queries = 0;
    String file = exported("", HAND_OUTS + "/export", "remises-ccas-gueret.csv");
    assertThat(file.lines()).hasSize(206);
    assertThat(file.lines().map(line -> line.split(",")[0]).distinct()).hasSize(206);
    assertThat(room.queries).as("one a page").isEqualTo(2);
  }

  @Test
  void prescribersAreReadInOrderOfIdentifier() throws Exception {
    world.must(
        new RegisterPrescriber(
            new PrescriberId("atelier"), "Atelier", CORREZE, Optional.of("21190027900012")));
    JsonNode page = answer(200, get(PRESCRIBERS + "?limit=2"));
    assertThat(ids(page, "prescribers", "prescriber")).containsExactly("atelier", "ccas-gueret");
    assertThat(page.get("count").asInt()).isEqualTo(3);
    JsonNode last = answer(200, get(PRESCRIBERS + "?limit=2&after=" + page.get("next").asString()));
    assertThat(ids(last, "prescribers", "prescriber")).containsExactly("mission-locale");
    assertThat(last.has("next")).isFalse();
    assertThat(ids(answer(200, get(PRESCRIBERS + "?departement=19")), "prescribers", "prescriber"))
        .containsExactly("atelier");
    assertThat(answer(200, get(PRESCRIBERS + "?departement=75")).get("prescribers")).isEmpty();
    for (String bad : List.of("limit=0", "limit=1001", "departement=x", "prescriber=atelier")) {
      answer(400, get(PRESCRIBERS + "?" + bad));
    }
    assertThat(exported("", PRESCRIBERS + "/export?departement=19", "prescripteurs.csv"))
        .isEqualTo("prescriber,name,departement,siret\r\natelier,Atelier,19,21190027900012\r\n");
  }

  private static List<String> ids(JsonNode page, String list, String id) {
    List<String> ids = new ArrayList<>();
    page.get(list).forEach(row -> ids.add(row.get(id).asString()));
    return ids;
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();

    void begin() {
      world = FundedWorld.usual();
    }

    /** What the ledger was asked for. */
    int queries;

    LedgerReader reader() {
      FixtureReader reader = new FixtureReader(world.ledger);
      return (LedgerReader)
          Proxy.newProxyInstance(
              LedgerReader.class.getClassLoader(),
              new Class<?>[] {LedgerReader.class},
              (_, method, args) -> {
                queries += method.getName().equals("recorded") ? 0 : 1;
                return method.invoke(reader, args);
              });
    }

    DistributionRegister register() {
      return world.register(DistributionRegister.class);
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
    DeliveriesEndpoint deliveriesEndpoint(Room room) {
      return new DeliveriesEndpoint(new Deliveries(room.register(), Supplier::get));
    }

    @Bean
    @Scope("prototype")
    HandOutListEndpoint handOutListEndpoint(Room room) {
      return new HandOutListEndpoint(
          new HandOutList(room.register(), Supplier::get, room.reader()));
    }

    @Bean
    @Scope("prototype")
    PrescribersEndpoint prescribersEndpoint(Room room) {
      return new PrescribersEndpoint(room.register(), Supplier::get);
    }
  }
}
