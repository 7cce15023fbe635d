package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.bookkeeping.Postings;
import fr.passnumerique.clearing.bookkeeping.Stages;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import java.io.IOException;
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
  private static final PostingTable TABLE = new PostingTable(new Chart());

  @ParameterizedTest
  @MethodSource("fr.passnumerique.clearing.FactSamples#types")
  void theTablePostsWhatTheEnginePosts(FactType type) throws IOException {
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    assertThat(TABLE.knows(type.name(), type.version())).as("the table knows it").isTrue();
    for (ObjectNode variant : FactSamples.variants(type)) {
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
            FactSamples.types()
                .map(t -> t.name() + ".v" + t.version())
                .collect(Collectors.toSet()));
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
