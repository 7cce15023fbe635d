package fr.passnumerique.clearing.budget;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.calls.CancelCall;
import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.http.OverHttp;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.LocalDate;
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

/** Budgets over real HTTP, on a ledger in memory, with thresholds at 50, 80 and 95 percent. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BudgetEndpointIT extends OverHttp {
  private static final String BUDGETS = "/api/budgets";

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void aThresholdIsReachedByTheCarnetThatReachesItAndNotByTheOneBefore() throws Exception {
    room.activate("o-1", 870);
    JsonNode below = ofState();
    assertThat(below.get("activatedCents").asLong()).isEqualTo(497_118);
    assertThat(below.get("usedPercent").asInt()).isEqualTo(49);
    assertThat(below.get("thresholdPercent").asInt()).isZero();

    room.activate("o-2", 10);
    JsonNode reached = ofState();
    assertThat(reached.get("usedPercent").asInt()).isEqualTo(50);
    assertThat(reached.get("thresholdPercent").asInt()).isEqualTo(50);
  }

  @Test
  void theDayOfExhaustionGoesWithTheRateAndWithoutOneItIsLeftOut() throws Exception {
    assertThat(ofState().has("exhaustedOn")).isFalse();
    room.activate("o-1", 870);
    assertThat(ofState().get("leftToOrderCents").asLong()).isEqualTo(502_882);
    // Not quite half in a day: the rest takes two more.
    assertThat(ofState().get("exhaustedOn").asString()).isEqualTo(TODAY.plusDays(2).toString());
    room.today = TODAY.plusDays(90);
    assertThat(ofState().has("exhaustedOn")).isFalse();
    assertThat(ofState().get("forecast").asString()).contains("not foreseeable");
  }

  @Test
  void whatIsCalledAndHasNotComeIsToldApart() throws Exception {
    room.world.must(
        new CallFunds(new CallId("C-1"), AGREEMENT, STATE, 300, TODAY.plusDays(9), "clerk-1"));
    assertThat(ofState().get("calledCents").asLong()).isEqualTo(300);
    room.world.must(receipt("r-3", STATE, 100));
    assertThat(ofState().get("calledCents").asLong()).isEqualTo(200);
    assertThat(ofState().get("activatedCents").asLong()).isZero();
    // Paid, or cancelled, it counts nothing.
    room.world.must(receipt("r-4", STATE, 200));
    assertThat(ofState().get("calledCents").asLong()).isZero();
    room.world.must(
        new CallFunds(new CallId("C-2"), AGREEMENT, STATE, 50, TODAY.plusDays(9), "clerk-1"));
    assertThat(ofState().get("calledCents").asLong()).isEqualTo(50);
    room.world.must(
        new CancelCall(new CallId("C-2"), FundsCallCancelled.Reason.NOT_NEEDED, "clerk-1"));
    assertThat(ofState().get("calledCents").asLong()).isZero();
  }

  @Test
  void aFunderReadsItsOwnAndLearnsNothingOfOthers() throws Exception {
    JsonNode own = answer(200, get("FUNDER anct", BUDGETS));
    assertThat(own.get("budgets").size()).isEqualTo(1);
    assertThat(own.toString()).doesNotContain(REGION.value());
    HttpResponse<String> anothers = get("FUNDER other", BUDGETS + "?agreement=creuse-2026");
    HttpResponse<String> none = get("FUNDER other", BUDGETS + "?agreement=none");
    assertThat(anothers.statusCode()).isEqualTo(404);
    assertThat(anothers.body().replace("creuse-2026", "none")).isEqualTo(none.body());
    answer(404, get("", BUDGETS + "?agreement=none"));
    answer(404, get("", BUDGETS + "?funder=none"));
    answer(400, get("", BUDGETS + "?funder=" + "x".repeat(41)));
  }

  @Test
  void aBudgetIsAFileWithTheFiguresThatAreRead() throws Exception {
    room.activate("o-1", 870);
    room.world.must(
        new CallFunds(new CallId("C-1"), AGREEMENT, STATE, 300, TODAY.plusDays(9), "clerk-1"));
    String name = "budgets-" + room.world.ledger.facts().size();
    String header =
        "agreement,funder,ceilingCents,issuedCents,activatedCents,redeemedCents,leftToOrderCents,leftToActivateCents,usedPercent,thresholdPercent,calledCents,activatedLast90DaysCents,measuredDays,exhaustedOn,exhaustedFrom,exhaustedUntil\r\n";
    String ofState =
        "creuse-2026,anct,1000000,497118,497118,0,502882,502882,49,0,300,497118,1,"
            + TODAY.plusDays(2)
            + ",,\r\n";
    assertThat(exported("FUNDER anct", BUDGETS + "/export", name + ".csv"))
        .isEqualTo(header + ofState);
    assertThat(exported("", BUDGETS + "/export?format=CSV", name + ".csv"))
        .startsWith(header + ofState)
        .contains("creuse-2026,nouvelle-aquitaine,");
    assertThat(exported("FUNDER anct", BUDGETS + "/export?format=EXCEL_FR", name + ".csv").lines())
        .last()
        .asString()
        .startsWith(
            "creuse-2026;anct;10000,00;4971,18;4971,18;0,00;5028,82;5028,82;49;0;3,00;4971,18;1;");
    JsonNode rows = json(exported("FUNDER anct", BUDGETS + "/export?format=JSON", name + ".json"));
    assertThat(rows).hasSize(1);
    JsonNode read = ofState();
    for (String column : rows.get(0).propertyNames()) {
      JsonNode cell = rows.get(0).get(column);
      // A file has every column; an answer leaves out what there is not.
      assertThat(cell.isNull() ? null : cell).as(column).isEqualTo(read.get(column));
    }
    answer(404, get("FUNDER other", BUDGETS + "/export?agreement=creuse-2026"));
    answer(400, get("", BUDGETS + "/export?format=XLS"));
  }

  private JsonNode ofState() throws Exception {
    return answer(200, get("", BUDGETS + "?agreement=creuse-2026&funder=anct"))
        .get("budgets")
        .get(0);
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();
    LocalDate today = TODAY;

    void begin() {
      today = TODAY;
      world = FundedWorld.usual();
      world.must(receipt("r-1", STATE, 600_000));
      world.must(receipt("r-2", REGION, 500_000));
    }

    void activate(String order, int cheques) {
      world.must(ActivateCheques.all(new ActivationId("a-" + order), world.issued(order, cheques)));
    }

    BudgetEndpoint endpoint() {
      BudgetRegister register = new BudgetRegister();
      world.ledger.replay(register);
      BudgetQuery query =
          new BudgetQuery(
              register,
              Supplier::get,
              Clock.fixed(today.atTime(12, 0).toInstant(ZoneOffset.UTC), ZoneOffset.UTC),
              List.of(50, 80, 95));
      return new BudgetEndpoint(query);
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
    BudgetEndpoint budgetEndpoint(Room room) {
      return room.endpoint();
    }
  }
}
