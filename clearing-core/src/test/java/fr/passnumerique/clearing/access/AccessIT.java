package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.venues.VenueId;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who gets in, over real HTTP: keys, sessions, roles, ownership, and what strangers are told. */
@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {
      "management.endpoints.web.exposure.include=*",
      "management.endpoint.health.probes.enabled=true",
      // As behind a proxy that ends TLS.
      "server.forward-headers-strategy=native"
    })
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessIT {
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern TOKEN = Pattern.compile("_csrf=(\\S+)");

  private final JsonMapper json = JsonMapper.shared();
  private final Map<Role, String> keys = new EnumMap<>(Role.class);
  private final Map<Role, Account> accounts = new EnumMap<>(Role.class);

  @Autowired Accounts access;
  @Autowired Sessions sessions;
  @Autowired SecondFactors factors;
  @Autowired List<String> handled;

  @Value("${local.server.port}")
  int port;

  private HttpClient http;
  private CookieManager cookies;

  @BeforeAll
  void createAccounts() {
    for (Role role : Role.values()) {
      Account account =
          access.create(role.name(), PASSWORD, role, role.hasSubject() ? "OWN-1" : "", "engine");
      accounts.put(role, account);
      keys.put(role, access.createKey(account.id(), "test", "engine").key());
    }
  }

  @BeforeEach
  void newBrowser() {
    cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    http = HttpClient.newBuilder().cookieHandler(cookies).build();
  }

  // -- programs --------------------------------------------------------------------------------

  @Test
  void aProgramShowsItsKeyInEitherHeader() throws Exception {
    for (String[] header :
        new String[][] {
          {"Authorization", "Bearer " + keys.get(Role.VENUE)},
          {"authorization", "bearer  " + keys.get(Role.VENUE)},
          {"X-API-Key", keys.get(Role.VENUE)}
        }) {
      HttpResponse<String> answer = send(get("/api/me").header(header[0], header[1]));
      assertThat(answer.statusCode()).as(header[0]).isEqualTo(200);
      assertThat(json.readTree(answer.body()).get("subject").asString()).isEqualTo("OWN-1");
      assertThat(answer.headers().firstValue("Set-Cookie")).as("a session").isEmpty();
    }
  }

  @Test
  void aStrangerIsToldHowToAuthenticate() throws Exception {
    HttpResponse<String> answer = send(get("/api/me"));

    assertProblem(answer, 401, "UNAUTHENTICATED");
    assertThat(answer.headers().firstValue("WWW-Authenticate"))
        .contains("Bearer realm=\"pass-numerique\"");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void aWrongKeyIsRefusedEvenWhereNoneIsNeeded() throws Exception {
    for (String path : List.of("/api/me", "/api/open", "/api/nowhere")) {
      HttpResponse<String> answer =
          send(get(path).header("Authorization", "Bearer pn_" + "A".repeat(43)));
      assertProblem(answer, 401, "UNAUTHENTICATED");
      assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("error=\"invalid_token\"");
    }
    assertThat(send(get("/api/me").header("Authorization", "Basic Y2xlcms6Y2xlcms=")).statusCode())
        .isEqualTo(401);
    assertThat(
            send(get("/api/me")
                    .header("Authorization", "Bearer " + keys.get(Role.VENUE))
                    .header("X-API-Key", keys.get(Role.CLERK)))
                .statusCode())
        .as("two keys that differ")
        .isEqualTo(401);
  }

  @Test
  void aRevokedKeyIsRefused() throws Exception {
    String id = accounts.get(Role.VENUE).id();
    ApiKey.Issued key = access.createKey(id, "short", "engine");
    assertThat(send(as(key.key(), get("/api/me"))).statusCode()).isEqualTo(200);

    HttpResponse<String> revoked =
        send(as(Role.CLERK, request("/api/accounts/" + id + "/keys/" + key.id())).DELETE());

    assertThat(revoked.statusCode()).isEqualTo(200);
    assertThat(send(as(key.key(), get("/api/me"))).statusCode()).isEqualTo(401);
  }

  // -- roles and ownership ---------------------------------------------------------------------

  @Test
  void aRoleThatIsNotListedIsForbidden() throws Exception {
    assertThat(send(as(Role.CLERK, get("/api/clerks"))).statusCode()).isEqualTo(200);
    for (Role role : List.of(Role.FUNDER, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR)) {
      assertProblem(send(as(role, get("/api/clerks"))), 403, "FORBIDDEN");
    }
  }

  @Test
  void aForeignSubjectIsAnsweredAsIfItDidNotExist() throws Exception {
    String nobody = send(as(Role.CLERK, get("/api/venues/NOBODY"))).body();
    String foreign = send(as(Role.VENUE, get("/api/venues/NOBODY"))).body();

    assertThat(send(as(Role.VENUE, get("/api/venues/OWN-1"))).statusCode()).isEqualTo(200);
    assertProblem(send(as(Role.VENUE, get("/api/venues/OTHER"))), 404, "NOT_FOUND");
    assertThat(foreign).isEqualTo(nobody);
    assertThat(send(as(Role.CLERK, get("/api/venues/OTHER"))).statusCode()).isEqualTo(200);
    assertThat(send(as(Role.AUDITOR, get("/api/venues/OTHER"))).statusCode()).isEqualTo(200);
    assertProblem(send(as(Role.FUNDER, get("/api/venues/OWN-1"))), 403, "FORBIDDEN");
  }

  @Test
  void aForeignSubjectInTheQueryIsFoundHoweverItIsWritten() throws Exception {
    assertThat(send(as(Role.VENUE, get("/api/slips?venueId=OWN-1"))).statusCode()).isEqualTo(200);
    for (String query :
        List.of(
            "venueId=OTHER",
            "venueId=own-1",
            "venueId=OWN-1%20",
            "venueId=OWN-1&venueId=OTHER",
            "venueId=OTHER&venueId=OWN-1",
            "venueId=OWN-1,OTHER")) {
      assertThat(send(as(Role.VENUE, get("/api/slips?" + query))).statusCode())
          .as(query)
          .isIn(400, 404);
    }
    assertThat(send(as(Role.VENUE, get("/api/slips"))).body()).isEqualTo("own");
  }

  @Test
  void aForeignSubjectInTheBodyIsNotFound() throws Exception {
    assertThat(send(as(Role.VENUE, post("/api/slips", "{\"venueId\":\"OWN-1\"}"))).statusCode())
        .isEqualTo(200);
    assertProblem(
        send(as(Role.VENUE, post("/api/slips", "{\"venueId\":\"OTHER\"}"))), 404, "NOT_FOUND");
    assertThat(send(as(Role.CLERK, post("/api/slips", "{\"venueId\":\"OTHER\"}"))).statusCode())
        .isEqualTo(200);
  }

  @Test
  void aForeignSubjectInAFormWithAFileIsNotFound() throws Exception {
    assertThat(send(as(Role.VENUE, form("/api/uploads", "OWN-1"))).statusCode()).isEqualTo(200);
    assertProblem(send(as(Role.VENUE, form("/api/uploads", "OTHER"))), 404, "NOT_FOUND");
  }

  @Test
  void whoIsNotPermittedIsToldBeforeTheBodyIsRead() throws Exception {
    assertProblem(send(as(Role.FUNDER, post("/api/slips", "no json"))), 403, "FORBIDDEN");
    assertProblem(send(post("/api/slips", "no json")), 401, "UNAUTHENTICATED");
    assertThat(send(form("/api/uploads", "OWN-1")).statusCode()).isEqualTo(401);
  }

  @Test
  void whereTheEndpointFindsTheSubjectItselfOwnershipIsAsked() throws Exception {
    assertThat(send(as(Role.VENUE, get("/api/found/OWN-1"))).statusCode()).isEqualTo(200);
    assertThat(send(as(Role.VENUE, get("/api/found/OTHER"))).statusCode()).isEqualTo(404);
    assertThat(send(as(Role.PRESCRIBER, get("/api/found/OWN-1"))).statusCode()).isEqualTo(404);
    assertThat(send(as(Role.AUDITOR, get("/api/found/OTHER"))).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsOpenIsOpenToAll() throws Exception {
    assertThat(send(get("/api/open")).body()).isEqualTo("nobody");
    assertThat(send(as(Role.VENUE, get("/api/open"))).body()).isEqualTo("VENUE");
  }

  @Test
  void strangersDoNotLearnWhichAddressesExist() throws Exception {
    assertProblem(send(get("/api/nowhere")), 401, "UNAUTHENTICATED");
    assertProblem(send(request("/api/me").DELETE()), 401, "UNAUTHENTICATED");
    assertProblem(send(as(Role.VENUE, get("/api/nowhere"))), 404, "NOT_FOUND");
    assertProblem(send(as(Role.VENUE, request("/api/me").DELETE())), 405, "METHOD_NOT_ALLOWED");
    assertThat(send(options("/api/me")).statusCode()).isEqualTo(401);
    assertThat(send(as(Role.VENUE, options("/api/me"))).headers().firstValue("Allow").orElseThrow())
        .contains("GET");
    assertThat(send(page("/nowhere")).statusCode()).isEqualTo(302);
  }

  @Test
  void anotherSpellingOfAnAddressOpensNothing() throws Exception {
    for (String path :
        List.of(
            "/api/clerks/",
            "/api//clerks",
            "/api/./clerks",
            "/API/clerks",
            "/api/clerks;a=b",
            "/api/open/../clerks",
            "/api/%63lerks",
            "/actuator/../api/clerks",
            "/css/../api/clerks",
            "/css/..%2fapi/clerks",
            "/actuator/health/../prometheus",
            "//actuator/prometheus")) {
      HttpResponse<String> stranger = raw(path, null);
      assertThat(stranger.statusCode()).as(path).isIn(302, 400, 401, 404);
      assertThat(stranger.body()).as(path).doesNotContain("for clerks", "# HELP");
      HttpResponse<String> venue = raw(path, keys.get(Role.VENUE));
      assertThat(venue.statusCode()).as(path).isIn(302, 400, 401, 403, 404);
      assertThat(venue.body()).as(path).doesNotContain("for clerks", "# HELP");
    }
  }

  @Test
  void theVeryChainThatWasJudgedAnswersAndOnce() throws Exception {
    for (String method : List.of("GET", "HEAD", "OPTIONS")) {
      handled.clear();
      assertThat(send(as(Role.CLERK, request("/api/clerks").method(method, noBody()))).statusCode())
          .as(method)
          .isEqualTo(200);
      assertThat(handled).as(method).containsExactly("REQUEST", "JUDGED");
    }
    handled.clear();
    assertThat(send(as(Role.CLERK, get("/api/broken"))).statusCode()).isEqualTo(503);
    assertThat(handled).containsExactly("REQUEST", "JUDGED", "ERROR");
  }

  // -- browsers --------------------------------------------------------------------------------

  @Test
  void aStrangersPageLeadsToTheLoginAndFromThereBack() throws Exception {
    HttpResponse<String> page = send(page("/pages/venues/OWN-1"));
    assertThat(page.statusCode()).isEqualTo(302);
    assertThat(page.headers().firstValue("Location").orElseThrow()).endsWith("/login");

    HttpResponse<String> loggedIn = login("venue", PASSWORD);

    assertThat(loggedIn.statusCode()).isEqualTo(302);
    assertThat(loggedIn.headers().firstValue("Location").orElseThrow())
        .contains("/pages/venues/OWN-1");
    assertThat(send(page("/pages/venues/OWN-1")).body()).isEqualTo("page of OWN-1");
  }

  @Test
  void theFaviconOrAFragmentIsNotWhereALoginLeads() throws Exception {
    send(page("/favicon.ico"));
    send(page("/pages/venues/OWN-1").header("HX-Request", "true"));
    send(get("/api/me"));

    assertThat(
            URI.create(login("venue", PASSWORD).headers().firstValue("Location").orElseThrow())
                .getPath())
        .isEqualTo("/");
  }

  @Test
  void aFragmentOfAPageSendsTheBrowserToTheLogin() throws Exception {
    HttpResponse<String> fragment = send(page("/pages/venues/OWN-1").header("HX-Request", "true"));

    assertThat(fragment.statusCode()).isEqualTo(401);
    assertThat(fragment.headers().firstValue("HX-Redirect")).contains("/login");
  }

  /** It has no login to lead to, and no page is asked for by it. */
  @Test
  void aPageThatRenewsItselfIsToldThatItsSessionIsOver() throws Exception {
    HttpResponse<String> renewal = send(page("/pages/venues/OWN-1").header("X-Renewal", "1"));

    assertThat(renewal.statusCode()).isEqualTo(401);
    assertThat(
            URI.create(login("venue", PASSWORD).headers().firstValue("Location").orElseThrow())
                .getPath())
        .isEqualTo("/");
  }

  @Test
  void pagesAreHeldToTheirRulesToo() throws Exception {
    login("venue", PASSWORD);

    assertThat(send(page("/pages/venues/OTHER")).statusCode()).isEqualTo(404);
    assertThat(send(page("/pages/clerks")).statusCode()).isEqualTo(403);
  }

  @Test
  void theSessionsCookieIsNoScriptsAndNoOtherSites() throws Exception {
    HttpResponse<String> page = send(page("/login"));

    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("JSESSIONID=")
        .contains("HttpOnly")
        .contains("SameSite=Lax")
        .doesNotContain("Secure");
  }

  @Test
  void theSessionGetsAnotherNameAtLogin() throws Exception {
    send(page("/login"));
    String before = session();
    login("venue", PASSWORD);

    assertThat(session()).isNotEqualTo(before);
    assertThat(send(get("/api/me")).statusCode()).isEqualTo(200);
    String after = session();
    cookies.getCookieStore().removeAll();
    cookies.getCookieStore().add(uri("/"), cookie(before));
    assertThat(send(get("/api/me")).statusCode()).isEqualTo(401);
    assertThat(after).isNotBlank();
  }

  @Test
  void aSessionChangesNothingWithoutItsToken() throws Exception {
    String token = loginForToken("venue");

    assertProblem(send(post("/api/slips", "{\"venueId\":\"OWN-1\"}")), 403, "CSRF_TOKEN");
    assertProblem(
        send(post("/api/slips", "{\"venueId\":\"OWN-1\"}").header("X-CSRF-TOKEN", "guessed")),
        403,
        "CSRF_TOKEN");
    assertThat(send(page("/pages/venues/OWN-1").POST(noBody())).statusCode()).isEqualTo(403);
    assertThat(
            send(post("/api/slips", "{\"venueId\":\"OWN-1\"}").header("X-CSRF-TOKEN", token))
                .statusCode())
        .isEqualTo(200);
    assertThat(send(get("/api/me")).statusCode()).isEqualTo(200);
  }

  @Test
  void aKeyCountsAndTheSessionBesideItDoesNot() throws Exception {
    login("venue", PASSWORD);

    HttpResponse<String> answer =
        send(as(Role.CLERK, post("/api/slips", "{\"venueId\":\"OTHER\"}")));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(send(get("/api/me").header("X-API-Key", "wrong")).statusCode()).isEqualTo(401);
  }

  @Test
  void aKeyOpensNoPage() throws Exception {
    assertThat(send(as(Role.VENUE, page("/pages/venues/OWN-1"))).statusCode()).isEqualTo(302);
  }

  @Test
  void aWrongPasswordLeadsBackToTheLogin() throws Exception {
    HttpResponse<String> wrong = login("auditor", "wrong password");

    assertThat(wrong.statusCode()).isEqualTo(302);
    assertThat(wrong.headers().firstValue("Location").orElseThrow()).endsWith("/login?error");
    assertThat(send(get("/api/me")).statusCode()).isEqualTo(401);
  }

  @Test
  void guessingIsSlowedDownAndToldHowLong() throws Exception {
    for (int i = 0; i < 3; i++) {
      assertThat(login("guessed", "wrong").statusCode()).isEqualTo(302);
    }
    HttpResponse<String> throttled = login("guessed", "wrong");

    assertThat(throttled.statusCode()).isEqualTo(429);
    assertThat(throttled.headers().firstValue("Retry-After")).contains("1");
    assertThat(throttled.body()).contains("_csrf=", "wait=1");
    assertThat(login("funder", PASSWORD).headers().firstValue("Location").orElseThrow())
        .as("another account from the same address")
        .doesNotContain("login");
  }

  @Test
  void logoutNeedsTheTokenAndEndsTheSession() throws Exception {
    String token = loginForToken("venue");

    assertThat(send(page("/logout").POST(noBody())).statusCode()).isEqualTo(403);
    assertThat(send(get("/api/me")).statusCode()).isEqualTo(200);
    HttpResponse<String> out = send(page("/logout").header("X-CSRF-TOKEN", token).POST(noBody()));
    assertThat(out.headers().firstValue("Location").orElseThrow()).endsWith("/login?logout");
    assertThat(send(get("/api/me")).statusCode()).isEqualTo(401);
  }

  @Test
  void aDisabledAccountsSessionEnds() throws Exception {
    Account account = access.create("leaver", PASSWORD, Role.AUDITOR, "", "engine");
    login("leaver", PASSWORD);
    assertThat(send(get("/api/me")).statusCode()).isEqualTo(200);

    access.disable(account.id());

    assertThat(send(get("/api/me")).statusCode()).isEqualTo(401);
    assertThat(login("leaver", PASSWORD).headers().firstValue("Location").orElseThrow())
        .endsWith("/login?error");
  }

  @Test
  void aFormThatStoodOpenTooLongLeadsToTheLogin() throws Exception {
    HttpResponse<String> posted = send(page("/pages/venues/OWN-1").POST(noBody()));

    assertThat(posted.statusCode()).isEqualTo(302);
    assertThat(posted.headers().firstValue("Location").orElseThrow()).endsWith("/login?ended");
  }

  /** As after another node was elected, which knows nothing of the session and its token. */
  @Test
  void aLoginOfASessionThatEndedIsAskedForAgainAndKeepsItsName() throws Exception {
    HttpResponse<String> answer =
        send(
            request("/login")
                .header("Accept", "text/html")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "login=venue&password=" + encoded(PASSWORD) + "&_csrf=of-the-other")));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("_csrf=", "ended login=venue").doesNotContain(PASSWORD);
  }

  @Test
  void everyAnswerForbidsWhatNoPageNeeds() throws Exception {
    for (HttpRequest.Builder request :
        List.of(
            page("/login"),
            get("/api/me"),
            as(Role.VENUE, get("/api/me")),
            as(Role.VENUE, get("/api/nowhere")))) {
      HttpResponse<String> answer = send(request);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains(
              "default-src 'none'",
              "script-src 'self'",
              "frame-ancestors 'none'",
              "base-uri 'none'",
              "form-action 'self'")
          .doesNotContain("unsafe", "*", "http");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("same-origin");
      assertThat(answer.headers().firstValue("Cache-Control").orElseThrow()).contains("no-store");
      assertThat(answer.headers().firstValue("Strict-Transport-Security")).isEmpty();
    }
  }

  @Test
  void overHttpsTheCookieIsSecureAndHttpsIsToStay() throws Exception {
    HttpResponse<String> page = send(page("/login").header("X-Forwarded-Proto", "https"));

    assertThat(page.headers().firstValue("Strict-Transport-Security").orElseThrow())
        .startsWith("max-age=31536000");
    assertThat(page.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
  }

  // -- operations ------------------------------------------------------------------------------

  @Test
  void healthIsOpenWithoutDetailsAndTheRestIsNot() throws Exception {
    for (String path :
        List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
      HttpResponse<String> health = send(get(path));
      assertThat(health.statusCode()).as(path).isEqualTo(200);
      assertThat(health.body()).as(path).doesNotContain("components", "details");
    }
    for (String path :
        List.of(
            "/actuator",
            "/actuator/env",
            "/actuator/heapdump",
            "/actuator/beans",
            "/actuator/metrics",
            "/actuator/health/diskSpace",
            "/actuator/prometheus")) {
      assertThat(send(get(path)).statusCode()).as(path).isEqualTo(401);
      assertThat(send(as(Role.VENUE, get(path))).statusCode()).as(path).isEqualTo(403);
      if (!path.endsWith("prometheus")) {
        assertThat(send(as(Role.CLERK, get(path))).statusCode()).as(path).isEqualTo(403);
      }
    }
    for (Role role : List.of(Role.CLERK, Role.AUDITOR)) {
      // 404 here: the registry is the application's. What counts is that it is not refused.
      assertThat(send(as(role, get("/actuator/prometheus"))).statusCode()).isIn(200, 404);
    }
    assertThat(send(as(Role.CLERK, request("/actuator/shutdown").POST(noBody()))).statusCode())
        .isEqualTo(403);
  }

  @Test
  void accountsAreTheClerksToKeep() throws Exception {
    HttpResponse<String> created =
        send(
            as(
                Role.CLERK,
                post(
                    "/api/accounts",
                    "{\"login\":\"Till@venue\",\"password\":\""
                        + PASSWORD
                        + "\",\"role\":\"VENUE\",\"subject\":\"V-9\"}")));
    assertThat(created.statusCode()).isEqualTo(201);
    assertThat(created.body()).doesNotContain(PASSWORD, "argon2");
    String id = json.readTree(created.body()).get("id").asString();
    HttpResponse<String> key =
        send(as(Role.CLERK, post("/api/accounts/" + id + "/keys", "{\"label\":\"till\"}")));
    assertThat(key.statusCode()).isEqualTo(201);
    String secret = json.readTree(key.body()).get("key").asString();
    assertThat(send(as(secret, get("/api/me"))).body()).contains("V-9");
    assertThat(send(as(Role.AUDITOR, get("/api/accounts/" + id + "/keys"))).body())
        .contains("till")
        .doesNotContain(secret);
    assertThat(send(as(Role.AUDITOR, get("/api/accounts"))).body())
        .contains("till@venue")
        .doesNotContain("argon2");
    for (Role role : List.of(Role.AUDITOR, Role.VENUE, Role.FUNDER, Role.PRESCRIBER)) {
      assertThat(
              send(as(role, post("/api/accounts/" + id + "/keys", "{\"label\":\"x\"}")))
                  .statusCode())
          .isEqualTo(403);
    }
    assertThat(send(as(Role.CLERK, post("/api/accounts/" + id + "/disable", ""))).statusCode())
        .isEqualTo(200);
    assertThat(send(as(secret, get("/api/me"))).statusCode()).isEqualTo(401);
    assertProblem(
        send(
            as(
                Role.CLERK,
                post("/api/accounts/" + accounts.get(Role.CLERK).id() + "/disable", ""))),
        409,
        "LAST_CLERK");
    assertProblem(send(as(Role.CLERK, post("/api/accounts/nobody/disable", ""))), 404, "NOT_FOUND");
  }

  @Test
  void aNewClerkIsLetInByAnotherThanItsMakerAndMakesItsKeyAfterItsLogin() throws Exception {
    Account second = access.create("second-clerk", PASSWORD, Role.CLERK, "", "engine");
    try {
      String secondsKey = access.createKey(second.id(), "test", "engine").key();
      String body = "{\"login\":\"new-clerk\",\"password\":\"%s\",\"role\":\"CLERK\"}";
      JsonNode made =
          json.readTree(
              send(as(Role.CLERK, post("/api/accounts", body.formatted(PASSWORD)))).body());
      assertThat(made.get("awaitsApproval").asBoolean()).isTrue();
      assertThat(made.get("madeBy").asString()).isEqualTo(accounts.get(Role.CLERK).id());
      String path = "/api/accounts/" + made.get("id").asString();
      assertThat(login("new-clerk", PASSWORD).headers().firstValue("Location").orElseThrow())
          .endsWith("/login?error");
      assertProblem(
          send(as(Role.CLERK, post(path + "/approval", ""))), 422, "SECOND_PERSON_REQUIRED");

      HttpResponse<String> approved = send(as(secondsKey, post(path + "/approval", "")));
      assertThat(approved.statusCode()).isEqualTo(200);
      assertThat(send(as(Role.AUDITOR, get("/api/accounts"))).body())
          .contains("\"approvedBy\":\"" + second.id() + "\"");

      String newKey = "{\"label\":\"mine\"}";
      assertProblem(
          send(as(Role.CLERK, post(path + "/keys", newKey))), 422, "KEY_OF_ANOTHER_CLERK");
      assertProblem(
          send(as(secondsKey, newPassword(path, PASSWORD))), 422, "PASSWORD_OF_ANOTHER_CLERK");
      login("new-clerk", PASSWORD + json.readTree(approved.body()).get("code").asString());
      String token = token(send(page("/login")).body());
      HttpResponse<String> own = send(post(path + "/keys", newKey).header("X-CSRF-TOKEN", token));
      assertThat(own.statusCode()).as(own.body()).isEqualTo(201);
      access.disable(made.get("id").asString());
    } finally {
      access.disable(second.id());
    }
  }

  @Test
  void aClerkMakesItsFirstKeyByLoginAndPasswordWithTheCodeAndNoBrowser() throws Exception {
    Account second = access.create("second-clerk-2", PASSWORD, Role.CLERK, "", "engine");
    Account carl =
        access.create(
            UUID.randomUUID(),
            "carl",
            PASSWORD,
            Role.CLERK,
            "",
            new SignedIn(new Actor(accounts.get(Role.CLERK).id(), Role.CLERK, ""), 0));
    try {
      assertProblem(send(firstKey("carl", PASSWORD)), 422, "LOGIN_OR_PASSWORD_WRONG");
      String code =
          access
              .approve(carl.id(), new SignedIn(new Actor(second.id(), Role.CLERK, ""), 0))
              .code()
              .orElseThrow();
      assertProblem(send(firstKey("carl", PASSWORD)), 422, "LOGIN_OR_PASSWORD_WRONG");

      HttpResponse<String> made = send(firstKey("Carl", PASSWORD + code));

      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      assertThat(made.headers().firstValue("Set-Cookie")).as("a session").isEmpty();
      ApiKey.Issued key = json.readValue(made.body(), ApiKey.Issued.class);
      assertThat(
              json.readTree(send(as(key.key(), get("/api/me"))).body()).get("account").asString())
          .isEqualTo(carl.id());
      assertThat(access.keys(carl.id()).getFirst().madeBy()).contains(carl.id());
      assertProblem(send(firstKey("carl", PASSWORD + code)), 409, "NOT_THE_FIRST_KEY");
      access.revokeKey(carl.id(), key.id());
      assertThat(send(firstKey("carl", PASSWORD + code)).statusCode()).isEqualTo(201);
      assertProblem(send(firstKey(Role.VENUE.name(), PASSWORD)), 422, "CLERKS_ONLY");
    } finally {
      access.disable(carl.id());
      access.disable(second.id());
    }
  }

  @Test
  void aClerkWhomOneMadeTakesItsAccountOverByTheApiAlone() throws Exception {
    String maker = accounts.get(Role.CLERK).id();
    Account dora = access.create("dora", PASSWORD, Role.CLERK, "", maker);
    SignedIn asked = new SignedIn(new Actor(maker, Role.CLERK, ""), 0);
    Account emil = access.create(UUID.randomUUID(), "emil", PASSWORD, Role.CLERK, "", asked);
    String path = "/api/accounts/" + dora.id();
    String approval = "/api/accounts/" + emil.id() + "/approval";
    try {
      HttpResponse<String> given =
          send(as(Role.CLERK, post(path + "/keys", "{\"label\":\"first\"}")));
      String first = json.readValue(given.body(), ApiKey.Issued.class).key();
      HttpResponse<String> refused = send(as(first, post(approval, "")));
      assertProblem(refused, 422, "SECOND_PERSON_REQUIRED");
      assertThat(refused.body()).contains("(changePassword)", "(createFirstKey)");

      assertProblem(send(as(first, newPassword(path, PASSWORD))), 422, "PASSWORD_NOT_ANOTHER");
      String own = "a password of my own";
      assertThat(send(as(first, newPassword(path, own))).statusCode()).isEqualTo(204);
      assertThat(send(as(first, get("/api/me"))).statusCode()).isEqualTo(401);
      HttpResponse<String> made = send(firstKey("dora", own));
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);

      ApiKey.Issued mine = json.readValue(made.body(), ApiKey.Issued.class);
      assertProblem(send(as(mine.key(), post(approval, ""))), 403, "SECOND_FACTOR_REQUIRED");
      String code = recoveryCode(dora, own);
      assertThat(send(as(mine.key(), delete(path + "/keys/" + mine.id()))).statusCode())
          .isEqualTo(200);
      HttpResponse<String> strong = send(firstKey("dora", own, code));
      assertThat(strong.statusCode()).as(strong.body()).isEqualTo(201);
      String second = json.readValue(strong.body(), ApiKey.Issued.class).key();
      assertThat(send(as(second, post(approval, ""))).statusCode()).isEqualTo(200);
    } finally {
      access.disable(emil.id());
      access.disable(dora.id());
    }
  }

  @Test
  void guessesAtAFirstKeyWaitAsThoseOfALoginDoAndWithThem() throws Exception {
    login("guessed-key", "wrong");
    login("guessed-key", "wrong");
    assertProblem(send(firstKey("guessed-key", "wrong")), 422, "LOGIN_OR_PASSWORD_WRONG");

    HttpResponse<String> fourth = send(firstKey("guessed-key", "wrong"));

    assertProblem(fourth, 429, "TOO_MANY_ATTEMPTS");
    assertThat(fourth.headers().firstValue("Retry-After")).contains("1");
  }

  /** Of a factor that its owner, whose first own password this is, sets up in a browser. */
  private String recoveryCode(Account owner, String password) {
    SignedIn browser =
        sessions.begin(
            new SignedIn(new Actor(owner.id(), owner.role(), ""), 1), "127.0.0.1", "test");
    String secret = factors.begin(browser, password).secret();
    return factors.confirm(browser, Totp.code(secret, Instant.now())).codes().getFirst();
  }

  private HttpRequest.Builder delete(String path) {
    return request(path).DELETE();
  }

  private HttpRequest.Builder newPassword(String path, String password) {
    return request(path + "/password")
        .header("Content-Type", "application/json")
        .PUT(HttpRequest.BodyPublishers.ofString("{\"password\":\"%s\"}".formatted(password)));
  }

  private HttpRequest.Builder firstKey(String login, String password) {
    return post(
        "/api/first-key",
        "{\"login\":\"%s\",\"password\":\"%s\",\"label\":\"mine\"}".formatted(login, password));
  }

  private HttpRequest.Builder firstKey(String login, String password, String code) {
    return post(
        "/api/first-key",
        "{\"login\":\"%s\",\"password\":\"%s\",\"label\":\"mine\",\"code\":\"%s\"}"
            .formatted(login, password, code));
  }

  // -- sending ---------------------------------------------------------------------------------

  private HttpResponse<String> login(String login, String password) throws Exception {
    String token = token(send(page("/login")).body());
    return send(
        request("/login")
            .header("Accept", "text/html")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "login="
                        + encoded(login)
                        + "&password="
                        + encoded(password)
                        + "&_csrf="
                        + encoded(token))));
  }

  private String loginForToken(String login) throws Exception {
    login(login, PASSWORD);
    return token(send(page("/login")).body());
  }

  private static String token(String page) {
    Matcher token = TOKEN.matcher(page);
    assertThat(token.find()).as(page).isTrue();
    return token.group(1);
  }

  private String session() {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals("JSESSIONID"))
        .map(HttpCookie::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static HttpCookie cookie(String session) {
    HttpCookie cookie = new HttpCookie("JSESSIONID", session);
    cookie.setPath("/");
    cookie.setVersion(0);
    return cookie;
  }

  private HttpRequest.Builder get(String path) {
    return request(path).GET();
  }

  private HttpRequest.Builder page(String path) {
    return request(path).header("Accept", "text/html,application/xhtml+xml").GET();
  }

  private HttpRequest.Builder options(String path) {
    return request(path).method("OPTIONS", noBody());
  }

  private HttpRequest.Builder post(String path, String body) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body));
  }

  private HttpRequest.Builder form(String path, String venueId) {
    return request(path)
        .header("Content-Type", "multipart/form-data; boundary=b")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                """
                --b\r
                Content-Disposition: form-data; name="venueId"\r
                \r
                %s\r
                --b\r
                Content-Disposition: form-data; name="file"; filename="a.csv"\r
                \r
                x\r
                --b--\r
                """
                    .formatted(venueId)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
  }

  private HttpRequest.Builder as(Role role, HttpRequest.Builder request) {
    return as(keys.get(role), request);
  }

  private static HttpRequest.Builder as(String key, HttpRequest.Builder request) {
    return request.header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** As it stands, since a client would tidy the path up. */
  private HttpResponse<String> raw(String path, @Nullable String key) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    return send((key == null ? request : as(key, request)).timeout(Duration.ofSeconds(30)).GET());
  }

  private static HttpRequest.BodyPublisher noBody() {
    return HttpRequest.BodyPublishers.noBody();
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private void assertProblem(HttpResponse<String> answer, int status, String code) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = json.readTree(answer.body());
    assertThat(problem.get("code").asString()).isEqualTo(code);
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("errors").size()).as(answer.body()).isPositive();
    assertThat(problem.get("errors").get(0).get("remedy").asString()).isNotBlank();
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

    /** Else the wait, a second at first, is over when a slow answer to the third guess comes. */
    @Bean
    GuessingTime guessingTime() {
      return () -> 0;
    }

    @Bean
    List<String> handled() {
      return new CopyOnWriteArrayList<>();
    }

    @Bean
    WebMvcConfigurer records(List<String> handled) {
      return new WebMvcConfigurer() {
        @Override
        public void addInterceptors(InterceptorRegistry registry) {
          registry.addInterceptor(new Records(handled));
        }
      };
    }

    /** Marks the chain that was judged: another one with the same handler has no such mark. */
    @Bean
    Filter marks(List<String> handled) {
      return (request, response, next) -> {
        if (request.getAttribute(FoundHandler.class.getName())
            instanceof HandlerExecutionChain judged) {
          judged.addInterceptor(
              new HandlerInterceptor() {
                @Override
                public boolean preHandle(
                    HttpServletRequest asked, HttpServletResponse answer, Object handler) {
                  return handled.add("JUDGED");
                }
              });
        }
        next.doFilter(request, response);
      };
    }

    @Bean
    Endpoints endpoints() {
      return new Endpoints();
    }

    @Bean
    Pages pages() {
      return new Pages();
    }
  }

  record Records(List<String> handled) implements HandlerInterceptor {
    @Override
    public boolean preHandle(
        HttpServletRequest request, HttpServletResponse response, Object handler) {
      handled.add(request.getDispatcherType().name());
      return true;
    }
  }

  record Slip(VenueId venueId) {}

  @RestController
  static class Endpoints {
    @GetMapping("/api/clerks")
    @Permit(Role.CLERK)
    String clerks() {
      return "for clerks";
    }

    @GetMapping("/api/broken")
    @Permit(Role.CLERK)
    void broken(HttpServletResponse response) throws IOException {
      response.sendError(503);
    }

    @GetMapping("/api/open")
    @Permit(everyone = true)
    String open(Optional<Actor> actor) {
      return actor.map(a -> a.role().name()).orElse("nobody");
    }

    @GetMapping("/api/venues/{venueId}")
    @Permit(
        value = {Role.CLERK, Role.VENUE, Role.AUDITOR},
        owner = "venueId")
    VenueId venue(@PathVariable VenueId venueId) {
      if (venueId.value().equals("NOBODY")) {
        throw Problem.notFound("venue " + venueId);
      }
      return venueId;
    }

    @GetMapping("/api/slips")
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    String slips(Actor actor, @RequestParam(required = false) @Nullable VenueId venueId) {
      return venueId == null ? "own" : venueId.value();
    }

    @PostMapping("/api/slips")
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    Slip submit(
        @RequestBody Slip slip,
        @RequestParam(required = false, defaultValue = "false") boolean dryRun) {
      return slip;
    }

    @PostMapping(path = "/api/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    long upload(@RequestParam VenueId venueId, @RequestParam("file") MultipartFile file) {
      return file.getSize();
    }

    @GetMapping("/api/found/{serial}")
    @Permit({Role.CLERK, Role.VENUE, Role.PRESCRIBER, Role.AUDITOR})
    String found(@PathVariable String serial, Actor actor) {
      Ownership.require(actor, Role.VENUE, serial);
      return serial;
    }
  }

  @Controller
  static class Pages {
    @GetMapping(path = "/login", produces = "text/html")
    @ResponseBody
    @Permit(everyone = true)
    String login(
        CsrfToken token,
        @RequestParam(required = false) @Nullable String wait,
        @RequestParam(required = false) @Nullable String ended,
        @RequestParam(defaultValue = "") String login,
        HttpServletResponse response) {
      return "_csrf=%s wait=%s %s login=%s"
          .formatted(token.getToken(), wait, ended == null ? "" : "ended", login);
    }

    @GetMapping(path = "/pages/venues/{venueId}", produces = "text/html")
    @ResponseBody
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    String venue(@PathVariable String venueId) {
      return "page of " + venueId;
    }

    @PostMapping(path = "/pages/venues/{venueId}", produces = "text/html")
    @ResponseBody
    @Permit(
        value = {Role.CLERK, Role.VENUE},
        owner = "venueId")
    String change(@PathVariable String venueId) {
      return "changed " + venueId;
    }

    @GetMapping(path = "/pages/clerks", produces = "text/html")
    @ResponseBody
    @Permit(Role.CLERK)
    String clerks() {
      return "for clerks";
    }
  }
}
