package fr.passnumerique.ui.venue;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.ClearingApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
 * A venue at its work, from the login to the result, in a real browser. {@code -Dscreens=true}
 * keeps pictures of the pages in {@code docs/screens}.
 */
class VenueWalkIT {
  private static final String ADMINISTRATIVE = "Aide aux démarches administratives";
  private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("dd/MM/uuuu");
  private static final int WIDE = 1280;
  private static final int[] WIDTHS = {320, 360, WIDE};

  // --- the demo, played, and a browser

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path data;

  private static ConfigurableApplicationContext application;
  private static String base;
  private static Map<String, JsonNode> accounts;
  private static Playwright playwright;
  private static Browser browser;

  private final List<String> complaints = new ArrayList<>();
  private @Nullable BrowserContext context;
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
    accounts = new HashMap<>();
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
    lookForCheques();
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

  private void logIn(String login) {
    BrowserContext opened =
        browser.newContext(
            new Browser.NewContextOptions()
                .setViewportSize(WIDE, 900)
                .setLocale("fr-FR")
                .setTimezoneId("Europe/Paris")
                .setReducedMotion(ReducedMotion.REDUCE));
    context = opened;
    page = opened.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    page.navigate(base + "/");
    page.fill("#login", login);
    page.fill("#password", requireNonNull(accounts.get(login)).path("password").asString());
    press("Se connecter");
  }

  /** At each width: no rule of accessibility is broken, nothing is wider than the screen. */
  private void look(String name) {
    for (int width : WIDTHS) {
      page.setViewportSize(width, 900);
      new AxeBuilder(page)
          .analyze()
          .getViolations()
          .forEach(rule -> complaints.add("%s, %d px: %s".formatted(page.url(), width, rule)));
      Object overflow =
          page.evaluate(
              "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (!overflow.equals(0)) {
        complaints.add("%s is %s px wider than %d px".formatted(page.url(), overflow, width));
      }
      if (Boolean.getBoolean("screens") && width != 360) {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    Path.of(
                        "..", "docs", "screens", name + (width == WIDE ? "" : "-etroit") + ".png"))
                .setFullPage(true));
      }
    }
    // The check leaves empty style attributes behind; htmx would copy them, and the policy object.
    page.evaluate(
        "() => document.querySelectorAll('[style]').forEach(e => e.removeAttribute('style'))");
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  private static String get(String path, @Nullable String login) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
    if (login != null) {
      request.header(
          "Authorization",
          "Bearer " + requireNonNull(accounts.get(login)).path("apiKey").asString());
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  // --- cheques

  /** Codes of cheques that a person holds, has not spent and still may. */
  private static final List<String> SPENDABLE = new ArrayList<>();

  private static String used = "";

  private static void lookForCheques() throws Exception {
    List<String> printed = get("/api/orders/commande-16/codes", "agent").lines().skip(1).toList();
    // The last ones were handed out last, and are valid longest.
    for (int i = printed.size() - 3; i >= 0 && (SPENDABLE.size() < 4 || used.isEmpty()); i -= 11) {
      String[] serialAndCode = printed.get(i).split(",", 2);
      String history = get("/api/cheques/" + serialAndCode[0], "agent");
      if (history.contains("\"state\":\"HANDED_OUT\"") && history.contains("\"activated\":true")) {
        SPENDABLE.add(serialAndCode[1]);
      } else if (history.contains("\"state\":\"REDEEMED\"")) {
        used = serialAndCode[1];
      }
    }
    assertThat(SPENDABLE).as("cheques in people's hands").hasSizeGreaterThanOrEqualTo(4);
    assertThat(used).isNotEmpty();
  }

  private static String mistyped(String code) {
    char last = code.charAt(code.length() - 1);
    return code.substring(0, code.length() - 1) + (last == '7' ? '8' : '7');
  }

  private static String today() {
    return LocalDate.now(ZoneId.of("Europe/Paris")).toString();
  }

  // --- the walk

  @Test
  void aVenueEntersASlipWithBadLinesByKeyboardMendsAndSendsItAndReadsItsState() throws Exception {
    List<String> codes = SPENDABLE.subList(0, 2);
    logIn("bus-charente");
    assertThat(page.getByRole(AriaRole.HEADING, named("Derniers bordereaux"))).isVisible();
    look("tableau-de-bord-lieu");
    page.navigate(base + "/bordereaux/nouveau");
    look("bordereau-saisie");

    // By keys alone, from the top of the page.
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasText("Aller au contenu");
    page.keyboard().press("Enter");
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasId("reference");
    page.keyboard().type("clavier-1");
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasId("codes");
    page.keyboard()
        .insertText(
            String.join(
                "\n",
                codes.get(0),
                "ZZZZZ-ZZZZ-ZZZZZZ",
                used,
                mistyped(codes.get(1)),
                codes.get(1) + ";01/01/2099"));
    page.keyboard().press("Tab");
    assertThat(page.locator(":focus")).hasId("servedOn");
    typeTheDay();
    focus("service");
    page.keyboard().type("Aide aux");
    focus("pointOfService");
    page.keyboard().press("ArrowDown");
    page.keyboard().press("ArrowDown");
    focus("file");
    page.keyboard().press("Tab");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");

    assertThat(page.locator("#corriger")).hasText("4\u00A0lignes à corriger");
    assertThat(page.locator(".mend .tag"))
        .hasText(new String[] {"Chèque inconnu", "Déjà utilisé", "Clé fausse", "Date à venir"});
    look("bordereau-verification");

    // Only what is wrong is mended: two are taken out, the mistyped one too, and the day put right.
    page.check("#drop-2");
    page.check("#drop-3");
    page.check("#drop-4");
    page.fill("#servedOn-5", today());
    press("Vérifier de nouveau");
    assertThat(page.getByText("Toutes les lignes sont acceptées")).isVisible();
    assertThat(page.locator("#t-bonnes tbody tr")).hasCount(2);
    press("Envoyer le bordereau");
    assertThat(page.getByText("Votre bordereau est enregistré")).isVisible();
    assertThat(page.locator("[aria-labelledby=argent]")).containsText("prochain règlement");
    look("bordereau-enregistre");

    page.navigate(base + "/bordereaux");
    assertThat(page.locator("#t-bordereaux tbody tr").first()).containsText("clavier-1");
    assertThat(page.locator("#t-bordereaux tbody tr").first().locator(".tag")).hasText("Dû");
    look("mes-bordereaux");
    page.selectOption("#state", "PAID");
    press("Montrer");
    assertThat(page).hasURL(Pattern.compile(".*state=PAID.*"));
    assertThat(page.locator("#t-bordereaux tbody tr").first()).isVisible();
    for (String states : page.locator("#t-bordereaux .states").allTextContents()) {
      assertThat(states).contains("Payé");
    }
    page.locator("#t-bordereaux tbody th a").first().click();
    assertThat(page.locator("[aria-labelledby=argent]")).containsText("Virement exécuté le");
    look("bordereau-paye");
    String advice = page.locator("[aria-labelledby=argent] a.paper").first().getAttribute("href");
    assertThat(page.request().get(base + advice).status()).as(advice).isEqualTo(200);
  }

  /** Day first, as a French browser has it, or month first. */
  private void typeTheDay() {
    String[] day = today().split("-");
    page.keyboard().type(day[2] + day[1] + day[0]);
    if (!page.inputValue("#servedOn").equals(today())) {
      page.keyboard().press("Shift+Tab");
      page.keyboard().press("Tab");
      page.keyboard().type(day[1] + day[2] + day[0]);
    }
    assertThat(page.locator("#servedOn")).hasValue(today());
  }

  private void focus(String id) {
    for (int i = 0; i < 8 && !page.locator("#" + id + ":focus").isVisible(); i++) {
      page.keyboard().press("Tab");
    }
    assertThat(page.locator(":focus")).hasId(id);
  }

  @Test
  void aFileOfAFrenchSpreadsheetIsExaminedAndOneThatIsNoneIsToldWhatToDo() throws Exception {
    String code = SPENDABLE.get(2);
    logIn("bus-charente");
    upload("fichier-1", "A".repeat(3).getBytes(StandardCharsets.UTF_16));
    assertThat(page.locator("[role=alert]")).containsText("CSV UTF-8");
    assertThat(page.locator("#reference")).hasValue("fichier-1");
    upload("fichier-1", ("cheque;date\n" + "x;y\n".repeat(3)).getBytes(StandardCharsets.UTF_8));
    assertThat(page.locator("[role=alert]")).isVisible();
    upload(
        "fichier-1",
        ("Chèque;Date du service;Service;Point d’accueil\n"
                + "%s;%s;%s;bus-charente-2\n"
                    .formatted(code, today(), ADMINISTRATIVE)
                    .repeat(1_001))
            .getBytes(StandardCharsets.UTF_8));
    assertThat(page.locator("[role=alert]")).containsText("trop long");
    upload(
        "fichier-1",
        "\uFEFFPoint d’accueil;Chèque;Date du service;Service\nbus-charente-2;%s;%s;%s\n"
            .formatted(code, LocalDate.parse(today()).format(FRENCH), ADMINISTRATIVE)
            .getBytes(StandardCharsets.UTF_8));
    assertThat(page.getByText("Toutes les lignes sont acceptées")).isVisible();
  }

  private void upload(String reference, byte[] file) {
    page.navigate(base + "/bordereaux/nouveau");
    page.fill("#reference", reference);
    page.setInputFiles("#file", new FilePayload("bordereau.csv", "text/csv", file));
    press("Vérifier le bordereau");
    complaints.removeIf(complaint -> complaint.contains("status of 4"));
  }

  @Test
  void aChequeIsCheckedAtTheCounterAndAnotherIsSaidToBeUsed() throws Exception {
    String good = SPENDABLE.get(3);
    logIn("bus-charente");
    page.navigate(base + "/verification");
    look("verification-d-un-cheque");
    page.fill("#cheque", good);
    page.selectOption("#service", ADMINISTRATIVE);
    page.selectOption("#pointOfService", "bus-charente-2");
    press("Vérifier");
    assertThat(page.locator("#verdict")).containsText("Le chèque est bon");
    look("verification-bon");
    // Its last letters are a secret.
    assertThat(page.content()).doesNotContain(good);
    page.fill("#cheque", used);
    press("Vérifier");
    assertThat(page.locator("#verdict")).containsText("Déjà utilisé");
    assertThat(page.locator("[aria-labelledby=verdict]")).containsText("Que faire");
    page.fill("#cheque", "12");
    press("Vérifier");
    assertThat(page.locator("[role=alert]")).isVisible();
    complaints.removeIf(complaint -> complaint.contains("status of 400"));
  }

  @Test
  void theCameraIsOfferedWhereTheBrowserReadsQrCodesAndTypesWhatItReads() throws Exception {
    logIn("bus-charente");
    page.navigate(base + "/bordereaux/nouveau");
    assertThat(page.locator(".scan")).isHidden();
    assertThat(page.request().get(base + "/bordereaux/nouveau").headers())
        .hasEntrySatisfying(
            "permissions-policy", policy -> assertThat(policy).contains("camera=(self)"));
    assertThat(page.request().get(base + "/bordereaux").headers())
        .hasEntrySatisfying(
            "permissions-policy", policy -> assertThat(policy).contains("camera=()"));

    requireNonNull(context)
        .addInitScript(
            """
            window.BarcodeDetector = class {
              static async getSupportedFormats() { return ["qr_code"]; }
              async detect() { return [{ rawValue: "00007-0001-7Q4ZK2" }]; }
            };
            Object.defineProperty(navigator, "mediaDevices", { value: {
              getUserMedia: async () => document.createElement("canvas").captureStream(5),
            }});
            HTMLMediaElement.prototype.play = async () => {};
            """);
    page.navigate(base + "/bordereaux/nouveau");
    page.fill("#codes", "00007-0002-1B2C3D");
    press("Lire un QR avec la caméra");
    assertThat(page.locator("#codes")).hasValue("00007-0002-1B2C3D\n00007-0001-7Q4ZK2\n");
    assertThat(page.locator(".scan [role=status]"))
        .hasText("Chèque 000070001 lu, 2 dans le bordereau.");
    press("Arrêter la caméra");
    assertThat(page.locator(".scan video")).isHidden();
  }

  @Test
  void aVenueReadsItsAccountByItsEndsAndItsLabelAndNobodyElses() throws Exception {
    logIn("bus-charente");
    page.navigate(base + "/mon-lieu");
    assertThat(page.getByRole(AriaRole.HEADING, named("Mon compte et mon label"))).isVisible();
    assertThat(page.locator("[aria-labelledby=compte]")).containsText("••••");
    assertThat(page.locator("#t-points tbody tr").first()).containsText("Labellisé");
    look("mon-lieu");
    String other =
        accounts.values().stream()
            .filter(account -> account.path("role").asString().equals("VENUE"))
            .map(account -> account.path("subject").asString())
            .filter(subject -> !page.url().endsWith(subject))
            .findFirst()
            .orElse("99999999999999");
    assertThat(page.navigate(base + "/lieux/" + other).status()).isIn(403, 404);
    assertThat(page.navigate(base + "/bordereaux?venue=" + other).status()).isIn(403, 404);
    complaints.removeIf(complaint -> complaint.contains("status of 40"));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
