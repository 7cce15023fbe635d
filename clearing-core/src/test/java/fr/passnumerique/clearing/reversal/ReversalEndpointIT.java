package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalWorld.ALPHA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.BETA;
import static fr.passnumerique.clearing.reversal.ReversalWorld.EIGHT;
import static fr.passnumerique.clearing.reversal.ReversalWorld.SEVEN;
import static fr.passnumerique.clearing.reversal.ReversalWorld.START;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.expiry.ExpirySigned;
import fr.passnumerique.clearing.expiry.ExpiryStep;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.OverHttp;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.redemption.RedemptionParts;
import fr.passnumerique.clearing.vault.MemoryVault;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

/** Reversals over real HTTP, on a ledger in memory, from the first word to the credit note. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ReversalEndpointIT extends OverHttp {
  private static final String REVERSALS = "/api/reversals";
  private static final String OF_ALPHA = "/api/venues/" + ALPHA + "/reversals";
  private static final String REVERSAL =
      "{\"reversal\":\"indu-1\",\"venue\":\""
          + ALPHA
          + "\",\"slip\":\"S-1\",\"lines\":[2],\"reason\":\"SERVICE_NOT_GIVEN\","
          + "\"note\":\"Madame Durand\"}";

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void aLineIsReversedContestedAndUpheldThenCredited() throws Exception {
    JsonNode tried = answer(200, post("clerk-1", REVERSALS + "?dryRun=true", REVERSAL));
    assertThat(tried.get("dryRun").asBoolean()).isTrue();
    assertThat(room.vault.entries()).isZero();
    JsonNode reversed = answer(201, post("clerk-1", REVERSALS, REVERSAL));
    assertThat(reversed.get("state").asString()).isEqualTo("REVERSED");
    assertThat(reversed.get("dueBackCents").asLong()).isEqualTo(1_000);
    assertThat(reversed.toString()).doesNotContain("Durand");
    answer(200, post("clerk-1", REVERSALS, REVERSAL));
    assertThat(code(409, post("clerk-1", REVERSALS, REVERSAL.replace("[2]", "[1]"))))
        .isEqualTo("REVERSAL_ID_TAKEN");
    assertThat(answer(200, get(REVERSALS + "/indu-1")).get("note").asString())
        .isEqualTo("Madame Durand");

    String contest = OF_ALPHA + "/indu-1/contest";
    answer(201, post("venue", contest, "{\"note\":\"Le service a été rendu.\"}"));
    answer(200, post("venue", contest, "{\"note\":\"Le service a été rendu.\"}"));
    assertThat(code(409, post("venue", contest, "{\"note\":\"autre\"}")))
        .isEqualTo("ALREADY_CONTESTED");
    // Of what was refused nothing is kept: neither the note of line 1 nor the other contest's.
    assertThat(room.vault.entries()).isEqualTo(2);
    String decision = REVERSALS + "/indu-1/decision";
    assertThat(code(422, post("clerk-1", decision, "{\"outcome\":\"UPHELD\"}")))
        .isEqualTo("SECOND_PERSON_REQUIRED");
    answer(201, post("clerk-2", decision, "{\"outcome\":\"UPHELD\"}"));
    assertThat(code(409, post("clerk-2", decision, "{\"outcome\":\"LIFTED\"}")))
        .isEqualTo("CONTEST_ALREADY_DECIDED");

    String recovered = "/api/orders/o-" + SEVEN + "/expiry/recovered";
    assertThat(answer(200, post("clerk-1", recovered, "")).get("waitingCents").asLong())
        .isEqualTo(1_000);
    sign(Optional.empty());
    sign(Optional.of(new FunderId("anct")));
    sign(Optional.of(new FunderId("region")));
    assertThat(
            answer(200, post("clerk-1", recovered + "?dryRun=true", "")).get("creditNotes").size())
        .isEqualTo(2);
    JsonNode credited = answer(201, post("clerk-1", recovered, ""));
    assertThat(credited.get("creditNotes").get(0).get("creditNote").asString())
        .isEqualTo("o-" + SEVEN + "~anct~2");
    assertThat(answer(200, post("clerk-1", recovered, "")).get("creditNotes").size()).isZero();
    answer(404, post("clerk-1", "/api/orders/none/expiry/recovered", ""));
  }

  private void sign(Optional<FunderId> party) {
    room.world.ledger.given(
        new ExpirySigned(new OrderId("o-" + SEVEN), ExpiryStep.STATEMENT, party, "someone", START));
  }

  @Test
  void aboveTheAmountASecondPersonConfirmsOrItIsGivenUp() throws Exception {
    String lines =
        IntStream.rangeClosed(1, 51).mapToObj(String::valueOf).collect(Collectors.joining(","));
    String large = REVERSAL.replace("\"S-1\"", "\"S-2\"").replace("[2]", "[" + lines + "]");
    assertThat(answer(201, post("clerk-1", REVERSALS, large)).get("state").asString())
        .isEqualTo("PROPOSED");
    String path = REVERSALS + "/indu-1";
    assertThat(code(422, post("clerk-1", path + "/confirmation", "")))
        .isEqualTo("SECOND_PERSON_REQUIRED");
    answer(200, post("clerk-1", path + "/drop?dryRun=true", ""));
    assertThat(answer(201, post("clerk-1", path + "/drop", "")).get("droppedBy").asString())
        .isEqualTo("clerk-1");
    answer(200, post("clerk-2", path + "/drop", ""));
    assertThat(code(409, post("clerk-2", path + "/confirmation", "")))
        .isEqualTo("REVERSAL_DROPPED");
    assertThat(answer(200, get(path)).get("state").asString()).isEqualTo("DROPPED");

    String again = large.replace("indu-1", "indu-2");
    answer(201, post("clerk-1", REVERSALS, again));
    answer(201, post("clerk-2", REVERSALS + "/indu-2/confirmation", ""));
    assertThat(code(409, post("clerk-1", REVERSALS + "/indu-2/drop", "")))
        .isEqualTo("REVERSAL_ALREADY_CONFIRMED");
    answer(404, post("clerk-1", REVERSALS + "/none/drop", ""));
  }

  @Test
  void whatWasPaidIsAskedForByADebitNoteAndPaidOnce() throws Exception {
    room.world.nextDay();
    room.world.pay("R-1");
    answer(201, post("clerk-1", REVERSALS, REVERSAL));
    String note = "{\"debitNote\":\"titre-1\",\"venue\":\"" + ALPHA + "\",\"programme\":\"pass\"}";
    assertThat(code(422, post("clerk-1", "/api/debit-notes", note))).isEqualTo("NOTHING_TO_CLAIM");
    room.world.begin(room.world.today().plusDays(90));
    answer(200, post("clerk-1", "/api/debit-notes?dryRun=true", note));
    JsonNode issued = answer(201, post("clerk-1", "/api/debit-notes", note));
    assertThat(issued.get("amountCents").asLong()).isEqualTo(1_000);
    assertThat(issued.get("reference").asString()).startsWith("RF");
    answer(200, post("clerk-1", "/api/debit-notes", note));
    assertThat(answer(200, get("/api/venues/" + ALPHA + "/debit-notes")).get("debitNotes").size())
        .isEqualTo(1);

    String payment = "/api/debit-notes/titre-1/payment";
    String today = "{\"paidOn\":\"" + room.world.today() + "\"}";
    assertThat(code(422, post("clerk-1", payment, "{\"paidOn\":\"2099-01-01\"}")))
        .isEqualTo("DATE_OUT_OF_RANGE");
    answer(400, post("clerk-1", payment, "{\"paidOn\":\"demain\"}"));
    answer(200, post("clerk-1", payment + "?dryRun=true", today));
    ReversalLists lists = new ReversalLists(room.world.register, Supplier::get);
    assertThat(lists.open()).extracting(DebitNote::debitNote).containsExactly("titre-1");
    assertThat(answer(201, post("clerk-1", payment, today)).get("amountCents").asLong())
        .isEqualTo(1_000);
    assertThat(lists.open()).as("it asks for nothing any more").isEmpty();
    answer(200, post("clerk-1", payment, today));
    HttpResponse<String> none = get("VENUE " + ALPHA, "/api/debit-notes/none");
    assertThat(code(404, none)).isEqualTo("NOT_FOUND");
    answer(200, get("VENUE " + ALPHA, "/api/debit-notes/titre-1"));
    JsonNode anothers = answer(404, get("VENUE 13002526500013", "/api/debit-notes/titre-1"));
    assertThat(anothers.get("detail")).isEqualTo(json(none.body()).get("detail"));
    assertThat(answer(200, get("/api/debit-notes/titre-1")).get("paidOn").asString())
        .isEqualTo(room.world.today().toString());
  }

  @Test
  void linesThatAreNoneAreToldOneByOneAndNothingIsRecorded() throws Exception {
    HttpResponse<String> refused =
        post("clerk-1", REVERSALS, REVERSAL.replace("[2]", "[0, 2, 99]"));
    JsonNode problem = answer(422, refused);
    assertThat(problem.get("code").asString()).isEqualTo("LINE_NOT_ACCEPTED");
    assertThat(problem.get("errors").size()).isEqualTo(2);
    assertThat(code(422, post("clerk-1", REVERSALS, REVERSAL.replace("[2]", "[]"))))
        .isEqualTo("NO_LINES");
    assertThat(code(404, post("clerk-1", REVERSALS, REVERSAL.replace("\"S-1\"", "\"S-9\""))))
        .isEqualTo("UNKNOWN_SLIP");
    String waived = REVERSAL.replace("\"S-1\"", "\"S-3\"");
    problem = answer(422, post("clerk-1", REVERSALS, waived));
    assertThat(problem.get("code").asString()).isEqualTo("LINE_WAIVED");
    assertThat(problem.get("errors").get(0).get("value").asString()).isEqualTo("2");
    problem = answer(422, post("clerk-1", REVERSALS, waived.replace("[2]", "[2, 3]")));
    assertThat(problem.get("code").asString()).isEqualTo("LINE_NOT_ACCEPTED");
    assertThat(problem.get("errors").size()).isEqualTo(2);
    answer(400, post("clerk-1", REVERSALS, REVERSAL.replace("SERVICE_NOT_GIVEN", "RANCUNE")));
    answer(400, post("clerk-1", REVERSALS, REVERSAL.replace("[2]", "[\"2\"]")));
    answer(400, post("clerk-1", REVERSALS, REVERSAL.replace("Madame Durand", "x".repeat(2_001))));
    answer(404, get(REVERSALS + "/indu-1"));
    answer(404, get(REVERSALS + "/" + "x".repeat(41)));
    assertThat(answer(200, get(OF_ALPHA)).get("reversals").size()).isZero();
    assertThat(code(404, post("venue", OF_ALPHA + "/none/contest", "{}")))
        .isEqualTo("UNKNOWN_REVERSAL");
  }

  @Test
  void reversalsAreListedNewestFirstPageByPageAndAVenueReadsItsOwn() throws Exception {
    room.world.slip(BETA, "S-9", SEVEN, 9, 10);
    answer(201, post("clerk-1", REVERSALS, REVERSAL));
    String ofBeta = REVERSAL.replace(ALPHA.toString(), BETA.toString()).replace("S-1", "S-9");
    answer(201, post("clerk-1", REVERSALS, ofBeta.replace("indu-1", "indu-2")));
    String lines =
        IntStream.rangeClosed(1, 51).mapToObj(String::valueOf).collect(Collectors.joining(","));
    answer(
        201,
        post(
            "clerk-1",
            REVERSALS,
            REVERSAL
                .replace("indu-1", "indu-3")
                .replace("\"S-1\"", "\"S-2\"")
                .replace("[2]", "[" + lines + "]")));

    JsonNode first = answer(200, get("clerk-1", REVERSALS + "?limit=2"));
    assertThat(names(first, "reversals", "reversal")).containsExactly("indu-3", "indu-2");
    assertThat(first.get("count").asInt()).isEqualTo(3);
    assertThat(first.get("amountCents").asLong()).isEqualTo(53_000);
    JsonNode last =
        answer(200, get("clerk-1", REVERSALS + "?limit=2&before=" + first.get("next").asLong()));
    assertThat(names(last, "reversals", "reversal")).containsExactly("indu-1");
    assertThat(last.has("next")).isFalse();
    assertThat(last.toString()).doesNotContain("Durand");
    JsonNode exact = answer(200, get("clerk-1", REVERSALS + "?limit=3"));
    assertThat(exact.has("next")).isFalse();

    JsonNode proposed = answer(200, get("clerk-1", REVERSALS + "?state=PROPOSED"));
    assertThat(names(proposed, "reversals", "reversal")).containsExactly("indu-3");
    assertThat(proposed.get("amountCents").asLong()).isEqualTo(51_000);
    JsonNode none = answer(200, get("clerk-1", REVERSALS + "?state=LIFTED"));
    assertThat(none.get("count").asInt()).isZero();
    assertThat(none.get("reversals").isEmpty()).isTrue();
    assertThat(
            names(
                answer(200, get("clerk-1", REVERSALS + "?venue=" + BETA)), "reversals", "reversal"))
        .containsExactly("indu-2");

    JsonNode own = answer(200, get("VENUE " + BETA, REVERSALS));
    assertThat(names(own, "reversals", "reversal")).containsExactly("indu-2");
    assertThat(own.get("count").asInt()).isEqualTo(1);
    assertThat(exported("VENUE " + BETA, REVERSALS + "/export", "indus.csv"))
        .contains("indu-2," + BETA + ",S-9,REVERSED,SERVICE_NOT_GIVEN,")
        .doesNotContain("indu-1", "indu-3");
    assertThat(exported("clerk-1", REVERSALS + "/export?state=REVERSED", "indus.csv"))
        .contains("indu-1", "indu-2")
        .doesNotContain("indu-3");
    for (String unknown :
        List.of(REVERSALS, REVERSALS + "/export", "/api/debit-notes", "/api/debit-notes/export")) {
      assertThat(code(404, get("clerk-1", unknown + "?venue=none"))).isEqualTo("NOT_FOUND");
    }
    assertThat(code(400, get("clerk-1", REVERSALS + "?state=NONE"))).isEqualTo("INVALID_PARAMETER");
    assertThat(code(400, get("clerk-1", REVERSALS + "?limit=101"))).isEqualTo("INVALID_PARAMETER");
    assertThat(code(400, get("clerk-1", REVERSALS + "?states=LIFTED")))
        .isEqualTo("UNKNOWN_PARAMETER");
  }

  @Test
  void debitNotesAreListedNewestFirstPageByPageAndAVenueReadsItsOwn() throws Exception {
    room.world.slip(BETA, "S-9", SEVEN, 9, 10);
    room.world.nextDay();
    room.world.pay("R-1");
    String notes = "/api/debit-notes";
    assertThat(answer(200, get("clerk-1", notes)).get("count").asInt()).isZero();
    answer(201, post("clerk-1", REVERSALS, REVERSAL));
    String ofBeta = REVERSAL.replace(ALPHA.toString(), BETA.toString()).replace("S-1", "S-9");
    answer(201, post("clerk-1", REVERSALS, ofBeta.replace("indu-1", "indu-2")));
    room.world.begin(room.world.today().plusDays(90));
    String note = "{\"debitNote\":\"titre-1\",\"venue\":\"" + ALPHA + "\",\"programme\":\"pass\"}";
    answer(201, post("clerk-1", notes, note));
    answer(
        201,
        post(
            "clerk-1",
            notes,
            note.replace("titre-1", "titre-2").replace(ALPHA.toString(), BETA.toString())));
    answer(
        201,
        post("clerk-1", notes + "/titre-1/payment", "{\"paidOn\":\"" + room.world.today() + "\"}"));

    JsonNode first = answer(200, get("clerk-1", notes + "?limit=1"));
    assertThat(names(first, "debitNotes", "debitNote")).containsExactly("titre-2");
    assertThat(first.get("count").asInt()).isEqualTo(2);
    assertThat(first.get("amountCents").asLong()).isEqualTo(2_000);
    assertThat(first.get("openCents").asLong()).isEqualTo(1_000);
    JsonNode last =
        answer(200, get("clerk-1", notes + "?limit=1&before=" + first.get("next").asLong()));
    assertThat(names(last, "debitNotes", "debitNote")).containsExactly("titre-1");
    assertThat(last.has("next")).isFalse();
    assertThat(names(answer(200, get("clerk-1", notes + "?open=true")), "debitNotes", "debitNote"))
        .containsExactly("titre-2");
    assertThat(names(answer(200, get("clerk-1", notes + "?open=false")), "debitNotes", "debitNote"))
        .containsExactly("titre-1");

    assertThat(names(answer(200, get("VENUE " + ALPHA, notes)), "debitNotes", "debitNote"))
        .containsExactly("titre-1");
    assertThat(exported("VENUE " + ALPHA, notes + "/export", "notes-de-debit.csv"))
        .contains("titre-1," + ALPHA + ",pass,")
        .doesNotContain("titre-2");
    assertThat(exported("clerk-1", notes + "/export?open=true", "notes-de-debit.csv"))
        .contains("titre-2")
        .doesNotContain("titre-1");
  }

  private static List<String> names(JsonNode page, String rows, String name) {
    return page.get(rows).valueStream().map(row -> row.get(name).asString()).toList();
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Room {
    ReversalWorld world = new ReversalWorld();
    MemoryVault vault = new MemoryVault();

    void begin() {
      vault = new MemoryVault();
      world = new ReversalWorld();
      world.slip(ALPHA, "S-1", SEVEN, 1, 2);
      world.slip(ALPHA, "S-2", EIGHT, IntStream.rangeClosed(1, 51).toArray());
      world.slip(ALPHA, "S-3", SEVEN, List.of(2), 3, 4);
    }

    private ReversalDesk desk() {
      return new ReversalDesk(
          world.register,
          Supplier::get,
          RedemptionParts.archive(world.ledger),
          Unnoted.readings(vault));
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
    ReversalEndpoint reversalEndpoint(Room room) {
      return new ReversalEndpoint(room.world.ledger, room.desk(), room.vault);
    }

    @Bean
    @Scope("prototype")
    ReversalListEndpoint reversalListEndpoint(Room room) {
      return new ReversalListEndpoint(new ReversalLists(room.world.register, Supplier::get));
    }

    @Bean
    @Scope("prototype")
    ReversalEndsEndpoint reversalEndsEndpoint(Room room) {
      return new ReversalEndsEndpoint(room.world.ledger);
    }
  }
}
