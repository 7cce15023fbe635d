package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.ledger.AppendFaults;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * What befalls a node: pauses between a decision and its record, so that others come between; lost
 * statements and lost answers; and its death at one of its statements.
 */
final class Disturbance implements AppendFaults {
  /** No node is killed by it. */
  static final int NEVER = Integer.MAX_VALUE;

  private final SplittableRandom random;
  private final boolean losses;
  private final int deadlyStatement;
  private final Counts counts;
  private final AtomicInteger statements = new AtomicInteger();

  /** Over all nodes of a round. */
  static class Counts {
    final AtomicInteger lostStatements = new AtomicInteger();
    final AtomicInteger lostAnswers = new AtomicInteger();
    final AtomicInteger kills = new AtomicInteger();
    final AtomicInteger freezes = new AtomicInteger();
    final AtomicInteger cuts = new AtomicInteger();

    void lostStatement() {
      lostStatements.incrementAndGet();
    }

    void lostAnswer() {
      lostAnswers.incrementAndGet();
    }
  }

  /**
   * @param losses whether the database is lost now and then
   * @param deadlyStatement counted from 1
   */
  Disturbance(long seed, boolean losses, int deadlyStatement, Counts counts) {
    this.random = new SplittableRandom(seed);
    this.losses = losses;
    this.deadlyStatement = deadlyStatement;
    this.counts = counts;
  }

  @Override
  public void afterDecision() {
    if (chance(0.4)) {
      LockSupport.parkNanos(upTo(3_000_000));
    }
  }

  @Override
  public void beforeStatement() {
    if (chance(0.2)) {
      LockSupport.parkNanos(upTo(2_000_000));
    }
    if (losses && chance(0.01)) {
      counts.lostStatement();
      throw lost();
    }
  }

  @Override
  public void afterStatement() {
    if (statements.incrementAndGet() == deadlyStatement) {
      counts.kills.incrementAndGet();
      throw new Killed();
    }
    if (losses && chance(0.03)) {
      counts.lostAnswer();
      throw lost();
    }
  }

  private synchronized boolean chance(double of) {
    return random.nextDouble() < of;
  }

  private synchronized long upTo(long nanos) {
    return random.nextLong(nanos);
  }

  static RuntimeException lost() {
    return sneaky(new SQLException("the connection broke", "08006"));
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  /** Ends the appender's thread as the end of its process would. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    static final String MESSAGE = "killed by the race";

    Killed() {
      super(MESSAGE, null, false, false);
    }
  }
}
