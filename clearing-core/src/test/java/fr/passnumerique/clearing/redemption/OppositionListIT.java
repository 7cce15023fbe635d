package fr.passnumerique.clearing.redemption;

import static fr.passnumerique.clearing.redemption.RedemptionWorld.BATCH;
import static fr.passnumerique.clearing.redemption.RedemptionWorld.line;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescriberRegistered;
import fr.passnumerique.clearing.http.OverHttp;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.redemption.ChequesOpposed.Reason;
import fr.passnumerique.clearing.redemption.OpposeCheques.Named;
import java.time.LocalDate;
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

/**
 * The list of oppositions over real HTTP, on a ledger in memory: the CCAS holds cheques 1 to 60,
 * the mission 61 to 70, and nobody the rest.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OppositionListIT extends OverHttp {
  private static final String OPPOSITIONS = "/api/oppositions";
  private static final PrescriberId CCAS = new PrescriberId("ccas");
  private static final PrescriberId MISSION = new PrescriberId("mission-locale");

  @Autowired Room room;
  private RedemptionWorld world = RedemptionWorld.usual();

  @BeforeEach
  void aNewLedger() {
    room.begin();
    world = room.world;
    world.ledger.given(registered(CCAS), registered(MISSION));
    world.ledger.given(delivered("d-1", CCAS, 1, 60), delivered("d-2", MISSION, 61, 70));
  }

  @Test
  void anOppositionTellsWhatItStoppedAndHowManyAreReplaced() throws Exception {
    assertThat(answer(200, get(OPPOSITIONS)).get("oppositions")).isEmpty();
    world.redeem("S-0", line(1));
    send(oppose("o-1", 1, 3));
    send(
        new ReplaceCheques(
            new OrderId("new-1"), List.of(new Named(BATCH, 2, 2)), "clerk-1", Optional.empty()));

    JsonNode row = answer(200, get(OPPOSITIONS)).get("oppositions").get(0);
    assertThat(row.get("status").asString()).isEqualTo("OPPOSED");
    assertThat(row.get("reason").asString()).isEqualTo("LOST");
    assertThat(row.get("prescriber").asString()).isEqualTo("ccas");
    assertThat(row.get("cheques").asInt()).isEqualTo(3);
    assertThat(row.get("accepted").asInt()).isEqualTo(1);
    assertThat(row.get("opposed").asInt()).isEqualTo(2);
    assertThat(row.get("replaced").asInt()).isEqualTo(1);
    assertThat(row.get("dueBackCents").asLong()).isEqualTo(2_000);
    assertThat(row.at("/asked/0/last").asInt()).isEqualTo(3);
  }

  @Test
  void oneThatASecondPersonApprovesWhileSomebodyPagesIsOnThePageOnWhichItWas() throws Exception {
    send(oppose("o-1", 1, 60));
    send(oppose("o-2", 61, 61));
    JsonNode waiting = answer(200, get(OPPOSITIONS));
    assertThat(ids(waiting)).containsExactly("o-2", "o-1");
    assertThat(waiting.at("/oppositions/1/status").asString()).isEqualTo("AWAITING_SECOND_PERSON");
    assertThat(waiting.at("/oppositions/1/opposed").asInt()).isZero();

    JsonNode first = answer(200, get(OPPOSITIONS + "?limit=1"));
    send(new ApproveOpposition(new OppositionId("o-1"), "clerk-2"));
    JsonNode next = answer(200, get(OPPOSITIONS + "?limit=1&before=" + first.get("next").asLong()));
    assertThat(ids(next)).containsExactly("o-1");
    assertThat(next.at("/oppositions/0/status").asString()).isEqualTo("OPPOSED");
    assertThat(next.at("/oppositions/0/opposed").asInt()).isEqualTo(60);
    assertThat(ids(answer(200, get(OPPOSITIONS)))).containsExactly("o-2", "o-1");
  }

  @Test
  void aPrescriberReadsThoseOfItsOwnChequesInPages() throws Exception {
    send(oppose("o-1", 11, 12));
    send(oppose("o-2", 61, 62));
    send(oppose("o-3", 60, 61));
    send(oppose("o-4", 80, 81));
    send(oppose("o-5", 13, 14));

    assertThat(ids(answer(200, get(OPPOSITIONS))))
        .containsExactly("o-5", "o-4", "o-3", "o-2", "o-1");
    JsonNode own = answer(200, get("PRESCRIBER ccas", OPPOSITIONS + "?limit=1"));
    assertThat(ids(own)).containsExactly("o-5");
    JsonNode last =
        answer(
            200,
            get("PRESCRIBER ccas", OPPOSITIONS + "?limit=1&before=" + own.get("next").asLong()));
    assertThat(ids(last)).as("of none that is another's in part").containsExactly("o-1");
    assertThat(last.has("next")).isFalse();
    assertThat(ids(answer(200, get(OPPOSITIONS + "?prescriber=mission-locale"))))
        .containsExactly("o-2");
    assertThat(exported("PRESCRIBER mission-locale", OPPOSITIONS + "/export", "oppositions.csv"))
        .contains("o-2")
        .doesNotContain("o-1")
        .doesNotContain("o-3")
        .doesNotContain("o-4");
    answer(404, get(OPPOSITIONS + "?prescriber=nobody"));
    answer(404, get(OPPOSITIONS + "/export?prescriber=nobody"));
    for (String bad : List.of("limit=0", "limit=1001", "before=x", "after=1")) {
      answer(400, get(OPPOSITIONS + "?" + bad));
    }
  }

  @Test
  void oppositionsAreAFile() throws Exception {
    send(oppose("o-1", 11, 12));
    assertThat(exported("", OPPOSITIONS + "/export", "oppositions.csv"))
        .startsWith(
            "opposition,position,recordedAt,status,reason,prescriber,asked,cheques,opposed,"
                + "accepted,replaced,dueBackCents\r\no-1,")
        .endsWith(",OPPOSED,LOST,ccas,00007-000B…00007-000C,2,2,0,0,2000\r\n");
    assertThat(exported("", OPPOSITIONS + "/export?format=EXCEL_FR", "oppositions.csv"))
        .startsWith("\uFEFFOpposition;Position;Enregistrée le")
        .endsWith(";2;2;0;0;20,00\r\n");
    assertThat(json(exported("", OPPOSITIONS + "/export?format=JSON", "oppositions.json")))
        .hasSize(1);
  }

  private <A> void send(Command<A> command) {
    world.ledger.must(command);
  }

  private static OpposeCheques oppose(String id, int first, int last) {
    return new OpposeCheques(
        new OppositionId(id),
        List.of(new Named(BATCH, first, last)),
        Reason.LOST,
        "clerk-1",
        Optional.empty());
  }

  private static ChequesDelivered delivered(String id, PrescriberId to, int first, int last) {
    return new ChequesDelivered(
        new DeliveryId(id),
        to,
        new ChequeRange(BATCH, first, last),
        LocalDate.of(2026, 2, 2),
        List.of());
  }

  private static PrescriberRegistered registered(PrescriberId prescriber) {
    return new PrescriberRegistered(prescriber, prescriber.value(), RedemptionWorld.CREUSE);
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.get("oppositions").forEach(row -> ids.add(row.get("opposition").asString()));
    return ids;
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    RedemptionWorld world = RedemptionWorld.usual();

    void begin() {
      world = RedemptionWorld.usual();
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
    OppositionListEndpoint oppositionListEndpoint(Room room) {
      return new OppositionListEndpoint(new OppositionList(room.world.register, Supplier::get));
    }
  }
}
