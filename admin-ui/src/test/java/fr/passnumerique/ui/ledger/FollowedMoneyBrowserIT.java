package fr.passnumerique.ui.ledger;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** From a figure to its cause and back, as far as whoever asks may see. */
class FollowedMoneyBrowserIT {
  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();
  @RegisterExtension static final Chromium chromium = new Chromium();

  private Page page;

  /** From the dashboard to the postings of a figure, the fact behind one, and the slip of that. */
  @Test
  void aClerkOpensAFigureAndFollowsItToItsCause() {
    page = chromium.open();
    demo.logIn(page, "agent");
    page.locator("#t-financeurs tbody tr .opens").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Apporté"))).isVisible();
    assertThat(page.locator(".count dt")).hasCount(4);
    chromium.look(page, "chiffre-ouvert");

    page.navigate(demo.base() + "/");
    page.locator("#t-lieux tbody tr").first().locator(".opens").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, named("Accepté")).first()).isVisible();
    page.locator(".count a").last().click();
    assertThat(page.locator(".count a[aria-current]")).hasText("Titres payés");
    assertThat(page.locator("#t-ecritures tbody tr").first()).isVisible();
    page.locator(".count a").first().click();
    page.locator("#t-ecritures tbody th a", containing("Bordereau jugé")).first().click();
    assertThat(page.getByRole(AriaRole.HEADING, containingName("Bordereau jugé"))).isVisible();
    chromium.look(page, "fait-ouvert");
    page.locator(".facts a.code").first().click();
    assertThat(page.locator("#t-acceptees tbody a").first()).isVisible();

    page.navigate(demo.base() + "/");
    page.locator("#t-conventions tbody th a").first().click();
    assertThat(page.getByText("Tout est expliqué au centime")).isVisible();
    assertThat(page.locator("#t-etapes tbody tr")).hasCount(9);
    chromium.look(page, "rapprochement");
  }

  /** Some eighty; those of a funder are opened in every build. */
  @Tag("long")
  @Test
  void everyFigureOfAClerkOpens() {
    page = chromium.open();
    demo.logIn(page, "agent");
    everyFigureOpens();
  }

  @Test
  void aFunderOpensItsOwnFiguresAndAgreementsAlone() {
    page = chromium.open();
    demo.logIn(page, "departement-16");
    everyFigureOpens();
    String own =
        String.valueOf(page.locator("#t-conventions tbody th a").first().getAttribute("href"));
    assertThat(page.request().get(demo.base() + own).status()).isEqualTo(200);
    for (String foreign :
        List.of(
            "/conventions/convention-gironde/rapprochement", "/ecritures?funder=region-bretagne")) {
      assertThat(page.request().get(demo.base() + foreign).status()).as(foreign).isEqualTo(404);
    }
  }

  /** What a figure opens on comes to the cent that the table shows. */
  private void everyFigureOpens() {
    int links = 0;
    // A figure that stands in two tables opens on one page.
    Map<String, String> pages = new HashMap<>();
    for (Locator link : page.locator("main table .opens").all()) {
      String address = String.valueOf(link.getAttribute("href"));
      String shown = String.valueOf(link.locator("data").getAttribute("value"));
      assertThat(pages.computeIfAbsent(address, at -> page.request().get(demo.base() + at).text()))
          .as(address)
          .containsPattern("id=\"chiffre\"><data[^>]* value=\"" + shown + "\"");
      links++;
    }
    assertThat(links).isGreaterThan(10);
  }

  /**
   * Money is followed both ways: from a run to a transfer, the bank's booking, a line, its cheque,
   * and the receipt behind it; and back from the cheque to the transfer.
   */
  @Test
  void moneyIsFollowedFromARunToTheReceiptsAndFromAChequeBack() {
    page = chromium.open();
    demo.logIn(page, "agent");
    page.locator(".menu summary", containing("Argent")).click();
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Règlements")).click();
    assertThat(page.locator("#t-reglements tbody tr")).hasCount(12);
    chromium.look(page, "reglements");
    page.locator("#t-reglements a", containing("reglement-6")).click();
    assertThat(page.locator("#t-virements tbody tr").first()).isVisible();
    chromium.look(page, "reglement");
    page.locator("#t-virements tbody tr", containing("Payé")).locator("th a").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, containingName("Virement"))).isVisible();
    assertThat(page.locator(".life")).containsText("référence de la banque");
    chromium.look(page, "virement");
    String transfer = page.url();
    String sum = String.valueOf(page.locator(".sum data").getAttribute("value"));
    long lines = linesOfPage();
    Locator next = page.locator("a[rel=next]");
    while (next.count() > 0) {
      next.click();
      lines += linesOfPage();
    }
    assertThat(Long.toString(lines)).as("the lines of %s", transfer).isEqualTo(sum);
    page.navigate(transfer);
    page.locator(".pays-part a").first().click();
    assertThat(page.getByText("Ce que la banque en dit")).isVisible();
    assertThat(page.locator("#t-emplois tbody tr").first()).containsText("Chèques activés");
    chromium.look(page, "versement");

    page.navigate(transfer);
    page.locator("#t-lignes tbody th a").first().click();
    assertThat(page.locator(".life")).containsText("Payé");
    assertThat(page.locator("#versements")).isVisible();
    chromium.look(page, "vie-d-un-cheque-paye");
    page.locator(".life a.code", containing("reglement-6-")).first().click();
    assertThat(page).hasURL(transfer);
    page.goBack();
    page.locator(".pays a").first().click();
    assertThat(page.getByRole(AriaRole.HEADING, containingName("Versement"))).isVisible();
    page.locator(".standing a").first().click();
    assertThat(page.locator(".facts a.code").first()).isVisible();
  }

  private long linesOfPage() {
    return page.locator("#t-lignes td.amount data").all().stream()
        .mapToLong(cents -> Long.parseLong(String.valueOf(cents.getAttribute("value"))))
        .sum();
  }

  /**
   * Of each type of fact one: its page leads to what it is about, and that to all that it names.
   */
  @Tag("long")
  @Test
  void everyFactOfTheLedgerLeadsToWhatItIsAbout() throws Exception {
    page = chromium.openWithoutScript();
    demo.logIn(page, "agent");
    Map<String, Long> facts = new TreeMap<>();
    for (JsonNode posting : demo.json("/api/postings/export?format=JSON", "agent")) {
      facts.putIfAbsent(posting.path("fact").asString(), posting.path("position").asLong());
    }
    assertThat(facts).hasSizeGreaterThan(20);
    Set<String> things = new TreeSet<>();
    facts.forEach(
        (fact, position) -> {
          page.navigate(demo.base() + "/ecritures?fact=" + position);
          List<String> about = addresses(page.locator("#fait + * a, .facts a"));
          assertThat(about).as(fact).isNotEmpty();
          things.addAll(about);
        });
    Set<String> named = new TreeSet<>();
    for (String thing : things) {
      page.navigate(demo.base() + thing);
      assertThat(page.locator("h1").innerText()).as(thing).doesNotContain("introuvable");
      named.addAll(addresses(page.locator(".facts a, .links a, .life a.code")));
    }
    assertThat(named).hasSizeGreaterThan(20);
    for (String one : named) {
      assertThat(page.request().get(demo.base() + one).status()).as(one).isEqualTo(200);
    }
  }

  /** What was told of a thing is told again, however much is recorded of it since. */
  @Test
  void aThingIsShownAsItStoodAndIsNoOtherFunders() throws Exception {
    page = chromium.openWithoutScript();
    demo.logIn(page, "agent");
    String note = "/avoirs/commande-16-essai~anct";
    page.navigate(demo.base() + note);
    assertThat(page.locator("main .tag").first()).hasText("Remboursé");
    String issued =
        String.valueOf(page.locator(".life .proof a").first().getAttribute("href"))
            .replaceAll("\\D", "");
    page.navigate(demo.base() + note + "?asOfPosition=" + issued);
    assertThat(page.locator("main .tag").first()).hasText("À rembourser");
    assertThat(page.locator(".life > li")).hasCount(1);
    long before = Long.parseLong(issued) - 1;
    assertThat(page.request().get(demo.base() + note + "?asOfPosition=" + before).status())
        .isEqualTo(404);
    assertThat(page.request().get(demo.base() + note + "?businessDate=2026-07-01").status())
        .isEqualTo(400);
    page = chromium.openWithoutScript();
    demo.logIn(page, "anct");
    assertThat(page.request().get(demo.base() + note).status()).isEqualTo(200);
    assertThat(page.request().get(demo.base() + "/commandes/commande-16-essai").status())
        .isEqualTo(403);
    page = chromium.openWithoutScript();
    demo.logIn(page, "departement-16");
    assertThat(page.request().get(demo.base() + note).status()).isEqualTo(404);
    page = chromium.openWithoutScript();
    demo.logIn(page, "la-poste-nice");
    assertThat(page.request().get(demo.base() + "/indus/indu-1").status()).isEqualTo(404);
    page = chromium.openWithoutScript();
    demo.logIn(page, "bus-charente");
    assertThat(page.request().get(demo.base() + "/indus/indu-1").status()).isEqualTo(200);
  }

  private static List<String> addresses(Locator links) {
    return links.all().stream().map(link -> String.valueOf(link.getAttribute("href"))).toList();
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static Page.GetByRoleOptions containingName(String name) {
    return new Page.GetByRoleOptions().setName(Pattern.compile(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
