package fr.passnumerique.clearing.territory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DepartementTest {
  @Test
  void thereAreAHundredAndOneDepartementsAndEightCollectivities() {
    long metropolitan =
        Stream.concat(
                IntStream.range(0, 100).mapToObj("%02d"::formatted), Stream.of("2A", "2B", "2C"))
            .filter(DepartementTest::exists)
            .count();
    long overseas =
        IntStream.range(100, 1000)
            .mapToObj(String::valueOf)
            .filter(DepartementTest::exists)
            .count();

    assertThat(metropolitan).isEqualTo(96);
    assertThat(overseas).isEqualTo(5 + 8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01", "19", "2A", "2B", "21", "95", "971", "972", "973", "974", "975", "976", "977", "978",
        "984", "986", "987", "988", "989"
      })
  void theFirstTheLastAndThoseAroundCorseExist(String code) {
    assertThat(new Departement(code).code()).isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "0", "1", "00", "20", "96", "97", "98", "99", "2C", "2a", "970", "979", "980", "990",
        "001", "0١"
      })
  void whatIsNoDepartementIsRefusedByName(String code) {
    assertThatThrownBy(() -> new Departement(code))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + code + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "01053, 01",
    "95210, 95",
    "2A004, 2A",
    "2B033, 2B",
    "97105, 971",
    "97209, 972",
    "97302, 973",
    "97416, 974",
    "97502, 975",
    "97611, 976",
    "97701, 977",
    "97801, 978",
    "98611, 986",
    "98735, 987",
    "98818, 988",
  })
  void aCommunesCodeSaysItsDepartement(String commune, String departement) {
    assertThat(Departement.ofCommune(commune)).contains(new Departement(departement));
  }

  /** A postcode looks like a commune's code, and 20200 is Bastia's: Corse alone betrays it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "20200", "00001", "96000", "97000", "97900", "98000", "99138", "1053", "010530", "2A0O4",
        "2b033", "", "     "
      })
  void whatIsNoCommunesCodeSaysNothing(String code) {
    assertThat(Departement.ofCommune(code)).isEqualTo(Optional.empty());
  }

  @Test
  void inJsonItIsItsCode() {
    assertThat(FactCatalogue.JSON.writeValueAsString(new Departement("2A"))).isEqualTo("\"2A\"");
    assertThat(FactCatalogue.JSON.readValue("\"974\"", Departement.class))
        .isEqualTo(new Departement("974"));
  }

  @Test
  void theyAreOrderedAsOnAMapLegend() {
    assertThat(Stream.of("974", "2B", "21", "01", "2A", "19").map(Departement::new).sorted())
        .extracting(Departement::code)
        .containsExactly("01", "19", "21", "2A", "2B", "974");
  }

  /** A register keeps one for every unpaid line. */
  @Test
  void factsThatNameTheSameOneShareIt() {
    assertThat(FactCatalogue.JSON.readValue("\"21\"", Departement.class))
        .isEqualTo(new Departement("21"))
        .isSameAs(FactCatalogue.JSON.readValue("\"21\"", Departement.class));
    assertThatThrownBy(() -> FactCatalogue.JSON.readValue("\"20\"", Departement.class))
        .hasMessageContaining("'20'");
  }

  private static boolean exists(String code) {
    try {
      new Departement(code);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
