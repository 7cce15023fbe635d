package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.BETA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.STATE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.paid;
import static fr.passnumerique.clearing.settlement.SettlementWorld.paidSlip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.prowidesoftware.swift.model.mx.MxPain00100109;
import com.prowidesoftware.swift.model.mx.dic.CreditTransferTransaction34;
import com.prowidesoftware.swift.model.mx.dic.PaymentInstruction30;
import fr.passnumerique.clearing.settlement.CreditTransferFile.Creditor;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.Transfer;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import fr.passnumerique.clearing.venues.VenueListed;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class CreditTransferFileTest {
  private static final String DEBTOR = "FR1420041010050500013M02606";
  private static final String FIRST = "FR7630006000011234567890189";
  private static final String SECOND = "DE89370400440532013000";
  private static final Instant RELEASED = Instant.parse("2026-04-01T08:30:15.123456Z");
  private static final LocalDate EXECUTION = LocalDate.of(2026, 4, 3);
  private static final OperatorAccount OPERATOR =
      OperatorAccount.of("Opérateur du Pass numérique", DEBTOR, "", "");

  private static final SettlementRunOpened RUN =
      new SettlementRunOpened(
          new SettlementRunId("2026-04"),
          PASS,
          Instant.parse("2026-03-31T22:00:00Z"),
          LocalDate.of(2026, 4, 2),
          List.of(
              transfer("2026-04-1", 123_405, List.of(paidSlip(ALPHA, "S-1", 7, 123_405))),
              transfer("2026-04-2", 5, List.of(paidSlip(BETA, "B_1", 8, 5)))),
          List.of(),
          Optional.of("clerk-1"),
          Optional.empty(),
          List.of(),
          List.of());

  private static final List<Creditor> CREDITORS =
      List.of(new Creditor(FIRST, "Médiathèque & Cie"), new Creditor(SECOND, "Cœur numérique"));

  private static Transfer transfer(String id, long cents, List<PaidSlip> slips) {
    return new Transfer(
        new TransferId(id),
        new VaultReference("v-" + id),
        cents,
        slips,
        List.of(paid(ALPHA, PASS, STATE, cents)));
  }

  @Test
  void theFileParsedBackSaysWhatTheRunSays() {
    MxPain00100109 file = MxPain00100109.parse(new String(written(), UTF_8));
    var header = file.getCstmrCdtTrfInitn().getGrpHdr();
    PaymentInstruction30 payment = file.getCstmrCdtTrfInitn().getPmtInf().getFirst();

    assertThat(header.getMsgId()).isEqualTo("2026-04");
    assertThat(header.getCreDtTm()).isEqualTo("2026-04-01T08:30:15Z");
    assertThat(header.getNbOfTxs()).isEqualTo("2");
    assertThat(header.getCtrlSum()).isEqualByComparingTo("1234.10");
    assertThat(header.getInitgPty().getNm()).isEqualTo("Operateur du Pass numerique");
    assertThat(payment.getPmtMtd().value()).isEqualTo("TRF");
    assertThat(payment.getNbOfTxs()).isEqualTo("2");
    assertThat(payment.getCtrlSum()).isEqualByComparingTo("1234.10");
    assertThat(payment.getPmtTpInf().getSvcLvl().getFirst().getCd()).isEqualTo("SEPA");
    assertThat(payment.getReqdExctnDt().getDt()).isEqualTo(EXECUTION);
    assertThat(payment.getDbtrAcct().getId().getIBAN()).isEqualTo(DEBTOR);
    assertThat(payment.getDbtrAgt().getFinInstnId().getOthr().getId()).isEqualTo("NOTPROVIDED");
    assertThat(payment.getChrgBr().value()).isEqualTo("SLEV");
    List<CreditTransferTransaction34> transfers = payment.getCdtTrfTxInf();
    assertThat(transfers)
        .extracting(t -> t.getPmtId().getEndToEndId())
        .containsExactly("2026-04-1", "2026-04-2");
    assertThat(transfers)
        .extracting(t -> t.getAmt().getInstdAmt().getValue().toPlainString())
        .containsExactly("1234.05", "0.05");
    assertThat(transfers).allMatch(t -> t.getAmt().getInstdAmt().getCcy().equals("EUR"));
    assertThat(transfers)
        .extracting(t -> t.getCdtrAcct().getId().getIBAN())
        .containsExactly(FIRST, SECOND);
    assertThat(transfers)
        .extracting(t -> t.getCdtr().getNm())
        .containsExactly("Mediatheque + Cie", "Coeur numerique");
    assertThat(transfers)
        .extracting(t -> t.getRmtInf().getUstrd().getFirst())
        .containsExactly("Pass numerique 2026-04: S-1", "Pass numerique 2026-04: B-1");
  }

  @Test
  void theSameRunGivesTheSameBytes() {
    assertThat(written()).isEqualTo(written());
  }

  /** Read by another parser than the one of the library that wrote it. */
  @Test
  void countAndControlSumAreThoseOfTheTransfersInTheFile() throws Exception {
    Document xml = parsed(written());
    assertThat(xml.getDocumentElement().getNamespaceURI())
        .isEqualTo("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
    NodeList amounts = xml.getElementsByTagNameNS("*", "InstdAmt");
    BigDecimal sum =
        IntStream.range(0, amounts.getLength())
            .mapToObj(i -> new BigDecimal(amounts.item(i).getTextContent()))
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    NodeList sums = xml.getElementsByTagNameNS("*", "CtrlSum");
    NodeList counts = xml.getElementsByTagNameNS("*", "NbOfTxs");
    assertThat(sums.getLength()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      assertThat(new BigDecimal(sums.item(i).getTextContent())).isEqualByComparingTo(sum);
      assertThat(counts.item(i).getTextContent()).isEqualTo(Integer.toString(amounts.getLength()));
    }
  }

  /** The order of elements is part of the schema; this is what banks' own parsers insist on. */
  @Test
  void elementsStandInTheOrderOfTheSchema() throws Exception {
    Document xml = parsed(written());
    assertThat(children(xml, "GrpHdr"))
        .containsExactly("MsgId", "CreDtTm", "NbOfTxs", "CtrlSum", "InitgPty");
    assertThat(children(xml, "PmtInf"))
        .containsExactly(
            "PmtInfId",
            "PmtMtd",
            "BtchBookg",
            "NbOfTxs",
            "CtrlSum",
            "PmtTpInf",
            "ReqdExctnDt",
            "Dbtr",
            "DbtrAcct",
            "DbtrAgt",
            "ChrgBr",
            "CdtTrfTxInf",
            "CdtTrfTxInf");
    assertThat(children(xml, "CdtTrfTxInf"))
        .containsExactly("PmtId", "Amt", "Cdtr", "CdtrAcct", "RmtInf");
  }

  @Test
  void allTextIsOfTheBanksCharacterSetAndIdentifiersFitIn35Characters() throws Exception {
    Document xml = parsed(written());
    NodeList all = xml.getElementsByTagNameNS("*", "*");
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (element.getElementsByTagName("*").getLength() == 0) {
        assertThat(element.getTextContent()).matches("[a-zA-Z0-9/\\-?:().,'+ ]+");
        if (element.getLocalName().endsWith("Id")) {
          assertThat(element.getTextContent().length()).isLessThanOrEqualTo(35);
        }
      }
    }
  }

  @Test
  void aBicAndATownAreWrittenIfTheyAreGiven() {
    OperatorAccount full = OperatorAccount.of("Opérateur", DEBTOR, "PSSTFRPPPAR", "Guéret");
    MxPain00100109 file =
        MxPain00100109.parse(
            new String(CreditTransferFile.of(RUN, EXECUTION, RELEASED, full, CREDITORS), UTF_8));
    PaymentInstruction30 payment = file.getCstmrCdtTrfInitn().getPmtInf().getFirst();
    assertThat(payment.getDbtrAgt().getFinInstnId().getBICFI()).isEqualTo("PSSTFRPPPAR");
    assertThat(payment.getDbtr().getPstlAdr().getTwnNm()).isEqualTo("Gueret");
    assertThat(payment.getDbtr().getPstlAdr().getCtry()).isEqualTo("FR");
    assertThat(payment.getDbtr().getPstlAdr().getAdrLine()).isEmpty();
  }

  @Test
  void aCreditorsAddressIsHybridWithAStreetAndStructuredWithout() {
    List<Creditor> creditors =
        List.of(
            new Creditor(
                FIRST,
                "Médiathèque",
                Optional.of(
                    new CreditorAddress(
                        "Rez-de-chaussée de la maison des associations, bâtiment C, porte 12 bis"
                            + " rue Maurice-Rollinat",
                        "23000",
                        "Guéret",
                        "FR"))),
            new Creditor(
                SECOND, "Bus", Optional.of(new CreditorAddress("", "97400", "Saint-Denis", "RE"))));
    List<CreditTransferTransaction34> transfers =
        MxPain00100109.parse(
                new String(
                    CreditTransferFile.of(RUN, EXECUTION, RELEASED, OPERATOR, creditors), UTF_8))
            .getCstmrCdtTrfInitn()
            .getPmtInf()
            .getFirst()
            .getCdtTrfTxInf();
    var hybrid = transfers.getFirst().getCdtr().getPstlAdr();
    assertThat(hybrid.getTwnNm()).isEqualTo("Gueret");
    assertThat(hybrid.getPstCd()).isEqualTo("23000");
    assertThat(hybrid.getCtry()).isEqualTo("FR");
    assertThat(hybrid.getAdrLine())
        .containsExactly(
            "Rez-de-chaussee de la maison des associations, batiment C, porte 12",
            "bis rue Maurice-Rollinat");
    var structured = transfers.get(1).getCdtr().getPstlAdr();
    assertThat(structured.getTwnNm()).isEqualTo("Saint-Denis");
    assertThat(structured.getCtry()).isEqualTo("RE");
    assertThat(structured.getAdrLine()).isEmpty();
  }

  @Test
  void anAddressIsThatOfTheRegisterWhenTheRunWasReleasedWhateverItSaysLater() {
    SettlementWorld world = new SettlementWorld();
    world.ledger.given(
        SettlementWorld.account(ALPHA, "v-1", "iban-1"),
        listed("1 rue Haute", "Guéret"),
        SettlementWorld.slip(ALPHA, "S-1", 1_000));
    world.begin(SettlementWorld.CUT_OFF);
    world.openAndRelease(SettlementWorld.run("R-1"));
    world.ledger.given(listed("2 rue Basse", "Aubusson"));

    assertThat(world.register.address(ALPHA, new SettlementRunId("R-1")))
        .contains(new CreditorAddress("1 rue Haute", "23000", "Guéret", "FR"));
    // A run that was released before files had addresses: its file stays as it was handed out.
    SettlementWorld before = new SettlementWorld();
    before.ledger.given(
        SettlementWorld.account(ALPHA, "v-1", "iban-1"),
        listed("1 rue Haute", "Guéret"),
        SettlementWorld.slip(ALPHA, "S-1", 1_000));
    before.begin(SettlementWorld.CUT_OFF);
    before.ledger.send(SettlementWorld.run("R-1"));
    before.ledger.given(
        new SettlementRunReleased(
            new SettlementRunId("R-1"), "clerk-2", EXECUTION, List.of(), Optional.empty()));
    assertThat(before.register.address(ALPHA, new SettlementRunId("R-1"))).isEmpty();
  }

  private static VenueListed listed(String street, String commune) {
    return new VenueListed(
        ALPHA,
        VenueListed.IdentifiedBy.SIRET,
        "Médiathèque",
        true,
        List.of(point("bus", "", "Limoges", true), point("guichet", street, commune, false)),
        Optional.empty(),
        "test");
  }

  private static VenueListed.PointOfService point(
      String id, String street, String commune, boolean itinerant) {
    return new VenueListed.PointOfService(
        new PointOfServiceId(id),
        "Accueil",
        street,
        "23000",
        commune,
        "23096",
        SettlementWorld.CREUSE,
        itinerant,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  @Test
  void ofManySlipsAsManyAreNamedAsHaveRoom() {
    List<PaidSlip> slips = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      slips.add(paidSlip(ALPHA, "BORDEREAU-2026-%03d".formatted(i), i, 100));
    }
    SettlementRunOpened run =
        new SettlementRunOpened(
            RUN.run(),
            PASS,
            RUN.cutOff(),
            RUN.executionOn(),
            List.of(transfer("2026-04-1", 4_000, slips)),
            List.of(),
            Optional.of("clerk-1"),
            Optional.empty(),
            List.of(),
            List.of());
    MxPain00100109 file =
        MxPain00100109.parse(
            new String(
                CreditTransferFile.of(run, EXECUTION, RELEASED, OPERATOR, CREDITORS.subList(0, 1)),
                UTF_8));
    String text =
        file.getCstmrCdtTrfInitn()
            .getPmtInf()
            .getFirst()
            .getCdtTrfTxInf()
            .getFirst()
            .getRmtInf()
            .getUstrd()
            .getFirst();
    assertThat(text.length()).isLessThanOrEqualTo(140);
    assertThat(text)
        .startsWith("Pass numerique 2026-04: BORDEREAU-2026-001, ")
        .endsWith("et 35 autres");
  }

  /** {@code -Dpain.001.001.09.xsd=…} names ISO 20022's schema, which is not ours to pass on. */
  @Test
  @EnabledIfSystemProperty(named = "pain.001.001.09.xsd", matches = ".+")
  void theFileIsValidAgainstTheSchemaOfIso20022() throws Exception {
    Path schema = Path.of(System.getProperty("pain.001.001.09.xsd"));
    assertThat(Files.isReadable(schema)).isTrue();
    OperatorAccount full = OperatorAccount.of("Opérateur", DEBTOR, "PSSTFRPPPAR", "Guéret");
    var validator =
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
            .newSchema(schema.toFile())
            .newValidator();
    validator.validate(new StreamSource(new ByteArrayInputStream(written())));
    validator.validate(
        new StreamSource(
            new ByteArrayInputStream(
                CreditTransferFile.of(RUN, EXECUTION, RELEASED, full, CREDITORS))));
  }

  @Test
  void anAccountThatNoBankWouldTakeStopsTheStartWithoutTellingIt() {
    assertThatThrownBy(() -> OperatorAccount.of("Opérateur", "FR1420041010050500013M02607", "", ""))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("pass.operator.iban")
        .hasMessageNotContaining("FR14");
    assertThatThrownBy(() -> OperatorAccount.of(" ", DEBTOR, "", ""))
        .hasMessageContaining("pass.operator.name");
    assertThatThrownBy(() -> OperatorAccount.of("Opérateur", DEBTOR, "PSST", ""))
        .hasMessageContaining("pass.operator.bic");
    assertThat(OperatorAccount.of("Opérateur", " FR14 2004 1010 0505 0001 3M02 606", "", "").bic())
        .isEqualTo(Optional.empty());
    assertThat(OPERATOR.toString() + CREDITORS).doesNotContain("FR14", "FR76", "Médiathèque");
  }

  private static byte[] written() {
    return CreditTransferFile.of(RUN, EXECUTION, RELEASED, OPERATOR, CREDITORS);
  }

  private static Document parsed(byte[] xml) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
  }

  private static List<String> children(Document xml, String name) {
    NodeList children = xml.getElementsByTagNameNS("*", name).item(0).getChildNodes();
    return IntStream.range(0, children.getLength())
        .mapToObj(children::item)
        .filter(Element.class::isInstance)
        .map(node -> node.getLocalName())
        .toList();
  }
}
