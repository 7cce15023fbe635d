package fr.passnumerique.ui.ledger;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.projections.verifier.VerifyLedger;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An auditor's day: a number of another day, the fact behind it, and the ledger verified. */
class AuditorWalkIT {
  @RegisterExtension static final RunningDemo demo = RunningDemo.shared();
  @RegisterExtension static final Chromium chromium = new Chromium();

  @TempDir private Path directory;

  @Test
  void aNumberOfAnotherDayIsOpenedDownToTheFactAsItIsSealed() {
    Page page = chromium.open();
    demo.logIn(page, "auditeur");
    LocalDate today = LocalDate.now(ZoneId.of("Europe/Paris"));
    page.getByLabel("Ce qui avait eu lieu au").fill(today.minusDays(90).toString());
    page.getByRole(AriaRole.BUTTON, named("Voir")).click();
    assertThat(page.locator(".standing").first()).containsText("pour ce qui a eu lieu jusqu’au");
    assertThat(page.locator(".todo")).hasCount(0);

    Locator accepted = page.locator("#t-lieux tbody tr").first().locator(".opens").first();
    String cents = String.valueOf(accepted.locator("data").getAttribute("value"));
    accepted.click();
    assertThat(page.locator("#chiffre data")).hasAttribute("value", cents);
    page.locator("#t-ecritures tbody th a").first().click();
    assertThat(page.locator("h1")).containsText("Fait");

    page.navigate(demo.base() + "/registre");
    page.getByLabel("Fait", new Page.GetByLabelOptions().setExact(true)).selectOption("SlipJudged");
    page.getByRole(AriaRole.BUTTON, named("Montrer")).click();
    Locator first = page.locator(".stored > li").first();
    assertThat(first).containsText("Bordereau jugé");
    first.locator("summary").click();
    assertThat(first.locator(".sealed").first()).containsText("\"lines\"");
    assertThat(first.locator(".hash").first()).hasText(Pattern.compile("[0-9a-f]{64}"));
    chromium.look(page, "registre");

    String tag = first.locator(".stored-tags a").first().innerText();
    first.locator(".stored-tags a").first().click();
    assertThat(page.getByLabel("Étiquette")).hasValue(tag);
    assertThat(page.locator(".stored > li").first().locator(".stored-tags")).containsText(tag);

    page.navigate(demo.base() + "/registre?tag=nobody:is-called-so");
    assertThat(page.getByText("Aucun fait ainsi")).isVisible();
  }

  @Test
  void whatIsTakenAwayIsVerifiedByAProgramThatTrustsNobody() {
    Page page = chromium.open();
    demo.logIn(page, "auditeur");
    page.navigate(demo.base() + "/registre");
    Download taken =
        page.waitForDownload(
            () -> page.getByRole(AriaRole.LINK, containing("Exporter le registre")).click());
    Path file = directory.resolve("ledger.ndjson");
    taken.saveAs(file);

    ByteArrayOutputStream told = new ByteArrayOutputStream();
    int exit =
        VerifyLedger.run(
            new String[] {file.toString()}, new PrintStream(told, true, StandardCharsets.UTF_8));
    assertThat(exit).as(told.toString(StandardCharsets.UTF_8)).isZero();
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.GetByRoleOptions containing(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }
}
