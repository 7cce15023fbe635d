package fr.passnumerique.projections.upkeep;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.upkeep.FactSetAside;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.ProjectionStatus;
import fr.passnumerique.projections.loop.SetAside;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.upkeep.ProjectionLag.PassedOver;
import fr.passnumerique.projections.upkeep.ProjectionLag.Retry;
import fr.passnumerique.projections.upkeep.ProjectionLag.State;
import fr.passnumerique.projections.upkeep.ProjectionLag.Stop;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * How far every projection is behind, whichever node folds it: told by the rows that are written
 * with the tables.
 */
public final class Lags {
  private static final String REMEDY =
      "run a release that takes it, or have two people set it aside (setFactAside); when a release"
          + " takes it, have two people take that back (liftFactAside) and ask for a rebuild"
          + " (rebuildProjection), which folds it";

  private final Snapshot snapshot;
  private final LedgerReader ledger;
  private final SetAside setAside;
  private final ProjectionRunners runners;
  private final Clock clock;

  private record Row(
      String name,
      long position,
      @Nullable Instant recordedAt,
      long stoppedAt,
      String stoppedReason) {}

  /** Both as of one moment. */
  private record Read(List<Row> rows, List<Rebuild> rebuilds) {}

  /**
   * @param runners of this node, which know what they are trying again
   */
  public Lags(DataSource reader, LedgerReader ledger, ProjectionRunners runners, Clock clock) {
    this.snapshot = new Snapshot(reader);
    this.ledger = ledger;
    this.setAside = new SetAside(ledger);
    this.runners = runners;
    this.clock = clock;
  }

  /** By name. */
  public List<ProjectionLag> read() {
    Read read =
        snapshot.read(
            connection ->
                new Read(
                    rows(connection),
                    Rebuilds.read(
                        connection,
                        "where state not in ('SWITCHED', 'ABANDONED') order by number")));
    // After the rows: they are never ahead of it.
    long head = ledger.head();
    Map<String, ProjectionStatus> here = new HashMap<>();
    runners.statuses().forEach(status -> here.put(status.name(), status));
    Map<String, Map<Long, SetAside.Signed>> aside =
        setAside.of(read.rows().stream().map(Row::name).toList());
    return read.rows().stream()
        .map(
            row ->
                lag(
                    row,
                    head,
                    aside.getOrDefault(row.name(), Map.of()),
                    Optional.ofNullable(here.get(row.name())),
                    read.rebuilds().stream()
                        .filter(rebuild -> rebuild.projection().equals(row.name()))
                        .findFirst()))
        .toList();
  }

  private ProjectionLag lag(
      Row row,
      long head,
      Map<Long, SetAside.Signed> aside,
      Optional<ProjectionStatus> here,
      Optional<Rebuild> rebuild) {
    Instant now = clock.instant();
    Optional<LedgerRow> oldest =
        row.position() >= head
            ? Optional.empty()
            : ledger.readRows(row.position(), 1).stream().findFirst();
    List<PassedOver> passedOver = aside.values().stream().map(Lags::passedOver).toList();
    long lag = Math.max(0, head - row.position());
    long ahead = passedOver.stream().filter(a -> a.position() > row.position()).count();
    Instant waitingSince = oldest.map(LedgerRow::recordedAt).orElse(null);
    return new ProjectionLag(
        row.name(),
        state(row, here, rebuild),
        row.position(),
        row.recordedAt(),
        head,
        lag,
        Math.max(0, lag - ahead),
        waitingSince,
        waitingSince == null ? 0 : Math.max(0, Duration.between(waitingSince, now).toSeconds()),
        row.stoppedAt() == 0
            ? null
            : new Stop(row.stoppedAt(), typeAt(row.stoppedAt()), row.stoppedReason(), REMEDY),
        row.stoppedAt() > 0 || here.isEmpty() ? null : retry(here.get()),
        rebuild.map(r -> Progress.of(r, now)).orElse(null),
        passedOver);
  }

  private static @Nullable Retry retry(ProjectionStatus here) {
    Instant since = here.retryingSince();
    return since == null ? null : new Retry(since, here.retries(), here.reason());
  }

  private static PassedOver passedOver(SetAside.Signed signed) {
    FactSetAside aside = signed.fact();
    return new PassedOver(
        aside.position(), aside.reason(), aside.proposedBy(), aside.by(), signed.liftedAt());
  }

  private static State state(Row row, Optional<ProjectionStatus> here, Optional<Rebuild> rebuild) {
    if (row.stoppedAt() > 0) {
      return State.STOPPED;
    }
    if (here.filter(s -> s.state() == ProjectionStatus.State.RETRYING).isPresent()) {
      return State.RETRYING;
    }
    return rebuild.isPresent() ? State.REBUILDING : State.RUNNING;
  }

  private String typeAt(long position) {
    return ledger.readRows(position - 1, 1).stream().findFirst().map(LedgerRow::type).orElse("");
  }

  private static List<Row> rows(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement(
                """
                select name, position, recorded_at, stopped_at, stopped_reason
                  from projections.projection order by name
                """);
        ResultSet found = select.executeQuery()) {
      List<Row> rows = new ArrayList<>();
      while (found.next()) {
        OffsetDateTime recordedAt = found.getObject(3, OffsetDateTime.class);
        rows.add(
            new Row(
                found.getString(1),
                found.getLong(2),
                recordedAt == null ? null : recordedAt.toInstant(),
                found.getLong(4),
                found.getString(5)));
      }
      return rows;
    }
  }
}
