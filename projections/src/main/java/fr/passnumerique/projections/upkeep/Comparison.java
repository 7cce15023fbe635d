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
 * Where the new tables and those that answer differ: their sums, and behind each sum that differs
 * the rows.
 *
 * @param count of all differences
 * @param digest SHA-256 of all, in hexadecimal: by how much which figure differs, not what it comes
 *     to, so that it stays the same while facts are recorded that both fold alike; empty if none
 *     differs
 */
record Comparison(long count, String digest) {
  private static final int AT_ONCE = 1_000;

  /** Takes all differences, in order of table, key and position. */
  @FunctionalInterface
  interface Taker {
    void take(Difference difference) throws SQLException;
  }

  private static final class Told {
    private final MessageDigest digest = sha256();
    private final Taker taker;
    private long count;

    Told(Taker taker) {
      this.taker = taker;
    }

    void tell(Difference difference) throws SQLException {
      count++;
      digest.update(line(difference).getBytes(StandardCharsets.UTF_8));
      taker.take(difference);
    }
  }

  /**
   * @param connection whose transaction sees both at the same position
   */
  static Comparison of(Tables tables, Relocated anew, Connection connection, Taker taker)
      throws SQLException {
    Told told = new Told(taker);
    for (Tables.Sum sum : tables.sums()) {
      List<Difference> differing = sums(sum, anew, connection);
      if (differing.isEmpty()) {
        continue;
      }
      long before = told.count;
      if (!sum.rows().isEmpty()) {
        rows(sum, differing.stream().map(Difference::key).toList(), anew, connection, told);
      }
      if (told.count == before) {
        // A figure of its own, or a row that is there twice: no row explains it.
        for (Difference difference : differing) {
          told.tell(difference);
        }
      }
    }
    return new Comparison(
        told.count, told.count == 0 ? "" : HexFormat.of().formatHex(told.digest.digest()));
  }

  private static List<Difference> sums(Tables.Sum sum, Relocated anew, Connection connection)
      throws SQLException {
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
      select.setFetchSize(AT_ONCE);
      List<Difference> differing = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          differing.add(
              new Difference(
                  sum.table(),
                  found.getString(1),
                  null,
                  sum.rows().isEmpty() ? "cents" : "",
                  found.getBigDecimal(2),
                  found.getBigDecimal(3),
                  null,
                  null));
        }
      }
      return differing;
    }
  }

  /** Field by field; of a row that only one has, all its fields. */
  private static void rows(
      Tables.Sum sum, List<String> keys, Relocated anew, Connection connection, Told told)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with o as materialized (%s), n as materialized (%s),
                 d as (select coalesce(o.key, n.key) as key, coalesce(o.position, n.position) as position,
                              o.shown as o, n.shown as n
                         from o full join n on n.key = o.key and coalesce(n.position, -1) = coalesce(o.position, -1)
                        where o.compared is distinct from n.compared)
            select d.key, d.position, f.what, d.o ->> f.what, d.n ->> f.what,
                   jsonb_typeof(coalesce(nullif(d.o -> f.what, 'null'), d.n -> f.what)) = 'number'
              from d
             cross join lateral jsonb_object_keys(coalesce(d.o, '{}') || coalesce(d.n, '{}')) as f(what)
             where f.what <> 'position' and d.o ->> f.what is distinct from d.n ->> f.what
             order by d.key collate "C", d.position, f.what collate "C"
            """
                .formatted(sum.rows(), anew.sql(sum.rows())))) {
      select.setArray(1, RebuildRun.texts(connection, keys));
      select.setArray(2, RebuildRun.texts(connection, keys));
      select.setFetchSize(AT_ONCE);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          String before = found.getString(4);
          String after = found.getString(5);
          boolean number = found.getBoolean(6);
          told.tell(
              new Difference(
                  sum.table(),
                  found.getString(1),
                  found.getObject(2, Long.class),
                  found.getString(3),
                  number && before != null ? new BigDecimal(before) : null,
                  number && after != null ? new BigDecimal(after) : null,
                  number ? null : before,
                  number ? null : after));
        }
      }
    }
  }

  private static String line(Difference d) {
    BigDecimal by = orZero(d.after()).subtract(orZero(d.before())).stripTrailingZeros();
    boolean noBefore = d.before() == null && d.textBefore() == null;
    boolean noAfter = d.after() == null && d.textAfter() == null;
    return String.join(
            "\t",
            d.source(),
            d.key(),
            String.valueOf(d.position()),
            d.what(),
            noBefore ? "only new" : noAfter ? "only old" : "both",
            by.toPlainString(),
            String.valueOf(d.textBefore()),
            String.valueOf(d.textAfter()))
        + '\n';
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
