package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PersonsTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final Findings findings = new Findings();
  private final Persons persons = new Persons(findings);
  private String inForce = "";

  static Stream<List<String>> rules() {
    return TextTable.read("persons.txt", 5).stream();
  }

  /** On samples of both facts, that of the beginning about the same as that of the end. */
  @ParameterizedTest
  @MethodSource("rules")
  void whoBeganItDoesNotEndIt(List<String> rule) throws IOException {
    ObjectNode end = FactSamples.variants(typeOf(rule.get(0))).getLast();
    end.put(rule.get(1), "last");
    ObjectNode beginning = rule.get(3).isEmpty() ? end : sample(rule.get(3));
    beginning.put(rule.get(2), "first");
    if (!rule.get(3).isEmpty()) {
      for (String name : rule.get(4).split(" ")) {
        String first = name.split("/")[0];
        assertThat(beginning.has(first)).as(first).isTrue();
        beginning.set(first, end.get(first));
      }
    }
    assertThat(found(rule, beginning, end)).isEmpty();

    end.put(rule.get(1), "first");
    assertThat(found(rule, beginning, end))
        .singleElement()
        .extracting(Finding::value)
        .asString()
        .contains("first", rule.get(1), rule.get(2));
  }

  private static List<Finding> found(List<String> rule, ObjectNode beginning, ObjectNode end) {
    Findings findings = new Findings();
    Persons persons = new Persons(findings);
    if (!rule.get(3).isEmpty()) {
      persons.check(6, rule.get(3), beginning);
    }
    persons.check(7, rule.get(0), end);
    return findings.shown();
  }

  @Test
  void theLastWhoProposedItIsTheFirstPerson() {
    proposed("clerk-1");
    proposed("clerk-2");
    opened("clerk-1", "clerk-2");
    assertThat(findings.count(Check.PERSONS)).isZero();

    opened("clerk-2", "clerk-3");
    assertThat(findings.count(Check.PERSONS)).isOne();
  }

  @Test
  void ofFactsThatNeededNoSecondPersonNothingIsSaid() {
    check("LinesReversed", "{\"reversal\":\"V-1\",\"reversedBy\":\"clerk-1\"}");
    check("SettlementRunReleased", "{\"run\":\"R-9\",\"releasedBy\":\"clerk-1\"}");
    check("VenueAccountOpened", "{\"venue\":\"v-1\",\"account\":\"a-1\"}");
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();
  }

  /** What a correction replaces and who confirmed it were told from the first correction on. */
  @Test
  void aCorrectedIdentificationHasItsSecondPersonAndAFirstOneNone() throws IOException {
    ObjectNode first = sample("VenueIdentified");
    identified(1, first);
    identified(2, corrected(first, "40109226700038"));
    assertThat(findings.none()).as(findings.shown().toString()).isTrue();

    identified(3, corrected(first, "40109226700046").putNull("confirmedBy"));
    identified(4, corrected(first, "40109226700053").without("replaces"));
    // It would pass for a first one.
    identified(5, first.deepCopy());
    // It replaces what is not in force any more.
    identified(6, corrected(first, "40109226700061").put("replaces", "40109226700038"));
    assertThat(findings.count(Check.PERSONS)).isEqualTo(4);

    identified(7, first.deepCopy().put("venue", "W161000120"));
    assertThat(findings.count(Check.PERSONS)).isEqualTo(4);
  }

  private void identified(long position, ObjectNode fact) {
    persons.check(position, "VenueIdentified", fact);
    inForce = fact.path("siret").asString();
  }

  private ObjectNode corrected(ObjectNode fact, String siret) {
    return fact.deepCopy()
        .put("siret", siret)
        .put("replaces", inForce)
        .put("confirmedBy", "agent-2");
  }

  /** In a ledger whose chain was made good again. */
  @Test
  void oneAccountThatProposedAndConfirmedIsFoundInALedgerThatWasWrittenAgain() throws IOException {
    for (boolean one : new boolean[] {true, false}) {
      Findings found =
          new WrittenLedger()
              .with(Story.untilHandedOut())
              .with(
                  Story.CATALOGUE.read(
                      "FactSetAside", 1, FactSamples.sample(typeOf("FactSetAside"))),
                  payload ->
                      one
                          ? payload
                              .replaceAll("\"by\":\"[^\"]*\"", "\"by\":\"clerk-1\"")
                              .replaceAll("\"proposedBy\":\"[^\"]*\"", "\"proposedBy\":\"clerk-1\"")
                          : payload)
              .verified()
              .findings();
      assertThat(found.count(Check.PERSONS)).as(found.shown().toString()).isEqualTo(one ? 1 : 0);
      assertThat(found.none()).isEqualTo(!one);
    }
  }

  /** Each pair of accounts that a fact tells is in the table. */
  @Test
  void everyFactThatNamesTwoPersonsIsInTheTable() throws IOException {
    Map<String, Integer> persons = new HashMap<>();
    for (List<String> field : TextTable.read("fields.txt", 3)) {
      if (field.get(0).contains(".v")
          && field.get(1).matches("by|[a-z]+By")
          && field.get(2).startsWith("text")) {
        persons.merge(field.get(0).replaceFirst("\\.v\\d+$", ""), 1, Integer::sum);
      }
    }
    List<String> inTable = rules().map(List::getFirst).toList();
    assertThat(persons.entrySet())
        .filteredOn(each -> each.getValue() > 1)
        .hasSize(8)
        .allSatisfy(each -> assertThat(inTable).contains(each.getKey()));
  }

  private void proposed(String by) {
    check("VenueAccountProposed", "{\"venue\":\"v-1\",\"proposedBy\":\"%s\"}".formatted(by));
  }

  private void opened(String confirmedBy, String proposedBy) {
    check(
        "VenueAccountOpened",
        "{\"venue\":\"v-1\",\"proposedBy\":\"%s\",\"confirmedBy\":\"%s\"}"
            .formatted(proposedBy, confirmedBy));
  }

  private void check(String type, String payload) {
    persons.check(7, type, JSON.readTree(payload));
  }

  private static ObjectNode sample(String type) throws IOException {
    return (ObjectNode) JSON.readTree(FactSamples.sample(typeOf(type)));
  }

  private static FactType typeOf(String name) {
    return FactSamples.types().filter(type -> type.name().equals(name)).findFirst().orElseThrow();
  }
}
