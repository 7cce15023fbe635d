package fr.passnumerique.clearing.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Up while the ledger's table answers. Tells whether a commit is on disk when it is answered
 * ({@code durable}): a server that answers earlier is up, and may lose what was acknowledged.
 *
 * <p>Down soon where it does not answer at all: a pool waits longer for a connection than a
 * balancer waits for health. However often it is asked meanwhile, one look is under way, and that
 * for no longer than its patience: one that a network swallowed would know nothing of a database
 * that answers again.
 */
final class DatabaseHealth implements HealthIndicator {
  private final Supplier<DataSource> dataSource;
  private final String server;
  private final Duration patience;
  private @Nullable FutureTask<Health> look;
  private long beganNanos;

  /**
   * @param server of which kind, for whoever reads
   * @param patience until it is down
   */
  DatabaseHealth(Supplier<DataSource> dataSource, String server, Duration patience) {
    this.dataSource = dataSource;
    this.server = server;
    this.patience = patience;
  }

  @Override
  public Health health() {
    try {
      return looking().get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | CancellationException e) {
      return Health.down()
          .withDetail("reason", "the database did not answer in %s".formatted(patience))
          .build();
    } catch (ExecutionException e) {
      return Health.down(Objects.requireNonNullElse(e.getCause(), e)).build();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Health.down(e).build();
    }
  }

  private synchronized Future<Health> looking() {
    FutureTask<Health> now = look;
    if (now != null && !now.isDone() && System.nanoTime() - beganNanos < patience.toNanos()) {
      return now;
    }
    if (now != null) {
      // Of a virtual thread this also closes the socket from which it reads.
      now.cancel(true);
    }
    FutureTask<Health> next = new FutureTask<>(this::look);
    look = next;
    beganNanos = System.nanoTime();
    Thread.ofVirtual().name("database-health").start(next);
    return next;
  }

  private Health look() {
    try (Connection connection = dataSource.get().getConnection();
        var statement = connection.createStatement()) {
      // Where nobody asks again, a network that swallows what is said would keep it for ever.
      connection.setNetworkTimeout(Runnable::run, (int) patience.toMillis());
      try (var rows =
          statement.executeQuery(
              """
              select current_setting('server_version') as version,
                     coalesce((select max(position) from ledger.event), 0) as head
              """)) {
        rows.next();
        return Health.up()
            .withDetail("server", server)
            .withDetail("version", rows.getString("version"))
            .withDetail("durable", Database.durable(connection))
            .withDetail("head", rows.getLong("head"))
            .build();
      }
    } catch (SQLException e) {
      return Health.down(e).build();
    }
  }
}
