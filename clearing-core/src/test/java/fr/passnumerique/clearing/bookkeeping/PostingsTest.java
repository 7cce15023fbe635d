package fr.passnumerique.clearing.bookkeeping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * What each type of fact posts, sample by sample, as {@code postings.txt} has it. After a change
 * that is meant, {@code -Dpostings.write=true} writes it anew: read what has changed in it. That
 * the verifier's own table says the same is tested with the verifier.
 */
class PostingsTest {
  private static final String FILE = "postings.txt";

  @Test
  void everyFactPostsWhatTheTableSays() throws IOException {
    StringBuilder posted = new StringBuilder();
    for (FactType type :
        FactSamples.types().sorted((a, b) -> a.name().compareTo(b.name())).toList()) {
      FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
      int variant = 0;
      for (ObjectNode sample : FactSamples.variants(type)) {
        Fact fact = catalogue.read(type.name(), type.version(), sample.toString());
        List<Entry> entries = Postings.of(fact);
        assertThat(entries.stream().mapToLong(Entry::cents).sum()).as("%s", fact).isZero();
        variant++;
        if (!entries.isEmpty()) {
          posted.append(type.name()).append(' ').append(variant).append('\n').append(told(entries));
        }
      }
    }

    if (Boolean.getBoolean("postings.write")) {
      Files.writeString(Path.of("src/test/resources", FILE), posted);
    }
    assertThat(posted.toString()).isEqualTo(expected());
  }

  /** By account, in order; those that come to nothing are left out. */
  private static String told(List<Entry> entries) {
    TreeMap<String, Long> sums = new TreeMap<>();
    entries.forEach(entry -> sums.merge(account(entry.account()), entry.cents(), Math::addExact));
    return sums.entrySet().stream()
        .filter(sum -> sum.getValue() != 0)
        .map(sum -> "  %s %+d%n".formatted(sum.getKey(), sum.getValue()))
        .collect(joining());
  }

  private static String account(Account a) {
    return Stream.of(
            a.kind().name(),
            a.programme(),
            a.agreement(),
            a.funder(),
            a.fundingDepartement(),
            a.venue(),
            a.spendingDepartement(),
            a.prescriber())
        .map(word -> word.isEmpty() ? "-" : word)
        .collect(joining(" "));
  }

  private static String expected() throws IOException {
    try (InputStream in = PostingsTest.class.getResourceAsStream("/" + FILE)) {
      assertThat(in).as(FILE).isNotNull();
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
