package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunId;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.projections.loop.Bulk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How far is each slip, and whom does each transfer pay? What lists need beside the histories.
 *
 * <p>How far a slip is follows from its transfers as the tables have them when a batch is written,
 * so that it is the same wherever batches end.
 */
final class PaymentLists {
  private record Judged(SlipJudged slip, long position) {
    String state() {
      if (slip.acceptedCount() == 0) {
        return "REJECTED";
      }
      return slip.acceptedCents() == 0 ? "WAIVED" : "ACCEPTED";
    }

    boolean withRejected() {
      return slip.acceptedCount() < slip.lines().size();
    }
  }

  private record OfVenue(
      VenueId venue, long openedPosition, TransferId transfer, int slips, long cents) {
    OfVenue with(SettlementRunOpened.PaidSlip slip) {
      return new OfVenue(
          venue, openedPosition, transfer, slips + 1, Math.addExact(cents, slip.cents()));
    }
  }

  private final List<Judged> judged = new ArrayList<>();
  private final List<Long> withdrawn = new ArrayList<>();
  private final List<OfVenue> ofVenues = new ArrayList<>();

  /** Those that began or ended. */
  private final List<TransferId> transfers = new ArrayList<>();

  private final List<SettlementRunId> cancelled = new ArrayList<>();

  void fold(RecordedFact recorded) {
    switch (recorded.fact()) {
      case SlipJudged f -> judged.add(new Judged(f, recorded.position()));
      case SlipWithdrawn f -> withdrawn.add(f.slip());
      case SettlementRunOpened f -> foldTransfers(f.transfers(), recorded.position());
      case SettlementRunContinued f -> foldTransfers(f.transfers(), recorded.position());
      case SettlementRunCancelled f when f.part() == 1 -> cancelled.add(f.run());
      case TransferConfirmed f -> transfers.add(f.transfer());
      case TransferExecuted f -> transfers.add(f.transfer());
      case TransferDebitTakenBack f -> transfers.add(f.transfer());
      case TransferExecutionTakenBack f -> transfers.add(f.transfer());
      case TransferReinstated f -> transfers.add(f.transfer());
      case TransferReturned f -> transfers.add(f.transfer());
      case TransferRejected f -> transfers.add(f.transfer());
      default -> {}
    }
  }

  private void foldTransfers(List<SettlementRunOpened.Transfer> ordered, long position) {
    for (SettlementRunOpened.Transfer transfer : ordered) {
      transfers.add(transfer.transfer());
      Map<VenueId, OfVenue> venues = new LinkedHashMap<>();
      for (SettlementRunOpened.PaidSlip slip : transfer.slips()) {
        venues.merge(
            slip.venue(),
            new OfVenue(slip.venue(), position, transfer.transfer(), 1, slip.cents()),
            (sum, _) -> sum.with(slip));
      }
      ofVenues.addAll(venues.values());
    }
  }

  /** After the transfers themselves. */
  void write(Connection connection) throws SQLException {
    if (!judged.isEmpty()) {
      writeJudged(connection);
    }
    if (!ofVenues.isEmpty()) {
      writeVenues(connection);
    }
    if (!transfers.isEmpty() || !cancelled.isEmpty()) {
      writePaid(connection);
    }
    if (!withdrawn.isEmpty()) {
      writeWithdrawn(connection);
    }
  }

  private void writeJudged(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.slip_state (position, venue, state, with_rejected, presented_at)
            select n.position, n.venue, n.state, n.with_rejected::boolean, n.presented_at::timestamptz
              from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
                   as n(position, venue, state, with_rejected, presented_at)
            """)) {
      Bulk.of(connection, insert, judged)
          .longs(Judged::position)
          .texts(of -> of.slip().venue().value())
          .texts(Judged::state)
          .texts(of -> String.valueOf(of.withRejected()))
          .texts(of -> of.slip().presentedAt().toString());
      insert.executeUpdate();
    }
  }

  private void writeVenues(Connection connection) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.transfer_venue (venue, opened_position, transfer, slips, cents)
            select * from unnest(?::text[], ?::bigint[], ?::text[], ?::integer[], ?::bigint[])
            """)) {
      Bulk.of(connection, insert, ofVenues)
          .texts(of -> of.venue().value())
          .longs(OfVenue::openedPosition)
          .texts(of -> of.transfer().value())
          .ints(OfVenue::slips)
          .longs(OfVenue::cents);
      insert.executeUpdate();
    }
  }

  /**
   * Of each programme of a slip the last transfer counts; one of a run that was cancelled never
   * was.
   */
  private void writePaid(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            with touched as (
              select p.slip_position from projections.transfer_slip p where p.transfer = any (?::text[])
               union
              select p.slip_position
                from projections.transfer t join projections.transfer_slip p on p.transfer = t.id
               where t.run = any (?::text[])),
            last as (
              select distinct on (p.slip_position, t.programme) p.slip_position, t.state
                from touched
                join projections.transfer_slip p on p.slip_position = touched.slip_position
                join projections.transfer t on t.id = p.transfer
               where t.state <> 'CANCELLED'
               order by p.slip_position, t.programme, t.opened_position desc, t.id desc),
            far as (
              select touched.slip_position,
                     case when bool_or(last.state = 'IN_TRANSIT') then 'IN_RUN'
                          when bool_or(last.state = 'REJECTED') then 'OWED_AGAIN'
                          when bool_or(last.state = 'PAID') then 'PAID' else 'ACCEPTED' end as state
                from touched left join last on last.slip_position = touched.slip_position
               group by 1)
            update projections.slip_state s
               set state = far.state
              from far
             where s.position = far.slip_position and s.state <> far.state
            """)) {
      update.setArray(
          1, connection.createArrayOf("text", transfers.stream().map(TransferId::value).toArray()));
      update.setArray(
          2,
          connection.createArrayOf(
              "text", cancelled.stream().map(SettlementRunId::value).toArray()));
      update.executeUpdate();
    }
  }

  private void writeWithdrawn(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update projections.slip_state set state = 'WITHDRAWN' where position = any"
                + " (?::bigint[])")) {
      update.setArray(1, connection.createArrayOf("bigint", withdrawn.toArray()));
      update.executeUpdate();
    }
  }
}
