package fr.passnumerique.ui.search;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.ui.search.Found.Kind;
import fr.passnumerique.ui.search.Found.Matched;
import fr.passnumerique.ui.words.CauseWords;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
  private static final Set<String> KNOWN =
      Set.of("1024", "reglement-6-1", "BR-050", "br-050", "br-051", "12 345");

  @ParameterizedTest
  @CsvSource({
    "1 024, 1024",
    "1\u00A0024, 1024",
    "1\u202F024, 1024",
    "REGLEMENT-6-1, reglement-6-1",
    "reglement 6 1, reglement-6-1",
    "REGLEMENT 6 1, reglement-6-1",
    "BR-051, br-051",
    "BR-050, BR-050",
    "br-050, br-050",
    "12 345, 12 345",
  })
  void whatIsPrintedOtherwiseIsFoundAndWhatIsExactComesFirst(String typed, String found) {
    assertThat(found(typed)).containsExactly(found);
  }

  @ParameterizedTest
  @CsvSource({"10 24", "1 0245", "nulle part"})
  void whatIsNoneOfTheseIsNothing(String typed) {
    assertThat(found(typed)).isEmpty();
  }

  @Test
  void whatCannotBeSeenIsABlank() {
    assertThat(found("reglement\0006\u00071")).containsExactly("reglement-6-1");
    assertThat(found("\0")).isEmpty();
    assertThat(Search.shown("a\0b")).isEqualTo("a b");
  }

  private static List<String> found(String typed) {
    Finder finder =
        (asked, reader) ->
            KNOWN.contains(asked)
                ? Found.of(
                    Kind.SLIP, new CauseWords("Bordereau", asked, "/" + asked), "", Matched.NUMBER)
                : Stream.empty();
    return new Search(List.of(finder))
        .find(typed, new Actor("c", Role.CLERK, "")).found().stream().map(Found::id).toList();
  }
}
