package fr.passnumerique.projections.loop;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The tables of a projection that a rebuild with other sums replaced. They are kept, whole and with
 * the position at which they stood, so that every question that was put to them is answered again
 * as it was: as of any position, instant or business day until then.
 *
 * @param number of the rebuild
 * @param rebuild by its id
 * @param tables reads them in the place of those that answer
 */
public record Generation(long number, String rebuild, Relocated tables) {
  private static final String NOT_HERE =
      "two people accepted that other figures, shown until position %s, be replaced, and this"
          + " installation does not have them";

  /**
   * @param projections of any of which it may be
   * @param reader of the schema {@code projections}
   * @return empty if there is no such rebuild of them, or none whose sums differed
   */
  public static Optional<Generation> find(
      String rebuild, Collection<String> projections, DataSource reader) {
    return new Snapshot(reader)
        .read(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      """
                      select r.number, n.nspname, c.relname
                        from projections.rebuild r
                        join pg_namespace n on n.nspname = projections.before_schema(r.number)
                        join pg_class c on c.relnamespace = n.oid and c.relkind = 'r'
                       where r.id = ? and r.projection = any (?) and r.state = 'SWITCHED' and r.kept
                      """)) {
                select.setString(1, rebuild);
                select.setArray(2, connection.createArrayOf("text", projections.toArray()));
                return read(rebuild, select);
              }
            });
  }

  /**
   * Why the tables that a rebuild with other sums replaced are kept no more.
   *
   * @return empty if they are, or there were none
   */
  public static Optional<String> whyNotKept(
      String rebuild, Collection<String> projections, DataSource reader) {
    return new Snapshot(reader)
        .read(
            connection -> {
              try (PreparedStatement select =
                  connection.prepareStatement(
                      """
                      select reason from projections.rebuild
                       where id = ? and projection = any (?) and state = 'SWITCHED' and not kept and reason <> ''
                      union all
                      select format(?, a.position) from projections.differences_accepted a
                       where a.rebuild = ? and a.projection = any (?)
                         and not exists (select from projections.rebuild r
                                          where r.id = a.rebuild and r.projection = a.projection)
                      """)) {
                Array any = connection.createArrayOf("text", projections.toArray());
                select.setString(1, rebuild);
                select.setArray(2, any);
                select.setString(3, NOT_HERE);
                select.setString(4, rebuild);
                select.setArray(5, any);
                try (ResultSet found = select.executeQuery()) {
                  return found.next() ? Optional.of(found.getString(1)) : Optional.empty();
                }
              }
            });
  }

  private static Optional<Generation> read(String rebuild, PreparedStatement select)
      throws SQLException {
    // Those that are there, and its position: a release since may write others.
    List<String> tables = new ArrayList<>();
    long number = 0;
    String schema = "";
    try (ResultSet found = select.executeQuery()) {
      while (found.next()) {
        number = found.getLong(1);
        schema = found.getString(2);
        tables.add(found.getString(3));
      }
    }
    return tables.isEmpty()
        ? Optional.empty()
        : Optional.of(new Generation(number, rebuild, new Relocated(schema, tables)));
  }

  Connection on(Connection connection) {
    return tables.on(connection);
  }
}
