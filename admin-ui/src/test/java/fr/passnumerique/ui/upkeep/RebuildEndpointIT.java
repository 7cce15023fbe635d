package fr.passnumerique.ui.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.projections.loop.ProjectionHealth;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.LoggedIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Projections folded anew, over real HTTP, by the whole application on PostgreSQL. */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class RebuildEndpointIT {
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final String REBUILDS = "/api/projections/rebuilds";

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> keys = new HashMap<>();

  @Autowired Accounts accounts;
  @Autowired StatusAggregator health;
  @Autowired HttpCodeStatusMapper codes;

  @Value("${local.server.port}")
  int port;

  @BeforeAll
  void someFacts() throws Exception {
    account("clerk-1", Role.CLERK, "");
    account("clerk-2", Role.CLERK, "");
    account("auditor", Role.AUDITOR, "");
    account("funder", Role.FUNDER, "etat");
    recorded(
        "/api/programmes",
        "{'programme':'p','name':'Pass','validityDays':90,'presentationWindowDays':60}");
    recorded("/api/funders", "{'funder':'etat','name':'État','kind':'STATE'}");
    recorded("/api/funders", "{'funder':'region','name':'Région','kind':'REGION'}");
    recorded(
        "/api/agreements",
        "{'agreement':'c-1','programme':'p','signedOn':'2026-01-02','startsOn':'2026-01-02',"
            + "'endsOn':'2027-12-31','territory':['23'],'shares':["
            + "{'funder':'etat','basisPoints':5714,'ceilingCents':100000,'terms':'PREPAID'},"
            + "{'funder':'region','basisPoints':4286,'ceilingCents':100000,'terms':'PREPAID'}]}");
    for (String funder : List.of("etat", "region")) {
      recorded(
          "/api/receipts",
          "{'receipt':'r-%s','agreement':'c-1','funder':'%s','amountCents':10000,'valueDate':'2026-02-02'}"
              .formatted(funder, funder));
    }
    answer(200, get("auditor", "/api/balances"));
  }

  private void account(String login, Role role, String subject) {
    String id = accounts.create(login, "correct horse battery", role, subject, "engine").id();
    keys.put(login, accounts.createKey(id, "test", "engine").key());
  }

  private void recorded(String path, String body) throws Exception {
    answer(201, post("clerk-1", path, body));
  }

  @Test
  void aRebuildIsAskedForFollowedAndTheSameWhenItIsAskedForAgain() throws Exception {
    JsonNode balances = answer(200, get("auditor", "/api/balances"));
    JsonNode asked = answer(202, ask("clerk-1", "same-1", "accounts"));
    assertThat(asked.get("rebuild").asString()).isEqualTo("same-1");
    assertThat(asked.get("projection").asString()).isEqualTo("accounts");

    JsonNode done = await("same-1", "SWITCHED");
    JsonNode progress = done.get("progress");
    assertThat(progress.get("position")).isEqualTo(progress.get("of"));
    assertThat(progress.get("facts")).isEqualTo(progress.get("position"));
    assertThat(progress.get("differences").asLong()).isZero();
    assertThat(progress.get("replacedKept").asBoolean()).isFalse();
    assertThat(progress.get("endedAt").isNull()).isFalse();
    assertThat(done.get("differing")).isEmpty();
    assertThat(answer(200, get("auditor", "/api/balances"))).isEqualTo(balances);

    assertThat(answer(202, ask("clerk-2", "same-1", "accounts")).get("state").asString())
        .isEqualTo("SWITCHED");
    assertThat(code(409, ask("clerk-1", "same-1", "registers"))).isEqualTo("REBUILD_REUSED");
    // It was as before: nothing of it is kept.
    answer(404, get("auditor", REBUILDS + "/same-1/replaced-figures?source=balance"));

    String file = get("auditor", "/api/projections/rebuilds.csv").body();
    assertThat(file)
        .startsWith("rebuild,projection,state,askedBy,askedAt,position,of,facts,lines,")
        .contains("\r\nsame-1,accounts,SWITCHED,", "," + progress.get("position").asLong() + ",");
    assertThat(get("auditor", "/api/projections/rebuilds.csv?format=EXCEL_FR").body())
        .startsWith("\uFEFFReconstruction;Projection;État;");
    JsonNode lags =
        JsonMapper.shared().readTree(get("auditor", "/api/projections/export?format=JSON").body());
    JsonNode read = answer(200, get("auditor", "/api/projections")).get("projections");
    assertThat(read.toString()).contains("accounts").doesNotContain(":null");
    assertThat(lags.valueStream().map(lag -> lag.get("projection").asString()).toList())
        .isEqualTo(read.valueStream().map(lag -> lag.get("projection").asString()).toList())
        .contains("accounts", "registers", "histories", "labels", "claims");
    assertThat(lags.get(0).get("stoppedAt").isNull()).isTrue();
    answer(400, get("auditor", "/api/projections/export?format=XLS"));
  }

  /** A load balancer goes on, an operator sees it. */
  @Test
  void whatIsTriedAgainIsWorseThanUpAndAnsweredAsUp() {
    assertThat(health.getAggregateStatus(Status.UP, ProjectionHealth.RETRYING))
        .isEqualTo(ProjectionHealth.RETRYING);
    assertThat(health.getAggregateStatus(Status.DOWN, ProjectionHealth.RETRYING))
        .isEqualTo(Status.DOWN);
    assertThat(codes.getStatusCode(ProjectionHealth.RETRYING)).isEqualTo(200);
    assertThat(codes.getStatusCode(Status.DOWN)).isEqualTo(503);
  }

  @Test
  void whatIsNoRebuildIsRefused() throws Exception {
    assertThat(code(404, ask("clerk-1", "bad-1", "nothing"))).isEqualTo("UNKNOWN_PROJECTION");
    answer(400, ask("clerk-1", "bad 1", "accounts"));
    answer(400, post("clerk-1", REBUILDS, "{}"));
    answer(400, post("clerk-1", REBUILDS, "{'rebuild':'bad-1'}"));
    answer(400, post("clerk-1", REBUILDS, "{'rebuild':'bad-1','projection':'accounts','by':'me'}"));
    answer(404, get("auditor", REBUILDS + "/bad-1"));
    answer(404, get("auditor", REBUILDS + "/bad-1/replaced-figures?source=balance"));
    answer(400, get("auditor", REBUILDS + "/bad%201"));
    assertThat(ask("auditor", "bad-1", "accounts").statusCode()).isEqualTo(403);
    assertThat(ask("funder", "bad-1", "accounts").statusCode()).isEqualTo(403);
    assertThat(get("funder", REBUILDS + "/bad-1").statusCode()).isEqualTo(403);
    assertThat(code(404, accept("clerk-1", "bad-1", "0".repeat(64)))).isEqualTo("UNKNOWN_REBUILD");
    assertThat(get("auditor", "/api/projections/rebuilds.csv").body()).doesNotContain("bad-1");
  }

  @Test
  void otherSumsAreSwitchedInWhenTwoPeopleHaveAcceptedThemAndWhatWasShownStaysReadable()
      throws Exception {
    owner(
        """
        update projections.balance set cents = cents + case account_id % 2 when 0 then 7 else -7 end
         where account_id in (select min(account_id) from projections.balance group by account_id % 2)
        """);
    JsonNode shown = answer(200, get("auditor", "/api/balances"));
    JsonNode stopped = answer(200, get("auditor", "/api/wind-down"));
    List<String> shownFigures = figures(loggedIn("auditor").page(200, "/"));
    answer(404, get("auditor", "/api/balances?shownBefore=other-1"));
    answer(202, ask("clerk-1", "other-1", "accounts"));
    JsonNode differs = await("other-1", "DIFFERS");
    String digest = differs.get("progress").get("digest").asString();
    assertThat(differs.get("progress").get("differences").asLong()).isEqualTo(2);
    assertThat(differs.get("differing")).hasSize(2);
    for (JsonNode difference : differs.get("differing")) {
      assertThat(difference.get("source").asString()).isEqualTo("balance");
      assertThat(Math.abs(difference.get("after").asLong() - difference.get("before").asLong()))
          .isEqualTo(7);
    }

    assertThat(waiting("clerk-1")).containsExactly("ACCEPT_REBUILD acceptRebuildDifferences");
    assertThat(waiting("auditor")).hasSize(1);
    assertThat(waiting("funder")).isEmpty();
    assertThat(code(409, accept("clerk-1", "other-1", "0".repeat(64))))
        .isEqualTo("DIFFERENCES_CHANGED");
    assertThat(accept("auditor", "other-1", digest).statusCode()).isEqualTo(403);
    answer(200, post("clerk-1", REBUILDS + "/other-1/acceptance?dryRun=true", digest(digest)));
    answer(201, accept("clerk-1", "other-1", digest));
    answer(200, accept("clerk-1", "other-1", digest));
    assertThat(waiting("clerk-2")).containsExactly("CONFIRM_REBUILD confirmRebuildDifferences");
    String confirmation = REBUILDS + "/other-1/acceptance/confirmation";
    assertThat(code(422, post("clerk-1", confirmation, digest(digest))))
        .isEqualTo("SECOND_PERSON_NEEDED");
    assertThat(await("other-1", "DIFFERS").get("progress").has("endedAt")).isFalse();
    assertThat(answer(200, get("auditor", "/api/balances")).get("totals"))
        .isEqualTo(shown.get("totals"));
    answer(201, post("clerk-2", confirmation, digest(digest)));

    JsonNode done = await("other-1", "SWITCHED");
    assertThat(waiting("clerk-1")).isEmpty();
    assertThat(done.get("progress").get("replacedKept").asBoolean()).isTrue();
    JsonNode replaced =
        answer(200, get("auditor", REBUILDS + "/other-1/replaced-figures?source=balance"));
    assertThat(replaced.get("position")).isEqualTo(done.get("progress").get("comparedPosition"));
    for (JsonNode difference : done.get("differing")) {
      assertThat(
              replaced
                  .get("figures")
                  .valueStream()
                  .filter(figure -> figure.get("key").equals(difference.get("key")))
                  .map(figure -> figure.get("sum").asLong())
                  .toList())
          .containsExactly(difference.get("before").asLong());
    }
    answer(404, get("auditor", REBUILDS + "/other-1/replaced-figures?source=nothing"));
    // All of it in its own form, the same that was shown.
    for (String before : List.of("", "&asOfPosition=" + shown.get("position").asLong())) {
      JsonNode again = answer(200, get("funder", "/api/balances?shownBefore=other-1" + before));
      assertThat(again.get("caveats").get("shownBefore").asString()).isEqualTo("other-1");
    }
    JsonNode again = answer(200, get("auditor", "/api/balances?shownBefore=other-1"));
    assertThat(again.get("accounts")).isEqualTo(shown.get("accounts"));
    for (String fact : List.of("0", "99999999")) {
      assertThat(answer(422, get("auditor", "/api/postings?fact=" + fact)).toString())
          .contains("no fact is recorded at position " + fact);
    }
    JsonNode now = answer(200, get("auditor", "/api/balances"));
    assertThat(now.get("accounts")).isNotEqualTo(shown.get("accounts"));
    for (String path :
        List.of("/api/postings?shownBefore=", "/api/agreements/c-1/reconciliation?shownBefore=")) {
      assertThat(
              answer(200, get("auditor", path + "other-1"))
                  .get("caveats")
                  .get("shownBefore")
                  .asString())
          .isEqualTo("other-1");
      answer(404, get("auditor", path + "same-9"));
      answer(400, get("auditor", path + "no%20id"));
    }
    theSameIsTakenAwayAndShownOnPages(stopped, shownFigures);
    // Of what was recorded since, nothing was shown before.
    recorded("/api/funders", "{'funder':'later','name':'Plus tard','kind':'REGION'}");
    answer(
        422,
        get(
            "auditor",
            "/api/balances?shownBefore=other-1&asOfPosition="
                + answer(200, get("auditor", "/api/balances")).get("position").asLong()));
    String file = get("auditor", REBUILDS + "/other-1/differences").body();
    assertThat(file.lines().toList())
        .hasSize(3)
        .first()
        .isEqualTo("source,key,position,what,before,after");
    assertThat(file).contains(",cents,");
    assertThat(get("funder", REBUILDS + "/other-1/differences").statusCode()).isEqualTo(403);
    answer(404, get("auditor", REBUILDS + "/other-9/differences"));
    // What answers now is what the ledger says: another rebuild finds no difference.
    answer(202, ask("clerk-1", "other-2", "accounts"));
    assertThat(await("other-2", "SWITCHED").get("progress").get("differences").asLong()).isZero();
  }

  /** A file says in each row what it is of, and a page above its figures. */
  private void theSameIsTakenAwayAndShownOnPages(JsonNode stopped, List<String> shownFigures)
      throws Exception {
    JsonNode again = answer(200, get("auditor", "/api/wind-down?shownBefore=other-1"));
    for (String what : List.of("bankCents", "claimsCents", "remaindersCents", "funders")) {
      assertThat(again.get(what)).as(what).isEqualTo(stopped.get(what));
    }
    String then = "asOfPosition=" + stopped.get("position").asLong() + "&";
    for (String file :
        List.of(
            "/api/wind-down/export?",
            "/api/balances/export?groupBy=funder&",
            "/api/postings/export?",
            "/api/agreements/c-1/reconciliation/export?")) {
      assertThat(rows(file + "shownBefore=other-1"))
          .as(file)
          .isNotEmpty()
          .allMatch(row -> row.get("caveats").asString().equals("shownBefore other-1"));
      assertThat(rows(file + then))
          .as(file)
          .allMatch(
              row -> row.get("caveats").asString().startsWith("otherFiguresBefore other-1 until "));
      assertThat(get("auditor", file + "format=EXCEL_FR&shownBefore=other-1").body())
          .contains(";À savoir", "Chiffres montrés avant la reconstruction other-1");
      answer(404, get("auditor", file + "shownBefore=same-9"));
    }
    LoggedIn browser = loggedIn("auditor");
    assertThat(browser.page(200, "/ecritures?kind=BANK&shownBefore=other-1"))
        .contains("avant la reconstruction « other-1 »", "shownBefore=other-1");
    assertThat(browser.page(200, "/conventions/c-1/rapprochement?shownBefore=other-1"))
        .contains("avant la reconstruction « other-1 »", "&amp;shownBefore=other-1");
    browser.page(404, "/ecritures?shownBefore=same-9");
    String dashboard = browser.page(200, "/?shownBefore=other-1");
    assertThat(figures(dashboard)).isEqualTo(shownFigures).isNotEmpty();
    assertThat(dashboard)
        .contains("avant la reconstruction « other-1 »", "&amp;shownBefore=other-1");
    assertThat(figures(browser.page(200, "/"))).isNotEqualTo(shownFigures);
    assertThat(browser.page(200, "/?asOfPosition=" + stopped.get("position").asLong()))
        .contains("Voir ce qui était montré avant « other-1 »");
    // Of the accounts, on which a cheque's life and a register do not rest: nothing to show so.
    for (String other :
        List.of("/?shownBefore=same-9", "/cheques/00007-0001?shownBefore=other-1")) {
      browser.page(404, other);
    }
    for (String other :
        List.of("/api/cheques/00007-0001", "/api/prescribers/p-1/stock", "/api/venues")) {
      answer(404, get("auditor", other + "?shownBefore=other-1"));
    }
    // Folded from the ledger at each answer: no rebuild changes it.
    answer(400, get("auditor", "/api/cover?shownBefore=other-1"));
  }

  /** All amounts of a page, in their order. */
  private static List<String> figures(String page) {
    return Pattern.compile("<data[^>]* value=\"(-?\\d+)\"")
        .matcher(page)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private LoggedIn loggedIn(String login) throws Exception {
    return LoggedIn.as(login, "correct horse battery", "http://localhost:" + port);
  }

  private URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  private List<JsonNode> rows(String file) throws Exception {
    return JsonMapper.shared()
        .readTree(get("auditor", file + "&format=JSON").body())
        .valueStream()
        .toList();
  }

  @Test
  void oneThatCannotTakeAFactStopsThereSaysWhyAndMakesRoomForAnother() throws Exception {
    // As a defect of the new tables: one that answers has the row, and the new one refuses it.
    owner(
        "alter table projections.funder add constraint no_region check (id <> 'region') not valid");
    answer(202, ask("clerk-1", "stop-1", "registers"));
    JsonNode stopped = await("stop-1", "STOPPED").get("progress");
    long at = stopped.get("stoppedAt").asLong();
    assertThat(at).isPositive();
    assertThat(stopped.get("position").asLong()).isEqualTo(at - 1);
    assertThat(stopped.get("reason").asString()).contains("no_region");
    // What answers goes on.
    assertThat(answer(200, get("auditor", "/api/balances")).get("totals")).isNotNull();

    String aside = "/api/projections/registers/facts-set-aside";
    assertThat(
            code(
                422,
                post(
                    "clerk-1",
                    aside,
                    "{'position':%d,'reason':'DEFECT_OF_THE_FOLD'}".formatted(at + 1))))
        .isEqualTo("NOT_STOPPED_THERE");
    answer(
        200,
        post(
            "clerk-1",
            aside + "?dryRun=true",
            "{'position':%d,'reason':'DEFECT_OF_THE_FOLD'}".formatted(at)));

    // Asked for again it tries where it stands; with another id it makes room.
    answer(202, ask("clerk-1", "stop-1", "registers"));
    await("stop-1", "STOPPED");

    String fact = "{'position':%d,'reason':'DEFECT_OF_THE_FOLD'}".formatted(at);
    answer(201, post("clerk-1", aside, fact));
    assertThat(waiting("clerk-2", "registers/" + at))
        .containsExactly("CONFIRM_FACT_ASIDE confirmFactAside");
    answer(201, post("clerk-2", aside + "/" + at + "/confirmation", ""));
    assertThat(waiting("clerk-2", "registers/" + at)).isEmpty();
    assertThat(lag("registers").get("setAside").get(0).get("position").asLong()).isEqualTo(at);
    answer(202, ask("clerk-1", "stop-1", "registers"));
    // It passes over that one, and comes to what cannot be without it.
    await("stop-1", at);
    JsonNode without = await("stop-1", "STOPPED").get("progress");
    assertThat(without.get("stoppedAt").asLong()).isGreaterThan(at);
    assertThat(without.get("reason").asString()).contains("(region) is not present");

    // A release takes it, and two people say so: the next rebuild folds it.
    String lifting = aside + "/" + at + "/lifting";
    answer(201, post("clerk-2", lifting, ""));
    answer(200, post("clerk-2", lifting, ""));
    assertThat(waiting("clerk-1", "registers/" + at))
        .containsExactly("CONFIRM_LIFTING confirmLiftFactAside");
    assertThat(code(422, post("clerk-2", lifting + "/confirmation", "")))
        .isEqualTo("SECOND_PERSON_NEEDED");
    assertThat(lag("registers").get("setAside")).hasSize(1);
    answer(201, post("clerk-1", lifting + "/confirmation", ""));
    answer(200, post("clerk-1", lifting + "/confirmation", ""));
    assertThat(lag("registers").get("setAside")).isEmpty();
    owner("alter table projections.funder drop constraint no_region");
    answer(202, ask("clerk-1", "stop-2", "registers"));
    assertThat(await("stop-2", "SWITCHED").get("progress").get("differences").asLong()).isZero();
    JsonNode first = await("stop-1", "ABANDONED").get("progress");
    assertThat(first.get("endedAt").isNull()).isFalse();
  }

  @Test
  void aRebuildIsCancelledByHandWhileItIsAtWorkAndMakesRoom() throws Exception {
    String cancel = REBUILDS + "/cancel-1/cancellation";
    answer(404, post("clerk-1", cancel, ""));
    try (Connection holding = DATABASE.owner().getConnection()) {
      holding.setAutoCommit(false);
      try (Statement hold = holding.createStatement()) {
        hold.execute("select from projections.projection where name = 'claims' for update");
      }
      answer(202, ask("clerk-1", "cancel-1", "claims"));
      await("cancel-1", "CATCHING_UP");
      assertThat(post("auditor", cancel, "").statusCode()).isEqualTo(403);
      JsonNode cancelled = answer(200, post("clerk-2", cancel, ""));
      assertThat(cancelled.get("state").asString()).isEqualTo("ABANDONED");
      assertThat(cancelled.get("reason").asString()).startsWith("cancelled by ");
      assertThat(answer(200, post("clerk-1", cancel, ""))).isEqualTo(cancelled);
      answer(202, ask("clerk-1", "cancel-2", "claims"));
      holding.rollback();
    }
    await("cancel-2", "SWITCHED");
    assertThat(await("cancel-1", "ABANDONED").get("progress").get("endedAt").isNull()).isFalse();
    assertThat(code(409, post("clerk-1", REBUILDS + "/cancel-2/cancellation", "")))
        .isEqualTo("REBUILD_ENDED");
    try (Connection connection = DATABASE.owner().getConnection();
        Statement statement = connection.createStatement();
        ResultSet left =
            statement.executeQuery(
                "select count(*) from pg_namespace n join projections.rebuild r on n.nspname ="
                    + " 'rebuild_' || r.number where r.id = 'cancel-1'")) {
      left.next();
      assertThat(left.getLong(1)).isZero();
    }
  }

  @Test
  void whileOneIsUnderWayAnotherOfTheSameProjectionIsRefused() throws Exception {
    try (Connection holding = DATABASE.owner().getConnection()) {
      holding.setAutoCommit(false);
      try (Statement hold = holding.createStatement()) {
        hold.execute("select from projections.projection where name = 'labels' for update");
      }
      answer(202, ask("clerk-1", "way-1", "labels"));
      JsonNode waiting = await("way-1", "CATCHING_UP").get("progress");
      assertThat(waiting.get("of").asLong()).isPositive();
      assertThat(waiting.has("endedAt")).isFalse();
      assertThat(code(409, ask("clerk-2", "way-2", "labels"))).isEqualTo("REBUILD_UNDER_WAY");
      JsonNode lag = lag("labels");
      assertThat(lag.get("state").asString()).isEqualTo("REBUILDING");
      assertThat(lag.get("rebuild").get("rebuild").asString()).isEqualTo("way-1");
      holding.rollback();
    }
    await("way-1", "SWITCHED");
    answer(202, ask("clerk-2", "way-2", "labels"));
    await("way-2", "SWITCHED");
  }

  private JsonNode lag(String projection) throws Exception {
    for (JsonNode lag : answer(200, get("auditor", "/api/projections")).get("projections")) {
      if (lag.get("projection").asString().equals(projection)) {
        return lag;
      }
    }
    throw new AssertionError(projection);
  }

  private JsonNode await(String rebuild, String state) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (true) {
      JsonNode read = answer(200, get("auditor", REBUILDS + "/" + rebuild));
      if (read.get("progress").get("state").asString().equals(state)) {
        return read;
      }
      assertThat(System.nanoTime()).as(read.toString()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private void await(String rebuild, long position) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (answer(200, get("auditor", REBUILDS + "/" + rebuild))
            .get("progress")
            .get("position")
            .asLong()
        < position) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  private HttpResponse<String> ask(String by, String rebuild, String projection) throws Exception {
    return post(by, REBUILDS, "{'rebuild':'%s','projection':'%s'}".formatted(rebuild, projection));
  }

  /** Tasks about the rebuild, and the operation that ends each. */
  private List<String> waiting(String who) throws Exception {
    return waiting(who, "other-1");
  }

  private List<String> waiting(String who, String about) throws Exception {
    return answer(200, get(who, "/api/worklist"))
        .get("tasks")
        .valueStream()
        .filter(task -> task.get("about").asString().equals(about))
        .map(task -> task.get("kind").asString() + " " + task.get("remedy").asString())
        .toList();
  }

  private HttpResponse<String> accept(String by, String rebuild, String digest) throws Exception {
    return post(by, REBUILDS + "/" + rebuild + "/acceptance", digest(digest));
  }

  private static String digest(String digest) {
    return "{'digest':'%s'}".formatted(digest);
  }

  private static void owner(String sql) throws SQLException {
    try (Connection connection = DATABASE.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private HttpResponse<String> get(String by, String path) throws Exception {
    return send(by, HttpRequest.newBuilder(uri(path)));
  }

  /**
   * @param body with apostrophes for quotation marks
   */
  private HttpResponse<String> post(String by, String path, String body) throws Exception {
    return send(
        by,
        HttpRequest.newBuilder(uri(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private HttpResponse<String> send(String by, HttpRequest.Builder request) throws Exception {
    return http.send(
        request.header("Authorization", "Bearer " + keys.get(by)).build(),
        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private static JsonNode answer(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static String code(int status, HttpResponse<String> answer) {
    return answer(status, answer).get("code").asString();
  }
}
