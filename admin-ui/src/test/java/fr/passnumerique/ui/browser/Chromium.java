package fr.passnumerique.ui.browser;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ReducedMotion;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The installed Chromium, one for all tests of a JVM: a static {@code @RegisterExtension} of a test
 * class. Each page is somebody else's, and none may be complained of. {@code -Dscreens=true} keeps
 * pictures of the pages in {@code docs/screens}.
 */
public final class Chromium implements BeforeAllCallback, AfterEachCallback {
  private static final int WIDE = 1280;
  private static final int NARROW = 320;
  private static final int HEIGHT = 900;
  private static final boolean SCREENS = Boolean.getBoolean("screens");
  private static final boolean EVERYWHERE = Boolean.getBoolean("look.everywhere");
  private static final Path PICTURES = Path.of("..", "docs", "screens");

  private final List<String> complaints = new ArrayList<>();
  private final List<BrowserContext> contexts = new ArrayList<>();
  private @Nullable Browser browser;

  /** Playwright's own process and the browser. */
  private static final class Process implements AutoCloseable {
    private final Playwright playwright = Playwright.create();
    private final Browser browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(installed())
                    .setArgs(List.of("--no-sandbox", "--lang=fr-FR"))
                    .setEnv(inFrench()));

    /** Of a page that renews itself, on a machine where three tests go on at once. */
    Process() {
      PlaywrightAssertions.setDefaultAssertionTimeout(30_000);
    }

    /** Of a browser's own parts, as the days of a date field: it goes by this alone. */
    private static Map<String, String> inFrench() {
      Map<String, String> environment = new HashMap<>(System.getenv());
      environment.put("LANGUAGE", "fr_FR");
      return environment;
    }

    @Override
    public void close() {
      playwright.close();
    }
  }

  /**
   * Of the two the one that draws no window of its own, which spares the processors. It knows no
   * French, which shows in the date fields of pictures.
   */
  public static Path installed() {
    List<String> programs =
        SCREENS ? List.of("chromium") : List.of("chromium-headless-shell", "chromium");
    return programs.stream()
        .flatMap(
            program ->
                Stream.concat(Stream.of("/usr/bin"), Stream.of(System.getenv("PATH").split(":")))
                    .map(folder -> Path.of(folder, program)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("install chromium"));
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    browser =
        context
            .getRoot()
            .getStore(ExtensionContext.Namespace.create(Chromium.class))
            .computeIfAbsent(Process.class, _ -> new Process(), Process.class)
            .browser;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    contexts.forEach(BrowserContext::close);
    contexts.clear();
    List<String> told = List.copyOf(complaints);
    complaints.clear();
    assertThat(told).as("what browsers and accessibility checks complain of").isEmpty();
  }

  /** By how much the page is wider than the screen, and what sticks out; empty if it is not. */
  private static final String OVERFLOW =
      """
      () => {
        const screen = document.documentElement.clientWidth;
        const over = document.documentElement.scrollWidth - screen;
        const out = [...document.querySelectorAll('body *')]
          .filter(e => e.checkVisibility() && e.getBoundingClientRect().right > screen + 1)
          .slice(0, 3).map(e => e.outerHTML.slice(0, 120));
        return over === 0 ? '' : [over + ' px', ...out].join(' ');
      }
      """;

  /** Somebody who has not logged in. */
  public Page open() {
    return open(true);
  }

  /** The same with a browser that runs no script. */
  public Page openWithoutScript() {
    return open(false);
  }

  private Page open(boolean script) {
    BrowserContext context =
        requireNonNull(browser)
            .newContext(
                new Browser.NewContextOptions()
                    .setJavaScriptEnabled(script)
                    .setViewportSize(WIDE, HEIGHT)
                    .setLocale("fr-FR")
                    .setTimezoneId("Europe/Paris")
                    // A button half way through its change of colour would be judged as it never
                    // stays.
                    .setReducedMotion(ReducedMotion.REDUCE));
    contexts.add(context);
    Page page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(page.url() + ": " + message.text());
          }
        });
    page.onPageError(error -> complaints.add(page.url() + ": " + error));
    return page;
  }

  /** The browser notes a status, which is right where a page is refused. */
  public void forgive(int status) {
    complaints.removeIf(complaint -> complaint.contains("status of " + status));
  }

  /**
   * No rule of accessibility is broken, nothing is wider than the screen on both widths; and each
   * table's file is there for whoever sees it. The rules take seconds, and are asked where all is
   * shown; with {@code -Dlook.everywhere=true} on the narrow screen and of all formats too. Not
   * without scripts: the check is one.
   *
   * @param name of the picture
   */
  public void look(Page page, String name) {
    for (int width : new int[] {NARROW, WIDE}) {
      page.setViewportSize(width, HEIGHT);
      if (width == WIDE || EVERYWHERE) {
        // No page has frames. The mode that looks into others' opens a page more for every check.
        new AxeBuilder(page)
            .setLegacyMode(true)
            .options(brokenOnly())
            .analyze()
            .getViolations()
            .forEach(rule -> complaints.add("%s, %d px: %s".formatted(page.url(), width, rule)));
      }
      String overflow = overflow(page);
      if (!overflow.isEmpty()) {
        complaints.add("%s is wider than %d px: %s".formatted(page.url(), width, overflow));
      }
      if (SCREENS) {
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + (width == WIDE ? "" : "-etroit") + ".png"))
                .setFullPage(true));
      }
    }
    takeAway(page);
    // The check leaves empty style attributes behind; htmx would copy them, and the policy object.
    page.evaluate(
        "() => document.querySelectorAll('[style]').forEach(e => e.removeAttribute('style'))");
  }

  /**
   * Each rule is asked of each element, but only one of those that keep it is told: to name all of
   * them takes longer than the rules.
   */
  private static AxeRunOptions brokenOnly() {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    return options;
  }

  /** Once it stays: a drawing follows the width a moment later. */
  private static String overflow(Page page) {
    try {
      page.waitForFunction(
          "() => document.documentElement.scrollWidth === document.documentElement.clientWidth",
          null,
          new Page.WaitForFunctionOptions().setTimeout(3_000));
      return "";
    } catch (TimeoutError _) {
      return String.valueOf(page.evaluate(OVERFLOW));
    }
  }

  /** With a row for each of the table's. {@code TakenTablesIT} takes each in every format. */
  private static void takeAway(Page page) {
    String links = EVERYWHERE ? ".exports a" : ".exports a[href*='format=CSV']";
    for (Locator exports : page.locator(".exported:has(.exports)").all()) {
      for (Locator link : exports.locator(links).all()) {
        String address =
            URI.create(page.url())
                .resolve(String.valueOf(link.getAttribute("href")))
                .toASCIIString();
        APIResponse file = page.request().get(address);
        assertThat(file.status()).as(address).isEqualTo(200);
        if (address.contains("format=CSV")) {
          int rows = exports.locator("tbody tr:not([data-aside])").count();
          assertThat(file.text().lines().count()).as("lines of %s", address).isGreaterThan(rows);
        }
      }
    }
  }
}
