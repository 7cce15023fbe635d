package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class PayloadFormTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Sample, what else may stand in one, and what the engine writes of either. */
  @ParameterizedTest
  @MethodSource("fr.passnumerique.clearing.FactSamples#types")
  void whatTheEngineWritesAndReadsHasTheForm(FactType type) throws IOException {
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    assertThat(PayloadForm.knows(type.name(), type.version())).isTrue();
    for (ObjectNode variant : FactSamples.variants(type)) {
      assertThat(fault(type, variant)).as(variant.toString()).isEmpty();
      String written =
          catalogue.write(catalogue.read(type.name(), type.version(), variant.toString()));
      assertThat(fault(type, JSON.readTree(written))).as(written).isEmpty();
    }
  }

  /** In the fact and in each object within it. */
  @ParameterizedTest
  @MethodSource("fr.passnumerique.clearing.FactSamples#types")
  void aFieldThatTheFormatDoesNotNameIsFoundWhereverItStands(FactType type) throws IOException {
    for (ObjectNode variant : FactSamples.variants(type)) {
      for (ObjectNode object : objects(variant)) {
        if (isFree(variant, object)) {
          continue;
        }
        object.put("furtherField", 7);
        assertThat(fault(type, variant).orElse(""))
            .as(variant.toString())
            .contains("furtherField that the format does not name");
        object.remove("furtherField");
      }
    }
  }

  /** What the engine could not read without, and nothing else. */
  @ParameterizedTest
  @MethodSource("fr.passnumerique.clearing.FactSamples#types")
  void aFieldThatIsMissingIsFoundWhereTheEngineNeedsIt(FactType type) throws IOException {
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    for (ObjectNode variant : FactSamples.variants(type)) {
      for (ObjectNode object : objects(variant)) {
        if (isFree(variant, object)) {
          continue;
        }
        for (String name : List.copyOf(object.propertyNames())) {
          JsonNode value = object.remove(name);
          assertThat(fault(type, variant).isEmpty())
              .as("without %s: %s", name, variant)
              .isEqualTo(reads(catalogue, type, variant));
          object.set(name, value);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"visit\":0 ; \"visit\":\"0\" ; lines/visit is no whole number",
        "\"servedOn\":\"2026-03-16\" ; \"servedOn\":\"16.03.2026\" ; visits/servedOn is no day",
        "\"presentedAt\":\"2026-03-20T09:00:00Z\" ; \"presentedAt\":\"2026-03-20\" ; is no instant",
        "\"reference\":\"S-1\" ; \"reference\":1 ; reference is no text",
        "\"reference\":\"S-1\" ; \"reference\":null ; reference is no text",
        "\"rejected\":\"OPPOSED\" ; \"rejected\":\"PERHAPS\" ; lines/rejected is no one of",
        "\"visits\":[{ ; \"visits\":[7,{ ; visits is no object",
      })
  void aFieldOfAnotherKindIsFound(String is, String other, String words) throws IOException {
    SlipJudged slip =
        Story.slip(
            Story.LIBRARY,
            "S-1",
            Story.LIBRARY_DESK,
            List.of(Story.accepted(1), Story.rejected(2, Verdict.OPPOSED)));
    WrittenLedger ledger =
        new WrittenLedger()
            .with(Story.untilHandedOut())
            .with(
                slip,
                payload -> {
                  assertThat(payload).contains(is);
                  return payload.replaceFirst(Pattern.quote(is), other);
                });
    Findings findings = ledger.verified().findings();
    assertThat(findings.count(Check.FORMAT)).isOne();
    assertThat(findings.shown())
        .anySatisfy(
            found -> {
              assertThat(found.position()).isEqualTo(ledger.position());
              assertThat(found.value()).contains(words);
            });
  }

  /** Of a word that was called otherwise before, the format tells both, with a remark. */
  @Test
  void wordsOfBeforeAreWordsAndWhatIsSaidOfThemIsNone() throws IOException {
    FactType type =
        FactSamples.types()
            .filter(one -> one.name().equals("SettlementRunOpened"))
            .findFirst()
            .orElseThrow();
    ObjectNode run = FactSamples.variants(type).getLast();
    ObjectNode doubt = (ObjectNode) run.path("inDoubt").get(0);
    for (String word :
        List.of("ENTRY_UNEXPLAINED", "EXECUTION_UNEXPLAINED", "EXECUTED_AFTER_REJECTION")) {
      doubt.put("why", word);
      assertThat(fault(type, run)).as(word).isEmpty();
    }
    for (String word : List.of("(before:", "EXECUTED_AFTER_REJECTION)", "`", "")) {
      doubt.put("why", word);
      assertThat(fault(type, run).orElse("")).as(word).contains("inDoubt/why is no one of");
    }
  }

  /** The format lets it be {@code null}: such a line is accepted as one without it. */
  @Test
  void aLineThatSaysThatNothingRejectsItIsAccepted() throws IOException {
    WrittenLedger ledger =
        new WrittenLedger()
            .with(Story.untilHandedOut())
            .with(Story.slip(Story.LIBRARY, "S-1", Story.LIBRARY_DESK, 1, 1));
    Findings twice =
        ledger
            .with(
                Story.slip(Story.LIBRARY, "S-2", Story.LIBRARY_DESK, 1, 1),
                payload -> payload.replace("\"visit\":0}", "\"visit\":0,\"rejected\":null}"))
            .verified()
            .findings();
    assertThat(twice.count(Check.FORMAT)).isZero();
    assertThat(twice.count(Check.REDEEMED_ONCE)).isOne();
  }

  @Test
  void aFieldThatWasAddedToALedgerThatWasWrittenAgainIsFound() throws IOException {
    Findings findings =
        new WrittenLedger()
            .with(
                Story.untilHandedOut().getFirst(),
                payload -> payload.replaceFirst("\\{", "{\"note\":\"Jeanne\","))
            .verified()
            .findings();
    assertThat(findings.shown())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.check()).isEqualTo(Check.FORMAT);
              assertThat(found.value()).contains("a field note that the format does not name");
            });
  }

  /** Names of a map are free: columns that a list of venues has further. */
  private static boolean isFree(ObjectNode fact, ObjectNode object) {
    return fact.path("pointsOfService").valueStream().anyMatch(p -> p.path("further") == object);
  }

  private static List<ObjectNode> objects(JsonNode node) {
    List<ObjectNode> found = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      found.add(object);
    }
    node.forEach(inner -> found.addAll(objects(inner)));
    return found;
  }

  private static Optional<String> fault(FactType type, JsonNode payload) {
    return PayloadForm.fault(type.name(), type.version(), payload);
  }

  private static boolean reads(FactCatalogue catalogue, FactType type, JsonNode payload) {
    try {
      catalogue.read(type.name(), type.version(), payload.toString());
      return true;
    } catch (JacksonException | NullPointerException _) {
      return false;
    }
  }
}
