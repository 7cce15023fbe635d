package fr.passnumerique.clearing.giveback;

import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
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

/** Give-backs over real HTTP, on a ledger in memory: the State has paid in 100 euros. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class GiveBackEndpointIT extends OverHttp {
  private static final String PATH = "/api/give-backs";
  private static final String BODY =
      "{\"giveBack\":\"G-1\",\"agreement\":\"creuse-2026\",\"funder\":\"anct\",\"amountCents\":1000}";

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void isTriedMadeAndCancelled() throws Exception {
    assertThat(answer(200, post(PATH + "?dryRun=true", BODY)).get("dryRun").asBoolean()).isTrue();
    assertThat(room.world.ledger.facts(CreditGivenBack.class)).isEmpty();

    JsonNode made = answer(201, post(PATH, BODY));
    assertThat(made.get("creditNote").asString()).isEqualTo("G-1~~anct");
    assertThat(made.get("amountCents").asLong()).isEqualTo(1_000);
    assertThat(answer(200, post(PATH, BODY)).get("already").asBoolean()).isTrue();
    assertThat(code(409, post(PATH, BODY.replace("1000", "999"))))
        .isEqualTo("GIVE_BACK_ALREADY_MADE");

    String cancellation = PATH + "/G-1/cancellation";
    answer(200, post(cancellation + "?dryRun=true", ""));
    assertThat(answer(201, post(cancellation, "")).get("amountCents").asLong()).isEqualTo(1_000);
    assertThat(answer(200, post(cancellation, "")).get("already").asBoolean()).isTrue();
    assertThat(code(404, post(PATH + "/G-9/cancellation", ""))).isEqualTo("UNKNOWN_GIVE_BACK");
  }

  @Test
  void whatIsNoneIsRefusedAndNothingIsRecorded() throws Exception {
    assertThat(code(422, post(PATH, BODY.replace("1000", "10001")))).isEqualTo("CREDIT_TOO_LOW");
    assertThat(code(422, post(PATH, BODY.replace("1000", "0")))).isEqualTo("AMOUNT_OUT_OF_RANGE");
    assertThat(code(404, post(PATH, BODY.replace("creuse-2026", "none"))))
        .isEqualTo("UNKNOWN_AGREEMENT");
    assertThat(code(422, post(PATH, BODY.replace("anct", "none"))))
        .isEqualTo("FUNDER_NOT_IN_AGREEMENT");
    answer(400, post(PATH, BODY.replace("1000", "10.5")));
    answer(400, post(PATH, BODY.replace("1000", "\"1000\"")));
    answer(400, post(PATH, BODY.replace("1000", "99999999999999999999")));
    answer(400, post(PATH, BODY.replace("G-1", "G/1")));
    answer(400, post(PATH, BODY.replace("\"amountCents\"", "\"amount\"")));
    answer(400, post(PATH, "{}"));
    answer(400, post(PATH, "[]"));
    answer(400, post(PATH + "/G~1/cancellation", ""));
    assertThat(room.world.ledger.facts(CreditGivenBack.class)).isEmpty();
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();

    void begin() {
      world = FundedWorld.usual();
      world.must(receipt("R-1", STATE, 10_000));
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
    GiveBackEndpoint giveBackEndpoint(Room room) {
      return new GiveBackEndpoint(room.world.ledger);
    }
  }
}
