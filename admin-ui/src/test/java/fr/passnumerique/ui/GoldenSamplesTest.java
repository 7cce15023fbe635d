package fr.passnumerique.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The application as it is put together reads what every release has stored. */
class GoldenSamplesTest {
  private static final FactCatalogue CATALOGUE = ClearingApplication.factCatalogue();

  static Collection<FactType> types() {
    return CATALOGUE.types();
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyVersionIsReadAndTheLastIsWrittenAsItWas(FactType type) throws IOException {
    for (int version = 1; version <= type.version(); version++) {
      String stored = sample(type.name(), version);
      String written = CATALOGUE.write(CATALOGUE.read(type.name(), version, stored));
      if (version == type.version()) {
        assertThat(written).isEqualTo(stored);
      }
    }
  }

  private static String sample(String name, int version) throws IOException {
    String file = "/facts/%s.v%d.json".formatted(name, version);
    try (InputStream in = GoldenSamplesTest.class.getResourceAsStream(file)) {
      assertThat(in).as("sample %s", file).isNotNull();
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }
}
