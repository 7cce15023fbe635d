package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.context.SmartLifecycle;

/**
 * All projections of this node, each on its own thread: one that stops leaves the others running.
 */
public final class ProjectionRunners implements SmartLifecycle {
  private static final int NOT_FOUND = 404;

  private final LedgerReader ledger;
  private final List<ProjectionRunner> runners;
  private final DataSource dataSource;
  private volatile boolean running;

  /**
   * @param projections by the names of which each is known
   * @param sources where they read
   * @param dataSource of the schema {@code projections}, as a role that may write it
   */
  public ProjectionRunners(
      Collection<Projection> projections,
      FactSources sources,
      LedgerReader ledger,
      DataSource dataSource,
      Clock clock,
      MeterRegistry meters) {
    this.ledger = ledger;
    this.dataSource = dataSource;
    SetAside setAside = new SetAside(ledger);
    runners =
        projections.stream()
            .map(
                projection ->
                    new ProjectionRunner(
                        projection,
                        sources,
                        ledger::known,
                        () -> setAside.of(projection.name()),
                        dataSource,
                        clock,
                        meters,
                        ProjectionRunner.Pace.USUAL))
            .toList();
  }

  public List<ProjectionStatus> statuses() {
    return runners.stream().map(ProjectionRunner::status).toList();
  }

  /**
   * Lets whoever recorded a fact read its consequence: waits until these projections hold the
   * ledger's present head. One that is stopped, further behind than the time allows, or runs on
   * another node is answered from as it stands; every answer tells its position.
   *
   * @return the ledger's head at the call, or a later one that these projections hold
   */
  public long awaitHead(Duration atMost, String... projections) {
    long head;
    try {
      head = ledger.head();
    } catch (LedgerUnavailableException e) {
      return 0;
    }
    long known = head;
    long end = System.nanoTime() + atMost.toNanos();
    try {
      for (ProjectionRunner runner : runners) {
        if (List.of(projections).contains(runner.name())) {
          runner.awaitPosition(head, Duration.ofNanos(Math.max(0, end - System.nanoTime())));
          known = Math.max(known, runner.position());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return known;
  }

  /**
   * Looks up what may be in these projections' tables. What is not there is looked up again once
   * they are known to hold the whole ledger: one that catches up between the look-up and the
   * question how far it is would else have it denied. What is there at once costs no such question.
   *
   * @param what with its identifier
   * @throws Problem as {@link #absent} says
   */
  public <T> T present(Supplier<Optional<T>> lookUp, String what, String... projections) {
    Optional<T> found = lookUp.get();
    if (found.isPresent()) {
      return found.get();
    }
    Problem absent = absent(what, projections);
    if (absent.status() != NOT_FOUND) {
      throw absent;
    }
    return lookUp.get().orElseThrow(() -> absent);
  }

  /** The same of what is only known to be there. */
  public void require(BooleanSupplier isThere, String what, String... projections) {
    present(() -> isThere.getAsBoolean() ? Optional.of(what) : Optional.empty(), what, projections);
  }

  /**
   * What to answer for something that is in none of these projections' tables: that it does not
   * exist, or, where one of them does not hold the whole ledger yet, that this cannot be told now.
   *
   * @param what with its identifier
   * @return to be thrown
   */
  public Problem absent(String what, String... projections) {
    for (String projection : projections) {
      if (isBehind(projection)) {
        return Problem.behind(what, "projection " + projection);
      }
    }
    return Problem.notFound(what);
  }

  private boolean isBehind(String projection) {
    try (Connection connection = dataSource.getConnection()) {
      long head = ledger.head();
      return Standing.of(projection, connection).position() < head;
    } catch (SQLException | LedgerUnavailableException e) {
      return true;
    }
  }

  @Override
  public void start() {
    running = true;
    runners.forEach(ProjectionRunner::start);
  }

  @Override
  public void stop() {
    runners.parallelStream().forEach(ProjectionRunner::close);
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the ledger and before the web server opens; stopped in the opposite order. */
  @Override
  public int getPhase() {
    return 0;
  }
}
