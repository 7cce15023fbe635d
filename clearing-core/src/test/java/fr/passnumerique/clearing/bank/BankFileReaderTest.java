package fr.passnumerique.clearing.bank;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.prowidesoftware.swift.model.mx.MxCamt05300108;
import fr.passnumerique.clearing.http.Problem;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BankFileReaderTest {
  private static final String GOOD = new String(BankWorld.bytes("statement-of-a-day.xml"), UTF_8);

  private final BankFileReader reader = new BankFileReader(BankWorld.IBAN);

  private Problem refusal(byte[] file) {
    Problem[] found = new Problem[1];
    assertThatExceptionOfType(Problem.class)
        .isThrownBy(() -> reader.read(file))
        .satisfies(problem -> found[0] = problem);
    Problem problem = found[0];
    assertThat(problem.faults()).isNotEmpty();
    assertThat(problem.faults().getFirst().remedy()).isNotBlank();
    assertThat(problem.detail()).doesNotContain("FR14").doesNotContain("root:");
    return problem;
  }

  private Problem refusal(String file) {
    return refusal(file.getBytes(UTF_8));
  }

  private Problem with(String good, String bad) {
    assertThat(GOOD).contains(good);
    return refusal(GOOD.replace(good, bad));
  }

  private static void says(Problem problem, int status, String code, String... parts) {
    assertThat(problem.code()).as(problem.detail()).isEqualTo(code);
    assertThat(problem.status()).isEqualTo(status);
    for (String part : parts) {
      assertThat(problem.detail() + problem.faults()).contains(part);
    }
  }

  @Test
  void aLibraryThatKnowsTheStandardReadsOurSampleAlike() {
    MxCamt05300108 theirs = MxCamt05300108.parse(GOOD);
    BankFile ours = reader.read(GOOD.getBytes(UTF_8));

    var statement = theirs.getBkToCstmrStmt().getStmt().getFirst();
    assertThat(ours.reports().getFirst().id()).isEqualTo(statement.getId());
    assertThat(ours.reports().getFirst().bookings())
        .extracting(b -> Math.abs(b.cents()))
        .containsExactlyElementsOf(
            statement.getNtry().stream()
                .filter(entry -> "BOOK".equals(entry.getSts().getCd()))
                .map(entry -> entry.getAmt().getValue().movePointRight(2).longValueExact())
                .toList());
  }

  @Test
  void aDocumentTypeIsRefusedWhateverItDeclares() {
    String laughs =
        """
        <?xml version="1.0"?>
        <!DOCTYPE Document [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
        <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">
        <!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;&e;&e;">]>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&f;</Document>
        """;
    String outside =
        """
        <?xml version="1.0"?>
        <!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&x;</Document>
        """;
    String fetched =
        "<!DOCTYPE Document SYSTEM \"http://localhost:1/evil.dtd\">"
            + "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"/>";
    for (String hostile : new String[] {laughs, outside, fetched}) {
      says(refusal(hostile), 400, "DOCUMENT_TYPE_REFUSED", "document type");
    }
    says(with("REL-2026-0401-1", "&undeclared;"), 400, "NOT_XML");
  }

  @Test
  void whatIsNoXmlIsRefused() {
    says(refusal(new byte[0]), 400, "EMPTY_UPLOAD");
    says(refusal(new byte[] {'P', 'K', 3, 4, 0}), 400, "NOT_XML", "archive");
    says(refusal(new byte[] {0x1F, (byte) 0x8B, 8}), 400, "NOT_XML", "archive");
    says(refusal("date;libelle;montant\n"), 400, "NOT_XML");
    says(refusal("<"), 400, "NOT_XML");
    says(refusal(GOOD + "<Document/>"), 400, "NOT_XML");
    says(refusal("<a>".repeat(50)), 400, "NOT_A_BANK_FILE", "nested");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 1_000, 3_000, -1, -20})
  void aTruncatedFileIsRefusedWhereverItEnds(int at) {
    byte[] whole = GOOD.strip().getBytes(UTF_8);
    byte[] cut = Arrays.copyOf(whole, at > 0 ? at : whole.length + at);
    says(refusal(cut), 400, "NOT_XML");
  }

  @Test
  void anotherEncodingThanTheDeclaredOneIsRefused() {
    says(refusal(GOOD.getBytes(ISO_8859_1)), 400, "WRONG_ENCODING");
    says(refusal(GOOD.getBytes(UTF_16)), 400, "WRONG_ENCODING");
    says(with("encoding=\"UTF-8\"", "encoding=\"IBM037\""), 400, "WRONG_ENCODING");
    assertThat(
            reader
                .read(GOOD.replace("UTF-8", "ISO-8859-1").getBytes(ISO_8859_1))
                .reports()
                .getFirst()
                .bookings()
                .get(1)
                .payments()
                .getFirst()
                .counterparty())
        .isEqualTo("Région Nouvelle-Aquitaine");
    assertThat(reader.read(("\uFEFF" + GOOD).getBytes(UTF_8)).reports()).hasSize(1);
  }

  @Test
  void anotherMessageOrVersionIsRefusedWithThoseThatAreRead() {
    says(with("camt.053.001.08", "camt.053.001.13"), 400, "UNKNOWN_MESSAGE", "camt.053.001.08");
    says(with("camt.053.001.08", "camt.052.001.08"), 400, "UNKNOWN_MESSAGE");
    says(with("urn:iso:std:iso:20022:tech:xsd:", "urn:evil:"), 400, "UNKNOWN_MESSAGE");
    says(refusal("<Document/>"), 400, "UNKNOWN_MESSAGE");
    says(with("camt.053.001.08", "camt.054.001.08"), 400, "ELEMENT_MISSING");
  }

  @Test
  void anotherAccountIsRefusedWithoutTellingEither() {
    says(
        with(BankWorld.IBAN, "FR7630006000011234567890189"),
        422,
        "ANOTHER_ACCOUNT",
        "pass.operator.iban");
    assertThat(with(BankWorld.IBAN, "FR7630006000011234567890189").detail()).doesNotContain("FR76");
  }

  @Test
  void anotherCurrencyIsRefusedWithItsPlace() {
    says(with("<Ccy>EUR</Ccy>", "<Ccy>USD</Ccy>"), 422, "WRONG_CURRENCY", "USD");
    Problem entry = with("Ccy=\"EUR\">25.00", "Ccy=\"CHF\">25.00");
    says(entry, 422, "WRONG_CURRENCY", "CHF", "line ");
    assertThat(entry.faults().getFirst().line()).isGreaterThan(70);
    says(with("Ccy=\"EUR\">25.00", ">25.00"), 422, "WRONG_CURRENCY");
  }

  @Test
  void sumsAndCountsThatDoNotAddUpAreRefusedWithWhatTheyComeTo() {
    says(
        with("10012.50</Amt>", "10012.51</Amt>"),
        422,
        "SUMS_DO_NOT_ADD_UP",
        "10012.50",
        "10012.51");
    says(with("<Sum>10037.50</Sum>", "<Sum>10037.51</Sum>"), 422, "SUMS_DO_NOT_ADD_UP", "10037.51");
    says(with("<NbOfNtries>3<", "<NbOfNtries>2<"), 422, "COUNTS_DO_NOT_ADD_UP");
    String batch = new String(BankWorld.bytes("batched-credits-latin1.xml"), ISO_8859_1);
    says(
        refusal(batch.replace(">500.00<", ">400.00<").getBytes(ISO_8859_1)),
        422,
        "SUMS_DO_NOT_ADD_UP",
        "1400.00");
    says(
        refusal(batch.replace("NbOfTxs>2<", "NbOfTxs>3<").getBytes(ISO_8859_1)),
        422,
        "COUNTS_DO_NOT_ADD_UP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-25.00",
        "25,00",
        "25.001",
        "1e3",
        "NaN",
        "",
        " ",
        "0x10",
        "99999999999999999999"
      })
  void anAmountIsEurosAndCentsWithoutASign(String amount) {
    says(
        with("<Amt Ccy=\"EUR\">25.00", "<Amt Ccy=\"EUR\">" + amount),
        400,
        "INVALID_VALUE",
        "line ");
  }

  @Test
  void anAmountMayBeWrittenWithMoreZeros() {
    assertThat(
            reader
                .read(GOOD.replace(">25.00<", ">+25.00000<").getBytes(UTF_8))
                .reports()
                .getFirst()
                .bookings()
                .get(2)
                .cents())
        .isEqualTo(2_500);
  }

  @Test
  void daysDirectionsAndBalancesMustBeThere() {
    says(with("<Dt>2026-04-02</Dt>", "<Dt>2026-02-30</Dt>"), 400, "INVALID_VALUE", "2026-02-30");
    says(with("<Dt>2026-04-02</Dt>", "<Dt>1926-04-02</Dt>"), 400, "INVALID_VALUE");
    says(with("<CdtDbtInd>DBIT<", "<CdtDbtInd>DEBIT<"), 400, "INVALID_VALUE", "DEBIT");
    says(with("<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>"), 400, "ELEMENT_MISSING", "CLBD");
    says(with("<Cd>OPBD</Cd>", "<Cd>OPAV</Cd>"), 400, "ELEMENT_MISSING", "OPBD");
  }

  @Test
  void aDayIsTheOneInParis() {
    String late =
        GOOD.replaceFirst(
            "<BookgDt><Dt>2026-04-01</Dt></BookgDt>",
            "<BookgDt><DtTm>2026-03-31T22:30:00Z</DtTm></BookgDt>");
    assertThat(
            reader.read(late.getBytes(UTF_8)).reports().getFirst().bookings().getFirst().bookedOn())
        .isEqualTo("2026-04-01");
  }

  @Test
  void whatTheBankAddsInItsOwnNamespaceIsPassedOver() {
    String added =
        GOOD.replace(
            "</Ntry>\n    </Stmt>",
            "<x:Ntry xmlns:x=\"urn:bank\"><x:Amt>1</x:Amt></x:Ntry></Ntry>\n    </Stmt>");
    assertThat(added).isNotEqualTo(GOOD);
    assertThat(reader.read(added.getBytes(UTF_8)).reports().getFirst().bookings()).hasSize(4);
  }

  /** What is announced and not booked has no booking day, in some banks' files no day at all. */
  @Test
  void anEntryThatIsNotBookedNeedsNoDay() {
    String pending =
        """
        <Ntry><Amt Ccy="EUR">12.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>PDNG</Cd></Sts></Ntry>
        """;
    BankFile.Report without = reader.read(GOOD.getBytes(UTF_8)).reports().getFirst();
    BankFile.Report with =
        reader
            .read(GOOD.replaceFirst("<Ntry>", pending + "<Ntry>").getBytes(UTF_8))
            .reports()
            .getFirst();
    assertThat(with.pending()).isEqualTo(without.pending() + 1);
    assertThat(with.bookings()).hasSameSizeAs(without.bookings());
    assertThat(with.balances()).isEqualTo(without.balances());
  }

  /** An order may be accepted days before it is carried out. */
  @Test
  void aPaymentIsCarriedOutWhenItIsSettledAndNotWhenItIsAccepted() {
    String accepted = "<AccptncDtTm>2026-03-30T09:00:00</AccptncDtTm>";
    assertThat(carriedOutOn("")).isEqualTo(LocalDate.of(2026, 4, 2));
    assertThat(carriedOutOn(accepted)).isEqualTo(LocalDate.of(2026, 4, 2));
    assertThat(
            carriedOutOn(accepted + "<FctvIntrBkSttlmDt><Dt>2026-04-01</Dt></FctvIntrBkSttlmDt>"))
        .isEqualTo(LocalDate.of(2026, 4, 1));
    assertThat(
            carriedOutOn(
                accepted + "<OrgnlTxRef><IntrBkSttlmDt>2026-04-01</IntrBkSttlmDt></OrgnlTxRef>"))
        .isEqualTo(LocalDate.of(2026, 4, 1));
  }

  private LocalDate carriedOutOn(String more) {
    String file =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
        <GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-04-02T08:00:00</CreDtTm></GrpHdr>
        <OrgnlGrpInfAndSts><OrgnlMsgId>R-1</OrgnlMsgId></OrgnlGrpInfAndSts>
        <OrgnlPmtInfAndSts><OrgnlPmtInfId>R-1</OrgnlPmtInfId>
        <TxInfAndSts><OrgnlEndToEndId>T-1</OrgnlEndToEndId><TxSts>ACSC</TxSts>%s</TxInfAndSts>
        </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
        """
            .formatted(more);
    return reader.read(file.getBytes(UTF_8)).statuses().getFirst().on();
  }

  @Test
  void aStatusOfSomePaymentsThatDoesNotSayOfWhichIsTold() {
    for (String part :
        List.of(
            TransfersTest.status("R-1", "<GrpSts>PART</GrpSts>", ""),
            TransfersTest.status("R-1", "<GrpSts>PART</GrpSts>", "<PmtInfSts>PART</PmtInfSts>"),
            TransfersTest.status("R-1", "", "<PmtInfSts>PART</PmtInfSts>"))) {
      says(
          refusal(part),
          400,
          "ELEMENT_MISSING",
          " says PART, of some payments, and no TxInfAndSts says of which");
    }
    says(
        refusal(TransfersTest.status("R-1", "", "")),
        400,
        "ELEMENT_MISSING",
        "has no GrpSts, PmtInfSts or TxSts");
  }
}
