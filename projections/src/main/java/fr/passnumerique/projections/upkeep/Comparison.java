package fr.passnumerique.projections.upkeep;

import fr.passnumerique.projections.loop.Relocated;
import fr.passnumerique.projections.loop.Tables;
import fr.passnumerique.projections.upkeep.Rebuilds.Difference;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the sums of the new tables and of those that answer differ.
 *
 * @param first in order of source and key, {@value #SHOWN} at most
 * @param count of all
 * @param digest SHA-256 of all, in hexadecimal: by how much which sum differs, not what it comes
 *     to, so that it stays the same while facts are recorded that both fold alike; empty if none
 *     differs
 */
record Comparison(List<Difference> first, long count, String digest) {
  static final int SHOWN = 1_000;

  /**
   * @param connection whose transaction sees both at the same position
   */
  static Comparison of(Tables tables, Relocated anew, Connection connection) throws SQLException {
    List<Difference> first = new ArrayList<>();
    long count = 0;
    MessageDigest digest = sha256();
    for (Tables.Sum sum : tables.sums()) {
      try (PreparedStatement select =
          connection.prepareStatement(
              """
              with o as materialized (%s), n as materialized (%s)
              select coalesce(o.key, n.key) as key, o.sum, n.sum
                from o full join n on n.key = o.key
               where o.sum is distinct from n.sum
               order by coalesce(o.key, n.key) collate "C"
              """
                  .formatted(sum.sql(), anew.sql(sum.sql())))) {
        select.setFetchSize(SHOWN);
        try (ResultSet found = select.executeQuery()) {
          while (found.next()) {
            Difference difference =
                new Difference(
                    sum.table(),
                    found.getString(1),
                    found.getBigDecimal(2),
                    found.getBigDecimal(3));
            count++;
            digest.update(line(difference).getBytes(StandardCharsets.UTF_8));
            if (first.size() < SHOWN) {
              first.add(difference);
            }
          }
        }
      }
    }
    return new Comparison(
        first, count, count == 0 ? "" : HexFormat.of().formatHex(digest.digest()));
  }

  private static String line(Difference d) {
    BigDecimal by = orZero(d.after()).subtract(orZero(d.before())).stripTrailingZeros();
    String where = d.before() == null ? "only new" : d.after() == null ? "only old" : "both";
    return d.source() + '\t' + d.key() + '\t' + where + '\t' + by.toPlainString() + '\n';
  }

  private static BigDecimal orZero(@Nullable BigDecimal sum) {
    return sum == null ? BigDecimal.ZERO : sum;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
