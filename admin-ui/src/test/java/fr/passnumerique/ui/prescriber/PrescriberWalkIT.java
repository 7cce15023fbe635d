package fr.passnumerique.ui.prescriber;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** What a prescriber does in a week, from its login to the result. */
class PrescriberWalkIT {
  private static final String NICE = "ccas-nice";
  private static final String RUFFEC = "ccas-ruffec";
  private static final String SEE = "Voir ce qui sera remis";
  private static final String HAND_OUT = "Remettre ces chèques";

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();
  @RegisterExtension static final Chromium chromium = new Chromium();

  private Page page;

  @Test
  void carnetsAreHandedOutInTwoClicksAndOneChequeIsLostReplacedAndOthersSentBack()
      throws Exception {
    page = chromium.open();
    demo.logIn(page, NICE);
    assertThat(page.getByRole(AriaRole.HEADING, named("CCAS de Nice"))).isVisible();
    assertThat(page.locator(".lasts")).containsText("Au rythme des quatre dernières semaines");
    chromium.look(page, "accueil-prescripteur");
    int before = stock(NICE);

    page.getByLabel("Nombre de carnets").fill("2");
    page.getByLabel("Public", new Page.GetByLabelOptions().setExact(true)).selectOption("jeunes");
    click(SEE);
    assertThat(page.locator(".facts")).containsText("20 chèques, pour 200,00");
    assertThat(page.locator(".facts")).containsText("%d chèques".formatted(before - 20));
    assertThat(stock(NICE)).as("nothing is recorded yet").isEqualTo(before);
    chromium.look(page, "remise-a-confirmer");
    click(HAND_OUT);

    assertThat(page.locator(".note-good")).containsText("20 chèques sont remis, pour 200,00");
    assertThat(stock(NICE)).isEqualTo(before - 20);
    Locator newest = page.locator("#t-remises tbody tr").first();
    assertThat(newest).containsText("jeunes");
    assertThat(newest).containsText("remise-");
    chromium.look(page, "mes-remises");
    page.locator(".menu summary").filter(new Locator.FilterOptions().setHasText("Stock")).click();
    link("Mon stock").click();
    assertThat(page.locator("#liste + p"))
        .containsText("%d chèques en tout".formatted(before - 20));
    chromium.look(page, "mon-stock");

    page.navigate(demo.base() + "/remises");
    newest.locator("a", containing("Opposer")).click();
    String handedOut = page.getByLabel("Chèques", exactly()).inputValue();
    String lost = handedOut.split(" à ")[0];
    page.getByLabel("Chèques", exactly()).fill(lost);
    page.getByLabel("Que leur est-il arrivé ?").selectOption("LOST");
    chromium.look(page, "opposition");
    click("Voir ce qui sera opposé");
    assertThat(page.locator(".facts")).containsText("1 chèque : " + lost);
    chromium.look(page, "opposition-a-confirmer");
    click("Faire opposition");
    assertThat(page.locator(".note-good")).containsText("1 chèque est opposé");
    assertThat(page.locator("#t-oppositions tbody tr").first()).containsText(lost);
    chromium.look(page, "mes-oppositions");

    page.locator("#t-oppositions tbody tr").first().locator("a").click();
    click("Voir ce qui sera remplacé");
    assertThat(page.locator(".facts")).containsText("1 chèque : " + lost);
    chromium.look(page, "remplacement-a-confirmer");
    click("Faire remplacer");
    assertThat(page.locator(".note-good")).containsText("L’opérateur les imprime");
    assertThat(page.locator("#t-oppositions tbody tr").first()).containsText("Remplacés");

    page.navigate(demo.base() + "/stock");
    page.locator("#t-stock tbody tr")
        .filter(new Locator.FilterOptions().setHasText("Carnet"))
        .last()
        .locator("a", containing("Rendre"))
        .click();
    String carnets = page.getByLabel("Carnets et chèques").inputValue();
    String last = carnets.replaceFirst("carnets \\d+ à ", "carnet ");
    page.getByLabel("Carnets et chèques").fill(last);
    click("Voir ce qui sera rendu");
    assertThat(page.locator(".facts")).containsText("10 chèques");
    click("Rendre ces chèques");
    assertThat(page.locator(".note-good")).containsText("10 chèques sont rendus");
    assertThat(stock(NICE)).isEqualTo(before - 30);

    page.navigate(demo.base() + "/livraisons");
    assertThat(page.locator("#t-livraisons tbody tr").first()).isVisible();
    chromium.look(page, "mes-livraisons");
  }

  /** What is wrong stands at its field, what was typed stays, and mended it goes through. */
  @Test
  void whatIsRefusedSaysTheRemedyAndKeepsWhatWasTyped() throws Exception {
    page = chromium.open();
    demo.logIn(page, NICE);
    int before = stock(NICE);
    page.getByLabel("Nombre de carnets").fill("999");
    page.getByLabel("Public", exactly()).selectOption("seniors");
    click(SEE);
    assertThat(page.locator("#carnets-faute")).containsText("pas assez de carnets entiers");
    chromium.forgive(422);
    assertThat(page.locator(".note-bad")).containsText("Demandez moins de carnets");
    assertThat(page.getByLabel("Nombre de carnets")).hasValue("999");
    assertThat(page.getByLabel("Public", exactly())).hasValue("seniors");
    chromium.look(page, "remise-refusee");

    page.getByLabel("Nombre de carnets").fill("1");
    click(SEE);
    click(HAND_OUT);
    page.locator("#t-remises tbody tr").first().locator("a", containing("Corriger")).click();
    String given = page.getByLabel("Carnets et chèques").inputValue();

    page.navigate(demo.base() + "/remises/nouvelle");
    page.getByLabel("Nombre de carnets").fill("");
    page.getByLabel("Ou ces carnets et ces chèques").fill("rien\n" + given);
    click(SEE);
    assertThat(page.locator("#cheques-faute")).containsText("Ligne 1");
    chromium.forgive(422);
    assertThat(page.locator("#publicCode-faute")).isVisible();
    page.getByLabel("Ou ces carnets et ces chèques").fill(given);
    page.getByLabel("Public", exactly()).selectOption("seniors");
    click(SEE);
    assertThat(page.locator("#cheques-faute")).containsText("déjà remis");
    chromium.forgive(422);
    assertThat(page.getByLabel("Ou ces carnets et ces chèques")).hasValue(given);
    chromium.look(page, "remise-deja-faite");

    page.navigate(demo.base() + "/remises");
    page.locator("#t-remises tbody tr").first().locator("a", containing("Corriger")).click();
    click("Voir ce qui sera repris");
    assertThat(page.locator(".facts")).containsText("10 chèques");
    click("Corriger la remise");
    assertThat(page.locator(".note-good")).containsText("10 chèques sont de nouveau");
    assertThat(stock(NICE)).isEqualTo(before);
  }

  /** As a second click sends it, or the page before once more. */
  @Test
  void aConfirmationThatIsSentTwiceHandsOutOnce() throws Exception {
    page = chromium.open();
    demo.logIn(page, NICE);
    int before = stock(NICE);
    page.getByLabel("Public", exactly()).selectOption("jeunes");
    click(SEE);
    FormData again = FormData.create();
    page.locator("main form input[type=hidden]")
        .all()
        .forEach(
            field -> again.set(String.valueOf(field.getAttribute("name")), field.inputValue()));
    click(HAND_OUT);
    assertThat(page.locator(".note-good")).containsText("10 chèques sont remis");

    APIResponse second =
        page.request()
            .post(demo.base() + "/remises/nouvelle", RequestOptions.create().setForm(again));
    assertThat(second.url()).endsWith("/remises");
    assertThat(second.text()).contains("rien n’est fait deux fois");
    assertThat(stock(NICE)).isEqualTo(before - 10);
  }

  /** It is for the one whose cheques it replaces: nobody has to look up its numbers. */
  @Test
  void theTaskOfAReplacementLeadsToItsCheques() throws Exception {
    JsonNode replacement = null;
    for (JsonNode row :
        demo.json("/api/prescribers/ccas-ruffec/held-carnets", RUFFEC).path("held")) {
      if (row.path("order").asString().equals("remplacement-2")) {
        replacement = row;
      }
    }
    assertThat(replacement).isNotNull();
    page = chromium.open();
    demo.logIn(page, RUFFEC);
    page.locator("a[href*='remplacement=remplacement-2']").click();
    assertThat(page.getByLabel("Nombre de carnets")).hasValue("");
    assertThat(page.getByLabel("Ou ces carnets et ces chèques"))
        .hasValue(
            "%s à %s"
                .formatted(
                    grouped(replacement.path("first").asString()),
                    grouped(replacement.path("last").asString())));
    page.getByLabel("Public", exactly()).selectOption("jeunes");
    click(SEE);
    assertThat(page.locator(".facts")).containsText("10 chèques, pour 100,00");
    assertThat(page.locator(".facts")).containsText("la personne dont ils remplacent les chèques");
    chromium.look(page, "remise-remplacement");
  }

  private static String grouped(String serial) {
    return serial.substring(0, 5) + "-" + serial.substring(5);
  }

  /** Without a mouse, from the login on. */
  @Test
  void aCarnetIsHandedOutByKeyboard() throws Exception {
    page = chromium.open();
    page.navigate(demo.base() + "/");
    page.locator("#login").focus();
    page.keyboard().type(RUFFEC);
    page.keyboard().press("Tab");
    page.keyboard().type(demo.password(RUFFEC));
    page.keyboard().press("Enter");
    assertThat(page.getByRole(AriaRole.HEADING, named("CCAS de Ruffec"))).isVisible();
    int before = stock(RUFFEC);

    tabTo("carnets");
    page.keyboard().press("Tab");
    page.keyboard().type("jeunes");
    page.keyboard().press("Tab");
    page.keyboard().press("Enter");
    assertThat(page.locator("#effet")).isVisible();
    for (int steps = 0;
        steps < 60 && !focused("outerHTML").startsWith("<button class=\"btn btn-primary\"");
        steps++) {
      page.keyboard().press("Tab");
    }
    page.keyboard().press("Enter");
    assertThat(page.locator(".note-good")).containsText("10 chèques sont remis");
    assertThat(stock(RUFFEC)).isEqualTo(before - 10);
  }

  /** Another's cheques and what was never issued are told alike. */
  @Test
  void anothersChequesAreNeitherOpposedNorReplaced() throws Exception {
    String anothers =
        demo.json("/api/prescribers/ccas-ruffec/held-carnets", RUFFEC)
            .path("held")
            .path(0)
            .path("first")
            .asString();
    page = chromium.openWithoutScript();
    demo.logIn(page, NICE);
    page.navigate(demo.base() + "/oppositions/nouvelle?cheques=" + anothers);
    page.getByLabel("Que leur est-il arrivé ?").selectOption("STOLEN");
    click("Voir ce qui sera opposé");
    assertThat(page.locator(".note-bad")).isVisible();
    assertThat(page.locator("#effet")).hasCount(0);
    chromium.forgive(404);
  }

  private int stock(String login) throws Exception {
    JsonNode stock =
        demo.json("/api/prescribers/" + demo.subject(login) + "/held-carnets?limit=1", login);
    return stock.path("cheques").asInt();
  }

  private void tabTo(String id) {
    for (int steps = 0; steps < 60 && !focused("id").equals(id); steps++) {
      page.keyboard().press("Tab");
    }
    assertThat(focused("id")).isEqualTo(id);
  }

  private String focused(String property) {
    return String.valueOf(page.evaluate("of => document.activeElement[of]", property));
  }

  private void click(String button) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
  }

  private Locator link(String name) {
    return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  private static Page.GetByLabelOptions exactly() {
    return new Page.GetByLabelOptions().setExact(true);
  }

  private static Locator.LocatorOptions containing(String text) {
    return new Locator.LocatorOptions().setHasText(text);
  }
}
