package fr.passnumerique.projections.upkeep;

import fr.passnumerique.projections.upkeep.Rebuilds.Difference;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import javax.sql.DataSource;

/**
 * Writes all that differs, as it is found and however much it is, in the place of what differed
 * before. On a connection of its own: that which compares gives up what it holds where something
 * differs.
 */
final class DifferencesKept implements Comparison.Taker, AutoCloseable {
  private static final int AT_ONCE = 1_000;

  private final long number;
  private final Connection connection;
  private final PreparedStatement insert;
  private int place;

  DifferencesKept(long number, DataSource dataSource) throws SQLException {
    this.number = number;
    this.connection = dataSource.getConnection();
    connection.setAutoCommit(false);
    try (PreparedStatement delete =
        connection.prepareStatement(
            "delete from projections.rebuild_difference where number = ?")) {
      delete.setLong(1, number);
      delete.executeUpdate();
    }
    insert =
        connection.prepareStatement(
            """
            insert into projections.rebuild_difference
                   (number, place, source, key, position, what, before, after, text_before, text_after)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """);
  }

  @Override
  public void take(Difference difference) throws SQLException {
    insert.setLong(1, number);
    insert.setInt(2, ++place);
    insert.setString(3, difference.source());
    insert.setString(4, difference.key());
    insert.setObject(5, difference.position(), Types.BIGINT);
    insert.setString(6, difference.what());
    insert.setBigDecimal(7, difference.before());
    insert.setBigDecimal(8, difference.after());
    insert.setString(9, difference.textBefore());
    insert.setString(10, difference.textAfter());
    insert.addBatch();
    if (place % AT_ONCE == 0) {
      insert.executeBatch();
    }
  }

  /** Nothing is kept where this is not called. */
  void keep() throws SQLException {
    insert.executeBatch();
    connection.commit();
  }

  @Override
  public void close() throws SQLException {
    try {
      connection.rollback();
    } finally {
      insert.close();
      connection.close();
    }
  }
}
