package fr.passnumerique.ui.denial;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.Forgetful;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.ui.ClearingApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Two checks stand between a funder, venue or prescriber and what is another's: the condition of
 * the query and the policy of the table. Each is taken away in turn, and the other holds; both, and
 * what is another's is seen, which shows that this test could see it.
 */
@SpringBootTest(
    classes = {ClearingApplication.class, TakenAwayIT.Forgetting.class},
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class TakenAwayIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final AtomicBoolean FORGETS = new AtomicBoolean();
  private static final List<String> SECURED =
      List.of("account", "balance", "posting", "agreement_share", "agreement", "stock", "batch");

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @TestConfiguration(proxyBeanMethods = false)
  static class Forgetting {
    @Bean
    static BeanPostProcessor forgetting() {
      return new BeanPostProcessor() {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
          return name.equals("readerDataSource") ? new Forgetful((DataSource) bean, FORGETS) : bean;
        }
      };
    }
  }

  /**
   * @param foreign what only the answer to somebody else holds
   */
  record Question(Role role, String path, String own, String foreign) {
    @Override
    public String toString() {
      return role + " " + path;
    }
  }

  static Stream<Question> questions() {
    return Stream.of(
        new Question(Role.FUNDER, "/api/balances", "7171717", "9393939"),
        new Question(Role.FUNDER, "/api/balances?groupBy=venue", "7171717", "9393939"),
        new Question(Role.FUNDER, "/api/balances/export?groupBy=funder", "OWN-1", "OTHER-1"),
        new Question(Role.FUNDER, "/api/postings", "OWN-1", "OTHER-1"),
        new Question(Role.FUNDER, "/api/postings/export", "OWN-1", "OTHER-1"),
        new Question(Role.VENUE, "/api/balances", "7171717", "9393939"),
        new Question(Role.VENUE, "/api/balances/export?groupBy=venue", "OWN-1", "OTHER-1"),
        new Question(Role.VENUE, "/api/postings", "OWN-1", "OTHER-1"),
        new Question(Role.VENUE, "/api/postings/export", "OWN-1", "OTHER-1"),
        new Question(Role.PRESCRIBER, "/api/prescribers/OWN-1/stock", "o-7", "o-8"),
        new Question(Role.PRESCRIBER, "/api/prescribers/OWN-1/stock/export", "o-7", "o-8"));
  }

  @Autowired Accounts accounts;
  @Autowired LedgerNode node;

  @Value("${local.server.port}")
  int port;

  private final HttpClient http = HttpClient.newHttpClient();
  private List<DenialMatrix.Caller> callers;

  @BeforeAll
  void whatTwoOfEachKindHave() throws Exception {
    assertThat(node.awaitWriting(Duration.ofSeconds(30))).isTrue();
    callers = Callers.in(accounts);
    HttpResponse<String> first =
        http.send(
            request(Role.CLERK, "/api/funders")
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"funder\":\"first\",\"name\":\"First\",\"kind\":\"STATE\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    // That every projection holds it.
    for (String path : List.of("/api/balances", "/api/venues")) {
      assertThat(answer(Role.CLERK, path)).contains("position");
    }
    execute(
        """
        insert into projections.funder values ('OWN-1', 'Own', 'STATE'), ('OTHER-1', 'Other', 'REGION');
        insert into projections.programme values ('p-1', 'Pass', 1000);
        insert into projections.agreement (id, programme, signed_on, starts_on, ends_on)
        select a, 'p-1', '2026-01-01', '2026-01-01', '2026-12-31' from unnest(array['c-1', 'c-2']) a;
        insert into projections.agreement_share (agreement, key_version, place, funder, basis_points, ceiling_cents)
        values ('c-1', 1, 1, 'OWN-1', 10000, 1000), ('c-2', 1, 1, 'OTHER-1', 10000, 1000);
        insert into projections.venue (id, identified_by, name, payable, source, position)
        select v, 'SIRET', v, true, 'test', 1 from unnest(array['OWN-1', 'OTHER-1']) v;
        insert into projections.prescriber values ('OWN-1', 'Own', '23'), ('OTHER-1', 'Other', '87');
        insert into projections.batch (number, order_id, programme, agreement, key_version, funding_departement, cheque_count,
                                       cheques_per_carnet, face_value_cents, first_cent, split_algorithm,
                                       split_algorithm_version, issued_on, ends_on, tolerance_days, position)
        select n, 'o-' || n, 'p-1', 'c-1', 1, '23', 100, 10, 1000, 0, 'quota', 1, '2026-01-01', '2026-12-31', 30, 1
          from unnest(array[7, 8]) n;
        insert into projections.stock (prescriber, batch, delivered, handed_out)
        values ('OWN-1', 7, 10, 0), ('OTHER-1', 8, 20, 0);
        insert into projections.account (kind, programme, agreement, funder, funding_departement, venue,
                                         spending_departement, prescriber)
        values ('VENUE_PAYABLE', 'p-1', 'c-1', 'OWN-1', '23', 'OWN-1', '23', ''),
               ('VENUE_PAYABLE', 'p-1', 'c-2', 'OTHER-1', '87', 'OTHER-1', '87', ''),
               ('BANK', '', '', '', '', '', '', '');
        insert into projections.posting (account_id, position, cents, balance_cents)
        select a.id, 1, c.cents, c.cents
          from projections.account a
          join (values ('OWN-1', -7171717), ('OTHER-1', -9393939), ('', 16565656)) c(venue, cents) on c.venue = a.venue;
        insert into projections.balance (account_id, cents, position)
        select account_id, cents, position from projections.posting;
        """);
  }

  @AfterEach
  void bothChecksAgain() throws SQLException {
    FORGETS.set(false);
    policies("enable");
  }

  @ParameterizedTest
  @MethodSource("questions")
  void withBothOneGetsItsOwn(Question question) throws Exception {
    assertOwnAlone(question);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void whereTheQueryForgetsItsConditionThePolicyHolds(Question question) throws Exception {
    FORGETS.set(true);
    assertOwnAlone(question);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void whereTheTablesHaveNoPolicyTheConditionHolds(Question question) throws Exception {
    policies("disable");
    assertOwnAlone(question);
  }

  @ParameterizedTest
  @MethodSource("questions")
  void withoutEitherWhatIsAnothersIsSeen(Question question) throws Exception {
    FORGETS.set(true);
    policies("disable");
    assertThat(answer(question.role(), question.path())).contains(question.foreign());
  }

  private void assertOwnAlone(Question question) throws Exception {
    assertThat(answer(question.role(), question.path()))
        .contains(question.own())
        .doesNotContain(question.foreign(), "16565656");
  }

  private String answer(Role role, String path) throws Exception {
    HttpResponse<String> answer =
        http.send(request(role, path).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpRequest.Builder request(Role role, String path) {
    String key = callers.stream().filter(c -> c.role() == role).findFirst().orElseThrow().key();
    return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .header("X-API-Key", key);
  }

  private static void policies(String change) throws SQLException {
    for (String table : SECURED) {
      execute("alter table projections.%s %s row level security".formatted(table, change));
    }
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = DATABASE.superuser().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
