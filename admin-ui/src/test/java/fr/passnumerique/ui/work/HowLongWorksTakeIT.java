package fr.passnumerique.ui.work;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.clearing.venues.VenueEndpoint;
import fr.passnumerique.ui.demo.RunningDemo;
import java.lang.management.ManagementFactory;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
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
  private static final int ENTRIES = 20_000;

  @RegisterExtension static final RunningDemo demo = RunningDemo.ofItsOwn();

  @Test
  void whatIsLargeIsDoneAndItsTimeIsTold() throws Exception {
    create(
        "/api/programmes",
        "{'programme':'grand','name':'Grand','faceValueCents':1000,'chequesPerCarnet':10,"
            + "'validityDays':180,'presentationWindowDays':60}");
    create(
        "/api/agreements",
        "{'agreement':'grande','programme':'grand','signedOn':'2026-01-01','startsOn':'2026-01-01',"
            + "'endsOn':'2027-12-31','territory':['16'],'shares':[{'funder':'anct',"
            + "'basisPoints':10000,'ceilingCents':1000000000,'terms':'PREPAID'}]}");
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
    byte[] statement = statement();
    for (boolean dryRun : new boolean[] {true, false}) {
      told(
          "camt.053 of %d entries, %d bytes%s"
              .formatted(ENTRIES, statement.length, dryRun ? ", dry run" : ""),
          () ->
              demo.application()
                  .getBean(BankEndpoint.class)
                  .importBankFile(dryRun, null, statement, CLERK));
    }
    byte[] list = venues();
    for (boolean dryRun : new boolean[] {true, false}) {
      told(
          "the lists of venues of La Poste%s".formatted(dryRun ? ", dry run" : ""),
          () ->
              demo.application()
                  .getBean(VenueEndpoint.class)
                  .importVenues(null, "measure", null, dryRun, null, list, CLERK));
    }
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

  private static byte[] venues() throws Exception {
    try (var in =
        HowLongWorksTakeIT.class.getResourceAsStream(
            "/demo/venues/etapes-numeriques-la-poste.csv")) {
      return in == null ? new byte[0] : in.readAllBytes();
    }
  }

  /** As a bank sends it of a day on which many pay in little. */
  private byte[] statement() {
    String day = Paris.dayOf(Instant.now()).toString();
    String iban = demo.application().getEnvironment().getRequiredProperty("pass.operator.iban");
    StringBuilder entries = new StringBuilder();
    for (int entry = 1; entry <= ENTRIES; entry++) {
      entries.append(
          """
          <Ntry><NtryRef>%1$d</NtryRef><Amt Ccy="EUR">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>\
          <Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>%2$s</Dt></BookgDt><ValDt><Dt>%2$s</Dt></ValDt>\
          <AcctSvcrRef>MESURE-%1$d</AcctSvcrRef></Ntry>
          """
              .formatted(entry, day));
    }
    return """
    <?xml version="1.0" encoding="UTF-8"?>
    <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt>
    <GrpHdr><MsgId>MESURE</MsgId><CreDtTm>%1$sT00:00:01Z</CreDtTm></GrpHdr>
    <Stmt><Id>MESURE</Id><CreDtTm>%1$sT00:00:01Z</CreDtTm><Acct><Id><IBAN>%2$s</IBAN></Id></Acct>
    <Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">0.00</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>%1$s</Dt></Dt></Bal>
    <Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">%3$d.00</Amt>
    <CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>%1$s</Dt></Dt></Bal>
    %4$s</Stmt></BkToCstmrStmt></Document>
    """
        .formatted(day, iban.replace(" ", ""), ENTRIES, entries)
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
