package fr.passnumerique.ui.bank;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.ui.ClearingApplication;
import fr.passnumerique.ui.LoggedIn;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A file of the bank by the page, and the movements that it brings, over HTTP. */
@SpringBootTest(
    classes = ClearingApplication.class,
    webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
    properties = {"pass.operator.name=Opérateur", "pass.operator.iban=" + BankFileIT.IBAN})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DirtiesContext
class BankFileIT {
  static final String IBAN = "FR1420041010050500013M02606";
  private static final String PASSWORD = "correct horse battery";
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\"[^>]*value=\"([^\"]*)\"");
  private static final Pattern MATCH = Pattern.compile("/mouvements/(E[0-9A-F]+)/rapprochement");
  private static final Pattern GO_ON = Pattern.compile("/travaux/[0-9a-f-]+/suite/[0-9a-f-]+");
  private static final TestDatabase DATABASE = TestDatabase.fresh();

  @DynamicPropertySource
  static void database(DynamicPropertyRegistry properties) {
    DATABASE.properties().forEach((name, value) -> properties.add(name, () -> value));
  }

  @Autowired Accounts accounts;

  @Value("${local.server.port}")
  int port;

  private String base;
  private LoggedIn clerk;

  @BeforeAll
  void aClerk() throws Exception {
    base = "http://localhost:" + port;
    accounts.create("clerk-1", PASSWORD, Role.CLERK, "", "engine");
    clerk = LoggedIn.as("clerk-1", PASSWORD, base);
  }

  /** Of such contents that packing saves next to nothing. */
  private String file(int bytes, String amount) {
    byte[] random = new byte[bytes / 4 * 3];
    new Random(7).nextBytes(random);
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <!--%s-->
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
    <GrpHdr><MsgId>N-%s</MsgId><CreDtTm>2026-04-02T08:00:00+02:00</CreDtTm></GrpHdr>
    <Ntfctn><Id>N-%s</Id><Acct><Id><IBAN>%s</IBAN></Id><Ccy>EUR</Ccy></Acct>
    <Ntry><Amt Ccy="EUR">%s</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>2026-04-01</Dt></BookgDt><ValDt><Dt>2026-04-01</Dt></ValDt></Ntry>
    </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
    """
        .formatted(Base64.getEncoder().encodeToString(random), amount, amount, IBAN, amount);
  }

  private HttpResponse<String> send(Map<String, String> parts, String file) throws Exception {
    StringBuilder body = new StringBuilder();
    parts.forEach((name, value) -> body.append(part("name=\"" + name + "\"", value)));
    if (!file.isEmpty()) {
      body.append(part("name=\"file\"; filename=\"releve.xml\"", file));
    }
    return clerk
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(base + BankFilePage.PATH))
                .header("Accept", "text/html")
                .header("Content-Type", "multipart/form-data; boundary=end")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        body + "--end--\r\n", StandardCharsets.ISO_8859_1))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String part(String name, String value) {
    return "--end\r\nContent-Disposition: form-data; " + name + "\r\n\r\n" + value + "\r\n";
  }

  private static Map<String, String> hidden(String page) {
    Map<String, String> hidden = new LinkedHashMap<>();
    Matcher found = HIDDEN.matcher(page.substring(page.indexOf("<main")));
    while (found.find()) {
      hidden.put(found.group(1), found.group(2));
    }
    return hidden;
  }

  @Test
  void aFileThatIsWaitedForIsConfirmedAndItsMovementExplained() throws Exception {
    Map<String, String> form = hidden(clerk.page(200, BankFilePage.PATH));
    HttpResponse<String> asked = send(form, file(990_000, "30.00"));
    assertThat(asked.statusCode()).as(asked.body().substring(0, 3_000)).isEqualTo(200);
    Map<String, String> question = hidden(asked.body());
    assertThat(question.get("file")).hasSizeGreaterThan(900_000);

    HttpResponse<String> done = send(question, "");

    assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
    Matcher movement = MATCH.matcher(clerk.page(200, "/rapprochements"));
    assertThat(movement.find()).isTrue();
    aRefusalStandsAtTheFieldThatNamesTheCreditNote(movement.group());
    clerk.page(404, "/mouvements/E0000000000/rapprochement");
  }

  @Test
  void oneOfTheSizePromisedIsReadBesideAndRecordedOnceThatIsConfirmed() throws Exception {
    HttpResponse<String> begun =
        send(hidden(clerk.page(200, BankFilePage.PATH)), file(7_900_000, "45.00"));
    assertThat(begun.statusCode()).as(begun.body()).isEqualTo(302);
    assertThat(begun.headers().firstValue("Location")).get().asString().endsWith("/travaux");

    Matcher question = GO_ON.matcher(worksOnce("À confirmer"));
    assertThat(question.find()).isTrue();
    assertThat(clerk.send("/travaux", question.group(), "").statusCode()).isEqualTo(302);

    assertThat(worksOnce("Enregistré<")).contains("Le fichier de la banque est enregistré.");
  }

  /** The page of works, when it says so. */
  private String worksOnce(String words) throws Exception {
    Instant late = Instant.now().plusSeconds(120);
    String page = clerk.page(200, "/travaux");
    while (!page.contains(words) && Instant.now().isBefore(late)) {
      Thread.sleep(200);
      page = clerk.page(200, "/travaux");
    }
    assertThat(page).contains(words);
    return page;
  }

  private void aRefusalStandsAtTheFieldThatNamesTheCreditNote(String match) throws Exception {
    HttpResponse<String> refused =
        clerk.send(match, match, "what=CREDIT_NOTE&named=commande-1~anct");
    assertThat(refused.statusCode()).isBetween(400, 499);
    assertThat(refused.body()).contains("named-faute");
    assertThat(clerk.send(match, match, "what=CREDIT_NOTE&named=commande-1").statusCode())
        .isEqualTo(422);
  }
}
