package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Logins in browsers: which there are, and ending them. What is ended is refused from its next
 * request on, on another node within a second.
 */
public final class Sessions {
  /** As long as the container keeps one that asks for nothing, and the minute of its last look. */
  static final Duration LAPSES_AFTER = Duration.ofMinutes(31);

  private static final String KEPT = "6 months";
  private static final int LONGEST_AGENT = 300;

  private final JdbcClient jdbc;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final Administration trail;
  private final WhoAsks whoAsks;

  Sessions(DataSource dataSource, Clock clock, Administration trail, WhoAsks whoAsks) {
    this.jdbc = JdbcClient.create(dataSource);
    this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
    this.clock = clock;
    this.trail = trail;
    this.whoAsks = whoAsks;
  }

  /** A login succeeded in a browser. */
  SignedIn begin(SignedIn signedIn, String address, String agent) {
    String id = UUID.randomUUID().toString();
    jdbc.sql(
            """
            with old as (
              delete from access.session where last_seen_at < :now - cast(:kept as interval)
            )
            insert into access.session
              (id, account, began_at, last_seen_at, address, agent, factor_shown)
            values (:id, :account, :now, :now, :address, :agent, :factorShown)
            """)
        .param("id", id)
        .param("account", signedIn.actor().account())
        .param("now", now())
        .param("kept", KEPT)
        .param("address", address)
        .param("agent", readable(agent))
        .param("factorShown", signedIn.factorShown())
        .update();
    return signedIn.in(id);
  }

  private static String readable(String agent) {
    String text = agent.replaceAll("[\\p{Cntrl}]", "").strip();
    return text.substring(0, Math.min(text.length(), LONGEST_AGENT));
  }

  /** The owner's that count, the one that asks first, then the last seen. */
  public List<Session> own(SignedIn by) {
    return of(by.actor().account(), by.session());
  }

  /**
   * Those of an account that count, the last seen first.
   *
   * @param asking the session that asks, where it is one of them: it counts whatever the clock says
   */
  List<Session> of(String account, @Nullable String asking) {
    return jdbc.sql(
            """
            select * from access.session
            where account = :account and ended_at is null
              and (last_seen_at > :lapsed or id = :asking)
            order by id = :asking desc, last_seen_at desc, id
            """)
        .param("account", account)
        .param("asking", Objects.requireNonNullElse(asking, ""))
        .param("lapsed", now().minus(LAPSES_AFTER))
        .query(
            (row, _) ->
                new Session(
                    row.getString("id"),
                    row.getTimestamp("began_at").toInstant(),
                    row.getTimestamp("last_seen_at").toInstant(),
                    row.getString("address"),
                    row.getString("agent"),
                    row.getBoolean("factor_shown"),
                    row.getString("id").equals(asking)))
        .list();
  }

  /**
   * Those of an account that count, for a clerk or an auditor.
   *
   * @throws Problem 404 if there is no such account
   */
  public List<Session> of(String account, SignedIn asks) {
    requireAccount(account);
    return of(account, asks.session());
  }

  /**
   * Ends one of an account; again is the same.
   *
   * @throws Problem 404 if the account has no such session
   */
  public void end(String account, String session, SignedIn by) {
    boolean there =
        jdbc.sql(
                """
                select exists (
                  select from access.session where id = :session and account = :account)
                """)
            .param("session", session)
            .param("account", account)
            .query(Boolean.class)
            .single();
    if (!there) {
      throw Problem.notFound("session " + Problem.shown(session));
    }
    endThose("id = :which", session, account, session, by);
  }

  /**
   * Ends all of the one that asks but its own.
   *
   * @throws Problem 422 {@code LOGIN_REQUIRED} for an API key, of which all are others: whoever
   *     stole it would log its owner out again and again
   */
  public void endOthers(SignedIn by) {
    String own = by.session();
    if (own == null) {
      throw new Problem(
          422,
          "LOGIN_REQUIRED",
          "an API key has no session of its own that would stay",
          "log in and end them there, or end one by one (endMySession)");
    }
    endThose("id <> :which", own, by.actor().account(), "OTHERS", by);
  }

  /**
   * Ends all of an account, the one that asks too.
   *
   * @throws Problem 404 if there is no such account
   */
  public void endAll(String account, SignedIn by) {
    requireAccount(account);
    endThose("id <> :which", "", account, "ALL", by);
  }

  /** Those that have lapsed by the engine's clock too: the container goes by another. */
  private void endThose(
      String condition, String which, String account, String detail, SignedIn by) {
    transaction.executeWithoutResult(
        _ -> {
          whoAsks.oneAtATime();
          int ended =
              jdbc.sql(
                      """
                      update access.session set ended_at = :now
                      where account = :account and ended_at is null and %s
                      """
                          .formatted(condition))
                  .param("now", now())
                  .param("account", account)
                  .param("which", which)
                  .update();
          if (ended > 0) {
            trail.note(Act.SESSION_ENDED, account, by.actor().account(), detail);
          }
        });
    whoAsks.somethingChanged();
  }

  /**
   * Its owner logs out: the browser's own session goes with it, here, so that no other node has to
   * be told. Deleted rather than ended, or each logout would have all nodes forget what they know.
   */
  void left(SignedIn signedIn) {
    String own = signedIn.session();
    if (own != null) {
      jdbc.sql("delete from access.session where id = :id").param("id", own).update();
      whoAsks.left(own);
    }
  }

  private void requireAccount(String account) {
    boolean there =
        jdbc.sql("select exists (select from access.account where id = :id)")
            .param("id", account)
            .query(Boolean.class)
            .single();
    if (!there) {
      throw Problem.notFound("account " + Problem.shown(account));
    }
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
