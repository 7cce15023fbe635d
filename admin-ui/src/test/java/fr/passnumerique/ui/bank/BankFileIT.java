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

  /** As large as the page says, and of such contents that packing saves next to nothing. */
  private String file(int bytes) {
    byte[] random = new byte[bytes / 4 * 3];
    new Random(7).nextBytes(random);
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <!--%s-->
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.08"><BkToCstmrDbtCdtNtfctn>
    <GrpHdr><MsgId>N-1</MsgId><CreDtTm>2026-04-02T08:00:00+02:00</CreDtTm></GrpHdr>
    <Ntfctn><Id>N-1</Id><Acct><Id><IBAN>%s</IBAN></Id><Ccy>EUR</Ccy></Acct>
    <Ntry><Amt Ccy="EUR">30.00</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
    <BookgDt><Dt>2026-04-01</Dt></BookgDt><ValDt><Dt>2026-04-01</Dt></ValDt></Ntry>
    </Ntfctn></BkToCstmrDbtCdtNtfctn></Document>
    """
        .formatted(Base64.getEncoder().encodeToString(random), IBAN);
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
  void aFileOfTheSizePromisedIsConfirmedAndItsMovementExplained() throws Exception {
    Map<String, String> form = hidden(clerk.page(200, BankFilePage.PATH));
    HttpResponse<String> asked = send(form, file(7_900_000));
    assertThat(asked.statusCode()).as(asked.body().substring(0, 3_000)).isEqualTo(200);
    Map<String, String> question = hidden(asked.body());
    assertThat(question.get("file")).hasSizeGreaterThan(7_000_000);

    HttpResponse<String> done = send(question, "");

    assertThat(done.statusCode()).as(done.body()).isEqualTo(302);
    Matcher movement = MATCH.matcher(clerk.page(200, "/rapprochements"));
    assertThat(movement.find()).isTrue();
    aRefusalStandsAtTheFieldThatNamesTheCreditNote(movement.group());
    clerk.page(404, "/mouvements/E0000000000/rapprochement");
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
