package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** By which SIRETs a venue was identified, the last of which holds, and which one is proposed. */
final class Identifications {
  private final List<Recorded<VenueIdentified>> identified = new ArrayList<>();
  private @Nullable Recorded<VenueIdentificationProposed> proposed;
  private @Nullable Recorded<VenueIdentificationDropped> dropped;

  /**
   * @param position of the fact
   */
  record Recorded<F extends Fact>(F fact, long position) {
    /** To a command that is sent again: what it came to then. */
    Decision<Identification> answeredAsThen() {
      return new Decision.Known<>(
          position, recorded -> new Decision.Reply.Same<>(Identification.of(recorded)));
    }
  }

  void add(VenueIdentified fact, long position) {
    identified.add(new Recorded<>(fact, position));
    proposed = null;
  }

  void add(VenueIdentificationProposed fact, long position) {
    proposed = new Recorded<>(fact, position);
  }

  void add(VenueIdentificationDropped fact, long position) {
    proposed = null;
    dropped = new Recorded<>(fact, position);
  }

  /** Null until it is identified. */
  @Nullable Recorded<VenueIdentified> inForce() {
    return identified.isEmpty() ? null : identified.getLast();
  }

  /** How it was identified last in such a way, whatever was said since. */
  Optional<Recorded<VenueIdentified>> last(Predicate<VenueIdentified> way) {
    return identified.reversed().stream().filter(each -> way.test(each.fact())).findFirst();
  }

  /** Null unless a second person is to confirm it. */
  @Nullable Recorded<VenueIdentificationProposed> proposed() {
    return proposed;
  }

  /** Null if nothing was. */
  @Nullable Recorded<VenueIdentificationDropped> lastDropped() {
    return dropped;
  }
}
