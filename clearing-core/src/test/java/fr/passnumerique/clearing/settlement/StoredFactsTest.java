package fr.passnumerique.clearing.settlement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.redemption.Redemption;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * One stored fact of every type and version, as a ledger somewhere holds it. The files never
 * change: a new shape is a new version with a file of its own.
 */
class StoredFactsTest {
  private final FactCatalogue catalogue = catalogue();

  @ParameterizedTest
  @ValueSource(
      strings = {"SlipJudged", "SettlementRunOpened", "TransferConfirmed", "TransferRejected"})
  void whatWasStoredIsReadAndWrittenAsItWas(String name) throws IOException {
    String stored = stored(name + "-1.json");
    Fact fact = catalogue.read(name, 1, stored);
    assertThat(catalogue.write(fact)).isEqualTo(stored);
  }

  private static String stored(String file) throws IOException {
    try (InputStream in = StoredFactsTest.class.getResourceAsStream("/facts/" + file)) {
      return new String(Objects.requireNonNull(in, file).readAllBytes(), UTF_8).strip();
    }
  }

  private static FactCatalogue catalogue() {
    List<FactType> types = new ArrayList<>(Redemption.FACTS);
    types.addAll(Settlement.FACTS);
    return new FactCatalogue(types, List.of());
  }
}
