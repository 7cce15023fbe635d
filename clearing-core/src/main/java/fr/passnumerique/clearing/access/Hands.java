package fr.passnumerique.clearing.access;

import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which accounts one person may act as: whoever makes an account, or a password or a key of it,
 * knows what it takes to be it.
 *
 * <p>Asked of the database each time, since it is asked a few times a day: what is kept in memory
 * would not know yet of a key that another node made a moment ago.
 */
public final class Hands {
  /** What to do about it, after who else is to be asked. */
  public static final String REMEDY =
      "who made neither account, nor a password or a key of it; a clerk's account that one clerk"
          + " made alone is its own once it has set a password itself (changePassword), which"
          + " revokes its keys of before, so that it makes another (createFirstKey)";

  private final JdbcClient jdbc;

  /**
   * @param dataSource with the rights of the clearing on the schema {@code access}
   */
  public Hands(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * Whether some person can act as this account and as one of the others: as the one that has the
   * other in hand, or as a third that has both, through however many accounts; also where it is one
   * of the others.
   */
  public boolean hold(Set<String> others, String account) {
    return jdbc.sql(
            """
            with recursive holder (of, account) as (
              select id, id from unnest(:all) as id
              union
              select holder.of, hand.by
              from holder join access.hand on hand.account = holder.account
            )
            select exists (
              select from holder mine join holder theirs using (account)
              where mine.of = :account and theirs.of = any (:others))
            """)
        .param("account", account)
        .param("others", others.toArray(String[]::new))
        .param("all", with(others, account))
        .query(Boolean.class)
        .single();
  }

  private static String[] with(Set<String> others, String account) {
    return Stream.concat(others.stream(), Stream.of(account)).toArray(String[]::new);
  }
}
