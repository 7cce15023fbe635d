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

  /** Of a projection that cannot be rebuilt beside itself. */
  public static final Tables NONE =
      new Tables(List.of(), Set.of(), List.of(), List.of(), List.of());

  /**
   * Sums of one table.
   *
   * @param table that a difference is told of
   * @param sql gives {@code key text, sum numeric}; a key is there once
   * @param rows of what is behind sums that differ, by an array of their keys: gives {@code key
   *     text, position bigint, compared jsonb, shown jsonb}; a row differs if what is compared
   *     does, and is told by the fields shown; empty where a sum is a figure of its own, in cents
   */
  public record Sum(String table, String sql, String rows) {}

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

  public Tables summed(String table, String sql) {
    return summed(table, sql, "");
  }

  public Tables summed(String table, String sql, String rows) {
    return new Tables(names, growing, seeds, finishing, with(sums, new Sum(table, sql, rows)));
  }

  /**
   * Compares a table row by row: the sum is a checksum of the whole row, so that any column that
   * differs shows. For tables of some hundred thousand rows at most.
   *
   * @param key SQL expression that tells a row from all others
   */
  public Tables comparedByRow(String table, String key) {
    return summed(
        table,
        "select %s as key, hashtextextended(t::text, 0)::numeric as sum from projections.%s t"
            .formatted(key, table),
        rows(table, key, key));
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
        select %s as key, sum(hashtextextended(t::text, 0)::numeric) as sum from projections.%s t group by 1
        """
            .formatted(key, table),
        rows(table, key, row));
  }

  private static String rows(String table, String group, String row) {
    return """
    select %s as key, (to_jsonb(t) ->> 'position')::bigint as position, to_jsonb(t) as compared,
           to_jsonb(t) as shown
      from projections.%s t where %s = any (?)
    """
        .formatted(row, table, group);
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
