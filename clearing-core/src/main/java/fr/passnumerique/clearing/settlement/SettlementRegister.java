package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import fr.passnumerique.clearing.venues.AccountsInForce;
import fr.passnumerique.clearing.venues.VenueAccountOpened;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is owed to whom and not yet in a transfer, which account each venue is paid to, and where
 * the transfers stand. Holds the unpaid slips and those in transit, not those that are paid.
 */
final class SettlementRegister implements Register {
  private Instant recordedUpTo = Instant.EPOCH;

  /** By programme and position of the slip's fact: the oldest first. */
  private final Map<ProgrammeId, TreeMap<Long, Unpaid>> unpaid = new HashMap<>();

  private final AccountsInForce accounts = new AccountsInForce();
  private final Map<SettlementRunId, Run> runs = new HashMap<>();
  private final Map<TransferId, Transfer> transfers = new HashMap<>();
  private final Map<SettlementRunId, List<Download>> downloads = new HashMap<>();

  /** As they were ordered, of transfers that have an end: the bank may take it back. */
  private final Map<TransferId, Transfer.Ordered> ended = new HashMap<>();

  /**
   * The accepted lines of one slip and one programme.
   *
   * @param position of the slip's fact
   * @param recordedAt of the slip's fact, which cut-offs go by
   */
  record Unpaid(
      VenueId venue,
      SlipReference reference,
      long position,
      Instant recordedAt,
      long cents,
      List<SpentCents> spent) {}

  /**
   * @param position of its first fact
   * @param facts how many it is recorded in, in a row
   * @param openedBy empty for a run that nobody had to release
   * @param transfers in the run's order
   */
  record Run(
      SettlementRunId id,
      ProgrammeId programme,
      long position,
      int facts,
      Instant openedAt,
      Optional<String> openedBy,
      List<TransferId> transfers,
      Stage stage) {
    Run with(Stage next) {
      return new Run(id, programme, position, facts, openedAt, openedBy, transfers, next);
    }
  }

  /** How far a run has come on its way to the bank. */
  sealed interface Stage {
    record Opened() implements Stage {}

    /**
     * @param position of the fact
     * @param by empty for a run that nobody had to release
     */
    record Released(long position, Instant at, Optional<String> by, LocalDate executionOn)
        implements Stage {}

    /**
     * @param position of the first of its facts
     */
    record Cancelled(long position, Instant at, String by) implements Stage {}
  }

  /** One handing out of a run's file. */
  record Download(Instant at, String by, String sha256) {}

  // --- questions

  boolean isKnown(ProgrammeId programme) {
    return unpaid.containsKey(programme);
  }

  /** What is unpaid of a programme, the oldest first. */
  Collection<Unpaid> unpaid(ProgrammeId programme) {
    return unpaid.getOrDefault(programme, new TreeMap<>()).values();
  }

  /** Null if the venue has no account that can be paid to. */
  @Nullable VenueAccountOpened accountInForce(VenueId venue) {
    return accounts.of(venue).orElse(null);
  }

  @Nullable Run run(SettlementRunId run) {
    return runs.get(run);
  }

  @Nullable Transfer transfer(TransferId transfer) {
    return transfers.get(transfer);
  }

  /** Every handing out of a run's file, the first one first. */
  List<Download> downloads(SettlementRunId run) {
    return List.copyOf(downloads.getOrDefault(run, List.of()));
  }

  /** Where each transfer of a run stands now, in the run's order. */
  Map<TransferId, Transfer> transfers(Run run) {
    Map<TransferId, Transfer> states = new LinkedHashMap<>();
    for (TransferId transfer : run.transfers()) {
      states.put(transfer, known(transfer));
    }
    return states;
  }

  // --- facts

  /**
   * When the last fact was recorded. Recorded time rises with position, so whatever is recorded
   * from now on is later.
   */
  Instant recordedUpTo() {
    return recordedUpTo;
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    recordedUpTo = recordedAt;
    switch (fact) {
      case TransferExecuted f -> {
        ended.put(f.transfer(), ordered(f.transfer()));
        transfers.put(f.transfer(), new Transfer.Executed(f.run(), position, f.executedOn()));
      }
      case TransferDebited f -> {
        if (!(known(f.transfer()) instanceof Transfer.Executed)) {
          throw new IllegalStateException(
              "transfer %s is debited and was not executed".formatted(f.transfer()));
        }
        transfers.put(f.transfer(), new Transfer.Confirmed(f.run(), position, f.bookedOn()));
      }
      case TransferReturned f -> comeBack(f, position);
      case TransferReinstated f -> reinstate(f);
      case SlipJudged f -> owe(f, position, recordedAt);
      case SlipWithdrawn f -> forget(f);
      case ProgrammeDefined f -> unpaid.computeIfAbsent(f.programme(), _ -> new TreeMap<>());
      case VenueAccountOpened f -> accounts.open(f);
      case SettlementRunOpened f -> open(f, position, recordedAt);
      case SettlementRunContinued f -> take(f.run(), f.programme(), f.transfers());
      case SettlementRunReleased f ->
          runs.computeIfPresent(
              f.run(),
              (_, run) ->
                  run.with(
                      new Stage.Released(
                          position, recordedAt, Optional.of(f.releasedBy()), f.executionOn())));
      case SettlementRunCancelled f -> cancel(f, position, recordedAt);
      case CreditTransferFileDownloaded f ->
          downloads
              .computeIfAbsent(f.run(), _ -> new ArrayList<>())
              .add(new Download(recordedAt, f.downloadedBy(), f.sha256()));
      case TransferConfirmed f -> {
        ended.put(f.transfer(), ordered(f.transfer()));
        transfers.put(f.transfer(), new Transfer.Confirmed(f.run(), position, f.bookedOn()));
      }
      case TransferRejected f -> reopen(f, position);
      default -> {}
    }
  }

  private void owe(SlipJudged slip, long position, Instant recordedAt) {
    Map<ProgrammeId, List<SpentCents>> byProgramme = new LinkedHashMap<>();
    for (SpentCents part : slip.owed()) {
      byProgramme.computeIfAbsent(part.programme(), _ -> new ArrayList<>(4)).add(part);
    }
    byProgramme.forEach(
        (programme, parts) -> {
          long cents = parts.stream().mapToLong(SpentCents::cents).sum();
          unpaid
              .computeIfAbsent(programme, _ -> new TreeMap<>())
              .put(
                  position,
                  new Unpaid(
                      slip.venue(),
                      slip.reference(),
                      position,
                      recordedAt,
                      cents,
                      List.copyOf(parts)));
        });
  }

  private void forget(SlipWithdrawn withdrawn) {
    withdrawn.owed().stream()
        .map(SpentCents::programme)
        .distinct()
        .forEach(
            programme -> {
              TreeMap<Long, Unpaid> owed = unpaid.get(programme);
              if (owed == null || owed.remove(withdrawn.slip()) == null) {
                throw new IllegalStateException(
                    "slip %s/%s is withdrawn and was not unpaid"
                        .formatted(withdrawn.venue(), withdrawn.reference()));
              }
            });
  }

  private void open(SettlementRunOpened opened, long position, Instant recordedAt) {
    runs.put(
        opened.run(),
        new Run(
            opened.run(),
            opened.programme(),
            position,
            1 + opened.continuedIn().orElse(0),
            recordedAt,
            opened.openedBy(),
            new ArrayList<>(),
            opened.openedBy().isPresent()
                ? new Stage.Opened()
                : new Stage.Released(
                    position, recordedAt, Optional.empty(), opened.executionOn())));
    take(opened.run(), opened.programme(), opened.transfers());
  }

  private void take(
      SettlementRunId id, ProgrammeId programme, List<SettlementRunOpened.Transfer> ordered) {
    TreeMap<Long, Unpaid> owed = unpaid.computeIfAbsent(programme, _ -> new TreeMap<>());
    Run run = runs.get(id);
    if (run == null) {
      throw new IllegalStateException("run %s goes on and was never opened".formatted(id));
    }
    for (SettlementRunOpened.Transfer transfer : ordered) {
      List<Unpaid> taken = new ArrayList<>();
      for (PaidSlip slip : transfer.slips()) {
        Unpaid lines = owed.remove(slip.position());
        if (lines == null || lines.cents() != slip.cents()) {
          throw new IllegalStateException(
              "run %s pays slip %s/%s, of which this is not what is unpaid"
                  .formatted(id, slip.venue(), slip.reference()));
        }
        taken.add(lines);
      }
      Transfer before =
          transfers.put(
              transfer.transfer(),
              new Transfer.Ordered(
                  id,
                  programme,
                  transfer.account(),
                  transfer.amountCents(),
                  transfer.slips(),
                  transfer.parts(),
                  List.copyOf(taken)));
      if (before != null) {
        throw new IllegalStateException(
            "transfer %s is ordered twice".formatted(transfer.transfer()));
      }
      run.transfers().add(transfer.transfer());
    }
  }

  private void cancel(SettlementRunCancelled cancelled, long position, Instant recordedAt) {
    if (cancelled.part() > 1) {
      return;
    }
    Run run = runs.get(cancelled.run());
    if (run == null || !(run.stage() instanceof Stage.Opened)) {
      throw new IllegalStateException(
          "run %s is cancelled and was not open".formatted(cancelled.run()));
    }
    for (TransferId id : run.transfers()) {
      oweAgain(ordered(id));
      transfers.put(id, new Transfer.Cancelled(cancelled.run()));
    }
    runs.put(
        cancelled.run(),
        run.with(new Stage.Cancelled(position, recordedAt, cancelled.cancelledBy())));
  }

  private void oweAgain(Transfer.Ordered ordered) {
    TreeMap<Long, Unpaid> owed = unpaid.computeIfAbsent(ordered.programme(), _ -> new TreeMap<>());
    ordered.taken().forEach(lines -> owed.put(lines.position(), lines));
  }

  private void reopen(TransferRejected rejected, long position) {
    Transfer.Ordered ordered = ordered(rejected.transfer());
    ended.put(rejected.transfer(), ordered);
    oweAgain(ordered);
    transfers.put(
        rejected.transfer(),
        new Transfer.Rejected(rejected.run(), position, rejected.rejectedOn(), rejected.reason()));
    accounts.close(rejected.closedAccount());
  }

  Collection<Run> runs() {
    return runs.values();
  }

  /** A transfer as it was ordered, whatever has become of it; null if it was never sent. */
  Transfer.@Nullable Ordered order(TransferId id) {
    return transfers.get(id) instanceof Transfer.Ordered ordered ? ordered : ended.get(id);
  }

  /** Whether what a transfer took is owed again, and nothing of it has gone another way. */
  boolean isOwedAsOrdered(Transfer.Ordered order) {
    TreeMap<Long, Unpaid> owed = unpaid.getOrDefault(order.programme(), new TreeMap<>());
    return order.taken().stream()
        .allMatch(
            lines -> {
              Unpaid now = owed.get(lines.position());
              return now != null
                  && now.cents() == lines.cents()
                  && now.spent().equals(lines.spent());
            });
  }

  private void comeBack(TransferReturned returned, long position) {
    Transfer.Ordered order = order(returned.transfer());
    if (order == null || !(known(returned.transfer()) instanceof Transfer.Confirmed)) {
      throw new IllegalStateException(
          "transfer %s comes back and was not paid".formatted(returned.transfer()));
    }
    oweAgain(order);
    transfers.put(
        returned.transfer(),
        new Transfer.Returned(returned.run(), position, returned.returnedOn(), returned.reason()));
    accounts.close(returned.closedAccount());
  }

  private void reinstate(TransferReinstated reinstated) {
    Transfer.Ordered order = order(reinstated.transfer());
    if (order == null
        || !(known(reinstated.transfer()) instanceof Transfer.Rejected)
        || !isOwedAsOrdered(order)) {
      throw new IllegalStateException(
          "transfer %s is reinstated and its lines are not owed".formatted(reinstated.transfer()));
    }
    TreeMap<Long, Unpaid> owed = unpaid.computeIfAbsent(order.programme(), _ -> new TreeMap<>());
    order.taken().forEach(lines -> owed.remove(lines.position()));
    transfers.put(reinstated.transfer(), order);
  }

  private Transfer.Ordered ordered(TransferId transfer) {
    if (known(transfer) instanceof Transfer.Ordered ordered) {
      return ordered;
    }
    throw new IllegalStateException("transfer %s has two ends".formatted(transfer));
  }

  private Transfer known(TransferId id) {
    Transfer transfer = transfers.get(id);
    if (transfer == null) {
      throw new IllegalStateException("transfer %s was never ordered".formatted(id));
    }
    return transfer;
  }
}
