package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/** An old fact is read as today's; one that this release cannot know is never guessed at. */
class FactCatalogueTest {
  /** Version 1 had euros, version 2 cents, version 3 says whose. */
  record Paid(String payer, long cents) implements Fact {
    @Override
    public Set<String> tags() {
      return Set.of("payer:" + payer);
    }
  }

  private static final FactType PAID = new FactType("Paid", 3, Paid.class, true);

  private static final FactCatalogue.Upcaster TO_CENTS =
      new FactCatalogue.Upcaster(
          "Paid", 1, old -> old.put("cents", 100 * ((ObjectNode) old).remove("euros").asLong()));

  private static final FactCatalogue.Upcaster TO_PAYER =
      new FactCatalogue.Upcaster("Paid", 2, old -> old.put("payer", "unknown"));

  private final FactCatalogue catalogue =
      new FactCatalogue(List.of(PAID), List.of(TO_PAYER, TO_CENTS));

  @Test
  void aFactOfTheFirstVersionGoesThroughEveryUpcasterInOrder() {
    assertThat(catalogue.read("Paid", 1, "{\"euros\":12}")).isEqualTo(new Paid("unknown", 1_200));
  }

  @Test
  void aFactOfTheVersionBeforeGoesThroughTheLastOnly() {
    assertThat(catalogue.read("Paid", 2, "{\"cents\":7}")).isEqualTo(new Paid("unknown", 7));
  }

  @Test
  void aFactOfThePresentVersionIsReadAsItStands() {
    Paid paid = new Paid("anct", 5);
    assertThat(catalogue.read("Paid", 3, catalogue.write(paid))).isEqualTo(paid);
  }

  @Test
  @SuppressWarnings("NullAway") // the mistake that must not reach the ledger
  void aFactThatCouldNotBeReadAgainIsNotWritten() {
    assertThatThrownBy(() -> catalogue.write(new Paid(null, 5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not recorded");
  }

  @Test
  void anOldVersionWithoutAnUpcasterIsRefused() {
    FactCatalogue incomplete = new FactCatalogue(List.of(PAID), List.of(TO_CENTS));
    assertThatThrownBy(() -> incomplete.read("Paid", 1, "{\"euros\":12}"))
        .hasMessage("no upcaster reads fact type Paid version 2");
  }

  @Test
  void aNewerVersionAndAnUnknownTypeAreRefused() {
    assertThatThrownBy(() -> catalogue.read("Paid", 4, "{}")).hasMessageContaining("newer");
    assertThatThrownBy(() -> catalogue.read("Refunded", 1, "{}")).hasMessageContaining("unknown");
  }

  @Test
  void aFieldThatIsMissingOrNotKnownIsRefused() {
    assertThatThrownBy(() -> catalogue.read("Paid", 3, "{\"cents\":5}"))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(() -> catalogue.read("Paid", 3, "{\"payer\":\"anct\"}"))
        .isInstanceOf(JacksonException.class);
    assertThatThrownBy(
            () -> catalogue.read("Paid", 3, "{\"payer\":\"anct\",\"cents\":5,\"note\":\"\"}"))
        .isInstanceOf(JacksonException.class);
  }

  @Test
  void twoTypesOfOneNameAreRefused() {
    assertThatThrownBy(() -> new FactCatalogue(List.of(PAID, PAID), List.of()))
        .hasMessageContaining("two types of fact are called Paid");
  }
}
