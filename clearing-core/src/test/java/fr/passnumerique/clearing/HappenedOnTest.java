package fr.passnumerique.clearing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * On which day did each stored sample happen? Those that are not listed tell no day of their own:
 * they happened when they were recorded. Written out, so that a business day of the accounts is not
 * tried against itself.
 */
class HappenedOnTest {
  private static final Map<String, String> DAYS =
      Map.ofEntries(
          Map.entry("BankEntryMatched", "2026-04-01"),
          Map.entry("BankEntryTakenOut", "2026-04-01"),
          Map.entry("BankEntryUnmatched", "2026-04-01"),
          Map.entry("ChequesDelivered", "2026-03-02"),
          Map.entry("ChequesExpired", "2026-10-01"),
          Map.entry("ChequesHandedOut", "2026-03-02"),
          Map.entry("ChequesIssued", "2026-03-02"),
          Map.entry("CreditNoteRefunded", "2026-10-20"),
          Map.entry("DebitNotePaid", "2026-07-15"),
          Map.entry("DebitNotePaymentTakenBack", "2026-07-15"),
          Map.entry("FundsReceived", "2026-03-02"),
          Map.entry("ReceiptTakenBack", "2026-04-01"),
          Map.entry("RefundExecutionTakenBack", "2026-10-19"),
          Map.entry("RefundReturned", "2026-10-20"),
          Map.entry("RefundTakenBack", "2026-10-20"),
          Map.entry("SlipJudged", "2026-04-01"),
          Map.entry("SlipWithdrawn", "2026-04-01"),
          Map.entry("TransferConfirmed", "2026-04-02"),
          Map.entry("TransferDebitTakenBack", "2026-04-02"),
          Map.entry("TransferDebited", "2026-04-02"),
          Map.entry("TransferExecuted", "2026-04-02"),
          Map.entry("TransferExecutionTakenBack", "2026-04-02"),
          Map.entry("TransferRejected", "2026-04-02"),
          Map.entry("TransferReturned", "2026-04-02"));

  @Test
  void eachFactTellsItsBusinessDay() throws IOException {
    FactCatalogue catalogue = new FactCatalogue(FactSamples.types().toList(), List.of());
    Map<String, String> days = new TreeMap<>();
    for (FactType type : (Iterable<FactType>) FactSamples.types()::iterator) {
      String file = "/facts/%s.v1.json".formatted(type.name());
      try (InputStream in = StoredFactsTest.class.getResourceAsStream(file)) {
        catalogue
            .read(type.name(), 1, new String(in.readAllBytes(), UTF_8).strip())
            .happenedOn()
            .ifPresent(day -> days.put(type.name(), day.toString()));
      }
    }
    // The bank's booking where there is one: its closing balances are by booking, not by value
    // date.
    assertThat(days).containsExactlyInAnyOrderEntriesOf(DAYS);
  }
}
