package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.projections.Story;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/** The published table of tags against those that the engine gives its facts. */
class TagTableTest {
  @ParameterizedTest
  @MethodSource("fr.passnumerique.clearing.FactSamples#types")
  void theTableNamesTheTagsThatTheEngineGives(FactType type) throws IOException {
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    for (ObjectNode variant : FactSamples.variants(type)) {
      Fact fact = catalogue.read(type.name(), type.version(), variant.toString());
      String stored = catalogue.write(fact);
      List<String> tags = WrittenLedger.tags(fact);
      assertThat(fault(type, stored, tags)).as(stored).isEmpty();
      List<String> more = new ArrayList<>(tags);
      more.add("venue:nowhere");
      assertThat(fault(type, stored, more).orElse("")).contains("venue:nowhere is none of such");
      assertThat(fault(type, stored, List.of()).orElse("")).contains("it lacks the tag");
    }
  }

  @Test
  void theTableKnowsTheTypesThatTheEngineKnows() {
    assertThat(TagTable.types())
        .isEqualTo(
            FactSamples.types()
                .map(type -> type.name() + ".v" + type.version())
                .collect(Collectors.toSet()));
  }

  @Test
  void whatReleasesOfBeforeDidNotGiveIsNotMissed() throws IOException {
    Fact issued =
        Story.untilHandedOut().stream()
            .filter(fact -> fact.tags().contains("batches"))
            .findFirst()
            .orElseThrow();
    List<String> tags = new ArrayList<>(WrittenLedger.tags(issued));
    FactType type = Story.CATALOGUE.typeOf(issued);
    String stored = Story.CATALOGUE.write(issued);
    assertThat(tags.remove("batches:")).isTrue();
    assertThat(fault(type, stored, tags)).isEmpty();
    tags.removeIf(tag -> tag.startsWith("batch:"));
    assertThat(fault(type, stored, tags).orElse("")).contains("it lacks the tag batch:");
  }

  /** Types of fact that are older than these of their tags. */
  @ParameterizedTest
  @CsvSource({
    "CreditTransferFileDownloaded, files:",
    "RefundFileDownloaded, files:",
    "RefundsCancelled, files:",
    "SettlementRunCancelled, files:",
    "RefundRejected, funder-accounts:",
    "RefundReturned, funder-accounts:",
    "TransferConfirmed, reversals:",
    "TransferExecuted, reversals:",
    "TransferReinstated, reversals:"
  })
  void tagsThatCameAfterTheirFactAreNotMissed(String name, String tag) throws IOException {
    FactType type =
        FactSamples.types().filter(known -> known.name().equals(name)).findFirst().orElseThrow();
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    boolean borne = false;
    for (ObjectNode variant : FactSamples.variants(type)) {
      Fact fact = catalogue.read(type.name(), type.version(), variant.toString());
      List<String> tags = new ArrayList<>(WrittenLedger.tags(fact));
      borne |= tags.removeIf(each -> each.startsWith(tag));
      assertThat(fault(type, catalogue.write(fact), tags)).as(variant.toString()).isEmpty();
    }
    assertThat(borne).as("one that bears it").isTrue();
  }

  private static Optional<String> fault(FactType type, String payload, List<String> tags) {
    ExportedRow row =
        new ExportedRow(
            1,
            new UUID(0, 1),
            Instant.EPOCH,
            type.name(),
            type.version(),
            tags,
            payload,
            "",
            "",
            null);
    return TagTable.fault(row, LineReader.fact(payload));
  }
}
