package fr.passnumerique.ui.expiry;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of an order, from the calendar to the credit note, by the people of both sides. */
class ExpiryWalkIT {
  private static final String EXPIRED = "/peremptions/commande-16-ete";

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();
  @RegisterExtension static final Chromium chromium = new Chromium();

  /**
   * The first side's signature promises a note, the second's issues it. Who signs last has no
   * script.
   */
  @Test
  void bothSidesSignTheStatementAndTheFunderHasItsCreditNote() {
    Page funder = chromium.open();
    demo.logIn(funder, "anct");
    toDo(funder, "Signer l’état contradictoire").click();
    assertThat(funder).hasURL(demo.base() + EXPIRED);
    chromium.look(funder, "peremption-financeur");
    String due = amount(funder, "Agence nationale");
    act(funder, "Signer l’état contradictoire");
    assertThat(funder.locator("main")).containsText(due);
    assertThat(funder.locator("main")).containsText("L’opérateur signe à son tour");
    chromium.look(funder, "peremption-signature");
    confirm(funder, "Signer l’état contradictoire");
    assertThat(funder.getByRole(AriaRole.STATUS)).containsText("Votre signature est enregistrée");
    assertThat(restitution(funder, "Agence nationale")).containsText("Après les deux signatures");
    assertThat(funder.locator(".actions")).hasCount(0);

    // Once more, from a page that was left open: nothing is signed twice.
    funder.navigate(demo.base() + EXPIRED + "/etat-contradictoire");
    assertThat(funder).hasURL(demo.base() + EXPIRED);
    assertThat(funder.getByRole(AriaRole.STATUS)).containsText("déjà enregistré");

    Page clerk = chromium.open();
    demo.logIn(clerk, "agent");
    clerk.navigate(demo.base() + EXPIRED);
    act(clerk, "Signer l’état contradictoire");
    assertThat(clerk.locator("main"))
        .containsText("Avoir émis pour Agence nationale de la cohésion des territoires");
    confirm(clerk, "Signer l’état contradictoire");
    assertThat(restitution(clerk, "Agence nationale")).containsText("À rembourser");
    assertThat(amount(clerk, "Agence nationale")).isEqualTo(due);
    // Its two other funders have not signed.
    assertThat(clerk.locator("#restitutions .tag", containing("Après les deux signatures")))
        .hasCount(2);
    chromium.look(clerk, "peremption");

    Page other = chromium.openWithoutScript();
    demo.logIn(other, "departement-16");
    other.navigate(demo.base() + EXPIRED);
    assertThat(other.locator("#restitutions li")).hasCount(1);
    act(other, "Signer l’état contradictoire");
    confirm(other, "Signer l’état contradictoire");
    restitution(other, "Charente").getByRole(AriaRole.LINK).click();
    assertThat(other).hasURL(Pattern.compile(".*/avoirs/commande-16-ete.*departement-16$"));
    assertThat(other.locator("main .tag").first()).hasText("À rembourser");
  }

  /**
   * What has its day to come is refused with that day; what the engine announced is not done twice.
   */
  @Test
  void aClerkFollowsTheCalendarAndAFunderApprovesAnEnd() {
    Page clerk = chromium.open();
    demo.logIn(clerk, "agent");
    clerk.navigate(demo.base() + "/peremptions");
    assertThat(clerk.locator("#t-peremptions tbody tr").first())
        .containsText("commande-16-automne");
    assertThat(clerk.locator("#t-peremptions tbody tr").first()).containsText("Fin annoncée");
    chromium.look(clerk, "peremptions");
    clerk.locator("#t-peremptions a.code", containing("commande-16-hiver")).click();
    clerk.navigate(clerk.url() + "/annonce");
    assertThat(clerk.getByRole(AriaRole.ALERT)).isVisible();
    chromium.forgive(422);
    chromium.look(clerk, "peremption-trop-tot");
    clerk.navigate(demo.base() + "/peremptions/commande-16-automne/annonce");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("déjà enregistré");

    Page funder = chromium.open();
    demo.logIn(funder, "anct");
    toDo(funder, "Approuver la fin de la commande").click();
    act(funder, "Approuver la fin");
    confirm(funder, "Approuver la fin");
    assertThat(funder.locator("#etapes-signees li", containing("Fin approuvée")))
        .containsText("Signé");

    clerk.navigate(demo.base() + "/peremptions/commande-16-automne");
    assertThat(clerk.locator("#etapes-signees li", containing("Fin approuvée Agence nationale")))
        .containsText("Signé");
    assertThat(clerk.request().get(clerk.url() + "/approbation").status()).isEqualTo(403);
    assertThat(funder.request().get(funder.url() + "/annonce").status()).isEqualTo(403);
    Page stranger = chromium.openWithoutScript();
    demo.logIn(stranger, "departement-16");
    assertThat(stranger.request().get(demo.base() + "/peremptions/commande-06-hiver").status())
        .isEqualTo(404);
  }

  private static Locator toDo(Page page, String what) {
    return page.locator(".todo-what a", containing(what)).first();
  }

  private static void act(Page page, String name) {
    page.locator("main .actions")
        .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name))
        .click();
  }

  private static void confirm(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).click();
  }

  private static Locator restitution(Page page, String funder) {
    return page.locator("#restitutions li", containing(funder));
  }

  private static String amount(Page page, String funder) {
    return restitution(page, funder).locator(".money").innerText();
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
