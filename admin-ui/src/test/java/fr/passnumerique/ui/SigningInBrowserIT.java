package fr.passnumerique.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.FactorCodes;
import fr.passnumerique.clearing.access.FactorTime;
import fr.passnumerique.clearing.access.GuessingTime;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.browser.Chromium;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Signing in as people do, in a real browser: a second factor is set up, shown, refused and taken
 * away, and sessions are ended. As in production: releasing money asks for one.
 */
@SpringBootTest(
    classes = {ClearingApplication.class, SigningInBrowserIT.TimeIsSet.class},
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class SigningInBrowserIT {
  private static final String PASSWORD = "correct horse battery";
  private static final List<String> PEOPLE =
      List.of(
          "m.durand",
          "a.leroy",
          "c.petit",
          "j.moreau",
          "s.garnier",
          "l.faure",
          "n.blanc",
          "p.roux");
  private static final TestDatabase DATABASE = TestDatabase.fresh();
  private static final AtomicReference<Instant> NOW =
      new AtomicReference<>(Instant.parse("2026-11-30T09:00:00Z"));

  @RegisterExtension static final Chromium chromium = new Chromium();

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  /** A code is taken once in thirty seconds, for which no test waits. */
  @TestConfiguration(proxyBeanMethods = false)
  static class TimeIsSet {
    @Bean
    FactorTime factorTime() {
      return NOW::get;
    }

    /** Stands still: however slowly the browser guesses, its guesses come at once. */
    @Bean
    GuessingTime guessingTime() {
      return () -> 0;
    }
  }

  @Autowired Accounts accounts;

  @Value("${local.server.port}")
  int port;

  private String base;
  private String login;
  private Account account;
  private int people;

  @BeforeAll
  void start() {
    base = "http://localhost:" + port;
  }

  @BeforeEach
  void aClerk() {
    login = PEOPLE.get(people++);
    account = accounts.create(login, PASSWORD, Role.CLERK, "", "engine");
  }

  @Test
  void aClerkEnrolsLogsInWithACodeAndIsRefusedWithoutOne() {
    Page page = chromium.open();
    logIn(page);
    assertThat(release(page).status()).isEqualTo(403);
    assertThat(release(page).text()).contains("SECOND_FACTOR_REQUIRED", "/compte/second-facteur");

    page.navigate(base + "/compte/second-facteur");
    chromium.look(page, "second-facteur-a-mettre-en-place");
    page.fill("#password", "a wrong password");
    button(page, "Commencer");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Ce n’est pas votre mot de passe");
    page.fill("#password", PASSWORD);
    button(page, "Commencer");
    assertThat(page.locator("svg.qr")).isVisible();
    chromium.look(page, "second-facteur-code-qr");
    page.fill("#code", "abcdef");
    button(page, "Mettre en place");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Ce code ne convient pas");
    chromium.look(page, "second-facteur-code-refuse");
    String secret = page.locator(".secret").innerText();
    String before = session(page);
    page.fill("#code", FactorCodes.of(secret, NOW.get()));
    button(page, "Mettre en place");
    assertThat(page.locator(".codes li")).hasCount(10);
    assertThat(session(page)).as("what the session is called").isNotEqualTo(before);
    chromium.look(page, "second-facteur-codes-de-secours");
    String recovery = page.locator(".codes li").first().innerText();
    assertThat(release(page).status()).as("no such run, but let in").isEqualTo(404);
    page.navigate(base + "/compte/second-facteur");
    assertThat(page.locator(".codes")).hasCount(0);
    assertThat(page.locator("main")).containsText("10 restent");
    chromium.look(page, "second-facteur-en-place");
    page.fill("#password", "a wrong password");
    button(page, "Créer d’autres codes de secours");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Ce n’est pas votre mot de passe");

    NOW.updateAndGet(now -> now.plusSeconds(60));
    Page other = chromium.open();
    logIn(other);
    assertThat(other).hasURL(base + "/login/code");
    chromium.look(other, "connexion-code");
    other.navigate(base + "/reglements");
    assertThat(other).hasURL(base + "/login");
    logIn(other);
    other.fill("#code", "no code");
    button(other, "Se connecter");
    assertThat(other.getByRole(AriaRole.ALERT)).containsText("Ce code ne convient pas");
    chromium.look(other, "connexion-code-refuse");
    String code = FactorCodes.of(secret, NOW.get());
    other.fill("#code", code);
    button(other, "Se connecter");
    assertThat(other).hasURL(Pattern.compile(".*/reglements\\?continue$"));
    assertThat(release(other).status()).isEqualTo(404);

    Page third = chromium.open();
    logIn(third);
    third.fill("#code", code);
    button(third, "Se connecter");
    assertThat(third.getByRole(AriaRole.ALERT)).containsText("déjà servi");
    third.fill("#code", recovery);
    button(third, "Se connecter");
    assertThat(third.getByRole(AriaRole.HEADING, heading("Tableau de bord"))).isVisible();
    chromium.forgive(422);
  }

  @Test
  void aPersonEndsItsSessionsAndTheyEndWithTheNextRequest() {
    Page desk = chromium.openWithoutScript();
    logIn(desk);
    Page phone = chromium.openWithoutScript();
    logIn(phone);

    desk.navigate(base + "/compte/sessions");
    assertThat(desk.locator(".rows li")).hasCount(2);
    assertThat(desk.locator(".rows li").first()).containsText("Celle-ci");
    desk.locator(".rows li").last().getByRole(AriaRole.BUTTON).click();
    assertThat(desk.getByRole(AriaRole.STATUS)).containsText("a pris fin");
    assertThat(desk.locator(".rows li")).hasCount(1);
    phone.navigate(base + "/cheques");
    assertThat(phone).hasURL(base + "/login");

    logIn(phone);
    desk.navigate(base + "/compte/sessions");
    button(desk, "Mettre fin à toutes les autres");
    assertThat(desk.locator(".rows li")).hasCount(1);
    phone.navigate(base + "/cheques");
    assertThat(phone).hasURL(base + "/login");

    button(desk, "Se déconnecter partout");
    assertThat(desk).hasURL(base + "/login");
  }

  @Test
  void aPersonChangesItsPasswordAndLogsInWithTheNewOne() {
    account = accounts.create("mediatheque@creuse.fr", PASSWORD, Role.AUDITOR, "", "engine");
    login = account.login();
    Page phone = chromium.openWithoutScript();
    logIn(phone);
    Page desk = chromium.open();
    logIn(desk);

    desk.navigate(base + "/compte/sessions");
    desk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Mon mot de passe")).click();
    chromium.look(desk, "mon-mot-de-passe");
    changePassword(desk, "a wrong password", "words that nobody knows", "words that nobody knows");
    assertThat(desk.getByRole(AriaRole.ALERT)).containsText("Ce n’est pas votre mot de passe");
    changePassword(desk, PASSWORD, "words that nobody knows", "words that nobody knew");
    assertThat(desk.getByRole(AriaRole.ALERT)).containsText("diffèrent");
    chromium.look(desk, "mon-mot-de-passe-refuse");
    changePassword(desk, PASSWORD, PASSWORD, PASSWORD);
    assertThat(desk.getByRole(AriaRole.ALERT)).containsText("Il faut un autre mot de passe");
    phone.navigate(base + "/compte/sessions");
    assertThat(phone).hasURL(base + "/compte/sessions");
    changePassword(desk, PASSWORD, "words that nobody knows", "words that nobody knows");
    assertThat(desk.getByRole(AriaRole.STATUS)).containsText("Votre mot de passe est changé");
    phone.navigate(base + "/compte/sessions");
    assertThat(phone).hasURL(base + "/login");

    logIn(desk);
    assertThat(desk.getByRole(AriaRole.ALERT)).containsText("mot de passe inconnu");
    desk.fill("#login", login);
    desk.fill("#password", "words that nobody knows");
    button(desk, "Se connecter");
    desk.navigate(base + "/compte/sessions");
    assertThat(desk.locator(".rows li")).hasCount(1);
    chromium.forgive(422);
  }

  private static void changePassword(Page page, String current, String password, String again) {
    page.fill("#current", current);
    page.fill("#password", password);
    page.fill("#again", again);
    button(page, "Changer de mot de passe");
  }

  @Test
  void aClerkMakesAnAccountAndDisablesIt() {
    Page clerk = chromium.open();
    logIn(clerk);
    clerk.navigate(base + "/comptes");
    clerk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Créer un compte")).click();
    chromium.look(clerk, "compte-nouveau");
    String first = clerk.inputValue("#password");
    clerk.fill("#login", "controle@charente.fr");
    clerk.selectOption("#role", "VENUE");
    button(clerk, "Créer ce compte");
    assertThat(clerk.getByRole(AriaRole.ALERT)).containsText("Ce rattachement ne convient pas");
    assertThat(clerk.locator("#login")).hasValue("controle@charente.fr");
    chromium.look(clerk, "compte-nouveau-refuse");
    assertThat(clerk.locator("#password")).hasValue(first);
    clerk.selectOption("#role", "AUDITOR");
    button(clerk, "Créer ce compte");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Le compte est créé");
    String page = clerk.url();

    Page auditor = chromium.openWithoutScript();
    auditor.navigate(base + "/login");
    auditor.fill("#login", "controle@charente.fr");
    auditor.fill("#password", first);
    button(auditor, "Se connecter");
    assertThat(auditor).hasURL(base + "/");

    makesAKeyAndTakesItAway(clerk);
    clerk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Désactiver")).click();
    chromium.look(clerk, "compte-desactivation");
    button(clerk, "Désactiver ce compte");
    assertThat(clerk).hasURL(page);
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Le compte est désactivé");
    assertThat(clerk.getByText("Désactiver", new Page.GetByTextOptions().setExact(true)))
        .hasCount(0);
    auditor.navigate(base + "/compte/sessions");
    assertThat(auditor).hasURL(base + "/login");
    chromium.forgive(422);
  }

  private void makesAKeyAndTakesItAway(Page clerk) {
    clerk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Faire une clé")).click();
    clerk.fill("#label", "Logiciel de contrôle");
    chromium.look(clerk, "compte-cle-nouvelle");
    button(clerk, "Faire cette clé");
    String key = clerk.locator(".key").innerText();
    assertThat(read(key).status()).isEqualTo(200);
    chromium.look(clerk, "compte-cle");
    clerk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Je l’ai copiée")).click();
    assertThat(clerk.locator("main")).not().containsText(key);
    assertThat(clerk.locator("main")).containsText("Logiciel de contrôle");
    chromium.look(clerk, "compte-avec-cle");
    clerk
        .getByRole(
            AriaRole.BUTTON,
            new Page.GetByRoleOptions().setName("Retirer la clé Logiciel de contrôle"))
        .click();
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("La clé est retirée");
    assertThat(clerk.locator("main")).containsText("Retirée");
    assertThat(read(key).status()).isEqualTo(401);
  }

  /** Whoever has the key, and no session. */
  private APIResponse read(String key) {
    return chromium
        .openWithoutScript()
        .request()
        .get(
            base + "/api/programmes",
            RequestOptions.create().setHeader("Authorization", "Bearer " + key));
  }

  @Test
  void anotherClerkEndsSessionsAndTakesALostFactorAwayAndTheTrailTells() {
    Page owner = chromium.openWithoutScript();
    logIn(owner);
    enrol(owner);
    String of = login;
    String id = account.id();

    aClerk();
    Page clerk = chromium.open();
    logIn(clerk);
    clerk.navigate(base + "/comptes");
    chromium.look(clerk, "comptes");
    clerk.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(of)).click();
    assertThat(clerk).hasURL(base + "/comptes/" + id);
    chromium.look(clerk, "compte");
    button(clerk, "Mettre fin à toutes");
    assertThat(clerk.locator("[aria-labelledby=sessions] .empty")).containsText("Aucune session");
    owner.navigate(base + "/cheques");
    assertThat(owner).hasURL(base + "/login");

    Locator reset =
        clerk.getByRole(
            AriaRole.LINK, new Page.GetByRoleOptions().setName("Retirer le second facteur"));
    assertThat(reset).hasCount(0);
    clerk.navigate(base + "/comptes/" + id + "/second-facteur/retrait");
    assertThat(clerk.getByRole(AriaRole.HEADING, heading("Un second facteur est demandé")))
        .isVisible();
    enrol(clerk);
    clerk.navigate(base + "/comptes/" + id);
    reset.click();
    chromium.look(clerk, "second-facteur-retrait");
    button(clerk, "Retirer ce second facteur");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Le second facteur est retiré.");
    login = of;
    logIn(owner);
    assertThat(owner).hasURL(Pattern.compile(".*/cheques\\?continue$"));

    clerk.navigate(base + "/compte/sessions");
    chromium.look(clerk, "mes-sessions");
    clerk.navigate(base + "/comptes/trace");
    assertThat(clerk.locator("#t-trace tbody tr").first()).containsText("Second facteur retiré");
    assertThat(clerk.locator("#t-trace tbody tr").first()).containsText(of);
    chromium.look(clerk, "trace-de-l-administration");
    chromium.forgive(403);
  }

  @Test
  void aStrangerIsSentToTheLoginAndAWrongPasswordIsTold() {
    Page page = chromium.open();
    page.navigate(base + "/cheques");
    assertThat(page).hasURL(base + "/login");
    page.fill("#login", login);
    page.fill("#password", "not the password");
    button(page, "Se connecter");

    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Identifiant ou mot de passe inconnu");
  }

  @Test
  void whoGuessesIsToldInFrenchHowLongToWait() {
    Page page = chromium.open();
    for (int i = 0; i < 4; i++) {
      page.navigate(base + "/login");
      page.fill("#login", login);
      page.fill("#password", "a wrong password");
      button(page, "Se connecter");
    }

    assertThat(page.getByRole(AriaRole.ALERT))
        .containsText("Trop d’essais de suite. Attendez une seconde");
    chromium.forgive(429);
    chromium.look(page, "connexion-trop-d-essais");
  }

  private void logIn(Page page) {
    page.navigate(base + "/login");
    page.fill("#login", login);
    page.fill("#password", PASSWORD);
    button(page, "Se connecter");
  }

  private void enrol(Page page) {
    page.navigate(base + "/compte/second-facteur");
    page.fill("#password", PASSWORD);
    button(page, "Commencer");
    page.fill("#code", FactorCodes.of(page.locator(".secret").innerText(), NOW.get()));
    button(page, "Mettre en place");
  }

  private static String session(Page page) {
    return page.context().cookies().stream()
        .filter(cookie -> cookie.name.equals("JSESSIONID"))
        .map(cookie -> cookie.value)
        .findFirst()
        .orElseThrow();
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private static Page.GetByRoleOptions heading(String name) {
    return new Page.GetByRoleOptions().setName(name);
  }

  /** What a page's script would send. */
  private APIResponse release(Page page) {
    return page.request()
        .post(
            base + "/api/settlement-runs/no-such-run/release",
            RequestOptions.create()
                .setHeader("X-CSRF-TOKEN", token(page))
                .setHeader("Content-Type", "application/json")
                .setData("{}"));
  }

  private static String token(Page page) {
    return String.valueOf(page.locator("input[name=_csrf]").first().getAttribute("value"));
  }
}
