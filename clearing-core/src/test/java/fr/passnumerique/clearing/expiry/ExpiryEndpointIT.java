package fr.passnumerique.clearing.expiry;

import static fr.passnumerique.clearing.FundedWorld.AGREEMENT;
import static fr.passnumerique.clearing.FundedWorld.CCAS;
import static fr.passnumerique.clearing.FundedWorld.REGION;
import static fr.passnumerique.clearing.FundedWorld.STATE;
import static fr.passnumerique.clearing.FundedWorld.TODAY;
import static fr.passnumerique.clearing.FundedWorld.delivery;
import static fr.passnumerique.clearing.FundedWorld.handOut;
import static fr.passnumerique.clearing.FundedWorld.receipt;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.giveback.GiveBackCredit;
import fr.passnumerique.clearing.giveback.GiveBackId;
import fr.passnumerique.clearing.http.OverHttp;
import fr.passnumerique.clearing.issuance.ActivateCheques;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.territory.Paris;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.OptionalInt;
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
 * The end of an order over real HTTP, on a ledger in memory: 20 of its 30 cheques are covered, 10
 * are handed out. It ends on 31 August 2026.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ExpiryEndpointIT extends OverHttp {
  private static final String EXPIRY = "/api/orders/o-1/expiry";
  private static final String SIGNATURES = EXPIRY + "/signatures";
  private static final String CLERK = "";
  private static final String ANCT = "FUNDER anct";
  private static final String NEW_AQUITAINE = "FUNDER nouvelle-aquitaine";
  private static final LocalDate END = FundedWorld.ORDER_ENDS;

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void theWholeProcedureFromItsAnnouncementToTheRefund() throws Exception {
    today(END.minusDays(31));
    assertThat(code(422, post(CLERK, EXPIRY + "/announcement", ""))).isEqualTo("STEP_TOO_EARLY");
    today(END.minusDays(30));
    JsonNode tried = answer(200, post(CLERK, EXPIRY + "/announcement?dryRun=true", ""));
    assertThat(tried.get("dryRun").asBoolean()).isTrue();
    JsonNode announced = answer(201, post(CLERK, EXPIRY + "/announcement", ""));
    assertThat(announced.get("counts").get("issued").asInt()).isEqualTo(30);
    answer(200, post(CLERK, EXPIRY + "/announcement", ""));

    today(END.minusDays(15));
    answer(201, sign(ANCT, "APPROVAL"));
    answer(200, sign(ANCT, "APPROVAL"));
    assertThat(code(422, sign(CLERK, "APPROVAL"))).isEqualTo("STEP_NOT_SIGNED");
    assertThat(code(422, sign(ANCT, "ACKNOWLEDGEMENT"))).isEqualTo("STEP_TOO_EARLY");
    today(END.minusDays(7));
    answer(201, sign(ANCT, "ACKNOWLEDGEMENT"));

    today(END.plusDays(30));
    assertThat(code(422, post(CLERK, EXPIRY, ""))).isEqualTo("STEP_TOO_EARLY");
    today(END.plusDays(31));
    answer(200, post(CLERK, EXPIRY + "?dryRun=true", ""));
    JsonNode expired = answer(201, post(CLERK, EXPIRY, ""));
    assertThat(expired.get("parts").size()).isEqualTo(3);
    assertThat(answer(200, post(CLERK, EXPIRY, "")).get("already").asBoolean()).isTrue();

    today(END.plusDays(37));
    answer(201, sign(CLERK, "STATEMENT"));
    JsonNode signed = answer(201, sign(ANCT, "STATEMENT"));
    JsonNode note = signed.get("creditNotes").get(0);
    assertThat(note.get("creditNote").asString()).isEqualTo("o-1~anct");
    assertThat(note.get("amountCents").asLong()).isEqualTo(11_428);

    JsonNode read = answer(200, get(ANCT, EXPIRY));
    assertThat(read.get("statement").get("dueBack").size()).isEqualTo(1);
    assertThat(read.get("statement").get("unused").get("cheques").asInt()).isEqualTo(10);
    assertThat(read.get("statement").get("notDistributed").get("cheques").asInt()).isEqualTo(20);
    assertThat(answer(200, get(NEW_AQUITAINE, "/api/credit-notes")).get("creditNotes").size())
        .isZero();

    String refund = "/api/credit-notes/o-1~anct/refund";
    String booked = "{\"bookedOn\":\"%s\"}".formatted(END.plusDays(37));
    answer(200, post(CLERK, refund + "?dryRun=true", booked));
    answer(201, post(CLERK, refund, booked));
    answer(200, post(CLERK, refund, booked));
    assertThat(code(409, post(CLERK, refund, "{\"bookedOn\":\"%s\"}".formatted(END.plusDays(36)))))
        .isEqualTo("CREDIT_NOTE_ALREADY_REFUNDED");
    assertThat(
            answer(200, get(ANCT, "/api/credit-notes"))
                .get("creditNotes")
                .get(0)
                .get("refundedOn")
                .asString())
        .isEqualTo(END.plusDays(37).toString());
  }

  @Test
  void aNoteOfFreeCreditNamesItsAgreementAndNoOrder() throws Exception {
    room.world.must(receipt("R-9", STATE, 1_000));
    room.world.must(new GiveBackCredit(new GiveBackId("G-1"), AGREEMENT, STATE, 1_000, "clerk-1"));

    JsonNode note = answer(200, get(ANCT, "/api/credit-notes")).get("creditNotes").get(0);

    assertThat(note.get("creditNote").asString()).isEqualTo("G-1~~anct");
    assertThat(note.get("agreement").asString()).isEqualTo("creuse-2026");
    assertThat(note.has("order")).isFalse();
    assertThat(note.get("amountCents").asLong()).isEqualTo(1_000);
    assertThat(answer(200, get(NEW_AQUITAINE, "/api/credit-notes")).get("creditNotes").size())
        .isZero();
    answer(
        201,
        post(
            CLERK,
            "/api/credit-notes/G-1~~anct/refund",
            "{\"bookedOn\":\"%s\"}".formatted(TODAY.minusDays(3))));
  }

  @Test
  void theCalendarListsWhatEndsAndAFunderReadsItsOwn() throws Exception {
    JsonNode calendar = answer(200, get(CLERK, "/api/expiries"));
    assertThat(calendar.get("orders").get(0).get("endsOn").asString()).isEqualTo(END.toString());
    assertThat(calendar.get("orders").get(0).get("lastDay").asString())
        .isEqualTo(END.plusDays(30).toString());
    assertThat(answer(200, get("FUNDER other", "/api/expiries")).get("orders").size()).isZero();
    JsonNode mine = answer(200, get(ANCT, EXPIRY));
    assertThat(mine.toString()).contains("anct").doesNotContain("nouvelle-aquitaine");
  }

  @Test
  void theCalendarAndTheCreditNotesAreFiles() throws Exception {
    String calendar = "/api/expiries/export";
    String notes = "/api/credit-notes/export";
    assertThat(exported(ANCT, calendar, "fins-de-validite.csv"))
        .isEqualTo(
            "order,agreement,endsOn,lastDay,announced,expired\r\n"
                + "o-1,creuse-2026,2026-08-31,2026-09-30,non,non\r\n");
    assertThat(exported("FUNDER other", calendar, "fins-de-validite.csv").lines()).hasSize(1);
    assertThat(exported(CLERK, notes, "avoirs.csv").lines()).hasSize(1);

    today(END.minusDays(30));
    answer(201, post(CLERK, EXPIRY + "/announcement", ""));
    today(END.plusDays(31));
    answer(201, post(CLERK, EXPIRY, ""));
    today(END.plusDays(37));
    answer(201, sign(CLERK, "STATEMENT"));
    answer(201, sign(ANCT, "STATEMENT"));
    answer(201, sign(NEW_AQUITAINE, "STATEMENT"));
    answer(201, post(CLERK, "/api/credit-notes/o-1~anct/refund", "{\"bookedOn\":\"2026-10-07\"}"));

    assertThat(exported(CLERK, calendar + "?format=EXCEL_FR", "fins-de-validite.csv"))
        .isEqualTo(
            "\uFEFFCommande;Convention;À remettre jusqu’au;Utilisables"
                + " jusqu’au;Annoncée;Périmée\r\n"
                + "o-1;creuse-2026;31/08/2026;30/09/2026;oui;oui\r\n");
    String header = "creditNote,order,agreement,funder,amountCents,issuedOn,refundedOn\r\n";
    String ofState = "o-1~anct,o-1,,anct,11428,2026-10-07,2026-10-07\r\n";
    assertThat(exported(ANCT, notes, "avoirs.csv")).isEqualTo(header + ofState);
    assertThat(exported(CLERK, notes, "avoirs.csv"))
        .isEqualTo(
            header
                + ofState
                + "o-1~nouvelle-aquitaine,o-1,,nouvelle-aquitaine,8572,2026-10-07,\r\n");
    assertThat(exported(ANCT, notes + "?format=EXCEL_FR", "avoirs.csv"))
        .endsWith("o-1~anct;o-1;;anct;114,28;07/10/2026;07/10/2026\r\n");
    JsonNode rows = json(exported(CLERK, notes + "?format=JSON", "avoirs.json"));
    assertThat(rows.get(0).get("amountCents").asLong()).isEqualTo(11_428);
    assertThat(rows.get(1).get("refundedOn").isNull()).isTrue();
    answer(400, get(CLERK, notes + "?format=XLS"));
  }

  @Test
  void anOrderOfOthersAndOneThatDoesNotExistAreAnsweredAlike() throws Exception {
    HttpResponse<String> anothers = get("FUNDER other", EXPIRY);
    HttpResponse<String> none = get("FUNDER other", "/api/orders/none/expiry");
    assertThat(anothers.statusCode()).isEqualTo(404);
    assertThat(anothers.body().replace("o-1", "none")).isEqualTo(none.body());
    today(END.minusDays(15));
    assertThat(sign("FUNDER other", "APPROVAL").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoStepOrNoDayIsRefused() throws Exception {
    answer(400, sign(ANCT, "PARDON"));
    assertThat(code(422, sign(CLERK, "EXPIRY"))).isEqualTo("STEP_NOT_SIGNED");
    answer(400, post(CLERK, SIGNATURES, "{}"));
    answer(400, post(CLERK, SIGNATURES, "{\"step\":\"STATEMENT\",\"funder\":\"anct\"}"));
    answer(400, post(CLERK, SIGNATURES, "nothing"));
    assertThat(code(404, post(CLERK, "/api/orders/none/expiry", ""))).isEqualTo("UNKNOWN_ORDER");
    assertThat(
            code(
                404,
                post(CLERK, "/api/credit-notes/o-9~anct/refund", "{\"bookedOn\":\"2026-10-08\"}")))
        .isEqualTo("UNKNOWN_CREDIT_NOTE");
    answer(400, post(CLERK, "/api/credit-notes/o-1~anct/refund", "{\"bookedOn\":\"hier\"}"));
    today(END.plusDays(37));
    assertThat(code(422, sign(CLERK, "STATEMENT"))).isEqualTo("NOT_YET_EXPIRED");
  }

  private void today(LocalDate day) {
    room.world.ledger.on(day);
  }

  private HttpResponse<String> sign(String party, String step) throws Exception {
    return post(party, SIGNATURES, "{\"step\":\"%s\"}".formatted(step));
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    FundedWorld world = FundedWorld.usual();

    void begin() {
      world = FundedWorld.usual();
      Batch batch = world.issued("o-1", 30);
      world.must(receipt("r-1", STATE, 20_000));
      world.must(receipt("r-2", REGION, 20_000));
      world.must(new ActivateCheques(new ActivationId("a-1"), batch, 1, OptionalInt.of(20)));
      world.must(delivery("d-1", CCAS, batch, 1, 20));
      world.must(handOut("h-1", CCAS, new Choice.Carnets(batch, 1, 1)));
    }

    ExpiryEndpoint endpoint() {
      Clock noon =
          Clock.fixed(Paris.startOf(world.ledger.today()).plus(Duration.ofHours(12)), Paris.ZONE);
      return new ExpiryEndpoint(
          world.ledger, world.register(ExpiryRegister.class), Supplier::get, noon);
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
    ExpiryEndpoint expiryEndpoint(Room room) {
      return room.endpoint();
    }
  }
}
