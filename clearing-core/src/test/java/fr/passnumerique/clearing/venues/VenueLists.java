package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import java.util.List;
import java.util.Optional;

/** Venues as lists describe them, for tests that ask only that there are some. */
public final class VenueLists {
  private VenueLists() {}

  public static VenueListed listed(VenueId venue, String source) {
    return listed(venue, source, IdentifiedBy.SIRET);
  }

  public static VenueListed listed(VenueId venue, String source, IdentifiedBy by) {
    return new VenueListed(
        venue,
        by,
        "Lieu",
        by == IdentifiedBy.SIRET,
        List.of(
            new PointOfService(
                new PointOfServiceId("p-" + venue),
                "Lieu",
                "1 rue",
                "16000",
                "Angoulême",
                "16015",
                new Departement("16"),
                false,
                Optional.empty(),
                Optional.empty(),
                List.of())),
        Optional.empty(),
        source);
  }
}
