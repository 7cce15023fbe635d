package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.openapi.DescribedExamples;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every amount that a client may send, made as large and as small as a number can be, in a ledger
 * where all else of the request is right. Which there are is told by the API's description, so that
 * one to come is tried as well.
 */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class AmountsIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final String IBAN = "FR1420041010050500013M02606";
  private static final Pattern CENTS = Pattern.compile("\"(\\w*[cC]ents)\":(-?\\d+)");
  private static final List<String> TOO_MUCH =
      List.of("9223372036854775807", "9223372036854775806", "9223372036854775808", "1e30");
  private static final List<String> TOO_LITTLE =
      List.of("-9223372036854775808", "-9223372036854775807", "-1", "0");

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
    properties.add("pass.operator.name", () -> "Opérateur");
    properties.add("pass.operator.iban", () -> IBAN);
  }

  @Autowired Accounts accounts;
  @Autowired LedgerNode node;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();
  private String key = "";

  @Test
  void anAmountOfAnySizeIsTheSendersMistakeWhereverItIsSent() throws Exception {
    assertThat(node.awaitWriting(Duration.ofSeconds(30))).isTrue();
    key =
        Callers.in(accounts).stream()
            .filter(caller -> caller.role() == Role.CLERK)
            .findFirst()
            .orElseThrow()
            .key();
    fund();
    JsonNode api = json.readTree(send("GET", "/v3/api-docs", "", "application/json").body());
    Map<String, List<String>> bodies = bodies(api);
    Set<String> tried = new TreeSet<>();
    List<String> faults = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String id = operation.getValue().path("operationId").asString();
        for (String body : bodies.getOrDefault(id, List.of())) {
          Matcher cents = CENTS.matcher(body);
          while (cents.find()) {
            tried.add(id + " " + cents.group(1));
            for (List<String> values : List.of(TOO_MUCH, TOO_LITTLE)) {
              for (String value : values) {
                String sent =
                    body.substring(0, cents.start(2)) + value + body.substring(cents.end(2));
                HttpResponse<String> answer =
                    send(
                        operation.getKey().toUpperCase(Locale.ROOT),
                        address(path.getKey()),
                        sent,
                        "application/json");
                boolean refused =
                    answer.statusCode() >= 400
                        && answer.statusCode() < 500
                        && answer.body().contains("\"code\"");
                boolean zero = value.equals("0") && answer.statusCode() < 300;
                if (!refused && !zero) {
                  faults.add(
                      "%s %s: %d %s".formatted(id, sent, answer.statusCode(), answer.body()));
                }
              }
            }
          }
        }
      }
    }

    assertThat(faults).isEmpty();
    assertThat(tried)
        .as("every amount that may be sent")
        .containsAll(described(api))
        .hasSizeGreaterThan(9);
  }

  /** A funder's cash in two agreements, and a debit that nobody has explained. */
  private void fund() throws Exception {
    must("/api/funders", "{'funder':'anct','name':'ANCT','kind':'STATE'}");
    must("/api/funders", "{'funder':'creuse','name':'Creuse','kind':'DEPARTEMENT'}");
    must(
        "/api/programmes",
        "{'programme':'pass-23','name':'Pass','faceValueCents':1000,'chequesPerCarnet':10,"
            + "'validityDays':180,'presentationWindowDays':60}");
    int year = LocalDate.now().getYear();
    for (String agreement : List.of("creuse-2026", "correze-2026")) {
      must(
          "/api/agreements",
          ("{'agreement':'%s','programme':'pass-23','signedOn':'%d-01-01','startsOn':'%d-01-01',"
               + "'endsOn':'%d-12-31','territory':['23'],'shares':[{'funder':'anct',"
               + "'basisPoints':5000,'ceilingCents':1000000,'terms':'PREPAID'},{'funder':'creuse',"
               + "'basisPoints':5000,'ceilingCents':1000000,'terms':'PREPAID'}]}")
              .formatted(agreement, year, year, year));
      for (String funder : List.of("anct", "creuse")) {
        must(
            "/api/receipts",
            ("{'receipt':'r-%s-%s','agreement':'%s','funder':'%s','amountCents':300000,"
                    + "'valueDate':'%s'}")
                .formatted(agreement, funder, agreement, funder, LocalDate.now()));
      }
    }
    HttpResponse<String> imported = send("POST", "/api/bank-files", camt(), "application/xml");
    assertThat(imported.statusCode()).as(imported.body()).isEqualTo(201);
  }

  private static String camt() {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
    <GrpHdr><MsgId>N</MsgId><CreDtTm>2026-04-02T08:00:00+02:00</CreDtTm></GrpHdr>
    <Ntfctn><Id>N</Id><Acct><Id><IBAN>%s</IBAN></Id><Ccy>EUR</Ccy></Acct>
    <Ntry><Amt Ccy="EUR">25.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>2026-04-02</Dt></BookgDt><ValDt><Dt>2026-04-02</Dt></ValDt>
    <AcctSvcrRef>B-1</AcctSvcrRef></Ntry></Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
    """
        .formatted(IBAN);
  }

  private void must(String path, String body) throws Exception {
    HttpResponse<String> answer = send("POST", path, body.replace('\'', '"'), "application/json");
    assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(201);
  }

  /** What is sent: the examples, and what says more in this ledger. */
  private static Map<String, List<String>> bodies(JsonNode api) {
    Map<String, List<String>> bodies = new HashMap<>();
    DescribedExamples.requests(api)
        .forEach(
            (id, body) ->
                bodies
                    .computeIfAbsent(id.split(" ", 2)[0], _ -> new ArrayList<>())
                    .add(body.toString()));
    LocalDate today = LocalDate.now();
    int year = today.getYear();
    String agreed =
        ("'signedOn':'%s','startsOn':'%d-01-01','endsOn':'%d-12-31','territory':['23'],"
                + "'shares':[{'funder':'anct','basisPoints':5000,'ceilingCents':1000000,"
                + "'terms':'PREPAID'},{'funder':'creuse','basisPoints':5000,'ceilingCents':1000000,"
                + "'terms':'PREPAID'}]}")
            .formatted(today, year, year);
    Map<String, String> ours =
        Map.of(
            "defineProgramme",
            "{'programme':'pass-24','name':'Pass','faceValueCents':1000,'chequesPerCarnet':10,"
                + "'validityDays':180,'presentationWindowDays':60}",
            "signAgreement",
            "{'agreement':'c-2','programme':'pass-23'," + agreed,
            "amendAgreement",
            "{'amendment':'a-1','agreement':'creuse-2026','inForceFrom':'%s',".formatted(today)
                + agreed,
            "recordReceipt",
            "{'receipt':'r-9','agreement':'creuse-2026','funder':'anct','amountCents':1,"
                + "'valueDate':'%s'}".formatted(today),
            "transferFunds",
            "{'transfer':'V-1','funder':'anct','from':'creuse-2026','to':'correze-2026',"
                + "'amountCents':1}",
            "callFunds",
            "{'call':'c-1','agreement':'creuse-2026','funder':'creuse','amountCents':1,"
                + "'dueOn':'%s'}".formatted(today.plusDays(30)),
            "giveBackCredit",
            "{'giveBack':'g-1','agreement':'creuse-2026','funder':'anct','amountCents':1}",
            "setSettlementCalendar",
            "{'from':'%s','every':'MONTH','days':[1,16],'minimumCents':2000}"
                .formatted(today.plusDays(40)),
            "matchBankEntry",
            "{'parts':[{'agreement':'creuse-2026','funder':'anct','amountCents':1}]}");
    ours.forEach(
        (id, body) ->
            bodies.computeIfAbsent(id, _ -> new ArrayList<>()).add(body.replace('\'', '"')));
    bodies
        .get("matchBankEntry")
        .add("{\"transfer\":\"R-1-1\",\"charges\":{\"cents\":1,\"reason\":\"OTHER\"}}");
    return bodies;
  }

  private String address(String path) throws Exception {
    return path.replace("{entryId}", entry())
        .replace("{programmeId}", "pass-23")
        .replaceAll("\\{[^}]+}", "pass-23");
  }

  private String entry() throws Exception {
    return json.readTree(send("GET", "/api/bank-entries/unmatched", "", "application/json").body())
        .at("/unmatched/0/entry")
        .asString();
  }

  /** {@code callFunds amountCents}: the amounts in the bodies that are described. */
  private static Set<String> described(JsonNode api) {
    Set<String> amounts = new TreeSet<>();
    for (JsonNode path : api.path("paths")) {
      for (JsonNode operation : path) {
        JsonNode schema =
            operation.at("/requestBody/content").path("application/json").path("schema");
        collect(api, schema, operation.path("operationId").asString(), amounts, 0);
      }
    }
    return amounts;
  }

  private static void collect(
      JsonNode api, JsonNode schema, String id, Set<String> amounts, int depth) {
    JsonNode described =
        schema.has("$ref") ? api.at(schema.get("$ref").asString().substring(1)) : schema;
    if (depth > 6) {
      return;
    }
    for (Map.Entry<String, JsonNode> property : described.path("properties").properties()) {
      if (property.getKey().matches("\\w*[cC]ents")) {
        amounts.add(id + " " + property.getKey());
      }
      collect(api, property.getValue(), id, amounts, depth + 1);
    }
    if (described.has("items")) {
      collect(api, described.get("items"), id, amounts, depth + 1);
    }
    for (String several : List.of("oneOf", "anyOf", "allOf")) {
      described.path(several).forEach(each -> collect(api, each, id, amounts, depth + 1));
    }
  }

  private HttpResponse<String> send(String method, String path, String body, String type)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port).resolve(path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", type)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
