package fr.passnumerique.projections.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a projection writes, for whoever folds it anew beside the tables that answer. SQL names the
 * tables as the fold does, in the schema {@code projections}.
 *
 * @param names in an order in which they can be filled; no other projection writes them
 * @param growing those that the fold only adds to and never reads, when it writes in bulk: they
 *     have no key and no index until all is folded
 * @param seeds statements that give the tables what they hold before the first fact
 * @param finishing statements that turn what was written in bulk into what would have been written
 *     fact by fact, before there are keys; run again after a kill they change nothing
 * @param sums what must be the same in both before one takes the other's place
 */
public record Tables(
    List<String> names,
    Set<String> growing,
    List<String> seeds,
    List<String> finishing,
    List<Sum> sums) {

  /** Of the fact that a row is of; null in a table that has no such column. */
  private static final String POSITION = "(to_jsonb(t) ->> 'position')::bigint";

  /** Of a projection that cannot be rebuilt beside itself. */
  public static final Tables NONE =
      new Tables(List.of(), Set.of(), List.of(), List.of(), List.of());

  /**
   * Sums of one table.
   *
   * @param table that a difference is told of
   * @param sql gives {@code grouped text, key text, sum numeric}: a key is there once; several sums
   *     may be of one group of rows
   * @param rows of the groups whose sums differ, which it reads from {@code differing (grouped)}:
   *     gives {@code grouped text, key text, position bigint, since bigint, alone bigint, compared
   *     jsonb, shown jsonb}; a row differs if what is compared does, and is told by the fields
   *     shown; no answer as of a position before {@code since} is made of it, or of any if that is
   *     null; where the other tables have no such row, none of theirs before {@code alone} is
   *     another for want of it
   * @param carried whether what is too much in one group is so in all that follow, as in a running
   *     balance: rows told of any group are why, else only those of the group itself
   */
  public record Sum(String table, String sql, String rows, boolean carried) {}

  public Tables {
    names = List.copyOf(names);
    growing = Set.copyOf(growing);
    seeds = List.copyOf(seeds);
    finishing = List.copyOf(finishing);
    sums = List.copyOf(sums);
  }

  public static Tables of(String... names) {
    return new Tables(List.of(names), Set.of(), List.of(), List.of(), List.of());
  }

  public Tables growing(String... tables) {
    return new Tables(names, Set.of(tables), seeds, finishing, sums);
  }

  public Tables seededBy(String sql) {
    return new Tables(names, growing, with(seeds, sql), finishing, sums);
  }

  public Tables finishedBy(String sql) {
    return new Tables(names, growing, seeds, with(finishing, sql), sums);
  }

  public Tables summed(String table, String sql, String rows) {
    return summed(new Sum(table, sql, rows, false));
  }

  /** As {@link Sum#carried}. */
  public Tables summedRunning(String table, String sql, String rows) {
    return summed(new Sum(table, sql, rows, true));
  }

  private Tables summed(Sum sum) {
    return new Tables(names, growing, seeds, finishing, with(sums, sum));
  }

  /**
   * Compares a table row by row: the sum is a checksum of the whole row, so that any column that
   * differs shows. For tables of some hundred thousand rows at most.
   *
   * @param key SQL expression that tells a row from all others
   */
  public Tables comparedByRow(String table, String key) {
    return comparedByRow(table, key, POSITION);
  }

  /**
   * The same of rows that answer for every moment, also before the fact at their position: they are
   * those of now.
   */
  public Tables comparedByRowOfNow(String table, String key) {
    return comparedByRow(table, key, "null::bigint");
  }

  private Tables comparedByRow(String table, String key, String since) {
    return summed(
        table,
        "select %1$s as grouped, %1$s as key, hashtextextended(t::text, 0)::numeric as sum from projections.%2$s t"
            .formatted(key, table),
        rows(table, key, key, since));
  }

  /**
   * Compares a table of many rows by groups of them: a checksum of all rows of a group.
   *
   * @param key SQL expression that groups rows
   * @param row SQL expression that tells a row from all others
   */
  public Tables comparedByGroup(String table, String key, String row) {
    return summed(
        table,
        """
        select %1$s as grouped, %1$s as key, sum(hashtextextended(t::text, 0)::numeric) as sum
          from projections.%2$s t group by 1
        """
            .formatted(key, table),
        rows(table, key, row, POSITION));
  }

  private static String rows(String table, String group, String row, String since) {
    return """
    select %1$s as grouped, %2$s as key, %4$s as position, %5$s as since, %5$s as alone,
           to_jsonb(t) as compared, to_jsonb(t) as shown
      from projections.%3$s t where %1$s in (select grouped from differing)
    """
        .formatted(group, row, table, POSITION, since);
  }

  public boolean isEmpty() {
    return names.isEmpty();
  }

  private static <T> List<T> with(List<T> before, T one) {
    List<T> all = new ArrayList<>(before);
    all.add(one);
    return all;
  }
}
