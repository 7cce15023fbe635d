package fr.passnumerique.clearing.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.FilterChain;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Each request is filtered while the one before is still being worked on. */
class AdmissionTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicLong now = new AtomicLong();
  private final Admission admission = new Admission(2, 1, 1, now::get, meters);

  private static final FilterChain DONE =
      (_, response) -> ((MockHttpServletResponse) response).setStatus(201);

  private MockHttpServletResponse ask(String method, String path, FilterChain work)
      throws Exception {
    MockHttpServletRequest request = new MockHttpServletRequest(method, path);
    MockHttpServletResponse response = new MockHttpServletResponse();
    admission.doFilter(request, response, work);
    return response;
  }

  private interface Meanwhile {
    void act() throws Exception;
  }

  /** A request that is being worked on for as long as the act takes. */
  private void during(String method, String path, Meanwhile act) throws Exception {
    ask(
        method,
        path,
        (_, _) -> {
          try {
            act.act();
          } catch (RuntimeException e) {
            throw e;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void theLastPlaceIsGivenAndTheNextIsToldToComeAgain() throws Exception {
    during(
        "POST",
        "/api/slips",
        () -> {
          assertThat(ask("POST", "/api/slips", DONE).getStatus()).isEqualTo(201);
          during(
              "PUT",
              "/api/other",
              () -> {
                MockHttpServletResponse refused = ask("POST", "/api/slips", DONE);
                assertThat(refused.getStatus()).isEqualTo(429);
                assertThat(refused.getHeader("Retry-After")).isEqualTo("1");
                assertThat(refused.getContentType()).isEqualTo("application/problem+json");
                JsonNode problem = JsonMapper.shared().readTree(refused.getContentAsString());
                assertThat(problem.get("code").asString()).isEqualTo("TOO_BUSY");
                assertThat(problem.get("errors").get(0).get("remedy").asString())
                    .isEqualTo("send the same request again in 1 seconds");
                assertThat(
                        meters.get("pass.http.in.progress").tag("kind", "changes").gauge().value())
                    .isEqualTo(2);
              });
        });
    assertThat(ask("POST", "/api/slips", DONE).getStatus()).isEqualTo(201);
    assertThat(meters.get("pass.http.in.progress").tag("kind", "changes").gauge().value()).isZero();
    assertThat(meters.get("pass.http.refused.busy").tag("kind", "changes").counter().count())
        .isEqualTo(1);
  }

  @Test
  void aPlaceIsGivenBackByWorkThatFails() throws Exception {
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(
              () ->
                  ask(
                      "POST",
                      "/api/slips",
                      (_, _) -> {
                        throw new IllegalStateException("broken");
                      }))
          .hasMessage("broken");
    }
    assertThat(ask("POST", "/api/slips", DONE).getStatus()).isEqualTo(201);
  }

  @Test
  void eachKindHasPlacesOfItsOwn() throws Exception {
    during(
        "GET",
        "/api/ledger/export",
        () -> {
          assertThat(ask("GET", "/api/balances", DONE).getStatus()).isEqualTo(429);
          assertThat(ask("POST", "/api/slips", DONE).getStatus()).isEqualTo(201);
          assertThat(ask("GET", "/", DONE).getStatus()).isEqualTo(201);
          assertThat(ask("GET", "/actuator/health", DONE).getStatus()).isEqualTo(201);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/venues/1/slips, CHANGES",
    "DELETE, /api/keys/1, CHANGES",
    "GET, /api/balances, READS",
    "HEAD, /api/balances, READS",
    "GET, /v3/api-docs, READS",
    "GET, /, PAGES",
    "POST, /login, PAGES",
    "GET, /%61pi/balances, PAGES",
    "GET, /actuator-like, PAGES",
    "GET, /actuator/health,",
    "GET, /actuator/prometheus,",
    "GET, /css/pass.css,",
    "POST, /css/pass.css, PAGES",
    "POST, /actuator/health, PAGES"
  })
  void whichPlacesARequestTakes(String method, String path, Admission.Kind kind) {
    assertThat(Admission.kindOf(method, path).orElse(null)).isEqualTo(kind);
  }

  @Test
  void thoseWhoAreRefusedComeAgainOneAfterTheOther() {
    Lane lane = new Lane("test", 2, now::get, meters);
    assertThat(lane.pause()).as("as many as there are places").isEqualTo(Duration.ofMillis(500));
    assertThat(lane.pause()).isEqualTo(Duration.ofMillis(1_000));
    assertThat(lane.pause()).isEqualTo(Duration.ofMillis(1_500));

    for (int i = 0; i < 5; i++) {
      assertThat(lane.enter()).isTrue();
      lane.leave();
    }
    assertThat(lane.pause()).as("five were let in in a second").isEqualTo(Duration.ofMillis(1_700));

    now.addAndGet(1_000_000_000L);
    assertThat(lane.pause())
        .as("the line has moved, and five can be let in still")
        .isBetween(Duration.ofMillis(900), Duration.ofMillis(905));

    now.addAndGet(2_000_000_000L);
    assertThat(lane.enter()).isTrue();
    lane.leave();
    now.addAndGet(1_000_000_000L);
    assertThat(lane.pause())
        .as("one bad second does not make the line longer")
        .isBetween(Duration.ofMillis(200), Duration.ofMillis(220));

    now.addAndGet(240_000_000_000L);
    assertThat(lane.enter()).isTrue();
    lane.leave();
    assertThat(lane.pause()).as("it was quiet").isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void howeverQuickItIsWhoIsRefusedIsToldWhen() throws Exception {
    for (int i = 0; i < 5_000; i++) {
      ask("POST", "/api/slips", DONE);
    }
    now.addAndGet(1_000_000_000L);
    during(
        "POST",
        "/api/slips",
        () ->
            during(
                "POST",
                "/api/slips",
                () ->
                    assertThat(ask("POST", "/api/slips", DONE).getHeader("Retry-After"))
                        .as("after a fifth of a millisecond")
                        .isEqualTo("1")));
  }

  @Test
  void nobodyIsSentAwayForLongerThanTwoMinutes() {
    Lane lane = new Lane("test", 2, now::get, meters);
    for (int i = 1; i < 240; i++) {
      lane.pause();
    }
    assertThat(lane.pause()).isEqualTo(Duration.ofSeconds(120));
    assertThat(lane.pause()).as("from the front again").isEqualTo(Duration.ofMillis(500));
  }

  @Test
  void aLaneWithoutPlacesIsAMistake() {
    assertThatThrownBy(() -> new Lane("reads", 0, now::get, meters))
        .hasMessage("pass.http.reads-at-once is 0; let in at least 1");
  }
}
