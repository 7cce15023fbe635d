package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.PageSize;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The administration trail. A line is written in the transaction of what it tells, so that neither
 * is there without the other; nobody who serves requests may change or delete one.
 *
 * <p>Beside the ledger, not in it: the ledger tells of money and cheques to whoever checks it,
 * funders too, and whoever may log in is none of theirs.
 */
public final class Administration {
  static final int LONGEST_PAGE = 1000;

  private final JdbcClient jdbc;
  private final Clock clock;

  /**
   * @param by the account that did it, or {@code engine}
   * @param detail a role, a key's or a session's identifier, a number; empty where there is none
   */
  public record Line(long id, Instant at, Act act, String account, String by, String detail) {}

  /**
   * @param next what the next page, of older lines, begins before; empty on the last
   */
  public record Lines(List<Line> lines, Optional<Long> next) {}

  /**
   * @param dataSource with the rights of the clearing on the schema {@code access}
   */
  public Administration(DataSource dataSource, Clock clock) {
    this.jdbc = JdbcClient.create(dataSource);
    this.clock = clock;
  }

  void note(Act act, String account, String by, String detail) {
    jdbc.sql(
            """
            insert into access.administration (at, act, account, by, detail)
            values (:now, :act, :account, :by, :detail)
            """)
        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
        .param("act", act.name())
        .param("account", account)
        .param("by", by)
        .param("detail", detail)
        .update();
  }

  /**
   * The newest first.
   *
   * @param account whose changes; null for everybody's
   * @param before null for the newest
   * @param limit 1 to {@value #LONGEST_PAGE}
   */
  public Lines newest(@Nullable String account, @Nullable Long before, int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    List<Line> found =
        jdbc.sql(
                """
                select * from access.administration
                where id < :before and (cast(:account as text) is null or account = :account)
                order by id desc limit :limit
                """)
            .param("before", before == null ? Long.MAX_VALUE : before)
            .param("account", account)
            .param("limit", limit + 1)
            .query(
                (row, _) -> {
                  Timestamp at = row.getTimestamp("at");
                  return new Line(
                      row.getLong("id"),
                      at.toInstant(),
                      Act.valueOf(row.getString("act")),
                      row.getString("account"),
                      row.getString("by"),
                      row.getString("detail"));
                })
            .list();
    boolean more = found.size() > limit;
    return new Lines(
        found.stream().limit(limit).toList(),
        more ? Optional.of(found.get(limit - 1).id()) : Optional.empty());
  }
}
