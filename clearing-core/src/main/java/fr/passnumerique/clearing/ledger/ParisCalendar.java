package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.Actor;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calendar of the business: days begin at midnight in Paris, and each is recorded as it begins.
 * Two of them a year are not 24 hours long; {@code java.time} knows which.
 */
public final class ParisCalendar {
  public static final ZoneId ZONE = ZoneId.of("Europe/Paris");

  private static final Logger LOG = LoggerFactory.getLogger(ParisCalendar.class);

  private final Commands commands;
  private final Clock clock;

  public ParisCalendar(Commands commands, Clock clock) {
    this.commands = commands;
    this.clock = clock;
  }

  /** The day in Paris at an instant. */
  public static LocalDate dayOf(Instant instant) {
    return LocalDate.ofInstant(instant, ZONE);
  }

  /** The instant at which a day begins in Paris. */
  public static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  /** Records that today has begun, if it is not recorded yet. */
  public void openToday() {
    try {
      commands.send(new OpenDay(dayOf(clock.instant())), Actor.ENGINE);
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
