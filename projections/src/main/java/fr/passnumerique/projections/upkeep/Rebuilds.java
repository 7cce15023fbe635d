package fr.passnumerique.projections.upkeep;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.projections.loop.Relocated;
import fr.passnumerique.projections.loop.Snapshot;
import fr.passnumerique.projections.loop.Tables;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The list of rebuilds, as it stands in the database: any node tells of all of them. */
public final class Rebuilds {
  private static final String COLUMNS =
      """
      number, id, projection, state, stopped_at, asked_by, asked_at, position, target, facts, lines, fold_millis,
      complete_millis, compare_millis, switch_millis, compared_position, differences, digest, differs_from, kept, ended_at, reason
      """;

  private final Snapshot snapshot;

  /**
   * A figure, or another field of a row, that differs.
   *
   * @param source the table
   * @param key which row: an account by its own words, a batch and ordinal, an identifier
   * @param position of the fact that the row is of; null if it is of no single one
   * @param what which field of the row, cents where its name says so; empty for a sum or checksum
   *     that no row explains
   * @param before as the answering tables have it; null if they do not have the row, or it is no
   *     number
   * @param after as the new tables have it, likewise
   * @param textBefore as {@code before}, of what is no number
   * @param textAfter as {@code after}, of what is no number
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Difference(
      String source,
      String key,
      @Nullable Long position,
      String what,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after,
      @Nullable String textBefore,
      @Nullable String textAfter) {}

  /**
   * @param reader of the schema {@code projections}
   */
  public Rebuilds(DataSource reader) {
    this.snapshot = new Snapshot(reader);
  }

  public Optional<Rebuild> find(String id) {
    return snapshot.read(connection -> read(connection, "where id = ?", id).stream().findFirst());
  }

  /** The last ones, the newest first. */
  public List<Rebuild> latest(int limit) {
    return snapshot.read(connection -> read(connection, "order by number desc limit " + limit));
  }

  /** Those that wait for two people: one of each projection at most. */
  public List<Rebuild> differing() {
    return snapshot.read(
        connection -> read(connection, "where state = 'DIFFERS' order by projection"));
  }

  /** The first differences of the last comparison, in order of table, key and position. */
  public List<Difference> differences(Rebuild rebuild, int limit) {
    return differences(rebuild, 0, limit);
  }

  /**
   * @param after so many are left out at the beginning
   */
  public List<Difference> differences(Rebuild rebuild, int after, int limit) {
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select source, key, position, what, before, after, text_before, text_after
                    from projections.rebuild_difference
                   where number = ? and place > ? order by place limit ?
                  """)) {
            select.setLong(1, rebuild.number());
            select.setInt(2, after);
            select.setInt(3, limit);
            List<Difference> differences = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
              while (found.next()) {
                differences.add(
                    new Difference(
                        found.getString(1),
                        found.getString(2),
                        found.getObject(3, Long.class),
                        found.getString(4),
                        found.getBigDecimal(5),
                        found.getBigDecimal(6),
                        found.getString(7),
                        found.getString(8)));
              }
            }
            return differences;
          }
        });
  }

  /** A sum as it was shown before a rebuild took the tables' place. */
  public record Figure(String key, BigDecimal sum) {}

  /**
   * The sums of a table that was replaced and kept, in order of key.
   *
   * @param after key, exclusive; empty for the beginning
   */
  List<Figure> replaced(Rebuild rebuild, Tables tables, Tables.Sum sum, String after, int limit) {
    Relocated before = new Relocated(rebuild.schemaBefore(), tables.names());
    return snapshot.read(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  """
                  select f.key, f.sum from (%s) f
                   where f.key collate "C" > ? order by f.key collate "C" limit ?
                  """
                      .formatted(before.sql(sum.sql())))) {
            select.setString(1, after);
            select.setInt(2, limit);
            List<Figure> figures = new ArrayList<>();
            try (ResultSet found = select.executeQuery()) {
              while (found.next()) {
                figures.add(new Figure(found.getString(1), found.getBigDecimal(2)));
              }
            }
            return figures;
          }
        });
  }

  static List<Rebuild> read(Connection connection, String where, Object... values)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select " + COLUMNS + " from projections.rebuild " + where)) {
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 1, values[i]);
      }
      List<Rebuild> rebuilds = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          rebuilds.add(
              new Rebuild(
                  found.getLong("number"),
                  found.getString("id"),
                  found.getString("projection"),
                  Rebuild.State.valueOf(found.getString("state")),
                  found.getLong("stopped_at"),
                  found.getString("asked_by"),
                  found.getObject("asked_at", OffsetDateTime.class).toInstant(),
                  found.getLong("position"),
                  found.getLong("target"),
                  found.getLong("facts"),
                  found.getLong("lines"),
                  found.getLong("fold_millis"),
                  found.getLong("complete_millis"),
                  found.getLong("compare_millis"),
                  found.getLong("switch_millis"),
                  found.getLong("compared_position"),
                  found.getLong("differences"),
                  found.getString("digest"),
                  found.getObject("differs_from", Long.class),
                  found.getBoolean("kept"),
                  instant(found.getObject("ended_at", OffsetDateTime.class)),
                  found.getString("reason")));
        }
      }
      return rebuilds;
    }
  }

  private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
