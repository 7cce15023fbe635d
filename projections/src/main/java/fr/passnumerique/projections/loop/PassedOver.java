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
    try (PreparedStatement aside =
        connection.prepareStatement(
            kept
                ? "update projections.passed_over set generation = - ?::bigint where projection ="
                    + " ? and generation = 0"
                : "delete from projections.passed_over where ?::bigint > 0 and projection = ? and"
                    + " generation = 0")) {
      aside.setLong(1, rebuild);
      aside.setString(2, projection);
      aside.executeUpdate();
    }
    try (PreparedStatement in =
        connection.prepareStatement(
            "update projections.passed_over set generation = 0 where projection = ? and generation"
                + " = ?")) {
      in.setString(1, projection);
      in.setLong(2, rebuild);
      in.executeUpdate();
    }
  }
}
