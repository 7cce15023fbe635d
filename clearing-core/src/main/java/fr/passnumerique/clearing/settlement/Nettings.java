package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.issuance.Serial;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What runs net: lines that a venue is owed against lines that it owes back. */
final class Nettings {
  private final Map<SettlementRunId, List<Netted>> byRun = new HashMap<>();

  /** Lines whose netting can still be undone, by which run. */
  private final Map<Serial, SettlementRunId> undoable = new HashMap<>();

  /**
   * @param pieces what it took of each slip
   * @param undone its run was cancelled, or the transfer that it went with was rejected
   */
  record Netted(Netting netting, List<Unpaid> pieces, boolean undone) {}

  /** All of a run's, undone or not, in its order. */
  List<Netted> of(SettlementRunId run) {
    return List.copyOf(byRun.getOrDefault(run, List.of()));
  }

  /** What a transfer takes with it if it comes to nothing. */
  List<Netted> of(SettlementRunId run, TransferId transfer) {
    return of(run).stream()
        .filter(netted -> !netted.undone())
        .filter(netted -> netted.netting().transfer().filter(transfer::equals).isPresent())
        .toList();
  }

  /** Null unless a run nets the line and that can still be undone. */
  @Nullable SettlementRunId runNetting(Serial cheque) {
    return undoable.get(cheque);
  }

  // --- facts

  void plan(SettlementRunId run, Netting netting, List<Unpaid> pieces) {
    byRun
        .computeIfAbsent(run, _ -> new ArrayList<>())
        .add(new Netted(netting, List.copyOf(pieces), false));
    netting.lines().forEach(cheque -> undoable.put(cheque, run));
  }

  /** Netted for good where no transfer can take it back. */
  void release(SettlementRunId run) {
    for (Netted netted : of(run)) {
      if (netted.netting().transfer().isEmpty()) {
        keep(run, netted);
      }
    }
  }

  void pay(SettlementRunId run, TransferId transfer) {
    of(run, transfer).forEach(netted -> keep(run, netted));
  }

  private void keep(SettlementRunId run, Netted netted) {
    netted.netting().lines().forEach(cheque -> undoable.remove(cheque, run));
  }

  void undo(SettlementRunId run, Netted netted) {
    keep(run, netted);
    byRun.computeIfPresent(
        run,
        (_, all) -> {
          all.replaceAll(
              each ->
                  each.netting().equals(netted.netting())
                      ? new Netted(each.netting(), each.pieces(), true)
                      : each);
          return all;
        });
  }
}
