package fr.passnumerique.clearing;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a release has once stored, every later one reads: a sample of each type of fact and version
 * lies in {@code facts} among the test resources, and is never changed.
 */
class StoredFactsTest {
  @ParameterizedTest
  @MethodSource("fr.passnumerique.clearing.FactSamples#types")
  void aFactStoredByTheFirstReleaseIsReadAndWrittenAsItWas(FactType type) throws IOException {
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    String stored = FactSamples.sample(type.name() + ".v1");

    var fact = catalogue.read(type.name(), 1, stored);

    assertThat(fact).isInstanceOf(type.fact());
    assertThat(fact.tags()).isNotEmpty();
    assertThat(catalogue.write(fact)).isEqualTo(stored);
  }

  /** What a shape has gained since: stored facts without it are read, as are those that have it. */
  @ParameterizedTest
  @CsvSource({
    "BankEntryMatched, debitNote",
    "BankEntryMatched, creditNote",
    "BankEntryMatched, call",
    "BankEntryMatched, charges",
    "BankEntryMatched, run",
    "BankEntryMatched, receipts",
    "BankEntryUnmatched, returned",
    "BankEntryUnmatched, toldOn",
    "BankExceptionClosed, statement",
    "BankExceptionClosed, takenOut",
    "BankStatementImported, bookings",
    "BankStatementImported, details",
    "BankStatusDisputed, note",
    "CreditNoteIssued, preFinancier",
    "CreditTransferFileDownloaded, leftOut",
    "DebitNotePaid, part",
    "DebitNotePaymentTakenBack, reason",
    "RebuildDifferencesAccepted, rows",
    "RebuildDifferencesProposed, rows",
    "ReceiptTakenBack, reason",
    "RefundFileDownloaded, leftOut",
    "RefundTakenBack, transfer",
    "ReversalLifted, unpaid",
    "SettlementRunCancelled, kept",
    "TransferDebited, executedOn",
    "TransferDebitTakenBack, reason",
  })
  void aFactWithWhatItsShapeGainedIsReadAndWrittenAsItWas(String name, String gained)
      throws IOException {
    FactType type =
        FactSamples.types().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
    String stored = FactSamples.sample("%s.v1.%s".formatted(name, gained));

    assertThat(catalogue.write(catalogue.read(name, 1, stored))).isEqualTo(stored);
  }

  @Test
  void aWordThatWasRenamedIsStillRead() throws IOException {
    FactCatalogue catalogue =
        new FactCatalogue(List.of(FactType.v1(SettlementRunOpened.class)), List.of());
    String stored =
        FactSamples.sample("SettlementRunOpened.v1.inDoubt")
            .replace("RETURN_IN_DOUBT", "EXECUTED_AFTER_REJECTION");

    SettlementRunOpened read =
        (SettlementRunOpened) catalogue.read("SettlementRunOpened", 1, stored);

    assertThat(read.inDoubt().getFirst().why())
        .isEqualTo(DoubtfulTransfers.Why.EXECUTION_UNEXPLAINED);
  }

  /**
   * Accents, signs beyond 16 bits and what JSON escapes: the hash is over these very bytes,
   * whatever of Jackson writes them.
   */
  @Test
  void aTextIsStoredInUtf8AndOnlyWhatJsonMustEscapeIsEscaped() {
    FactCatalogue catalogue =
        new FactCatalogue(List.of(FactType.v1(FurtherWords.class)), List.of());

    assertThat(catalogue.write(new FurtherWords("é \u20ac \ud83d\ude00 \" \\ / < \u2028 \u0007")))
        .isEqualTo("{\"words\":\"é \u20ac \ud83d\ude00 \\\" \\\\ / < \u2028 \\u0007\"}");
  }

  private record FurtherWords(String words) implements Fact {
    @Override
    public Set<String> tags() {
      return Set.of();
    }
  }
}
