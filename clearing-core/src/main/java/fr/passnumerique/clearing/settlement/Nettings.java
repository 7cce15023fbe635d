package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
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

  /** By position of the slip's fact. */
  private final Map<Long, List<OfSlip>> bySlip = new HashMap<>();

  /** What a run nets of one slip. */
  record OfSlip(SettlementRunId run, ProgrammeId programme, Unpaid piece) {}

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

  /** What counts of what runs netted of a slip. */
  List<OfSlip> of(long slip) {
    return List.copyOf(bySlip.getOrDefault(slip, List.of()));
  }

  /** Null unless a run nets the line and that can still be undone. */
  @Nullable SettlementRunId runNetting(Serial cheque) {
    return undoable.get(cheque);
  }

  // --- facts

  void plan(SettlementRunId run, ProgrammeId programme, Netting netting, List<Unpaid> pieces) {
    for (Unpaid piece : pieces) {
      bySlip
          .computeIfAbsent(piece.position(), _ -> new ArrayList<>())
          .add(new OfSlip(run, programme, piece));
    }
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
    for (Unpaid piece : netted.pieces()) {
      bySlip.computeIfPresent(
          piece.position(),
          (_, all) -> {
            all.removeIf(one -> one.run().equals(run) && one.piece().equals(piece));
            return all.isEmpty() ? null : all;
          });
    }
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
