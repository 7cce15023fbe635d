package fr.passnumerique.clearing.venues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiretTest {
  /** Emmaüs Ruffec, Insee's own example, La Poste's seat. */
  @ParameterizedTest
  @ValueSource(strings = {"40109226700020", "73282932000074", "35600000000048"})
  void aSiretWithARightCheckDigitIsOne(String siret) {
    assertThat(Siret.isValid(siret)).isTrue();
    assertThat(new Siret(siret).venueId()).isEqualTo(new VenueId(siret));
    assertThat(new Siret(siret).identifiedBy()).isEqualTo(IdentifiedBy.SIRET);
  }

  @Test
  void ofTheTenLastDigitsOneIsRight() {
    assertThat(
            IntStream.range(0, 10)
                .mapToObj(digit -> "4010922670002" + digit)
                .filter(Siret::isValid))
        .containsExactly("40109226700020");
  }

  /** Found by trying all of them: that one digit is wrong is always seen. */
  @Test
  void anyOneWrongDigitIsSeen() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String siret = randomSiret(random);
      for (int place = 0; place < 14; place++) {
        for (char digit = '0'; digit <= '9'; digit++) {
          String other = siret.substring(0, place) + digit + siret.substring(place + 1);
          assertThat(Siret.isValid(other))
              .as("seed %d: %s from %s", seed, other, siret)
              .isEqualTo(other.equals(siret));
        }
      }
    }
  }

  /** Luhn's formula sees every exchange of neighbours but of 0 and 9. */
  @Test
  void twoNeighboursExchangedAreSeenUnlessTheyAreNoughtAndNine() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      String siret = randomSiret(random);
      for (int place = 0; place < 13; place++) {
        char one = siret.charAt(place);
        char two = siret.charAt(place + 1);
        String other = siret.substring(0, place) + two + one + siret.substring(place + 2);
        boolean same = one == two || one + two == '0' + '9' && (one == '0' || two == '0');
        assertThat(Siret.isValid(other))
            .as("seed %d: %s from %s", seed, other, siret)
            .isEqualTo(same);
      }
    }
  }

  @Test
  void anOfficeOfLaPosteIsOneByTheSumOfItsDigitsAlone() {
    assertThat(Siret.isValid("35600000063516")).as("sum 35, not Luhn").isTrue();
    assertThat(Siret.isValid("35600000063515")).as("sum 34, not Luhn").isFalse();
    assertThat(Siret.isValid("35600000063511")).as("sum 30").isTrue();
  }

  @Test
  void laPostesSeatIsOneByLuhnThoughItsDigitsSumToTwentySix() {
    assertThat(Siret.isValid("35600000000048")).isTrue();
  }

  @Test
  void ofTheHundredThousandNumbersOfLaPosteThoseByEitherRuleAreRightAndNoOther() {
    assertThat(
            IntStream.range(0, 100_000)
                .mapToObj("356000000%05d"::formatted)
                .filter(Siret::isValid)
                .peek(
                    siret ->
                        assertThat(LuhnByDefinition.holds(siret) || digitSum(siret) % 5 == 0)
                            .as(siret)
                            .isTrue()))
        .hasSize(28_000);
  }

  @Test
  void theSumOfDigitsHelpsNobodyElse() {
    assertThat(digitSum("40109226700022") % 5).isZero();
    assertThat(Siret.isValid("40109226700022")).isFalse();
    assertThat(
            IntStream.range(0, 10)
                .mapToObj(digit -> "3560000010001" + digit)
                .filter(Siret::isValid))
        .hasSize(1);
  }

  @Test
  void noughtsSatisfyTheFormulaAndNameNobody() {
    assertThat(LuhnByDefinition.holds("00000000000000")).isTrue();
    assertThat(Siret.isValid("00000000000000")).isFalse();
    assertThat(Siret.isPlaceholder("00000000000000")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4010922670002",
        "401092267000200",
        "4010922670002O",
        "401 092 267 00020",
        "４０１０９２２６７０００２０",
        "-40109226700020"
      })
  void fourteenDigitsItMustBeAndNothingElse(String written) {
    assertThat(Siret.isValid(written)).isFalse();
    assertThatThrownBy(() -> new Siret(written)).hasMessageContaining("14 digits");
  }

  @ParameterizedTest
  @ValueSource(strings = {"40109226700020", "401 092 267 00020", " 401\u00A0092\u202F267\t00020 "})
  void blanksAreHowPeopleWriteIt(String written) {
    assertThat(Siret.of(written)).contains(new Siret("40109226700020"));
  }

  @Test
  void aWrongOneIsNone() {
    assertThat(Siret.of("401 092 267 00021")).isEqualTo(Optional.empty());
  }

  private static int digitSum(String digits) {
    return digits.chars().map(c -> c - '0').sum();
  }

  private static String randomSiret(Random random) {
    while (true) {
      String base = "%09d%04d".formatted(1 + random.nextInt(999_999_999), random.nextInt(10_000));
      if (!base.startsWith("356000000")) {
        return IntStream.range(0, 10)
            .mapToObj(digit -> base + digit)
            .filter(LuhnByDefinition::holds)
            .findFirst()
            .orElseThrow();
      }
    }
  }

  /** As textbooks write it, from the right. */
  private static final class LuhnByDefinition {
    static boolean holds(String digits) {
      int sum = 0;
      boolean second = false;
      for (char c : new StringBuilder(digits).reverse().toString().toCharArray()) {
        int digit = c - '0';
        if (second) {
          digit *= 2;
          digit = digit / 10 + digit % 10;
        }
        sum += digit;
        second = !second;
      }
      return sum % 10 == 0;
    }
  }
}
