package fr.passnumerique.projections.histories;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Standing;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Which organisations presented cheques that they handed out themselves? */
public final class ConflictsOfInterest {
  private final Snapshot snapshot;

  /**
   * @param position of the last fact in it, 0 before the first
   * @param cases newest first
   * @param next what to ask for as {@code before} to go on; left out on the last page
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Page(
      long position, @Nullable Instant recordedAt, List<Case> cases, @Nullable Long next) {}

  /**
   * @param position of the slip's fact
   * @param line of the slip, from 1
   * @param prescriber that handed the cheque out
   * @param accepted whether the programme flags such lines; it refuses them otherwise
   * @param withdrawn whether the slip was withdrawn since
   */
  public record Case(
      long position,
      Instant recordedAt,
      String venue,
      String slip,
      int line,
      String cheque,
      String prescriber,
      boolean accepted,
      boolean withdrawn) {}

  /**
   * @param dataSource of the schema {@code projections}
   */
  public ConflictsOfInterest(DataSource dataSource) {
    this.snapshot = new Snapshot(dataSource);
  }

  /**
   * Whole slips: a page is longer than {@code limit} rather than ending within one.
   *
   * @param before position below which to begin
   */
  public Page read(long before, int limit) {
    return snapshot.read(
        connection -> {
          Standing standing = Standing.of(HistoriesProjection.NAME, connection);
          List<Case> cases = new ArrayList<>();
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select c.position, s.recorded_at, s.venue, s.reference, c.line, c.serial, c.prescriber, c.accepted,
                         exists (select from projections.claim r
                                  where r.chunk = c.serial / 512 and r.releases = c.position)
                    from projections.conflict_of_interest c
                    join projections.slip s on s.position = c.position
                   where c.position < ?
                   order by c.position desc, c.line
                   fetch first ? rows only
                  """)) {
            select.setLong(1, before);
            select.setInt(2, limit + MOST_LINES);
            try (ResultSet found = select.executeQuery()) {
              while (found.next()) {
                long position = found.getLong(1);
                if (cases.size() >= limit && cases.getLast().position() != position) {
                  return new Page(
                      standing.position(),
                      standing.recordedAt(),
                      List.copyOf(cases),
                      cases.getLast().position());
                }
                cases.add(
                    new Case(
                        position,
                        found.getObject(2, OffsetDateTime.class).toInstant(),
                        found.getString(3),
                        found.getString(4),
                        found.getInt(5),
                        Serial.ofKey(found.getLong(6)).toString(),
                        found.getString(7),
                        found.getBoolean(8),
                        found.getBoolean(9)));
              }
            }
          }
          return new Page(standing.position(), standing.recordedAt(), List.copyOf(cases), null);
        });
  }

  /** A slip has no more lines; one row beyond them tells that there is a next page. */
  private static final int MOST_LINES = 1_001;
}
