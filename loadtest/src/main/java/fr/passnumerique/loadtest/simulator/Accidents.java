package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.ledger.AppendFaults;
import fr.passnumerique.loadtest.model.Step.Accident;
import java.sql.SQLException;
import java.util.SplittableRandom;
import java.util.UUID;

/** What befalls the node, as the story wants it, and the identifiers that it draws. */
final class Accidents implements AppendFaults {
  private final SplittableRandom ids;
  private volatile Accident next = Accident.NONE;
  private volatile Runnable meanwhile = () -> {};

  Accidents(long seed) {
    ids = new SplittableRandom(seed);
  }

  /** At the record that comes next, once. */
  void expect(Accident accident) {
    next = accident;
  }

  /** After the decision that comes next, once. */
  void meanwhile(Runnable something) {
    meanwhile = something;
  }

  @Override
  public void afterDecision() {
    Runnable something = meanwhile;
    meanwhile = () -> {};
    something.run();
  }

  @Override
  public void beforeStatement() {
    switch (next) {
      case STATEMENT_LOST -> lose();
      case KILLED_BEFORE -> kill();
      default -> {}
    }
  }

  @Override
  public void afterStatement() {
    switch (next) {
      case ANSWER_LOST -> lose();
      case KILLED_AFTER -> kill();
      default -> {}
    }
  }

  private void lose() {
    next = Accident.NONE;
    throw sneaky(new SQLException("the connection broke", "08006"));
  }

  private void kill() {
    next = Accident.NONE;
    throw new Killed();
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> RuntimeException sneaky(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Override
  public UUID eventId() {
    return new UUID(ids.nextLong(), ids.nextLong());
  }

  /** Ends the appender's thread as the end of its process would. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed by the story", null, false, false);
    }
  }
}
