package fr.passnumerique.clearing.notices;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Up to which position each account has seen its notices. It never goes back. */
final class SeenNotices {
  private final JdbcClient jdbc;

  SeenNotices(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /** 0 for an account that has seen none. */
  long until(String account) {
    return jdbc.sql("select until from access.notices_seen where account = :account")
        .param("account", account)
        .query(Long.class)
        .optional()
        .orElse(0L);
  }

  /** What was seen stays seen: a lower position, from a page that stood open, changes nothing. */
  void mark(String account, long until) {
    jdbc.sql(
            """
            insert into access.notices_seen (account, until) values (:account, :until)
            on conflict (account) do update set until = excluded.until
            where notices_seen.until < excluded.until
            """)
        .param("account", account)
        .param("until", until)
        .update();
  }
}
