package fr.passnumerique.clearing.settlement;

import static fr.passnumerique.clearing.settlement.SettlementWorld.ALPHA;
import static fr.passnumerique.clearing.settlement.SettlementWorld.PASS;
import static fr.passnumerique.clearing.settlement.SettlementWorld.STATE;
import static fr.passnumerique.clearing.settlement.SettlementWorld.paid;
import static fr.passnumerique.clearing.settlement.SettlementWorld.paidSlip;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.settlement.CreditTransferFile.Creditor;
import fr.passnumerique.clearing.vault.VaultReference;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Whatever a holder, a street or a town is called, a bank can take the file: the European Payments
 * Council's character set and lengths, read by another parser than the one of the library that
 * wrote it. {@code -Dseed=…} plays one again.
 */
class HostileTextsTest {
  private static final String IBAN = "FR7630006000011234567890189";
  private static final String ALLOWED = "[a-zA-Z0-9/\\-?:().,'+ ]+";

  private static final Map<String, Integer> LONGEST =
      Map.ofEntries(
          Map.entry("MsgId", 35),
          Map.entry("PmtInfId", 35),
          Map.entry("InstrId", 35),
          Map.entry("EndToEndId", 35),
          Map.entry("Nm", 70),
          Map.entry("Ustrd", 140),
          Map.entry("AdrLine", 70),
          Map.entry("TwnNm", 35),
          Map.entry("PstCd", 16),
          Map.entry("Ctry", 2));

  private static final List<String> AWKWARD =
      List.of(
          "",
          " ",
          "/",
          "//",
          "/ /",
          "/\u0000/",
          "a//b///c",
          "&<>\"'",
          "]]>",
          "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]>&y;",
          "\u0000\u0001\u001f\u007f\u0085",
          "\ud800",
          "\udc00 seul",
          "👩‍🌾🚐",
          "ממשלה זמינה",
          "\u202egnal\u202c",
          "مكتبة",
          "中文图书馆",
          "ﬁ ﬂ Ĳ ǅ ½ ² €",
          "e\u0301".repeat(300),
          "x".repeat(500),
          "/".repeat(500),
          "é/".repeat(250),
          "Médiathèque – « L’Étape »_23",
          "\uFEFFBOM",
          "a\r\nb\tc\u2028d");

  @Test
  void everyTextIsOneThatABankCanTake() throws Exception {
    for (int round = 0; round < 40; round++) {
      long seed = Long.getLong("seed", System.nanoTime());
      play(seed);
    }
  }

  private static void play(long seed) throws Exception {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(60);
    String id = identifier(random);
    SettlementRunId run = new SettlementRunId(id);
    List<SettlementRunOpened.Transfer> transfers = new ArrayList<>();
    List<Creditor> creditors = new ArrayList<>();
    long sum = 0;
    for (int i = 1; i <= count; i++) {
      long cents = 1 + random.nextLong(999_999_999_99L);
      sum += cents;
      transfers.add(
          new SettlementRunOpened.Transfer(
              BankText.idOf(run, i),
              new VaultReference("v-" + i),
              cents,
              List.of(
                  paidSlip(ALPHA, identifier(random), i, cents),
                  paidSlip(ALPHA, identifier(random), i, cents)),
              List.of(paid(ALPHA, PASS, STATE, cents))));
      creditors.add(
          new Creditor(
              IBAN,
              text(random),
              random.nextInt(4) == 0
                  ? Optional.empty()
                  : Optional.of(
                      new CreditorAddress(text(random), text(random), text(random), "FR"))));
    }
    OperatorAccount operator =
        new OperatorAccount("Opérateur", IBAN, Optional.empty(), Optional.of(text(random)));
    byte[] file =
        CreditTransferFile.of(
            new SettlementRunOpened(
                run,
                PASS,
                Instant.parse("2026-03-31T22:00:00Z"),
                LocalDate.of(2026, 4, 2),
                transfers,
                List.of(),
                Optional.of("clerk-1"),
                Optional.empty(),
                List.of(),
                List.of()),
            LocalDate.of(2026, 4, 2),
            Instant.parse("2026-04-01T08:30:15Z"),
            operator,
            creditors);
    judge(file, "seed " + seed, count, sum);
  }

  private static void judge(byte[] file, String seed, int count, long cents) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    Document xml = factory.newDocumentBuilder().parse(new ByteArrayInputStream(file));
    NodeList all = xml.getElementsByTagNameNS("*", "*");
    Set<String> ends = new HashSet<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < all.getLength(); i++) {
      Element element = (Element) all.item(i);
      if (element.getElementsByTagName("*").getLength() > 0) {
        continue;
      }
      String name = element.getLocalName();
      String text = element.getTextContent();
      String what = "%s: %s [%s]".formatted(seed, name, text);
      assertThat(text).as(what).matches(ALLOWED);
      assertThat(text).as(what).doesNotStartWith("/").doesNotEndWith("/").doesNotContain("//");
      assertThat(text.strip()).as(what).isEqualTo(text);
      assertThat(text.length()).as(what).isLessThanOrEqualTo(LONGEST.getOrDefault(name, 35));
      switch (name) {
        case "EndToEndId" -> assertThat(ends.add(text)).as(what).isTrue();
        case "InstdAmt" -> sum = sum.add(new BigDecimal(text));
        case "NbOfTxs" -> assertThat(text).as(what).isEqualTo(Integer.toString(count));
        case "CtrlSum" ->
            assertThat(new BigDecimal(text))
                .as(what)
                .isEqualByComparingTo(BigDecimal.valueOf(cents, 2));
        default -> {}
      }
    }
    assertThat(ends).as(seed).hasSize(count);
    assertThat(sum).as(seed).isEqualByComparingTo(BigDecimal.valueOf(cents, 2));
    NodeList addresses = xml.getElementsByTagNameNS("*", "PstlAdr");
    for (int i = 0; i < addresses.getLength(); i++) {
      Element address = (Element) addresses.item(i);
      assertThat(address.getElementsByTagNameNS("*", "TwnNm").getLength()).as(seed).isOne();
      assertThat(address.getElementsByTagNameNS("*", "Ctry").getLength()).as(seed).isOne();
      assertThat(address.getElementsByTagNameNS("*", "AdrLine").getLength())
          .as(seed)
          .isLessThanOrEqualTo(2);
    }
  }

  private static String text(Random random) {
    if (random.nextInt(3) == 0) {
      return AWKWARD.get(random.nextInt(AWKWARD.size()));
    }
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(random.nextBoolean() ? 40 : 500);
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(
          switch (random.nextInt(4)) {
            case 0 -> random.nextInt(0x80);
            case 1 -> 0xA0 + random.nextInt(0x200);
            case 2 -> "/ -?:().,'+&<>\"".charAt(random.nextInt(15));
            default -> random.nextInt(Character.MAX_CODE_POINT + 1);
          });
    }
    return text.toString();
  }

  private static String identifier(Random random) {
    String signs = "abcXYZ019._-";
    StringBuilder text = new StringBuilder("r");
    int length = random.nextInt(39);
    for (int i = 0; i < length; i++) {
      text.append(signs.charAt(random.nextInt(signs.length())));
    }
    return text.toString();
  }
}
