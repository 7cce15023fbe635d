package fr.passnumerique.clearing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAlias;
import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.upkeep.Upkeep;
import fr.passnumerique.clearing.venues.Venues;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Every type of fact with its golden sample, and what else may stand in one. */
public final class FactSamples {
  private static final String PART =
      """
      {"programme":"pass","agreement":"creuse-2026","keyVersion":1,"fundingDepartement":"23",\
      "spendingDepartement":"19","funder":"anct","cents":%d,"advancedBy":"region"}\
      """;
  private static final String VOIDED =
      """
      [{"venue":"13002526500013","slip":7,"cheque":"000070001","parts":[%s]}]\
      """
          .formatted(PART.formatted(200));
  private static final String NETTINGS =
      """
      [{"venue":"13002526500013","slips":[],"lines":[],"paid":[%s],"claims":[],"recovered":[%s]}]\
      """
          .formatted(PART.formatted(500), PART.formatted(500));

  private static final String IN_DOUBT =
      """
      [{"venue":"13002526500013","cents":1000,"transfer":"R-0-1","why":"%s","exception":"S-1"}]\
      """;

  private static final String FREE =
      """
      {"programme":"pass","agreement":"creuse-2026","funder":"anct","cents":2500}\
      """;

  private FactSamples() {}

  public static Stream<FactType> types() {
    return Stream.of(
            Ledger.FACTS,
            Funding.FACTS,
            Calls.FACTS,
            Issuance.FACTS,
            Distribution.FACTS,
            Venues.FACTS,
            Payees.FACTS,
            Redemption.FACTS,
            Expiry.FACTS,
            Settlement.FACTS,
            Reversals.FACTS,
            GiveBacks.FACTS,
            Refunds.FACTS,
            Bank.FACTS,
            Upkeep.FACTS)
        .flatMap(List::stream);
  }

  /** As it was stored first. */
  public static String sample(FactType type) throws IOException {
    return sample("%s.v%d".formatted(type.name(), type.version()));
  }

  static String sample(String name) throws IOException {
    String file = "/facts/%s.json".formatted(name);
    try (InputStream in = FactSamples.class.getResourceAsStream(file)) {
      assertThat(in).as("sample %s", file).isNotNull();
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }

  /** The sample, and the same with parts that it leaves out and that are posted otherwise. */
  public static List<ObjectNode> variants(FactType type) throws IOException {
    return variants(type.name(), (ObjectNode) FactCatalogue.JSON.readTree(sample(type)));
  }

  private static List<ObjectNode> variants(String type, ObjectNode sample) {
    List<ObjectNode> all = new ArrayList<>();
    all.add(sample);
    ObjectNode advanced = sample.deepCopy();
    advance(advanced);
    all.add(advanced);
    switch (type) {
      case "TransferConfirmed", "TransferExecuted", "TransferReturned", "TransferReinstated" ->
          all.add(with(sample, "voided", VOIDED));
      case "SettlementRunCancelled" -> {
        all.add(with(sample, "voided", VOIDED));
        all.add(with(sample, "nettings", NETTINGS));
      }
      case "TransferRejected" ->
          all.add(with(with(sample, "voided", VOIDED), "nettings", NETTINGS));
      case "SettlementRunReleased" -> all.add(with(sample, "nettings", NETTINGS));
      case "SettlementRunOpened" -> {
        all.add(with(sample, "nettings", NETTINGS));
        for (String why : stored(DoubtfulTransfers.Why.EXECUTION_UNEXPLAINED)) {
          all.add(with(sample, "inDoubt", IN_DOUBT.formatted(why)));
        }
      }
      case "VenueIdentified" ->
          all.add(
              sample.deepCopy().put("replaces", "40109226700012").put("confirmedBy", "agent-2"));
      case "SlipJudged" ->
          all.add(
              with(with(sample, "waivedLines", "[1]"), "waived", "[" + PART.formatted(300) + "]"));
      case "SlipWithdrawn" -> all.add(with(sample, "waived", "[" + PART.formatted(300) + "]"));
      case "ReversalLifted" -> all.add(with(with(sample, "forgiven", VOIDED), "unpaid", VOIDED));
      case "TransferDebitTakenBack" -> all.add(with(sample, "executedOn", "\"2026-04-03\""));
      case "ReceiptTakenBack" -> {
        ObjectNode own = sample.deepCopy();
        own.remove("repaid");
        all.add(own);
      }
      case "FundsReceived", "FundsTransferred" ->
          all.add(with(sample, "repaid", "{\"preFinancier\":\"region\",\"cents\":1234}"));
      case "CreditNoteIssued" -> all.add(sample.deepCopy().put("preFinancier", "metropole"));
      case "CreditNoteRefunded", "RefundReturned", "RefundTakenBack" ->
          all.add(with(with(sample, "parts", "[]").put("amountCents", 2_500), "free", FREE));
      case "LinesReversed" -> {
        for (String standing : List.of("OWED", "PAID")) {
          ObjectNode other = sample.deepCopy();
          for (JsonNode line : other.path("lines")) {
            ((ObjectNode) line).put("standing", standing).remove("transfer");
          }
          advance(other);
          all.add(other);
        }
      }
      case "ChequesExpired" -> {
        ObjectNode other = sample.deepCopy();
        ((ObjectNode) other.path("parts").get(0)).put("where", "HANDED_OUT");
        all.add(other);
      }
      case "ChequesOpposed" -> {
        ObjectNode other = sample.deepCopy();
        ((ObjectNode) other.path("titles").get(0)).put("where", "IN_STOCK");
        all.add(other);
      }
      default -> {}
    }
    return all;
  }

  private static ObjectNode with(ObjectNode sample, String field, String json) {
    ObjectNode other = sample.deepCopy();
    other.set(field, FactCatalogue.JSON.readTree(json));
    return other;
  }

  /** Every part is covered by a pre-financier's cash. */
  private static void advance(JsonNode node) {
    if (node instanceof ObjectNode object && object.has("keyVersion") && object.has("cents")) {
      object.put("advancedBy", "region");
    }
    node.forEach(FactSamples::advance);
  }

  /** What a word of ours may be stored as: as it is written now, then as it was before. */
  public static List<String> stored(Enum<?> word) {
    try {
      JsonAlias before =
          word.getDeclaringClass().getField(word.name()).getAnnotation(JsonAlias.class);
      return Stream.concat(
              Stream.of(word.name()), before == null ? Stream.empty() : Stream.of(before.value()))
          .toList();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException(e);
    }
  }
}
