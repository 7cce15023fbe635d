package fr.passnumerique.clearing.venues;

import static fr.passnumerique.clearing.venues.LaMednumList.BUS_SIRET;
import static fr.passnumerique.clearing.venues.LaMednumList.with;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.DecisionFixture;
import fr.passnumerique.clearing.ledger.Outcome;
import fr.passnumerique.clearing.vault.MemoryVault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.MethodParameter;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Venues over real HTTP, on a ledger and a vault in memory. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class VenueEndpointIT {
  private static final String IMPORT = "/api/venues/import";

  private final HttpClient http = HttpClient.newHttpClient();
  private final JsonMapper json = JsonMapper.shared();

  @Value("${local.server.port}")
  int port;

  @Autowired World world;

  @BeforeEach
  void anEmptyLedger() {
    world.empty();
  }

  @Test
  void aListSentAsItIsIsImportedOnce() throws Exception {
    HttpResponse<String> first = csv(IMPORT, LaMednumList.bus());
    HttpResponse<String> again = csv(IMPORT, LaMednumList.bus());

    JsonNode answer = answer(201, first);
    assertThat(answer.get("source").asString()).isEqualTo("bus-france-services-charente");
    assertThat(answer.get("dryRun").asBoolean()).isFalse();
    assertThat(answer.get("rows").asInt()).isEqualTo(12);
    assertThat(answer.get("venues").asInt()).isEqualTo(1);
    assertThat(answer.get("departements").asInt()).isEqualTo(1);
    assertThat(answer.get("added").asInt()).isEqualTo(1);
    assertThat(answer.get("changed").asInt()).isZero();
    assertThat(answer.get("changes").get(0).get("venue").asString()).isEqualTo(BUS_SIRET);
    assertThat(answer.get("changes").get(0).get("kind").asString()).isEqualTo("NEW");
    assertThat(answer.get("already").asBoolean()).isFalse();
    assertThat(answer.get("position").asLong()).isEqualTo(1);
    assertThat(answer(200, again).get("unchanged").asInt()).isEqualTo(1);
    assertThat(answer(200, again).get("already").asBoolean()).isTrue();
    assertThat(world.ledger().facts()).hasSize(1);
  }

  @Test
  void aListSentAsAFormsFileIsTheSameList() throws Exception {
    csv(IMPORT, LaMednumList.post());

    JsonNode answer = answer(200, form(IMPORT, "file", LaMednumList.post()));

    assertThat(answer.get("unchanged").asInt()).isEqualTo(95);
    assertThat(answer.get("departements").asInt()).isEqualTo(92);
  }

  @Test
  void aFormWithoutTheFileIsToldSo() throws Exception {
    assertThat(answer(400, form(IMPORT, "liste", with())).get("code").asString())
        .isEqualTo("EMPTY_UPLOAD");
    assertThat(answer(400, csv(IMPORT, "")).get("code").asString()).isEqualTo("EMPTY_UPLOAD");
  }

  @Test
  void aDryRunsDigestBindsTheImport() throws Exception {
    JsonNode dry = answer(200, csv(IMPORT + "?dryRun=true", with()));
    String digest = dry.get("digest").asString();

    assertThat(dry.get("dryRun").asBoolean()).isTrue();
    assertThat(dry.get("added").asInt()).isEqualTo(1);
    assertThat(world.ledger().facts()).isEmpty();
    assertThat(
            answer(409, csv(IMPORT + "?expectDigest=" + digest, with("commune", "Mansle")))
                .get("code")
                .asString())
        .isEqualTo("DIGEST_DIFFERS");
    assertThat(
            answer(201, csv(IMPORT + "?expectDigest=" + digest, with())).get("digest").asString())
        .isEqualTo(digest);
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws Exception {
    assertThat(answer(201, csv(IMPORT, "\uFEFF" + with())).get("added").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE"})
  void anotherEncodingIsRefusedNamingTheLine(String charset) throws Exception {
    HttpResponse<String> refused =
        post(IMPORT, "text/csv", LaMednumList.bus().getBytes(Charset.forName(charset)));

    JsonNode problem = answer(400, refused);
    assertThat(problem.get("code").asString()).isIn("WRONG_ENCODING", "NOT_A_TEXT");
    assertThat(problem.get("errors").get(0).get("line").asInt()).isPositive();
    assertThat(world.ledger().facts()).isEmpty();
  }

  @Test
  void anAnnouncedEncodingOtherThanUtf8IsRefused() throws Exception {
    HttpResponse<String> refused =
        post(IMPORT, "text/csv; charset=ISO-8859-1", with().getBytes(StandardCharsets.UTF_8));

    assertThat(answer(415, refused).get("code").asString()).isEqualTo("WRONG_ENCODING");
  }

  @Test
  void jsonIsNoList() throws Exception {
    assertThat(answer(415, post(IMPORT, "application/json", "{}")).get("code").asString())
        .isEqualTo("UNSUPPORTED_MEDIA_TYPE");
  }

  @Test
  void whatIsWrongWithAListIsToldByLineColumnValueAndRemedy() throws Exception {
    String list =
        new LaMednumList()
            .row()
            .row("pivot", "40109226700021")
            .row("latitude", "91", "date_maj", "hier")
            .csv();

    JsonNode problem = answer(400, csv(IMPORT, list));

    assertThat(problem.get("code").asString()).isEqualTo("INVALID_VENUE_LIST");
    assertThat(problem.get("detail").asString()).contains("3 fault(s)", "nothing was imported");
    JsonNode errors = problem.get("errors");
    assertThat(errors.size()).isEqualTo(3);
    assertThat(errors.get(0).get("line").asInt()).isEqualTo(3);
    assertThat(errors.get(0).get("field").asString()).isEqualTo("pivot");
    assertThat(errors.get(0).get("value").asString()).isEqualTo("40109226700021");
    assertThat(errors.get(0).get("remedy").asString()).isNotBlank();
    assertThat(errors.get(1).get("field").asString()).isEqualTo("latitude");
    assertThat(errors.get(2).get("field").asString()).isEqualTo("date_maj");
    assertThat(world.ledger().facts()).isEmpty();
  }

  @Test
  void soleTradersAreNamedBesideTheList() throws Exception {
    answer(
        201,
        csv(
            IMPORT + "?soleTraders=401%20092%20267%2000020&source=essai",
            with("nom", "Jeanne Martin")));

    assertThat(world.ledger().facts(VenueListed.class).getFirst().name()).isEmpty();
    JsonNode fault =
        answer(400, csv(IMPORT + "?soleTraders=401092267", with())).get("errors").get(0);
    assertThat(fault.get("field").asString()).isEqualTo("soleTraders");
    assertThat(fault.get("message").asString()).contains("SIREN");
  }

  @Test
  void aMisspeltParameterDoesNotImport() throws Exception {
    assertThat(answer(400, csv(IMPORT + "?dryrun=true", with())).get("code").asString())
        .isEqualTo("UNKNOWN_PARAMETER");
    assertThat(world.ledger().facts()).isEmpty();
  }

  @Test
  void venuesAreLabelledByName() throws Exception {
    csv(IMPORT, LaMednumList.bus());
    String labelling =
        """
        {"venues": ["401 092 267 00020"], "labelledFrom": "2026-03-01", "decision": "CP 12/2026"}
        """;

    JsonNode first = answer(201, post("/api/labels", "application/json", labelling));
    JsonNode again = answer(200, post("/api/labels", "application/json", labelling));

    assertThat(first.get("labelled").asInt()).isEqualTo(1);
    assertThat(first.get("position").asLong()).isEqualTo(2);
    assertThat(again.get("unchanged").asInt()).isEqualTo(1);
    assertThat(again.get("already").asBoolean()).isTrue();
    assertThat(world.ledger().facts(VenueLabelled.class)).hasSize(1);
  }

  @Test
  void aDryRunLabelsNobody() throws Exception {
    csv(IMPORT, LaMednumList.bus());
    String labelling =
        """
        {"venues": ["40109226700020"], "labelledFrom": "2026-03-01", "decision": "CP 12/2026"}
        """;

    JsonNode dry = answer(200, post("/api/labels?dryRun=true", "application/json", labelling));

    assertThat(dry.get("labelled").asInt()).isEqualTo(1);
    assertThat(dry.get("dryRun").asBoolean()).isTrue();
    assertThat(world.ledger().facts(VenueLabelled.class)).isEmpty();
  }

  @Test
  void aCommitteesDecisionsAreRecordedStepByStep() throws Exception {
    csv(IMPORT, LaMednumList.bus());
    String path = "/api/labels/decisions";
    String candidate =
        """
        {"decision": "CP 1", "committeeOn": "2026-02-01", "state": "CANDIDATE",
         "from": "2026-02-01", "venues": ["40109226700020"], "note": "Dossier de M. X"}
        """;

    JsonNode dry = answer(200, post(path + "?dryRun=true", "application/json", candidate));
    assertThat(dry.get("decided").asInt()).isEqualTo(1);
    assertThat(world.ledger().facts(LabelDecided.class)).isEmpty();
    assertThat(answer(201, post(path, "application/json", candidate)).get("decided").asInt())
        .isEqualTo(1);
    JsonNode again = answer(200, post(path, "application/json", candidate));
    assertThat(again.get("already").asBoolean()).isTrue();
    assertThat(again.get("unchanged").asInt()).isEqualTo(1);
    assertThat(world.ledger().facts(LabelDecided.class).getFirst().toString())
        .doesNotContain("M. X");

    String labelled = candidate.replace("CP 1", "CP 2").replace("CANDIDATE", "LABELLED");
    JsonNode problem = answer(422, post(path, "application/json", labelled));
    assertThat(problem.get("code").asString()).isEqualTo("LABEL_STEP_NOT_ALLOWED");
    assertThat(problem.get("detail").asString()).contains("ELIGIBLE");
  }

  @Test
  void aDecisionThatCannotBeReadIsToldByField() throws Exception {
    csv(IMPORT, LaMednumList.bus());
    String good =
        """
        {"decision": "CP 1", "committeeOn": "2026-02-01", "state": "CANDIDATE",
         "from": "2026-02-01", "venues": ["40109226700020"]}
        """;

    for (String[] bad :
        new String[][] {
          {"\"CP 1\"", "\" \"", "INVALID_VALUE", "decision"},
          {"[\"40109226700020\"]", "[]", "INVALID_VALUE", "venues"},
          {"40109226700020", "40109226700021", "INVALID_VALUE", "venues"},
          {"CANDIDATE", "candidat", "WRONG_TYPE", "state"},
          {"\"from\": \"2026-02-01\"", "\"from\": \"01/02/2026\"", "WRONG_TYPE", "from"},
        }) {
      String body = good.replace(bad[0], bad[1]);
      JsonNode problem = answer(400, post("/api/labels/decisions", "application/json", body));
      assertThat(problem.get("code").asString()).as(body).isEqualTo(bad[2]);
      assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo(bad[3]);
    }
    String note =
        good.replace("\"venues\"", "\"note\": \"%s\", \"venues\"".formatted("x".repeat(2001)));
    assertThat(
            answer(400, post("/api/labels/decisions", "application/json", note))
                .get("code")
                .asString())
        .isEqualTo("INVALID_NOTE");
    assertThat(world.ledger().facts(LabelDecided.class)).isEmpty();
  }

  @Test
  void allVenuesOfASourceAreLabelled() throws Exception {
    csv(IMPORT + "?source=la-poste", LaMednumList.post());

    JsonNode answer =
        answer(
            201,
            post(
                "/api/labels",
                "application/json",
                """
                {"source": "la-poste", "labelledFrom": "2026-03-01", "decision": "CP 12/2026"}
                """));

    assertThat(answer.get("labelled").asInt()).isEqualTo(95);
  }

  @Test
  void aLabelNamesVenuesOrASourceAndADayAndADecision() throws Exception {
    csv(IMPORT, LaMednumList.bus());

    assertThat(refusal(400, "{\"labelledFrom\": \"2026-03-01\", \"decision\": \"CP 12\"}"))
        .isEqualTo("INVALID_VALUE");
    assertThat(
            refusal(
                400,
                "{\"venues\": [\"%s\"], \"source\": \"a\", \"labelledFrom\": \"2026-03-01\", \"decision\": \"CP 12\"}"
                    .formatted(BUS_SIRET)))
        .isEqualTo("INVALID_VALUE");
    assertThat(
            refusal(
                400,
                "{\"venues\": [\"40109226700021\"], \"labelledFrom\": \"2026-03-01\", \"decision\":"
                    + " \"CP 12\"}"))
        .isEqualTo("INVALID_VALUE");
    assertThat(
            refusal(
                400,
                "{\"venues\": [\"%s\"], \"labelledFrom\": \"2026-03-01\", \"decision\": \" \"}"
                    .formatted(BUS_SIRET)))
        .isEqualTo("INVALID_VALUE");
    assertThat(
            refusal(
                400,
                "{\"venues\": [\"%s\"], \"labelledFrom\": \"01/03/2026\", \"decision\": \"CP 12\"}"
                    .formatted(BUS_SIRET)))
        .isEqualTo("WRONG_TYPE");
    assertThat(
            refusal(
                422,
                "{\"venues\": [\"%s\"], \"labelledFrom\": \"1999-12-31\", \"decision\": \"CP 12\"}"
                    .formatted(BUS_SIRET)))
        .isEqualTo("DATE_OUT_OF_RANGE");
    assertThat(
            refusal(
                404,
                "{\"venues\": [\"73282932000074\"], \"labelledFrom\": \"2026-03-01\", \"decision\":"
                    + " \"CP 12\"}"))
        .isEqualTo("UNKNOWN_VENUE");
  }

  @Test
  void aVenueIsIdentifiedByItsSiret() throws Exception {
    csv(IMPORT, with("pivot", "W161000119"));
    String path = "/api/venues/W161000119/identification";

    for (String bad : List.of("", "401092267", "40109226700021", "W161000119")) {
      JsonNode problem =
          answer(400, post(path, "application/json", "{\"siret\": \"%s\"}".formatted(bad)));
      assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("siret");
    }
    String siret = "{\"siret\": \"401 092 267 00020\"}";
    assertThat(
            answer(200, post(path + "?dryRun=true", "application/json", siret))
                .get("siret")
                .asString())
        .isEqualTo(BUS_SIRET);
    assertThat(answer(201, post(path, "application/json", siret)).get("venue").asString())
        .isEqualTo("W161000119");
    assertThat(answer(200, post(path, "application/json", siret)).get("already").asBoolean())
        .isTrue();
  }

  @Test
  void aWrongSiretOfAVenueIsCorrectedByTwo() throws Exception {
    csv(IMPORT, with("pivot", "W161000119"));
    String path = "/api/venues/W161000119/identification";
    String wrong = "{\"siret\": \"130 025 265 00039\"}";
    String right = "{\"siret\": \"%s\"}".formatted(BUS_SIRET);
    answer(201, post(path, "application/json", wrong));

    assertThat(answer(409, post(path, "application/json", right)).get("code").asString())
        .isEqualTo("ALREADY_IDENTIFIED");
    JsonNode proposed =
        answer(
            201,
            post(
                path,
                "application/json",
                "{\"siret\": \"%s\", \"replaces\": \"13002526500039\"}".formatted(BUS_SIRET)));
    assertThat(proposed.get("standing").asString()).isEqualTo("PROPOSED");
    assertThat(answer(422, post(path + "/confirmation", "application/json", right)).get("code"))
        .asString()
        .contains("SECOND_PERSON_NEEDED");
    world.actAs("agent-2");
    JsonNode confirmed = answer(201, post(path + "/confirmation", "application/json", right));
    assertThat(confirmed.get("standing").asString()).isEqualTo("IN_FORCE");
    assertThat(confirmed.get("replaces").asString()).isEqualTo("13002526500039");
    assertThat(answer(409, post(path + "/refusal", "application/json", right)).get("code"))
        .asString()
        .contains("IDENTIFICATION_NOT_PROPOSED");
  }

  @Test
  void aVenuesVatRegimeIsSet() throws Exception {
    csv(IMPORT, LaMednumList.bus());
    String path = "/api/venues/" + BUS_SIRET + "/vat-regime";
    String good = "{\"regime\": \"FRANCHISE\", \"from\": \"2026-01-01\"}";

    assertThat(answer(200, post(path + "?dryRun=true", "application/json", good)).get("dryRun"))
        .isNotNull();
    assertThat(answer(201, post(path, "application/json", good)).get("regime").asString())
        .isEqualTo("FRANCHISE");
    assertThat(answer(200, post(path, "application/json", good)).get("already").asBoolean())
        .isTrue();
    JsonNode problem =
        answer(400, post(path, "application/json", good.replace("FRANCHISE", "REDUCED")));
    assertThat(problem.get("errors").get(0).get("field").asString()).isEqualTo("regime");
  }

  @Test
  void aVenueWaivesItsPay() throws Exception {
    csv(IMPORT, LaMednumList.bus());
    String path = "/api/venues/" + BUS_SIRET + "/waiver";
    String good = "{\"waives\": true, \"from\": \"2026-05-01\", \"reference\": \"courrier\"}";

    answer(200, post(path + "?dryRun=true", "application/json", good));
    assertThat(world.ledger().facts(VenueWaived.class)).isEmpty();
    assertThat(answer(201, post(path, "application/json", good)).get("waives").asBoolean())
        .isTrue();
    answer(200, post(path, "application/json", good));
    JsonNode early =
        answer(
            422,
            post(
                path,
                "application/json",
                good.replace("true", "false").replace("2026-05-01", "2026-04-30")));
    assertThat(early.get("code").asString()).isEqualTo("NOTHING_WAIVED");
    JsonNode blank = answer(400, post(path, "application/json", good.replace("courrier", " ")));
    assertThat(blank.get("errors").get(0).get("field").asString()).isEqualTo("reference");
  }

  private HttpResponse<String> get(String path) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).GET().build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private String refusal(int status, String labelling) throws Exception {
    return answer(status, post("/api/labels", "application/json", labelling))
        .get("code")
        .asString();
  }

  private JsonNode answer(int status, HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    return json.readTree(response.body());
  }

  private HttpResponse<String> csv(String path, String list) throws Exception {
    return post(path, "text/csv", list);
  }

  private HttpResponse<String> form(String path, String part, String list) throws Exception {
    String body =
        "--edge\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"l.csv\"\r\nContent-Type: text/csv\r\n\r\n%s\r\n--edge--\r\n"
            .formatted(part, list);
    return post(path, "multipart/form-data; boundary=edge", body);
  }

  private HttpResponse<String> post(String path, String type, String body) throws Exception {
    return post(path, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> post(String path, String type, byte[] body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  /** A ledger and a vault that each test begins empty. */
  static final class World implements Commands {
    private VenueRegister register = new VenueRegister();
    private DecisionFixture ledger = fresh();
    private String account = "agent-1";

    private DecisionFixture fresh() {
      register = new VenueRegister();
      return DecisionFixture.of(
          List.of(register),
          List.of(
              new ImportVenuesDecision(register),
              new IdentifyVenueDecision(register),
              new ConfirmIdentificationDecision(register),
              new DropIdentificationDecision(register),
              new SetVatRegimeDecision(register),
              new SetWaiverDecision(register),
              new LabelVenuesDecision(register),
              new DecideLabelDecision(register)));
    }

    void actAs(String other) {
      account = other;
    }

    Actor actor() {
      return new Actor(account, Role.CLERK, "");
    }

    void empty() {
      if (!ledger.facts().isEmpty()) {
        ledger = fresh();
      }
      account = "agent-1";
    }

    DecisionFixture ledger() {
      return ledger;
    }

    @Override
    public <A> Outcome<A> send(Command<A> command, Actor by) {
      return ledger.send(command, by);
    }

    @Override
    public <A> Outcome<A> rehearse(Command<A> command) {
      return ledger.rehearse(command);
    }
  }

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @Import(Http.class)
  static class Application {
    @Bean
    World world() {
      return new World();
    }

    @Bean
    VenueEndpoint venueEndpoint(World world) {
      return new VenueEndpoint(world, new VenueImport(world, new MemoryVault()));
    }

    @Bean
    LabelEndpoint labelEndpoint(World world) {
      return new LabelEndpoint(world, new LabelDesk(world, new MemoryVault()));
    }

    @Bean
    SecurityFilterChain open(HttpSecurity security) {
      return security
          .csrf(csrf -> csrf.disable())
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .build();
    }

    @Bean
    WebMvcConfigurer actors(World world) {
      return new WebMvcConfigurer() {
        @Override
        public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
          resolvers.add(new ClerkActs(world));
        }
      };
    }
  }

  private record ClerkActs(World world) implements HandlerMethodArgumentResolver {
    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders) {
      return world.actor();
    }
  }
}
