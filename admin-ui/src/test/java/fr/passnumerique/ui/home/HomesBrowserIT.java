package fr.passnumerique.ui.home;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * What a clerk, a funder and a prescriber see first; a venue's home is in {@code SlipBrowserIT}.
 */
class HomesBrowserIT {
  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();
  @RegisterExtension static final Chromium chromium = new Chromium();

  private Page page;

  @Test
  void aClerkReadsTheDashboard() {
    page = chromium.open();
    page.navigate(demo.base() + "/");
    chromium.look(page, "connexion");
    demo.logIn(page, "agent");

    assertThat(page.getByRole(AriaRole.HEADING, named("Tableau de bord"))).isVisible();
    assertThat(page.locator(".todo li").first()).containsText("Libérer le règlement reglement-12");
    assertThat(page.locator("#couverture")).isVisible();
    assertThat(page.locator(".cover .tag").first()).hasText("Couvert");
    assertThat(page.locator("#t-financeurs tbody tr")).hasCount(8);
    // One beside each table of amounts.
    assertThat(page.locator("figure.drawing:visible")).hasCount(5);
    chromium.look(page, "tableau-de-bord");

    // The same table by itself, all of it: to be sorted and searched.
    String first = page.locator("#t-lieux tbody data").first().getAttribute("value");
    page.navigate(demo.base() + "/soldes/lieux");
    assertThat(page.locator("#t-soldes tbody data").first()).hasAttribute("value", first);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Accepté")).click();
    assertThat(page.locator("th[aria-sort=descending]")).hasText("Accepté");
    assertThat(page.locator("#t-soldes tbody data").first()).hasAttribute("value", first);
    chromium.look(page, "soldes-des-lieux");

    page.navigate(demo.base() + "/nulle-part");
    assertThat(page.getByRole(AriaRole.HEADING, named("Page introuvable"))).isVisible();
    // The browser notes the status, which is right here.
    chromium.forgive(404);
    chromium.look(page, "page-introuvable");
    page.navigate(demo.base() + "/bordereaux/nouveau");
    assertThat(page.getByRole(AriaRole.HEADING, named("Accès refusé"))).isVisible();
    chromium.forgive(403);

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Se déconnecter")).click();
    assertThat(page.getByText("Vous êtes déconnecté.")).isVisible();
  }

  /** A page that was shown is shown again, to the cent, whatever was recorded since. */
  @Test
  void aDashboardThatWasKeptIsShownAgain() throws Exception {
    page = chromium.open();
    demo.logIn(page, "agent");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Garder cet arrêté")).click();
    assertThat(page).hasURL(Pattern.compile(".*/\\?asOfPosition=\\d+$"));
    assertThat(page.locator(".standing").first()).containsText("Arrêté");
    assertThat(page.locator(".todo")).hasCount(0);
    chromium.look(page, "tableau-de-bord-arrete");
    String kept = page.url();
    String shown = figures();

    JsonNode cash = demo.json("/api/cover", "agent").path("rows").path(0);
    String receipt =
        "{\"receipt\":\"arrete-1\",\"agreement\":%s,\"funder\":%s,\"amountCents\":1234,\"valueDate\":\"%s\"}"
            .formatted(
                cash.path("agreement"),
                cash.path("funder"),
                LocalDate.now(ZoneId.of("Europe/Paris")));
    HttpResponse<byte[]> recorded = demo.post("/api/receipts", "agent", receipt);
    assertThat(recorded.statusCode()).as(RunningDemo.body(recorded)).isEqualTo(201);

    page.navigate(demo.base() + "/");
    assertThat(figures()).isNotEqualTo(shown);
    page.navigate(kept);
    assertThat(figures()).isEqualTo(shown);
    page.navigate(kept.replace("asOfPosition", "position"));
    assertThat(figures()).isEqualTo(shown);
    page.navigate(
        demo.base() + "/?asOf=" + page.locator(".standing time").first().getAttribute("datetime"));
    assertThat(figures()).isEqualTo(shown);

    page.navigate(demo.base() + "/?asOfPosition=999999999");
    assertThat(page.getByRole(AriaRole.HEADING, named("Ce moment ne peut pas encore être montré")))
        .isVisible();
    chromium.forgive(422);
    chromium.look(page, "moment-refuse");
  }

  private String figures() {
    return String.join("\n", page.locator("main .cover, main .legend, main table").allInnerTexts());
  }

  @Test
  void aFunderSeesItsOwnCentsOnly() {
    page = chromium.open();
    demo.logIn(page, "departement-16");

    assertThat(page.getByText("Département de la Charente").first()).isVisible();
    assertThat(page.locator("#t-conventions tbody tr")).hasCount(1);
    assertThat(page.locator("#t-financeurs")).hasCount(0);
    chromium.look(page, "tableau-de-bord-financeur");
  }

  @Test
  void aPrescriberSeesItsStock() {
    page = chromium.open();
    demo.logIn(page, "ccas-ruffec");

    assertThat(page.getByRole(AriaRole.HEADING, named("CCAS de Ruffec"))).isVisible();
    // Its two first orders, the one after the amendment, four later ones and two replacements.
    assertThat(page.locator("#t-lots tbody tr")).hasCount(9);
    chromium.look(page, "tableau-de-bord-prescripteur");
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
