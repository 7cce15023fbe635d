package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Ownership;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.ledger.ReadLock;
import fr.passnumerique.clearing.venues.VenueId;
import org.jspecify.annotations.Nullable;

/** The venues whose slips and transfers can be asked for. */
final class ListedVenues {
  private final SettlementRegister register;
  private final ReadLock registers;

  ListedVenues(SettlementRegister register, ReadLock registers) {
    this.register = register;
    this.registers = registers;
  }

  /**
   * Whose rows are told: a venue's own, whatever it asks for.
   *
   * @param asked null for all
   * @return null for all
   * @throws Problem 404 if there is no such venue
   */
  @Nullable VenueId whose(Actor actor, @Nullable VenueId asked) {
    return Ownership.whose(
        actor,
        Role.VENUE,
        asked,
        VenueId::new,
        venue -> Problem.requireKnown(registers, "venue " + venue, () -> register.isListed(venue)));
  }
}
