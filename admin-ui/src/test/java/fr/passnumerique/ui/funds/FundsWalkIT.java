package fr.passnumerique.ui.funds;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SelectOption;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** A funder's money from the call for it to the last word about it, and all of it undone again. */
class FundsWalkIT {
  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();

  @RegisterExtension static final Chromium chromium = new Chromium();

  @Test
  void fundsAreCalledReceivedGivenBackAndEachIsTakenBack() throws Exception {
    JsonNode share = callable();
    Page clerk = chromium.open();
    demo.logIn(clerk, "agent");
    clerk.navigate(demo.base() + "/conventions/" + share.path("agreement").asString());
    chromium.look(clerk, "agent-convention");
    calls(clerk, share.path("funder").asString());
    receives(clerk);
    givesBack(clerk, share);
    recordsTheRefundAndTakesItBack(clerk);

    clerk.navigate(demo.base() + "/versements/vir-0001");
    act(clerk, "Retirer ce versement");
    clerk.locator("#reason").selectOption("NEVER_CAME");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator(".facts")).containsText("10,00\u00A0€");
    chromium.look(clerk, "versement-retrait");
    button(clerk, "Retirer ce versement");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Le versement est retiré.");
    assertThat(clerk.locator("main .actions a")).hasCount(0);
    chromium.look(clerk, "versement-retire");

    // It settled the call, which is open again.
    clerk.navigate(demo.base() + "/appels/appel-essai");
    act(clerk, "Annuler l’appel");
    clerk.locator("#reason").selectOption("ENTERED_BY_MISTAKE");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator(".facts")).containsText("10,00\u00A0€");
    button(clerk, "Annuler cet appel");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("L’appel est annulé.");
    assertThat(clerk.locator("main .actions a")).hasCount(0);
  }

  @Test
  void aFunderIsRegisteredAndSignsAnAgreementThatIsAmended() {
    Page clerk = chromium.open();
    demo.logIn(clerk, "agent");
    clerk.navigate(demo.base() + "/financeurs");
    clerk
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Enregistrer un financeur"))
        .click();
    clerk.fill("#name", "Communes de l’ouest de la Creuse");
    clerk.fill("#funder", "communes-creuse-ouest");
    clerk.locator("#kind").selectOption("COMMUNES");
    clerk.fill("#members", "23096 Guéret\n23030 Bourganeuf");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator("#lead-faute")).containsText("chef de file");
    chromium.forgive(422);
    clerk.fill("#lead", "23096");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator(".facts")).containsText("Guéret (chef de file), Bourganeuf");
    chromium.look(clerk, "financeur-question");
    button(clerk, "Enregistrer ce financeur");
    assertThat(clerk.locator("#t-financeurs")).containsText("communes-creuse-ouest");
    chromium.look(clerk, "financeurs");

    clerk.navigate(demo.base() + "/conventions");
    clerk
        .getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Enregistrer une convention"))
        .click();
    clerk.fill("#agreement", "creuse-ouest-2027");
    clerk.locator("#programme").selectOption(new SelectOption().setIndex(1));
    clerk.fill("#signedOn", Paris.dayOf(Instant.now()).toString());
    clerk.fill("#startsOn", "2027-01-01");
    clerk.fill("#endsOn", "2027-12-31");
    clerk.fill("#territory", "23");
    clerk.fill("#shares", "communes-creuse-ouest ; 90 ; 9 000");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.getByRole(AriaRole.ALERT)).isVisible();
    chromium.forgive(422);
    chromium.look(clerk, "convention-nouvelle");
    clerk.fill("#shares", "communes-creuse-ouest ; 100 ; 9 000");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator(".facts")).containsText("100,0\u00A0%, plafond 9\u00A0000,00\u00A0€");
    chromium.look(clerk, "convention-question");
    button(clerk, "Enregistrer cette convention");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("La convention est enregistrée.");

    act(clerk, "Saisir un avenant");
    assertThat(clerk.locator("#shares")).hasValue("communes-creuse-ouest ; 100 ; 9000");
    clerk.fill("#signedOn", Paris.dayOf(Instant.now()).toString());
    clerk.fill("#inForceFrom", "2027-03-01");
    clerk.fill("#shares", "communes-creuse-ouest ; 100 ; 12 000");
    button(clerk, "Voir ce que cela ferait");
    chromium.look(clerk, "avenant-question");
    button(clerk, "Enregistrer cet avenant");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("L’avenant est enregistré.");
    assertThat(clerk.locator("main")).containsText("1\u00A0avenant");
  }

  @Test
  void whatIsFreeIsTransferredToAnotherAgreementOfItsFunder() throws Exception {
    JsonNode share = callable();
    String from = share.path("agreement").asString();
    String funder = share.path("funder").asString();
    String to = otherAgreement(from, funder);
    HttpResponse<byte[]> received =
        demo.post(
            "/api/receipts",
            "agent",
            ("{\"receipt\":\"vir-0002\",\"agreement\":\"%s\",\"funder\":\"%s\","
                    + "\"amountCents\":1000,\"valueDate\":\"%s\"}")
                .formatted(from, funder, Paris.dayOf(Instant.now())));
    Assertions.assertThat(received.statusCode()).as(RunningDemo.body(received)).isEqualTo(201);
    Page clerk = chromium.open();
    demo.logIn(clerk, "agent");
    clerk.navigate(demo.base() + "/conventions/" + from);
    act(clerk, "Transférer des fonds libres");
    clerk.locator("#funder").selectOption(funder);
    clerk.locator("#to").selectOption(to);
    clerk.fill("#amountCents", "100 000 000");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.getByRole(AriaRole.ALERT)).isFocused();
    chromium.forgive(422);
    clerk.fill("#amountCents", "1");
    clerk.fill("#transfer", "transfert-essai");
    chromium.look(clerk, "transfert-saisie");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator(".facts")).containsText("1,00\u00A0€");
    assertThat(clerk.locator(".facts")).containsText(to);
    chromium.look(clerk, "transfert-question");
    button(clerk, "Transférer ces fonds");
    assertThat(clerk).hasURL(demo.base() + "/transferts/transfert-essai");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Les fonds sont transférés.");
    chromium.look(clerk, "agent-transfert");
  }

  private static String otherAgreement(String agreement, String funder) throws Exception {
    for (JsonNode share : demo.json("/api/calls-for-funds", "agent").path("shares")) {
      if (share.path("funder").asString().equals(funder)
          && !share.path("agreement").asString().equals(agreement)) {
        return share.path("agreement").asString();
      }
    }
    throw new AssertionError("the demo has no other agreement of " + funder);
  }

  /** A share of which something can be called, and whose payer has it as credit then. */
  private static JsonNode callable() throws Exception {
    for (JsonNode share : demo.json("/api/calls-for-funds", "agent").path("shares")) {
      if (share.path("basis").asString().equals("CEILING")
          && share.path("callableCents").asLong() >= 10_00) {
        return share;
      }
    }
    throw new AssertionError("the demo has no share of which something can be called");
  }

  private static void calls(Page clerk, String funder) {
    act(clerk, "Appeler des fonds");
    clerk.locator("#funder").selectOption(funder);
    clerk.fill("#amountCents", "100 000 000");
    clerk.fill("#dueOn", Paris.dayOf(Instant.now()).plusDays(30).toString());
    clerk.fill("#call", "appel-essai");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.getByRole(AriaRole.ALERT)).isFocused();
    assertThat(clerk.locator("#amountCents")).hasValue("100 000 000");
    chromium.forgive(422);
    chromium.look(clerk, "appel-refuse");
    clerk.fill("#amountCents", "10");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator(".facts")).containsText("10,00\u00A0€");
    chromium.look(clerk, "appel-question");
    button(clerk, "Appeler ces fonds");
    assertThat(clerk).hasURL(demo.base() + "/appels/appel-essai");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Les fonds sont appelés.");
    chromium.look(clerk, "agent-appel");
  }

  private static void receives(Page clerk) throws Exception {
    act(clerk, "Saisir son versement");
    assertThat(clerk.locator("#call")).hasValue("appel-essai");
    clerk.fill("#amountCents", "10");
    clerk.fill("#receipt", "vir-0001");
    chromium.look(clerk, "versement-saisie");
    button(clerk, "Voir ce que cela ferait");
    assertThat(clerk.locator(".facts")).containsText("Référence de l’appel");
    assertThat(clerk.locator(".facts")).containsText("Solde d’abord l’appel");
    FormData again = sent(clerk);
    String question = clerk.url();
    button(clerk, "Enregistrer ce versement");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Le versement est enregistré");
    chromium.look(clerk, "agent-versement");

    // The call that it settled is open no more; what is confirmed once more is the same receipt.
    APIResponse second = clerk.request().post(question, RequestOptions.create().setForm(again));
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.url()).endsWith("/versements/vir-0001");
    assertThat(second.text()).contains("rien n’est fait deux fois");
    for (JsonNode call : demo.json("/api/calls-for-funds", "agent").path("calls")) {
      if (call.path("call").asString().equals("appel-essai")) {
        assertThat(call.path("receivedCents").asLong()).isEqualTo(10_00);
        assertThat(call.path("beyondCents").asLong()).isZero();
      }
    }
  }

  private static void givesBack(Page clerk, JsonNode share) {
    clerk.navigate(demo.base() + "/conventions/" + share.path("agreement").asString());
    act(clerk, "Rendre des fonds libres");
    String proposed = clerk.locator("#giveBack").inputValue();
    clerk.reload();
    assertThat(clerk.locator("#giveBack").inputValue()).startsWith("rendu-").isNotEqualTo(proposed);
    clerk.locator("#funder").selectOption(share.path("funder").asString());
    clerk.fill("#amountCents", "1");
    clerk.fill("#giveBack", "rendu-essai");
    chromium.look(clerk, "restitution-saisie");
    button(clerk, "Voir ce que cela ferait");
    button(clerk, "Rendre ces fonds");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("L’avoir est émis");
    assertThat(clerk).hasURL(Pattern.compile(".*/avoirs/.*"));
    chromium.look(clerk, "agent-avoir");
  }

  private static void recordsTheRefundAndTakesItBack(Page clerk) {
    act(clerk, "Saisir le remboursement");
    // Not before the note was issued, be it by one midnight.
    String day = Paris.dayOf(Instant.now()).toString();
    clerk.fill("#bookedOn", day);
    button(clerk, "Voir ce que cela ferait");
    chromium.look(clerk, "remboursement-saisi");
    button(clerk, "Enregistrer ce remboursement");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Le remboursement est enregistré.");
    act(clerk, "Retirer le remboursement");
    assertThat(clerk.locator("#paidOn")).hasValue(day);
    clerk.locator("#reason").selectOption("NEVER_DEBITED");
    button(clerk, "Voir ce que cela ferait");
    chromium.look(clerk, "remboursement-retrait");
    button(clerk, "Retirer ce remboursement");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("Le remboursement est retiré.");
    act(clerk, "Annuler la restitution");
    assertThat(clerk.locator(".facts")).containsText("1,00\u00A0€");
    button(clerk, "Annuler cette restitution");
    assertThat(clerk.getByRole(AriaRole.STATUS)).containsText("La restitution est annulée.");
    assertThat(clerk.locator("main .actions a")).hasCount(0);
  }

  /** What the button of the question sends. */
  private static FormData sent(Page page) {
    FormData form = FormData.create();
    page.locator("main form input[type=hidden]")
        .all()
        .forEach(field -> form.set(String.valueOf(field.getAttribute("name")), field.inputValue()));
    return form;
  }

  private static void act(Page page, String label) {
    page.locator("main .actions a", new Page.LocatorOptions().setHasText(label)).click();
  }

  private static void button(Page page, String label) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(label)).click();
  }
}
