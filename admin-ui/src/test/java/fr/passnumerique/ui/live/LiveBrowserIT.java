package fr.passnumerique.ui.live;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SelectOption;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/** Pages that stand open while others are at work. */
class LiveBrowserIT {
  private static final String VENUE = "bus-charente";
  private static final String SLIPS = "/bordereaux";
  private static final String PRESCRIBER = "ccas-nice";

  private static final Predicate<Response> SLIPS_ANSWERED = answer -> answer.url().endsWith(SLIPS);

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();
  @RegisterExtension static final Chromium chromium = new Chromium();

  @Test
  void aVenueSeesThatTwoClerksPayItWithoutLoadingThePageAgain() throws Exception {
    Page venue = opened(VENUE, "/");
    Locator underWay = venue.locator("ol.steps li", containing("Virement en cours"));
    String before = underWay.innerText();
    String owed = venue.locator("ol.steps li", containing("À payer")).innerText();
    venue.fill("#au", "2026-03-29");
    assertThat(venue.locator("#au")).isFocused();

    Page one = opened("agent", "/reglements/ouverture");
    one.fill("#run", "reglement-direct");
    one.locator("#programme").selectOption(new SelectOption().setIndex(1));
    button(one, "Voir ce qu’il paierait");
    button(one, "Ouvrir ce règlement");
    // Whoever opened it waits for the other, on the page that says so.
    mark(one);
    renewedSoon(one);
    assertThat(one.getByRole(AriaRole.STATUS).first()).containsText("Le règlement est ouvert.");
    Page other = opened("agent-2", "/reglements/reglement-direct/liberation");
    button(other, "Libérer ce règlement");

    renewedSoon(venue);
    assertThat(underWay).not().hasText(before);
    assertThat(venue.locator("ol.steps li", containing("À payer"))).not().hasText(owed);
    assertThat(venue.locator("#nouveau")).containsText("Virement en cours");
    assertThat(venue.locator("#au")).hasValue("2026-03-29");
    assertThat(venue.locator("#au")).isFocused();
    assertThat(marked(venue)).isTrue();
    renewedSoon(one);
    assertThat(one.locator(".title-row .tag").first()).hasText("Libéré");
    assertThat(one.getByRole(AriaRole.STATUS).first()).containsText("Le règlement est ouvert.");
    assertThat(marked(one)).isTrue();
    chromium.look(venue, "tableau-de-bord-lieu-renouvele");
  }

  @Test
  void aRowThatComesAboveLeavesTheKeyboardWhereItIs() throws Exception {
    Page venue = opened(VENUE, SLIPS);
    Locator link = venue.locator("#t-bordereaux tbody th a").nth(1);
    String slip = link.innerText();
    int rows = venue.locator("#t-bordereaux tbody tr").count();
    link.focus();
    assertThat(rows).isGreaterThan(2);

    send("en-direct-1");
    renewedSoon(venue);

    assertThat(venue.locator("#t-bordereaux tbody tr").first()).containsText("en-direct-1");
    assertThat(venue.locator(":focus")).hasText(slip);
    assertThat(venue.locator("#nouveau")).not().isEmpty();
    assertThat(marked(venue)).isTrue();

    // What is marked, to copy it, stays marked; and comes when it is let go of.
    venue.evaluate(
        "() => getSelection().selectAllChildren(document.querySelector('#t-bordereaux caption'))");
    send("en-direct-2");
    assertThat(venue.waitForResponse(SLIPS_ANSWERED, () -> renewedSoon(venue)).status())
        .isEqualTo(200);
    assertThat(venue.locator("#t-bordereaux tbody tr").first()).containsText("en-direct-1");
    venue.evaluate("() => getSelection().removeAllRanges()");
    renewedSoon(venue);
    assertThat(venue.locator("#t-bordereaux tbody tr").first()).containsText("en-direct-2");
  }

  /** For who reads slowly, or has the page read out; the next pages stand still too. */
  @Test
  void aPageStandsStillForWhoAsksItTo() throws Exception {
    Page venue = opened(VENUE, "/");
    button(venue, "Ne plus actualiser");
    venue.navigate(demo.base() + SLIPS);
    List<String> asked = new ArrayList<>();
    venue.onRequest(request -> asked.add(request.url()));

    send("en-direct-fige");
    renewedSoon(venue);
    venue.focus("#figer");
    assertThat(venue.locator("#figer")).hasText("Actualiser de nouveau");
    assertThat(asked).isEmpty();
    venue.keyboard().press("Enter");

    assertThat(venue.locator("#t-bordereaux tbody tr").first()).containsText("en-direct-fige");
    assertThat(venue.locator("#figer")).hasText("Ne plus actualiser");
  }

  /** Rows whose links differ by nothing but the cheques that they name. */
  @Test
  void aHandOutThatComesAboveLeavesTheKeyboardOnTheSameCheques() {
    Page prescriber = opened(PRESCRIBER, "/remises");
    Locator first = prescriber.locator("#t-remises tbody tr").first();
    String before = first.innerText();
    Locator link = first.locator("a", new Locator.LocatorOptions().setHasText("Opposer"));
    String cheques = String.valueOf(link.getAttribute("href"));
    link.focus();

    Page other = opened(PRESCRIBER, "/");
    other.locator("#publicCode").selectOption("jeunes");
    button(other, "Voir ce qui sera remis");
    button(other, "Remettre ces chèques");
    assertThat(other.getByRole(AriaRole.STATUS).first()).containsText("chèques sont remis");
    renewedSoon(prescriber);

    assertThat(first).not().hasText(before);
    assertThat(prescriber.locator(":focus")).hasAttribute("href", cheques);
    assertThat(prescriber.locator(":focus")).hasText("Opposer");
  }

  @Test
  void aPageThatRenewsItselfIsSentCompressed() {
    Page venue = opened(VENUE, SLIPS);

    assertThat(venue.reload().headerValue("Content-Encoding")).isEqualTo("gzip");
  }

  /** Made at the end of a day or of five minutes, or before a projection came after, it is new. */
  @Test
  void anUnchangedPageIsAnsweredWithoutAny() {
    Page venue = opened(VENUE, SLIPS);

    assertThat(
            Stream.generate(() -> venue.waitForResponse(SLIPS_ANSWERED, () -> renewedSoon(venue)))
                .limit(3)
                .map(Response::status))
        .contains(304);
  }

  /** Of a page that is another's now, or nobody's, no session is said to have ended. */
  @Test
  void aPageThatCannotBeSeenAnyMoreSaysWhy() {
    Page venue = opened(VENUE, SLIPS);
    venue.route("**" + SLIPS, route -> route.fulfill(new Route.FulfillOptions().setStatus(404)));
    renewedSoon(venue);
    assertThat(venue.locator("#fini")).containsText("elle n’est plus accessible");
    chromium.forgive(404);

    Page left = opened(VENUE, SLIPS);
    left.context().clearCookies();
    Page entered = left.context().newPage();
    demo.logIn(entered, PRESCRIBER);
    left.route(
        "**" + SLIPS,
        route -> route.fulfill(new Route.FulfillOptions().setBody(entered.content())));
    renewedSoon(left);
    assertThat(left.locator("#fini")).containsText("une autre personne s’est connectée");
  }

  /** However often an open page asks, its session ends once nobody has done anything. */
  @Test
  void aPageThatRenewsItselfKeepsNoSessionAlive() {
    Page venue = opened(VENUE, SLIPS);
    lastFor(venue, 4);

    for (int asked = 0; asked < 40 && venue.locator("#fini").isHidden(); asked++) {
      renewedSoon(venue);
      venue.waitForTimeout(500);
    }

    // Not a moment later: left alone, the page asks so seldom that any session ends.
    assertThat(venue.locator("#fini").isVisible()).isTrue();
    assertThat(venue.locator("#fini")).containsText("votre session a pris fin");
    assertThat(venue.locator("#t-bordereaux")).isVisible();
    venue.locator("#fini a").click();
    assertThat(venue.locator("#login")).isVisible();
    chromium.forgive(401);
  }

  @Test
  void aServerThatDoesNotAnswerIsTold() {
    Page venue = opened(VENUE, SLIPS);
    venue.route("**" + SLIPS, route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));

    for (int asked = 0; asked < 150 && venue.locator("#muet").isHidden(); asked++) {
      renewedSoon(venue);
      venue.waitForTimeout(200);
    }
    assertThat(venue.locator("#muet")).containsText("le serveur ne répond pas");
    chromium.look(venue, "page-muette");

    venue.unroute("**" + SLIPS);
    renewedSoon(venue);
    assertThat(venue.locator("#muet")).isHidden();
    chromium.forgive(503);
  }

  private static Page opened(String login, String path) {
    Page page = chromium.open();
    demo.logIn(page, login);
    page.navigate(demo.base() + path);
    mark(page);
    return page;
  }

  /** What a page that is loaded again does not know. */
  private static void mark(Page page) {
    page.evaluate("() => { window.stayed = true; }");
  }

  private static boolean marked(Page page) {
    return (boolean) page.evaluate("() => window.stayed === true");
  }

  /** As when somebody comes back to its tab. */
  private static void renewedSoon(Page page) {
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
  }

  /** Of a cheque that nobody knows: it is judged, recorded and shown all the same. */
  private static void send(String reference) throws Exception {
    String slip =
        """
        {"reference": "%s", "lines": [{"cheque": "ZZZZZ-ZZZZ-ZZZZZZ", "servedOn": "2026-01-05",
          "service": "Aide aux démarches administratives", "pointOfService": "bus-charente-2"}]}
        """
            .formatted(reference);
    HttpResponse<byte[]> answer =
        demo.post("/api/venues/" + demo.subject(VENUE) + "/slips", VENUE, slip);
    assertThat(answer.statusCode()).as(RunningDemo.body(answer)).isEqualTo(201);
  }

  private static void lastFor(Page page, int seconds) {
    String id =
        page.context().cookies().stream()
            .filter(cookie -> cookie.name.equals("JSESSIONID"))
            .findFirst()
            .orElseThrow()
            .value;
    TomcatWebServer server =
        (TomcatWebServer) ((ServletWebServerApplicationContext) demo.application()).getWebServer();
    for (Container context : server.getTomcat().getHost().findChildren()) {
      for (Session session : ((Context) context).getManager().findSessions()) {
        if (session.getId().equals(id)) {
          session.setMaxInactiveInterval(seconds);
        }
      }
    }
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
