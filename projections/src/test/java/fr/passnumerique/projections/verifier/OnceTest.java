package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class OnceTest {
  private static final List<List<String>> TABLE = TextTable.read("once.txt", 5);

  private final Findings findings = new Findings();
  private final Once once = new Once(findings);

  @Test
  void anEventIdentifierIsOfOneRow() throws IOException {
    List<Fact> facts = Story.untilHandedOut();
    WrittenLedger ledger = new WrittenLedger().with(facts.subList(0, 3));
    Findings found =
        ledger
            .withRow(facts.get(3), row -> withEvent(row, new UUID(0, 2)))
            .with(facts.subList(4, facts.size()))
            .verified()
            .findings();
    assertThat(found.shown())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.check()).isEqualTo(Check.ONCE);
              assertThat(one.position()).isEqualTo(4);
              assertThat(one.value())
                  .isEqualTo(
                      "event identifier %s is that of position 2 already"
                          .formatted(new UUID(0, 2)));
            });
  }

  @Test
  void aReceiptThatIsRecordedAgainIsFoundWhoeverPaidItIn() throws IOException {
    FundsReceived first = Story.received("r-9", Story.STATE, 100);
    WrittenLedger ledger =
        new WrittenLedger()
            .with(Story.untilHandedOut())
            .with(first)
            .with(Story.received("r-9", Story.REGION, 700));
    assertThat(ledger.verified().findings().shown())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.check()).isEqualTo(Check.ONCE);
              assertThat(one.position()).isEqualTo(ledger.position());
              assertThat(one.value()).startsWith("receipt r-9 is that of position ");
            });
  }

  @Test
  void aReceiptThatWasTakenBackMayBeRecordedAgain() {
    fact(1, "FundsReceived", "{\"receipt\":\"r-1\"}");
    fact(2, "ReceiptTakenBack", "{\"receipt\":\"r-1\"}");
    fact(3, "FundsReceived", "{\"receipt\":\"r-1\"}");
    assertThat(findings.none()).isTrue();
    fact(4, "FundsReceived", "{\"receipt\":\"r-1\"}");
    assertThat(findings.first().orElseThrow().position()).isEqualTo(4);
  }

  /** One word of two types is one: a transfer of a run is none of a refund. */
  @Test
  void whatTwoTypesRecordIsRecordedByOneOfThem() {
    fact(1, "SettlementRunOpened", "{\"run\":\"R\",\"transfers\":[{\"transfer\":\"T-1\"}]}");
    fact(2, "RefundsOrdered", "{\"order\":\"O\",\"transfers\":[{\"transfer\":\"T-1\"}]}");
    fact(3, "FundsTransferred", "{\"transfer\":\"T-1\"}");
    assertThat(findings.shown())
        .singleElement()
        .satisfies(one -> assertThat(one.position()).isEqualTo(2));
  }

  /** So that no rule of the table looks for a field that there is not. */
  @ParameterizedTest
  @MethodSource("fr.passnumerique.clearing.FactSamples#types")
  void eachSampleTellsWhatItRecordsAndIsFoundTheSecondTime(FactType type) throws IOException {
    String named = "%s.v%d".formatted(type.name(), type.version());
    List<List<String>> rules = TABLE.stream().filter(row -> row.getFirst().equals(named)).toList();
    ObjectNode sample = FactSamples.variants(type).getFirst();
    for (List<String> rule : rules) {
      JsonNode object = rule.get(1).isEmpty() ? sample : sample.path(rule.get(1)).path(0);
      for (String name : rule.get(3).split(" ")) {
        assertThat(object.path(name).isString() || sample.path(name).isString())
            .as("%s of %s", name, sample)
            .isTrue();
      }
    }
    fact(1, type.name(), sample.toString());
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
    fact(2, type.name(), sample.toString());
    assertThat(findings.count(Check.ONCE) > 0).isEqualTo(!rules.isEmpty());
  }

  @Test
  void theTableNamesTypesOfFacts() {
    List<String> types =
        FactSamples.types().map(type -> type.name() + ".v" + type.version()).toList();
    assertThat(TABLE)
        .flatMap(row -> Arrays.asList(row.get(0), row.get(4)))
        .filteredOn(type -> !type.isEmpty())
        .isSubsetOf(types);
  }

  private void fact(long position, String type, String payload) {
    once.check(WrittenLedger.row(position, type, payload), LineReader.fact(payload));
  }

  private static ExportedRow withEvent(ExportedRow row, UUID event) {
    return new ExportedRow(
        row.position(),
        event,
        row.recordedAt(),
        row.type(),
        row.version(),
        row.tags(),
        row.payload(),
        row.metadata(),
        row.hash(),
        row.published());
  }
}
