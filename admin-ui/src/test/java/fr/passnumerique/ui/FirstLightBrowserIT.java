package fr.passnumerique.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ReducedMotion;
import fr.passnumerique.clearing.database.TestDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people see and do after the demo has played, in a real browser, on a wide and a narrow
 * screen. {@code -Dscreens=true} keeps pictures of the pages in {@code docs/screens}.
 */
class FirstLightBrowserIT {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int WIDE = 1280;
  private static final int NARROW = 320;
  private static final boolean SCREENS = Boolean.getBoolean("screens");
  private static final Path PICTURES = Path.of("..", "docs", "screens");
  private static final String ADMINISTRATIVE = "Aide aux démarches administratives";

  // The database inside is stopped with the application; what it leaves behind is of no interest.
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path data;

  private static ConfigurableApplicationContext application;
  private static String base;
  private static Map<String, JsonNode> accounts;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private BrowserContext context;
  private Page page;

  @BeforeAll
  static void playTheDemo() throws Exception {
    TestDatabase.sharePrograms(data);
    SpringApplication starter = new SpringApplication(ClearingApplication.class);
    starter.setAdditionalProfiles("demo");
    application = starter.run("--server.port=0", "--pass.data-directory=" + data);
    base = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!get("/actuator/health", null).contains("\"UP\"")) {
      assertThat(System.nanoTime()).as("the demo ends in time").isLessThan(end);
      Thread.sleep(500);
    }
    accounts = new java.util.HashMap<>();
    for (JsonNode account :
        JsonMapper.shared()
            .readTree(Files.readString(data.resolve("demo-accounts.json")))
            .path("accounts")) {
      accounts.put(account.path("login").asString(), account);
    }
    playwright = Playwright.create();
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(List.of("--no-sandbox", "--lang=fr-FR")));
  }

  private static Path chromium() {
    return Stream.concat(Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(":")))
        .map(folder -> Path.of(folder, "chromium"))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("install chromium"));
  }

  @AfterAll
  static void stop() {
    if (playwright != null) {
      playwright.close();
    }
    if (application != null) {
      application.close();
    }
  }

  @AfterEach
  void noPageWasComplainedOf() {
    assertThat(complaints).as("what browsers and accessibility checks complain of").isEmpty();
    if (context != null) {
      context.close();
    }
  }

  @Test
  void aClerkReadsTheDashboard() {
    open(WIDE);
    page.navigate(base + "/");
    look("connexion");
    logIn("agent");

    assertThat(page.getByRole(AriaRole.HEADING, named("Tableau de bord"))).isVisible();
    assertThat(page.locator(".todo li").first()).containsText("Libérer le règlement reglement-12");
    assertThat(page.locator("#couverture")).isVisible();
    assertThat(page.locator(".cover .tag").first()).hasText("Couvert");
    assertThat(page.locator("#t-financeurs tbody tr")).hasCount(8);
    // Drawn from the tables, so there is one beside each.
    assertThat(page.locator("figure.chart:visible")).hasCount(5);
    look("tableau-de-bord");

    page.navigate(base + "/nulle-part");
    assertThat(page.getByRole(AriaRole.HEADING, named("Page introuvable"))).isVisible();
    // The browser notes the status, which is right here.
    complaints.removeIf(complaint -> complaint.contains("404"));
    look("page-introuvable");
    page.navigate(base + "/bordereaux/nouveau");
    assertThat(page.getByRole(AriaRole.HEADING, named("Accès refusé"))).isVisible();
    complaints.removeIf(complaint -> complaint.contains("403"));

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Se déconnecter")).click();
    assertThat(page.getByText("Vous êtes déconnecté.")).isVisible();
  }

  /** A page that was shown is shown again, to the cent, whatever was recorded since. */
  @Test
  void aDashboardThatWasKeptIsShownAgain() throws Exception {
    open(WIDE);
    page.navigate(base + "/");
    logIn("agent");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Garder cet arrêté")).click();
    assertThat(page).hasURL(Pattern.compile(".*/\\?asOfPosition=\\d+$"));
    assertThat(page.locator(".standing").first()).containsText("Arrêté");
    assertThat(page.locator(".todo")).hasCount(0);
    look("tableau-de-bord-arrete");
    String kept = page.url();
    String shown = figures();

    JsonNode cash = JsonMapper.shared().readTree(get("/api/cover", "agent")).path("rows").path(0);
    String receipt =
        "{\"receipt\":\"arrete-1\",\"agreement\":%s,\"funder\":%s,\"amountCents\":1234,\"valueDate\":\"%s\"}"
            .formatted(
                cash.path("agreement"),
                cash.path("funder"),
                LocalDate.now(ZoneId.of("Europe/Paris")));
    HttpResponse<String> recorded =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(base + "/api/receipts"))
                    .header(
                        "Authorization",
                        "Bearer " + accounts.get("agent").path("apiKey").asString())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(receipt))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(recorded.statusCode()).as(recorded.body()).isEqualTo(201);

    page.navigate(base + "/");
    assertThat(figures()).isNotEqualTo(shown);
    page.navigate(kept);
    assertThat(figures()).isEqualTo(shown);
    page.navigate(kept.replace("asOfPosition", "position"));
    assertThat(figures()).isEqualTo(shown);
    page.navigate(
        base + "/?asOf=" + page.locator(".standing time").first().getAttribute("datetime"));
    assertThat(figures()).isEqualTo(shown);

    page.navigate(base + "/?asOfPosition=999999999");
    assertThat(page.getByRole(AriaRole.HEADING, named("Ce moment ne peut pas encore être montré")))
        .isVisible();
    complaints.removeIf(complaint -> complaint.contains("422"));
    look("moment-refuse");
  }

  /** From the dashboard to the postings of a figure, the fact behind one, and the slip of that. */
  @Test
  void aClerkOpensAFigureAndFollowsItToItsCause() {
    open(WIDE);
    page.navigate(base + "/");
    logIn("agent");
    everyFigureOpens();
    page.locator("#t-financeurs tbody tr .opens").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Apporté"))).isVisible();
    assertThat(page.locator(".count dt")).hasCount(4);
    look("chiffre-ouvert");

    page.navigate(base + "/");
    page.locator("#t-lieux tbody tr").first().locator(".opens").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Accepté")).first()).isVisible();
    page.locator(".count a").last().click();
    assertThat(page.locator(".count a[aria-current]")).hasText("Titres payés");
    assertThat(page.locator("#t-ecritures tbody tr").first()).isVisible();
    page.locator(".count a").first().click();
    page.locator("#t-ecritures tbody th a", containing("Bordereau jugé")).first().click();
    assertThat(page.getByRole(AriaRole.HEADING, containingName("Bordereau jugé"))).isVisible();
    look("fait-ouvert");
    page.locator(".facts a.code").first().click();
    assertThat(page.locator("#t-acceptees tbody a").first()).isVisible();

    page.navigate(base + "/");
    page.locator("#t-conventions tbody th a").first().click();
    assertThat(page.getByText("Tout est expliqué au centime")).isVisible();
    assertThat(page.locator("#t-etapes tbody tr")).hasCount(9);
    look("rapprochement");
  }

  /**
   * Money is followed both ways: from a run to a transfer, the bank's booking, a line, its cheque,
   * and the receipt behind it; and back from the cheque to the transfer.
   */
  @Test
  void moneyIsFollowedFromARunToTheReceiptsAndFromAChequeBack() {
    open(WIDE);
    page.navigate(base + "/");
    logIn("agent");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Règlements")).click();
    assertThat(page.locator("#t-reglements tbody tr")).hasCount(12);
    look("reglements");
    page.locator("#t-reglements a", containing("reglement-6")).click();
    assertThat(page.locator("#t-virements tbody tr").first()).isVisible();
    look("reglement");
    page.locator("#t-virements tbody tr", containing("Payé")).locator("th a").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, containingName("Virement"))).isVisible();
    assertThat(page.locator(".life")).containsText("référence de la banque");
    look("virement");
    String transfer = page.url();
    String sum = String.valueOf(page.locator(".sum data").getAttribute("value"));
    long lines =
        page.locator("#t-lignes td.amount data").all().stream()
            .mapToLong(cents -> Long.parseLong(String.valueOf(cents.getAttribute("value"))))
            .sum();
    assertThat(Long.toString(lines)).as("the lines of %s", transfer).isEqualTo(sum);
    page.locator(".pays-part a").first().click();
    assertThat(page.getByText("Ce que la banque en dit")).isVisible();
    assertThat(page.locator("#t-emplois tbody tr").first()).containsText("Chèques activés");
    look("versement");

    page.navigate(transfer);
    page.locator("#t-lignes tbody th a").first().click();
    assertThat(page.locator(".life")).containsText("Payé");
    assertThat(page.locator("#versements")).isVisible();
    look("vie-d-un-cheque-paye");
    page.locator(".life a.code", containing("reglement-6-")).first().click();
    assertThat(page).hasURL(transfer);
    page.goBack();
    page.locator(".pays a").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, containingName("Versement"))).isVisible();
    page.locator(".standing a").first().click();
    assertThat(page.locator(".facts a.code").first()).isVisible();
  }

  /**
   * Of each type of fact one: its page leads to what it is about, and that to all that it names.
   */
  @Test
  void everyFactOfTheLedgerLeadsToWhatItIsAbout() throws Exception {
    openWithoutScript("agent");
    Map<String, Long> facts = new TreeMap<>();
    for (JsonNode posting :
        JsonMapper.shared().readTree(get("/api/postings/export?format=JSON", "agent"))) {
      facts.putIfAbsent(posting.path("fact").asString(), posting.path("position").asLong());
    }
    assertThat(facts).hasSizeGreaterThan(20);
    Set<String> things = new TreeSet<>();
    facts.forEach(
        (fact, position) -> {
          page.navigate(base + "/ecritures?fact=" + position);
          List<String> about = addresses(page.locator("#fait + * a, .facts a"));
          assertThat(about).as(fact).isNotEmpty();
          things.addAll(about);
        });
    Set<String> named = new TreeSet<>();
    for (String thing : things) {
      page.navigate(base + thing);
      assertThat(page.locator("h1").innerText()).as(thing).doesNotContain("introuvable");
      named.addAll(addresses(page.locator(".facts a, .links a, .life a.code")));
    }
    assertThat(named).hasSizeGreaterThan(20);
    for (String one : named) {
      assertThat(page.request().get(base + one).status()).as(one).isEqualTo(200);
    }
  }

  private static List<String> addresses(Locator links) {
    return links.all().stream().map(link -> String.valueOf(link.getAttribute("href"))).toList();
  }

  /** What was told of a thing is told again, however much is recorded of it since. */
  @Test
  void aThingIsShownAsItStoodAndIsNoOtherFunders() throws Exception {
    openWithoutScript("agent");
    String note = "/avoirs/commande-16-essai~anct";
    page.navigate(base + note);
    assertThat(page.locator("main .tag").first()).hasText("Remboursé");
    String issued =
        String.valueOf(page.locator(".life .proof a").first().getAttribute("href"))
            .replaceAll("\\D", "");
    page.navigate(base + note + "?asOfPosition=" + issued);
    assertThat(page.locator("main .tag").first()).hasText("À rembourser");
    assertThat(page.locator(".life > li")).hasCount(1);
    long before = Long.parseLong(issued) - 1;
    assertThat(page.request().get(base + note + "?asOfPosition=" + before).status()).isEqualTo(404);
    assertThat(page.request().get(base + note + "?businessDate=2026-07-01").status())
        .isEqualTo(400);
    context.close();
    openWithoutScript("anct");
    assertThat(page.request().get(base + note).status()).isEqualTo(200);
    assertThat(page.request().get(base + "/commandes/commande-16-essai").status()).isEqualTo(403);
    context.close();
    openWithoutScript("departement-16");
    assertThat(page.request().get(base + note).status()).isEqualTo(404);
    context.close();
    openWithoutScript("la-poste-nice");
    assertThat(page.request().get(base + "/indus/indu-1").status()).isEqualTo(404);
    context.close();
    openWithoutScript("bus-charente");
    assertThat(page.request().get(base + "/indus/indu-1").status()).isEqualTo(200);
  }

  /** While it is at work, and without any script: asked first, then done, or told too late. */
  @Test
  void aClerkCancelsARebuildAndAnAuditorOnlyLooksAtIt() throws Exception {
    try (Connection holding =
            application.getBean("projectionsDataSource", DataSource.class).getConnection();
        Statement hold = holding.createStatement()) {
      holding.setAutoCommit(false);
      hold.execute("select from projections.projection where name = 'claims' for update");
      rebuild("annulee-1");
      openWithoutScript("auditeur");
      page.navigate(base + "/projections");
      page.locator("#t-reconstructions a", containing("annulee-1")).click();
      assertThat(page.locator("#avancement .btn")).hasText(new String[] {"Actualiser"});
      assertThat(page.request().get(page.url() + "/annulation").status()).isEqualTo(403);
      context.close();

      openWithoutScript("agent");
      page.navigate(base + "/projections/reconstructions/annulee-1");
      page.getByText("Annuler la reconstruction").click();
      page.getByText("La laisser continuer").click();
      assertThat(page.locator("#avancement .tag")).not().hasText("Abandonnée");
      page.getByText("Annuler la reconstruction").click();
      page.getByText("Annuler cette reconstruction").click();
      assertThat(page.locator("#annulee")).isVisible();
      assertThat(page.locator("#avancement .tag")).hasText("Abandonnée");
      assertThat(page.locator("#avancement .btn")).hasCount(0);

      rebuild("annulee-2");
      page.navigate(base + "/projections/reconstructions/annulee-2/annulation");
      holding.rollback();
    }
    while (!get("/api/projections/rebuilds/annulee-2", "agent").contains("SWITCHED")) {
      Thread.sleep(200);
    }
    page.getByText("Annuler cette reconstruction").click();
    assertThat(page.getByText("Trop tard pour annuler")).isVisible();
    assertThat(page.locator("#avancement .tag")).hasText("En service");
  }

  private static void rebuild(String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/api/projections/rebuilds"))
            .header("Authorization", "Bearer " + accounts.get("agent").path("apiKey").asString())
            .header("Content-Type", "application/json")
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"rebuild\":\"%s\",\"projection\":\"claims\"}".formatted(id)))
            .build();
    assertThat(
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .statusCode())
        .isEqualTo(202);
  }

  private void openWithoutScript(String login) {
    context =
        browser.newContext(
            new Browser.NewContextOptions().setJavaScriptEnabled(false).setViewportSize(WIDE, 900));
    page = context.newPage();
    page.navigate(base + "/");
    logIn(login);
  }

  @Test
  void aFunderOpensItsOwnFiguresAndAgreementsAlone() {
    open(WIDE);
    page.navigate(base + "/");
    logIn("departement-16");
    everyFigureOpens();
    String own =
        String.valueOf(page.locator("#t-conventions tbody th a").first().getAttribute("href"));
    assertThat(page.request().get(base + own).status()).isEqualTo(200);
    for (String foreign :
        List.of(
            "/conventions/convention-gironde/rapprochement", "/ecritures?funder=region-bretagne")) {
      assertThat(page.request().get(base + foreign).status()).as(foreign).isEqualTo(404);
    }
  }

  /** What a figure opens on comes to the cent that the table shows. */
  private void everyFigureOpens() {
    int links = 0;
    for (Locator link : page.locator("main table .opens").all()) {
      String address = String.valueOf(link.getAttribute("href"));
      String shown = String.valueOf(link.locator("data").getAttribute("value"));
      String opened = page.request().get(base + address).text();
      assertThat(opened)
          .as(address)
          .containsPattern("id=\"chiffre\"><data[^>]* value=\"" + shown + "\"");
      links++;
    }
    assertThat(links).isGreaterThan(20);
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions containingName(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(name));
  }

  private String figures() {
    return String.join("\n", page.locator("main .cover, main .legend, main table").allInnerTexts());
  }

  /** Serials, references and SIRETs as texts, amounts, days and moments as that. */
  @Test
  void everyTableIsInAFrenchSpreadsheetWhatItIsForMachines() throws Exception {
    JsonNode balances =
        JsonMapper.shared().readTree(get("/api/balances?groupBy=agreement,prescriber", "agent"));
    JsonNode run = JsonMapper.shared().readTree(get("/api/settlement-runs/reglement-1", "agent"));
    String transfer = run.path("transfers").path(0).path("transfer").asString();
    JsonNode line =
        JsonMapper.shared()
            .readTree(
                get(
                    "/api/settlement-runs/reglement-1/remittance-advice.csv?format=JSON&transfer="
                        + transfer,
                    "agent"))
            .path(0);
    Map<String, String> names =
        Map.of(
            "agreementId", balances.path("agreements").path(0).path("agreement").asString(),
            "prescriberId", balances.path("prescribers").path(0).path("prescriber").asString(),
            "runId", "reglement-1",
            "exportRemittanceAdvice.transfer", transfer,
            "venueId", line.path("venue").asString(),
            "exportPostings.venue", line.path("venue").asString(),
            "reference", line.path("slip").asString(),
            "serial", line.path("cheque").asString(),
            "groupBy",
                "venue,funder,agreement,programme,prescriber,fundingDepartement,spendingDepartement,flow");

    Map<String, Integer> rows = new TakenTables(path -> get(path, "agent"), names).walk();

    // No projection of the demo was rebuilt; RebuildEndpointIT takes those away.
    assertThat(rows).hasSize(37).doesNotContainKey("exportRebuildDifferences");
    assertThat(rows.entrySet().stream().filter(row -> row.getValue() == 0).map(Map.Entry::getKey))
        .containsExactlyInAnyOrder(
            // Of which nothing happens in the demo.
            "exportConflictsOfInterest",
            "exportDebitNotes",
            "exportRebuilds",
            "exportUnmatchedEntries");
  }

  @Test
  void aFunderSeesItsOwnCentsOnly() {
    open(WIDE);
    page.navigate(base + "/");
    logIn("departement-16");

    assertThat(page.getByText("Département de la Charente").first()).isVisible();
    assertThat(page.locator("#t-conventions tbody tr")).hasCount(1);
    assertThat(page.locator("#t-financeurs")).hasCount(0);
    look("tableau-de-bord-financeur");
  }

  @Test
  void aPrescriberSeesItsStock() {
    open(WIDE);
    page.navigate(base + "/");
    logIn("ccas-ruffec");

    assertThat(page.getByRole(AriaRole.HEADING, named("CCAS de Ruffec"))).isVisible();
    // Its two first orders, a replacement, and the order after the amendment.
    assertThat(page.locator("#t-lots tbody tr")).hasCount(4);
    look("tableau-de-bord-prescripteur");
  }

  @Test
  void aStrangerIsSentToTheLoginAndAWrongPasswordIsTold() {
    open(WIDE);
    page.navigate(base + "/cheques");
    page.fill("#login", "agent");
    page.fill("#password", "not the password");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Se connecter")).click();

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Identifiant ou mot de passe inconnu");
  }

  @Test
  void aVenueMendsOneLineSendsItsSlipAndReadsTheChequesLife() throws Exception {
    List<String> codes = spendable(2);
    String mistyped = mistyped(codes.get(1));
    open(WIDE);
    page.navigate(base + "/");
    logIn("bus-charente");
    assertThat(page.getByRole(AriaRole.HEADING, named("Emmaus Ruffec"))).isVisible();
    look("tableau-de-bord-lieu");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Nouveau bordereau"))
        .first()
        .click();
    page.fill("#reference", "premier-jour");
    page.fill("#codes", codes.get(0) + "\n" + mistyped + "\n");
    page.fill("#servedOn", LocalDate.now(ZoneId.of("Europe/Paris")).toString());
    page.selectOption("#service", ADMINISTRATIVE);
    page.selectOption("#pointOfService", "bus-charente-2");
    look("bordereau-saisie");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier le bordereau"))
        .click();

    assertThat(page.locator("#corriger")).hasText("1\u00A0ligne à corriger");
    assertThat(page.locator(".mend .tag")).hasText("Clé fausse");
    assertThat(page.locator("#t-bonnes tbody tr")).hasCount(1);
    assertThat(page.getByText("Relisez-les sur le chèque")).isVisible();
    look("bordereau-verification");

    page.fill("#cheque-2", codes.get(1));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier de nouveau"))
        .click();
    assertThat(page.locator("#t-bonnes tbody tr")).hasCount(2);
    assertThat(page.getByText("Toutes les lignes sont acceptées")).isVisible();

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer le bordereau"))
        .click();
    assertThat(page.getByText("Votre bordereau est enregistré")).isVisible();
    assertThat(page.locator("#t-acceptees tbody tr")).hasCount(2);
    assertThat(page.locator(".count .money")).hasText("20,00\u00A0€");
    // Whoever looks over the shoulder learns no check part.
    assertThat(page.content()).doesNotContain(codes.get(0)).doesNotContain(codes.get(1));
    look("bordereau-enregistre");

    page.locator("#t-acceptees a").first().click();
    assertThat(page.locator(".life")).containsText("Remis à une personne");
    assertThat(page.locator(".life")).containsText("Accepté par un lieu");
    assertThat(page.locator(".life")).containsText("premier-jour");
    look("vie-d-un-cheque");

    page.navigate(base + "/cheques");
    page.fill("#serial", codes.get(1).toLowerCase(java.util.Locale.ROOT));
    look("recherche-d-un-cheque");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Retrouver")).click();
    // The check part that was typed is in no address, so in no log.
    assertThat(page).hasURL(Pattern.compile(".*/cheques/\\w{5}-\\w{4}$"));
    assertThat(page.locator(".life")).containsText("Accepté par un lieu");

    page.navigate(base + "/");
    page.fill("#reference", "premier-jour");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Retrouver")).click();
    assertThat(page.locator("#t-acceptees tbody tr")).hasCount(2);
  }

  @Test
  void aSlipIsSentWithoutAnyScript() throws Exception {
    String code = spendable(3).get(2);
    openWithoutScript("bus-charente");
    page.navigate(base + "/bordereaux/nouveau");
    page.fill("#reference", "sans-script");
    page.setInputFiles(
        "#file",
        new com.microsoft.playwright.options.FilePayload(
            "bordereau.csv",
            "text/csv",
            """
            \uFEFFcheque;servedOn;service;pointOfService
            %s;%s;%s;bus-charente-2
            0000;demain;%s;bus-charente-2
            """
                .formatted(
                    code, LocalDate.now(ZoneId.of("Europe/Paris")), ADMINISTRATIVE, ADMINISTRATIVE)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier le bordereau"))
        .click();
    assertThat(page.locator(".mend .tag")).hasText("Illisible");
    assertThat(
            page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer le bordereau")))
        .isDisabled();
    page.check("#drop-2");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier de nouveau"))
        .click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer le bordereau"))
        .click();
    assertThat(page.getByText("Votre bordereau est enregistré")).isVisible();
  }

  private void open(int width) {
    context =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setLocale("fr-FR")
                .setTimezoneId("Europe/Paris")
                // A button half way through its change of colour would be judged as it never stays.
                .setReducedMotion(ReducedMotion.REDUCE));
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
  }

  private void logIn(String login) {
    page.fill("#login", login);
    page.fill("#password", accounts.get(login).path("password").asString());
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Se connecter")).click();
  }

  /** On both widths: no rule of accessibility is broken, nothing is wider than the screen. */
  private void look(String name) {
    for (int width : new int[] {NARROW, WIDE}) {
      page.setViewportSize(width, 900);
      new AxeBuilder(page)
          .analyze()
          .getViolations()
          .forEach(
              rule ->
                  complaints.add("%s, %d px: %s".formatted(page.url(), width, rule.toString())));
      Object overflow =
          page.evaluate(
              "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (!overflow.equals(0)) {
        complaints.add("%s is %s px wider than %d px".formatted(page.url(), overflow, width));
      }
      if (SCREENS) {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + (width == WIDE ? "" : "-etroit") + ".png"))
                .setFullPage(true));
      }
    }
    takeAway();
    // The check leaves empty style attributes behind; htmx would copy them, and the policy object.
    page.evaluate(
        "() => document.querySelectorAll('[style]').forEach(e => e.removeAttribute('style'))");
  }

  /** Each table's files are there for whoever sees it, with a row for each of the table's. */
  private void takeAway() {
    for (Locator exports : page.locator(".exported:has(.exports)").all()) {
      for (Locator link : exports.locator(".exports a").all()) {
        String address = String.valueOf(link.getAttribute("href"));
        APIResponse file = page.request().get(base + address);
        assertThat(file.status()).as(address).isEqualTo(200);
        if (address.contains("format=CSV")) {
          int rows = exports.locator("tbody tr:not([data-aside])").count();
          assertThat(file.text().lines().count()).as("lines of %s", address).isGreaterThan(rows);
        }
      }
    }
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** Codes of cheques that a person holds, has not spent and still may, each of another carnet. */
  private static List<String> spendable(int wanted) throws Exception {
    List<String> codes = new ArrayList<>();
    List<String> printed = get("/api/orders/commande-16/codes", "agent").lines().skip(1).toList();
    // The last ones were handed out last, and are valid longest.
    for (int i = printed.size() - 1; i >= 0 && codes.size() < wanted; i -= 11) {
      String[] serialAndCode = printed.get(i).split(",", 2);
      String history = get("/api/cheques/" + serialAndCode[0], "agent");
      if (history.contains("\"state\":\"HANDED_OUT\"") && history.contains("\"activated\":true")) {
        codes.add(serialAndCode[1]);
      }
    }
    assertThat(codes).as("cheques in people's hands").hasSize(wanted);
    return codes;
  }

  private static String mistyped(String code) {
    char last = code.charAt(code.length() - 1);
    return code.substring(0, code.length() - 1) + (last == '7' ? '8' : '7');
  }

  private static String get(String path, String login) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (login != null) {
      request.header("Authorization", "Bearer " + accounts.get(login).path("apiKey").asString());
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
