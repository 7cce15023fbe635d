package fr.passnumerique.ui.settlement;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SelectOption;
import fr.passnumerique.clearing.access.FactorCodes;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.ClearingApplication;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What two clerks do until everybody is paid: on pages alone, without a script, and as in
 * production, where releasing money asks for a second factor. {@code -Dscreens=true} keeps pictures
 * in {@code docs/screens}.
 */
class SettlementWalkIT {
  private static final String NEW_IBAN = "FR76 3000 6000 0112 3456 7890 189";
  private static final String RUN = "reglement-a";
  private static final String NEXT = "reglement-b";

  private static ConfigurableApplicationContext application;
  private static Playwright playwright;
  private static Browser browser;
  private static String base;

  private final List<String> complaints = new ArrayList<>();
  private Page one;
  private Page other;

  @Test
  void twoClerksPayWhatIsOwedAndMendWhatTheBankRejects() throws Exception {
    one = open();
    logIn(one, "agent");
    opensARun();
    isRefusedToReleaseItAlone();
    other = open();
    logIn(other, "agent-2");
    releasesItWithASecondFactor();
    Rejected rejected = takesTheFile();
    bringsTheBanksAnswer(rejected.transfer());
    String account = proposesAnotherAccount(rejected);
    confirmsIt(account);
    payItWithTheNextRun(rejected);
    assertThat(complaints).as("what accessibility checks complain of").isEmpty();
  }

  private void opensARun() {
    one.navigate(base + "/reglements");
    look(one, "reglements");
    link(one, "Ouvrir un règlement");
    assertThat(one.locator("#cutOffDay")).not().hasValue("");
    one.fill("#run", "règlement un");
    button(one, "Voir ce qu’il paierait");
    assertThat(one.getByRole(AriaRole.ALERT)).containsText("Le formulaire est à compléter");
    assertThat(one.getByRole(AriaRole.ALERT)).isFocused();
    assertThat(one.locator("#run-faute")).containsText("lettres sans accent");
    assertThat(one.locator("#run")).hasValue("règlement un");
    look(one, "reglement-ouverture-a-corriger");

    one.fill("#run", RUN);
    one.locator("#programme").selectOption(new SelectOption().setIndex(1));
    look(one, "reglement-ouverture");
    button(one, "Voir ce qu’il paierait");
    assertThat(one.locator(".facts")).containsText("Il paierait");
    look(one, "reglement-ouverture-question");
    button(one, "Corriger");
    assertThat(one.locator("#run")).hasValue(RUN);
    button(one, "Voir ce qu’il paierait");
    FormData confirmed = FormData.create();
    for (Locator field : one.locator("main form input[type=hidden]").all()) {
      confirmed.set(
          String.valueOf(field.getAttribute("name")), String.valueOf(field.getAttribute("value")));
    }
    button(one, "Ouvrir ce règlement");
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("Le règlement est ouvert.");
    assertThat(one).hasURL(base + "/reglements/" + RUN);

    // A double click, or the same form sent again by whoever reloads: it is there already.
    APIResponse again =
        one.request()
            .post(base + "/reglements/ouverture", RequestOptions.create().setForm(confirmed));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).contains("déjà ouvert");
    assertThat(
            one.request()
                .post(
                    base + "/reglements/ouverture",
                    RequestOptions.create().setForm(FormData.create().set("run", "forged")))
                .status())
        .isEqualTo(403);
  }

  private void isRefusedToReleaseItAlone() {
    one.navigate(base + "/reglements/" + RUN);
    link(one, "Libérer le règlement");
    assertThat(heading(one, "Un second facteur est demandé")).isVisible();
    enrol(one, "agent");
    one.navigate(base + "/reglements/" + RUN);
    link(one, "Libérer le règlement");
    assertThat(one.getByRole(AriaRole.ALERT)).containsText("autre personne");
    assertThat(one.locator("main form")).hasCount(0);
    look(one, "reglement-liberation-refusee");
  }

  private void releasesItWithASecondFactor() {
    String secret = enrol(other, "agent-2");
    button(other, "Se déconnecter");
    logIn(other, "agent-2");
    // That of half a minute later: the one of now was taken.
    other.fill("#code", FactorCodes.of(secret, Instant.now().plusSeconds(30)));
    button(other, "Se connecter");
    other.navigate(base + "/");
    other.locator(".todo li", containing(RUN)).getByRole(AriaRole.LINK).first().click();
    look(other, "reglement-a-liberer");
    link(other, "Libérer le règlement");
    assertThat(other.locator(".facts")).containsText("Il paie");
    look(other, "reglement-liberation");
    button(other, "Libérer ce règlement");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("Le règlement est libéré.");
  }

  /** A transfer of the run that the bank is to reject. */
  private record Rejected(String transfer, String venue, String amount) {}

  private Rejected takesTheFile() throws IOException {
    link(other, "Prendre le fichier pour la banque");
    look(other, "reglement-fichier");
    String file =
        Files.readString(other.waitForDownload(() -> button(other, "Prendre le fichier")).path());
    other.navigate(base + "/reglements/" + RUN);
    assertThat(other.locator("main")).containsText("1 téléchargement");
    assertThat(other.getByRole(AriaRole.LINK, named("Annuler le règlement"))).hasCount(0);
    Locator row = other.locator("#t-virements tbody tr").first();
    Rejected rejected =
        new Rejected(
            row.locator("th").innerText().strip(),
            row.locator("td").first().innerText().strip(),
            row.locator("data").last().innerText());
    assertThat(file).contains("pain.001.001.09", rejected.transfer());
    return rejected;
  }

  private void bringsTheBanksAnswer(String transfer) {
    one.navigate(base + "/");
    one.locator(".menu summary", containing("Argent")).click();
    look(one, "menu");
    link(one, "Importer un fichier de la banque");
    bring(one, "<Document/>");
    assertThat(one.getByRole(AriaRole.ALERT)).isVisible();
    look(one, "banque-fichier-refuse");
    bring(one, rejection(transfer));
    assertThat(one.locator(".facts")).containsText("Rejetés");
    assertThat(one.locator(".facts")).containsText(transfer + " (motif AC04)");
    look(one, "banque-fichier-question");
    button(one, "Enregistrer ce fichier");
    assertThat(one.getByRole(AriaRole.STATUS))
        .containsText("Le fichier de la banque est enregistré");
    one.navigate(base + "/banque/fichier");
    bring(one, rejection(transfer));
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("déjà enregistré");
  }

  private static void bring(Page page, String file) {
    page.setInputFiles(
        "#file",
        new FilePayload("banque.xml", "application/xml", file.getBytes(StandardCharsets.UTF_8)));
    button(page, "Voir ce qu’il contient");
  }

  private String proposesAnotherAccount(Rejected rejected) {
    one.navigate(base + "/reglements/" + RUN);
    Locator row = one.locator("#t-virements tbody tr", containing(rejected.transfer())).first();
    assertThat(row).containsText("Rejeté");
    assertThat(row).containsText("motif AC04");
    look(one, "reglement-rejet");
    row.locator("th a").click();
    assertThat(one.locator(".note-warn")).containsText("de nouveau dû");
    look(one, "virement-rejete");
    one.locator(".note-warn a").first().click();
    assertThat(one.locator("main")).containsText("Fermé par la banque");
    look(one, "compte-de-lieu-ferme");
    link(one, "Proposer un compte");
    one.fill("#iban", "FR76 3000");
    one.fill("#holder", "LIEU DE MEDIATION");
    button(one, "Vérifier");
    assertThat(one.locator("#iban-faute")).isVisible();
    assertThat(one.locator("#holder")).hasValue("LIEU DE MEDIATION");
    look(one, "compte-de-lieu-proposition-a-corriger");
    one.fill("#iban", NEW_IBAN);
    button(one, "Vérifier");
    assertThat(one.locator(".facts")).containsText(NEW_IBAN);
    look(one, "compte-de-lieu-proposition");
    button(one, "Proposer ce compte");
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("Le compte est proposé.");
    assertThat(one.locator("main")).containsText("FR76…0189");
    assertThat(one.locator("main")).containsText("une autre personne le confirme");
    assertThat(one.getByRole(AriaRole.LINK, named("Confirmer ce compte"))).hasCount(0);
    look(one, "compte-de-lieu-propose");
    return one.url();
  }

  private void confirmsIt(String account) {
    other.navigate(account);
    link(other, "Confirmer ce compte");
    assertThat(other.locator(".facts")).containsText("FR76…0189");
    look(other, "compte-de-lieu-confirmation");
    String question = other.url();
    // Who proposed it is refused by name of the rule, whatever page is opened.
    one.navigate(question);
    assertThat(one.getByRole(AriaRole.ALERT)).containsText("autre personne");
    button(other, "Confirmer ce compte");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("Le compte est confirmé");
    assertThat(other.locator("main .tag").first()).hasText("En vigueur");
    look(other, "compte-de-lieu");
  }

  private void payItWithTheNextRun(Rejected rejected) throws IOException {
    one.navigate(base + "/reglements/ouverture");
    one.fill("#run", NEXT);
    one.locator("#programme").selectOption(new SelectOption().setIndex(1));
    one.locator("#exceptional").selectOption("ACCOUNT_OPENED");
    button(one, "Voir ce qu’il paierait");
    assertThat(one.locator(".facts")).containsText(rejected.amount());
    button(one, "Ouvrir ce règlement");
    other.navigate(base + "/reglements/" + NEXT + "/liberation");
    button(other, "Libérer ce règlement");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("Le règlement est libéré.");
    assertThat(other.locator("#t-virements tbody tr")).hasCount(1);
    assertThat(other.locator("#t-virements tbody tr")).containsText(rejected.venue());
    link(other, "Prendre le fichier pour la banque");
    assertThat(
            Files.readString(
                other.waitForDownload(() -> button(other, "Prendre le fichier")).path()))
        .contains(NEW_IBAN.replace(" ", ""));
  }

  /** A status of payments as a bank sends it. */
  private static String rejection(String transfer) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>STATUT-A</MsgId><CreDtTm>%s</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>%s</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
        <GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
      <OrgnlPmtInfAndSts><OrgnlPmtInfId>%s</OrgnlPmtInfId>
        <TxInfAndSts><OrgnlInstrId>%s</OrgnlInstrId><OrgnlEndToEndId>%s</OrgnlEndToEndId>
          <TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>
      </OrgnlPmtInfAndSts>
    </CstmrPmtStsRpt></Document>
    """
        .formatted(START.truncatedTo(ChronoUnit.SECONDS), RUN, RUN, transfer, transfer);
  }

  private static final Instant START = Instant.now();

  private static String enrol(Page page, String login) {
    page.navigate(base + "/compte/second-facteur");
    page.fill("#password", PASSWORDS.get(login));
    button(page, "Commencer");
    String secret = page.locator(".secret").innerText();
    page.fill("#code", FactorCodes.of(secret, Instant.now()));
    button(page, "Mettre en place");
    return secret;
  }

  private static void link(Page page, String name) {
    page.getByRole(AriaRole.LINK, named(name)).click();
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, named(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  // -- the demo, a browser and pictures

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final boolean SCREENS = Boolean.getBoolean("screens");
  private static final Map<String, String> PASSWORDS = new HashMap<>();

  // The database inside is stopped with the application; what it leaves behind is of no interest.
  @TempDir(cleanup = CleanupMode.NEVER)
  private static Path data;

  @BeforeAll
  static void playTheDemo() throws Exception {
    TestDatabase.sharePrograms(data);
    SpringApplication starter = new SpringApplication(ClearingApplication.class);
    starter.setAdditionalProfiles("demo");
    application =
        starter.run(
            "--server.port=0",
            "--pass.access.second-factor=required",
            "--pass.data-directory=" + data);
    base = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!health().contains("\"UP\"")) {
      assertThat(System.nanoTime()).as("the demo ends in time").isLessThan(end);
      Thread.sleep(500);
    }
    for (JsonNode account :
        JsonMapper.shared()
            .readTree(Files.readString(data.resolve("demo-accounts.json")))
            .path("accounts")) {
      PASSWORDS.put(account.path("login").asString(), account.path("password").asString());
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

  private static String health() throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(base + "/actuator/health")).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
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

  private static Page open() {
    return browser
        .newContext(
            new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setLocale("fr-FR")
                .setTimezoneId("Europe/Paris")
                .setReducedMotion(ReducedMotion.REDUCE))
        .newPage();
  }

  private static void logIn(Page page, String login) {
    page.navigate(base + "/");
    page.fill("#login", login);
    page.fill("#password", PASSWORDS.get(login));
    button(page, "Se connecter");
  }

  /** On both widths: no rule of accessibility is broken, nothing is wider than the screen. */
  private void look(Page page, String name) {
    for (int width : new int[] {320, 1280}) {
      page.setViewportSize(width, 900);
      new AxeBuilder(page)
          .analyze()
          .getViolations()
          .forEach(rule -> complaints.add("%s, %d px: %s".formatted(name, width, rule)));
      Object overflow =
          page.evaluate(
              "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
      if (!overflow.equals(0)) {
        complaints.add("%s is %s px wider than %d px".formatted(name, overflow, width));
      }
      if (SCREENS) {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    Path.of(
                        "..", "docs", "screens", name + (width == 1280 ? "" : "-etroit") + ".png"))
                .setFullPage(true));
      }
    }
  }
}
