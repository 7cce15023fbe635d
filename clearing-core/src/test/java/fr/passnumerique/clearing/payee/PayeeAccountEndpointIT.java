package fr.passnumerique.clearing.payee;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.EngineActs;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.FunderRegistered;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.vault.MemoryVault;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueLists;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Scope;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Accounts of venues and of funders over real HTTP: the same rules, told in the same words. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class PayeeAccountEndpointIT {
  private static final String VENUE = "40109226700020";
  private static final String IBAN = "FR1420041010050500013M02606";
  private static final String RIB = "{\"iban\":\"" + IBAN + "\",\"holder\":\"Emmaüs\"}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Value("${local.server.port}")
  int port;

  @Autowired Room room;

  @BeforeEach
  void aNewLedger() {
    room.begin();
  }

  @ParameterizedTest
  @CsvSource({"venue, /api/venues/40109226700020/account", "funder, /api/funders/anct/account"})
  void anAccountIsOpenedByTwoPersonsAndNoAnswerRepeatsIt(
      String kind, String account, CapturedOutput log) throws Exception {
    HttpResponse<String> first = post("clerk-1", account, RIB);
    JsonNode proposed = answer(201, first);
    assertThat(proposed.has(kind)).isTrue();
    assertThat(proposed.has(kind.equals("venue") ? "funder" : "venue")).isFalse();
    assertThat(proposed.get("standing").asString()).isEqualTo("PROPOSED");
    assertThat(answer(200, post("clerk-1", account, RIB)).get("already").asBoolean()).isTrue();
    assertThat(code(409, post("clerk-2", account, RIB.replace(IBAN, "DE89370400440532013000"))))
        .isEqualTo("ACCOUNT_PROPOSAL_PENDING");

    String quoted = "{\"account\":\"%s\"}".formatted(proposed.get("account").asString());
    String confirmation = account + "/confirmation";
    assertThat(code(422, post("clerk-1", confirmation, quoted))).isEqualTo("SECOND_PERSON_NEEDED");
    assertThat(code(409, post("clerk-2", confirmation, "{\"account\":\"other\"}")))
        .isEqualTo("ACCOUNT_PROPOSAL_DIFFERS");
    answer(400, post("clerk-2", confirmation, "{}"));
    answer(400, post("clerk-2", confirmation, ""));
    JsonNode shown = answer(200, get(account));
    assertThat(shown.get("proposed").get("ibanEnds").asString()).isEqualTo("FR14…2606");
    assertThat(shown.has("inForce")).isFalse();

    JsonNode dry = answer(200, post("clerk-2", confirmation + "?dryRun=true", quoted));
    assertThat(dry.get("standing").asString()).isEqualTo("IN_FORCE");
    assertThat(answer(200, get(account)).has("inForce")).isFalse();
    JsonNode confirmed = answer(201, post("clerk-2", confirmation, quoted));
    assertThat(confirmed.get("decidedBy").asString()).isEqualTo("clerk-2");
    assertThat(answer(200, post("clerk-2", confirmation, quoted)).get("already").asBoolean())
        .isTrue();
    JsonNode after = answer(200, get(account));
    assertThat(after.get("inForce").get("holder").asString()).isEqualTo("Emmaüs");
    assertThat(after.has("proposed")).isFalse();
    assertThat(first.body() + confirmed + room.ledger().facts()).doesNotContain("20041010", "Emma");
    assertThat(log.getAll()).doesNotContain(IBAN);
  }

  @ParameterizedTest
  @CsvSource({"/api/venues/40109226700020/account", "/api/funders/anct/account"})
  void aProposedAccountIsRefused(String account) throws Exception {
    JsonNode proposed = answer(201, post("clerk-1", account, RIB));
    String quoted = "{\"account\":\"%s\"}".formatted(proposed.get("account").asString());

    assertThat(code(409, post("clerk-2", account + "/refusal", "{\"account\":\"other\"}")))
        .isEqualTo("ACCOUNT_PROPOSAL_DIFFERS");
    JsonNode refused = answer(201, post("clerk-2", account + "/refusal", quoted));
    assertThat(refused.get("standing").asString()).isEqualTo("REFUSED");
    answer(200, post("clerk-2", account + "/refusal", quoted));
    assertThat(code(409, post("clerk-2", account + "/confirmation", quoted)))
        .isEqualTo("NO_ACCOUNT_PROPOSED");
    answer(400, post("clerk-2", account + "/refusal", "{}"));
    answer(201, post("clerk-1", account, RIB));
    JsonNode back = answer(201, post("clerk-1", account + "/refusal", quoted));
    assertThat(back.get("standing").asString()).isEqualTo("WITHDRAWN");
  }

  @ParameterizedTest
  @CsvSource({"/api/venues/40109226700020/account", "/api/funders/anct/account"})
  void anAccountThatNoTransferCouldNameIsRefusedWithoutBeingRepeated(String account)
      throws Exception {
    HttpResponse<String> refused = post("clerk-1", account, RIB.replace("FR14", "FR15"));
    JsonNode problem = answer(400, refused);
    assertThat(problem.get("code").asString()).isEqualTo("INVALID_IBAN");
    assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("iban");
    assertThat(problem.get("errors").get(0).get("remedy").asString()).isNotBlank();
    assertThat(refused.body()).doesNotContain("20041010");
    assertThat(code(400, post("clerk-1", account, RIB.replace("Emmaüs", " "))))
        .isEqualTo("INVALID_HOLDER");
    answer(400, post("clerk-1", account, "{\"iban\":\"" + IBAN + "\"}"));
    assertThat(room.vault().entries()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"/api/venues/40109226700020/account", "/api/funders/anct/account"})
  void aDryRunOfAProposalRecordsNothing(String account) throws Exception {
    answer(200, post("clerk-1", account + "?dryRun=true", RIB));
    assertThat(room.vault().entries()).isZero();
    assertThat(answer(200, get(account)).has("proposed")).isFalse();
  }

  @Test
  void anAccountOfNobodyIsNotFound() throws Exception {
    assertThat(code(404, post("clerk-1", "/api/venues/73282932000074/account", RIB)))
        .isEqualTo("UNKNOWN_VENUE");
    assertThat(code(404, post("clerk-1", "/api/venues/%C3%A9/account", RIB)))
        .isEqualTo("NOT_FOUND");
    assertThat(code(404, post("clerk-1", "/api/funders/none/account", RIB)))
        .isEqualTo("UNKNOWN_FUNDER");
    assertThat(code(404, get("/api/funders/none/account"))).isEqualTo("NOT_FOUND");
    assertThat(room.vault().entries()).isZero();
  }

  private JsonNode answer(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return json.readTree(answer.body());
  }

  private String code(int status, HttpResponse<String> answer) {
    return answer(status, answer).get("code").asString();
  }

  private HttpResponse<String> post(String by, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(uri(path))
            .header(EngineActs.AS, by)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
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
  static final class Room {
    private MemoryVault vault = new MemoryVault();
    private PayeeParts parts = new PayeeParts();
    private DecisionFixture ledger = parts.ledger();

    void begin() {
      vault = new MemoryVault();
      parts = new PayeeParts();
      ledger = parts.ledger();
      ledger.given(
          VenueLists.listed(new VenueId(VENUE), "a"),
          new FunderRegistered(
              new FunderId("anct"), "ANCT", FunderRegistered.Kind.STATE, Optional.empty()));
    }

    MemoryVault vault() {
      return vault;
    }

    DecisionFixture ledger() {
      return ledger;
    }

    PayeeAccounts accounts() {
      return parts.accounts(ledger, vault);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import({Http.class, EngineActs.class})
  static class Application {
    @Bean
    Room room() {
      return new Room();
    }

    @Bean
    @Scope("prototype")
    PayeeAccountEndpoint payeeAccountEndpoint(Room room) {
      return new PayeeAccountEndpoint(room.ledger(), room.accounts());
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
