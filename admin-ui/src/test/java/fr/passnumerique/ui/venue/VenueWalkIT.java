package fr.passnumerique.ui.venue;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A venue at its work, from the login to the result, in a real browser. */
class VenueWalkIT {
  private static final String ADMINISTRATIVE = "Aide aux démarches administratives";
  private static final DateTimeFormatter FRENCH = DateTimeFormatter.ofPattern("dd/MM/uuuu");

  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();
  @RegisterExtension static final Chromium chromium = new Chromium();

  private Page page;

  private void logIn(String login) {
    page = chromium.open();
    demo.logIn(page, login);
  }

  private void look(String name) {
    chromium.look(page, name);
  }

  private void go(String path) {
    page.navigate(demo.base() + path);
  }

  private void press(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button).setExact(true))
        .click();
  }

  // --- cheques

  /** Codes of cheques that a person holds, has not spent and still may. */
  private static final List<String> SPENDABLE = new ArrayList<>();

  private static String used = "";

  @BeforeAll
  static void lookForCheques() throws Exception {
    List<String> printed =
        demo.text("/api/orders/commande-16/codes", "agent").lines().skip(1).toList();
    // The last ones were handed out last, and are valid longest.
    for (int i = printed.size() - 3; i >= 0 && (SPENDABLE.size() < 4 || used.isEmpty()); i -= 11) {
      String[] serialAndCode = printed.get(i).split(",", 2);
      String history = demo.text("/api/cheques/" + serialAndCode[0], "agent");
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
    go("/bordereaux/nouveau");
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

    go("/bordereaux");
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
    assertThat(page.request().get(demo.base() + advice).status()).as(advice).isEqualTo(200);
  }

  /** Day first, as a French browser has it, or month first. */
  private void typeTheDay() {
    String[] day = today().split("-");
    page.keyboard().type(day[2] + day[1] + day[0]);
    if (!page.inputValue("#servedOn").equals(today())) {
      // Emptied, and entered anew by its first part.
      page.fill("#servedOn", "");
      page.focus("#codes");
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
    go("/bordereaux/nouveau");
    page.fill("#reference", reference);
    page.setInputFiles("#file", new FilePayload("bordereau.csv", "text/csv", file));
    press("Vérifier le bordereau");
    chromium.forgive(400);
  }

  @Test
  void aChequeIsCheckedAtTheCounterAndAnotherIsSaidToBeUsed() throws Exception {
    String good = SPENDABLE.get(3);
    logIn("bus-charente");
    go("/verification");
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
    chromium.forgive(400);
  }

  @Test
  void theCameraIsOfferedWhereTheBrowserReadsQrCodesAndTypesWhatItReads() throws Exception {
    logIn("bus-charente");
    go("/bordereaux/nouveau");
    assertThat(page.locator(".scan")).isHidden();
    assertThat(page.request().get(demo.base() + "/bordereaux/nouveau").headers())
        .hasEntrySatisfying(
            "permissions-policy", policy -> assertThat(policy).contains("camera=(self)"));
    assertThat(page.request().get(demo.base() + "/bordereaux").headers())
        .hasEntrySatisfying(
            "permissions-policy", policy -> assertThat(policy).contains("camera=()"));

    page.context()
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
    go("/bordereaux/nouveau");
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
    go("/mon-lieu");
    assertThat(page.getByRole(AriaRole.HEADING, named("Mon compte et mon label"))).isVisible();
    assertThat(page.locator("[aria-labelledby=compte]")).containsText("••••");
    assertThat(page.locator("#t-points tbody tr").first()).containsText("Labellisé");
    look("mon-lieu");
    String own = demo.subject("bus-charente");
    String other = "";
    for (JsonNode venue : demo.json("/api/venues", "agent").path("venues")) {
      String id = venue.path("venue").asString();
      other = id.equals(own) ? other : id;
    }
    assertThat(other).isNotEmpty();
    assertThat(page.navigate(demo.base() + "/lieux/" + other).status()).isIn(403, 404);
    assertThat(page.navigate(demo.base() + "/bordereaux?venue=" + other).status()).isIn(403, 404);
    chromium.forgive(403);
    chromium.forgive(404);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** Nothing is promised for a day on which nothing can be paid. */
  @Test
  void whoseAccountTheBankClosedIsToldOfNoNextPayment() {
    logIn("la-poste-nice");
    assertThat(page.locator(".note-bad").first()).containsText("compte");
    assertThat(page.locator("[aria-labelledby=compte]"))
        .containsText("attend un compte bancaire en vigueur");
    assertThat(page.locator("[aria-labelledby=compte]")).not().containsText("rochain règlement");
    look("accueil-lieu-compte-clos");

    logIn("bus-charente");
    assertThat(page.locator("[aria-labelledby=compte]")).containsText("viré à partir du");
  }
}
