package fr.passnumerique.clearing.bank;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FundedWorld;
import fr.passnumerique.clearing.access.EngineActs;
import fr.passnumerique.clearing.access.Unnoted;
import fr.passnumerique.clearing.calls.CallFunds;
import fr.passnumerique.clearing.calls.CallId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.RecordReceipt;
import fr.passnumerique.clearing.http.Http;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bank's files over real HTTP, on a ledger in memory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class BankEndpointIT {
  private static final String FILES = "/api/bank-files";
  private static final byte[] STATEMENT = BankWorld.bytes("statement-of-a-day.xml");

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Value("${local.server.port}")
  int port;

  @Autowired Bankroom room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @Test
  void aFileIsTriedThenImportedThenKnown() throws Exception {
    HttpResponse<String> dry = post(FILES + "?dryRun=true", "application/xml", STATEMENT);
    HttpResponse<String> first = post(FILES, "application/xml", STATEMENT);
    HttpResponse<String> again = post(FILES, "text/xml", STATEMENT);

    assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
    assertThat(json.readTree(dry.body()).get("dryRun").asBoolean()).isTrue();
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    JsonNode imported = json.readTree(first.body());
    assertThat(imported.get("message").asString()).isEqualTo("camt.053.001.08");
    assertThat(imported.propertyNames())
        .containsExactlyInAnyOrder(
            "message",
            "statements",
            "entries",
            "transfers",
            "known",
            "pending",
            "ofNothing",
            "position",
            "already",
            "dryRun");
    assertThat(imported.get("entries").get(0).get("outcome").asString()).isEqualTo("RECEIVED");
    assertThat(imported.get("entries").get(0).get("cents").asLong()).isEqualTo(571_400);
    assertThat(imported.get("statements").get(0).get("closingCents").asLong()).isEqualTo(1_001_250);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json.readTree(again.body()).get("already").asBoolean()).isTrue();
    assertThat(json.readTree(again.body()).get("known").asInt()).isEqualTo(5);
  }

  @Test
  void aFileMayComeAsThePartOfAFormInItsOwnAlphabet() throws Exception {
    String sample = new String(BankWorld.bytes("batched-credits-latin1.xml"), ISO_8859_1);
    String form =
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"releve.xml\"\r\n\r\n"
            + sample
            + "\r\n--part--\r\n";

    HttpResponse<String> imported =
        post(FILES, "multipart/form-data; boundary=part", form.getBytes(ISO_8859_1));

    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
    JsonNode unmatched = json.readTree(get("/api/bank-entries/unmatched").body());
    assertThat(unmatched.get("unmatched").get(0).get("counterparty").asString())
        .isEqualTo("Société générale d'à côté");
    for (String path : List.of("/api/bank-entries/unmatched", "/api/bank-entries/unmatched.csv")) {
      HttpResponse<String> audited =
          http.send(
              HttpRequest.newBuilder(uri(path))
                  .header(EngineActs.AS_PARTY, "AUDITOR auditeur")
                  .build(),
              HttpResponse.BodyHandlers.ofString(UTF_8));
      assertThat(audited.statusCode()).isEqualTo(200);
      assertThat(audited.body())
          .contains(unmatched.get("unmatched").get(0).get("entry").asString())
          .doesNotContain("Société");
    }
  }

  @Test
  void aRefusedFileIsAnsweredWithItsPlaceAndListed() throws Exception {
    byte[] wrong =
        new String(STATEMENT, UTF_8).replace("10012.50</Amt>", "10012.51</Amt>").getBytes(UTF_8);

    HttpResponse<String> refused = post(FILES, "application/xml", wrong);

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/problem+json");
    JsonNode problem = json.readTree(refused.body());
    assertThat(problem.get("code").asString()).isEqualTo("SUMS_DO_NOT_ADD_UP");
    assertThat(problem.get("errors").get(0).get("line").asInt()).isPositive();
    assertThat(problem.get("errors").get(0).get("remedy").asString()).isNotBlank();
    assertThat(
            json.readTree(get("/api/bank-exceptions").body())
                .get("exceptions")
                .get(0)
                .get("why")
                .asString())
        .isEqualTo("SUMS_DO_NOT_ADD_UP");
    String path =
        "/api/bank-exceptions/"
            + json.readTree(get("/api/bank-exceptions").body())
                .get("exceptions")
                .get(0)
                .get("exception")
                .asString()
            + "/closing";
    byte[] closing = "{\"reason\": \"SENT_AGAIN\", \"note\": \"relevé corrigé\"}".getBytes(UTF_8);
    assertThat(post(path + "?dryRun=true", "application/json", closing).statusCode())
        .isEqualTo(200);
    HttpResponse<String> closed = post(path, "application/json", closing);
    assertThat(closed.statusCode()).as(closed.body()).isEqualTo(201);
    assertThat(post(path, "application/json", closing).statusCode()).isEqualTo(200);
    assertThat(
            post(path, "application/json", "{\"reason\": \"OTHER\"}".getBytes(UTF_8)).statusCode())
        .isEqualTo(409);
    assertThat(post(path, "application/json", "{\"reason\": \"X\"}".getBytes(UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(post("/api/bank-exceptions/D9/closing", "application/json", closing).statusCode())
        .isEqualTo(404);
    assertThat(json.readTree(get("/api/bank-exceptions").body()).get("exceptions").size()).isZero();
    assertThat(
            json.readTree(get("/api/bank-exceptions?closed=true").body())
                .get("exceptions")
                .get(0)
                .get("closed")
                .get("note")
                .asString())
        .isEqualTo("relevé corrigé");
    assertThat(post(FILES, "application/xml", new byte[0]).statusCode()).isEqualTo(400);
  }

  @Test
  void whatTheBankTellsNoMoreIsTakenOutByWhoClosesTheException() throws Exception {
    String day = "2026-04-01";
    post(
        FILES,
        "application/xml",
        Camt.statement("S-1", day, day, 0).entry("B-1", day, -5_000, "", "").bytes());
    post(FILES, "application/xml", Camt.statement("S-1", day, day, 0).bytes());
    JsonNode listed = exceptionOfKind("STATEMENT");
    assertThat(listed.get("why").asString()).isEqualTo("STATEMENT_DIFFERS");
    String path = "/api/bank-exceptions/" + listed.get("exception").asString() + "/closing";
    byte[] closing = "{\"reason\": \"CORRECTED_BY_BANK\"}".getBytes(UTF_8);

    HttpResponse<String> dry = post(path + "?dryRun=true", "application/json", closing);
    assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
    assertThat(unmatchedCents()).containsExactly(-5_000L);
    HttpResponse<String> closed = post(path, "application/json", closing);

    assertThat(closed.statusCode()).as(closed.body()).isEqualTo(201);
    JsonNode takenOut = json.readTree(closed.body()).get("takenOut");
    assertThat(takenOut).isEqualTo(json.readTree(dry.body()).get("takenOut")).hasSize(1);
    assertThat(takenOut.get(0).get("cents").asLong()).isEqualTo(-5_000);
    assertThat(takenOut.get(0).get("became").asString()).isEqualTo("NOTHING");
    assertThat(unmatchedCents()).isEmpty();
    HttpResponse<String> again = post(path, "application/json", closing);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(json.readTree(again.body()).get("takenOut")).isEqualTo(takenOut);
    assertThat(
            post(path, "application/json", "{\"reason\": \"OTHER\"}".getBytes(UTF_8)).statusCode())
        .isEqualTo(409);
    JsonNode statements = json.readTree(get("/api/bank-statements").body()).get("statements");
    assertThat(statements.get(1).get("proven").asBoolean()).isTrue();
  }

  private JsonNode exceptionOfKind(String kind) throws Exception {
    for (JsonNode exception : json.readTree(get("/api/bank-exceptions").body()).get("exceptions")) {
      if (exception.get("kind").asString().equals(kind)) {
        return exception;
      }
    }
    throw new AssertionError("no exception of kind " + kind);
  }

  private List<Long> unmatchedCents() throws Exception {
    return json.readTree(get("/api/bank-entries/unmatched").body())
        .get("unmatched")
        .valueStream()
        .map(entry -> entry.get("cents").asLong())
        .toList();
  }

  @Test
  void aStatusOfATransferThatWeNeverSentIsListedWithWhatTheBankCalledIt() throws Exception {
    byte[] status =
        TransfersTest.status("FICHIER-77", "", TransfersTest.single("FACTURE-18", "RJCT", ""))
            .getBytes(UTF_8);

    HttpResponse<String> imported = post(FILES, "application/xml", status);

    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
    assertThat(imported.body()).doesNotContain("FACTURE-18");
    JsonNode listed = json.readTree(get("/api/bank-exceptions").body()).get("exceptions").get(0);
    assertThat(listed.get("exception"))
        .isEqualTo(json.readTree(imported.body()).get("transfers").get(0).get("exception"));
    assertThat(listed.get("called").toString())
        .isEqualTo(
            """
            {"message":"FICHIER-77","paymentInformation":"R-1","endToEnd":"FACTURE-18"}\
            """);
    assertThat(post(FILES, "application/xml", status).statusCode()).isEqualTo(200);
    assertThat(json.readTree(get("/api/bank-exceptions").body()).get("exceptions").size())
        .isEqualTo(1);
  }

  @Test
  void aFileThatIsTooLargeIsListedOnceForADay() throws Exception {
    byte[] large = new byte[33 * 1024 * 1024];
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> refused = post(FILES, "application/xml", large);
      assertThat(refused.statusCode()).isEqualTo(413);
      assertThat(refused.body()).contains("UPLOAD_TOO_LARGE", "pass.http.max-upload");
    }
    assertThat(unread()).hasSize(1);
    assertThat(post(FILES + "?dryRun=true", "application/xml", new byte[34 << 20]).statusCode())
        .isEqualTo(413);
    assertThat(unread()).hasSize(1);
    HttpRequest chunks =
        HttpRequest.newBuilder(uri(FILES))
            .header("Content-Type", "application/xml")
            .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))
            .build();
    assertThat(http.send(chunks, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(413);
    assertThat(unread()).hasSize(2);
    assertThat(
            post(FILES, "multipart/form-data; boundary=part", form(new byte[33 << 20]))
                .statusCode())
        .isEqualTo(413);
    assertThat(unread()).hasSize(3);
  }

  private static byte[] form(byte[] file) {
    byte[] head =
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"r.xml\"\r\n\r\n"
            .getBytes(UTF_8);
    byte[] tail = "\r\n--part--\r\n".getBytes(UTF_8);
    return ByteBuffer.allocate(head.length + file.length + tail.length)
        .put(head)
        .put(file)
        .put(tail)
        .array();
  }

  private List<String> unread() throws Exception {
    List<String> found = new ArrayList<>();
    for (JsonNode exception : json.readTree(get("/api/bank-exceptions").body()).get("exceptions")) {
      if (exception.get("why").asString().equals("UPLOAD_TOO_LARGE")) {
        found.add(exception.get("exception").asString());
      }
    }
    return found;
  }

  @Test
  void unmatchedEntriesAreReadAPageAtATimeAndExportedWhole() throws Exception {
    post(
        FILES,
        "application/xml",
        Camt.notification("N")
            .entry("B-1", "2026-04-02", 700, "", "un")
            .entry("B-2", "2026-04-02", 800, "", "deux")
            .bytes());

    JsonNode first = json.readTree(get("/api/bank-entries/unmatched?limit=1").body());
    int count = first.get("count").asInt();
    assertThat(count).isGreaterThan(1);
    assertThat(first.get("unmatched")).hasSize(1);
    JsonNode rest =
        json.readTree(
            get("/api/bank-entries/unmatched?after=" + first.get("next").asString()).body());
    assertThat(rest.get("unmatched")).hasSize(count - 1);
    assertThat(rest.has("next")).isFalse();
    assertThat(get("/api/bank-entries/unmatched.csv").body().lines()).hasSize(count + 1);

    for (String bad : List.of("limit=0", "limit=5001", "after=demain")) {
      HttpResponse<String> refused = get("/api/bank-entries/unmatched?" + bad);
      assertThat(refused.statusCode()).as(bad).isEqualTo(400);
      assertThat(refused.body()).contains("INVALID_PARAMETER");
    }
  }

  @Test
  void anUnmatchedEntryIsExportedAndExplainedOnce() throws Exception {
    post(FILES, "application/xml", STATEMENT);
    post(
        FILES,
        "application/xml",
        Camt.notification("N").entry("B-9", "2026-04-02", 700, "", "=HYPERLINK(1)").bytes());

    String csv = get("/api/bank-entries/unmatched.csv").body();
    assertThat(csv).startsWith("entry,reference,bookedOn").contains("'=HYPERLINK(1)");
    String entry = entryOf(2_500);
    String match =
        "{\"parts\": [{\"agreement\": \"creuse-2026\", \"funder\": \"anct\", \"amountCents\":"
            + " 2500}]}";
    String path = "/api/bank-entries/" + entry + "/match";

    assertThat(post(path + "?dryRun=true", "application/json", match.getBytes(UTF_8)).statusCode())
        .isEqualTo(200);
    assertThat(post(path, "application/json", match.getBytes(UTF_8)).statusCode()).isEqualTo(201);
    assertThat(post(path, "application/json", match.getBytes(UTF_8)).statusCode()).isEqualTo(200);
    assertThat(
            post(path, "application/json", "{\"receipt\": \"R-1\"}".getBytes(UTF_8)).statusCode())
        .isEqualTo(409);
    assertThat(post(path, "application/json", "{}".getBytes(UTF_8)).statusCode()).isEqualTo(409);
    JsonNode statement = json.readTree(get("/api/bank-statements").body()).get("statements").get(0);
    assertThat(statement.get("proven").asBoolean()).isTrue();
    HttpResponse<String> reference =
        post(
            "/api/payment-references",
            "application/json",
            "{\"agreement\": \"creuse-2026\", \"funder\": \"anct\"}".getBytes(UTF_8));
    assertThat(reference.statusCode()).as(reference.body()).isEqualTo(201);
    assertThat(json.readTree(reference.body()).get("reference").asString()).startsWith("RF");
  }

  @Test
  void statementsAreAFileWithWhatTheLedgerSaysOfEach() throws Exception {
    post(FILES, "application/xml", STATEMENT);
    JsonNode read = json.readTree(get("/api/bank-statements").body()).get("statements").get(0);

    String csv = get("/api/bank-statements/export").body();
    assertThat(csv)
        .isEqualTo(
            "statement,reference,number,from,to,openingCents,closingCents,ledgerCents,"
                + "differenceCents,proven,superseded,missingBefore,position\r\n"
                + "%s,%s,%s,%s,%s,%s,1001250,%s,%s,%s,non,non,%s\r\n"
                    .formatted(
                        read.get("statement").asString(),
                        read.get("reference").asString(),
                        read.get("number").asLong(),
                        read.get("from").asString(),
                        read.get("to").asString(),
                        read.get("openingCents").asLong(),
                        read.get("ledgerCents").asLong(),
                        read.get("differenceCents").asLong(),
                        read.get("proven").asBoolean() ? "oui" : "non",
                        read.get("position").asLong()));
    assertThat(get("/api/bank-statements/export?format=EXCEL_FR").body())
        .startsWith("\uFEFFRelevé;Référence de la banque;Numéro;Du;Au;")
        .contains(";10012,50;");
    JsonNode row = json.readTree(get("/api/bank-statements/export?format=JSON").body()).get(0);
    assertThat(row.get("closingCents")).isEqualTo(read.get("closingCents"));
    assertThat(get("/api/bank-statements/export?format=XLS").statusCode()).isEqualTo(400);
  }

  @Test
  void anEntryPaysAPartOfADebitNoteOrSettlesACall() throws Exception {
    room.world.ledger.given(AskedOfAVenue.facts());
    room.world.must(
        new CallFunds(
            new CallId("C-1"),
            FundedWorld.AGREEMENT,
            FundedWorld.STATE,
            700,
            BankWorld.TODAY,
            "clerk-1"));
    for (long cents : new long[] {600, 1_401, 700}) {
      room.world.importing(
          Camt.notification("N-" + cents)
              .entry("B-" + cents, "2026-04-02", cents, "", "merci")
              .bytes());
    }
    String note = "{\"debitNote\": \"titre-1\"}";
    String part = "/api/bank-entries/" + entryOf(600) + "/match";
    assertThat(json(200, part + "?dryRun=true", note).get("dryRun").asBoolean()).isTrue();
    assertThat(json(201, part, note).get("debitNote").asString()).isEqualTo("titre-1");
    assertThat(json(200, part, note).get("already").asBoolean()).isTrue();
    assertThat(json(409, part, note.replace("titre-1", "titre-2")).get("code").asString())
        .isEqualTo("ENTRY_ALREADY_MATCHED");

    String more = "/api/bank-entries/" + entryOf(1_401) + "/match";
    assertThat(json(422, more, note).get("code").asString()).isEqualTo("ABOVE_DEBIT_NOTE");
    assertThat(json(404, more, note.replace("titre-1", "titre-2")).get("code").asString())
        .isEqualTo("UNKNOWN_DEBIT_NOTE");
    json(400, more, "{\"debitNote\": 1}");
    json(400, more, "{\"note\": \"titre-1\"}");
    assertThat(
            json(
                    422,
                    more,
                    "{\"against\": \"E1\", \"charges\": {\"cents\": 100, \"reason\": \"OTHER\"}}")
                .get("code")
                .asString())
        .isEqualTo("CHARGES_WITHOUT_TRANSFER");
    assertThat(
            json(422, more, "{\"debitNote\": \"titre-1\", \"against\": \"E1\"}")
                .get("code")
                .asString())
        .isEqualTo("EXPLANATION_MISSING");

    String call = "/api/bank-entries/" + entryOf(700) + "/match";
    String parts =
        "{\"parts\": [{\"agreement\": \"creuse-2026\", \"funder\": \"anct\", \"amountCents\":"
            + " 700, \"call\": \"C-1\"}]}";
    assertThat(json(404, call, parts.replace("C-1", "C-2")).get("code").asString())
        .isEqualTo("UNKNOWN_CALL");
    assertThat(json(422, call, parts.replace("anct", "nouvelle-aquitaine")).get("code").asString())
        .isEqualTo("CALL_OF_ANOTHER_SHARE");
    assertThat(json(201, call, parts).get("parts").get(0).get("call").asString()).isEqualTo("C-1");
  }

  @Test
  void aReceiptByHandIsTakenBackAndSeveralAreProvedByOneEntry() throws Exception {
    for (String receipt : new String[] {"R-1", "R-2", "R-3"}) {
      room.world.must(
          new RecordReceipt(
              new ReceiptId(receipt),
              FundedWorld.AGREEMENT,
              FundedWorld.STATE,
              700,
              BankWorld.TODAY.minusDays(9)));
    }
    String path = "/api/receipts/R-3/taking-back";
    String reason = "{\"reason\": \"TYPED_TWICE\"}";
    assertThat(json(200, path + "?dryRun=true", reason).get("dryRun").asBoolean()).isTrue();
    assertThat(json(201, path, reason).get("amountCents").asLong()).isEqualTo(700);
    assertThat(json(200, path, reason).get("already").asBoolean()).isTrue();
    assertThat(json(409, path, "{\"reason\": \"OTHER\"}").get("code").asString())
        .isEqualTo("RECEIPT_ALREADY_TAKEN_BACK");
    json(400, path, "{\"reason\": \"BECAUSE\"}");
    json(400, path, "{}");
    assertThat(json(404, path.replace("R-3", "R-9"), reason).get("code").asString())
        .isEqualTo("UNKNOWN_RECEIPT");

    room.world.importing(
        Camt.notification("N").entry("B-1", "2026-04-02", 1_400, "", "merci").bytes());
    String entry = "/api/bank-entries/" + entryOf(1_400) + "/match";
    String both = "{\"receipts\": [\"R-1\", \"R-2\"]}";
    assertThat(json(422, entry, both.replace("2", "3")).get("code").asString())
        .isEqualTo("RECEIPT_DIFFERS");
    json(400, entry, "{\"receipts\": [null]}");
    assertThat(json(201, entry, both).get("receipts")).hasSize(2);
    assertThat(json(409, "/api/receipts/R-1/taking-back", reason).get("code").asString())
        .isEqualTo("RECEIPT_SHOWN");
  }

  private JsonNode json(int status, String path, String body) throws Exception {
    HttpResponse<String> answer = post(path, "application/json", body.getBytes(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  private String entryOf(long cents) throws Exception {
    for (JsonNode entry :
        json.readTree(get("/api/bank-entries/unmatched").body()).get("unmatched")) {
      if (entry.get("cents").asLong() == cents) {
        return entry.get("entry").asString();
      }
    }
    throw new AssertionError("no such entry");
  }

  private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path)).GET().build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  // --- the application around it

  /** A ledger that each test begins anew. */
  static final class Bankroom {
    private BankWorld world = BankWorld.usual();

    void begin() {
      world = BankWorld.usual();
    }

    BankEndpoint endpoint() {
      return new BankEndpoint(
          world.ledger,
          world.desk,
          new BankReading(world.register, Supplier::get, Unnoted.readings(world.vault)),
          Clock.fixed(Instant.parse("2026-04-02T10:00:00Z"), ZoneOffset.UTC));
    }

    BankStatementsEndpoint statements() {
      return new BankStatementsEndpoint(
          new BankReading(world.register, Supplier::get, Unnoted.readings(world.vault)));
    }

    TakeReceiptBackEndpoint takingBack() {
      return new TakeReceiptBackEndpoint(world.ledger);
    }

    BankExceptionEndpoint exceptions() {
      return new BankExceptionEndpoint(
          world.ledger,
          new BankExceptions(world.register, Supplier::get, Unnoted.readings(world.vault)),
          world.vault);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import({Http.class, EngineActs.class})
  static class Application {
    @Bean
    Bankroom bankroom() {
      return new Bankroom();
    }

    @Bean
    @Scope("prototype")
    BankEndpoint bankEndpoint(Bankroom room) {
      return room.endpoint();
    }

    @Bean
    @Scope("prototype")
    BankStatementsEndpoint bankStatementsEndpoint(Bankroom room) {
      return room.statements();
    }

    @Bean
    @Scope("prototype")
    BankExceptionEndpoint bankExceptionEndpoint(Bankroom room) {
      return room.exceptions();
    }

    @Bean
    @Scope("prototype")
    TakeReceiptBackEndpoint takeReceiptBackEndpoint(Bankroom room) {
      return room.takingBack();
    }

    @Bean
    SecurityFilterChain open(HttpSecurity security) {
      return security
          .csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }
  }
}
