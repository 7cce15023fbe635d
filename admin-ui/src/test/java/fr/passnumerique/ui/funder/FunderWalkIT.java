package fr.passnumerique.ui.funder;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A funder's day: what waits for it, what its euros became, what it is asked for. */
class FunderWalkIT {
  private static final String FUNDER = "departement-16";

  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();
  @RegisterExtension static final Chromium chromium = new Chromium();

  private Page page;

  @Test
  void aFunderSeesWhatNeedsItAndGoesThere() {
    page = chromium.open();
    demo.logIn(page, FUNDER);

    assertThat(page.getByRole(AriaRole.HEADING, named("Département de la Charente"))).isVisible();
    assertThat(page.locator("main section").first().locator("h2")).hasText("À traiter");
    assertThat(page.locator(".todo")).containsText("Payer l’appel de fonds");
    assertThat(page.locator(".todo")).containsText("Signer l’état contradictoire");
    assertThat(page.locator("#budgets")).isVisible();
    assertThat(page.locator(".lots li").first()).containsText("du plafond utilisés");
    assertThat(page.locator(".lots li").first()).containsText("Au rythme des");
    chromium.look(page, "tableau-de-bord-financeur");

    page.locator(".todo a", containing("Payer l’appel de fonds")).first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Appel de fonds"))).isVisible();
  }

  /**
   * From the funder to a département and a venue, in the table that says the same, to a posting.
   */
  @Test
  void aEuroIsFollowedToTheVenueWhereItWasSpentAndTheSumsAreTheSameEverywhere() throws Exception {
    page = chromium.openWithoutScript();
    demo.logIn(page, FUNDER);
    page.locator(".lots a").first().click();
    assertThat(page).hasURL(Pattern.compile(".*/conventions/[^/]+$"));
    page.locator(".brand").click();

    // The drawing stands without any script, as one image with a name.
    Locator drawing = page.locator("svg.sankey-wide");
    assertThat(drawing).isVisible();
    assertThat(drawing).hasAttribute("role", "img");
    assertThat(drawing.locator(".sankey-band").first()).isVisible();
    assertThat(page.locator("svg.tiles .tile")).hasCount(101);

    page.getByText("Les mêmes montants en tableau").click();
    long told = cents(page.locator("#t-parcours tbody td.amount data"));
    long total = cents(page.locator("#t-parcours tfoot data"));
    assertThat(told).isEqualTo(total).isPositive();
    assertThat(cents(page.locator("#t-carte tbody td:nth-child(2) data"))).isEqualTo(total);

    JsonNode file =
        JsonMapper.shared()
            .readTree(
                page.request()
                    .get(
                        demo.base()
                            + page.locator(".exported:has(#t-parcours) .exports a")
                                .last()
                                .getAttribute("href"))
                    .text());
    assertThat(file.valueStream().mapToLong(row -> row.path("redeemedCents").asLong()).sum())
        .isEqualTo(total);
    assertThat(file.valueStream().map(row -> row.path("funder").asString()).distinct())
        .containsExactly(demo.subject(FUNDER));
    JsonNode balances = demo.json("/api/balances?groupBy=spendingDepartement", FUNDER);
    assertThat(balances.path("totals").path("redeemedCents").asLong()).isEqualTo(total);

    Locator leg = page.locator("#t-parcours tbody .opens").first();
    String cents = String.valueOf(leg.locator("data").getAttribute("value"));
    leg.click();
    assertThat(page.locator("#chiffre data")).hasAttribute("value", cents);
    assertThat(page.locator("#t-ecritures tbody tr").first()).isVisible();
  }

  @Test
  void anAgreementTellsWhatWasPaidInWhatBecameOfItAndWhatIsAsked() {
    page = chromium.open();
    demo.logIn(page, FUNDER);
    page.navigate(demo.base() + "/conventions");
    assertThat(page.getByRole(AriaRole.HEADING, named("Mes conventions"))).isVisible();
    assertThat(page.locator("#t-conventions tbody tr")).hasCount(1);
    chromium.look(page, "conventions");

    page.locator("#t-conventions tbody th a").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Ce que vous avez apporté"))).isVisible();
    long paidIn = cents(page.locator(".sum data"));
    assertThat(cents(page.locator(".pays data"))).isEqualTo(paidIn).isPositive();
    assertThat(page.locator("#t-parts tbody tr").first()).isVisible();
    assertThat(page.locator("#t-versements tbody tr").first()).isVisible();
    chromium.look(page, "convention");
    assertThat(page.request().get(demo.base() + "/conventions/convention-gironde").status())
        .as("of others")
        .isEqualTo(404);

    page.locator("#t-versements tbody th a").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Versement"))).isVisible();
  }

  @Test
  void whoReadsAllFundersIsToldWhoseEachBudgetCallAndReceiptIs() {
    page = chromium.open();
    demo.logIn(page, "agent");
    page.navigate(demo.base() + "/conventions");
    page.locator("#t-conventions tbody th a").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Ce que les euros sont devenus")))
        .isVisible();
    assertThat(page.locator("main")).not().containsText("Votre part");
    assertThat(page.locator(".lots h3").first()).isVisible();
    assertThat(page.locator("#t-versements thead")).containsText("Financeur");
    assertThat(page.locator("#t-appels thead")).containsText("Financeur");
    chromium.look(page, "convention-de-tous");
  }

  @Test
  void callsAreSortedByLinksAndSearchedAndOpened() {
    page = chromium.openWithoutScript();
    demo.logIn(page, FUNDER);
    page.navigate(demo.base() + "/appels-de-fonds");
    assertThat(page.locator("#t-appels tbody tr").first()).isVisible();
    page.getByRole(AriaRole.LINK, named("Reste à payer")).click();
    assertThat(page.locator("th[aria-sort]")).hasText("Reste à payer");
    assertThat(page.locator("th[aria-sort]")).hasAttribute("aria-sort", "descending");
    List<Long> falling =
        page.locator("#t-appels tbody td:nth-child(6) data").all().stream()
            .map(data -> Long.valueOf(String.valueOf(data.getAttribute("value"))))
            .toList();
    assertThat(falling).isSortedAccordingTo(Comparator.reverseOrder());
    page.navigate(demo.base() + "/appels-de-fonds?cherche=no+such+call");
    assertThat(page.locator(".empty")).containsText("Cherchez moins de mots");
    page.getByText("Tout montrer").click();
    page.locator("#t-appels tbody th a").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Appel de fonds"))).isVisible();
  }

  @Test
  void callsAndCreditNotesAreReadableOnEveryScreen() {
    page = chromium.open();
    demo.logIn(page, FUNDER);
    page.navigate(demo.base() + "/appels-de-fonds");
    chromium.look(page, "appels-de-fonds");
    page.navigate(demo.base() + "/etats-et-avoirs");
    assertThat(page.locator(".todo")).containsText("Signer l’état contradictoire");
    chromium.look(page, "etats-et-avoirs");
  }

  private static long cents(Locator data) {
    return data.all().stream()
        .mapToLong(each -> Long.parseLong(String.valueOf(each.getAttribute("value"))))
        .sum();
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
