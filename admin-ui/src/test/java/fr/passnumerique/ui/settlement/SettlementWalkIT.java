package fr.passnumerique.ui.settlement;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SelectOption;
import fr.passnumerique.clearing.access.FactorCodes;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.browser.Chromium;
import fr.passnumerique.ui.demo.RunningDemo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What two clerks do until everybody is paid: on pages alone, and as in production, where releasing
 * money asks for a second factor.
 */
class SettlementWalkIT {
  private static final String NEW_IBAN = "FR76 3000 6000 0112 3456 7890 189";
  private static final String RUN = "reglement-a";
  private static final String NEXT = "reglement-b";

  @RegisterExtension
  static final RunningDemo demo = RunningDemo.ofItsOwn("--pass.access.second-factor=required");

  @RegisterExtension static final Chromium chromium = new Chromium();

  private String base;
  private Page one;
  private Page other;

  @Test
  void twoClerksPayWhatIsOwedAndMendWhatTheBankRejects() throws Exception {
    base = demo.base();
    one = chromium.open();
    demo.logIn(one, "agent");
    opensARun();
    isRefusedToReleaseItAlone();
    other = chromium.open();
    demo.logIn(other, "agent-2");
    releasesItWithASecondFactor();
    Rejected rejected = takesTheFile();
    bringsTheBanksAnswer(rejected.transfer());
    String account = proposesAnotherAccount(rejected);
    confirmsIt(account);
    payItWithTheNextRun(rejected);
    recordsByHandWhatNoFileTold();
    // Refused as they should be: a form, who may not, what was done before, a file and an IBAN.
    List.of(400, 403, 409, 422).forEach(chromium::forgive);
  }

  private void opensARun() {
    one.navigate(base + "/reglements");
    chromium.look(one, "reglements");
    link(one, "Ouvrir un règlement");
    assertThat(one.locator("#cutOffDay")).not().hasValue("");
    one.fill("#run", "règlement un");
    button(one, "Voir ce qu’il paierait");
    assertThat(one.getByRole(AriaRole.ALERT)).containsText("Le formulaire est à compléter");
    assertThat(one.getByRole(AriaRole.ALERT)).isFocused();
    assertThat(one.locator("#run-faute")).containsText("lettres sans accent");
    assertThat(one.locator("#run")).hasValue("règlement un");
    chromium.look(one, "reglement-ouverture-a-corriger");

    one.fill("#run", RUN);
    one.locator("#programme").selectOption(new SelectOption().setIndex(1));
    chromium.look(one, "reglement-ouverture");
    button(one, "Voir ce qu’il paierait");
    assertThat(one.locator(".facts")).containsText("Il paierait");
    chromium.look(one, "reglement-ouverture-question");
    button(one, "Corriger");
    assertThat(one.locator("#run")).hasValue(RUN);
    button(one, "Voir ce qu’il paierait");
    FormData confirmed = FormData.create();
    for (Locator field : one.locator("main form input[type=hidden]").all()) {
      confirmed.set(
          String.valueOf(field.getAttribute("name")), String.valueOf(field.getAttribute("value")));
    }
    button(one, "Ouvrir ce règlement");
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("Le règlement est ouvert.");
    assertThat(one).hasURL(base + "/reglements/" + RUN);

    // A double click, or the same form sent again by whoever reloads: it is there already.
    APIResponse again =
        one.request()
            .post(base + "/reglements/ouverture", RequestOptions.create().setForm(confirmed));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text()).contains("déjà ouvert");
    assertThat(
            one.request()
                .post(
                    base + "/reglements/ouverture",
                    RequestOptions.create().setForm(FormData.create().set("run", "forged")))
                .status())
        .isEqualTo(403);
  }

  private void isRefusedToReleaseItAlone() {
    one.navigate(base + "/reglements/" + RUN);
    assertThat(one.locator("main")).containsText("une autre personne le libère");
    assertThat(one.getByRole(AriaRole.LINK, named("Libérer le règlement"))).hasCount(0);
    one.navigate(base + "/reglements/" + RUN + "/liberation");
    assertThat(heading(one, "Un second facteur est demandé")).isVisible();
    enrol(one, "agent");
    one.navigate(base + "/reglements/" + RUN + "/liberation");
    assertThat(one.getByRole(AriaRole.ALERT)).containsText("autre personne");
    assertThat(one.locator("main form")).hasCount(0);
    chromium.look(one, "reglement-liberation-refusee");
  }

  private void releasesItWithASecondFactor() {
    String secret = enrol(other, "agent-2");
    button(other, "Se déconnecter");
    demo.logIn(other, "agent-2");
    // That of half a minute later: the one of now was taken.
    other.fill("#code", FactorCodes.of(secret, Instant.now().plusSeconds(30)));
    button(other, "Se connecter");
    other.navigate(base + "/");
    other.locator(".todo li", containing(RUN)).getByRole(AriaRole.LINK).first().click();
    chromium.look(other, "reglement-a-liberer");
    link(other, "Libérer le règlement");
    assertThat(other.locator(".facts")).containsText("Il paie");
    chromium.look(other, "reglement-liberation");
    button(other, "Libérer ce règlement");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("Le règlement est libéré.");
  }

  /** A transfer of the run that the bank is to reject. */
  private record Rejected(String transfer, String venue, String amount) {}

  private Rejected takesTheFile() throws IOException {
    link(other, "Prendre le fichier pour la banque");
    chromium.look(other, "reglement-fichier");
    String file =
        Files.readString(other.waitForDownload(() -> button(other, "Prendre le fichier")).path());
    other.navigate(base + "/reglements/" + RUN);
    assertThat(other.locator("main")).containsText("1 téléchargement");
    assertThat(other.getByRole(AriaRole.LINK, named("Annuler le règlement"))).hasCount(0);
    // Of one venue: of two that share an account only the one whose account is mended is paid next.
    Locator row =
        other.locator("#t-virements tbody tr").all().stream()
            .filter(each -> !each.locator("td").first().innerText().contains(","))
            .findFirst()
            .orElseThrow();
    Rejected rejected =
        new Rejected(
            row.locator("th").innerText().strip(),
            row.locator("td").first().innerText().strip(),
            row.locator("data").last().innerText());
    assertThat(file).contains("pain.001.001.09", rejected.transfer());
    return rejected;
  }

  private void bringsTheBanksAnswer(String transfer) {
    one.navigate(base + "/cheques");
    one.locator(".menu summary", containing("Argent")).click();
    chromium.look(one, "menu");
    link(one, "Importer un fichier de la banque");
    bring(one, "<Document/>");
    assertThat(one.getByRole(AriaRole.ALERT)).isVisible();
    chromium.look(one, "banque-fichier-refuse");
    bring(one, rejection(transfer));
    assertThat(one.locator(".facts")).containsText("Rejetés");
    assertThat(one.locator(".facts")).containsText(transfer + " (motif AC04)");
    chromium.look(one, "banque-fichier-question");
    button(one, "Enregistrer ce fichier");
    assertThat(one.getByRole(AriaRole.STATUS))
        .containsText("Le fichier de la banque est enregistré");
    one.navigate(base + "/banque/fichier");
    bring(one, rejection(transfer));
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("déjà enregistré");
  }

  private static void bring(Page page, String file) {
    page.setInputFiles(
        "#file",
        new FilePayload("banque.xml", "application/xml", file.getBytes(StandardCharsets.UTF_8)));
    button(page, "Voir ce qu’il contient");
  }

  private String proposesAnotherAccount(Rejected rejected) {
    one.navigate(base + "/reglements/" + RUN);
    Locator row = one.locator("#t-virements tbody tr", containing(rejected.transfer())).first();
    assertThat(row).containsText("Rejeté");
    assertThat(row).containsText("motif AC04");
    chromium.look(one, "reglement-rejet");
    row.locator("th a").click();
    assertThat(one.locator(".note-warn")).containsText("de nouveau dû");
    chromium.look(one, "virement-rejete");
    one.locator(".note-warn a").first().click();
    assertThat(one.locator("main")).containsText("Fermé par la banque");
    chromium.look(one, "compte-de-lieu-ferme");
    link(one, "Proposer un compte");
    one.fill("#iban", "FR76 3000");
    one.fill("#holder", "LIEU DE MEDIATION");
    button(one, "Vérifier");
    assertThat(one.locator("#iban-faute")).isVisible();
    assertThat(one.locator("#holder")).hasValue("LIEU DE MEDIATION");
    chromium.look(one, "compte-de-lieu-proposition-a-corriger");
    one.fill("#iban", NEW_IBAN);
    button(one, "Vérifier");
    assertThat(one.locator(".facts")).containsText(NEW_IBAN);
    chromium.look(one, "compte-de-lieu-proposition");
    button(one, "Proposer ce compte");
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("Le compte est proposé.");
    assertThat(one.locator("main")).containsText("FR76…0189");
    assertThat(one.locator("main")).containsText("une autre personne le confirme");
    assertThat(one.getByRole(AriaRole.LINK, named("Confirmer ce compte"))).hasCount(0);
    chromium.look(one, "compte-de-lieu-propose");
    return one.url();
  }

  private void confirmsIt(String account) {
    other.navigate(account);
    link(other, "Confirmer ce compte");
    assertThat(other.locator(".facts")).containsText("FR76…0189");
    chromium.look(other, "compte-de-lieu-confirmation");
    String question = other.url();
    // Who proposed it is refused by name of the rule, whatever page is opened.
    one.navigate(question);
    assertThat(one.getByRole(AriaRole.ALERT)).containsText("autre personne");
    button(other, "Confirmer ce compte");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("Le compte est confirmé");
    assertThat(other.locator("main .tag").first()).hasText("En vigueur");
    chromium.look(other, "compte-de-lieu");
  }

  private void payItWithTheNextRun(Rejected rejected) throws IOException {
    one.navigate(base + "/reglements/ouverture");
    one.fill("#run", NEXT);
    one.locator("#programme").selectOption(new SelectOption().setIndex(1));
    one.locator("#exceptional").selectOption("ACCOUNT_OPENED");
    button(one, "Voir ce qu’il paierait");
    assertThat(one.locator(".facts")).containsText(rejected.amount());
    button(one, "Ouvrir ce règlement");
    other.navigate(base + "/reglements/" + NEXT + "/liberation");
    button(other, "Libérer ce règlement");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("Le règlement est libéré.");
    assertThat(other.locator("#t-virements tbody tr")).hasCount(1);
    assertThat(other.locator("#t-virements tbody tr")).containsText(rejected.venue());
    link(other, "Prendre le fichier pour la banque");
    assertThat(
            Files.readString(
                other.waitForDownload(() -> button(other, "Prendre le fichier")).path()))
        .contains(NEW_IBAN.replace(" ", ""));
  }

  /** Confirmed too early, taken back, and then rejected, as the bank said by telephone. */
  private void recordsByHandWhatNoFileTold() {
    other.navigate(base + "/reglements/" + NEXT);
    other.locator("#t-virements tbody th a").click();
    ByHand transfer =
        new ByHand(other.url(), other.locator(".sum").innerText(), Paris.dayOf(Instant.now()));
    standsAs("Ordonné", transfer);
    confirms(transfer);
    takesTheConfirmationBack(transfer);
    recordsTheRejection(transfer);
    other.navigate(base + "/reglements/" + NEXT);
    assertThat(other.locator("#t-virements tbody tr"))
        .containsText(Pattern.compile("Rejeté[\\s\\S]*motif AC04"));
  }

  /**
   * @param amount as its page shows it
   */
  private record ByHand(String page, String amount, LocalDate today) {}

  private void confirms(ByHand transfer) {
    link(other, "Confirmer");
    other.fill("#bookedOn", transfer.today().toString());
    button(other, "Voir ce que cela ferait");
    assertThat(effect("Payé")).hasText(transfer.amount());
    chromium.look(other, "virement-confirmation");
    button(other, "Confirmer ce virement");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("Le virement est confirmé.");
    standsAs("Payé", transfer);
    assertThat(other.getByRole(AriaRole.LINK, named("Saisir un rejet"))).hasCount(0);

    // By another clerk who has heard the same, and by one who has heard otherwise.
    one.navigate(transfer.page() + "/confirmation");
    one.fill("#bookedOn", transfer.today().toString());
    button(one, "Voir ce que cela ferait");
    assertThat(one.getByRole(AriaRole.STATUS)).containsText("Le virement est confirmé.");
    assertThat(one.locator(".life li")).hasCount(1);
    one.navigate(transfer.page() + "/rejet");
    one.fill("#rejectedOn", transfer.today().toString());
    one.fill("#reason", "AC04");
    isRefused("Ce virement est déjà payé", "retirez d’abord ce paiement");
  }

  private void takesTheConfirmationBack(ByHand transfer) {
    link(other, "Retirer la confirmation");
    assertThat(other.locator("#paidOn")).hasValue(transfer.today().toString());
    other.locator("#reason").selectOption("NEVER_DEBITED");
    button(other, "Voir ce que cela ferait");
    assertThat(effect("De nouveau en cours")).hasText(transfer.amount());
    chromium.look(other, "virement-confirmation-retrait");
    button(other, "Retirer cette confirmation");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("La confirmation est retirée");
    standsAs("Ordonné", transfer);

    one.navigate(transfer.page() + "/confirmation/retrait");
    one.fill("#paidOn", transfer.today().toString());
    one.locator("#reason").selectOption("WRONG_TRANSFER");
    isRefused("Ce paiement est déjà retiré", "Il n’y a rien à faire");
    one.navigate(transfer.page() + "/confirmation");
    one.fill("#bookedOn", transfer.today().toString());
    isRefused("Ce paiement a été retiré", "donnez le jour de ce débit");
  }

  private void recordsTheRejection(ByHand transfer) {
    link(other, "Saisir un rejet");
    other.fill("#rejectedOn", transfer.today().toString());
    other.fill("#reason", "ac4");
    button(other, "Voir ce que cela ferait");
    assertThat(other.locator("#reason-faute")).containsText("AC04");
    other.fill("#reason", "AC04");
    button(other, "Voir ce que cela ferait");
    assertThat(effect("De nouveau dû")).hasText(transfer.amount());
    chromium.look(other, "virement-rejet");
    button(other, "Saisir ce rejet");
    assertThat(other.getByRole(AriaRole.STATUS)).containsText("Le rejet est enregistré");
    standsAs("Rejeté", transfer);
    assertThat(other.locator(".note-warn")).containsText("de nouveau dû");
    assertThat(other.locator(".life li")).hasCount(3);

    one.navigate(transfer.page() + "/rejet");
    one.fill("#rejectedOn", transfer.today().toString());
    one.fill("#reason", "AC06");
    isRefused("Ce virement est déjà rejeté", "une fois le compte du destinataire en vigueur");
  }

  private void standsAs(String state, ByHand transfer) {
    assertThat(other).hasURL(transfer.page());
    assertThat(other.locator(".title-row .tag")).hasText(state);
    assertThat(other.locator(".sum")).hasText(transfer.amount());
  }

  /** What the question says beside a label. */
  private Locator effect(String label) {
    return other
        .locator(".facts dt")
        .filter(new Locator.FilterOptions().setHasText(label))
        .first()
        .locator("+ dd");
  }

  private void isRefused(String title, String remedy) {
    button(one, "Voir ce que cela ferait");
    assertThat(one.getByRole(AriaRole.ALERT)).containsText(title);
    assertThat(one.getByRole(AriaRole.ALERT)).containsText(remedy);
    assertThat(one.getByRole(AriaRole.BUTTON, named("Voir ce que cela ferait"))).isVisible();
  }

  /** A status of payments as a bank sends it. */
  private static String rejection(String transfer) {
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
      <GrpHdr><MsgId>STATUT-A</MsgId><CreDtTm>%s</CreDtTm></GrpHdr>
      <OrgnlGrpInfAndSts><OrgnlMsgId>%s</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>
        <GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
      <OrgnlPmtInfAndSts><OrgnlPmtInfId>%s</OrgnlPmtInfId>
        <TxInfAndSts><OrgnlInstrId>%s</OrgnlInstrId><OrgnlEndToEndId>%s</OrgnlEndToEndId>
          <TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC04</Cd></Rsn></StsRsnInf></TxInfAndSts>
      </OrgnlPmtInfAndSts>
    </CstmrPmtStsRpt></Document>
    """
        .formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), RUN, RUN, transfer, transfer);
  }

  private String enrol(Page page, String login) {
    page.navigate(base + "/compte/second-facteur");
    page.fill("#password", demo.password(login));
    button(page, "Commencer");
    String secret = page.locator(".secret").innerText();
    page.fill("#code", FactorCodes.of(secret, Instant.now()));
    button(page, "Mettre en place");
    return secret;
  }

  private static void link(Page page, String name) {
    page.getByRole(AriaRole.LINK, named(name)).click();
  }

  private static void button(Page page, String name) {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  private static Locator heading(Page page, String name) {
    return page.getByRole(AriaRole.HEADING, named(name));
  }

  private static Page.GetByRoleOptions named(String name) {
    return new Page.GetByRoleOptions().setName(name).setExact(true);
  }

  private static Page.LocatorOptions containing(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }
}
