package fr.passnumerique.clearing.ledger;

import java.time.LocalDate;
import java.util.Set;

/**
 * A day began in Paris. Keeps an idle ledger answerable: an instant before the head names one
 * position.
 */
public record DayOpened(LocalDate day) implements Fact {
  static final String TAG = "day:";

  @Override
  public Set<String> tags() {
    return Set.of(TAG);
  }
}
