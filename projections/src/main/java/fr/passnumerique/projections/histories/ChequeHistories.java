package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.bookkeeping.UntoldMomentException;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.money.QuotaSequence;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.loop.Generation;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Tells one cheque's life: the projections find the facts, the facts tell the story. */
public final class ChequeHistories {
  /** Somebody may try a cheque again and again; the last of these tell enough. */
  private static final int MOST_REJECTED_LINES = 100;

  private static final long NOW = Long.MAX_VALUE;

  private final Snapshot snapshot;
  private final LedgerReader ledger;

  private record OfBatch(
      String order,
      String programme,
      String programmeName,
      String agreement,
      int keyVersion,
      String fundingDepartement,
      int chequesPerCarnet,
      long faceValueCents,
      long firstCent,
      String splitAlgorithm,
      int splitAlgorithmVersion,
      LocalDate endsOn,
      int toleranceDays) {}

  private record KeyShare(String funder, String name, int basisPoints) {}

  private record Names(
      Map<String, String> prescribers,
      Map<String, String> venues,
      Map<String, String> pointsOfService) {}

  /**
   * @param slip position of the fact that redeemed it
   * @param released position of the fact that withdrew the slip; 0 if it stands
   */
  private record Claim(long slip, long released) {}

  /** What the projections know of a cheque: where its facts are, and what is not in facts. */
  private record Traces(
      Standing standing,
      OfBatch batch,
      List<KeyShare> key,
      List<Long> rangePositions,
      List<Claim> claims,
      List<Long> lineEvents,
      List<HistoryEvent> rejectedLines,
      Map<Long, List<HistoryEvent>> transfers,
      List<Long> creditNotes,
      @Nullable Caveats caveats) {

    /** Without what was recorded later; a claim that was released later still stands. */
    Traces until(long position, Instant recordedAt) {
      return new Traces(
          new Standing(position, recordedAt),
          batch,
          key,
          rangePositions.stream().filter(at -> at <= position).toList(),
          claims.stream()
              .filter(claim -> claim.slip() <= position)
              .map(claim -> claim.released() > position ? new Claim(claim.slip(), 0) : claim)
              .toList(),
          lineEvents.stream().filter(at -> at <= position).toList(),
          rejectedLines,
          transfers,
          creditNotes.stream().filter(at -> at <= position).toList(),
          caveats);
    }
  }

  /**
   * @param dataSource of the schema {@code projections}
   */
  public ChequeHistories(DataSource dataSource, LedgerReader ledger) {
    this(new Snapshot(dataSource), ledger);
  }

  private ChequeHistories(Snapshot snapshot, LedgerReader ledger) {
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
    Traces all = snapshot.read(connection -> traces(connection, serial, until));
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
    for (Claim claim : traces.claims()) {
      facts.add(factAt(claim.slip()));
      if (claim.released() != 0) {
        facts.add(factAt(claim.released()));
      }
    }
    Names names = snapshot.read(connection -> names(connection, facts));

    List<HistoryEvent> events = new ArrayList<>(traces.rejectedLines());
    Map<Long, List<HistoryEvent>> transfers = new HashMap<>(traces.transfers());
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof ReversalLifted lifted && isOwedAgain(lifted, serial)) {
        // What is owed again stands at the lift's position, and is paid there.
        transfers.put(
            recorded.position(),
            snapshot.read(
                connection ->
                    transfers(connection, recorded.position(), traces.batch().programme())));
      }
    }
    events.addAll(OwnTransfers.of(transfers, facts, serial));
    for (RecordedFact recorded : facts) {
      // Its nettings are told when it is released.
      if (!(recorded.fact() instanceof SettlementRunOpened)) {
        events.add(tell(recorded, serial, traces.batch(), names));
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
    OfBatch batch = traces.batch();
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

  /** What was recorded of all credit notes of an order. */
  private static List<Long> creditNotes(Connection connection, String order) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select distinct e.position
              from projections.credit_note_event n
              join projections.credit_note_event e on e.credit_note = n.credit_note
             where n.order_id = ? and n.order_id <> ''
             order by e.position
            """)) {
      select.setString(1, order);
      try (ResultSet found = select.executeQuery()) {
        List<Long> positions = new ArrayList<>();
        while (found.next()) {
          positions.add(found.getLong(1));
        }
        return positions;
      }
    }
  }

  private static List<Long> lineEvents(Connection connection, Serial serial) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position from projections.line_event where serial = ? order by position")) {
      select.setLong(1, serial.key());
      try (ResultSet found = select.executeQuery()) {
        List<Long> positions = new ArrayList<>();
        while (found.next()) {
          positions.add(found.getLong(1));
        }
        return positions;
      }
    }
  }

  /** Validity from hand-out, capped by the order's end and its tolerance. */
  private static @Nullable LocalDate lastServiceDay(
      List<RecordedFact> facts, OfBatch batch, Serial serial) {
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
      if (recorded.fact() instanceof ChequesIssued issued && issued.inherited().isPresent()) {
        return issued.inherited().get().ordinals().get(serial.ordinal() - 1);
      }
    }
    return serial.ordinal();
  }

  private static List<ChequeHistory.Share> shares(int seat, Traces traces) {
    OfBatch batch = traces.batch();
    if (!batch.splitAlgorithm().equals(QuotaSequence.ALGORITHM)
        || batch.splitAlgorithmVersion() != QuotaSequence.VERSION) {
      throw new IllegalStateException(
          "the batch of order %s was dealt by %s version %d, which this release does not know; run one that does"
              .formatted(batch.order(), batch.splitAlgorithm(), batch.splitAlgorithmVersion()));
    }
    long[] dealt =
        QuotaSequence.of(traces.key().stream().mapToInt(KeyShare::basisPoints).toArray())
            .deal(batch.firstCent() + (seat - 1) * batch.faceValueCents(), batch.faceValueCents());
    List<ChequeHistory.Share> shares = new ArrayList<>();
    for (int place = 0; place < dealt.length; place++) {
      if (dealt[place] > 0) {
        KeyShare share = traces.key().get(place);
        shares.add(new ChequeHistory.Share(share.funder(), share.name(), dealt[place]));
      }
    }
    return shares;
  }

  private RecordedFact factAt(long position) {
    List<RecordedFact> found = ledger.read(position - 1, 1);
    if (found.isEmpty()) {
      throw new IllegalStateException(
          "the projections know position %d and the ledger does not".formatted(position));
    }
    return found.getFirst();
  }

  private static HistoryEvent tell(
      RecordedFact recorded, Serial serial, OfBatch batch, Names names) {
    long position = recorded.position();
    Instant at = recorded.recordedAt();
    return switch (recorded.fact()) {
      case ChequesIssued f ->
          new HistoryEvent.Issued(position, at, f.issuedOn(), f.order().value());
      case ChequesActivated f -> new HistoryEvent.Activated(position, at, f.activation().value());
      case ChequesDelivered f ->
          new HistoryEvent.Delivered(
              position,
              at,
              f.deliveredOn(),
              f.delivery().value(),
              f.prescriber().value(),
              names.prescribers().getOrDefault(f.prescriber().value(), ""));
      case ChequesHandedOut f ->
          new HistoryEvent.HandedOut(
              position,
              at,
              f.handedOutOn(),
              f.handOut().value(),
              f.prescriber().value(),
              names.prescribers().getOrDefault(f.prescriber().value(), ""),
              f.publicCode());
      case ChequesExpired f -> new HistoryEvent.Expired(position, at, f.lastDay());
      case ChequesOpposed f ->
          new HistoryEvent.Opposed(position, at, f.opposition().value(), f.reason().name());
      case StockReturned f ->
          new HistoryEvent.Returned(position, at, f.correction().value(), f.prescriber().value());
      case HandOutCorrected f ->
          new HistoryEvent.HandOutCorrected(
              position, at, f.correction().value(), f.prescriber().value());
      case ChequesReplaced f -> replaced(f, position, at, serial);
      case SlipJudged f -> redeemed(f, recorded, serial, batch, names);
      case SlipWithdrawn f ->
          new HistoryEvent.Released(
              position,
              at,
              f.venue().value(),
              names.venues().getOrDefault(f.venue().value(), ""),
              f.reference().value());
      case LinesReversed f ->
          new HistoryEvent.Reversed(position, at, f.reversal().value(), f.reason().name());
      case ReversalLifted f -> new HistoryEvent.ReversalLifted(position, at, f.reversal().value());
      case SettlementRunReleased f ->
          isClaimed(f.nettings(), serial)
              ? new HistoryEvent.Recovered(position, at, f.run().value(), null)
              : new HistoryEvent.Netted(position, at, f.run().value());
      case DebitNotePaid f -> new HistoryEvent.Recovered(position, at, null, f.debitNote().value());
      case DebitNotePaymentTakenBack f ->
          new HistoryEvent.RecoveryUndone(position, at, null, f.debitNote().value());
      case TransferRejected f ->
          isClaimed(f.nettings(), serial)
              ? new HistoryEvent.RecoveryUndone(position, at, f.run().value(), null)
              : new HistoryEvent.NettingUndone(position, at, f.run().value());
      case SettlementRunCancelled f ->
          isClaimed(f.nettings(), serial)
              ? new HistoryEvent.RecoveryUndone(position, at, f.run().value(), null)
              : new HistoryEvent.NettingUndone(position, at, f.run().value());
      default ->
          throw new IllegalStateException(
              "position %d is %s, not a fact about a cheque"
                  .formatted(position, recorded.fact().getClass().getSimpleName()));
    };
  }

  private static boolean isClaimed(List<Netting> nettings, Serial serial) {
    return nettings.stream().anyMatch(netting -> netting.claims().contains(serial));
  }

  private static boolean isOwedAgain(ReversalLifted lifted, Serial serial) {
    return lifted.owedAgain().stream().anyMatch(line -> line.cheque().equals(serial));
  }

  private static HistoryEvent replaced(
      ChequesReplaced replacement, long position, Instant at, Serial serial) {
    String name = replacement.replacement().value();
    if (serial.batch().equals(replacement.batch())) {
      boolean activated =
          replacement.activated().stream()
              .anyMatch(
                  range -> range.first() <= serial.ordinal() && serial.ordinal() <= range.last());
      return new HistoryEvent.Replaces(
          position,
          at,
          name,
          replacement.replaced().get(serial.ordinal() - 1).toString(),
          activated);
    }
    int ordinal = replacement.replaced().indexOf(serial) + 1;
    return new HistoryEvent.Replaced(
        position, at, name, new Serial(replacement.batch(), ordinal).toString());
  }

  private static HistoryEvent redeemed(
      SlipJudged slip, RecordedFact recorded, Serial serial, OfBatch batch, Names names) {
    for (int line = 1; line <= slip.lines().size(); line++) {
      SlipJudged.Line judged = slip.lines().get(line - 1);
      if (judged.rejected().isEmpty() && judged.cheque().filter(serial::equals).isPresent()) {
        SlipJudged.Visit visit = slip.visits().get(judged.visit());
        return new HistoryEvent.Redeemed(
            recorded.position(),
            recorded.recordedAt(),
            visit.servedOn(),
            slip.presentedAt(),
            slip.venue().value(),
            names.venues().getOrDefault(slip.venue().value(), ""),
            slip.reference().value(),
            line,
            visit.pointOfService().value(),
            names.pointsOfService().getOrDefault(slip.venue() + "/" + visit.pointOfService(), ""),
            visit.departement().code(),
            visit.service(),
            batch.faceValueCents());
      }
    }
    throw new IllegalStateException(
        "the slip at position %d does not redeem %s, as its claim says"
            .formatted(recorded.position(), serial));
  }

  private @Nullable Traces traces(Connection connection, Serial serial, long until)
      throws SQLException {
    OfBatch batch = batch(connection, serial);
    if (batch == null) {
      return null;
    }
    List<Claim> claims = claims(connection, serial);
    Map<Long, List<HistoryEvent>> transfers = new HashMap<>();
    for (Claim claim : claims) {
      if (claim.released() == 0) {
        transfers.put(claim.slip(), transfers(connection, claim.slip(), batch.programme()));
      }
    }
    // Told up to where all of them stand.
    Standing standing =
        Stream.of(
                snapshot.standing("registers", connection),
                snapshot.standing("claims", connection),
                snapshot.standing(HistoriesProjection.NAME, connection))
            .min(Comparator.comparingLong(Standing::position))
            .orElseThrow();
    return new Traces(
        standing,
        batch,
        key(connection, batch),
        rangePositions(connection, serial),
        claims,
        lineEvents(connection, serial),
        rejectedLines(connection, serial, until),
        transfers,
        creditNotes(connection, batch.order()),
        caveats(connection, Math.min(standing.position(), until)));
  }

  /**
   * Of what is told of a position.
   *
   * @param position up to which histories stand, or before
   */
  @Nullable Caveats caveats(long position) {
    return snapshot.read(connection -> caveats(connection, position));
  }

  private @Nullable Caveats caveats(Connection connection, long position) throws SQLException {
    return snapshot.caveats(connection, position, "registers", "claims", HistoriesProjection.NAME);
  }

  private static @Nullable OfBatch batch(Connection connection, Serial serial) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select b.order_id, b.programme, p.name, b.agreement, b.key_version, b.funding_departement,
                   b.cheques_per_carnet, b.face_value_cents, b.first_cent, b.split_algorithm,
                   b.split_algorithm_version, b.ends_on, b.tolerance_days
              from projections.batch b
              join projections.programme p on p.id = b.programme
             where b.number = ? and b.cheque_count >= ?
            """)) {
      select.setInt(1, serial.batch().number());
      select.setInt(2, serial.ordinal());
      try (ResultSet found = select.executeQuery()) {
        return found.next()
            ? new OfBatch(
                found.getString(1),
                found.getString(2),
                found.getString(3),
                found.getString(4),
                found.getInt(5),
                found.getString(6),
                found.getInt(7),
                found.getLong(8),
                found.getLong(9),
                found.getString(10),
                found.getInt(11),
                found.getObject(12, LocalDate.class),
                found.getInt(13))
            : null;
      }
    }
  }

  private static List<KeyShare> key(Connection connection, OfBatch batch) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select s.funder, f.name, s.basis_points
              from projections.agreement_share s
              join projections.funder f on f.id = s.funder
             where s.agreement = ? and s.key_version = ?
             order by s.place
            """)) {
      select.setString(1, batch.agreement());
      select.setInt(2, batch.keyVersion());
      try (ResultSet found = select.executeQuery()) {
        List<KeyShare> key = new ArrayList<>();
        while (found.next()) {
          key.add(new KeyShare(found.getString(1), found.getString(2), found.getInt(3)));
        }
        return key;
      }
    }
  }

  private static List<Claim> claims(Connection connection, Serial serial) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select c.position, coalesce(r.position, 0)
              from projections.claim c
              left join projections.claim r on r.chunk = c.chunk and r.releases = c.position
             where c.chunk = ? / 512 and c.releases = 0 and get_bit(c.cheques, (? % 512)::int) = 1
            """)) {
      select.setLong(1, serial.key());
      select.setLong(2, serial.key());
      try (ResultSet found = select.executeQuery()) {
        List<Claim> claims = new ArrayList<>();
        while (found.next()) {
          claims.add(new Claim(found.getLong(1), found.getLong(2)));
        }
        return claims;
      }
    }
  }

  private static List<Long> rangePositions(Connection connection, Serial serial)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "select position from projections.range_event where cheques @> ?::bigint")) {
      select.setLong(1, serial.key());
      try (ResultSet found = select.executeQuery()) {
        TreeSet<Long> positions = new TreeSet<>();
        while (found.next()) {
          positions.add(found.getLong(1));
        }
        return List.copyOf(positions);
      }
    }
  }

  private static List<HistoryEvent> rejectedLines(Connection connection, Serial serial, long until)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select l.position, s.recorded_at, s.venue, coalesce(v.name, ''), s.reference, l.line, l.verdict
              from projections.rejected_line l
              join projections.slip s on s.position = l.position
              left join projections.venue v on v.id = s.venue
             where l.serial = ? and l.position <= ?
             order by l.position desc, l.line desc
             limit ?
            """)) {
      select.setLong(1, serial.key());
      select.setLong(2, until);
      select.setInt(3, MOST_REJECTED_LINES);
      try (ResultSet found = select.executeQuery()) {
        List<HistoryEvent> lines = new ArrayList<>();
        while (found.next()) {
          lines.add(
              new HistoryEvent.Rejected(
                  found.getLong(1),
                  instant(found, 2),
                  found.getString(3),
                  found.getString(4),
                  found.getString(5),
                  found.getInt(6),
                  found.getString(7)));
        }
        // Two lines of one slip stand at the same position, in the slip's order.
        return lines.reversed();
      }
    }
  }

  /** What the bank said of a transfer, in the order in which it was recorded. */
  private static List<HistoryEvent> ends(Connection connection, String run, String transfer)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select position, recorded_at, kind, ended_on, reason
              from projections.transfer_end
             where transfer = ?
             order by position
            """)) {
      select.setString(1, transfer);
      try (ResultSet found = select.executeQuery()) {
        List<HistoryEvent> events = new ArrayList<>();
        while (found.next()) {
          long position = found.getLong(1);
          Instant recordedAt = instant(found, 2);
          LocalDate on = found.getObject(4, LocalDate.class);
          String reason = found.getString(5);
          events.add(
              switch (found.getString(3)) {
                case "PAID" -> new HistoryEvent.Paid(position, recordedAt, run, transfer, on);
                case "DEBITED" -> new HistoryEvent.Debited(position, recordedAt, run, transfer, on);
                case "UNPAID", "UNDEBITED" ->
                    new HistoryEvent.DebitTakenBack(
                        position,
                        recordedAt,
                        run,
                        transfer,
                        on,
                        found.getString(3).equals("UNDEBITED"));
                case "RETURNED" ->
                    new HistoryEvent.TransferReturned(
                        position, recordedAt, run, transfer, on, reason);
                default ->
                    new HistoryEvent.TransferRejected(
                        position, recordedAt, run, transfer, on, reason);
              });
        }
        return events;
      }
    }
  }

  private static List<HistoryEvent> transfers(
      Connection connection, long slipPosition, String programme) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select t.id, t.run, t.execution_on, t.opened_position, t.opened_at, t.state, t.ended_on, t.reason,
                   t.ended_position, t.ended_at
              from projections.transfer_slip s
              join projections.transfer t on t.id = s.transfer
             where s.slip_position = ? and t.programme = ?
            """)) {
      select.setLong(1, slipPosition);
      select.setString(2, programme);
      try (ResultSet found = select.executeQuery()) {
        List<HistoryEvent> events = new ArrayList<>();
        while (found.next()) {
          String transfer = found.getString(1);
          String run = found.getString(2);
          events.add(
              new HistoryEvent.TransferOrdered(
                  found.getLong(4),
                  instant(found, 5),
                  run,
                  transfer,
                  found.getObject(3, LocalDate.class)));
          events.addAll(ends(connection, run, transfer));
          switch (found.getString(6)) {
            case "CANCELLED" ->
                events.add(
                    new HistoryEvent.RunCancelled(
                        found.getLong(9), instant(found, 10), run, transfer));
            default -> {}
          }
        }
        return events;
      }
    }
  }

  private static Names names(Connection connection, List<RecordedFact> facts) throws SQLException {
    List<String> prescribers = new ArrayList<>();
    List<String> venues = new ArrayList<>();
    for (RecordedFact recorded : facts) {
      switch (recorded.fact()) {
        case ChequesDelivered f -> prescribers.add(f.prescriber().value());
        case ChequesHandedOut f -> prescribers.add(f.prescriber().value());
        case SlipJudged f -> venues.add(f.venue().value());
        default -> {}
      }
    }
    return new Names(
        named(
            connection,
            "select id, name from projections.prescriber where id = any (?::text[])",
            prescribers),
        named(
            connection,
            "select id, name from projections.venue where id = any (?::text[])",
            venues),
        named(
            connection,
            """
            select venue || '/' || id, name from projections.point_of_service where venue = any (?::text[])
            """,
            venues));
  }

  private static Map<String, String> named(Connection connection, String sql, List<String> ids)
      throws SQLException {
    Map<String, String> names = new HashMap<>();
    if (ids.isEmpty()) {
      return names;
    }
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setArray(1, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          names.put(found.getString(1), found.getString(2));
        }
      }
    }
    return names;
  }

  private static Instant instant(ResultSet found, int column) throws SQLException {
    return found.getObject(column, OffsetDateTime.class).toInstant();
  }
}
