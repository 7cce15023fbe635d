package fr.passnumerique.clearing.bank;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.money.CreditorReference;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KnownWordsTest {
  private static final String REFERENCE = CreditorReference.madeFrom("creuse-2026|anct");

  private static List<String> longest(Set<String> known, String... texts) {
    return new KnownWords(known).longestIn(List.of(texts));
  }

  @Test
  void standAsWholeWordsInOneText() {
    Set<String> known = Set.of("CREUSE 2026", "DONS");
    assertThat(longest(known, "POUR CREUSE 2026 MERCI")).containsExactly("CREUSE 2026");
    assertThat(longest(known, "CREUSE 20265")).isEmpty();
    assertThat(longest(known, "POUR CREUSE", "2026")).isEmpty();
    assertThat(longest(known, "LES DONS", "CREUSE 2026")).containsExactly("CREUSE 2026", "DONS");
  }

  @Test
  void withinLongerOnesAreNotMeant() {
    Set<String> known = Set.of("CREUSE", "CREUSE 2026", "CREUSE 2026 BIS", "2026 BIS");
    assertThat(longest(known, "CREUSE 2026 BIS")).containsExactly("CREUSE 2026 BIS");
    assertThat(longest(known, "CREUSE 2026")).containsExactly("CREUSE 2026");
    assertThat(new KnownWords(known).in(List.of("CREUSE 2026")))
        .containsExactly("CREUSE", "CREUSE 2026");
  }

  @Test
  void ofFewerThanFourLettersAreMetByAccident() {
    assertThat(longest(Set.of("A B C", "A B C D"), "A B C")).isEmpty();
    assertThat(longest(Set.of("A B C", "A B C D"), "A B C D")).containsExactly("A B C D");
    assertThat(longest(Set.of(""), "")).isEmpty();
  }

  @Test
  void ofACreditorsReferenceStandInGroupsOfFourOrGrownTogether() {
    String groups = REFERENCE.replaceAll("(.{4})(?!$)", "$1 ");
    assertThat(longest(Set.of(REFERENCE), groups)).containsExactly(REFERENCE);
    assertThat(longest(Set.of(REFERENCE), "REF" + REFERENCE + "FIN")).containsExactly(REFERENCE);
    String otherDigits = "RF00" + REFERENCE.substring(4);
    assertThat(longest(Set.of(otherDigits), "REF" + otherDigits)).isEmpty();
  }

  /** By the same rule whether or not a text has anything beside ASCII. */
  @Test
  void areCapitalsAndDigitsPartedByOneSpace() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    String signs = "aZ09 -'/éÉçßœﬁ\u0301\u00a0\n";
    for (int round = 0; round < 5_000; round++) {
      String text =
          random
              .ints(random.nextInt(12), 0, signs.length())
              .mapToObj(at -> signs.substring(at, at + 1))
              .collect(joining());
      assertThat(PaymentReferences.words(text))
          .as("seed %d: %s", seed, text)
          .isEqualTo(
              Normalizer.normalize(text, Normalizer.Form.NFD)
                  .replaceAll("\\p{M}+", "")
                  .toUpperCase(Locale.ROOT)
                  .replaceAll("[^A-Z0-9]+", " ")
                  .strip());
    }
  }

  /** As if each text were asked for each of them. */
  @Test
  void areThoseThatEachTextHas() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    String[] words = {"A", "CREUSE", "2026", "DONS", "RF", REFERENCE, "X" + REFERENCE, "R"};
    for (int round = 0; round < 2_000; round++) {
      Set<String> known = new TreeSet<>();
      List<String> texts = new ArrayList<>();
      IntStream.range(0, 8).forEach(_ -> known.add(some(words, 1 + random.nextInt(3), random)));
      IntStream.range(0, 3).forEach(_ -> texts.add(some(words, random.nextInt(7), random)));
      assertThat(new KnownWords(known).in(texts))
          .as("seed %d: %s in %s", seed, known, texts)
          .containsExactlyElementsOf(
              known.stream()
                  .filter(one -> texts.stream().anyMatch(text -> PaymentReferences.has(text, one)))
                  .toList());
    }
  }

  private static String some(String[] words, int count, Random random) {
    List<String> some = new ArrayList<>();
    IntStream.range(0, count).forEach(_ -> some.add(words[random.nextInt(words.length)]));
    return String.join(" ", some);
  }
}
