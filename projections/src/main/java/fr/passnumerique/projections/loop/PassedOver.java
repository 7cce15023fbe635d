package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.ledger.RecordedFact;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/**
 * Lists the facts that a projection's tables leave out, in the transaction that moves its position.
 * Not what is signed, which the ledger tells: what is signed may be taken back, and the tables hold
 * the fact only once they were folded anew.
 */
public final class PassedOver {
  /** The tables of now. Those of a rebuild have its number, those that it replaced that below 0. */
  static final long ANSWERING = 0;

  private PassedOver() {}

  /**
   * @param generation {@link #ANSWERING}, or the number of a rebuild
   * @param batch facts, of which those that are set aside are left out
   */
  public static void note(
      String projection,
      long generation,
      List<RecordedFact> batch,
      Map<Long, SetAside.Signed> setAside,
      Connection connection)
      throws SQLException {
    if (setAside.isEmpty()) {
      return;
    }
    for (RecordedFact recorded : batch) {
      SetAside.Signed signed = setAside.get(recorded.position());
      if (signed != null) {
        try (PreparedStatement insert =
            connection.prepareStatement(
                "insert into projections.passed_over values (?, ?, ?, ?, ?, ?) on conflict do"
                    + " nothing")) {
          insert.setString(1, projection);
          insert.setLong(2, generation);
          insert.setLong(3, recorded.position());
          insert.setString(4, recorded.fact().getClass().getSimpleName());
          insert.setLong(5, signed.position());
          insert.setObject(6, signed.at().atOffset(ZoneOffset.UTC));
          insert.executeUpdate();
        }
      }
    }
  }

  /**
   * With the tables.
   *
   * @param rebuild its number
   * @param kept whether those that it replaces can be read from then on
   */
  public static void replace(String projection, long rebuild, boolean kept, Connection connection)
      throws SQLException {
    if (kept) {
      move(projection, ANSWERING, -rebuild, connection);
    } else {
      try (PreparedStatement forget =
          connection.prepareStatement(
              "delete from projections.passed_over where projection = ? and generation = ?")) {
        forget.setString(1, projection);
        forget.setLong(2, ANSWERING);
        forget.executeUpdate();
      }
    }
    move(projection, rebuild, ANSWERING, connection);
  }

  private static void move(String projection, long from, long to, Connection connection)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update projections.passed_over set generation = ? where projection = ? and generation"
                + " = ?")) {
      update.setLong(1, to);
      update.setString(2, projection);
      update.setLong(3, from);
      update.executeUpdate();
    }
  }
}
