package fr.passnumerique.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.SelectOption;
import fr.passnumerique.clearing.access.FactorCodes;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * A day of two clerks, from what waits for them to its end, on pages alone and with the second
 * factor that production asks for.
 */
class ClerkWalkIT {
  /** Of nobody in the demo. */
  private static final String SIRET = "13002526500039";

  private static final String VENUE = "la-poste-nice";

  @RegisterExtension
  static final RunningDemo demo = RunningDemo.ofItsOwn("--pass.access.second-factor=required");

  @RegisterExtension static final Chromium chromium = new Chromium();

  @Test
  void aDayOfTwoClerks() throws Exception {
    Page one = chromium.open();
    demo.logIn(one, "agent");
    saysWhatAMovementIs(one);
    recordsAListAndWhatACommitteeDecided(one);
    Page other = chromium.open();
    demo.logIn(other, "agent-2");
    reverseLinesAndDecideWhatTheirVenueAnswers(one, other);
    approvesAnOpposition(other);
    approvesTheAccountThatAnotherMade(other);
  }

  private void saysWhatAMovementIs(Page clerk) {
    clerk.navigate(demo.base() + "/rapprochements");
    chromium.look(clerk, "rapprochements");
    clerk.navigate(demo.base() + "/a-traiter");
    toDo(clerk, "Rapprocher le mouvement bancaire").click();
    assertThat(clerk.locator("main")).containsText("VIREMENT 4471 PASS NUMERIQUE");
    chromium.look(clerk, "mouvement-a-rapprocher");

    clerk.locator("#what").selectOption("RECEIPT");
    clerk.fill("#named", "versement-inconnu");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.getByRole(AriaRole.ALERT)).isFocused();
    assertThat(clerk.getByRole(AriaRole.ALERT)).containsText("versement");
    assertThat(clerk.locator("#named")).hasValue("versement-inconnu");
    assertThat(clerk.locator("#what")).hasValue("RECEIPT");
    chromium.forgive(404);
    chromium.forgive(422);
    chromium.look(clerk, "rapprochement-refuse");

    clerk.fill("#named", "");
    clerk.locator("#what").selectOption(share(clerk));
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator(".facts").last()).containsText("Versement de");
    chromium.look(clerk, "rapprochement-question");
    String question = clerk.url();
    button(clerk, "Rapprocher ce mouvement");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Le mouvement est rapproché");
    assertThat(clerk.locator("main .actions a")).hasCount(0);
    chromium.look(clerk, "mouvement-rapproche");

    // From a page that was left open: it is told, and nothing is done twice.
    clerk.navigate(question);
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("rien n’est fait deux fois");
    clerk.navigate(demo.base() + "/releves-bancaires");
    chromium.look(clerk, "releves-bancaires");
    clerk.navigate(demo.base() + "/anomalies-bancaires");
    chromium.look(clerk, "anomalies-bancaires");
  }

  /** The first of the shares: whose money it is, and for which agreement. */
  private static SelectOption share(Page page) {
    return new SelectOption()
        .setValue(
            String.valueOf(
                page.locator("#what option[value^=SHARE]").first().getAttribute("value")));
  }

  private void contest(String reversal) {
    Page venue = chromium.open();
    demo.logIn(venue, VENUE);
    venue.navigate(demo.base() + "/indus/" + reversal);
    chromium.look(venue, "lieu-indu");
    venue
        .locator("main .actions a", new Page.LocatorOptions().setHasText("Contester, jusqu’au"))
        .click();
    assertThat(venue.locator("main")).containsText("il reste");
    button(venue, "Voir ce que cela ferait");
    assertThat(venue.getByRole(AriaRole.ALERT)).isFocused();
    chromium.forgive(422);
    venue.fill("#note", "Le service a été rendu.");
    button(venue, "Voir ce que cela ferait");
    assertThat(venue.locator("main")).containsText("annulées jusqu’à la décision");
    chromium.look(venue, "lieu-contestation");
    button(venue, "Contester cet indu");
    assertThat(venue.getByRole(AriaRole.STATUS)).containsText("La contestation est enregistrée");
    assertThat(venue.locator("main .actions a")).hasCount(0);
  }

  private void reverseLinesAndDecideWhatTheirVenueAnswers(Page one, Page other) throws Exception {
    JsonNode slip = slipOfManyLines();
    String venue = slip.path("venue").asString();
    String address = "/lieux/" + venue + "/bordereaux/" + slip.path("reference").asString();
    enrol(one, "agent");

    // One line: it counts at once, and its venue contests it.
    reverse(one, address, "indu-seul", 1, "indu-annulation");
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("Les lignes sont annulées");
    contest("indu-seul");

    // More than one person reverses alone: it waits, and not for whoever proposed it.
    reverse(one, address, "indu-a-deux", 5, "indu-proposition");
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("une autre personne le confirme");
    chromium.look(one, "indu-propose");
    assertThat(one.locator("main .actions a")).hasText(new String[] {"Y renoncer"});
    one.navigate(demo.base() + "/indus/indu-a-deux/confirmation");
    assertThat(one.getByRole(AriaRole.ALERT)).containsText("autre personne");
    assertThat(one.locator("main form")).hasCount(0);
    chromium.forgive(422);
    chromium.look(one, "indu-confirmation-refusee");

    other.navigate(demo.base() + "/indus/indu-a-deux");
    link(other, "Confirmer");
    assertThat(other.getByRole(AriaRole.HEADING, named("Un second facteur est demandé")))
        .isVisible();
    chromium.forgive(403);
    enrol(other, "agent-2");
    other.navigate(demo.base() + "/a-traiter");
    toDo(other, "Confirmer l’indu", "indu-a-deux").click();
    link(other, "Confirmer");
    assertThat(other.locator("main")).containsText("5\u00A0lignes");
    chromium.look(other, "indu-confirmation");
    button(other, "Confirmer cet indu");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("L’indu est confirmé");

    other.navigate(demo.base() + "/indus?etat=CONTESTED");
    chromium.look(other, "indus");
    other.locator("#t-indus a.code", containing("indu-seul")).click();
    link(other, "Statuer sur la contestation");
    assertThat(other.locator("main")).containsText("Le service a été rendu.");
    button(other, "Voir ce que cela ferait");
    assertThat(other.locator("#outcome-faute")).isVisible();
    chromium.forgive(422);
    chromium.look(other, "indu-decision");
    other.locator("#outcome").selectOption("LIFTED");
    button(other, "Voir ce que cela ferait");
    assertThat(other.locator(".facts").last()).containsText("payées");
    chromium.look(other, "indu-decision-question");
    button(other, "Lever l’indu");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("L’indu est levé");
    assertThat(other.locator("main .tag").first()).hasText("Levé");

    other.navigate(demo.base() + "/notes-de-debit");
    chromium.look(other, "notes-de-debit");
  }

  private void approvesAnOpposition(Page other) {
    other.navigate(demo.base() + "/a-traiter");
    toDo(other, "Approuver l’opposition").click();
    link(other, "Approuver");
    assertThat(other.locator(".facts")).containsText("chèques");
    chromium.look(other, "opposition-approbation");
    button(other, "Approuver l’opposition");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("en vigueur");
  }

  private void approvesTheAccountThatAnotherMade(Page other) throws Exception {
    assertThat(
            demo.post(
                    "/api/accounts",
                    "agent",
                    "{\"login\": \"agent-3\", \"password\": \"un-mot-de-passe-assez-long\","
                        + " \"role\": \"CLERK\"}")
                .statusCode())
        .isEqualTo(201);
    other.navigate(demo.base() + "/a-traiter");
    toDo(other, "Approuver le compte").click();
    link(other, "Approuver");
    chromium.look(other, "compte-approbation");
    button(other, "Approuver ce compte");
    String code = other.locator(".codes .code").innerText();
    link(other, "Je l’ai noté");
    assertThat(other.locator("main .tag").first()).hasText("Actif");

    Page third = chromium.open();
    third.navigate(demo.base() + "/");
    third.fill("#login", "agent-3");
    third.fill("#password", "un-mot-de-passe-assez-long" + code);
    button(third, "Se connecter");
    assertThat(third.locator(".who")).containsText("agent-3");
  }

  private void recordsAListAndWhatACommitteeDecided(Page clerk) throws IOException {
    String list = listOfOneVenue("essai-1", SIRET);
    clerk.navigate(demo.base() + "/registre-des-lieux/import");
    bring(clerk, listOfOneVenue("essai-1", "12345678901234"));
    assertThat(clerk.getByRole(AriaRole.ALERT)).containsText("igne 2");
    chromium.forgive(400);
    chromium.forgive(422);
    chromium.look(clerk, "lieux-import-refuse");
    bring(clerk, list);
    assertThat(clerk.locator(".facts")).containsText("1\u00A0lieu");
    chromium.look(clerk, "lieux-import");
    button(clerk, "Enregistrer cette liste");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("La liste est enregistrée");
    clerk.navigate(demo.base() + "/registre-des-lieux");
    chromium.look(clerk, "registre-des-lieux");
    clerk.locator("#t-lieux tbody tr", containing(SIRET)).locator("th a").click();
    assertThat(clerk).hasURL(demo.base() + "/lieux/" + SIRET);
    link(clerk, "Labelliser");
    assertThat(clerk.locator("#venues")).hasValue(SIRET);
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator("#decision-faute")).containsText("À remplir.");
    chromium.forgive(422);
    clerk.fill("#decision", "CP 31/2026");
    button(clerk, "Voir ce que cela ferait");
    chromium.look(clerk, "label-question");
    button(clerk, "Labelliser");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("La décision est enregistrée.");
    clerk.navigate(demo.base() + "/lieux/" + SIRET);
    assertThat(clerk.locator("#t-points")).containsText("Labellisé");
    clerk.navigate(demo.base() + "/conflits-d-interets");
    chromium.look(clerk, "conflits-d-interets");

    // What a committee cannot decide next is refused, and what was typed stays.
    clerk.navigate(demo.base() + "/labels/decision?lieu=" + SIRET);
    clerk.locator("#state").selectOption("CANDIDATE");
    clerk.fill("#decision", "CP 32/2026");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.getByRole(AriaRole.ALERT)).isFocused();
    assertThat(clerk.locator("#decision")).hasValue("CP 32/2026");
    chromium.forgive(422);
    chromium.look(clerk, "label-decision-refusee");
  }

  // -- hands

  private JsonNode slipOfManyLines() throws Exception {
    for (JsonNode slip :
        demo.json("/api/slips?limit=200&venue=" + demo.subject(VENUE), "agent").path("slips")) {
      boolean untouched =
          slip.path("waivedCents").asLong() == 0
              && slip.path("states")
                  .valueStream()
                  .allMatch(state -> state.path("reversedCents").asLong() == 0);
      if (slip.path("accepted").asInt() > 6 && untouched) {
        return slip;
      }
    }
    throw new AssertionError("no slip of the demo has so many lines");
  }

  private static void reverse(Page page, String slip, String name, int lines, String picture) {
    page.navigate(demo.base() + slip);
    link(page, "Annuler des lignes");
    for (int line = 0; line < lines; line++) {
      page.locator("#lines input:not([disabled])")
          .nth(name.equals("indu-seul") ? 0 : line + 1)
          .check();
    }
    page.locator("#reason").selectOption("SERVICE_NOT_GIVEN");
    page.fill("#reversal", name);
    button(page, "Voir ce que cela ferait");
    assertThat(page.locator(".facts")).containsText("Service non rendu");
    chromium.look(page, picture);
    button(page, "Annuler ces lignes");
    assertThat(page).hasURL(Pattern.compile(".*/indus/" + name));
  }

  /** A row of the demo's list, as another venue's. */
  private static String listOfOneVenue(String point, String siret) throws IOException {
    try (InputStream list =
        requireNonNull(
            ClerkWalkIT.class.getResourceAsStream(
                "/demo/venues/bus-france-services-charente.csv"))) {
      return new String(list.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .limit(2)
              .collect(Collectors.joining("\n"))
              .replace("bus-charente-1", point)
              .replace("40109226700020", siret)
              .replace("bus-france-services-charente", "essai")
          + "\n";
    }
  }

  private static void bring(Page page, String list) {
    page.setInputFiles(
        "#file", new FilePayload("lieux.csv", "text/csv", list.getBytes(StandardCharsets.UTF_8)));
    button(page, "Voir ce que cela ferait");
  }

  private static void enrol(Page page, String login) {
    page.navigate(demo.base() + "/compte/second-facteur");
    page.fill("#password", demo.password(login));
    button(page, "Commencer");
    String secret = page.locator(".secret").innerText();
    page.fill("#code", FactorCodes.of(secret, Instant.now()));
    button(page, "Mettre en place");
  }

  private static Locator toDo(Page page, String what) {
    return toDo(page, what, "");
  }

  /** On whichever page of what waits. */
  private static Locator toDo(Page page, String what, String about) {
    Locator found =
        page.locator(".todo li", containing(about))
            .filter(new Locator.FilterOptions().setHasText(what))
            .locator(".todo-what a")
            .first();
    while (found.count() == 0 && page.locator("a[rel=next]").count() > 0) {
      page.locator("a[rel=next]").click();
    }
    return found;
  }

  private static void link(Page page, String name) {
    page.locator("main").getByRole(AriaRole.LINK, exactly(name)).first().click();
  }

  private static Locator.GetByRoleOptions exactly(String name) {
    return new Locator.GetByRoleOptions().setName(name).setExact(true);
  }

  private static void button(Page page, String name) {
    page.locator("main").getByRole(AriaRole.BUTTON, exactly(name)).click();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
