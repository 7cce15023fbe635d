package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.funding.AgreementSigned.Share;
import fr.passnumerique.clearing.funding.AgreementTerms;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.projections.loop.Bulk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What each funder of an agreement committed itself to, version by version. */
final class Commitments {
  private Commitments() {}

  /**
   * A funder's part of an agreement.
   *
   * @param preFinancier empty for a prepaid share
   */
  record Commitment(int basisPoints, long ceilingCents, String terms, String preFinancier) {}

  private record Row(long position, String agreement, Share share) {}

  static void write(Connection connection, List<RecordedFact> facts) throws SQLException {
    List<Row> rows = new ArrayList<>();
    for (RecordedFact recorded : facts) {
      if (recorded.fact() instanceof AgreementTerms terms) {
        terms
            .shares()
            .forEach(
                share -> rows.add(new Row(recorded.position(), terms.agreement().value(), share)));
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            """
            insert into projections.commitment
                   (agreement, position, funder, basis_points, ceiling_cents, terms, pre_financier)
            select * from unnest(?::text[], ?::bigint[], ?::text[], ?::int[], ?::bigint[], ?::text[], ?::text[])
            """)) {
      Bulk.of(connection, insert, rows)
          .texts(Row::agreement)
          .longs(Row::position)
          .texts(r -> r.share().funder().value())
          .ints(r -> r.share().basisPoints())
          .longs(r -> r.share().ceilingCents())
          .texts(r -> r.share().terms().name())
          .texts(r -> r.share().preFinancier().map(Object::toString).orElse(""));
      insert.executeUpdate();
    }
  }

  /**
   * By funder, as the last version recorded until a position has it. An amendment counts from when
   * it is recorded, also before the first order under it: it is what the funders signed.
   */
  static Map<String, Commitment> at(long position, String agreement, Connection connection)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            select funder, basis_points, ceiling_cents, terms, pre_financier
              from projections.commitment
             where agreement = ?
               and position = (select max(position) from projections.commitment where agreement = ? and position <= ?)
            """)) {
      select.setString(1, agreement);
      select.setString(2, agreement);
      select.setLong(3, position);
      try (ResultSet found = select.executeQuery()) {
        Map<String, Commitment> commitments = new TreeMap<>();
        while (found.next()) {
          commitments.put(
              found.getString(1),
              new Commitment(
                  found.getInt(2), found.getLong(3), found.getString(4), found.getString(5)));
        }
        return commitments;
      }
    }
  }
}
