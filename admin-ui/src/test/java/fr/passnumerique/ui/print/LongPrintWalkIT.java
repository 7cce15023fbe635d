package fr.passnumerique.ui.print;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Hundreds of sheets of cheques: asked for, left alone, and fetched. */
@Tag("long")
class LongPrintWalkIT {
  private static final int LONG = 180_000;

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();

  @RegisterExtension static final Chromium chromium = new Chromium();

  @Test
  void aLongPrintGoesOnWithoutItsPageAndIsFetchedByWhoeverAskedForIt() throws Exception {
    largeOrder();
    Page clerk = chromium.open();
    demo.logIn(clerk, "agent");
    clerk.navigate(demo.base() + "/commandes/tres-grande");
    clerk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Chèques 1 à 10")).click();
    assertThat(clerk.locator("#from")).hasValue("1");
    assertThat(clerk.locator("#to")).hasValue("10000");
    chromium.look(clerk, "impression");

    clerk.fill("#to", "10001");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.getByRole(AriaRole.ALERT)).isFocused();
    assertThat(clerk.locator("#to-faute")).isVisible();
    chromium.forgive(422);
    clerk.fill("#to", "3000");
    button(clerk, "Voir ce que cela ferait");
    chromium.look(clerk, "impression-question");
    button(clerk, "Imprimer ces chèques");
    assertThat(clerk).hasURL(demo.base() + "/travaux");
    assertThat(clerk.locator("main")).containsText("3\u00A0000 de la commande tres-grande");

    // Away, and back by the menu: the page shows by itself that it is ready.
    clerk.navigate(demo.base() + "/commandes");
    clerk.navigate(demo.base() + "/travaux");
    Locator file = clerk.locator("main a[download]");
    assertThat(file).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LONG));
    chromium.look(clerk, "travaux");
    Download taken = clerk.waitForDownload(file::click);
    assertThat(taken.suggestedFilename()).isEqualTo("cheques-tres-grande-1-3000.pdf");
    Path pdf = taken.path();
    try (PDDocument document = Loader.loadPDF(Files.readAllBytes(pdf))) {
      assertThat(document.getNumberOfPages()).isEqualTo(300);
    }

    String address = String.valueOf(file.getAttribute("href"));
    for (String stranger : new String[] {"agent-2", "auditeur", "ccas-ruffec"}) {
      Page other = chromium.open();
      demo.logIn(other, stranger);
      assertThat(other.request().get(demo.base() + address).status())
          .as(stranger)
          .isEqualTo(stranger.equals("agent-2") ? 404 : 403);
    }
  }

  private static void largeOrder() throws Exception {
    create(
        "/api/programmes",
        "{'programme':'grand','name':'Grand','faceValueCents':1000,'chequesPerCarnet':10,"
            + "'validityDays':180,'presentationWindowDays':60}");
    create(
        "/api/agreements",
        "{'agreement':'grande','programme':'grand','signedOn':'2026-01-01','startsOn':'2026-01-01',"
            + "'endsOn':'2027-12-31','territory':['16'],'shares':[{'funder':'anct',"
            + "'basisPoints':10000,'ceilingCents':1000000000,'terms':'PREPAID'}]}");
    create(
        "/api/orders",
        "{'order':'tres-grande','agreement':'grande','fundingDepartement':'16',"
            + "'chequeCount':100000,'endsOn':'2027-12-31'}");
  }

  private static void create(String path, String body) throws Exception {
    HttpResponse<byte[]> answer = demo.post(path, "agent", body.replace('\'', '"'));
    assertThat(answer.statusCode()).as(RunningDemo.body(answer)).isEqualTo(201);
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name)).click();
  }
}
