package fr.passnumerique.ui.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.projections.upkeep.Rebuild;
import fr.passnumerique.projections.upkeep.Rebuilder;
import fr.passnumerique.projections.upkeep.Rebuilds;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.LoggedIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** What two clerks decide about the projections, on pages. */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class RebuildDecisionPagesIT {
  private static final String PASSWORD = "correct horse battery";
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final String OTHER = "/projections/reconstructions/other-1";

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @Autowired Accounts accounts;
  @Autowired Rebuilder rebuilder;
  @Autowired Rebuilds rebuilds;

  @Value("${local.server.port}")
  int port;

  private LoggedIn one;
  private LoggedIn another;
  private LoggedIn auditor;

  @BeforeAll
  void twoClerksAndAFunder() throws Exception {
    String key = "";
    for (String login : new String[] {"clerk-1", "clerk-2"}) {
      String id = accounts.create(login, PASSWORD, Role.CLERK, "", "engine").id();
      key = accounts.createKey(id, "test", "engine").key();
    }
    accounts.create("auditor", PASSWORD, Role.AUDITOR, "", "engine");
    String base = "http://localhost:" + port;
    HttpResponse<String> recorded =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(base + "/api/funders"))
                    .header("Authorization", "Bearer " + key)
                    .header("Content-Type", "application/json")
                    .POST(
                        HttpRequest.BodyPublishers.ofString(
                            "{\"funder\":\"region\",\"name\":\"Région\",\"kind\":\"REGION\"}"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);
    one = LoggedIn.as("clerk-1", PASSWORD, base);
    another = LoggedIn.as("clerk-2", PASSWORD, base);
    auditor = LoggedIn.as("auditor", PASSWORD, base);
    one.page(200, "/");
  }

  @Test
  void whatARebuildDiffersInIsFoundRightByOneAndAcceptedByAnother() throws Exception {
    owner("update projections.funder set name = 'Autre' where id = 'region'");
    rebuilder.ask("other-1", "registers", "clerk-1");
    Rebuild differs = await("other-1", Rebuild.State.DIFFERS);
    String digest = "digest=" + differs.digest();

    assertThat(auditor.page(200, OTHER))
        .contains("Personne ne l’a encore trouvé juste")
        .doesNotContain("/acceptation");
    auditor.page(403, OTHER + "/acceptation");
    assertThat(one.page(200, OTHER)).contains(OTHER + "/acceptation");
    assertThat(one.page(200, OTHER + "/acceptation"))
        .contains("Autre", "Région", differs.digest(), "Trouver ces différences justes");
    // What was read is not what differs; nobody has proposed yet.
    refused(409, "ne sont plus celles", post(one, "/acceptation", "digest=" + "0".repeat(64)));
    refused(409, "Personne ne l’a encore proposé", post(one, "/acceptation/confirmation", digest));
    assertThat(post(one, "/acceptation", digest).statusCode()).isEqualTo(302);
    assertThat(one.page(200, OTHER))
        .contains("Votre accord est enregistré", "clerk-1", "trouvé juste le")
        .doesNotContain("/acceptation");
    refused(422, "Il faut une autre personne", post(one, "/acceptation/confirmation", digest));
    refused(409, "avant vous", post(another, "/acceptation", digest));
    assertThat(another.page(200, OTHER + "/acceptation"))
        .contains("clerk-1", "Accepter ces différences", OTHER + "/acceptation/confirmation");
    assertThat(rebuilds.find("other-1").orElseThrow().state()).isEqualTo(Rebuild.State.DIFFERS);

    assertThat(post(another, "/acceptation/confirmation", digest).statusCode()).isEqualTo(302);
    await("other-1", Rebuild.State.SWITCHED);
    assertThat(another.page(200, OTHER))
        .contains("Les différences sont acceptées", "shownBefore=other-1");
    refused(404, "plus rien à accepter", post(one, "/acceptation", digest));
  }

  @Test
  void aFactIsSetAsideByOneAndAnother() throws Exception {
    // As a defect of the new tables: those that answer have the row, and the new ones refuse it.
    owner("alter table projections.journal add constraint none check (position > 1) not valid");
    long at = stopped();
    String page = "/projections/faits-ecartes/accounts/" + at;

    assertThat(one.page(200, "/projections/reconstructions/stop-1")).contains(page);
    assertThat(auditor.page(200, "/projections/reconstructions/stop-1")).doesNotContain(page);
    auditor.page(403, page);
    one.page(302, "/projections/faits-ecartes/accounts/" + (at + 1));
    one.page(404, "/projections/faits-ecartes/nothing/1");
    assertThat(one.page(200, page)).contains("Proposer de l’écarter", "Le calcul est en défaut");
    assertThat(one.send(page, page, "reason=DEFECT_OF_THE_FOLD&liftedAt=0").statusCode())
        .isEqualTo(302);
    assertThat(one.page(200, "/projections")).contains("Votre proposition est enregistrée");
    assertThat(one.page(200, page)).contains("Vous l’avez proposé");
    HttpResponse<String> alone = one.send(page, page + "/confirmation", "liftedAt=0");
    assertThat(alone.statusCode()).isEqualTo(422);
    assertThat(alone.body()).contains("Il faut une autre personne");
    assertThat(another.page(200, "/a-traiter")).contains(page);
    assertThat(another.page(200, page))
        .contains("clerk-1", "Le calcul est en défaut", "Confirmer, et l’écarter");

    assertThat(another.send(page, page + "/confirmation", "liftedAt=0").statusCode())
        .isEqualTo(302);
    assertThat(another.page(200, "/projections")).contains("Le fait est écarté", "nº " + at);
  }

  /** Of a rebuild that cannot take it. */
  private long stopped() throws Exception {
    rebuilder.ask("stop-1", "accounts", "clerk-1");
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!rebuilds.find("stop-1").orElseThrow().stopped()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
    return rebuilds.find("stop-1").orElseThrow().stoppedAt();
  }

  private HttpResponse<String> post(LoggedIn who, String path, String form) throws Exception {
    return who.send("/a-traiter", OTHER + path, form);
  }

  private static void refused(int status, String words, HttpResponse<String> page) {
    assertThat(page.statusCode()).as(page.body()).isEqualTo(status);
    assertThat(page.body())
        .contains(words)
        .doesNotContain("second person", "that were read", "nobody found", "waits because");
  }

  private Rebuild await(String id, Rebuild.State state) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (rebuilds.find(id).orElseThrow().state() != state) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
    return rebuilds.find(id).orElseThrow();
  }

  private static void owner(String sql) throws SQLException {
    try (Connection connection = DATABASE.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
