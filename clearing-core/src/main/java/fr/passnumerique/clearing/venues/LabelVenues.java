package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Command;
import java.time.LocalDate;
import java.util.List;

/**
 * A committee's decision to label venues: all of it is recorded, or nothing.
 *
 * @param which the venues
 * @param labelledFrom first day on which their services are payable, Europe/Paris
 * @param decision reference of the committee's decision
 */
public record LabelVenues(Which which, LocalDate labelledFrom, String decision)
    implements Command<VenuesLabelled> {

  /** Whom a decision names. */
  public sealed interface Which {}

  /** These. One that another decision labelled already is refused. */
  public record These(List<VenueId> venues) implements Which {
    public These {
      venues = List.copyOf(venues);
    }
  }

  /**
   * All that lists of this label describe. Those that another decision labelled stay as they are.
   */
  public record AllOf(String source) implements Which {}
}
