package fr.passnumerique.clearing.calls;

import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.http.OverHttp;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
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

/** Calls for funds over real HTTP, on a ledger in memory. It is read on 2 May 2026. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CallsEndpointIT extends OverHttp {
  private static final String CALLS = "/api/calls-for-funds";
  private static final String CALL =
      "{\"call\":\"C-1\",\"agreement\":\"creuse-2026\",\"funder\":\"anct\",\"amountCents\":1000,"
          + "\"dueOn\":\"2026-04-30\"}";

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void aCallIsTriedMadePaidInPartAndLate() throws Exception {
    JsonNode tried = answer(200, post(CALLS + "?dryRun=true", CALL));
    JsonNode made = answer(201, post(CALLS, CALL));
    JsonNode again = answer(200, post(CALLS, CALL));
    room.world.must(receipt("R-1", STATE, 400));

    assertThat(tried.get("dryRun").asBoolean()).isTrue();
    assertThat(made.get("reference").asString()).startsWith("RF");
    assertThat(made.get("reference")).isEqualTo(tried.get("reference"));
    assertThat(again.get("already").asBoolean()).isTrue();
    JsonNode read = answer(200, get(CALLS + "?agreement=creuse-2026&funder=anct"));
    assertThat(read.get("openCents").asLong()).isEqualTo(600);
    assertThat(read.get("lateCents").asLong()).isEqualTo(600);
    JsonNode call = read.get("calls").get(0);
    assertThat(call.get("state").asString()).isEqualTo("PART_PAID");
    assertThat(call.get("late").asBoolean()).isTrue();
    assertThat(call.get("payments").get(0).get("receipt").asString()).isEqualTo("R-1");
    assertThat(call.has("cancelledOn")).isFalse();
    assertThat(room.query().open())
        .extracting(CallsQuery.Row::call, CallsQuery.Row::openCents)
        .containsExactly(tuple("C-1", 600L));
    assertThat(read.get("shares").get(0).get("callableCents").asLong()).isEqualTo(999_000);
  }

  @Test
  void whatIsLeftOfItIsCancelled() throws Exception {
    answer(201, post(CALLS, CALL));
    String path = CALLS + "/C-1/cancellation";
    answer(200, post(path + "?dryRun=true", "{\"reason\":\"NOT_NEEDED\"}"));
    JsonNode cancelled = answer(201, post(path, "{\"reason\":\"NOT_NEEDED\"}"));
    assertThat(cancelled.get("remainingCents").asLong()).isEqualTo(1_000);
    assertThat(room.query().open()).isEmpty();
    answer(200, post(path, "{\"reason\":\"NOT_NEEDED\"}"));
    assertThat(code(409, post(path, "{\"reason\":\"OTHER\"}"))).isEqualTo("CALL_ALREADY_CANCELLED");
    JsonNode row = answer(200, get(CALLS)).get("calls").get(0);
    assertThat(row.get("state").asString()).isEqualTo("CANCELLED");
    assertThat(row.get("cancelledOn").asString()).isEqualTo("2026-03-02");
    answer(400, post(path, "{\"reason\":\"Madame Durand\"}"));
    answer(400, post(path, "{}"));
    answer(404, post(CALLS + "/C-9/cancellation", "{\"reason\":\"OTHER\"}"));
  }

  @Test
  void aFunderReadsItsOwnAndLearnsNothingOfOthers() throws Exception {
    answer(201, post(CALLS, CALL));
    answer(201, post(CALLS, CALL.replace("C-1", "C-2").replace("anct", REGION.value())));

    JsonNode page = answer(200, get(CALLS + "?limit=1"));
    assertThat(page.get("calls")).hasSize(1);
    assertThat(page.get("next").asString()).isEqualTo("1");
    JsonNode last = answer(200, get(CALLS + "?limit=1&after=1"));
    assertThat(last.get("calls").get(0).get("call").asString()).isEqualTo("C-2");
    assertThat(last.has("next")).isFalse();
    assertThat(last.get("openCents")).as("of all pages").isEqualTo(page.get("openCents"));
    for (String bad : List.of("limit=0", "limit=5001", "after=-1", "after=x")) {
      answer(400, get(CALLS + "?" + bad));
    }

    JsonNode own = answer(200, get("FUNDER anct", CALLS));
    assertThat(own.get("calls").size()).isEqualTo(1);
    assertThat(own.get("calls").get(0).get("funder").asString()).isEqualTo("anct");
    assertThat(own.get("shares").size()).isEqualTo(1);
    assertThat(own.toString()).doesNotContain(REGION.value());
    HttpResponse<String> anothers = get("FUNDER other", CALLS + "?agreement=creuse-2026");
    HttpResponse<String> none = get("FUNDER other", CALLS + "?agreement=none");
    assertThat(anothers.statusCode()).isEqualTo(404);
    assertThat(anothers.body().replace("creuse-2026", "none")).isEqualTo(none.body());
  }

  @Test
  void callsAreAFileWithTheFiguresThatAreRead() throws Exception {
    JsonNode made = answer(201, post(CALLS, CALL));
    answer(201, post(CALLS, CALL.replace("C-1", "C-2").replace("anct", REGION.value())));
    answer(201, post(CALLS + "/C-2/cancellation", "{\"reason\":\"NOT_NEEDED\"}"));
    room.world.must(receipt("R-1", STATE, 400));
    String export = CALLS + "/export";
    String header =
        "call,agreement,funder,basis,calledOn,dueOn,reference,amountCents,receivedCents,openCents,"
            + "beyondCents,state,late,cancelledOn\r\n";
    String first =
        "C-1,creuse-2026,anct,CEILING,2026-03-02,2026-04-30,%s,1000,400,600,0,PART_PAID,oui,\r\n"
            .formatted(made.get("reference").asString());
    assertThat(exported("FUNDER anct", export, "appels-de-fonds-2026-05-02.csv"))
        .isEqualTo(header + first);
    assertThat(exported("", export, "appels-de-fonds-2026-05-02.csv"))
        .startsWith(header + first + "C-2,creuse-2026,nouvelle-aquitaine,CEILING,2026-03-02,")
        .endsWith(",1000,0,0,0,CANCELLED,non,2026-03-02\r\n");
    assertThat(
            exported("FUNDER anct", export + "?format=EXCEL_FR", "appels-de-fonds-2026-05-02.csv"))
        .startsWith(
            "\uFEFFAppel;Convention;Financeur;Base;Appelé le;Échéance;Référence;Appelé (EUR)")
        .contains(";02/03/2026;30/04/2026;", ";10,00;4,00;6,00;0,00;PART_PAID;oui;");
    assertThat(
            json(exported("", export + "?format=JSON", "appels-de-fonds-2026-05-02.json"))
                .get(1)
                .get("call")
                .asString())
        .isEqualTo("C-2");
    answer(404, get("FUNDER other", export + "?agreement=creuse-2026"));
    answer(400, get(export + "?format=XLS"));
  }

  @Test
  void aCallThatIsNoneIsRefusedAndNothingIsRecorded() throws Exception {
    assertThat(code(422, post(CALLS, CALL.replace("1000", "1000001"))))
        .isEqualTo("CALL_ABOVE_CEILING");
    assertThat(code(422, post(CALLS, CALL.replace("1000", "0")))).isEqualTo("AMOUNT_OUT_OF_RANGE");
    assertThat(code(422, post(CALLS, CALL.replace("2026-04-30", "2025-04-30"))))
        .isEqualTo("DUE_DATE_OUT_OF_RANGE");
    assertThat(code(404, post(CALLS, CALL.replace("creuse-2026", "none"))))
        .isEqualTo("UNKNOWN_AGREEMENT");
    assertThat(code(422, post(CALLS, CALL.replace("anct", "none"))))
        .isEqualTo("FUNDER_NOT_IN_AGREEMENT");
    answer(400, post(CALLS, CALL.replace("1000", "10.5")));
    answer(400, post(CALLS, CALL.replace("1000", "\"1000\"")));
    answer(400, post(CALLS, CALL.replace("2026-04-30", "fin avril")));
    answer(400, post(CALLS, CALL.replace("C-1", "C/1")));
    answer(400, post(CALLS, CALL.replace("\"dueOn\"", "\"due\"")));
    answer(400, post(CALLS, "[]"));
    answer(404, get(CALLS + "?agreement=none"));
    answer(404, get(CALLS + "?funder=none"));
    assertThat(answer(200, get(CALLS)).get("calls").size()).isZero();
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();

    void begin() {
      world = FundedWorld.usual();
    }

    CallsEndpoint endpoint() {
      return new CallsEndpoint(world.ledger, query());
    }

    CallsQuery query() {
      return new CallsQuery(
          world.register(CallsRegister.class),
          Supplier::get,
          Clock.fixed(
              java.time.LocalDate.of(2026, 5, 2).atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC),
              ZoneOffset.UTC));
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
    CallsEndpoint callsEndpoint(Room room) {
      return room.endpoint();
    }
  }
}
