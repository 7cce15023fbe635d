package fr.passnumerique.ui.slip;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A venue types a slip, mends what is wrong in it, sends it and reads what became of a cheque. */
class SlipBrowserIT {
  private static final String ADMINISTRATIVE = "Aide aux démarches administratives";

  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();
  @RegisterExtension static final Chromium chromium = new Chromium();

  private Page page;

  @Test
  void aVenueMendsOneLineSendsItsSlipAndReadsTheChequesLife() throws Exception {
    List<String> codes = spendable(2);
    String mistyped = mistyped(codes.get(1));
    page = chromium.open();
    demo.logIn(page, "bus-charente");
    assertThat(page.getByRole(AriaRole.HEADING, named("Emmaus Ruffec"))).isVisible();
    chromium.look(page, "tableau-de-bord-lieu");

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Nouveau bordereau"))
        .first()
        .click();
    page.fill("#reference", "premier-jour");
    page.fill("#codes", codes.get(0) + "\n" + mistyped + "\n");
    page.fill("#servedOn", LocalDate.now(ZoneId.of("Europe/Paris")).toString());
    page.selectOption("#service", ADMINISTRATIVE);
    page.selectOption("#pointOfService", "bus-charente-2");
    chromium.look(page, "bordereau-saisie");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier le bordereau"))
        .click();

    assertThat(page.locator("#corriger")).hasText("1\u00A0ligne à corriger");
    assertThat(page.locator(".mend .tag")).hasText("Clé fausse");
    assertThat(page.locator("#t-bonnes tbody tr")).hasCount(1);
    assertThat(page.getByText("Relisez-les sur le chèque")).isVisible();
    chromium.look(page, "bordereau-verification");

    // As a reader of codes ends what it has read.
    page.fill("#cheque-2", codes.get(1));
    page.press("#cheque-2", "Enter");
    assertThat(page.locator("#t-bonnes tbody tr")).hasCount(2);
    assertThat(page.getByText("Toutes les lignes sont acceptées")).isVisible();

    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer le bordereau"))
        .click();
    assertThat(page.getByText("Votre bordereau est enregistré")).isVisible();
    assertThat(page.locator("#t-acceptees tbody tr")).hasCount(2);
    assertThat(page.locator(".count .money")).hasText("20,00\u00A0€");
    // Whoever looks over the shoulder learns no check part.
    assertThat(page.content()).doesNotContain(codes.get(0)).doesNotContain(codes.get(1));
    chromium.look(page, "bordereau-enregistre");

    page.locator("#t-acceptees a").first().click();
    assertThat(page.locator(".life")).containsText("Remis à une personne");
    assertThat(page.locator(".life")).containsText("Accepté par un lieu");
    assertThat(page.locator(".life")).containsText("premier-jour");
    chromium.look(page, "vie-d-un-cheque");

    page.navigate(demo.base() + "/cheques");
    page.fill("#serial", codes.get(1).toLowerCase(java.util.Locale.ROOT));
    chromium.look(page, "recherche-d-un-cheque");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Retrouver")).click();
    // The check part that was typed is in no address, so in no log.
    assertThat(page).hasURL(Pattern.compile(".*/cheques/\\w{5}-\\w{4}$"));
    assertThat(page.locator(".life")).containsText("Accepté par un lieu");

    page.navigate(demo.base() + "/bordereaux");
    page.fill("#reference", "premier-jour");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Montrer")).click();
    assertThat(page.locator("#t-acceptees tbody tr")).hasCount(2);
  }

  @Test
  void aSlipIsSentWithoutAnyScript() throws Exception {
    String code = spendable(3).get(2);
    String mistyped = mistyped(code);
    page = chromium.openWithoutScript();
    demo.logIn(page, "bus-charente");
    page.navigate(demo.base() + "/bordereaux/nouveau");
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
            %s;%s;%s;bus-charente-2
            """
                .formatted(
                    code,
                    LocalDate.now(ZoneId.of("Europe/Paris")),
                    ADMINISTRATIVE,
                    ADMINISTRATIVE,
                    mistyped,
                    DateTimeFormatter.ofPattern("dd/MM/yyyy")
                        .format(LocalDate.now(ZoneId.of("Europe/Paris"))),
                    ADMINISTRATIVE)
                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier le bordereau"))
        .click();
    assertThat(page.locator(".mend .tag").first()).hasText("Illisible");
    assertThat(
            page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer le bordereau")))
        .isDisabled();

    // Back where it is typed nothing is lost, and a cheque can be added.
    page.getByRole(
            AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Revenir et ajouter des chèques"))
        .click();
    assertThat(page.locator("#reference")).hasValue("sans-script");
    assertThat(page.locator("#codes"))
        .hasValue(Pattern.compile(code + ";[0-9-]+\\n0000\\n" + mistyped + ";[0-9-]+"));
    assertThat(page.locator("#pointOfService")).hasValue("bus-charente-2");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier le bordereau"))
        .click();
    page.check("#drop-2");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier de nouveau"))
        .click();

    // Mended and sent at once, it would be recorded with a verdict that nobody has seen.
    page.fill("#cheque-2", code);
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer le bordereau"))
        .click();
    assertThat(page.getByText("Ce n’est plus ce qui vous avait été montré")).isVisible();
    assertThat(page.locator(".mend .tag")).hasText("En double");
    chromium.forgive(409);

    // As it was shown it is taken, the line that is rejected too.
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer le bordereau"))
        .click();
    assertThat(page.getByText("Votre bordereau est enregistré")).isVisible();
    assertThat(page.locator("#t-acceptees tbody tr")).hasCount(1);
  }

  /** Each step is a page of its own: a browser that goes back finds what was typed. */
  @Test
  void whoGoesBackFindsWhatWasTypedAndAfterItWasSentAnEmptyForm() throws Exception {
    String code = spendable(5).get(4);
    page = chromium.open();
    demo.logIn(page, "bus-charente");
    page.navigate(demo.base() + "/bordereaux/nouveau");
    page.fill("#reference", "en-arriere");
    page.fill("#codes", code);
    page.fill("#servedOn", LocalDate.now(ZoneId.of("Europe/Paris")).toString());
    page.selectOption("#service", ADMINISTRATIVE);
    page.selectOption("#pointOfService", "bus-charente-2");
    page.getByRole(AriaRole.BUTTON, named("Vérifier le bordereau")).click();
    assertThat(page).hasURL(demo.base() + "/bordereaux/controle");

    page.goBack();
    assertThat(page.locator("#reference")).hasValue("en-arriere");
    assertThat(page.locator("#codes")).hasValue(code);
    assertThat(page.locator("#pointOfService")).hasValue("bus-charente-2");
    assertThat(page.getByText("elle n’est pas envoyée")).isVisible();
    page.getByRole(AriaRole.BUTTON, named("Vérifier le bordereau")).click();
    page.getByRole(AriaRole.BUTTON, named("Envoyer le bordereau")).click();
    assertThat(page.getByText("Votre bordereau est enregistré")).isVisible();

    page.goBack();
    assertThat(page.locator("#reference")).hasValue("");
    assertThat(page.locator("#codes")).hasValue("");
  }

  /**
   * The first time to send it is without a change: the day of a line to mend is in another form.
   */
  @Test
  void aSlipWithARejectedLineIsSentAsItIs() throws Exception {
    String mistyped = mistyped(spendable(4).get(3));
    page = chromium.open();
    demo.logIn(page, "bus-charente");
    page.navigate(demo.base() + "/bordereaux/nouveau");
    page.fill("#reference", "tel-quel");
    page.fill(
        "#codes",
        "%s;%s;%s;bus-charente-2"
            .formatted(
                mistyped,
                DateTimeFormatter.ofPattern("dd/MM/yyyy")
                    .format(LocalDate.now(ZoneId.of("Europe/Paris"))),
                ADMINISTRATIVE));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Vérifier le bordereau"))
        .click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Envoyer le bordereau"))
        .click();
    assertThat(page.getByText("Votre bordereau est enregistré")).isVisible();
  }

  @Test
  void aVenueTakesItsSlipBackAndPresentsTheChequeAgain() throws Exception {
    String code = spendable(1).getFirst();
    page = chromium.open();
    demo.logIn(page, "bus-charente");
    present("a-reprendre", code);
    String slip = page.url();

    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Retirer ce bordereau"))
        .click();
    assertThat(page.locator(".facts")).containsText("10,00\u00A0€");
    assertThat(page.locator(".facts")).containsText("a-reprendre reste prise");
    chromium.look(page, "bordereau-retrait");
    String question = page.url();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Retirer ce bordereau"))
        .click();
    assertThat(page).hasURL(slip);
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Le bordereau est retiré");
    assertThat(page.getByText("Ce bordereau est retiré")).isVisible();
    assertThat(page.getByText("Retirer ce bordereau")).hasCount(0);
    chromium.look(page, "bordereau-retire");
    page.navigate(question);
    assertThat(page).hasURL(slip);

    present("repris", code);
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Retirer ce bordereau"))
        .click();
  }

  private void present(String reference, String code) {
    page.navigate(demo.base() + "/bordereaux/nouveau");
    page.fill("#reference", reference);
    page.fill("#codes", code);
    page.fill("#servedOn", LocalDate.now(ZoneId.of("Europe/Paris")).toString());
    page.selectOption("#service", ADMINISTRATIVE);
    page.selectOption("#pointOfService", "bus-charente-2");
    for (String button : List.of("Vérifier le bordereau", "Envoyer le bordereau")) {
      page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).click();
    }
    assertThat(page.locator("#t-acceptees tbody tr")).hasCount(1);
  }

  /** Codes of cheques that a person holds, has not spent and still may, each of another carnet. */
  private static List<String> spendable(int wanted) throws Exception {
    List<String> codes = new ArrayList<>();
    List<String> printed =
        demo.text("/api/orders/commande-16/codes", "agent").lines().skip(1).toList();
    // The last ones were handed out last, and are valid longest.
    for (int i = printed.size() - 1; i >= 0 && codes.size() < wanted; i -= 11) {
      String[] serialAndCode = printed.get(i).split(",", 2);
      String history = demo.text("/api/cheques/" + serialAndCode[0], "agent");
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

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
