package fr.passnumerique.ui.upkeep;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.sql.Connection;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A rebuild is given up by a clerk who sees it at work. */
class CancelledRebuildBrowserIT {
  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();
  @RegisterExtension static final Chromium chromium = new Chromium();

  private Page page;

  /** While it is at work, and without any script: asked first, then done, or told too late. */
  @Test
  void aClerkCancelsARebuildAndAnAuditorOnlyLooksAtIt() throws Exception {
    try (Connection holding =
            demo.application().getBean("projectionsDataSource", DataSource.class).getConnection();
        Statement hold = holding.createStatement()) {
      holding.setAutoCommit(false);
      hold.execute("select from projections.projection where name = 'claims' for update");
      rebuild("annulee-1");
      page = chromium.openWithoutScript();
      demo.logIn(page, "auditeur");
      page.navigate(demo.base() + "/projections");
      page.locator("#t-reconstructions a", containing("annulee-1")).click();
      assertThat(page.locator("#avancement .btn")).hasText(new String[] {"Actualiser"});
      assertThat(page.request().get(page.url() + "/annulation").status()).isEqualTo(403);

      page = chromium.openWithoutScript();
      demo.logIn(page, "agent");
      page.navigate(demo.base() + "/projections/reconstructions/annulee-1");
      page.getByText("Annuler la reconstruction").click();
      page.getByText("La laisser continuer").click();
      assertThat(page.locator("#avancement .tag")).not().hasText("Abandonnée");
      page.getByText("Annuler la reconstruction").click();
      page.getByText("Annuler cette reconstruction").click();
      assertThat(page.locator("#annulee")).isVisible();
      assertThat(page.locator("#avancement .tag")).hasText("Abandonnée");
      assertThat(page.locator("#avancement .btn")).hasCount(0);

      rebuild("annulee-2");
      page.navigate(demo.base() + "/projections/reconstructions/annulee-2/annulation");
      holding.rollback();
    }
    while (!demo.text("/api/projections/rebuilds/annulee-2", "agent").contains("SWITCHED")) {
      Thread.sleep(200);
    }
    page.getByText("Annuler cette reconstruction").click();
    assertThat(page.getByText("Trop tard pour annuler")).isVisible();
    chromium.forgive(409);
    assertThat(page.locator("#avancement .tag")).hasText("En service");
  }

  private static void rebuild(String id) throws Exception {
    String body = "{\"rebuild\":\"%s\",\"projection\":\"claims\"}".formatted(id);
    assertThat(demo.post("/api/projections/rebuilds", "agent", body).statusCode()).isEqualTo(202);
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
