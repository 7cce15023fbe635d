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
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where the new tables and those that answer differ: their sums, and behind each sum that differs
 * the rows.
 *
 * @param count of all differences
 * @param digest SHA-256 of all, in hexadecimal: by how much which figure differs, not what it comes
 *     to, so that it stays the same while facts are recorded that both fold alike; empty if none
 *     differs
 * @param from the first position as of which an answer may differ; null if that is not known of one
 *     of the differences, or there are none
 */
record Comparison(long count, String digest, @Nullable Long from) {
  private static final int AT_ONCE = 1_000;

  /** Takes all differences, in order of table, group, key and position. */
  @FunctionalInterface
  interface Taker {
    void take(Difference difference) throws SQLException;
  }

  private static final class Told {
    private final MessageDigest digest = sha256();
    private final Taker taker;
    private long count;
    private @Nullable Long from = Long.MAX_VALUE;

    Told(Taker taker) {
      this.taker = taker;
    }

    void tell(Difference difference, @Nullable Long since) throws SQLException {
      count++;
      from = from == null || since == null ? null : Long.valueOf(Math.min(from, since));
      digest.update(line(difference).getBytes(StandardCharsets.UTF_8));
      taker.take(difference);
    }
  }

  /**
   * However much differs, it is told as it is read: neither here nor in an array that is sent is
   * all of it held at once.
   *
   * @param connection whose transaction sees both at the same position; not one that commits by
   *     itself, which would read all at once
   */
  static Comparison of(Tables tables, Relocated anew, Connection connection, Taker taker)
      throws SQLException {
    Told told = new Told(taker);
    for (Tables.Sum sum : tables.sums()) {
      compare(sum, anew, connection, told);
    }
    return told.count == 0
        ? new Comparison(0, "", null)
        : new Comparison(told.count, HexFormat.of().formatHex(told.digest.digest()), told.from);
  }

  /**
   * Field by field; of a row that only one has, all its fields, and so of one that it has once more
   * than the other. A group that no row explains is told by its sums.
   */
  private static void compare(Tables.Sum sum, Relocated anew, Connection connection, Told told)
      throws SQLException {
    // The planner takes blocks of positions for as many as positions: it would sort for them, and
    // think them dear to hand from one processor to another. Not so of rows, whose statement may
    // sort several times, each with as much memory.
    execute("set local work_mem to '256MB'; set local parallel_tuple_cost to 0", connection);
    // A table of its own: rows are not looked at where no sum differs, and sums not taken twice.
    execute(
        """
        create temporary table differing_sum on commit drop as
        select coalesce(o.grouped, n.grouped) as grouped, coalesce(o.key, n.key) as key, o.sum as before, n.sum as after
          from (%s) o full join (%s) n on n.key = o.key
         where o.sum is distinct from n.sum
        """
            .formatted(sum.sql(), anew.sql(sum.sql())),
        connection);
    execute("set local work_mem to default; set local parallel_tuple_cost to default", connection);
    if (any(connection)) {
      execute("analyze differing_sum", connection);
      tell(sum, anew, connection, told);
    }
    execute("drop table pg_temp.differing_sum", connection);
  }

  private static boolean any(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select exists (select from pg_temp.differing_sum)");
        ResultSet found = select.executeQuery()) {
      found.next();
      return found.getBoolean(1);
    }
  }

  private static void tell(Tables.Sum sum, Relocated anew, Connection connection, Told told)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            """
            with differing as materialized (select distinct grouped from pg_temp.differing_sum),
                 o as materialized (
                   select r.*, row_number() over (partition by r.key, r.position order by r.compared) as copy
                     from (%s) r),
                 n as materialized (
                   select r.*, row_number() over (partition by r.key, r.position order by r.compared) as copy
                     from (%s) r),
                 told as materialized (
                   select coalesce(o.grouped, n.grouped) as grouped, coalesce(o.key, n.key) as key,
                          coalesce(o.position, n.position) as position,
                          case when n.key is null then o.alone when o.key is null then n.alone
                               else least(o.since, n.since) end as since, f.what,
                          o.shown ->> f.what as before, n.shown ->> f.what as after,
                          jsonb_typeof(coalesce(nullif(o.shown -> f.what, 'null'), n.shown -> f.what)) = 'number' as number
                     from o full join n on n.key = o.key and n.copy = o.copy
                                       and coalesce(n.position, -1) = coalesce(o.position, -1)
                    cross join lateral jsonb_object_keys(coalesce(o.shown, '{}') || coalesce(n.shown, '{}')) as f(what)
                    where o.compared is distinct from n.compared
                      and f.what <> 'position' and o.shown ->> f.what is distinct from n.shown ->> f.what)
            select d.grouped, d.key, d.position, d.what, d.before, d.after, d.number, d.since
              from (select * from told
                    union all
                    select s.grouped, s.key, null, null, '', s.before::text, s.after::text, true from pg_temp.differing_sum s
                     where not exists (select from told t where ? or t.grouped = s.grouped)) d
             order by d.grouped collate "C", d.key collate "C", d.position, d.what collate "C"
            """
                .formatted(sum.rows(), anew.sql(sum.rows())))) {
      select.setBoolean(1, sum.carried());
      select.setFetchSize(AT_ONCE);
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          String before = found.getString(5);
          String after = found.getString(6);
          boolean number = found.getBoolean(7);
          told.tell(
              new Difference(
                  sum.table(),
                  found.getString(2),
                  found.getObject(3, Long.class),
                  found.getString(4),
                  number && before != null ? new BigDecimal(before) : null,
                  number && after != null ? new BigDecimal(after) : null,
                  number ? null : before,
                  number ? null : after),
              found.getObject(8, Long.class));
        }
      }
    }
  }

  private static void execute(String sql, Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
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
