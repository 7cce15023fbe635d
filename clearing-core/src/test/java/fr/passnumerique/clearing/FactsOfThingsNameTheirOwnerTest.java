package fr.passnumerique.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * PostgreSQL shows funders, venues and prescribers the facts that name them: a fact about a thing
 * of theirs that named nobody would be left out of its page.
 */
class FactsOfThingsNameTheirOwnerTest {
  /** Of which a funder, a venue or a prescriber has a page, a document or a list. */
  private static final Pattern THING =
      Pattern.compile(
          "(slip|hand-out|delivery|call|funds-transfer|receipt|credit-note|reversal|debit-note):.*");

  /** Of which facts that name nobody are shown with the first, by {@code ledger.known_things}. */
  private static final Pattern KNOWN_THING = Pattern.compile("(receipt|credit-note|debit-note):.*");

  private static final Pattern NAMED =
      Pattern.compile("\"(?:funder|venue|prescriber)\":\"(?:[^\"\\\\])+\"");

  @Test
  void everyFactOfAThingNamesItsOwnerOrIsShownWithIt() throws Exception {
    FactCatalogue catalogue = new FactCatalogue(FactSamples.types().toList(), List.of());
    List<String> nameless = new ArrayList<>();
    int things = 0;
    for (String sample : samples()) {
      String stored = FactSamples.sample(sample);
      Fact fact = catalogue.read(sample.substring(0, sample.indexOf('.')), 1, stored);
      if (fact.tags().stream().noneMatch(tag -> THING.matcher(tag).matches())) {
        continue;
      }
      things++;
      if (!NAMED.matcher(stored).find()
          && fact.tags().stream().noneMatch(tag -> KNOWN_THING.matcher(tag).matches())) {
        nameless.add(sample);
      }
    }

    assertThat(things).isGreaterThan(30);
    assertThat(nameless).isEmpty();
  }

  private static List<String> samples() throws Exception {
    Path folder =
        Path.of(
                Objects.requireNonNull(FactSamples.class.getResource("/facts/SlipJudged.v1.json"))
                    .toURI())
            .getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString().replace(".json", ""))
          .sorted()
          .toList();
    }
  }
}
