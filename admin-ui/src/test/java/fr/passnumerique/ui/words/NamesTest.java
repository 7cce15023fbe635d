package fr.passnumerique.ui.words;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.projections.registers.VenueRegister.Venue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NamesTest {
  private final List<Collection<String>> looks = new ArrayList<>();
  private final Names names =
      new Names(
          _ -> Optional.empty(),
          _ -> Optional.empty(),
          ids -> {
            looks.add(List.copyOf(ids));
            return ids.stream().filter(id -> !id.equals("unlisted")).map(NamesTest::venue).toList();
          });

  private static Venue venue(String id) {
    return new Venue(
        id, "SIRET", id.equals("trader") ? "" : "Venue " + id, true, null, "NONE", null, List.of());
  }

  @Test
  void theVenuesOfATableAreLookedUpAtOnce() {
    names.ahead(IntStream.range(0, 50).mapToObj(i -> "v-" + i % 20));

    assertThat(names.venue("v-0")).isEqualTo("Venue v-0");
    assertThat(names.venue("v-19")).isEqualTo("Venue v-19");
    assertThat(looks).singleElement().satisfies(ids -> assertThat(ids).hasSize(20));
  }

  @Test
  void whatIsKnownIsNotLookedUpAgain() {
    names.ahead(Stream.of("v-1", "unlisted"));
    names.ahead(Stream.of("v-1", "v-2"));

    assertThat(names.venue("unlisted")).isEqualTo("unlisted");
    assertThat(names.venue("v-2")).isEqualTo("Venue v-2");
    assertThat(looks).hasSize(2).last().isEqualTo(List.of("v-2"));
  }

  @Test
  void aSoleTraderIsCalledByItsIdentifier() {
    assertThat(names.venue("trader")).isEqualTo("trader");
    assertThat(looks).hasSize(1);
  }
}
