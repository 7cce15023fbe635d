package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.util.Optional;
import java.util.Set;

/**
 * It is known now of which establishment a venue is that was listed without a SIRET. It keeps its
 * name, its label and what it earned, and can be paid from now on; lists that name it by the SIRET
 * describe the same venue. A later one corrects the one before: what was judged and paid until then
 * stays as it is, and the former SIRET is anybody's again.
 *
 * @param siret 14 digits, of no other venue
 * @param identifiedBy the account that recorded it, or proposed the correction
 * @param replaces the SIRET that was wrong; empty of the first
 * @param confirmedBy another account; empty of the first, which one person records
 */
public record VenueIdentified(
    VenueId venue,
    String siret,
    String identifiedBy,
    @LeftOutWhenEmpty Optional<String> replaces,
    @LeftOutWhenEmpty Optional<String> confirmedBy)
    implements Fact {

  /** For the first time. */
  public VenueIdentified(VenueId venue, String siret, String identifiedBy) {
    this(venue, siret, identifiedBy, Optional.empty(), Optional.empty());
  }

  /** Of the venue, and of the one that a list would make of the SIRET. */
  @Override
  public Set<String> tags() {
    return Set.of("venue:" + venue, "venue:" + siret);
  }
}
