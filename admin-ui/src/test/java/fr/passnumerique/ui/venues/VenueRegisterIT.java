package fr.passnumerique.ui.venues;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A long register is read part by part, and a clerk makes a prescriber known. */
class VenueRegisterIT {
  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();
  @RegisterExtension static final Chromium chromium = new Chromium();

  @Test
  void aPartOfARegisterHoldsWhatComesAfterIt() {
    Page page = chromium.openWithoutScript();
    demo.logIn(page, "agent");

    page.navigate(demo.base() + "/registre-des-lieux");
    Locator venues = page.locator("#t-lieux");
    String first = venues.locator("tbody tr small").first().innerText();
    page.navigate(demo.base() + "/registre-des-lieux?after=" + first);
    assertThat(venues).not().containsText(first);
    assertThat(page.locator("main")).containsText("ceux de cette partie");
    page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Première partie")).click();
    assertThat(venues).containsText(first);

    page.navigate(demo.base() + "/conflits-d-interets?before=1");
    assertThat(page.locator("main")).containsText("Aucune ligne");
  }

  @Test
  void aClerkRegistersAPrescriberAndFindsItInTheList() {
    Page page = chromium.open();
    demo.logIn(page, "agent");
    page.navigate(demo.base() + "/prescripteurs");
    page.getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName("Enregistrer un prescripteur"))
        .click();
    page.fill("#name", "Maison des solidarités de Guéret");
    page.fill("#prescriber", "solidarites-gueret");
    page.fill("#departement", "20");
    button(page, "Voir ce que cela ferait");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Département");
    chromium.forgive(422);
    page.fill("#departement", "23");
    page.fill("#siret", "13002526500039");
    chromium.look(page, "prescripteur-nouveau");
    button(page, "Voir ce que cela ferait");
    assertThat(page.locator(".facts")).containsText("Creuse\u00A0(23)");
    chromium.look(page, "prescripteur-question");
    button(page, "Enregistrer ce prescripteur");
    assertThat(page).hasURL(Pattern.compile(".*/prescripteurs$"));
    assertThat(page.getByRole(AriaRole.STATUS)).containsText("Guéret est enregistré");
    assertThat(page.locator("#t-prescripteurs")).containsText("solidarites-gueret");
    chromium.look(page, "prescripteurs");
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }
}
