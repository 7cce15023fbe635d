package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which runs' files were handed out. Until then nobody can have sent them, so that no word of the
 * bank or of a clerk ends their transfers; a debit that the bank has booked does all the same.
 */
final class HandedOut {
  private final Map<SettlementRunId, List<Download>> downloads = new HashMap<>();

  /** By run, what its file does not order. */
  private final Map<SettlementRunId, Set<TransferId>> leftOut = new HashMap<>();

  /**
   * One handing out of a run's file.
   *
   * @param leftOut transfers that it does not order: those of the first handing out for ever
   */
  record Download(Instant at, String by, String sha256, List<TransferId> leftOut) {}

  /** The first one first. */
  List<Download> of(SettlementRunId run) {
    return List.copyOf(downloads.getOrDefault(run, List.of()));
  }

  /** A run that nobody had to release is of a time when handing out was not recorded. */
  boolean isHandedOut(Run run) {
    return run.stage() instanceof Stage.Released released
        && (released.by().isEmpty() || downloads.containsKey(run.id()));
  }

  /** Whether the file that was handed out orders a transfer of its run. */
  boolean orders(Run run, TransferId transfer) {
    return isHandedOut(run) && !leftOut.getOrDefault(run.id(), Set.of()).contains(transfer);
  }

  void download(CreditTransferFileDownloaded fact, Instant at) {
    downloads
        .computeIfAbsent(fact.run(), _ -> new ArrayList<>())
        .add(new Download(at, fact.downloadedBy(), fact.sha256(), fact.leftOut()));
    leftOut.putIfAbsent(fact.run(), new HashSet<>(fact.leftOut()));
  }
}
