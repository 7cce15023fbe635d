package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.FrenchSpreadsheet;
import fr.passnumerique.ui.browser.Chromium;
import java.io.StringReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Texts that others give us, wherever we show or hand them on: markup in a page is text, and what a
 * spreadsheet would compute stands after an apostrophe. Every text that an import, a form or an
 * operation takes holds both at once; every page and every table of the description of the API is
 * then read. Markup in what is printed is XML that would not be well-formed, {@code
 * PrintedDocumentsIT}; texts in files for the bank are {@code HostileTextsTest}'s; a round trip of
 * a list with apostrophes is {@code LaMednumRoundTripIT}'s; requests are {@code
 * RequestAttacksIT}'s.
 */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class TextAttacksIT {
  private static final String PASSWORD = "correct horse battery";
  private static final String SIRET = "40109226700020";
  private static final String IBAN = "FR1420041010050500013M02606";

  /** As a page must not have it. */
  private static final String MARKUP = "<img src=x onerror=alert(1)>";

  /** Ends an attribute, an element, a text of a script, and a cell. */
  private static final String TEXT = "=1+1" + MARKUP + "'\" onfocus=alert(2) x=\"</script>;";

  /** What a spreadsheet computes, or skips before it does. */
  private static final List<String> BEGINNINGS = List.of("=", "+", "-", "@", " =", "\t=", "\r=");

  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
    properties.add("pass.operator.name", () -> "Opérateur");
    properties.add("pass.operator.iban", () -> IBAN);
  }

  @Autowired Accounts accounts;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<Role, LoggedIn> people = new EnumMap<>(Role.class);
  private final List<String> refused = new ArrayList<>();
  private String base;
  private final Map<Role, String> keys = new EnumMap<>(Role.class);

  @BeforeAll
  void everyTextIsHostile() throws Exception {
    base = "http://localhost:" + port;
    Map<Role, String> subjects =
        Map.of(Role.FUNDER, "creuse", Role.VENUE, SIRET, Role.PRESCRIBER, "ccas-gueret");
    for (Role role : Role.values()) {
      String id =
          accounts
              .create("person-" + role, PASSWORD, role, subjects.getOrDefault(role, ""), "engine")
              .id();
      keys.put(role, accounts.createKey(id, "attack", "engine").key());
    }
    post("/api/funders", "funder", "anct", "name", TEXT, "kind", "STATE");
    post("/api/funders", "funder", "creuse", "name", TEXT, "kind", "DEPARTEMENT");
    for (String beginning : BEGINNINGS) {
      int number = BEGINNINGS.indexOf(beginning);
      post("/api/funders", "funder", "f-" + number, "name", beginning + "A1", "kind", "REGION");
      post(
          "/api/prescribers",
          "prescriber",
          "p-" + number,
          "name",
          beginning + TEXT,
          "departement",
          "23");
    }
    post("/api/prescribers", "prescriber", "ccas-gueret", "name", TEXT, "departement", "23");
    send(
        "/api/programmes",
        """
        {"programme":"pass-23","name":%s,"faceValueCents":1000,"chequesPerCarnet":10,
         "validityDays":180,"presentationWindowDays":60}
        """
            .formatted(json(TEXT)));
    send(
        "/api/agreements",
        """
        {"agreement":"creuse-2026","programme":"pass-23","signedOn":"2025-12-15",
         "startsOn":"2026-01-01","endsOn":"2027-12-31","territory":["23"],
         "shares":[{"funder":"creuse","basisPoints":10000,"ceilingCents":1000000,"terms":"PREPAID"}]}
        """);
    send(
        "/api/receipts",
        """
        {"agreement":"creuse-2026","amountCents":100000,"funder":"creuse","receipt":"recu-1",
         "valueDate":"2026-03-02"}
        """);
    send(
        "/api/orders",
        """
        {"order":"commande-1","agreement":"creuse-2026","fundingDepartement":"23",
         "chequeCount":100,"endsOn":"2027-06-30"}
        """);
    send(
        "/api/deliveries",
        """
        {"delivery":"livraison-1","prescriber":"ccas-gueret","batch":"00001","firstOrdinal":1,
         "lastOrdinal":100,"deliveredOn":"%s"}
        """
            .formatted(LocalDate.now(ZoneId.of("Europe/Paris"))));
    importVenues();
    send(
        "/api/labels",
        """
        {"venues":["%s"],"labelledFrom":"2026-01-01","decision":%s}
        """
            .formatted(SIRET, json(TEXT)));
    importStatement();
    presentSlip();
    post("/api/accounts", "login", TEXT, "password", PASSWORD, "role", "AUDITOR");
    post("/api/accounts", "login", "=1+1<b>", "password", PASSWORD, "role", "AUDITOR");
    for (Role role : Role.values()) {
      people.put(role, LoggedIn.as("person-" + role, PASSWORD, base));
    }
    // Names with a blank or a control character at an end, and the longest login.
    assertThat(refused).hasSize(7);
  }

  /** A list of the standard whose texts are all hostile. */
  private void importVenues() throws Exception {
    String header =
        "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,services,source,structure_parente,horaires,date_maj";
    StringBuilder list = new StringBuilder(header + "\r\n");
    for (int each = 0; each < BEGINNINGS.size(); each++) {
      String text = BEGINNINGS.get(each) + TEXT;
      list.append(
          "point-%d,%s,%s,%s,23000,23096,%s,46.17,-1.87,Aide aux démarches administratives,%s,%s,%s,2026-01-01\r\n"
              .formatted(
                  each,
                  SIRET,
                  cell(text),
                  cell(text),
                  cell(text),
                  cell(text),
                  cell(text),
                  cell(text)));
    }
    HttpResponse<String> answer =
        answer(
            HttpRequest.newBuilder(URI.create(base + "/api/venues/import?source=attack"))
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(list.toString())));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
  }

  /** What the bank was told by whoever paid: names, remittance texts, and what the bank adds. */
  private void importStatement() throws Exception {
    StringBuilder entries = new StringBuilder();
    for (String beginning : BEGINNINGS) {
      String text = (beginning + TEXT).replace("&", "&amp;").replace("<", "&lt;");
      entries.append(
          """
          <Ntry><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
          <BookgDt><Dt>2026-04-01</Dt></BookgDt><ValDt><Dt>2026-04-01</Dt></ValDt>
          <AcctSvcrRef>26091-%1$d</AcctSvcrRef><NtryDtls><TxDtls>
          <Refs><EndToEndId>%2$s</EndToEndId></Refs><Amt Ccy="EUR">1.00</Amt>
          <RltdPties><Dbtr><Pty><Nm>%3$s</Nm></Pty></Dbtr></RltdPties>
          <RmtInf><Ustrd>%3$s</Ustrd></RmtInf></TxDtls></NtryDtls>
          <AddtlNtryInf>%3$s</AddtlNtryInf></Ntry>
          """
              .formatted(
                  BEGINNINGS.indexOf(beginning),
                  text.substring(0, Math.min(30, text.length())).replaceAll("&[a-z]*$", ""),
                  text));
    }
    String statement =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
        <GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-04-01T20:14:07+02:00</CreDtTm></GrpHdr>
        <Stmt><Id>2026-091</Id><ElctrncSeqNb>91</ElctrncSeqNb>
        <CreDtTm>2026-04-01T20:14:07+02:00</CreDtTm>
        <FrToDt><FrDtTm>2026-04-01T00:00:00+02:00</FrDtTm><ToDtTm>2026-04-01T23:59:59+02:00</ToDtTm></FrToDt>
        <Acct><Id><IBAN>%s</IBAN></Id><Ccy>EUR</Ccy></Acct>
        <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt>
        <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-01</Dt></Dt></Bal>
        <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">%d.00</Amt>
        <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-04-01</Dt></Dt></Bal>
        %s</Stmt></BkToCstmrStmt></Document>
        """
            .formatted(IBAN, BEGINNINGS.size(), entries);
    HttpResponse<String> answer =
        answer(
            HttpRequest.newBuilder(URI.create(base + "/api/bank-files"))
                .header("Content-Type", "application/xml")
                .POST(HttpRequest.BodyPublishers.ofString(statement)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** A file of a venue's own making, whose lines are all rejected, and kept as they were read. */
  private void presentSlip() throws Exception {
    StringBuilder lines = new StringBuilder("cheque,servedOn,service,pointOfService\r\n");
    for (String beginning : BEGINNINGS) {
      lines.append(
          "00001-%04d-AAAAAA,%s,%s,point-0\r\n"
              .formatted(
                  BEGINNINGS.indexOf(beginning) + 1,
                  LocalDate.now(ZoneId.of("Europe/Paris")),
                  cell(beginning + TEXT)));
    }
    HttpResponse<String> answer =
        answer(
            HttpRequest.newBuilder(
                    URI.create(base + "/api/venues/" + SIRET + "/slips?reference=X-1"))
                .header("Content-Type", "text/csv")
                .POST(HttpRequest.BodyPublishers.ofString(lines.toString())),
            Role.VENUE);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  private static String cell(String text) {
    return '"' + text.replace("\"", "\"\"") + '"';
  }

  @Test
  void aPageShowsMarkupAsText() throws Exception {
    List<String> spoilt = new ArrayList<>();
    TreeSet<String> shown = new TreeSet<>();
    for (Map.Entry<String, HandlerMethod> page : pages()) {
      Permit rule = Objects.requireNonNull(page.getValue().getMethodAnnotation(Permit.class));
      for (Role role : rule.everyone() ? Role.values() : rule.value()) {
        HttpResponse<String> answer =
            people
                .get(role)
                .http()
                .send(
                    HttpRequest.newBuilder(URI.create(base + page.getKey()))
                        .header("Accept", "text/html")
                        .build(),
                    HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 500) {
          spoilt.add("%s as %s: %d".formatted(page.getKey(), role, answer.statusCode()));
        }
        if (answer.body().contains("<img src=x") || answer.body().contains("\" onfocus=")) {
          spoilt.add(page.getKey() + " as " + role);
        }
        if (answer.body().contains("&lt;img src=x")) {
          shown.add(page.getKey() + " " + role);
        }
      }
    }

    assertThat(spoilt).isEmpty();
    assertThat(shown)
        .as("pages on which it stands")
        .hasSizeGreaterThan(20)
        .contains(
            "/lieux CLERK", "/ VENUE", "/commandes/commande-1 AUDITOR", "/rapprochements CLERK");
  }

  /** Typed or taken from a file, it comes back to be mended. */
  @Test
  void whatAVenueTypesComesBackAsText() throws Exception {
    String codes = URLEncoder.encode(TEXT + "\n" + MARKUP + ";x;y;z", StandardCharsets.UTF_8);
    HttpResponse<String> answer =
        people
            .get(Role.VENUE)
            .send(
                "/bordereaux/nouveau",
                "/bordereaux/nouveau",
                "reference=H-1&servedOn=%1$s&service=%1$s&pointOfService=%1$s&codes=%1$s"
                    .formatted(codes));
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(people.get(Role.VENUE).page(200, "/bordereaux/controle"))
        .contains("&lt;img src=x")
        .doesNotContain("<img src=x", "\" onfocus=");
  }

  /** What no page is given in its path is asked for in its query, and comes back in an error. */
  @Test
  void whatIsAskedForIsShownAsText() throws Exception {
    String hostile = URLEncoder.encode(MARKUP, StandardCharsets.UTF_8);
    for (String address :
        new String[] {
          "/recherche?q=" + hostile,
          "/lieux?q=" + hostile + "&departement=" + hostile,
          "/lieux?" + hostile + "=1",
          "/lieux?page=" + hostile,
          "/ecritures?venue=" + hostile,
          "/cheques/" + hostile,
          "/comptes?q=" + hostile,
          "/?asOf=" + hostile,
          "/nulle-part/" + hostile,
        }) {
      HttpResponse<String> answer =
          people
              .get(Role.CLERK)
              .http()
              .send(
                  HttpRequest.newBuilder(URI.create(base + address))
                      .header("Accept", "text/html")
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(address).isLessThan(500);
      assertThat(answer.body()).as(address).doesNotContain("<img src=x");
    }
  }

  private List<Map.Entry<String, HandlerMethod>> pages() {
    Map<String, String> names =
        Map.ofEntries(
            Map.entry("agreementId", "creuse-2026"),
            Map.entry("receiptId", "recu-1"),
            Map.entry("prescriber", "ccas-gueret"),
            Map.entry("venueId", SIRET),
            Map.entry("serial", "00001-0001"));
    return mapping.getHandlerMethods().entrySet().stream()
        .filter(
            each -> each.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
        .filter(each -> each.getValue().hasMethodAnnotation(Permit.class))
        .flatMap(
            each ->
                each.getKey().getPatternValues().stream()
                    .filter(path -> !path.startsWith("/api/"))
                    .map(path -> Map.entry(filled(path, names), each.getValue())))
        .toList();
  }

  private static String filled(String path, Map<String, String> names) {
    String filled = path;
    for (Map.Entry<String, String> name : names.entrySet()) {
      filled = filled.replace("{" + name.getKey() + "}", name.getValue());
    }
    return filled
        .replace("/commandes/{id}", "/commandes/commande-1")
        .replace("/livraisons/{id}", "/livraisons/livraison-1")
        .replace("/lots/{id}", "/lots/00001")
        .replaceAll("\\{[^}]+}", "X-1");
  }

  /** In a browser that would run it, and under the policy that would say so. */
  @Test
  void noPageRunsIt() {
    List<String> complaints = new ArrayList<>();
    try (Playwright playwright = Playwright.create()) {
      Browser browser =
          playwright
              .chromium()
              .launch(
                  new BrowserType.LaunchOptions()
                      .setExecutablePath(Chromium.installed())
                      .setArgs(List.of("--no-sandbox", "--lang=fr-FR")));
      Page page = browser.newPage();
      page.onDialog(
          dialog -> {
            complaints.add(page.url() + " alerts " + dialog.message());
            dialog.dismiss();
          });
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              complaints.add(page.url() + ": " + message.text());
            }
          });
      page.navigate(base + "/login");
      page.fill("#login", "person-CLERK");
      page.fill("#password", PASSWORD);
      page.locator("main button[type=submit]").click();
      for (String address :
          new String[] {
            "/",
            "/lieux",
            "/lieux?q=img",
            "/comptes",
            "/ecritures?venue=" + SIRET,
            "/commandes/commande-1",
            "/livraisons/livraison-1",
            "/rapprochements",
            "/recherche?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E"
          }) {
        page.navigate(base + address);
        assertThat(page.locator("img[src=x]").count()).as(address).isZero();
        assertThat(page.locator("[onfocus], [onerror]").count()).as(address).isZero();
      }
      page.navigate(base + "/lieux");
      assertThat(page.locator("main").innerText()).contains(MARKUP);
    }
    assertThat(complaints).isEmpty();
  }

  /** Which tables there are the description of the API says, so that none is forgotten. */
  @Test
  void noTableHoldsAFormula() throws Exception {
    JsonNode described = JsonMapper.shared().readTree(get("/v3/api-docs").body());
    List<String> formulas = new ArrayList<>();
    TreeSet<String> asked = new TreeSet<>();
    int texts = 0;
    for (Map.Entry<String, JsonNode> path : described.path("paths").properties()) {
      JsonNode operation = path.getValue().path("get");
      String id = operation.path("operationId").asString("");
      boolean csv = operation.path("responses").path("200").path("content").has("text/csv");
      boolean formats =
          operation
              .path("parameters")
              .valueStream()
              .anyMatch(parameter -> parameter.path("name").asString("").equals("format"));
      if (!csv && !formats) {
        continue;
      }
      String there =
          filled(
                  path.getKey().replace("{prescriberId}", "ccas-gueret"),
                  Map.of("venueId", SIRET, "agreementId", "creuse-2026"))
              + required(operation);
      for (String format : formats ? List.of("CSV", "EXCEL_FR") : List.of("")) {
        String address =
            there
                + (format.isEmpty() ? "" : (there.contains("?") ? "&" : "?") + "format=" + format);
        HttpResponse<String> file = get(address);
        assertThat(file.statusCode()).as(address).isLessThan(500);
        if (file.statusCode() != 200) {
          continue;
        }
        asked.add(id);
        if (format.equals("EXCEL_FR")) {
          for (List<Object> row : FrenchSpreadsheet.open(file.body())) {
            for (Object cell : row) {
              if (cell instanceof FrenchSpreadsheet.Spoilt spoilt) {
                formulas.add(address + ": " + spoilt);
              }
            }
          }
        } else {
          for (CSVRecord row : CSVParser.parse(new StringReader(file.body()), CSVFormat.RFC4180)) {
            for (String cell : row) {
              texts += cell.contains("img src=x") ? 1 : 0;
              if (computes(cell)) {
                formulas.add(address + ": " + cell);
              }
            }
          }
        }
      }
    }

    assertThat(formulas).isEmpty();
    assertThat(texts).as("cells with the texts of others").isGreaterThan(20);
    assertThat(asked)
        .hasSizeGreaterThan(20)
        .contains(
            "exportFunders",
            "exportPrescribers",
            "exportProgrammes",
            "exportVenueRegister",
            "exportPointsOfService",
            "exportLabelRegister",
            "exportUnmatchedEntries");
  }

  /** A number may have a sign. */
  private static boolean computes(String cell) {
    String seen = cell.strip();
    return !seen.isEmpty()
        && ("=+-@".indexOf(seen.charAt(0)) >= 0 || "\t\r".indexOf(cell.charAt(0)) >= 0)
        && !seen.matches("[+-]?[0-9]+([.,][0-9]+)?");
  }

  private static String required(JsonNode operation) {
    StringBuilder query = new StringBuilder();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("required").asBoolean()
          && parameter.path("in").asString().equals("query")) {
        query
            .append(query.isEmpty() ? '?' : '&')
            .append(parameter.path("name").asString())
            .append('=')
            .append(parameter.path("schema").path("enum").path(0).asString("1"));
      }
    }
    return query.toString();
  }

  private void post(String path, String... namesAndValues) throws Exception {
    List<String> fields = new ArrayList<>();
    for (int each = 0; each < namesAndValues.length; each += 2) {
      fields.add(json(namesAndValues[each]) + ":" + json(namesAndValues[each + 1]));
    }
    send(path, "{" + String.join(",", fields) + "}");
  }

  private void send(String path, String body) throws Exception {
    note(
        path,
        answer(
            HttpRequest.newBuilder(URI.create(base + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  /** Taken or refused; never a failure of ours. */
  private void note(String path, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isLessThan(500);
    if (answer.statusCode() >= 400) {
      refused.add(path + ": " + answer.body());
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return answer(HttpRequest.newBuilder(URI.create(base + path)));
  }

  private HttpResponse<String> answer(HttpRequest.Builder request) throws Exception {
    return answer(request, Role.CLERK);
  }

  private HttpResponse<String> answer(HttpRequest.Builder request, Role by) throws Exception {
    return http.send(
        request.header("Authorization", "Bearer " + keys.get(by)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String json(String text) {
    return JsonMapper.shared().writeValueAsString(text);
  }
}
