package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.vault.MemoryVault;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A login in two steps over real HTTP: between them nobody is logged in. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class TwoStepLoginIT {
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern TOKEN = Pattern.compile("_csrf=(\\S+)");

  @Autowired Accounts accounts;
  @Autowired Sessions sessions;
  @Autowired SecondFactors factors;
  @Autowired TestDatabase database;
  @Autowired AtomicReference<Instant> time;

  @Value("${local.server.port}")
  int port;

  private Browser browser;
  private String login;
  private Account account;

  @BeforeEach
  void aClerk() {
    browser = new Browser();
    login = "clerk-" + System.nanoTime();
    account = accounts.create(login, PASSWORD, Role.CLERK, "", "engine");
  }

  @Test
  void aPasswordAloneLogsNobodyInWhoHasASecondFactor() throws Exception {
    String secret = enrolled();

    assertThat(location(browser.logIn(login, PASSWORD))).endsWith("/login/code");
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    assertThat(location(browser.page("/pages/clerks"))).endsWith("/login");

    assertThat(location(browser.code(code(secret)))).endsWith("/pages/clerks?continue");
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
    assertThat(browser.post("/api/releases").statusCode()).isEqualTo(200);
  }

  @Test
  void theSessionGetsAnotherNameAtEachStep() throws Exception {
    String secret = enrolled();
    browser.page("/login");
    String first = browser.session();
    browser.logIn(login, PASSWORD);
    String second = browser.session();
    browser.code(code(secret));
    String third = browser.session();

    assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
    for (String before : List.of(first, second)) {
      Browser thief = new Browser(before);
      assertThat(thief.get("/api/me").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void aWrongCodeLeadsBackToItsPageAndAUsedOneToo() throws Exception {
    String secret = enrolled();
    browser.logIn(login, PASSWORD);

    assertThat(location(browser.code("no code"))).endsWith("/login/code?error");
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    String used = code(secret);
    assertThat(location(browser.code(used))).doesNotContain("/login");

    Browser other = new Browser();
    other.logIn(login, PASSWORD);
    assertThat(location(other.code(used))).endsWith("/login/code?error");
    assertThat(other.get("/api/me").statusCode()).isEqualTo(401);
  }

  @Test
  void aCodeWithoutItsPasswordIsNothing() throws Exception {
    String secret = enrolled();

    assertThat(location(browser.code(code(secret)))).endsWith("/login?late");
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
  }

  @Test
  void aPasswordThatWasChangedBetweenTheStepsIsNoFirstStep() throws Exception {
    String secret = enrolled();
    browser.logIn(login, PASSWORD);
    accounts.changePassword(account.id(), "another password");

    assertThat(location(browser.code(code(secret)))).endsWith("/login?late");
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
  }

  @Test
  void guessedCodesWaitOnTheirPageAndPasswordsDoNotForgetThem() throws Exception {
    String secret = enrolled();
    browser.logIn(login, PASSWORD);
    for (int i = 0; i < 3; i++) {
      assertThat(browser.code("no code").statusCode()).isEqualTo(302);
    }

    HttpResponse<String> waits = browser.code(code(secret));
    assertThat(waits.statusCode()).isEqualTo(429);
    assertThat(waits.headers().firstValue("Retry-After")).contains("1");
    assertThat(waits.body()).contains("code page", "wait=1");
    Browser other = new Browser();
    other.logIn(login, PASSWORD);
    assertThat(other.code(code(secret)).statusCode()).as("from a fresh login").isEqualTo(429);
  }

  @Test
  void whoHasNoFactorIsToldHowToGetOneWhenMoneyIsToBeReleased() throws Exception {
    browser.logIn(login, PASSWORD);

    HttpResponse<String> api = browser.post("/api/releases");
    assertThat(api.statusCode()).isEqualTo(403);
    JsonNode problem = JsonMapper.shared().readTree(api.body());
    assertThat(problem.get("code").asString()).isEqualTo("SECOND_FACTOR_REQUIRED");
    assertThat(problem.get("errors").get(0).get("remedy").asString())
        .contains("/compte/second-facteur");
    assertThat(browser.post("/pages/releases").statusCode()).isEqualTo(403);
    assertThat(browser.get("/api/clerks").statusCode()).as("what asks for none").isEqualTo(200);
  }

  @Test
  void enrollingInASessionIsEnoughToReleaseInIt() throws Exception {
    browser.logIn(login, PASSWORD);
    JsonNode begun =
        JsonMapper.shared()
            .readTree(
                browser
                    .post("/api/me/second-factor", "{\"password\":\"%s\"}".formatted(PASSWORD))
                    .body());

    String before = browser.session();
    HttpResponse<String> codes =
        browser.post(
            "/api/me/second-factor/confirmation",
            "{\"code\":\"%s\"}".formatted(Totp.code(begun.get("secret").asString(), time.get())));

    assertThat(codes.statusCode()).as(codes.body()).isEqualTo(200);
    assertThat(codes.headers().firstValue("Cache-Control").orElse("")).contains("no-store");
    assertThat(browser.session()).as("its name").isNotEqualTo(before);
    assertThat(new Browser(before).get("/api/me").statusCode()).isEqualTo(401);
    assertThat(browser.post("/api/releases").statusCode()).isEqualTo(200);
  }

  @Test
  void aFirstKeyWantsTheCodeToo() throws Exception {
    String secret = enrolled();
    String key = "{\"login\":\"%s\",\"password\":\"%s\",\"label\":\"mine\"%s}";

    assertThat(problem(browser.post("/api/first-key", key.formatted(login, PASSWORD, ""))))
        .isEqualTo("CODE_REQUIRED");
    assertThat(
            problem(
                browser.post(
                    "/api/first-key", key.formatted(login, PASSWORD, ",\"code\":\"no code\""))))
        .isEqualTo("CODE_WRONG");
    HttpResponse<String> made =
        browser.post(
            "/api/first-key",
            key.formatted(login, PASSWORD, ",\"code\":\"%s\"".formatted(code(secret))));

    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String issued = JsonMapper.shared().readTree(made.body()).get("key").asString();
    assertThat(accounts.whoAsks().byKey(issued).map(SignedIn::factorShown)).contains(true);
    assertThat(sessions.of(account.id(), (String) null)).as("a program has no session").hasSize(1);
  }

  @Test
  void aSessionThatWasEndedElsewhereLeadsToTheLogin() throws Exception {
    browser.logIn(login, PASSWORD);
    Browser other = new Browser();
    other.logIn(login, PASSWORD);
    JsonNode listed = JsonMapper.shared().readTree(other.get("/api/me/sessions").body());
    assertThat(listed.size()).isEqualTo(2);
    assertThat(listed.get(0).get("current").asBoolean()).isTrue();

    assertThat(other.send("DELETE", "/api/me/sessions", "").statusCode()).isEqualTo(204);

    assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
    assertThat(location(browser.page("/pages/clerks"))).endsWith("/login");
    assertThat(other.get("/api/me").statusCode()).isEqualTo(200);
  }

  @Test
  void aLogoutIsNoSessionAnyMore() throws Exception {
    browser.logIn(login, PASSWORD);
    browser.post("/logout");

    assertThat(sessions.of(account.id(), (String) null)).isEmpty();
  }

  @Test
  void aLogoutEndsTheSessionWhateverTheDatabaseSays() throws Exception {
    browser.logIn(login, PASSWORD);
    assertThat(browser.get("/api/me").statusCode()).isEqualTo(200);
    JdbcClient all = JdbcClient.create(database.superuser());
    all.sql("revoke delete on access.session from pass_clearing").update();
    try {
      assertThat(location(browser.post("/logout"))).endsWith("/login?logout");
    } finally {
      all.sql("grant delete on access.session to pass_clearing").update();
    }

    assertThat(browser.get("/api/me").statusCode()).isEqualTo(401);
  }

  @Test
  void anotherPasswordOfItsOwnWantsTheOneOfBeforeOrTheFactor() throws Exception {
    browser.logIn(login, PASSWORD);
    String path = "/api/accounts/" + account.id();
    String key =
        JsonMapper.shared()
            .readTree(browser.post(path + "/keys", "{\"label\":\"mine\"}").body())
            .get("key")
            .asString();
    String alone = "{\"password\":\"another password\"}";
    String with = "{\"password\":\"another password\",\"current\":\"%s\"}";

    assertThat(problem(browser.byKey(key, path + "/password", alone))).isEqualTo("PASSWORD_WRONG");
    assertThat(problem(browser.send("PUT", path + "/password", alone))).isEqualTo("PASSWORD_WRONG");
    assertThat(problem(browser.byKey(key, path + "/password", with.formatted("no such password"))))
        .isEqualTo("PASSWORD_WRONG");
    assertThat(problem(browser.byKey(key, path + "/password", with.formatted(PASSWORD))))
        .as("guesses wait")
        .isEqualTo("TOO_MANY_ATTEMPTS");
    Account other = accounts.create(login + "-2", PASSWORD, Role.CLERK, "", "engine");
    assertThat(browser.logIn(login + "-2", PASSWORD).statusCode()).isEqualTo(302);
    String others = "/api/accounts/" + other.id() + "/password";
    assertThat(browser.send("PUT", others, with.formatted(PASSWORD)).statusCode()).isEqualTo(204);
    String strong = accounts.createKey(other.id(), "first", "engine").key();
    assertThat(browser.byKey(strong, others, "{\"password\":\"a third password\"}").statusCode())
        .isEqualTo(204);
  }

  /** Enrols in a session of its own, and lets the step of its code pass. */
  private String enrolled() {
    SignedIn own =
        sessions.begin(
            new SignedIn(new Actor(account.id(), Role.CLERK, ""), 0), "127.0.0.1", "test");
    SecondFactor.Begun begun = factors.begin(own, PASSWORD);
    factors.confirm(own, code(begun.secret()));
    time.updateAndGet(now -> now.plusSeconds(60));
    return begun.secret();
  }

  private String code(String secret) {
    return Totp.code(secret, time.get());
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }

  private static String problem(HttpResponse<String> answer) {
    return JsonMapper.shared().readTree(answer.body()).get("code").asString();
  }

  private final class Browser {
    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();

    Browser() {}

    Browser(String session) {
      HttpCookie cookie = new HttpCookie("JSESSIONID", session);
      cookie.setPath("/");
      cookie.setVersion(0);
      cookies.getCookieStore().add(uri("/"), cookie);
    }

    String session() {
      return cookies.getCookieStore().getCookies().getFirst().getValue();
    }

    HttpResponse<String> logIn(String login, String password) throws Exception {
      return form("login=%s&password=%s".formatted(encoded(login), encoded(password)));
    }

    HttpResponse<String> code(String code) throws Exception {
      return form("code=" + encoded(code));
    }

    private HttpResponse<String> form(String fields) throws Exception {
      return http.send(
          HttpRequest.newBuilder(uri("/login"))
              .header("Accept", "text/html")
              .header("Content-Type", "application/x-www-form-urlencoded")
              .POST(HttpRequest.BodyPublishers.ofString(fields + "&_csrf=" + encoded(token())))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws Exception {
      return post(path, "{}");
    }

    HttpResponse<String> post(String path, String json) throws Exception {
      return send("POST", path, json);
    }

    HttpResponse<String> send(String method, String path, String json) throws Exception {
      return http.send(
          HttpRequest.newBuilder(uri(path))
              .header("Content-Type", "application/json")
              .header("X-CSRF-TOKEN", token())
              .method(method, HttpRequest.BodyPublishers.ofString(json))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    /** Without the browser's session. */
    HttpResponse<String> byKey(String key, String path, String json) throws Exception {
      return http.send(
          HttpRequest.newBuilder(uri(path))
              .header("Authorization", "Bearer " + key)
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString(json))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
      return http.send(
          HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> page(String path) throws Exception {
      return http.send(
          HttpRequest.newBuilder(uri(path)).header("Accept", "text/html").build(),
          HttpResponse.BodyHandlers.ofString());
    }

    private String token() throws Exception {
      Matcher token = TOKEN.matcher(page("/login").body());
      assertThat(token.find()).isTrue();
      return token.group(1);
    }

    private URI uri(String path) {
      return URI.create("http://localhost:" + port + path);
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
  }

  // -- a small application ---------------------------------------------------------------------

  @SpringBootConfiguration
  @EnableAutoConfiguration(
      exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
  @Import({Http.class, Access.class, MemoryVault.class})
  static class Application {
    @Bean(destroyMethod = "close")
    TestDatabase testDatabase() {
      return TestDatabase.fresh();
    }

    @Bean(destroyMethod = "")
    @Qualifier("ledger")
    DataSource ledger(TestDatabase database) {
      return database.ledger();
    }

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }

    @Bean
    AtomicReference<Instant> time() {
      return new AtomicReference<>(Instant.parse("2026-11-30T09:00:00Z"));
    }

    @Bean
    FactorTime factorTime(AtomicReference<Instant> time) {
      return time::get;
    }

    @Bean
    GuessingTime guessingTime() {
      return () -> 0;
    }

    @Bean
    Places places() {
      return new Places();
    }
  }

  @RestController
  static class Places {
    @GetMapping(path = "/login", produces = "text/html")
    @Permit(everyone = true)
    String login(
        CsrfToken token,
        @RequestParam(required = false) String error,
        @RequestParam(required = false) String late,
        @RequestParam(required = false) String ended) {
      return "_csrf=" + token.getToken();
    }

    @GetMapping(path = "/login/code", produces = "text/html")
    @Permit(everyone = true)
    String code(
        @RequestParam(required = false) String error, @RequestParam(defaultValue = "0") long wait) {
      return "code page wait=" + wait;
    }

    @GetMapping(path = "/pages/clerks", produces = "text/html")
    @Permit(Role.CLERK)
    String page() {
      return "for clerks";
    }

    @GetMapping("/api/clerks")
    @Permit(Role.CLERK)
    String clerks() {
      return "for clerks";
    }

    @PostMapping("/api/releases")
    @Permit(value = Role.CLERK, secondFactor = true)
    String release() {
      return "released";
    }

    @PostMapping("/pages/releases")
    @Permit(value = Role.CLERK, secondFactor = true)
    String releasePage() {
      return "released";
    }
  }
}
