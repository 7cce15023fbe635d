package fr.passnumerique.projections.loop;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must be known of an answer beside its figures: which facts they leave out though they are
 * recorded, and which other figures were shown for the same moment.
 *
 * @param shownBefore the rebuild whose replaced tables answer; left out where those of now do
 * @param passedOver facts up to the answer's position that two people set aside and that its tables
 *     do not hold; left out if there are none
 * @param otherFiguresBefore rebuilds that replaced other figures, those of this answer's position
 *     among them, the oldest first: asked for with {@code shownBefore} they are shown again, where
 *     they are kept. One of which it is not known from which position on figures differ is named of
 *     all until its own
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Caveats(
    @Nullable String shownBefore,
    List<PassedOver> passedOver,
    List<OtherFigures> otherFiguresBefore) {

  /** Of an answer that was read in two parts. */
  public static @Nullable Caveats both(@Nullable Caveats one, @Nullable Caveats other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return new Caveats(
        one.shownBefore,
        Stream.concat(one.passedOver.stream(), other.passedOver.stream()).distinct().toList(),
        Stream.concat(one.otherFiguresBefore.stream(), other.otherFiguresBefore.stream())
            .distinct()
            .toList());
  }

  /**
   * @param position of the fact that is left out
   * @param fact its type
   * @param signedAt position of the fact by which two people set it aside
   * @param since when that was recorded, UTC
   */
  public record PassedOver(
      String projection, long position, String fact, long signedAt, Instant since) {}

  /**
   * @param rebuild that replaced them
   * @param until the last position of which they were shown; of those that are not kept, the one at
   *     which two people accepted what differed
   * @param kept whether {@code shownBefore} shows them again: not those of which this installation
   *     has the acceptance alone, as from a ledger that it took over
   */
  public record OtherFigures(String rebuild, long until, boolean kept) {}

  /**
   * @param position of the answer
   * @param replaced whose tables answer; null for those of now
   * @param projections whose tables the answer is made of
   * @return null if there is nothing to say
   */
  static @Nullable Caveats of(
      Connection connection, long position, @Nullable Generation replaced, String... projections)
      throws SQLException {
    List<PassedOver> passedOver =
        passedOver(connection, position, replaced == null ? 0 : replaced.number(), projections);
    List<OtherFigures> others =
        replaced == null ? others(connection, position, projections) : List.of();
    return replaced == null && passedOver.isEmpty() && others.isEmpty()
        ? null
        : new Caveats(replaced == null ? null : replaced.rebuild(), passedOver, others);
  }

  /** What was replaced is one projection's: the tables of the others are those of now. */
  private static List<PassedOver> passedOver(
      Connection connection, long position, long rebuild, String... projections)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select projection, position, fact, signed_at, signed_on from projections.passed_over
             where generation = case projection
                                  when (select r.projection from projections.rebuild r where r.number = ?)
                                  then -?::bigint
                                  else 0 end
               and position <= ? and projection = any (?)
             order by position, projection
            """)) {
      select.setLong(1, rebuild);
      select.setLong(2, rebuild);
      select.setLong(3, position);
      select.setArray(4, connection.createArrayOf("text", projections));
      try (ResultSet found = select.executeQuery()) {
        List<PassedOver> facts = new ArrayList<>();
        while (found.next()) {
          facts.add(
              new PassedOver(
                  found.getString(1),
                  found.getLong(2),
                  found.getString(3),
                  found.getLong(4),
                  found.getObject(5, OffsetDateTime.class).toInstant()));
        }
        return facts;
      }
    }
  }

  /**
   * Those that the ledger alone tells were there first. An acceptance is accounted for by a rebuild
   * of the same projection only: ids are free text, and one of another says nothing of it.
   */
  private static List<OtherFigures> others(
      Connection connection, long position, String... projections) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select o.id, o.until, o.kept
              from (select id, compared_position as until, projection, number, true as kept,
                           coalesce(differs_from, 0) as since
                      from projections.rebuild where state = 'SWITCHED' and kept
                    union all
                    select a.rebuild, a.position, a.projection, 0, false, 0
                      from projections.differences_accepted a
                     where not exists (select from projections.rebuild r
                                        where r.id = a.rebuild and r.projection = a.projection)) o
             where o.projection = any (?) and ? between o.since and o.until
             order by o.number, o.until, o.id
            """)) {
      select.setArray(1, connection.createArrayOf("text", projections));
      select.setLong(2, position);
      try (ResultSet found = select.executeQuery()) {
        List<OtherFigures> others = new ArrayList<>();
        while (found.next()) {
          others.add(new OtherFigures(found.getString(1), found.getLong(2), found.getBoolean(3)));
        }
        return others;
      }
    }
  }
}
