package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Days begin at midnight in {@link Paris}, and each is recorded as it begins. */
public final class ParisCalendar {
  private static final Logger LOG = LoggerFactory.getLogger(ParisCalendar.class);

  private final Commands commands;
  private final Clock clock;

  public ParisCalendar(Commands commands, Clock clock) {
    this.commands = commands;
    this.clock = clock;
  }

  /** Records that today has begun, if it is not recorded yet. */
  public void openToday() {
    try {
      commands.send(new OpenDay(Paris.dayOf(clock.instant())), Actor.ENGINE);
    } catch (LedgerUnavailableException e) {
      // A node that stands by leaves it to the writer; the writer asks again at the next tick.
      LOG.debug("the day is not recorded by this node now: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the ticks without a word, and no further midnight would be
      // recorded.
      LOG.error("the day could not be recorded; the next tick tries again", e);
    }
  }
}
