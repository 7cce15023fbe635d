package fr.passnumerique.ui.notices;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A venue is told that it is paid, while it has another page open. */
class NotificationsWalkIT {
  private static final String VENUE = "bus-charente";
  private static final LocalDate TODAY = LocalDate.now(Paris.ZONE);

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();
  @RegisterExtension static final Chromium chromium = new Chromium();

  @Test
  void aVenueIsToldThatItIsPaidAndTheBellIsEmptyOnceItHasSeenAll() throws Exception {
    Page venue = chromium.open();
    demo.logIn(venue, VENUE);
    venue.navigate(demo.base() + "/notifications");
    chromium.look(venue, "notifications-lieu");
    seeAll(venue);
    venue.navigate(demo.base() + "/");
    assertThat(venue.locator(".bell-count")).hasCount(0);

    String transfer = pay("reglement-cloche");

    // The page that stands open renews its bell.
    venue.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
    assertThat(venue.locator(".bell-count")).hasText("1 nouvelle");
    venue.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Notifications")).click();
    Locator first = venue.locator(".notices li").first();
    assertThat(first).containsText("Virement " + transfer + " exécuté");
    assertThat(first).containsText("vous sont payés");
    assertThat(first).containsText("Nouvelle");
    assertThat(venue.locator(".notices li.unseen")).hasCount(1);

    seeAll(venue);
    assertThat(venue.getByRole(AriaRole.STATUS).first()).containsText("marquées comme lues");
    assertThat(venue.locator(".bell-count")).hasCount(0);
    assertThat(venue.locator(".notices li.unseen")).hasCount(0);
    first.locator("a").click();
    assertThat(venue.locator("#t-bordereaux")).isVisible();
  }

  @Test
  @Tag("long")
  void everybodyHasABell() {
    for (String login : new String[] {"agent", "auditeur", "anct", "ccas-ruffec"}) {
      Page page = chromium.open();
      demo.logIn(page, login);
      page.navigate(demo.base() + "/notifications");
      assertThat(page.locator("h1")).hasText("Notifications");
      chromium.look(page, "notifications-" + login);
      page.close();
    }
  }

  /** A clerk gives one up before anybody confirmed it: of that a venue is told like of the rest. */
  @Test
  void eachNoticeOfEachReaderLeadsToAPage() throws Exception {
    post("/api/reversals/indu-5/drop", "agent", "");
    List<String> lost = new ArrayList<>();
    Set<String> read = new HashSet<>();
    for (String login : List.of("agent", "auditeur", "anct", "ccas-ruffec", VENUE)) {
      Page page = chromium.open();
      demo.logIn(page, login);
      page.navigate(demo.base() + "/notifications");
      for (String address : noticesOf(page)) {
        read.add(address);
        int status = page.request().get(demo.base() + address).status();
        if (status != 200) {
          lost.add("%s: %s answers %d".formatted(login, address, status));
        }
      }
      page.close();
    }

    assertThat(lost).isEmpty();
    assertThat(read).contains("/indus/indu-5").hasSizeGreaterThan(10);
  }

  private static List<String> noticesOf(Page page) {
    Set<String> addresses = new LinkedHashSet<>();
    while (true) {
      for (Locator link : page.locator(".notices a").all()) {
        addresses.add(requireNonNull(link.getAttribute("href")));
      }
      Locator older = page.locator("nav.pages a[rel=next]");
      if (older.count() == 0) {
        return List.copyOf(addresses);
      }
      older.click();
    }
  }

  private static void seeAll(Page page) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Tout marquer comme lu"))
        .click();
  }

  /** Two clerks settle, and the bank has paid the venue: the name of its transfer. */
  private static String pay(String run) throws Exception {
    post(
        "/api/settlement-runs",
        "agent",
        """
        {"run": "%s", "programme": "pass-numerique", "cutOffDay": "%s"}
        """
            .formatted(run, TODAY));
    post("/api/settlement-runs/" + run + "/release", "agent-2", "");
    HttpResponse<byte[]> file =
        demo.send("/api/settlement-runs/" + run + "/credit-transfer-file", "agent");
    assertThat(file.statusCode()).as(RunningDemo.body(file)).isEqualTo(200);
    for (JsonNode transfer : demo.json("/api/settlement-runs/" + run, "agent").path("transfers")) {
      for (JsonNode slip : transfer.path("slips")) {
        if (slip.path("venue").asString().equals(demo.subject(VENUE))) {
          String name = transfer.path("transfer").asString();
          post(
              "/api/settlement-runs/%s/transfers/%s/confirmation".formatted(run, name),
              "agent",
              """
              {"bookedOn": "%s"}
              """
                  .formatted(TODAY));
          return name;
        }
      }
    }
    throw new AssertionError("nothing is paid to the venue");
  }

  private static void post(String path, String login, String json) throws Exception {
    HttpResponse<byte[]> answer = demo.post(path, login, json);
    assertThat(answer.statusCode()).as(RunningDemo.body(answer)).isIn(200, 201);
  }
}
