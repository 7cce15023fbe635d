package fr.passnumerique.projections.histories;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteId;
import fr.passnumerique.clearing.expiry.CreditNoteIssued;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.refund.RefundExecuted;
import fr.passnumerique.clearing.refund.RefundExecutionTakenBack;
import fr.passnumerique.clearing.refund.RefundReinstated;
import fr.passnumerique.clearing.refund.RefundRejected;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.refund.RefundsCancelled;
import fr.passnumerique.clearing.refund.RefundsOrdered;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.reversal.ReversedLine;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.settlement.VoidedLine;
import fr.passnumerique.projections.loop.Bulk;
import fr.passnumerique.projections.loop.Projection;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.loop.UnfoldableFactException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which facts concern this cheque? Nothing is kept per cheque but its rejected lines: orders,
 * deliveries and hand-outs are ranges, a redemption is a claim, and a transfer is found by its
 * slip.
 */
final class HistoriesProjection implements Projection {
  static final String NAME = "histories";

  /** A cheque of a batch, and where it is told of. */
  private static final String SERIAL_AT =
      "format('batch %s ordinal %s at %s', t.serial >> 20, t.serial & 1048575, t.position)";

  private static final Tables TABLES =
      Tables.of(
              "range_event",
              "line_event",
              "rejected_line",
              "slip",
              "conflict_of_interest",
              "transfer",
              "transfer_slip",
              "transfer_end",
              "credit_note_event")
          .growing("range_event", "line_event", "rejected_line", "slip", "conflict_of_interest")
          .comparedByGroup("range_event", "t.kind", "concat_ws(' ', t.kind, t.position, t.cheques)")
          .comparedByGroup("line_event", "concat('batch ', t.serial >> 20)", SERIAL_AT)
          .comparedByGroup(
              "rejected_line",
              "concat('batch ', t.serial >> 20)",
              "concat_ws(' ', " + SERIAL_AT + ", t.line)")
          .comparedByGroup(
              "slip", "concat('from position ', t.position / 100000 * 100000)", "t.position::text")
          .comparedByGroup(
              "conflict_of_interest",
              "concat('from position ', t.position / 100000 * 100000)",
              "concat_ws(' ', t.position, t.line)")
          .comparedByRow("transfer", "t.id")
          .comparedByGroup(
              "transfer_slip", "t.transfer", "concat_ws(' ', t.transfer, t.slip_position)")
          .comparedByGroup("transfer_end", "t.transfer", "concat_ws(' ', t.transfer, t.position)")
          .comparedByGroup(
              "credit_note_event", "t.credit_note", "concat_ws(' ', t.credit_note, t.position)");

  /** What a range of cheques went through. */
  enum RangeKind {
    ISSUED,
    ACTIVATED,
    DELIVERED,
    HANDED_OUT,
    EXPIRED,
    OPPOSED,
    REPLACED,
    RETURNED,
    HAND_OUT_CORRECTED
  }

  /**
   * @param prescriber to whom they were delivered; empty for what is no delivery
   */
  private record Range(RangeKind kind, long first, long last, long position, String prescriber) {
    static Range of(RangeKind kind, ChequeRange cheques, long position) {
      return of(kind, cheques, position, "");
    }

    static Range of(RangeKind kind, ChequeRange cheques, long position, String prescriber) {
      return new Range(
          kind,
          new Serial(cheques.batch(), cheques.first()).key(),
          new Serial(cheques.batch(), cheques.last()).key(),
          position,
          prescriber);
    }
  }

  private record LineEvent(long serial, long position) {}

  private record RejectedLine(long serial, long position, int line, Verdict verdict) {}

  private record Slip(SlipJudged fact, RecordedFact recorded, int accepted) {
    int rejected() {
      return fact.lines().size() - accepted;
    }
  }

  private record ConflictLine(SlipJudged slip, SlipJudged.Conflict conflict, long position) {
    SlipJudged.Line line() {
      return slip.lines().get(conflict.line() - 1);
    }
  }

  private record Transfer(
      SettlementRunId run,
      ProgrammeId programme,
      LocalDate executionOn,
      SettlementRunOpened.Transfer transfer,
      RecordedFact recorded) {}

  private record Released(SettlementRunId run, LocalDate executionOn) {}

  /**
   * @param kept transfers that the bank had debited by then
   */
  private record Cancelled(SettlementRunId run, List<TransferId> kept, RecordedFact recorded) {}

  private record PaidSlip(TransferId transfer, SettlementRunOpened.PaidSlip slip) {}

  /**
   * @param order whose note it is, where it is issued; else empty
   */
  private record CreditNoteEvent(CreditNoteId creditNote, long position, String order) {}

  private record End(
      TransferId transfer, String kind, LocalDate on, String reason, RecordedFact recorded) {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Tables tables() {
    return TABLES;
  }

  @Override
  public Changes fold(List<RecordedFact> facts) {
    Found found = new Found();
    facts.forEach(found::fold);
    return found;
  }

  private static final class Found implements Changes {
    private final List<Range> ranges = new ArrayList<>();
    private final List<LineEvent> lineEvents = new ArrayList<>();
    private final List<Slip> slips = new ArrayList<>();
    private final List<RejectedLine> rejectedLines = new ArrayList<>();
    private final List<ConflictLine> conflicts = new ArrayList<>();
    private final List<Transfer> transfers = new ArrayList<>();
    private final List<PaidSlip> paidSlips = new ArrayList<>();
    private final List<Released> released = new ArrayList<>();
    private final List<Cancelled> cancelled = new ArrayList<>();
    private final List<End> ends = new ArrayList<>();
    private final List<CreditNoteEvent> creditNotes = new ArrayList<>();

    void fold(RecordedFact recorded) {
      long position = recorded.position();
      switch (recorded.fact()) {
        case ChequesIssued f ->
            ranges.add(
                Range.of(
                    RangeKind.ISSUED, new ChequeRange(f.batch(), 1, f.chequeCount()), position));
        case ChequesActivated f ->
            ranges.add(
                Range.of(
                    RangeKind.ACTIVATED,
                    new ChequeRange(f.batch(), f.firstOrdinal(), f.lastOrdinal()),
                    position));
        case ChequesDelivered f ->
            ranges.add(
                Range.of(RangeKind.DELIVERED, f.cheques(), position, f.prescriber().value()));
        case ChequesHandedOut f ->
            f.cheques()
                .forEach(range -> ranges.add(Range.of(RangeKind.HANDED_OUT, range, position)));
        case ChequesExpired f ->
            ranges.add(
                Range.of(RangeKind.EXPIRED, new ChequeRange(f.batch(), 1, Serial.LAST), position));
        case ChequesOpposed f ->
            f.stopped().forEach(range -> ranges.add(Range.of(RangeKind.OPPOSED, range, position)));
        case StockReturned f ->
            f.cheques().forEach(range -> ranges.add(Range.of(RangeKind.RETURNED, range, position)));
        case HandOutCorrected f ->
            f.cheques()
                .forEach(
                    range -> ranges.add(Range.of(RangeKind.HAND_OUT_CORRECTED, range, position)));
        case ChequesReplaced f -> {
          f.replaced()
              .forEach(
                  old ->
                      ranges.add(
                          new Range(RangeKind.REPLACED, old.key(), old.key(), position, "")));
          ranges.add(
              Range.of(
                  RangeKind.REPLACED,
                  new ChequeRange(f.batch(), 1, f.replaced().size()),
                  position));
        }
        case SlipJudged f -> foldSlip(f, recorded);
        case SettlementRunOpened f -> {
          foldTransfers(f.run(), f.programme(), f.executionOn(), f.transfers(), recorded);
          f.nettings().forEach(netting -> foldLines(netting.lines(), position));
        }
        case SettlementRunContinued f ->
            foldTransfers(f.run(), f.programme(), f.executionOn(), f.transfers(), recorded);
        case SettlementRunReleased f -> {
          released.add(new Released(f.run(), f.executionOn()));
          f.nettings().forEach(netting -> foldNetting(netting, position));
        }
        case SettlementRunCancelled f when f.part() == 1 -> {
          f.nettings().forEach(netting -> foldNetting(netting, position));
          cancelled.add(new Cancelled(f.run(), f.kept(), recorded));
        }
        case TransferConfirmed f ->
            ends.add(new End(f.transfer(), "PAID", f.bookedOn(), "", recorded));
        case TransferExecuted f ->
            ends.add(new End(f.transfer(), "PAID", f.executedOn(), "", recorded));
        case TransferDebited f ->
            ends.add(new End(f.transfer(), "DEBITED", f.bookedOn(), "", recorded));
        case TransferDebitTakenBack f ->
            ends.add(
                new End(
                    f.transfer(),
                    f.executedOn().isPresent() ? "UNDEBITED" : "UNPAID",
                    f.debitedOn(),
                    "",
                    recorded));
        case TransferExecutionTakenBack f ->
            ends.add(new End(f.transfer(), "UNPAID", f.executedOn(), "", recorded));
        case CreditNoteIssued f ->
            creditNotes.add(new CreditNoteEvent(f.creditNote(), position, f.order().value()));
        case RefundsOrdered f ->
            f.transfers().forEach(transfer -> foldNote(transfer.creditNote(), position));
        case RefundsCancelled f -> f.creditNotes().forEach(note -> foldNote(note, position));
        case RefundExecuted f -> foldNote(f.creditNote(), position);
        case RefundExecutionTakenBack f -> foldNote(f.creditNote(), position);
        case CreditNoteRefunded f -> foldNote(f.creditNote(), position);
        case RefundRejected f -> foldNote(f.creditNote(), position);
        case RefundReinstated f -> foldNote(f.creditNote(), position);
        case RefundReturned f -> foldNote(f.creditNote(), position);
        case RefundTakenBack f -> foldNote(f.creditNote(), position);
        case TransferReinstated f ->
            ends.add(new End(f.transfer(), "REINSTATED", LocalDate.EPOCH, "", recorded));
        case TransferReturned f ->
            ends.add(new End(f.transfer(), "RETURNED", f.returnedOn(), f.reason(), recorded));
        case LinesReversed f ->
            foldLines(f.lines().stream().map(ReversedLine::cheque).toList(), position);
        case ReversalLifted f -> {
          // A line that was paid back in part is there twice: its part is owed, its rest is kept.
          foldLines(f.lines().map(VoidedLine::cheque).distinct().toList(), position);
        }
        case DebitNotePaid f ->
            foldLines(f.lines().stream().map(VoidedLine::cheque).distinct().toList(), position);
        case DebitNotePaymentTakenBack f ->
            foldLines(f.lines().stream().map(VoidedLine::cheque).toList(), position);
        case TransferRejected f -> {
          f.nettings().forEach(netting -> foldNetting(netting, position));
          ends.add(new End(f.transfer(), "REJECTED", f.rejectedOn(), f.reason(), recorded));
        }
        default -> {}
      }
    }

    private void foldNote(CreditNoteId creditNote, long position) {
      creditNotes.add(new CreditNoteEvent(creditNote, position, ""));
    }

    /** Of the lines that are paid by it, and of those that are recovered. */
    private void foldNetting(Netting netting, long position) {
      foldLines(netting.lines(), position);
      foldLines(netting.claims(), position);
    }

    private void foldLines(List<Serial> cheques, long position) {
      cheques.forEach(cheque -> lineEvents.add(new LineEvent(cheque.key(), position)));
    }

    private void foldTransfers(
        SettlementRunId run,
        ProgrammeId programme,
        LocalDate executionOn,
        List<SettlementRunOpened.Transfer> ordered,
        RecordedFact recorded) {
      for (SettlementRunOpened.Transfer transfer : ordered) {
        transfers.add(new Transfer(run, programme, executionOn, transfer, recorded));
        transfer.slips().forEach(slip -> paidSlips.add(new PaidSlip(transfer.transfer(), slip)));
      }
    }

    private void foldSlip(SlipJudged slip, RecordedFact recorded) {
      int accepted = 0;
      for (int line = 1; line <= slip.lines().size(); line++) {
        SlipJudged.Line judged = slip.lines().get(line - 1);
        if (judged.rejected().isEmpty()) {
          accepted++;
        } else if (judged.cheque().isPresent()) {
          rejectedLines.add(
              new RejectedLine(
                  judged.cheque().get().key(), recorded.position(), line, judged.verdict()));
        }
      }
      slip.conflicts()
          .forEach(
              conflict -> conflicts.add(new ConflictLine(slip, conflict, recorded.position())));
      slips.add(new Slip(slip, recorded, accepted));
    }

    @Override
    public void write(Connection connection) throws SQLException {
      if (!ranges.isEmpty()) {
        writeRanges(connection, ranges);
      }
      if (!lineEvents.isEmpty()) {
        writeLineEvents(connection, lineEvents);
      }
      if (!slips.isEmpty()) {
        writeSlips(connection, slips);
      }
      if (!rejectedLines.isEmpty()) {
        writeRejectedLines(connection, rejectedLines);
      }
      if (!conflicts.isEmpty()) {
        writeConflicts(connection, conflicts);
      }
      if (!transfers.isEmpty()) {
        writeTransfers(connection, transfers);
        writePaidSlips(connection, paidSlips);
      }
      if (!released.isEmpty()) {
        writeReleased(connection, released);
      }
      if (!cancelled.isEmpty()) {
        writeCancelled(connection, cancelled);
      }
      if (!ends.isEmpty()) {
        writeEnds(connection, ends);
      }
      if (!creditNotes.isEmpty()) {
        writeCreditNotes(connection, creditNotes);
      }
    }
  }

  private static void writeRanges(Connection connection, List<Range> ranges) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.range_event (cheques, position, kind, prescriber)
            select int8range(n.first, n.last, '[]'), n.position, n.kind, n.prescriber
              from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[])
                   as n(first, last, position, kind, prescriber)
            """)) {
      Bulk.of(connection, insert, ranges)
          .longs(Range::first)
          .longs(Range::last)
          .longs(Range::position)
          .texts(range -> range.kind().name())
          .texts(Range::prescriber);
      insert.executeUpdate();
    }
  }

  private static void writeLineEvents(Connection connection, List<LineEvent> events)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.line_event (serial, position)
            select * from unnest(?::bigint[], ?::bigint[])
            """)) {
      Bulk.of(connection, insert, events).longs(LineEvent::serial).longs(LineEvent::position);
      insert.executeUpdate();
    }
  }

  private static void writeSlips(Connection connection, List<Slip> slips) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.slip
                   (position, venue, reference, presented_at, recorded_at, accepted, rejected, accepted_cents)
            select n.position, n.venue, n.reference, n.presented_at::timestamptz, n.recorded_at::timestamptz,
                   n.accepted, n.rejected, n.accepted_cents
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::integer[],
                          ?::bigint[])
                   as n(position, venue, reference, presented_at, recorded_at, accepted, rejected, accepted_cents)
            """)) {
      Bulk.of(connection, insert, slips)
          .longs(slip -> slip.recorded().position())
          .texts(slip -> slip.fact().venue().value())
          .texts(slip -> slip.fact().reference().value())
          .texts(slip -> slip.fact().presentedAt().toString())
          .texts(slip -> slip.recorded().recordedAt().toString())
          .ints(Slip::accepted)
          .ints(Slip::rejected)
          .longs(slip -> slip.fact().acceptedCents());
      insert.executeUpdate();
    }
  }

  private static void writeRejectedLines(Connection connection, List<RejectedLine> lines)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.rejected_line (serial, position, line, verdict)
            select * from unnest(?::bigint[], ?::bigint[], ?::integer[], ?::text[])
            """)) {
      Bulk.of(connection, insert, lines)
          .longs(RejectedLine::serial)
          .longs(RejectedLine::position)
          .ints(RejectedLine::line)
          .texts(line -> line.verdict().name());
      insert.executeUpdate();
    }
  }

  private static void writeConflicts(Connection connection, List<ConflictLine> conflicts)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.conflict_of_interest (position, line, serial, prescriber, accepted)
            select n.position, n.line, n.serial, n.prescriber, n.accepted::boolean
              from unnest(?::bigint[], ?::integer[], ?::bigint[], ?::text[], ?::text[])
                   as n(position, line, serial, prescriber, accepted)
            """)) {
      Bulk.of(connection, insert, conflicts)
          .longs(ConflictLine::position)
          .ints(c -> c.conflict().line())
          .longs(c -> c.line().cheque().orElseThrow().key())
          .texts(c -> c.conflict().prescriber().value())
          .texts(c -> String.valueOf(c.line().rejected().isEmpty()));
      insert.executeUpdate();
    }
  }

  private static void writeTransfers(Connection connection, List<Transfer> transfers)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.transfer
                   (id, run, programme, execution_on, amount_cents, opened_position, opened_at)
            select n.id, n.run, n.programme, n.execution_on::date, n.amount_cents, n.position,
                   n.recorded_at::timestamptz
              from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::text[])
                   as n(id, run, programme, execution_on, amount_cents, position, recorded_at)
            """)) {
      Bulk.of(connection, insert, transfers)
          .texts(t -> t.transfer().transfer().value())
          .texts(t -> t.run().value())
          .texts(t -> t.programme().value())
          .texts(t -> t.executionOn().toString())
          .longs(t -> t.transfer().amountCents())
          .longs(t -> t.recorded().position())
          .texts(t -> t.recorded().recordedAt().toString());
      insert.executeUpdate();
    }
  }

  private static void writePaidSlips(Connection connection, List<PaidSlip> slips)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.transfer_slip (transfer, slip_position, cents)
            select * from unnest(?::text[], ?::bigint[], ?::bigint[])
            """)) {
      Bulk.of(connection, insert, slips)
          .texts(s -> s.transfer().value())
          .longs(s -> s.slip().position())
          .longs(s -> s.slip().cents());
      insert.executeUpdate();
    }
  }

  private static void writeCreditNotes(Connection connection, List<CreditNoteEvent> events)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.credit_note_event (credit_note, position, order_id)
            select * from unnest(?::text[], ?::bigint[], ?::text[])
            """)) {
      Bulk.of(connection, insert, events)
          .texts(event -> event.creditNote().value())
          .longs(CreditNoteEvent::position)
          .texts(CreditNoteEvent::order);
      insert.executeUpdate();
    }
  }

  private static void writeReleased(Connection connection, List<Released> released)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.transfer t
               set execution_on = n.execution_on::date
              from unnest(?::text[], ?::text[]) as n(run, execution_on)
             where t.run = n.run
            """)) {
      Bulk.of(connection, update, released)
          .texts(run -> run.run().value())
          .texts(run -> run.executionOn().toString());
      update.executeUpdate();
    }
  }

  private static void writeCancelled(Connection connection, List<Cancelled> cancelled)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            update projections.transfer t
               set state = 'CANCELLED', ended_position = n.position, ended_at = n.recorded_at::timestamptz
              from unnest(?::text[], ?::bigint[], ?::text[], ?::text[])
                   as n(run, position, recorded_at, kept)
             where t.run = n.run and not t.id = any(string_to_array(n.kept, ' '))
            """)) {
      Bulk.of(connection, update, cancelled)
          .texts(run -> run.run().value())
          .longs(run -> run.recorded().position())
          .texts(run -> run.recorded().recordedAt().toString())
          .texts(run -> run.kept().stream().map(TransferId::value).collect(joining(" ")));
      update.executeUpdate();
    }
  }

  /**
   * A transfer may have several ends: paid and come back, or paid after a rejection. They are taken
   * one after the other.
   */
  private static void writeEnds(Connection connection, List<End> ends) throws SQLException {
    List<End> rest = ends;
    while (!rest.isEmpty()) {
      Map<TransferId, End> first = new LinkedHashMap<>();
      List<End> later = new ArrayList<>();
      for (End end : rest) {
        if (first.putIfAbsent(end.transfer(), end) != null) {
          later.add(end);
        }
      }
      writeOneEnd(connection, List.copyOf(first.values()));
      rest = later;
    }
  }

  private static void bind(Connection connection, PreparedStatement statement, List<End> ends)
      throws SQLException {
    Bulk.of(connection, statement, ends)
        .texts(end -> end.transfer().value())
        .texts(End::kind)
        .texts(end -> end.on().toString())
        .texts(End::reason)
        .longs(end -> end.recorded().position())
        .texts(end -> end.recorded().recordedAt().toString());
  }

  /**
   * @param ends of one transfer each
   */
  private static void writeOneEnd(Connection connection, List<End> ends) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into projections.transfer_end (transfer, position, kind, ended_on, reason, recorded_at)
                select n.id, n.position, n.kind, n.ended_on::date, n.reason, n.recorded_at::timestamptz
                  from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                       as n(id, kind, ended_on, reason, position, recorded_at)
                 where n.kind <> 'REINSTATED'
                """);
        PreparedStatement update =
            connection.prepareStatement(
                """
                update projections.transfer t
                   set state = case n.kind when 'RETURNED' then 'REJECTED'
                                           when 'REINSTATED' then 'IN_TRANSIT'
                                           when 'UNPAID' then 'IN_TRANSIT' else n.kind end,
                       ended_on = case when n.kind not in ('REINSTATED', 'UNPAID') then n.ended_on::date end,
                       reason = n.reason,
                       ended_position = case when n.kind not in ('REINSTATED', 'UNPAID') then n.position end,
                       ended_at = case when n.kind not in ('REINSTATED', 'UNPAID')
                                       then n.recorded_at::timestamptz end
                  from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                       as n(id, kind, ended_on, reason, position, recorded_at)
                 where t.id = n.id
                   and (t.state, n.kind) in (('IN_TRANSIT', 'PAID'), ('IN_TRANSIT', 'REJECTED'),
                                             ('PAID', 'RETURNED'), ('PAID', 'UNPAID'),
                                             ('REJECTED', 'REINSTATED'))
                """)) {
      bind(connection, insert, ends);
      insert.executeUpdate();
      // Its debit is booked after its end, or told no more, and changes nothing.
      List<End> changing =
          ends.stream()
              .filter(end -> !end.kind().equals("DEBITED") && !end.kind().equals("UNDEBITED"))
              .toList();
      bind(connection, update, changing);
      int ended = update.executeUpdate();
      if (ended != changing.size()) {
        throw new UnfoldableFactException(
            "%d of %d facts end a transfer that was not in transit"
                .formatted(changing.size() - ended, changing.size()));
      }
    }
  }
}
