package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.denial.DenialMatrix.Caller;
import fr.passnumerique.ui.openapi.DescribedExamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.CookieManager;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
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
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests that no page and no honest program sends. What is tried elsewhere: who may ask for what,
 * {@link DenialMatrixIT}; a session's name at login, its cookie, the headers against frames,
 * sniffing and foreign scripts, another spelling of an address, guessing at passwords, {@code
 * AccessIT}, at codes {@code TwoStepLoginIT}; bodies that are too large, said or not, in chunks or
 * parts, nested without end or in another encoding, {@code ProblemsIT}; entities and document types
 * in the bank's files, {@code BankFileReaderTest}; amounts, {@link AmountsIT}; texts of others in
 * pages and tables, {@code TextAttacksIT}; that an unknown cheque and a wrong end are answered
 * alike, {@code ChequeCheckTest}; who floods a node, {@code BusyNodeIT}; who sends a byte at a
 * time, {@link SlowAndLargeRequestsIT}.
 */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = "pass.public-check.per-minute=5")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class RequestAttacksIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"");

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @Autowired Accounts accounts;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  RequestMappingHandlerMapping mapping;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private Map<Role, Caller> callers;
  private Browsers browsers;
  private URI base;

  @BeforeAll
  void createCallers() {
    base = URI.create("http://localhost:" + port);
    callers =
        Callers.in(accounts).stream().collect(Collectors.toMap(Caller::role, Function.identity()));
    browsers = new Browsers(base, callers);
  }

  /** Another site can have a browser post a form, and cannot know the token of its session. */
  @Test
  void noPageTakesAFormWithoutTheTokenOfItsSession() throws Exception {
    List<String> taken = new ArrayList<>();
    int tried = 0;
    for (Map.Entry<String, HandlerMethod> page : postedPages()) {
      Permit rule = Objects.requireNonNull(page.getValue().getMethodAnnotation(Permit.class));
      Role role = rule.everyone() ? Role.VENUE : rule.value()[0];
      for (String token : new String[] {"", "X-CSRF-TOKEN", "_csrf"}) {
        HttpRequest.Builder form =
            HttpRequest.newBuilder(base.resolve(page.getKey()))
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        token.equals("_csrf") ? "_csrf=forged" : "x=1"));
        if (token.startsWith("X-")) {
          form.header(token, "forged");
        }
        HttpResponse<String> answer =
            browsers.of(role).http().send(form.build(), HttpResponse.BodyHandlers.ofString());
        tried++;
        if (answer.statusCode() != 403) {
          taken.add("%s as %s: %d".formatted(page.getKey(), role, answer.statusCode()));
        }
      }
    }

    assertThat(taken).isEmpty();
    assertThat(tried).isGreaterThan(40);
  }

  private List<Map.Entry<String, HandlerMethod>> postedPages() {
    return mapping.getHandlerMethods().entrySet().stream()
        .filter(
            each -> each.getKey().getMethodsCondition().getMethods().contains(RequestMethod.POST))
        .flatMap(
            each ->
                each.getKey().getPatternValues().stream()
                    .map(path -> Map.entry(Requests.filled(path, Map.of()), each.getValue())))
        .filter(each -> !each.getKey().startsWith("/api/") && !each.getKey().startsWith("/error"))
        .toList();
  }

  /** A field that a request has no business with, such as a role, is told and changes nothing. */
  @Test
  void noOperationTakesAFieldThatItDoesNotKnow() throws Exception {
    JsonNode api = api();
    Map<String, JsonNode> examples = DescribedExamples.requests(api);
    List<String> taken = new ArrayList<>();
    TreeSet<String> tried = new TreeSet<>();
    for (Map.Entry<String, JsonNode> path : api.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        String id = operation.getValue().path("operationId").asString("");
        if (!(examples.get(id) instanceof ObjectNode example)) {
          continue;
        }
        Role role = roleOf(operation.getValue());
        String there =
            path.getKey()
                .replace("{creditNoteId}", "commande~anct")
                .replaceAll("\\{[^}]+}", DenialMatrix.OWN);
        for (String field : new String[] {"by", "actor", "account", "recordedAt", "zz"}) {
          if (example.has(field)) {
            continue;
          }
          ObjectNode sent = example.deepCopy();
          sent.put(field, DenialMatrix.OWN);
          owned(sent);
          HttpResponse<String> answer =
              send(
                  HttpRequest.newBuilder(base.resolve(there + required(operation.getValue())))
                      .header("Authorization", "Bearer " + callers.get(role).key())
                      .header("Content-Type", "application/json")
                      .method(
                          operation.getKey().toUpperCase(Locale.ROOT),
                          HttpRequest.BodyPublishers.ofString(sent.toString()))
                      .build());
          boolean refused =
              answer.statusCode() == 400
                  && answer.body().contains("\"field\":\"" + field + "\"")
                  && answer.body().contains("is not a field");
          // Nobody but its clerk with a second factor comes as far as the body.
          boolean notLetIn = answer.statusCode() == 403 && answer.body().contains("SECOND_FACTOR");
          if (!refused && !notLetIn) {
            taken.add("%s with %s: %d %s".formatted(id, field, answer.statusCode(), answer.body()));
          }
          if (refused) {
            tried.add(id);
          }
        }
      }
    }

    assertThat(taken).isEmpty();
    assertThat(tried).hasSizeGreaterThan(40).contains("createAccount", "registerFunder");
  }

  /** What names a subject names the caller's own, so that the body is read. */
  private static void owned(ObjectNode body) {
    for (String owner : new String[] {"venue", "funder", "prescriber"}) {
      if (body.has(owner)) {
        body.put(owner, DenialMatrix.OWN);
      }
    }
  }

  private static String required(JsonNode operation) {
    return operation
        .path("parameters")
        .valueStream()
        .filter(p -> p.path("required").asBoolean() && p.path("in").asString().equals("query"))
        .map(
            p ->
                p.path("name").asString()
                    + "="
                    + p.path("schema").path("enum").path(0).asString("1"))
        .collect(Collectors.joining("&", "?", ""))
        .replaceFirst("\\?$", "");
  }

  private static Role roleOf(JsonNode operation) {
    List<String> roles = operation.path("x-roles").valueStream().map(JsonNode::asString).toList();
    return Arrays.stream(Role.values())
        .filter(role -> roles.contains(role.name()))
        .findFirst()
        .orElse(Role.CLERK);
  }

  /** The forms of an account name nothing but what they change. */
  @Test
  void aFormCannotSetTheRoleOrTheOrganisationOfItsAccount() throws Exception {
    Browsers.Browser venue = browsers.of(Role.VENUE);
    String before = me(Role.VENUE);
    for (String address : new String[] {"/compte/sessions/fin", "/recherche", "/cheques"}) {
      HttpResponse<String> answer =
          venue
              .http()
              .send(
                  HttpRequest.newBuilder(base.resolve(address))
                      .header("Accept", "text/html")
                      .header("Content-Type", "application/x-www-form-urlencoded")
                      .header("X-CSRF-TOKEN", venue.token())
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "q=x&serial=x&role=CLERK&subject=anct&actor.role=CLERK&account=x&_role=on"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(address).isNotEqualTo(500);
    }
    assertThat(me(Role.VENUE)).isEqualTo(before).contains("VENUE");
  }

  private String me(Role role) throws Exception {
    return send(HttpRequest.newBuilder(base.resolve("/api/me"))
            .header("Authorization", "Bearer " + callers.get(role).key())
            .build())
        .body();
  }

  @Test
  void aLoginLeadsNowhereElse() throws Exception {
    for (String way :
        new String[] {
          "//evil.example/", "/\\evil.example/", "/%2f%2fevil.example/", "/?continue=//evil.example"
        }) {
      HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
      raw(browser, way);
      HttpResponse<String> page =
          browser.send(
              HttpRequest.newBuilder(base.resolve("/login?logout"))
                  .header("Accept", "text/html")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      Matcher token = CSRF.matcher(page.body());
      assertThat(token.find()).isTrue();
      Caller clerk = callers.get(Role.CLERK);
      HttpResponse<String> answer =
          browser.send(
              HttpRequest.newBuilder(
                      base.resolve("/login?continue=https://evil.example&redirect=//evil.example"))
                  .header("Accept", "text/html")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          Requests.encoded(
                              Map.of(
                                  "login",
                                  clerk.login(),
                                  "password",
                                  clerk.password(),
                                  "_csrf",
                                  token.group(1),
                                  "continue",
                                  "https://evil.example/",
                                  "redirect",
                                  "https://evil.example/",
                                  "spring-security-redirect",
                                  "https://evil.example/"))))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      String to = answer.headers().firstValue("Location").orElse("");
      assertThat(answer.statusCode()).as(way).isEqualTo(302);
      assertThat(base.resolve(to).getAuthority())
          .as("%s: %s", way, to)
          .isEqualTo(base.getAuthority());
    }
  }

  /** Whatever the address is, as it is. */
  private void raw(HttpClient browser, String path) {
    try {
      browser.send(
          HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/html").build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (Exception e) {
      // An address that no client can send attacks nobody.
      assertThat(e).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void noAnswerNamesTheHostThatWasSent() throws Exception {
    for (String path :
        new String[] {"/", "/login", "/lieux", "/verifier", "/nulle-part", "/v3/api-docs"}) {
      for (String header : new String[] {"Host", "X-Forwarded-Host", "Forwarded"}) {
        String answer =
            spoken(
                "GET %s HTTP/1.1\r\n%sAccept: text/html\r\n%sConnection: close\r\n\r\n"
                    .formatted(
                        path,
                        header.equals("Host") ? "" : "Host: localhost\r\n",
                        header.equals("Forwarded")
                            ? "Forwarded: host=evil.example\r\n"
                            : header + ": evil.example\r\n"));
        assertThat(answer)
            .as(path + " " + header)
            .startsWith("HTTP/1.1 ")
            .doesNotContain("evil.example");
      }
    }
  }

  @Test
  void theMethodIsTheOneThatWasSent() throws Exception {
    for (String header :
        new String[] {"X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"}) {
      for (String method : new String[] {"GET", "DELETE", "PUT"}) {
        HttpResponse<String> answer =
            send(
                HttpRequest.newBuilder(base.resolve("/api/label-register?_method=" + method))
                    .header(header, method)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(HttpRequest.BodyPublishers.ofString("_method=" + method))
                    .build());
        assertThat(answer.statusCode()).as(header + method).isIn(401, 405);
      }
    }
    assertThat(
            spoken(
                "TRACE / HTTP/1.1\r\nHost: localhost\r\nX-Secret: 42\r\nConnection: close\r\n\r\n"))
        .doesNotContain("X-Secret");
  }

  @Test
  void headersWithoutEndAreRefusedAndTheNextRequestIsAnswered() throws Exception {
    String many =
        IntStream.range(0, 5_000).mapToObj("X-H%d: 1\r\n"::formatted).collect(Collectors.joining());
    String long1 = "X-H: " + "a".repeat(200_000) + "\r\n";
    for (String headers : new String[] {many, long1}) {
      String answer = spoken("GET /login HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
      assertThat(answer).doesNotStartWith("HTTP/1.1 200");
    }
    String fields =
        IntStream.range(0, 20_000).mapToObj("f%d=1"::formatted).collect(Collectors.joining("&"));
    Browsers.Browser venue = browsers.of(Role.VENUE);
    HttpResponse<String> form =
        venue
            .http()
            .send(
                HttpRequest.newBuilder(base.resolve("/recherche"))
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .header("X-CSRF-TOKEN", venue.token())
                    .POST(HttpRequest.BodyPublishers.ofString(fields))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(form.statusCode()).isBetween(400, 499);

    assertThat(spoken("GET /login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  /** Nothing is unpacked here, so that nothing can grow when it is. */
  @Test
  void whatIsPackedIsNotUnpacked() throws Exception {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(gzip)) {
      packing.write(new byte[20_000_000]);
    }
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream packing = new ZipOutputStream(zip)) {
      packing.putNextEntry(new ZipEntry("../../../../etc/passwd"));
      packing.write(new byte[20_000_000]);
      packing.closeEntry();
    }
    for (byte[] packed : List.of(gzip.toByteArray(), zip.toByteArray())) {
      for (String[] upload :
          new String[][] {
            {"/api/venues/import?source=x", "text/csv"},
            {"/api/bank-files", "application/xml"},
            {"/api/venues/" + DenialMatrix.OWN + "/slips?reference=x", "text/csv"}
          }) {
        for (String encoding : new String[] {"", "gzip"}) {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(base.resolve(upload[0]))
                  .header(
                      "Authorization",
                      "Bearer "
                          + callers
                              .get(upload[0].contains("slips") ? Role.VENUE : Role.CLERK)
                              .key())
                  .header("Content-Type", upload[1])
                  .POST(HttpRequest.BodyPublishers.ofByteArray(packed));
          if (!encoding.isEmpty()) {
            request.header("Content-Encoding", encoding);
          }
          HttpResponse<String> answer = send(request.build());
          assertThat(answer.statusCode())
              .as("%s %s: %s", upload[0], encoding, answer.body())
              .isBetween(400, 499);
        }
      }
    }
  }

  /** Where a file says that it lies is never where it is put. */
  @Test
  void theNameOfAFileIsNoPath() throws Exception {
    for (String name :
        new String[] {"../../etc/passwd", "C:\\\\x.csv", "/etc/x", "x\\u0000.csv", "%2e%2e%2fx"}) {
      for (String address :
          new String[] {"/api/venues/import?source=x&dryRun=true", "/api/bank-files"}) {
        String body =
            "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                + name
                + "\"\r\nContent-Type: text/csv\r\n\r\nid,nom\r\nx,y\r\n--b--\r\n";
        HttpResponse<String> answer =
            send(
                HttpRequest.newBuilder(base.resolve(address))
                    .header("Authorization", "Bearer " + callers.get(Role.CLERK).key())
                    .header("Content-Type", "multipart/form-data; boundary=b")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build());
        assertThat(answer.statusCode()).as("%s %s", address, answer.body()).isBetween(400, 499);
        assertThat(answer.body()).doesNotContain("passwd");
      }
    }
  }

  /** One answer for all that is wrong, and soon none at all; the page says when to come again. */
  @Test
  void whoTriesCodesOnThePageForAllIsStopped() throws Exception {
    HttpClient browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    HttpResponse<String> asked = null;
    List<Integer> answers = new ArrayList<>();
    for (int each = 0; each < 8; each++) {
      HttpResponse<String> page =
          browser.send(
              HttpRequest.newBuilder(base.resolve("/verifier"))
                  .header("Accept", "text/html")
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      Matcher token = CSRF.matcher(page.body());
      assertThat(token.find()).isTrue();
      String code = "00001-000%d-ABCDE%d".formatted(each + 1, each);
      asked =
          browser.send(
              HttpRequest.newBuilder(base.resolve("/verifier"))
                  .header("Accept", "text/html")
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      HttpRequest.BodyPublishers.ofString(
                          Requests.encoded(Map.of("cheque", code, "_csrf", token.group(1)))))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      answers.add(asked.statusCode());
      assertThat(asked.body()).doesNotContain("ABCDE");
    }

    assertThat(answers).startsWith(200).endsWith(429);
    assertThat(Objects.requireNonNull(asked).headers().firstValue("Retry-After")).isPresent();
    assertThat(asked.body()).contains("Trop de contrôles sans compte");
    // The same budget by the API: one address has one, whichever way it takes.
    HttpResponse<String> program =
        send(
            HttpRequest.newBuilder(base.resolve("/api/public/cheque-checks"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"cheque\":\"00001-0001-ABCDEF\"}"))
                .build());
    assertThat(program.statusCode()).isEqualTo(429);
  }

  /** A page for all costs its visitor no cookie, and may be kept; one with a form may not. */
  @Test
  void theRegisterForAllNeedsNoSessionAndKeepsNobodysMenu() throws Exception {
    HttpResponse<String> stranger =
        send(HttpRequest.newBuilder(base.resolve("/lieux")).header("Accept", "text/html").build());
    assertThat(stranger.headers().firstValue("Set-Cookie")).isEmpty();
    assertThat(stranger.headers().firstValue("Cache-Control").orElse("")).contains("public");
    assertThat(String.join(",", stranger.headers().allValues("Vary")))
        .containsIgnoringCase("cookie");

    HttpResponse<String> clerk =
        browsers
            .of(Role.CLERK)
            .http()
            .send(
                HttpRequest.newBuilder(base.resolve("/lieux"))
                    .header("Accept", "text/html")
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(clerk.body()).contains("Se déconnecter");
    assertThat(clerk.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** What no client of the JDK would send. */
  private String spoken(String request) throws Exception {
    try (Socket socket = new Socket("localhost", port)) {
      socket.setSoTimeout(20_000);
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
      } catch (IOException e) {
        // It was refused before it was all sent.
        return "";
      }
      try {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      } catch (SocketException e) {
        return "";
      }
    }
  }

  private JsonNode api() throws Exception {
    return JsonMapper.shared()
        .readTree(send(HttpRequest.newBuilder(base.resolve("/v3/api-docs")).build()).body());
  }
}
