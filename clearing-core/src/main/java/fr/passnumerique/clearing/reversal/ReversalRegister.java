package fr.passnumerique.clearing.reversal;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.funding.AgreementTerms.KeyVersion;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.CentsOfCheques;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.Reversal.Recovery;
import fr.passnumerique.clearing.reversal.Reversal.State;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the money of every slip is that is not paid yet, and what became of each reversed line.
 * What is neither owed nor in a transfer is paid, so that paid slips take no memory.
 */
final class ReversalRegister implements Register {
  private final Map<KeyVersion, List<Share>> keys = new HashMap<>();
  private final Map<Batch, CentsOfCheques> batches = new HashMap<>();

  /** The accepted lines of one programme in one slip. */
  private record Part(long slip, ProgrammeId programme) {}

  /** In cents. */
  private final Map<Part, Long> owed = new HashMap<>();

  private final Map<Part, TransferId> inTransit = new HashMap<>();
  private final Set<Long> withdrawn = new HashSet<>();

  /** What a transfer is to pay, until its end is known. */
  private final Map<TransferId, Map<Part, Long>> transfers = new HashMap<>();

  private final Map<SettlementRunId, List<TransferId>> runs = new HashMap<>();
  private final Map<SettlementRunId, List<Netting>> nettings = new HashMap<>();

  /** Lines that a run nets and whose netting can still be undone, by which run. */
  private final Map<Serial, SettlementRunId> beingNetted = new HashMap<>();

  /** Lines that were netted for good while the rest of their slip is not paid. */
  private final Set<Serial> netted = new HashSet<>();

  private final Map<ReversalId, Known> reversals = new LinkedHashMap<>();
  private final Map<VenueId, List<ReversalId>> ofVenues = new HashMap<>();

  /** By the reversed cheque. */
  private final Map<Serial, Line> lines = new HashMap<>();

  private final Map<DebitNoteId, Note> notes = new LinkedHashMap<>();

  /**
   * @param position of the fact that first recorded it
   * @param contested position of the contest's fact, 0 if there is none
   * @param decided position of the decision's fact, 0 if there is none
   * @param confirmed position of the fact by which it counts, 0 while it is proposed
   */
  record Known(
      ReversalId id,
      long position,
      VenueId venue,
      SlipReference reference,
      long slip,
      List<ReversalProposed.Line> proposed,
      Reason reason,
      Optional<VaultReference> note,
      String reversedBy,
      long cents,
      State state,
      Optional<String> confirmedBy,
      Optional<Instant> reversedAt,
      Optional<LocalDate> contestUntil,
      long confirmed,
      long contested,
      Optional<VaultReference> contestNote,
      long decided,
      List<Line> lines) {
    Known contested(long at, Optional<VaultReference> why) {
      return with(State.CONTESTED, at, why, 0);
    }

    Known decided(State outcome, long at) {
      return with(outcome, contested, contestNote, at);
    }

    private Known with(State next, long contestedAt, Optional<VaultReference> why, long decidedAt) {
      return new Known(
          id,
          position,
          venue,
          reference,
          slip,
          proposed,
          reason,
          note,
          reversedBy,
          cents,
          next,
          confirmedBy,
          reversedAt,
          contestUntil,
          confirmed,
          contestedAt,
          why,
          decidedAt,
          lines);
    }
  }

  /** A reversed line and what became of its cents. */
  static final class Line {
    private final ReversalId reversal;
    private final VenueId venue;
    private final long slip;
    private final ReversedLine reversed;
    private final Instant at;
    private Recovery recovery;

    /** It was on its way to be paid when it was reversed, and may still come to nothing. */
    private boolean onItsWay;

    private Line(LinesReversed fact, ReversedLine reversed, Instant at) {
      this.reversal = fact.reversal();
      this.venue = fact.venue();
      this.slip = fact.slip();
      this.reversed = reversed;
      this.at = at;
      this.recovery =
          reversed.standing() == ReversedLine.Standing.OWED ? Recovery.DUE_BACK : Recovery.CLAIMED;
      this.onItsWay = reversed.transfer().isPresent();
    }

    ReversalId reversal() {
      return reversal;
    }

    int line() {
      return reversed.line();
    }

    Serial cheque() {
      return reversed.cheque();
    }

    ProgrammeId programme() {
      return reversed.parts().getFirst().programme();
    }

    long cents() {
      return reversed.cents();
    }

    Instant at() {
      return at;
    }

    Recovery recovery() {
      return recovery;
    }

    boolean isPaidAndClaimed() {
      return recovery == Recovery.CLAIMED && !onItsWay;
    }

    VoidedLine voided() {
      return new VoidedLine(venue, slip, reversed.cheque(), reversed.parts());
    }
  }

  /**
   * @param position of its fact
   * @param paid position of its payment's fact, 0 if it is not paid
   */
  record Note(DebitNoteIssued fact, long position, long paid, Optional<LocalDate> paidOn) {}

  // --- questions

  @Nullable Known reversal(ReversalId id) {
    return reversals.get(id);
  }

  List<Known> reversalsOf(VenueId venue) {
    return ofVenues.getOrDefault(venue, List.of()).stream().map(this::known).toList();
  }

  boolean isWithdrawn(long slip) {
    return withdrawn.contains(slip);
  }

  @Nullable Line reversed(Serial cheque) {
    return lines.get(cheque);
  }

  /** Null unless a run nets the line and that can still be undone. */
  @Nullable SettlementRunId runNetting(Serial cheque) {
    return beingNetted.get(cheque);
  }

  /** Where the money of a line is that is not being netted. */
  ReversedLine stand(long slip, ReversalProposed.Line line) {
    List<SpentCents> parts = parts(line.cheque(), line.spentIn());
    Part part = new Part(slip, parts.getFirst().programme());
    if (netted.contains(line.cheque())) {
      return new ReversedLine(
          line.line(), line.cheque(), ReversedLine.Standing.PAID, Optional.empty(), parts);
    }
    if (owed.containsKey(part)) {
      return new ReversedLine(
          line.line(), line.cheque(), ReversedLine.Standing.OWED, Optional.empty(), parts);
    }
    TransferId transfer = inTransit.get(part);
    return new ReversedLine(
        line.line(),
        line.cheque(),
        transfer == null ? ReversedLine.Standing.PAID : ReversedLine.Standing.IN_TRANSIT,
        Optional.ofNullable(transfer),
        parts);
  }

  private List<SpentCents> parts(Serial cheque, Departement spentIn) {
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

  @Nullable Note note(DebitNoteId id) {
    return notes.get(id);
  }

  Collection<Note> notesOf(VenueId venue) {
    return notes.values().stream().filter(note -> note.fact().venue().equals(venue)).toList();
  }

  // --- facts

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    switch (fact) {
      case SlipJudged f ->
          f.owed().forEach(part -> owe(new Part(position, part.programme()), part.cents()));
      case SlipWithdrawn f -> {
        withdrawn.add(f.slip());
        f.owed().forEach(part -> owed.remove(new Part(f.slip(), part.programme())));
      }
      case AgreementTerms f -> keys.put(f.key(), f.shares());
      case ChequesIssued f -> {
        List<Share> key = keys.get(f.key());
        if (key == null) {
          throw new IllegalStateException(
              "batch %s is issued under terms that were not signed".formatted(f.batch()));
        }
        batches.put(f.batch(), CentsOfCheques.of(f, key));
      }
      case SettlementRunOpened f -> {
        f.nettings().forEach(netting -> plan(f.run(), f.programme(), netting));
        take(f.run(), f.programme(), f.transfers());
      }
      case SettlementRunContinued f -> take(f.run(), f.programme(), f.transfers());
      case SettlementRunReleased f -> f.nettings().forEach(this::net);
      case SettlementRunCancelled f when f.part() == 1 -> cancel(f);
      case TransferConfirmed f -> pay(f.run(), f.transfer(), f.voided());
      case TransferExecuted f -> pay(f.run(), f.transfer(), f.voided());
      case TransferReturned f ->
          f.slips()
              .forEach(
                  slip ->
                      owe(
                          new Part(slip.position(), f.parts().getFirst().spent().programme()),
                          slip.cents()));
      case TransferReinstated f -> take(f.run(), f.programme(), f.transfer(), f.slips());
      case TransferRejected f -> {
        oweAgain(f.transfer());
        f.voided().forEach(this::neverPaid);
        f.nettings().forEach(netting -> undo(netting, f.parts().getFirst().spent().programme()));
      }
      case ReversalProposed f -> {
        reversals.put(f.reversal(), proposed(f, position));
        ofVenues.computeIfAbsent(f.venue(), _ -> new ArrayList<>()).add(f.reversal());
      }
      case LinesReversed f -> reverse(f, position, recordedAt);
      case ReversalContested f ->
          reversals.computeIfPresent(
              f.reversal(), (_, known) -> known.contested(position, f.note()));
      case ReversalUpheld f ->
          reversals.computeIfPresent(
              f.reversal(), (_, known) -> known.decided(State.UPHELD, position));
      case ReversalLifted f -> {
        reversals.computeIfPresent(
            f.reversal(), (_, known) -> known.decided(State.LIFTED, position));
        f.owedAgain().forEach(line -> line(line.cheque()).recovery = Recovery.OWED_AGAIN);
        f.forgiven().forEach(line -> line(line.cheque()).recovery = Recovery.FORGIVEN);
      }
      case DebitNoteIssued f -> {
        notes.put(f.debitNote(), new Note(f, position, 0, Optional.empty()));
        f.lines().forEach(line -> line(line.cheque()).recovery = Recovery.ON_DEBIT_NOTE);
      }
      case DebitNotePaid f -> {
        notes.computeIfPresent(
            f.debitNote(),
            (_, note) -> new Note(note.fact(), note.position(), position, Optional.of(f.paidOn())));
        f.lines().forEach(line -> line(line.cheque()).recovery = Recovery.DUE_BACK);
      }
      default -> {}
    }
  }

  private void take(
      SettlementRunId run, ProgrammeId programme, List<SettlementRunOpened.Transfer> ordered) {
    for (SettlementRunOpened.Transfer transfer : ordered) {
      take(run, programme, transfer.transfer(), transfer.slips());
    }
  }

  private void take(
      SettlementRunId run,
      ProgrammeId programme,
      TransferId transfer,
      List<SettlementRunOpened.PaidSlip> slips) {
    Map<Part, Long> parts = new LinkedHashMap<>();
    for (SettlementRunOpened.PaidSlip slip : slips) {
      Part part = new Part(slip.position(), programme);
      owed.remove(part);
      inTransit.put(part, transfer);
      parts.put(part, slip.cents());
    }
    transfers.put(transfer, parts);
    runs.computeIfAbsent(run, _ -> new ArrayList<>()).add(transfer);
  }

  private void pay(SettlementRunId run, TransferId transfer, List<VoidedLine> voided) {
    voided.forEach(line -> line(line.cheque()).onItsWay = false);
    end(transfer).keySet().forEach(inTransit::remove);
    settleNettings(run, transfer);
  }

  private void owe(Part part, long cents) {
    owed.merge(part, cents, (before, more) -> before + more == 0 ? null : before + more);
  }

  private void plan(SettlementRunId run, ProgrammeId programme, Netting netting) {
    netting.slips().forEach(slip -> owe(new Part(slip.position(), programme), -slip.cents()));
    nettings.computeIfAbsent(run, _ -> new ArrayList<>()).add(netting);
    netting.lines().forEach(cheque -> beingNetted.put(cheque, run));
    netting.claims().forEach(cheque -> line(cheque).recovery = Recovery.BEING_NETTED);
  }

  private void net(Netting netting) {
    netting.claims().forEach(cheque -> line(cheque).recovery = Recovery.DUE_BACK);
    if (netting.transfer().isEmpty()) {
      keep(netting);
    }
  }

  private void keep(Netting netting) {
    netting.lines().forEach(beingNetted::remove);
    netted.addAll(netting.lines());
  }

  private void settleNettings(SettlementRunId run, TransferId transfer) {
    for (Netting netting : nettings.getOrDefault(run, List.of())) {
      if (netting.transfer().filter(transfer::equals).isPresent()) {
        keep(netting);
      }
    }
  }

  private void undo(Netting netting, ProgrammeId programme) {
    netting.lines().forEach(beingNetted::remove);
    netting.slips().forEach(slip -> owe(new Part(slip.position(), programme), slip.cents()));
    netting.claims().forEach(cheque -> line(cheque).recovery = Recovery.CLAIMED);
  }

  private void cancel(SettlementRunCancelled cancelled) {
    runs.getOrDefault(cancelled.run(), List.of()).forEach(this::oweAgain);
    cancelled.voided().forEach(this::neverPaid);
    nettings
        .getOrDefault(cancelled.run(), List.of())
        .forEach(netting -> undo(netting, cancelled.programme()));
  }

  private void neverPaid(VoidedLine voided) {
    Line line = line(voided.cheque());
    line.onItsWay = false;
    line.recovery = Recovery.DUE_BACK;
    owe(new Part(voided.slip(), line.programme()), -line.cents());
  }

  private void oweAgain(TransferId transfer) {
    end(transfer)
        .forEach(
            (part, cents) -> {
              inTransit.remove(part);
              owe(part, cents);
            });
  }

  private Map<Part, Long> end(TransferId transfer) {
    Map<Part, Long> parts = transfers.remove(transfer);
    if (parts == null) {
      throw new IllegalStateException("transfer %s has two ends".formatted(transfer));
    }
    return parts;
  }

  private static Known proposed(ReversalProposed f, long position) {
    return new Known(
        f.reversal(),
        position,
        f.venue(),
        f.reference(),
        f.slip(),
        f.lines(),
        f.reason(),
        f.note(),
        f.proposedBy(),
        f.cents(),
        State.PROPOSED,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        0,
        Optional.empty(),
        0,
        List.of());
  }

  private void reverse(LinesReversed f, long position, Instant recordedAt) {
    List<Line> reversed = new ArrayList<>();
    for (ReversedLine each : f.lines()) {
      Line line = new Line(f, each, recordedAt);
      if (lines.put(each.cheque(), line) != null) {
        throw new IllegalStateException("cheque %s is reversed twice".formatted(each.cheque()));
      }
      reversed.add(line);
      if (each.standing() == ReversedLine.Standing.OWED) {
        owe(new Part(f.slip(), line.programme()), -line.cents());
      }
    }
    Known before = reversals.get(f.reversal());
    if (before == null) {
      ofVenues.computeIfAbsent(f.venue(), _ -> new ArrayList<>()).add(f.reversal());
    }
    reversals.put(
        f.reversal(),
        new Known(
            f.reversal(),
            before == null ? position : before.position(),
            f.venue(),
            f.reference(),
            f.slip(),
            before == null ? List.of() : before.proposed(),
            f.reason(),
            f.note(),
            f.reversedBy(),
            f.cents(),
            State.REVERSED,
            f.confirmedBy(),
            Optional.of(recordedAt),
            Optional.of(f.contestUntil()),
            position,
            0,
            Optional.empty(),
            0,
            List.copyOf(reversed)));
  }

  private Line line(Serial cheque) {
    Line line = lines.get(cheque);
    if (line == null) {
      throw new IllegalStateException("cheque %s was never reversed".formatted(cheque));
    }
    return line;
  }

  private Known known(ReversalId id) {
    Known known = reversals.get(id);
    if (known == null) {
      throw new IllegalStateException("reversal %s is of a venue and unknown".formatted(id));
    }
    return known;
  }
}
