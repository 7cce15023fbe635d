package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankRegister.Unmatched;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries that nobody has explained, in the order of their recording; those that name a transfer of
 * ours by that, too: it is asked for each debit of a file.
 */
final class UnmatchedEntries {
  private final Map<String, Unmatched> byEntry = new LinkedHashMap<>();
  private final Map<String, Map<String, Unmatched>> byTransfer = new HashMap<>();

  void add(Unmatched one) {
    String entry = one.fact().entry().id();
    remove(entry);
    byEntry.put(entry, one);
    one.fact()
        .transfer()
        .ifPresent(
            transfer ->
                byTransfer.computeIfAbsent(transfer, _ -> new LinkedHashMap<>(2)).put(entry, one));
  }

  void remove(String entry) {
    Unmatched gone = byEntry.remove(entry);
    if (gone != null) {
      gone.fact()
          .transfer()
          .ifPresent(
              transfer ->
                  byTransfer.computeIfPresent(
                      transfer,
                      (_, those) -> {
                        those.remove(entry);
                        return those.isEmpty() ? null : those;
                      }));
    }
  }

  /** Null if it is explained, or was never told. */
  @Nullable Unmatched get(String entry) {
    return byEntry.get(entry);
  }

  Collection<Unmatched> all() {
    return byEntry.values();
  }

  Collection<Unmatched> of(TransferId transfer) {
    return byTransfer.getOrDefault(transfer.value(), Map.of()).values();
  }
}
