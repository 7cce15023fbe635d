package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AgreementTerms.KeyVersion;
import fr.passnumerique.clearing.funding.ProgrammeDefined;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.DebitNoteIssued;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.PaidSlip;
import fr.passnumerique.clearing.territory.Departement;
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
import java.util.Set;
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

  private final Map<KeyVersion, List<Share>> keys = new HashMap<>();
  private final Map<Batch, CentsOfCheques> batches = new HashMap<>();

  /** Every reversed line that was paid or on its way, whatever became of it. */
  private final Map<Serial, Claim> claims = new HashMap<>();

  /** What a venue owes back and no run has netted, the oldest first. */
  private final Map<VenueId, TreeMap<Long, Claim>> open = new HashMap<>();

  /** Reversed lines of transfers whose end is not known. */
  private final Map<TransferId, List<Claim>> voided = new HashMap<>();

  /** Those of them whose reversal was lifted: owed for good, with a void cheque. */
  private final Map<TransferId, List<VoidedLine>> lifted = new HashMap<>();

  private final Map<SettlementRunId, List<Netted>> nettings = new HashMap<>();

  /**
   * @param pieces what it took of each slip
   */
  private record Netted(Netting netting, List<Unpaid> pieces) {}

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

  /** What a venue owes back of a programme and can be netted now, the oldest first. */
  List<Claim> nettable(ProgrammeId programme, VenueId venue) {
    return open.getOrDefault(venue, new TreeMap<>()).values().stream()
        .filter(claim -> claim.programme().equals(programme))
        .filter(
            claim ->
                claim.transfer().map(transfers::get).map(SettlementRegister::isPaid).orElse(true))
        .toList();
  }

  private static boolean isPaid(Transfer transfer) {
    return transfer instanceof Transfer.Confirmed || transfer instanceof Transfer.Executed;
  }

  /** Lines of a paid transfer whose cheques are void, whenever they were reversed. */
  List<VoidedLine> voidedOfPaid(Transfer.Ordered order) {
    List<VoidedLine> lines = new ArrayList<>();
    for (Unpaid slip : order.taken()) {
      lines.addAll(slip.untitled());
      for (int i = 0; i < slip.lines().size(); i++) {
        Claim claim = claims.get(slip.lines().cheque(i));
        if (claim != null) {
          lines.add(claim.line());
        }
      }
    }
    return List.copyOf(lines);
  }

  List<Netting> nettings(SettlementRunId run) {
    return nettings.getOrDefault(run, List.of()).stream().map(Netted::netting).toList();
  }

  /** What is undone if the transfer comes to nothing. */
  List<Netting> nettings(SettlementRunId run, TransferId transfer) {
    return nettings(run).stream()
        .filter(netting -> netting.transfer().filter(transfer::equals).isPresent())
        .toList();
  }

  /** Lines of a transfer that were reversed since a run took them: claimed once it is paid. */
  List<VoidedLine> voided(TransferId transfer) {
    return voided.getOrDefault(transfer, List.of()).stream().map(Claim::line).toList();
  }

  /** All lines of a transfer whose cheques are void, so that their titles are not paid. */
  List<VoidedLine> untitled(TransferId transfer) {
    List<VoidedLine> lines = new ArrayList<>(voided(transfer));
    lines.addAll(lifted.getOrDefault(transfer, List.of()));
    Transfer.Ordered ordered = order(transfer);
    if (ordered != null) {
      ordered.taken().forEach(slip -> lines.addAll(slip.untitled()));
    }
    return List.copyOf(lines);
  }

  /** The cents of one cheque. */
  List<SpentCents> parts(Serial cheque, Departement spentIn) {
    CentsOfCheques cents = batches.get(cheque.batch());
    if (cents == null) {
      throw new IllegalStateException("batch %s was never issued".formatted(cheque.batch()));
    }
    return cents.shares(cheque.ordinal(), cheque.ordinal()).stream()
        .map(
            part ->
                new SpentCents(
                    part.programme(),
                    part.agreement(),
                    part.keyVersion(),
                    part.fundingDepartement(),
                    spentIn,
                    part.funder(),
                    part.cents(),
                    part.advancedBy()))
        .toList();
  }

  /** Some lines of a slip as what is owed for them. */
  Unpaid piece(Unpaid slip, Set<Serial> cheques) {
    OwedLines lines = slip.lines().only(cheques);
    SumOfParts sum = new SumOfParts();
    for (int i = 0; i < lines.size(); i++) {
      sum.plus(parts(lines.cheque(i), lines.spentIn(i)));
    }
    List<SpentCents> spent = sum.parts();
    return new Unpaid(
        slip.venue(),
        slip.reference(),
        slip.position(),
        slip.recordedAt(),
        spent.stream().mapToLong(SpentCents::cents).sum(),
        spent,
        lines,
        List.of());
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
        voided.remove(f.transfer());
        lifted.remove(f.transfer());
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
      case AgreementTerms f -> keys.put(f.key(), f.shares());
      case ChequesIssued f -> {
        List<Share> key = keys.get(f.key());
        if (key == null) {
          throw new IllegalStateException(
              "batch %s is issued under terms that were not signed".formatted(f.batch()));
        }
        batches.put(f.batch(), CentsOfCheques.of(f, key));
      }
      case LinesReversed f -> reverse(f, position);
      case ReversalLifted f -> lift(f, position, recordedAt);
      case DebitNoteIssued f -> f.lines().forEach(line -> close(line.cheque()));
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
        voided.remove(f.transfer());
        lifted.remove(f.transfer());
        transfers.put(f.transfer(), new Transfer.Confirmed(f.run(), position, f.bookedOn()));
      }
      case TransferRejected f -> reject(f, position);
      default -> {}
    }
  }

  private void owe(SlipJudged slip, long position, Instant recordedAt) {
    Map<ProgrammeId, List<SpentCents>> byProgramme = new LinkedHashMap<>();
    for (SpentCents part : slip.owed()) {
      byProgramme.computeIfAbsent(part.programme(), _ -> new ArrayList<>(4)).add(part);
    }
    byProgramme.forEach(
        (programme, parts) ->
            owed(programme)
                .put(
                    position,
                    new Unpaid(
                        slip.venue(),
                        slip.reference(),
                        position,
                        recordedAt,
                        parts.stream().mapToLong(SpentCents::cents).sum(),
                        List.copyOf(parts),
                        lines(slip, byProgramme.size() == 1 ? null : programme),
                        List.of())));
  }

  /**
   * @param programme null for all lines
   */
  private OwedLines lines(SlipJudged slip, @Nullable ProgrammeId programme) {
    int count = slip.lines().size();
    long[] cheques = new long[count];
    Departement[] spentIn = new Departement[count];
    int size = 0;
    for (SlipJudged.Line line : slip.lines()) {
      if (line.rejected().isPresent()) {
        continue;
      }
      Serial cheque = line.cheque().orElseThrow();
      if (programme == null || programme.equals(programmeOf(cheque))) {
        cheques[size] = cheque.key();
        spentIn[size++] = slip.visits().get(line.visit()).departement();
      }
    }
    return OwedLines.of(cheques, spentIn, size);
  }

  private @Nullable ProgrammeId programmeOf(Serial cheque) {
    CentsOfCheques cents = batches.get(cheque.batch());
    return cents == null ? null : cents.issued().programme();
  }

  private TreeMap<Long, Unpaid> owed(ProgrammeId programme) {
    return unpaid.computeIfAbsent(programme, _ -> new TreeMap<>());
  }

  private void oweAgain(ProgrammeId programme, Unpaid lines) {
    if (lines.cents() > 0) {
      owed(programme).merge(lines.position(), lines, Unpaid::plus);
    }
  }

  private void takeOut(ProgrammeId programme, Unpaid piece) {
    Unpaid before = owed(programme).get(piece.position());
    if (before == null || before.cents() < piece.cents()) {
      throw new IllegalStateException(
          "slip %s/%s is not owed what is taken out of it"
              .formatted(piece.venue(), piece.reference()));
    }
    Unpaid left = before.minus(piece);
    if (left.cents() == 0) {
      owed(programme).remove(piece.position());
    } else {
      owed(programme).put(piece.position(), left);
    }
  }

  private void reverse(LinesReversed reversed, long position) {
    for (ReversedLine line : reversed.lines()) {
      ProgrammeId programme = line.parts().getFirst().programme();
      if (line.standing() == ReversedLine.Standing.OWED) {
        Unpaid slip = owed(programme).get(reversed.slip());
        if (slip == null) {
          throw new IllegalStateException(
              "cheque %s is reversed as unpaid and its slip is paid".formatted(line.cheque()));
        }
        takeOut(programme, piece(slip, Set.of(line.cheque())));
        continue;
      }
      Claim claim =
          new Claim(
              position * 1024 + line.line(),
              reversed.venue(),
              programme,
              reversed.slip(),
              line.cheque(),
              line.transfer(),
              line.parts());
      claims.put(claim.cheque(), claim);
      reopen(claim);
      claim
          .transfer()
          .ifPresent(
              transfer -> voided.computeIfAbsent(transfer, _ -> new ArrayList<>()).add(claim));
    }
  }

  private void reopen(Claim claim) {
    open.computeIfAbsent(claim.venue(), _ -> new TreeMap<>()).put(claim.order(), claim);
  }

  private Claim close(Serial cheque) {
    Claim claim = claims.get(cheque);
    if (claim == null) {
      throw new IllegalStateException("cheque %s was never claimed".formatted(cheque));
    }
    open.computeIfPresent(
        claim.venue(),
        (_, all) -> {
          all.remove(claim.order());
          return all;
        });
    return claim;
  }

  private void lift(ReversalLifted f, long position, Instant recordedAt) {
    for (VoidedLine line : f.forgiven()) {
      Claim claim = close(line.cheque());
      claim
          .transfer()
          .filter(transfer -> voided.getOrDefault(transfer, new ArrayList<>()).remove(claim))
          .ifPresent(
              transfer -> lifted.computeIfAbsent(transfer, _ -> new ArrayList<>()).add(line));
    }
    Map<ProgrammeId, List<VoidedLine>> byProgramme = new LinkedHashMap<>();
    for (VoidedLine line : f.owedAgain()) {
      byProgramme
          .computeIfAbsent(line.parts().getFirst().programme(), _ -> new ArrayList<>())
          .add(line);
    }
    byProgramme.forEach(
        (programme, lines) -> {
          SumOfParts sum = new SumOfParts();
          lines.forEach(line -> sum.plus(line.parts()));
          List<SpentCents> spent = sum.parts();
          oweAgain(
              programme,
              new Unpaid(
                  f.venue(),
                  f.reference(),
                  position,
                  recordedAt,
                  spent.stream().mapToLong(SpentCents::cents).sum(),
                  spent,
                  OwedLines.NONE,
                  List.copyOf(lines)));
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
    for (Netting netting : opened.nettings()) {
      net(opened.run(), opened.programme(), netting);
    }
    take(opened.run(), opened.programme(), opened.transfers());
  }

  private void net(SettlementRunId run, ProgrammeId programme, Netting netting) {
    Set<Serial> lines = Set.copyOf(netting.lines());
    List<Unpaid> pieces = new ArrayList<>();
    for (PaidSlip slip : netting.slips()) {
      Unpaid whole = owed(programme).get(slip.position());
      Unpaid piece = whole == null ? null : piece(whole, lines);
      if (piece == null || piece.cents() != slip.cents()) {
        throw new IllegalStateException(
            "run %s nets of slip %s/%s what is not unpaid"
                .formatted(run, slip.venue(), slip.reference()));
      }
      takeOut(programme, piece);
      pieces.add(piece);
    }
    netting.claims().forEach(this::close);
    nettings
        .computeIfAbsent(run, _ -> new ArrayList<>())
        .add(new Netted(netting, List.copyOf(pieces)));
  }

  /** Its lines are owed again and its claims open again. */
  private void undo(ProgrammeId programme, Netted netted) {
    netted.pieces().forEach(piece -> oweAgain(programme, piece));
    for (Serial cheque : netted.netting().claims()) {
      reopen(close(cheque));
    }
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
    nettings
        .getOrDefault(cancelled.run(), List.of())
        .forEach(netted -> undo(cancelled.programme(), netted));
    for (TransferId id : run.transfers()) {
      oweAgain(id, ordered(id));
      transfers.put(id, new Transfer.Cancelled(cancelled.run()));
    }
    runs.put(
        cancelled.run(),
        run.with(new Stage.Cancelled(position, recordedAt, cancelled.cancelledBy())));
  }

  /**
   * What a transfer took is owed again: without the lines that were reversed meanwhile, which were
   * never paid; of those whose reversal was lifted, with their cheques void.
   */
  private void oweAgain(TransferId id, Transfer.Ordered ordered) {
    List<Claim> reversed = voided.getOrDefault(id, List.of());
    List<VoidedLine> kept = lifted.getOrDefault(id, List.of());
    for (Unpaid slip : ordered.taken()) {
      Unpaid left = slip;
      for (Claim claim : reversed) {
        if (claim.slip() == slip.position()) {
          left = left.minus(piece(left, Set.of(claim.cheque())));
          close(claim.cheque());
        }
      }
      for (VoidedLine line : kept) {
        if (line.slip() == slip.position()) {
          left = left.withUntitled(line);
        }
      }
      oweAgain(ordered.programme(), left);
    }
    voided.remove(id);
    lifted.remove(id);
  }

  private void reject(TransferRejected rejected, long position) {
    Transfer.Ordered ordered = ordered(rejected.transfer());
    ended.put(rejected.transfer(), ordered);
    oweAgain(rejected.transfer(), ordered);
    for (Netted netted : nettings.getOrDefault(rejected.run(), List.of())) {
      if (rejected.nettings().contains(netted.netting())) {
        undo(ordered.programme(), netted);
      }
    }
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
    for (Unpaid slip : order.taken()) {
      Unpaid left = slip;
      for (VoidedLine line : returned.voided()) {
        if (line.slip() == slip.position() && !slip.untitled().contains(line)) {
          left = left.withUntitled(line);
        }
      }
      oweAgain(order.programme(), left);
    }
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
