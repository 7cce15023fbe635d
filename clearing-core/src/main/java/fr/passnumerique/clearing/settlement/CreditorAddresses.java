package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.venues.VenueId;
import fr.passnumerique.clearing.venues.VenueListed;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where each venue was at any position: a run's file is the same for ever, whatever the register of
 * venues says by now.
 */
final class CreditorAddresses {
  private final Map<VenueId, TreeMap<Long, Optional<CreditorAddress>>> listed = new HashMap<>();

  void list(VenueListed venue, long position) {
    TreeMap<Long, Optional<CreditorAddress>> all =
        listed.computeIfAbsent(venue.venue(), _ -> new TreeMap<>());
    Optional<CreditorAddress> address = CreditorAddress.of(venue);
    if (all.isEmpty() || !all.lastEntry().getValue().equals(address)) {
      all.put(position, address);
    }
  }

  boolean isListed(VenueId venue) {
    return listed.containsKey(venue);
  }

  /** Empty if it was not listed yet, or without a town. */
  Optional<CreditorAddress> at(VenueId venue, long position) {
    Map.Entry<Long, Optional<CreditorAddress>> then =
        listed.getOrDefault(venue, new TreeMap<>()).floorEntry(position);
    return then == null ? Optional.empty() : then.getValue();
  }
}
