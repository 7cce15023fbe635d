package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.Stages;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.upkeep.Upkeep;
import fr.passnumerique.clearing.venues.Venues;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The published table of postings against the engine's own, on the golden sample of each type of
 * fact and on what may stand in it: the two share no code.
 */
class PostingTableTest {
  static final String PART =
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

  private static final PostingTable TABLE = new PostingTable(new Chart());

  static List<FactType> types() {
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
            Refunds.FACTS,
            Bank.FACTS,
            Upkeep.FACTS)
        .flatMap(List::stream)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("types")
  void theTablePostsWhatTheEnginePosts(FactType type) throws IOException {
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    assertThat(TABLE.knows(type.name(), type.version())).as("the table knows it").isTrue();
    for (ObjectNode variant : variants(type.name(), sample(type))) {
      Fact fact = catalogue.read(type.name(), type.version(), variant.toString());
      // What is stored is in the form that the engine writes.
      JsonNode stored = LineReader.fact(catalogue.write(fact));
      assertThat(byAccount(TABLE.entries(type.name(), type.version(), stored)))
          .as(variant.toString())
          .isEqualTo(engine(fact));
    }
  }

  @Test
  void theTableKnowsNoTypeThatTheEngineDoesNot() {
    assertThat(TABLE.types())
        .isEqualTo(
            types().stream().map(t -> t.name() + ".v" + t.version()).collect(Collectors.toSet()));
  }

  static ObjectNode sample(FactType type) throws IOException {
    String file = "/facts/%s.v%d.json".formatted(type.name(), type.version());
    try (InputStream in = PostingTableTest.class.getResourceAsStream(file)) {
      assertThat(in).as("golden sample %s", file).isNotNull();
      return (ObjectNode) FactCatalogue.JSON.readTree(in);
    }
  }

  private static List<ObjectNode> variants(String type, ObjectNode sample) {
    List<ObjectNode> all = new ArrayList<>();
    all.add(sample);
    ObjectNode advanced = sample.deepCopy();
    advance(advanced);
    all.add(advanced);
    switch (type) {
      case "TransferConfirmed",
          "TransferExecuted",
          "TransferReturned",
          "TransferReinstated",
          "SettlementRunCancelled" ->
          all.add(with(sample, "voided", VOIDED));
      case "TransferRejected" ->
          all.add(with(with(sample, "voided", VOIDED), "nettings", NETTINGS));
      case "SettlementRunReleased", "SettlementRunOpened" ->
          all.add(with(sample, "nettings", NETTINGS));
      case "SlipJudged" ->
          all.add(
              with(with(sample, "waivedLines", "[1]"), "waived", "[" + PART.formatted(300) + "]"));
      case "SlipWithdrawn" -> all.add(with(sample, "waived", "[" + PART.formatted(300) + "]"));
      case "ReversalLifted" -> all.add(with(sample, "forgiven", VOIDED));
      case "FundsReceived" ->
          all.add(with(sample, "repaid", "{\"preFinancier\":\"region\",\"cents\":1234}"));
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
    node.forEach(PostingTableTest::advance);
  }

  static Map<Account, Long> engine(Fact fact) {
    Map<Account, Long> sums = empty();
    Stream.concat(Postings.of(fact).stream(), Stages.of(fact).stream())
        .forEach(
            entry -> {
              var a = entry.account();
              sums.merge(
                  new Account(
                      a.kind().name(),
                      a.programme(),
                      a.agreement(),
                      a.funder(),
                      a.fundingDepartement(),
                      a.venue(),
                      a.spendingDepartement(),
                      a.prescriber()),
                  entry.cents(),
                  Long::sum);
            });
    sums.values().removeIf(cents -> cents == 0);
    return sums;
  }

  private static Map<Account, Long> byAccount(List<Entry> entries) {
    Map<Account, Long> sums = empty();
    entries.forEach(entry -> sums.merge(entry.account(), entry.cents(), Long::sum));
    sums.values().removeIf(cents -> cents == 0);
    return sums;
  }

  private static Map<Account, Long> empty() {
    return new TreeMap<>(java.util.Comparator.comparing(Account::toString));
  }
}
