package fr.passnumerique.clearing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.upkeep.Upkeep;
import fr.passnumerique.clearing.venues.Venues;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a release has once stored, every later one reads: a sample of each type of fact and version
 * lies in {@code facts} among the test resources, and is never changed.
 */
class StoredFactsTest {
  static Stream<FactType> types() {
    return Stream.of(
            Ledger.FACTS,
            Funding.FACTS,
            Calls.FACTS,
            Issuance.FACTS,
            Distribution.FACTS,
            Venues.FACTS,
            Payees.FACTS,
            Redemption.FACTS,
            Expiry.FACTS,
            Settlement.FACTS,
            Reversals.FACTS,
            Refunds.FACTS,
            Bank.FACTS,
            Upkeep.FACTS)
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @MethodSource("types")
  void aFactStoredByTheFirstReleaseIsReadAndWrittenAsItWas(FactType type) throws IOException {
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    String stored = sample(type.name(), 1);

    var fact = catalogue.read(type.name(), 1, stored);

    assertThat(fact).isInstanceOf(type.fact());
    assertThat(fact.tags()).isNotEmpty();
    assertThat(catalogue.write(fact)).isEqualTo(stored);
  }

  /** What a shape has gained since: stored facts without it are read, as are those that have it. */
  @ParameterizedTest
  @CsvSource({
    "BankEntryMatched, debitNote",
    "BankEntryMatched, call",
    "DebitNotePaid, part",
    "TransferDebited, executedOn",
  })
  void aFactWithWhatItsShapeGainedIsReadAndWrittenAsItWas(String name, String gained)
      throws IOException {
    FactType type = types().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    String stored = sample("%s.v1.%s".formatted(name, gained));

    assertThat(catalogue.write(catalogue.read(name, 1, stored))).isEqualTo(stored);
  }

  private static String sample(String name, int version) throws IOException {
    return sample("%s.v%d".formatted(name, version));
  }

  private static String sample(String name) throws IOException {
    String file = "/facts/%s.json".formatted(name);
    try (InputStream in = StoredFactsTest.class.getResourceAsStream(file)) {
      assertThat(in).as("sample %s", file).isNotNull();
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }
}
