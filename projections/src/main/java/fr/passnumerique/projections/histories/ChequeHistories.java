package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import java.sql.PreparedStatement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tells one cheque's life: the projections find the facts, the facts tell the story. */
public final class ChequeHistories {
  private static final long NOW = Long.MAX_VALUE;

  private final Snapshot snapshot;
  private final LedgerReader ledger;

  /**
   * @param dataSource of the schema {@code projections}
   */
  public ChequeHistories(DataSource dataSource, LedgerReader ledger) {
    this(new Snapshot(dataSource), ledger);
  }

  /**
   * @param snapshot of the schema {@code projections}
   * @param ledger asked by the positions alone that the projections show
   */
  public ChequeHistories(Snapshot snapshot, LedgerReader ledger) {
    this.snapshot = snapshot;
    this.ledger = ledger;
  }

  /** The same of the tables that a rebuild replaced: what was shown before. */
  public ChequeHistories of(@Nullable Generation replaced) {
    return replaced == null ? this : new ChequeHistories(snapshot.of(replaced), ledger);
  }

  /**
   * @return empty if no such cheque was issued
   */
  public Optional<ChequeHistory> find(Serial serial) {
    return find(serial, NOW);
  }

  /**
   * As it was told after the fact at a position. Names are those of now.
   *
   * @param until position, inclusive
   * @return empty if no such cheque was issued by then
   * @throws UntoldMomentException if tables that were replaced stood before it
   */
  public Optional<ChequeHistory> find(Serial serial, long until) {
    Traces all = ofCheque(serial, connection -> Traces.read(snapshot, connection, serial, until));
    if (all == null) {
      return Optional.empty();
    }
    if (snapshot.isOfReplaced() && until != NOW && until > all.standing().position()) {
      throw new UntoldMomentException(
          UntoldMomentException.Why.AS_OF_TOO_LATE,
          "asOfPosition",
          Long.toString(until),
          "position %d lies beyond %d, the last of which these figures were shown"
              .formatted(until, all.standing().position()),
          "ask for %d or before".formatted(all.standing().position()));
    }
    Traces traces =
        until < 1 || until >= all.standing().position()
            ? all
            : all.until(until, factAt(until).recordedAt());
    if (until < 1 || traces.rangePositions().isEmpty()) {
      return Optional.empty();
    }
    List<RecordedFact> facts = new ArrayList<>();
    traces.rangePositions().forEach(position -> facts.add(factAt(position)));
    traces.lineEvents().forEach(position -> facts.add(factAt(position)));
    for (Traces.Claim claim : traces.claims()) {
      facts.add(factAt(claim.slip()));
      if (claim.released() != 0) {
        facts.add(factAt(claim.released()));
      }
    }
    ChequeNames names = snapshot.read(connection -> ChequeNames.of(connection, facts));

    List<HistoryEvent> events = new ArrayList<>(traces.rejectedLines());
    Map<Long, List<HistoryEvent>> transfers = new HashMap<>(traces.transfers());
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof ReversalLifted lifted && isOwedAgain(lifted, serial)) {
        // What is owed again stands at the lift's position, and is paid there.
        transfers.put(
            recorded.position(),
            ofCheque(
                serial,
                connection ->
                    Traces.transfers(connection, recorded.position(), traces.batch().programme())));
      }
    }
    events.addAll(OwnTransfers.of(transfers, facts, serial));
    for (RecordedFact recorded : facts) {
      // Its nettings are told when it is released.
      if (!(recorded.fact() instanceof SettlementRunOpened)) {
        events.add(ChequeEvents.of(recorded, serial, traces.batch(), names));
      }
    }
    // What one projection knows already and another does not is told next time.
    events.removeIf(event -> event.position() > traces.standing().position());
    events.sort(Comparator.comparingLong(HistoryEvent::position));
    leaveOutForeignExpiry(events);
    List<ChequeHistory.Share> shares = shares(seat(facts, serial), traces);
    events.addAll(
        OwnCreditNotes.of(
            traces.creditNotes().stream()
                .filter(at -> at <= traces.standing().position())
                .map(this::factAt)
                .toList(),
            facts,
            events,
            shares,
            serial));
    events.sort(Comparator.comparingLong(HistoryEvent::position));
    Traces.OfBatch batch = traces.batch();
    return Optional.of(
        new ChequeHistory(
            serial.toString(),
            traces.standing().position(),
            traces.standing().recordedAt(),
            ChequeHistory.State.after(events),
            OwnCreditNotes.isActivated(events),
            batch.faceValueCents(),
            batch.programme(),
            batch.programmeName(),
            batch.agreement(),
            batch.order(),
            serial.batch().toString(),
            serial.ordinal(),
            (serial.ordinal() - 1) / batch.chequesPerCarnet() + 1,
            batch.fundingDepartement(),
            batch.endsOn(),
            lastServiceDay(facts, batch, serial),
            shares,
            List.copyOf(events),
            traces.caveats()));
  }

  /** What is told of a cheque is told to whom it concerns. */
  private <T extends @Nullable Object> T ofCheque(Serial serial, Snapshot.Query<T> query) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement set =
              connection.prepareStatement("select set_config('pass.cheque', ?, true)")) {
            set.setString(1, Long.toString(serial.key()));
            set.execute();
          }
          return query.on(connection);
        });
  }

  /** The end of an order is the end of those of its cheques that were live or in stock. */
  private static void leaveOutForeignExpiry(List<HistoryEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i) instanceof HistoryEvent.Expired) {
        ChequeHistory.State before = ChequeHistory.State.after(events.subList(0, i));
        if (before.compareTo(ChequeHistory.State.REDEEMED) >= 0) {
          events.remove(i);
        }
        return;
      }
    }
  }

  /** Validity from hand-out, capped by the order's end and its tolerance. */
  private static @Nullable LocalDate lastServiceDay(
      List<RecordedFact> facts, Traces.OfBatch batch, Serial serial) {
    LocalDate kept = null;
    LocalDate cap = batch.endsOn().plusDays(batch.toleranceDays());
    LocalDate handedOutOn = null;
    int validityDays = 0;
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof ChequesHandedOut handedOut) {
        handedOutOn = handedOut.handedOutOn();
      } else if (recorded.fact() instanceof HandOutCorrected) {
        handedOutOn = null;
      } else if (recorded.fact() instanceof ChequesReplaced replacement
          && replacement.batch().equals(serial.batch())) {
        for (ChequesReplaced.KeptDay day : replacement.lastDays()) {
          if (day.cheques().first() <= serial.ordinal()
              && serial.ordinal() <= day.cheques().last()) {
            kept = day.lastDay();
          }
        }
      } else if (recorded.fact() instanceof ChequesIssued issued) {
        validityDays = issued.validityDays();
      }
    }
    if (handedOutOn == null) {
      return kept;
    }
    if (kept != null && kept.isBefore(cap)) {
      cap = kept;
    }
    LocalDate last = handedOutOn.plusDays(validityDays);
    return last.isBefore(cap) ? last : cap;
  }

  /** Whose cents it has: its own ordinal's, or, if it replaces a cheque, that one's. */
  private static int seat(List<RecordedFact> facts, Serial serial) {
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof ChequesIssued issued && issued.replaces()) {
        return issued.inherited().get().ordinals().get(serial.ordinal() - 1);
      }
    }
    return serial.ordinal();
  }

  private static List<ChequeHistory.Share> shares(int seat, Traces traces) {
    Traces.OfBatch batch = traces.batch();
    if (!batch.splitAlgorithm().equals(QuotaSequence.ALGORITHM)
        || batch.splitAlgorithmVersion() != QuotaSequence.VERSION) {
      throw new IllegalStateException(
          "the batch of order %s was dealt by %s version %d, which this release does not know; run one that does"
              .formatted(batch.order(), batch.splitAlgorithm(), batch.splitAlgorithmVersion()));
    }
    long[] dealt =
        QuotaSequence.of(traces.key().stream().mapToInt(Traces.KeyShare::basisPoints).toArray())
            .deal(batch.firstCent() + (seat - 1) * batch.faceValueCents(), batch.faceValueCents());
    List<ChequeHistory.Share> shares = new ArrayList<>();
    for (int place = 0; place < dealt.length; place++) {
      if (dealt[place] > 0) {
        Traces.KeyShare share = traces.key().get(place);
        shares.add(new ChequeHistory.Share(share.funder(), share.name(), dealt[place]));
      }
    }
    return shares;
  }

  private static boolean isOwedAgain(ReversalLifted lifted, Serial serial) {
    return lifted.owedAgain().stream().anyMatch(line -> line.cheque().equals(serial));
  }

  private RecordedFact factAt(long position) {
    List<RecordedFact> found = ledger.read(position - 1, 1);
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "the projections know position %d and the ledger does not".formatted(position));
    }
    return found.getFirst();
  }

  /**
   * Of what is told of a position.
   *
   * @param position up to which histories stand, or before
   */
  @Nullable Caveats caveats(long position) {
    return snapshot.read(connection -> Traces.caveats(snapshot, connection, position));
  }
}
