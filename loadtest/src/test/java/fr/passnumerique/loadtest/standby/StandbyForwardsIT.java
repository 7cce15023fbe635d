package fr.passnumerique.loadtest.standby;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.loadtest.peak.PreparedSlips;
import fr.passnumerique.loadtest.peak.PreparedSlips.Presented;
import fr.passnumerique.loadtest.peak.Server;
import fr.passnumerique.projections.broker.FreePort;
import fr.passnumerique.ui.ClearingApplication;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Two applications on one ledger: whatever is sent to the one that stands by. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandbyForwardsIT {
  private static final String LEDGER = "ledger";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CHECKS_PER_MINUTE = 3;

  @TempDir private static Path home;

  private Server server;
  private PreparedSlips slips;
  private Running left;
  private Running right;
  private int next;

  private record Running(ConfigurableApplicationContext context, URI root) {
    LedgerNode node() {
      return context.getBean(LedgerNode.class);
    }

    boolean writes() {
      return node().state() == LedgerNode.State.WRITING;
    }
  }

  @BeforeAll
  void twoApplications() throws Exception {
    server = Server.start(home.toRealPath().resolve("database"));
    slips =
        PreparedSlips.open(
            server, LEDGER, home.toRealPath(), Paris.dayOf(Instant.now()), 7, 1, 60, 3);
    left = start();
    right = start();
    await(() -> writer().writes() && standby().node().elsewhere().isPresent());
  }

  @AfterAll
  void ended() {
    left.context().close();
    right.context().close();
    server.close();
  }

  private Running start() throws IOException {
    URI root = URI.create("http://127.0.0.1:" + FreePort.find());
    Map<String, String> properties = new HashMap<>(slips.properties());
    properties.put("server.port", Integer.toString(root.getPort()));
    properties.put("pass.node.address", root.toString());
    properties.put("pass.public-check.per-minute", Integer.toString(CHECKS_PER_MINUTE));
    properties.put("pass.http.patience", "1s");
    properties.put("server.tomcat.remoteip.protocol-header", "X-Forwarded-Proto");
    properties.put("server.tomcat.remoteip.remote-ip-header", "X-None");
    properties.put("spring.jmx.enabled", "false");
    return new Running(
        new SpringApplication(ClearingApplication.class)
            .run(
                properties.entrySet().stream()
                    .map(p -> "--%s=%s".formatted(p.getKey(), p.getValue()))
                    .toArray(String[]::new)),
        root);
  }

  private Running writer() {
    return right.writes() ? right : left;
  }

  private Running standby() {
    return right.writes() ? left : right;
  }

  @Test
  void aSlipSentToAStandbyIsRecordedOnceAndAnsweredAsByTheWriter() throws Exception {
    int slip = next++;

    HttpResponse<String> forwarded = present(slip, standby());
    HttpResponse<String> again = present(slip, standby());
    HttpResponse<String> direct = present(slip, writer());

    assertThat(forwarded.statusCode()).as(forwarded.body()).isEqualTo(201);
    assertThat(standby().node().state()).isEqualTo(LedgerNode.State.STANDBY);
    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body())
        .isEqualTo(forwarded.body().replace("\"already\":false", "\"already\":true"));
    assertThat(direct.body()).isEqualTo(again.body());
    assertThat(toldBy(again)).isEqualTo(toldBy(direct));
    assertThat(recorded(slip)).isEqualTo(1);
  }

  @Test
  void aRefusalComesBackWithItsBody() throws Exception {
    HttpRequest check =
        post(
            0,
            standby(),
            "/api/cheque-checks",
            """
            {"cheque": "00001-0001-AAAAAA", "pointOfService": "nowhere"}
            """);
    HttpResponse<String> forwarded = send(check);
    HttpResponse<String> direct =
        send(
            post(
                0,
                writer(),
                "/api/cheque-checks",
                """
                {"cheque": "00001-0001-AAAAAA", "pointOfService": "nowhere"}
                """));

    assertThat(forwarded.statusCode()).as(forwarded.body()).isEqualTo(422);
    assertThat(json(forwarded).get("code").asString()).isEqualTo("UNKNOWN_POINT_OF_SERVICE");
    assertThat(json(forwarded)).isEqualTo(json(direct));
    assertThat(forwarded.headers().allValues("content-type"))
        .containsExactly("application/problem+json");
  }

  @Test
  void whoMayNotIsRefusedAsOnTheWriter() throws Exception {
    HttpRequest.Builder stranger =
        HttpRequest.newBuilder(standby().root().resolve("/api/cheque-checks"))
            .POST(BodyPublishers.ofString("{}"));
    assertThat(send(stranger.build()).statusCode()).isEqualTo(401);
    assertThat(send(stranger.setHeader("Authorization", "Bearer pn_no").build()).statusCode())
        .isEqualTo(401);
  }

  @Test
  void anIdempotencyKeyIsHeldForBothNodes() throws Exception {
    int slip = next++;
    HttpRequest.Builder keyed =
        builder(slip, standby()).header("Idempotency-Key", "\"key-of-slip\"");
    assertThat(send(keyed.build()).statusCode()).isEqualTo(201);
    assertThat(send(keyed.build()).statusCode()).isEqualTo(200);

    HttpResponse<String> reused = send(keyed.POST(BodyPublishers.ofString("{}")).build());

    assertThat(reused.statusCode()).as(reused.body()).isEqualTo(422);
    assertThat(json(reused).get("code").asString()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
  }

  @Test
  void whatWasForwardedIsForwardedNoMore() throws Exception {
    int slip = next++;
    whileTold(
        standby().root().toString(),
        () -> {
          assertLater(present(slip, standby()));
          assertThat(recorded(slip)).isZero();
        });
    assertThat(present(slip, standby()).statusCode()).isEqualTo(201);
  }

  @Test
  void withoutAnAddressNothingIsForwarded() throws Exception {
    int slip = next++;
    whileTold(
        "",
        () -> {
          assertLater(present(slip, standby()));
          assertThat(recorded(slip)).isZero();
        });
  }

  @Test
  void aFormWithAFileArrivesWhole() throws Exception {
    Accounts accounts = writer().context().getBean(Accounts.class);
    String key =
        accounts
            .createKey(
                accounts.create("clerk", null, Role.CLERK, "", "engine").id(), "test", "engine")
            .key();

    HttpResponse<String> forwarded = send(listOfVenues(key, standby()));
    HttpResponse<String> direct = send(listOfVenues(key, writer()));

    assertThat(json(forwarded)).isEqualTo(json(direct));
    assertThat(forwarded.statusCode()).isEqualTo(direct.statusCode()).isBetween(400, 422);
    assertThat(json(forwarded).get("code").asString()).isNotEqualTo("EMPTY_UPLOAD");
    assertThat(forwarded.body()).contains("there is no header");
  }

  private static HttpRequest listOfVenues(String key, Running to) {
    return HttpRequest.newBuilder(to.root().resolve("/api/venues/import"))
        .header("Authorization", "Bearer " + key)
        .header("Content-Type", "multipart/form-data; boundary=end")
        .POST(
            BodyPublishers.ofString(
                "--end\r\nContent-Disposition: form-data; name=\"file\"; filename=\"l.csv\"\r\n\r\n"
                    + "no such column\r\n1\r\n\r\n--end--\r\n"))
        .build();
  }

  /** Typed, checked and sent by forms, and seen: all of it through the node that stands by. */
  @Test
  void aPersonWorksThroughANodeThatStandsBy() throws Exception {
    int slip = next++;
    String reference = slips.slip(0, slip).reference();
    person("typist", Role.VENUE, slips.slip(0, slip).venue());
    try (HttpClient browser = browser()) {
      assertThat(login(browser, "typist", standby()).uri())
          .as("where the login led")
          .isEqualTo(standby().root().resolve("/"));

      HttpResponse<String> checked =
          submit(
              browser,
              standby(),
              "/bordereaux/nouveau",
              "/bordereaux/nouveau",
              Map.of("reference", reference, "codes", codes(slip)));
      assertThat(checked.body()).contains("Lignes acceptées", "Envoyer le bordereau");
      Matcher kept =
          Pattern.compile("name=\"kept\"[^>]*value=\"([^\"]+)\"").matcher(checked.body());
      assertThat(kept.find()).isTrue();
      Matcher seen =
          Pattern.compile("name=\"seen\"[^>]*value=\"([^\"]+)\"").matcher(checked.body());
      assertThat(seen.find()).isTrue();
      HttpResponse<String> sent =
          submit(
              browser,
              standby(),
              "/bordereaux/nouveau",
              "/bordereaux/controle",
              Map.of(
                  "reference",
                  reference,
                  "kept",
                  kept.group(1),
                  "seen",
                  seen.group(1),
                  "action",
                  "send"));

      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
      assertThat(sent.uri().toString()).startsWith(standby().root().toString());
      assertThat(standby().node().state()).isEqualTo(LedgerNode.State.STANDBY);
      assertThat(recorded(slip)).isEqualTo(1);
      assertThat(get(browser, standby(), "/bordereaux").body()).contains(reference);
      // By its pages' scripts and downloads too, which ask the API in the same session.
      HttpResponse<String> asked = get(browser, standby(), "/api/me/sessions");
      assertThat(asked.statusCode()).as(asked.body()).isEqualTo(200);
      HttpResponse<String> out =
          submit(browser, standby(), "/bordereaux/nouveau", "/logout", Map.of());
      assertThat(out.uri().getPath()).isEqualTo("/login");
      assertThat(get(browser, standby(), "/bordereaux").uri().getPath()).isEqualTo("/login");
    }
  }

  /** A balancer that sends one request here and the next one there. */
  @Test
  void aBrowserMayAskEachNodeInTurn() throws Exception {
    person("wanderer", Role.VENUE, slips.slip(0, 0).venue());
    CookieManager cookies = new CookieManager();
    try (HttpClient browser =
        HttpClient.newBuilder().cookieHandler(cookies).followRedirects(Redirect.NORMAL).build()) {
      // Led to a login, and back to the page on the node that was asked for it.
      assertThat(get(browser, standby(), "/bordereaux").uri().getPath()).isEqualTo("/login");
      URI back = login(browser, "wanderer", standby()).uri();
      assertThat(back.getAuthority()).isEqualTo(standby().root().getAuthority());
      assertThat(back.getPath()).isEqualTo("/bordereaux");
      // Cookies are a host's, whatever its port.
      assertThat(get(browser, writer(), "/bordereaux").uri().getPath()).isEqualTo("/bordereaux");
      assertThat(get(browser, standby(), "/bordereaux").uri().getPath()).isEqualTo("/bordereaux");
    }
  }

  @Test
  void aFormWithoutItsTokenIsRefusedAsByTheWriter() throws Exception {
    person("careless", Role.VENUE, slips.slip(0, 0).venue());
    try (HttpClient browser = browser()) {
      login(browser, "careless", standby());
      HttpResponse<String> refused =
          browser.send(
              form(standby(), "/bordereaux/nouveau", "reference=x&codes=y"),
              BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(403);
    }
  }

  /** As its session and token are after a take-over: known to nobody. */
  @Test
  void aFormOfASessionThatEndedIsToldSoAndALoginKeepsItsName() throws Exception {
    try (HttpClient browser = browser()) {
      for (String path :
          List.of("/compte/second-facteur", "/compte/sessions/fin", "/login/code", "/banque")) {
        HttpResponse<String> led =
            browser.send(
                form(standby(), path, "password=typed&code=123456&_csrf=of-before"),
                BodyHandlers.ofString());
        assertThat(led.uri().getPath()).as(path).isEqualTo("/login");
        assertThat(led.body()).as(path).contains("Cette page est restée ouverte trop longtemps");
      }
      HttpResponse<String> login =
          browser.send(
              form(standby(), "/login", "login=typist&password=typed&_csrf=of-before"),
              BodyHandlers.ofString());
      assertThat(login.statusCode()).isEqualTo(403);
      assertThat(login.body())
          .contains("Cette page est restée ouverte trop longtemps", "value=\"typist\"")
          .doesNotContain("typed");
    }
  }

  /** The session that it makes would take the place of the writer's. */
  @Test
  void whoWasForwardedToMakesNoSession() throws Exception {
    whileTold(
        standby().root().toString(),
        () -> {
          try (HttpClient browser = browser()) {
            HttpResponse<String> answer = get(browser, standby(), "/login");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().allValues("Retry-After")).containsExactly("1");
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(answer.body()).contains("<html lang=\"fr\"", "Le registre ne répond pas");
          }
        });
  }

  @Test
  void filesOfPagesAndHealthAreAnsweredHere() throws Exception {
    whileTold(
        "http://127.0.0.1:1",
        () -> {
          try (HttpClient browser = browser()) {
            assertThat(get(browser, standby(), "/css/pass.css").statusCode()).isEqualTo(200);
            assertThat(get(browser, standby(), "/actuator/health/liveness").statusCode())
                .isEqualTo(200);
            assertThat(get(browser, standby(), "/login").statusCode()).isEqualTo(503);
            assertThat(
                    browser
                        .send(
                            page("/bordereaux").header("Authorization", "Basic eDp5").build(),
                            BodyHandlers.discarding())
                        .statusCode())
                .as("a page is a browser's, whatever it shows")
                .isEqualTo(503);
          }
        });
  }

  /** What is done while the node that stands by is told another address of the writer's. */
  private interface Meanwhile {
    void done() throws Exception;
  }

  /**
   * @param address empty for none
   */
  private void whileTold(String address, Meanwhile meanwhile) throws Exception {
    String before = told();
    tell(address);
    try {
      awaitForwarding();
      meanwhile.done();
    } finally {
      tell(before);
    }
    awaitForwarding();
  }

  /** As the writer is one that the test plays. */
  private interface Played {
    void by(ServerSocket writer) throws Exception;
  }

  private void whereTheWriterIs(Played played) throws Exception {
    try (ServerSocket writer = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      writer.setSoTimeout(10_000);
      whileTold("http://127.0.0.1:" + writer.getLocalPort(), () -> played.by(writer));
    }
  }

  /** What a forwarded request begins with, as far as its body. */
  private static List<String> head(Socket came) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(came.getInputStream(), StandardCharsets.UTF_8));
    List<String> head = new ArrayList<>();
    for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
      head.add(line);
    }
    return head;
  }

  private static void say(Socket to, String text) throws IOException {
    to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    to.getOutputStream().flush();
  }

  /** A page, by a session that nobody is known by. */
  private HttpRequest.Builder page(String path) {
    return HttpRequest.newBuilder(standby().root().resolve(path))
        .header("Accept", "text/html")
        .header("Cookie", "JSESSIONID=invented");
  }

  @Test
  void anAnswerThatStandsStillIsCutOffOnceAnotherIsElected() throws Exception {
    String address = told();
    whereTheWriterIs(
        frozen -> {
          try (HttpClient http = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<InputStream>> answer =
                http.sendAsync(page("/bordereaux").build(), BodyHandlers.ofInputStream());
            try (Socket came = frozen.accept()) {
              head(came);
              say(
                  came,
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nc350\r\n"
                      + "a".repeat(50_000)
                      + "\r\n");
              InputStream body = answer.get(10, TimeUnit.SECONDS).body();
              assertThat(body.readNBytes(30_000)).hasSize(30_000);

              tell(address);

              assertThat(CompletableFuture.supplyAsync(() -> isWhole(body)))
                  .as("whether the browser takes the half for the whole")
                  .succeedsWithin(Duration.ofSeconds(10))
                  .isEqualTo(false);
            }
          }
        });
  }

  private static boolean isWhole(InputStream body) {
    try {
      body.readAllBytes();
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  @Test
  void anAnswerThatBreaksOffBeforeAnythingOfItWasToldIsNone() throws Exception {
    whereTheWriterIs(
        dying -> {
          try (HttpClient http = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(page("/bordereaux").build(), BodyHandlers.ofString());
            try (Socket came = dying.accept()) {
              head(came);
              say(
                  came,
                  "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 100\r\n\r\nhalf of it");
            }
            HttpResponse<String> told = answer.get(10, TimeUnit.SECONDS);
            assertThat(told.statusCode()).as(told.body()).isEqualTo(503);
            assertThat(told.headers().allValues("Retry-After")).containsExactly("1");
            assertThat(told.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(told.body()).contains("<html lang=\"fr\"", "Le registre ne répond pas");
          }
        });
  }

  @Test
  void whatOnlyReadsIsPassedOnWithoutABody() throws Exception {
    whereTheWriterIs(
        writer -> {
          try (HttpClient http = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(
                    page("/bordereaux")
                        .method(
                            "GET",
                            BodyPublishers.ofInputStream(
                                () -> new ByteArrayInputStream(new byte[100_000])))
                        .build(),
                    BodyHandlers.ofString());
            try (Socket came = writer.accept()) {
              assertThat(head(came))
                  .map(line -> line.toLowerCase(Locale.ROOT))
                  .contains("cookie: jsessionid=invented")
                  .noneMatch(line -> line.startsWith("transfer-encoding"))
                  .contains("content-length: 0");
              say(came, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
              assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("ok");
            }
          }
        });
  }

  @Test
  void largeFormsOfAnybodyLeaveTheirPlacesToPrograms() throws Exception {
    int slip = next++;
    whereTheWriterIs(
        silent -> {
          String large = " ".repeat(1024 * 1024 + 1);
          HttpRequest form =
              page("/bordereaux/nouveau").POST(BodyPublishers.ofString(large)).build();
          List<Socket> held = new ArrayList<>();
          try (HttpClient http = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int each = 0; each < 4; each++) {
              answers.add(http.sendAsync(form, BodyHandlers.ofString()));
              held.add(silent.accept());
            }
            assertThat(http.send(form, BodyHandlers.ofString()).statusCode()).isEqualTo(429);

            answers.add(
                http.sendAsync(
                    builder(slip, standby()).POST(BodyPublishers.ofString(large)).build(),
                    BodyHandlers.ofString()));
            held.add(silent.accept());

            assertThat(answers).noneMatch(CompletableFuture::isDone);
            for (Socket each : held) {
              each.close();
            }
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
              assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(503);
            }
          }
        });
  }

  /** As told by what stands before this node and took the https; the hop to the writer is http. */
  @Test
  void whoCameByHttpsIsToldToComeByNothingElse() throws Exception {
    for (Running node : List.of(writer(), standby())) {
      for (String scheme : List.of("https", "http")) {
        try (HttpClient browser = HttpClient.newHttpClient()) {
          HttpResponse<String> login =
              browser.send(
                  HttpRequest.newBuilder(node.root().resolve("/login"))
                      .header("X-Forwarded-Proto", scheme)
                      .header("Accept", "text/html")
                      .build(),
                  BodyHandlers.ofString());

          assertThat(login.headers().allValues("Strict-Transport-Security"))
              .isEqualTo(scheme.equals("https") ? List.of("max-age=31536000") : List.of());
          assertThat(login.headers().firstValue("Set-Cookie").orElseThrow().contains("; Secure"))
              .isEqualTo(scheme.equals("https"));
        }
      }
    }
  }

  @Test
  void aFormThatBreaksOffIsTheSendersMistake() throws Exception {
    try (Socket sender = begunForm()) {
      say(sender, "login=some");
      sender.shutdownOutput();
      assertThat(statusTold(sender)).isEqualTo("HTTP/1.1 400 ");
    }
  }

  @Test
  void soIsOneThatComesAByteAtATime() throws Exception {
    try (Socket sender = begunForm()) {
      for (int bytes = 0; bytes < 600 && sender.getInputStream().available() == 0; bytes++) {
        say(sender, "a");
        Thread.sleep(50);
      }
      assertThat(statusTold(sender)).isEqualTo("HTTP/1.1 400 ");
    }
  }

  private Socket begunForm() throws IOException {
    Socket sender = new Socket(InetAddress.getLoopbackAddress(), standby().root().getPort());
    sender.setSoTimeout(10_000);
    say(
        sender,
        "POST /login HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nContent-Length: 1000\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\n\r\n");
    return sender;
  }

  private static String statusTold(Socket to) throws IOException {
    return new String(
        to.getInputStream().readNBytes("HTTP/1.1 400 ".length()), StandardCharsets.US_ASCII);
  }

  /** Its session lives on at the writer, which this node alone cannot name. */
  @Test
  void whileNoWriterIsKnownASessionThatIsNotOfThisNodeIsKept() throws Exception {
    person("patient", Role.VENUE, slips.slip(0, 0).venue());
    CookieManager cookies = new CookieManager();
    try (HttpClient browser =
        HttpClient.newBuilder().cookieHandler(cookies).followRedirects(Redirect.NORMAL).build()) {
      login(browser, "patient", standby());
      List<HttpCookie> kept = cookies.getCookieStore().getCookies();
      whileTold(
          "",
          () -> {
            for (HttpResponse<String> answer :
                List.of(
                    get(browser, standby(), "/login"),
                    browser.send(
                        form(standby(), "/bordereaux/nouveau", "reference=x&codes=y"),
                        BodyHandlers.ofString()))) {
              assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
              assertThat(answer.headers().allValues("Retry-After")).containsExactly("1");
            }
            assertThat(cookies.getCookieStore().getCookies()).isEqualTo(kept);
            // Who has none yet may log in here.
            try (HttpClient newcomer = browser()) {
              assertThat(get(newcomer, standby(), "/login").statusCode()).isEqualTo(200);
            }
          });
      assertThat(get(browser, standby(), "/bordereaux").uri().getPath()).isEqualTo("/bordereaux");
    }
  }

  private static final String PASSWORD = "correct horse battery";

  private void person(String login, Role role, String subject) {
    writer().context().getBean(Accounts.class).create(login, PASSWORD, role, subject, "test");
  }

  private static HttpClient browser() {
    return HttpClient.newBuilder()
        .cookieHandler(new CookieManager())
        .followRedirects(Redirect.NORMAL)
        .build();
  }

  private static HttpResponse<String> login(HttpClient browser, String login, Running at)
      throws IOException, InterruptedException {
    return submit(browser, at, "/login", "/login", Map.of("login", login, "password", PASSWORD));
  }

  private static HttpResponse<String> get(HttpClient browser, Running at, String path)
      throws IOException, InterruptedException {
    return browser.send(
        HttpRequest.newBuilder(at.root().resolve(path))
            .header("Accept", "text/html,*/*;q=0.8")
            .build(),
        BodyHandlers.ofString());
  }

  /**
   * @param page that holds the form, and its token
   */
  private static HttpResponse<String> submit(
      HttpClient browser, Running at, String page, String action, Map<String, String> fields)
      throws IOException, InterruptedException {
    StringBuilder body =
        new StringBuilder("_csrf=").append(token(browser, at.root().resolve(page)));
    fields.forEach(
        (name, value) ->
            body.append('&')
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
    return browser.send(form(at, action, body.toString()), BodyHandlers.ofString());
  }

  private static HttpRequest form(Running at, String action, String body) {
    return HttpRequest.newBuilder(at.root().resolve(action))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Accept", "text/html")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  /** A slip's lines as a person types them. */
  private String codes(int slip) throws Exception {
    HttpRequest request = slips.request(0, slip, standby().root(), PATIENCE);
    HttpResponse.BodySubscriber<String> body =
        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8);
    request
        .bodyPublisher()
        .orElseThrow()
        .subscribe(
            new Flow.Subscriber<>() {
              @Override
              public void onSubscribe(Flow.Subscription subscription) {
                body.onSubscribe(subscription);
              }

              @Override
              public void onNext(ByteBuffer item) {
                body.onNext(List.of(item));
              }

              @Override
              public void onError(Throwable e) {
                body.onError(e);
              }

              @Override
              public void onComplete() {
                body.onComplete();
              }
            });
    StringBuilder codes = new StringBuilder();
    for (JsonNode line :
        JsonMapper.shared().readTree(body.getBody().toCompletableFuture().get()).path("lines")) {
      codes.append(
          "%s;%s;%s;%s\n"
              .formatted(
                  line.path("cheque").asString(),
                  line.path("servedOn").asString(),
                  line.path("service").asString(),
                  line.path("pointOfService").asString()));
    }
    return codes.toString();
  }

  private static String token(HttpClient browser, URI login)
      throws IOException, InterruptedException {
    String page =
        browser
            .send(
                HttpRequest.newBuilder(login).header("Accept", "text/html").build(),
                BodyHandlers.ofString())
            .body();
    Matcher token = Pattern.compile("name=\"_csrf\"[^>]*value=\"([^\"]+)\"").matcher(page);
    assertThat(token.find()).as(page).isTrue();
    return token.group(1);
  }

  @Test
  void itIsPassedOnAsItCameAndGivenUpOnceAnotherIsElected() throws Exception {
    int slip = next++;
    String address = told();
    whereTheWriterIs(
        silent -> {
          HttpRequest request =
              HttpRequest.newBuilder(
                      builder(slip, standby()).header("X-Forwarded-For", "127.0.0.9").build(),
                      (_, _) -> true)
                  .uri(
                      standby()
                          .root()
                          .resolve(
                              slips.request(0, slip, standby().root(), PATIENCE).uri().getPath()
                                  + "?dryRun=true&x=%C3%A9"))
                  .header("Cookie", "a=b")
                  .header("Idempotency-Key", "\"k\"")
                  .build();
          try (HttpClient http = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(request, BodyHandlers.ofString());
            try (Socket came = silent.accept()) {
              String authorization = request.headers().firstValue("Authorization").orElseThrow();
              assertThat(head(came))
                  .contains(
                      "POST %s HTTP/1.1"
                          .formatted(
                              request.uri().getRawPath() + "?" + request.uri().getRawQuery()))
                  .anyMatch(line -> line.equalsIgnoreCase("Authorization: " + authorization))
                  .anyMatch(line -> line.equalsIgnoreCase("Content-Type: application/json"))
                  .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("cookie"))
                  .anyMatch(line -> line.equalsIgnoreCase("Idempotency-Key: \"k\""))
                  .anyMatch(line -> line.equalsIgnoreCase("Pass-Forwarded-Client: 127.0.0.1"))
                  .noneMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("x-forwarded-for"));
              assertThat(answer).isNotDone();

              tell(address);

              assertLater(answer.get(10, TimeUnit.SECONDS));
            }
          }
        });
  }

  @Test
  void limitsGoByTheClientAndNotByTheNodeThatForwards() throws Exception {
    for (int i = 0; i < CHECKS_PER_MINUTE; i++) {
      assertThat(check("127.0.0.2", standby()).statusCode()).isEqualTo(200);
    }
    assertThat(check("127.0.0.2", standby()).statusCode()).isEqualTo(429);
    assertThat(check("127.0.0.2", writer()).statusCode()).isEqualTo(429);
    assertThat(check("127.0.0.3", standby()).statusCode()).isEqualTo(200);

    assertThat(
            check(
                    "127.0.0.2",
                    writer(),
                    "Pass-Forwarded",
                    "guessed",
                    "Pass-Forwarded-Client",
                    "127.0.0.4",
                    "X-Forwarded-For",
                    "127.0.0.4")
                .statusCode())
        .as("who claims to be a node")
        .isEqualTo(429);
    assertThat(check("127.0.0.2", standby(), "Pass-Forwarded-Client", "127.0.0.4").statusCode())
        .as("who claims to be forwarded")
        .isEqualTo(429);
    assertThat(check("127.0.0.2", standby(), "Pass-Forwarded", "guessed").statusCode())
        .as("who would have the node that stands by count its guesses")
        .isEqualTo(503);
    assertThat(check("127.0.0.2", standby(), "Cookie", sessionOfAStranger()).statusCode())
        .as("who has a session that nobody is known by")
        .isEqualTo(429);
  }

  private String sessionOfAStranger() throws IOException, InterruptedException {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      return browser
          .send(
              HttpRequest.newBuilder(standby().root().resolve("/login"))
                  .header("Accept", "text/html")
                  .build(),
              BodyHandlers.discarding())
          .headers()
          .firstValue("Set-Cookie")
          .orElseThrow()
          .replaceFirst(";.*", "");
    }
  }

  @Test
  void aStrangerIsReadNoFurtherThanItHasToBe() throws Exception {
    HttpResponse<String> answer;
    try (HttpClient stranger = HttpClient.newHttpClient()) {
      answer =
          stranger.send(
              HttpRequest.newBuilder(standby().root().resolve("/api/public/cheque-checks"))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(" ".repeat(70_000)))
                  .build(),
              BodyHandlers.ofString());
    }

    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body()).contains("UPLOAD_TOO_LARGE", "send less, or a key");
    try (HttpClient newcomer = HttpClient.newHttpClient()) {
      assertThat(
              newcomer
                  .send(
                      HttpRequest.newBuilder(standby().root().resolve("/login"))
                          .POST(BodyPublishers.ofString(" ".repeat(70_000)))
                          .build(),
                      BodyHandlers.ofString())
                  .body())
          .contains("UPLOAD_TOO_LARGE", "send less, or log in first");
    }
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void whereTheWriterEndsTheOtherTakesOverAndAClientSendsAgainOnceAtMost() throws Exception {
    Running ending = writer();
    Running staying = standby();
    Thread close = Thread.ofPlatform().start(() -> ending.context().close());
    int most = 0;
    boolean takenOver = false;
    for (int after = 0; after < 5; after += takenOver ? 1 : 0) {
      int slip = next++;
      int retries = 0;
      HttpResponse<String> answer = present(slip, staying);
      while (answer.statusCode() == 503) {
        retries++;
        Thread.sleep(
            Duration.ofSeconds(
                Long.parseLong(answer.headers().firstValue("Retry-After").orElseThrow())));
        answer = present(slip, staying);
      }
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
      assertThat(recorded(slip)).isEqualTo(1);
      most = Math.max(most, retries);
      takenOver = staying.writes();
    }
    close.join();
    if (ending == left) {
      left = start();
    } else {
      right = start();
    }
    awaitForwarding();

    assertThat(most).as("retries").isLessThanOrEqualTo(1);
    assertThat(told()).isEqualTo(staying.root().toString());
  }

  private HttpResponse<String> check(String from, Running to, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to.root().resolve("/api/public/cheque-checks"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"cheque\": \"00001-0001-AAAAAA\"}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try (HttpClient http =
        HttpClient.newBuilder().localAddress(InetAddress.ofLiteral(from)).build()) {
      return http.send(request.build(), BodyHandlers.ofString());
    }
  }

  private HttpRequest.Builder builder(int slip, Running to) {
    HttpRequest request = slips.request(0, slip, to.root(), PATIENCE);
    return HttpRequest.newBuilder(request, (_, _) -> true);
  }

  private HttpRequest post(int slipOfVenue, Running to, String path, String body) {
    return builder(slipOfVenue, to)
        .uri(to.root().resolve(path))
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private HttpResponse<String> present(int slip, Running to)
      throws IOException, InterruptedException {
    return send(builder(slip, to).build());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  /** All but what belongs to the moment and the connection. */
  private static Map<String, List<String>> toldBy(HttpResponse<String> answer) {
    Map<String, List<String>> headers = new HashMap<>(answer.headers().map());
    headers.keySet().removeAll(List.of("date", "content-length", "transfer-encoding"));
    return headers;
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body());
  }

  private static void assertLater(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(json(answer).get("code").asString()).isEqualTo("LEDGER_UNAVAILABLE");
    assertThat(answer.headers().allValues("Retry-After")).containsExactly("1");
  }

  /** Until the node that stands by has heard where the writer is told to be. */
  private void awaitForwarding() throws Exception {
    String address = told();
    await(
        () ->
            standby().node().elsewhere().map(to -> to.uri().toString()).orElse("").equals(address));
  }

  private int recorded(int slip) throws SQLException {
    Presented presented = slips.slip(0, slip);
    try (Connection connection = server.superuser(LEDGER).getConnection();
        var select =
            connection.prepareStatement(
                """
                select count(*) from ledger.event
                 where type = 'SlipJudged' and payload::jsonb ->> 'reference' = ?
                   and payload::jsonb ->> 'venue' = ?
                """)) {
      select.setString(1, presented.reference());
      select.setString(2, presented.venue());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private String told() throws SQLException {
    try (Connection connection = server.superuser(LEDGER).getConnection();
        var statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select address from ledger.writer")) {
      row.next();
      return row.getString(1);
    }
  }

  private void tell(String address) throws SQLException {
    try (Connection connection = server.superuser(LEDGER).getConnection();
        var update = connection.prepareStatement("update ledger.writer set address = ?")) {
      update.setString(1, address);
      update.executeUpdate();
    }
  }

  private static void await(BooleanSupplier over) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!over.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(20);
    }
  }
}
