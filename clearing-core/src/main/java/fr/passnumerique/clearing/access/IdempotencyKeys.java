package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which request each account's key came with first.
 *
 * <p>Not what was answered: whoever sends a request again is answered by the command, which knows
 * what it recorded by the identifiers in the body. So the table says nothing that could be wrong
 * after a crash between a commit and its answer, and costs a request without a key nothing.
 */
final class IdempotencyKeys {
  /** Of the database's clock, as every wait; a compressed demo would forget at once. */
  static final Duration KEPT = Duration.ofDays(30);

  /** Of the outdated ones, each new one takes so many away. */
  private static final int TAKEN_AWAY = 20;

  private final JdbcClient jdbc;

  /** What a key came with first. */
  private record First(String operation, String request, UUID name, Instant at) {}

  IdempotencyKeys(DataSource dataSource) {
    this.jdbc = JdbcClient.create(dataSource);
  }

  /**
   * Holds the key to the request, if none held it. Of two different requests at once, one holds it.
   *
   * @param operation method and address, with the names of the variables
   * @param request keyed digest of the whole request
   * @return a name that is the same each time that this request comes with this key
   * @throws Problem 422 {@code IDEMPOTENCY_KEY_REUSED} if another request came with it before
   */
  UUID hold(String account, IdempotencyKey key, String operation, String request) {
    byte[] digest = key.digest();
    Optional<UUID> held =
        jdbc.sql(
                """
                insert into access.idempotency_key as held (account, key, operation, request)
                values (:account, :key, :operation, :request)
                on conflict (account, key) do update
                set operation = excluded.operation, request = excluded.request,
                    name = excluded.name, first_at = excluded.first_at
                where held.first_at < excluded.first_at - make_interval(days => :days)
                returning name
                """)
            .param("account", account)
            .param("key", digest)
            .param("operation", operation)
            .param("request", request)
            .param("days", (int) KEPT.toDays())
            .query(UUID.class)
            .optional();
    if (held.isPresent()) {
      takeOutdatedAway();
      return held.get();
    }
    // In a statement of its own: that of the insert does not see what another one has just held.
    First first =
        jdbc.sql(
                """
                select operation, request, name, first_at from access.idempotency_key
                where account = :account and key = :key
                """)
            .param("account", account)
            .param("key", digest)
            .query(
                (row, _) ->
                    new First(
                        row.getString("operation"),
                        row.getString("request"),
                        row.getObject("name", UUID.class),
                        row.getTimestamp("first_at").toInstant()))
            .single();
    if (!first.request().equals(request)) {
      throw reused(first);
    }
    return first.name();
  }

  /** A day later than they stop to count, so that none is taken away beneath who reads it. */
  private void takeOutdatedAway() {
    jdbc.sql(
            """
            delete from access.idempotency_key
            where (account, key) in (
              select account, key from access.idempotency_key
              where first_at < now() - make_interval(days => :days)
              order by first_at limit :most
              for update skip locked)
            """)
        .param("days", (int) KEPT.toDays() + 1)
        .param("most", TAKEN_AWAY)
        .update();
  }

  private static Problem reused(First first) {
    String message =
        "the key in %s came first, at %s, with another request: %s"
            .formatted(
                IdempotencyKey.HEADER,
                first.at().truncatedTo(ChronoUnit.SECONDS),
                first.operation());
    String remedy =
        "send the first request again, byte by byte, to be answered as it was; send any other one"
            + " with a key of its own";
    return new Problem(
        422,
        "IDEMPOTENCY_KEY_REUSED",
        message + "; " + remedy,
        List.of(Problem.Fault.of(IdempotencyKey.HEADER, "", message, remedy)));
  }
}
