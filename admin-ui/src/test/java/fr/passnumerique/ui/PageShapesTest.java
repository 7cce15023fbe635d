package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.servlet.resource.ResourceUrlProvider;

/** Every view, in states that are hard to bring about: whole before any script, and well formed. */
class PageShapesTest {
  private static ConfigurableApplicationContext specimens;
  private static String base;

  @BeforeAll
  static void start() {
    specimens =
        new SpringApplication(Specimens.class)
            .run("--server.port=0", "--spring.profiles.active=specimens");
    base = "http://localhost:" + specimens.getEnvironment().getProperty("local.server.port");
  }

  @AfterAll
  static void stop() {
    specimens.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login",
        "/login?error",
        "/login?wait=40",
        "/login?logout",
        "/login?late",
        "/login?ended",
        "/login/code",
        "/login/code?error",
        "/login/code?wait=300",
        "/specimen/my-sessions/one",
        "/specimen/my-sessions/ended",
        "/specimen/my-password/blank",
        "/specimen/my-password/unlike",
        "/specimen/second-factor/none",
        "/specimen/second-factor/begun",
        "/specimen/second-factor/wrong",
        "/specimen/second-factor/codes",
        "/specimen/second-factor/enrolled",
        "/specimen/accounts/full",
        "/specimen/accounts/empty",
        "/specimen/account-approve/ask",
        "/specimen/account-approve/code",
        "/specimen/account-new/blank",
        "/specimen/account-new/bad",
        "/specimen/account-disable",
        "/specimen/account-key/blank",
        "/specimen/account-key/bad",
        "/specimen/account-key/made",
        "/specimen/account/full",
        "/specimen/account/empty",
        "/specimen/factor-reset",
        "/specimen/factor-required",
        "/specimen/administration/full",
        "/specimen/administration/empty",
        "/specimen/disclosures/full",
        "/specimen/disclosures/empty",
        "/specimen/projections/full",
        "/specimen/works/full",
        "/specimen/works/empty",
        "/specimen/todo/first",
        "/specimen/todo/last",
        "/specimen/todo/empty",
        "/specimen/notifications/first",
        "/specimen/notifications/last",
        "/specimen/notifications/empty",
        "/specimen/projections/empty",
        "/specimen/rebuild/folding",
        "/specimen/rebuild/differs",
        "/specimen/rebuild/stopped",
        "/specimen/rebuild/cancelled",
        "/specimen/rebuild/switched",
        "/specimen/rebuild/ask",
        "/specimen/rebuild/proposed",
        "/specimen/rebuild/accept",
        "/specimen/rebuild/confirm",
        "/specimen/rebuild-ask/blank",
        "/specimen/rebuild-ask/asked",
        "/specimen/fact-aside/first",
        "/specimen/fact-aside/second",
        "/specimen/fact-aside/own",
        "/specimen/dashboard/full",
        "/specimen/dashboard/breach",
        "/specimen/dashboard/empty",
        "/specimen/dashboard/past",
        "/specimen/balances/financeurs",
        "/specimen/balances/conventions?tri=-avance&page=3",
        "/specimen/balances/lieux?cherche=individuel",
        "/specimen/balances/departements-de-financement?tri=nom",
        "/specimen/balances/departements-de-depense",
        "/specimen/balances/flux",
        "/specimen/balances/empty",
        "/specimen/funder/full",
        "/specimen/funder/one",
        "/specimen/funder/past",
        "/specimen/funder/empty",
        "/specimen/agreements/full",
        "/specimen/agreements/full?tri=-plafond&page=2",
        "/specimen/agreements/full?cherche=maritime",
        "/specimen/agreements/full?cherche=nowhere",
        "/specimen/agreements/empty",
        "/specimen/agreement/full",
        "/specimen/agreement/operator",
        "/specimen/agreement/empty",
        "/specimen/calls/operator",
        "/specimen/calls/full",
        "/specimen/calls/empty",
        "/specimen/ends/full",
        "/specimen/ends/empty",
        "/specimen/opened/full",
        "/specimen/opened/empty",
        "/specimen/opened/fact",
        "/specimen/reconciliation/whole",
        "/specimen/reconciliation/unexplained",
        "/specimen/runs/full",
        "/specimen/runs/empty",
        "/specimen/run/opened",
        "/specimen/run/released",
        "/specimen/run/empty",
        "/specimen/run/doubt",
        "/specimen/run/ask",
        "/specimen/run/own",
        "/specimen/run/mine",
        "/specimen/run/file",
        "/specimen/bank-file/blank",
        "/specimen/bank-file/asked",
        "/specimen/venue-account/none",
        "/specimen/venue-account/closed",
        "/specimen/venue-account/proposed",
        "/specimen/venue-account/own",
        "/specimen/venue-account/propose",
        "/specimen/venue-account/confirm",
        "/specimen/run-open/blank",
        "/specimen/run-open/bad",
        "/specimen/run-open/asked",
        "/specimen/endings/full",
        "/specimen/endings/empty",
        "/specimen/endings/full?cherche=nowhere",
        "/specimen/ending/waiting",
        "/specimen/ending/agreed",
        "/specimen/ending/early",
        "/specimen/ending/ask",
        "/specimen/transfer/ordered",
        "/specimen/transfer/paid",
        "/specimen/transfer-deed/take-back",
        "/specimen/transfer-deed/reject",
        "/specimen/transfer-deed/confirm",
        "/specimen/bank-unmatched/full",
        "/specimen/bank-unmatched/none",
        "/specimen/bank-unmatched/empty",
        "/specimen/bank-exceptions/full",
        "/specimen/bank-exceptions/empty",
        "/specimen/bank-statements/full",
        "/specimen/bank-statements/empty",
        "/specimen/bank-entry-match/blank",
        "/specimen/bank-entry-match/bad",
        "/specimen/bank-entry-match/asked",
        "/specimen/bank-exception-close",
        "/specimen/reversals/full",
        "/specimen/reversals/empty",
        "/specimen/debit-notes/full",
        "/specimen/debit-notes/empty",
        "/specimen/reversal-new/blank",
        "/specimen/reversal-new/bad",
        "/specimen/reversal-deed/confirm",
        "/specimen/reversal-deed/decide",
        "/specimen/reversal-deed/contest",
        "/specimen/debit-note-deed/issue",
        "/specimen/debit-note-deed/pay",
        "/specimen/debit-note-deed/take-back",
        "/specimen/opposition-approve",
        "/specimen/orders/full",
        "/specimen/orders/empty",
        "/specimen/prescribers/full",
        "/specimen/prescribers/empty",
        "/specimen/prescriber-deed/bad",
        "/specimen/prescriber-deed/asked",
        "/specimen/order-deed/order",
        "/specimen/order-deed/activate",
        "/specimen/order-deed/deliver",
        "/specimen/refund-deed/blank",
        "/specimen/refund-deed/bad",
        "/specimen/refund-deed/record",
        "/specimen/refund-deed/take-back",
        "/specimen/refund-deed/reject",
        "/specimen/refund-file",
        "/specimen/funders/full",
        "/specimen/funders/empty",
        "/specimen/funder-deed/bad",
        "/specimen/funder-deed/asked",
        "/specimen/agreement-deed/bad",
        "/specimen/agreement-deed/amend",
        "/specimen/agreement-deed/asked",
        "/specimen/funds-deed/call",
        "/specimen/funds-deed/call-bad",
        "/specimen/funds-deed/receipt",
        "/specimen/funds-deed/take-back",
        "/specimen/funds-deed/transfer",
        "/specimen/funds-deed/give-back",
        "/specimen/funds-deed/cancel-call",
        "/specimen/funds-deed/cancel-give-back",
        "/specimen/funder-account/proposed",
        "/specimen/funder-account/none",
        "/specimen/venue-register/full",
        "/specimen/venue-register/empty",
        "/specimen/conflicts-of-interest/full",
        "/specimen/conflicts-of-interest/empty",
        "/specimen/label-deed/asked",
        "/specimen/label-deed/bad",
        "/specimen/label-deed/decide",
        "/specimen/venue-deed/import",
        "/specimen/venue-deed/identify",
        "/specimen/venue-deed/confirm",
        "/specimen/facts/full",
        "/specimen/facts/none",
        "/specimen/facts/empty",
        "/specimen/thing/full",
        "/specimen/thing/past",
        "/specimen/thing/empty",
        "/specimen/receipt/proved",
        "/specimen/receipt/hand",
        "/specimen/venue/listed",
        "/specimen/venue/unlisted",
        "/specimen/prescriber/full",
        "/specimen/prescriber/empty",
        "/specimen/slips/own",
        "/specimen/slips/all",
        "/specimen/slips/none",
        "/specimen/venue-sheet/full",
        "/specimen/venue-sheet/empty",
        "/specimen/cheque-check/blank",
        "/specimen/cheque-check/good",
        "/specimen/cheque-check/used",
        "/specimen/cheque-check/refused",
        "/specimen/hand-out/blank",
        "/specimen/hand-out/bad",
        "/specimen/hand-out/asked",
        "/specimen/hand-out/empty",
        "/specimen/stock-list/stock",
        "/specimen/stock-list/hand-outs",
        "/specimen/stock-list/deliveries",
        "/specimen/stock-list/oppositions",
        "/specimen/stock-list/empty",
        "/specimen/slip-new/blank",
        "/specimen/slip-new/bad",
        "/specimen/slip-review/mixed",
        "/specimen/slip-review/every",
        "/specimen/slip-review/good",
        "/specimen/slip-review/refused",
        "/specimen/slip",
        "/specimen/slip-withdraw",
        "/specimen/cheques/blank",
        "/specimen/cheques/unknown",
        "/specimen/cheque",
        "/specimen/error/403",
        "/specimen/error/404",
        "/specimen/error/500",
        "/specimen/error/4xx",
        "/specimen/error/5xx",
        "/specimen/too-late",
        "/specimen/places/full",
        "/specimen/places/empty",
        "/specimen/places/abroad",
        "/specimen/places/far",
        "/specimen/holder/asked",
        "/specimen/holder/refused",
        "/specimen/holder/VALID",
        "/specimen/holder/UNKNOWN_CODE",
        "/specimen/holder/ALREADY_USED",
        "/specimen/holder/OPPOSED",
        "/specimen/holder/NOT_USABLE_YET",
        "/specimen/holder/OVER",
        "/specimen/accessibility",
        "/specimen/search/blank",
        "/specimen/search/none",
        "/specimen/search/several",
        "/specimen/not-kept/replaced",
        "/specimen/not-kept/now",
      })
  void aPageIsWholeAndStrict(String path) throws Exception {
    HttpResponse<String> page = page(path);
    String html = page.body();

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(html.replace("otpauth:", ""))
        .contains("<html lang=\"fr\"")
        .doesNotContain("th:", "??");
    assertThat(count(html, "<h1[ >]")).isOne();
    assertThat(count(html, "<main[ >]")).isOne();
    assertThat(count(html, "<title>[^<]+ – Pass numérique</title>")).isOne();
    // What the content security policy would refuse.
    assertThat(count(html, "\\sstyle=")).isZero();
    assertThat(count(html, "\\son[a-z]+=")).isZero();
    assertThat(count(html, "<script(?![^>]*src=)")).isZero();
    assertThat(count(html, "<style")).isZero();
    assertThat(count(html, "(src|href)=\"(https?:)?//")).isZero();
    assertThat(count(html, "<caption")).isEqualTo(count(html, "<table[ >]"));
    assertThat(count(html, "<th(?![^>]*scope=)[ >]")).isZero();
    // Whoever sees a table may take it away; a draft is nobody's yet.
    assertThat(count(html, "<p class=\"exports\""))
        .isEqualTo(
            count(html, "<table[ >]")
                - count(html, "id=\"t-bonnes\"")
                // No file holds the postings of one fact alone.
                - count(html, "id=\"fait\""));
    assertThat(count(html, "href=\"/api/[^\"]*[?;]format=(EXCEL_FR|CSV|JSON)\""))
        .isEqualTo(3 * count(html, "<p class=\"exports\""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/css/pass.css",
        "/js/scan.js",
        "/img/mark.svg",
        "/favicon.ico",
        "/webjars/bootstrap/css/bootstrap.min.css"
      })
  void whatAPageNeedsIsServed(String path) throws Exception {
    assertThat(page(path).statusCode()).isEqualTo(200);
  }

  /** Links are by the hundred on a page, and each search opens every jar. */
  @Test
  void aLinkToAPageIsNotLookedForAmongFiles() {
    AntPathMatcher paths = new AntPathMatcher();

    assertThat(specimens.getBean(ResourceUrlProvider.class).getHandlerMap().keySet())
        .anyMatch(pattern -> paths.match(pattern, "/css/pass.css"))
        .noneMatch(pattern -> paths.match(pattern, "/ecritures"))
        .noneMatch(pattern -> paths.match(pattern, "/lieux/35600000060857/bordereaux/B-1"));
  }

  /** For who hears a page: what is wrong is told with the field, and first of all. */
  @Test
  void aFaultIsToldAtItsFieldAndWhatWasTypedIsKept() throws Exception {
    String bad = page("/specimen/run-open/bad").body();

    assertThat(bad)
        .containsSubsequence("role=\"alert\"", "autofocus", "href=\"#run\"", "id=\"run\"")
        .containsPattern(
            "<input[^>]*id=\"run\"[^>]*value=\"règlement douze\"[^>]*aria-describedby=\"run-aide"
                + " run-faute\"[^>]*aria-invalid=\"true\"")
        .contains("id=\"run-faute\"", "id=\"run-aide\"", "value=\"31/02/2026\"");
    assertThat(page("/specimen/reversal-new/bad").body())
        .contains("href=\"#lines\"", "Cochez au moins une case.", "value=\"indu 12\"");
    assertThat(page("/specimen/reversal-new/blank").body())
        .containsPattern("value=\"3\"[^>]*checked")
        .doesNotContainPattern("value=\"1\"[^>]*checked");
    assertThat(page("/specimen/run-open/blank").body())
        .contains("type=\"date\"", "value=\"2026-11-30\"")
        .doesNotContain("aria-invalid");
  }

  /** What a rebuild replaced is not folded anew. */
  @Test
  void aMomentThatIsNotKeptNamesTheRemedyOfTheTablesThatWereAsked() throws Exception {
    assertThat(page("/specimen/not-kept/replaced").body())
        .contains("pour les positions 20 à 31", "asOfPosition", "retirez shownBefore")
        .doesNotContain("rebuildProjection");
    assertThat(page("/specimen/not-kept/now").body())
        .contains("reconstruire « Registres »")
        .doesNotContain("shownBefore");
  }

  private static HttpResponse<String> page(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(base + path)).header("Accept", "text/html").build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static long count(String html, String pattern) {
    return Pattern.compile(pattern).matcher(html).results().count();
  }
}
