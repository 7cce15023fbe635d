package fr.passnumerique.clearing.upkeep;

import static fr.passnumerique.clearing.upkeep.UpkeepWorld.DIGEST;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.http.OverHttp;
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
import tools.jackson.databind.node.ObjectNode;

/** What two people decide about the projections, over real HTTP, on a ledger in memory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class UpkeepEndpointIT extends OverHttp {
  private static final String ASIDE = "/api/projections/claims/facts-set-aside";
  private static final String FACT = "{\"position\":12,\"reason\":\"DEFECT_OF_THE_FOLD\"}";
  private static final String ACCEPTANCE = "/api/projections/rebuilds/accounts-2/acceptance";
  private static final String THOSE = "{\"digest\":\"%s\"}".formatted(DIGEST);

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.world = new UpkeepWorld();
  }

  @Test
  void aFactIsSetAsideByTwo() throws Exception {
    answer(200, post("clerk-1", ASIDE + "?dryRun=true", FACT));
    assertThat(room.world.ledger.facts()).isEmpty();
    JsonNode proposed = answer(201, post("clerk-1", ASIDE, FACT));
    assertThat(proposed.get("status").asString()).isEqualTo("AWAITING_SECOND_PERSON");
    assertThat(proposed.get("factPosition").asLong()).isEqualTo(12);
    assertThat(proposed.get("position").asLong()).isEqualTo(1);
    answer(200, post("clerk-1", ASIDE, FACT));
    String confirmation = ASIDE + "/12/confirmation";
    assertThat(code(422, post("clerk-1", confirmation, ""))).isEqualTo("SECOND_PERSON_NEEDED");
    JsonNode confirmed = answer(201, post("clerk-2", confirmation, ""));
    assertThat(confirmed.get("status").asString()).isEqualTo("SET_ASIDE");
    assertThat(confirmed.get("confirmedBy").asString()).isEqualTo("clerk-2");
    answer(200, post("clerk-2", confirmation, ""));
  }

  @Test
  void thatAFactIsSetAsideIsTakenBackByTwo() throws Exception {
    String lifting = ASIDE + "/12/lifting";
    assertThat(code(409, post("clerk-2", lifting, ""))).isEqualTo("NOT_SET_ASIDE");
    answer(201, post("clerk-1", ASIDE, FACT));
    assertThat(code(409, post("clerk-2", lifting, ""))).isEqualTo("NOT_SET_ASIDE");
    answer(201, post("clerk-2", ASIDE + "/12/confirmation", ""));
    assertThat(code(409, post("clerk-1", lifting + "/confirmation", "")))
        .isEqualTo("NOTHING_PROPOSED");

    answer(200, post("clerk-2", lifting + "?dryRun=true", ""));
    assertThat(room.world.ledger.facts()).hasSize(2);
    JsonNode proposed = answer(201, post("clerk-2", lifting, ""));
    assertThat(proposed.get("status").asString()).isEqualTo("LIFTING_AWAITS_SECOND_PERSON");
    assertThat(proposed.get("already").asBoolean()).isFalse();
    assertThat(sameAgain(proposed, answer(200, post("clerk-2", lifting, "")))).isTrue();
    assertThat(code(409, post("clerk-1", lifting, ""))).isEqualTo("PROPOSAL_PENDING");
    assertThat(code(422, post("clerk-2", lifting + "/confirmation", "")))
        .isEqualTo("SECOND_PERSON_NEEDED");
    assertThat(room.world.ledger.facts()).hasSize(3);

    answer(200, post("clerk-1", lifting + "/confirmation?dryRun=true", ""));
    assertThat(room.world.ledger.facts()).hasSize(3);
    JsonNode lifted = answer(201, post("clerk-1", lifting + "/confirmation", ""));
    assertThat(lifted.get("status").asString()).isEqualTo("LIFTED");
    assertThat(lifted.get("proposedBy").asString()).isEqualTo("clerk-2");
    assertThat(lifted.get("confirmedBy").asString()).isEqualTo("clerk-1");
    assertThat(sameAgain(lifted, answer(200, post("clerk-1", lifting + "/confirmation", ""))))
        .isTrue();
    assertThat(room.world.ledger.facts()).hasSize(4);

    // Sent again it is what was answered then; set aside anew it is named as that.
    JsonNode confirmed = answer(200, post("clerk-2", ASIDE + "/12/confirmation", ""));
    assertThat(confirmed.get("status").asString()).isEqualTo("SET_ASIDE");
    assertThat(confirmed.get("confirmedBy").asString()).isEqualTo("clerk-2");
    assertThat(confirmed.get("position").asLong()).isEqualTo(2);
    answer(200, post("clerk-1", ASIDE, FACT));
    assertThat(code(409, post("clerk-2", ASIDE, FACT))).isEqualTo("LIFTED_SINCE");
    answer(400, post("clerk-1", ASIDE + "?liftedAt=x", FACT));
    assertThat(room.world.ledger.facts()).hasSize(4);
    answer(201, post("clerk-1", ASIDE + "?liftedAt=4", FACT));
    answer(201, post("clerk-2", ASIDE + "/12/confirmation?liftedAt=4", ""));
    answer(201, post("clerk-2", lifting + "?liftedAt=4", ""));
    answer(201, post("clerk-1", lifting + "/confirmation?liftedAt=4", ""));

    for (String path : new String[] {lifting, lifting + "/confirmation"}) {
      assertThat(code(404, post("clerk-1", path.replace("claims", "nothing"), "")))
          .isEqualTo("UNKNOWN_PROJECTION");
      answer(400, post("clerk-1", path.replace("12", "x"), ""));
    }
  }

  /** But for the word that it was so already. */
  private static boolean sameAgain(JsonNode first, JsonNode again) {
    return again.get("already").asBoolean()
        && ((ObjectNode) again.deepCopy()).put("already", false).equals(first);
  }

  @Test
  void whatIsNoFactToSetAsideIsRefused() throws Exception {
    assertThat(code(422, post("clerk-1", ASIDE, FACT.replace("12", "13"))))
        .isEqualTo("NOT_STOPPED_THERE");
    assertThat(code(404, post("clerk-1", ASIDE.replace("claims", "nothing"), FACT)))
        .isEqualTo("UNKNOWN_PROJECTION");
    assertThat(code(409, post("clerk-2", ASIDE + "/12/confirmation", "")))
        .isEqualTo("NOTHING_PROPOSED");
    for (String bad :
        new String[] {
          "{}",
          "{\"position\":\"x\",\"reason\":\"OTHER\"}",
          "{\"position\":12,\"reason\":\"LAZY\"}",
          FACT.replace("}", ",\"by\":\"me\"}")
        }) {
      answer(400, post("clerk-1", ASIDE, bad));
    }
    answer(400, post("clerk-2", ASIDE + "/x/confirmation", ""));
    assertThat(room.world.ledger.facts()).isEmpty();
  }

  @Test
  void differencesAreAcceptedByTwoWhoQuoteThem() throws Exception {
    answer(200, post("clerk-1", ACCEPTANCE + "?dryRun=true", THOSE));
    assertThat(code(409, post("clerk-1", ACCEPTANCE, THOSE.replace('9', '8'))))
        .isEqualTo("DIFFERENCES_CHANGED");
    assertThat(code(404, post("clerk-1", ACCEPTANCE.replace("accounts-2", "accounts-3"), THOSE)))
        .isEqualTo("UNKNOWN_REBUILD");
    JsonNode proposed = answer(201, post("clerk-1", ACCEPTANCE, THOSE));
    assertThat(proposed.get("differences").get("count").asLong()).isEqualTo(1);
    assertThat(code(422, post("clerk-1", ACCEPTANCE + "/confirmation", THOSE)))
        .isEqualTo("SECOND_PERSON_NEEDED");
    assertThat(code(409, post("clerk-2", ACCEPTANCE + "/confirmation", THOSE.replace('9', '8'))))
        .isEqualTo("DIFFERENCES_CHANGED");
    JsonNode accepted = answer(201, post("clerk-2", ACCEPTANCE + "/confirmation", THOSE));
    assertThat(accepted.get("status").asString()).isEqualTo("ACCEPTED");
    answer(400, post("clerk-1", ACCEPTANCE, "{}"));
    answer(400, post("clerk-1", ACCEPTANCE.replace("accounts-2", "a%20b"), THOSE));
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    UpkeepWorld world = new UpkeepWorld();
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
    UpkeepEndpoint upkeepEndpoint(Room room) {
      return new UpkeepEndpoint(room.world.ledger, room.world);
    }
  }
}
