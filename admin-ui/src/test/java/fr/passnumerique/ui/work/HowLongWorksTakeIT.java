package fr.passnumerique.ui.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.clearing.http.Progress;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueEndpoint;
import fr.passnumerique.ui.demo.RunningDemo;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Prints how long whoever asks waits for what is large, by which it was decided what is a {@link
 * Work}. No time is asserted: it is another on each machine.
 */
@EnabledIfSystemProperty(named = "how.long", matches = "true")
class HowLongWorksTakeIT {
  private static final Actor CLERK = new Actor("measure", Role.CLERK, "");

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();

  @BeforeAll
  static void anAgreement() throws Exception {
    create(
        "/api/programmes",
        "{'programme':'grand','name':'Grand','faceValueCents':1000,'chequesPerCarnet':10,"
            + "'validityDays':180,'presentationWindowDays':60}");
    create(
        "/api/agreements",
        "{'agreement':'grande','programme':'grand','signedOn':'2026-01-01','startsOn':'2026-01-01',"
            + "'endsOn':'2027-12-31','territory':['16'],'shares':[{'funder':'anct',"
            + "'basisPoints':10000,'ceilingCents':1000000000,'terms':'PREPAID'}]}");
  }

  @Test
  void ofChequesAndTables() throws Exception {
    told(
        "an order of 100000 cheques",
        () ->
            create(
                "/api/orders",
                "{'order':'grande','agreement':'grande','fundingDepartement':'16',"
                    + "'chequeCount':100000,'endsOn':'2027-12-31'}"));
    for (int cheques : new int[] {10, 2_500, 10_000}) {
      told(
          "PDF of %d cheques".formatted(cheques),
          () -> got("/api/orders/grande/cheques.pdf?from=1&to=" + cheques));
    }
    told("codes of 100000 cheques", () -> got("/api/orders/grande/codes"));
    told("export of the demo's ledger", () -> got("/api/ledger-export"));
    told("postings as a file", () -> got("/api/postings/export"));
  }

  @Test
  void ofAFileOfTheBank() throws Exception {
    LocalDate today = Paris.dayOf(Instant.now());
    for (int entries : new int[] {2_000, 5_000, 20_000}) {
      byte[] statement = statement(entries, today.minusDays(20_000 / entries));
      String what = "camt.053 of %d entries, %d bytes".formatted(entries, statement.length);
      told(what + ", dry run", () -> imported(statement, true));
      told(what, () -> imported(statement, false));
      told(what + ", sent again", () -> imported(statement, false));
    }
  }

  @Test
  void ofAListOfVenues() throws Exception {
    byte[] list = venues(20_000);
    String what = "a list of 20000 venues, %d bytes".formatted(list.length);
    told(what + ", dry run", () -> listed(list, true));
    told(what, () -> listed(list, false));
  }

  /** What was waited for, and what all processors did meanwhile: they may have been others' too. */
  private static void told(String what, Callable<?> work) throws Exception {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long from = System.nanoTime();
    long busy = machine.getProcessCpuTime();
    work.call();
    System.out.printf(
        "%6d ms waited %6d ms of processors  %s%n",
        Duration.ofNanos(System.nanoTime() - from).toMillis(),
        Duration.ofNanos(machine.getProcessCpuTime() - busy).toMillis(),
        what);
  }

  private static VenueEndpoint.VenueImportAnswer listed(byte[] list, boolean dryRun) {
    return Objects.requireNonNull(
        demo.application()
            .getBean(VenueEndpoint.class)
            .importVenues(null, "measure", null, dryRun, null, list, CLERK, Progress.UNHEARD)
            .getBody());
  }

  /** As many as the country has places where one is helped with what is digital. */
  private static byte[] venues(int many) {
    StringBuilder rows =
        new StringBuilder(
            "id,pivot,nom,commune,code_postal,code_insee,adresse,latitude,longitude,itinerance,"
                + "date_maj,services\n");
    for (int venue = 1; venue <= many; venue++) {
      rows.append(
          ("lieu-%1$d,%2$s,Espace numérique %1$d,Guéret,23000,23096,%1$d rue de la Mairie,46.1706,"
                  + "1.8718,Fixe,2026-01-01,Maîtrise des outils numériques du quotidien\n")
              .formatted(venue, siret(venue)));
    }
    return rows.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** With its check digit. */
  private static String siret(int number) {
    String begin = "7%012d".formatted(number);
    int sum = 0;
    for (int i = 0; i < begin.length(); i++) {
      int digit = Character.digit(begin.charAt(i), 10) * (i % 2 == 0 ? 2 : 1);
      sum += digit > 9 ? digit - 9 : digit;
    }
    return begin + (10 - sum % 10) % 10;
  }

  private static BankEndpoint.Imported imported(byte[] statement, boolean dryRun)
      throws IOException {
    return Objects.requireNonNull(
        demo.application()
            .getBean(BankEndpoint.class)
            .importBankFile(dryRun, null, statement, CLERK, Progress.UNHEARD)
            .getBody());
  }

  /**
   * As a bank sends it of a day on which many pay in little: with and without references of its
   * own, for an agreement and for nobody knows whom, of one amount and of many.
   */
  private static byte[] statement(int many, LocalDate on) {
    String iban = demo.application().getEnvironment().getRequiredProperty("pass.operator.iban");
    StringBuilder entries = new StringBuilder();
    long sum = 0;
    for (int entry = 1; entry <= many; entry++) {
      long cents = 1_000L + (entry % 2 == 0 ? entry : 0);
      sum += cents;
      entries.append(
          """
          <Ntry><Amt Ccy="EUR">%2$s</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
          <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>%3$s</Dt></BookgDt><ValDt><Dt>%3$s</Dt></ValDt>\
          %4$s<NtryDtls><TxDtls><Refs><EndToEndId>%5$s</EndToEndId></Refs><RltdPties><Dbtr><Pty>\
          <Nm>Payeur %1$d</Nm></Pty></Dbtr></RltdPties><RmtInf><Ustrd>%6$s</Ustrd></RmtInf>\
          </TxDtls></NtryDtls></Ntry>
          """
              .formatted(
                  entry,
                  BigDecimal.valueOf(cents, 2).toPlainString(),
                  on,
                  entry % 4 == 1 ? "" : "<AcctSvcrRef>" + on + "-" + entry + "</AcctSvcrRef>",
                  entry % 3 == 0 ? "V-" + entry : "NOTPROVIDED",
                  entry % 5 == 0 ? "Don de mars, merci à tous" : "Convention grande, part anct"));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
    <GrpHdr><MsgId>MESURE-%1$s</MsgId><CreDtTm>%1$sT00:00:01Z</CreDtTm></GrpHdr>
    <Stmt><Id>MESURE-%1$s</Id><CreDtTm>%1$sT00:00:01Z</CreDtTm>
    <Acct><Id><IBAN>%2$s</IBAN></Id></Acct>
    <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>%1$s</Dt></Dt></Bal>
    <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">%3$s</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>%1$s</Dt></Dt></Bal>
    %4$s</Stmt></BkToCstmrStmt></Document>
    """
        .formatted(on, iban.replace(" ", ""), BigDecimal.valueOf(sum, 2).toPlainString(), entries)
        .getBytes(StandardCharsets.UTF_8);
  }

  private static HttpResponse<byte[]> got(String path) throws Exception {
    HttpResponse<byte[]> answer = demo.send(path, "agent");
    assertThat(answer.statusCode()).as(RunningDemo.body(answer)).isEqualTo(200);
    return answer;
  }

  private static HttpResponse<byte[]> create(String path, String body) throws Exception {
    HttpResponse<byte[]> answer = demo.post(path, "agent", body.replace('\'', '"'));
    assertThat(answer.statusCode()).as(RunningDemo.body(answer)).isEqualTo(201);
    return answer;
  }
}
