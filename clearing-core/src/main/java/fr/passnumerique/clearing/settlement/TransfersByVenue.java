package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.venues.VenueId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every transfer that was ever ordered, by the venues whose lines it takes, in order of record. */
final class TransfersByVenue {
  private final Map<VenueId, List<Place>> places = new HashMap<>();

  /**
   * @param index among the transfers of its run
   */
  record Place(SettlementRunId run, int index) {}

  void add(SettlementRunId run, int index, SettlementRunOpened.Transfer transfer) {
    Place place = new Place(run, index);
    transfer.slips().stream()
        .map(SettlementRunOpened.PaidSlip::venue)
        .distinct()
        .forEach(venue -> places.computeIfAbsent(venue, _ -> new ArrayList<>()).add(place));
  }

  /** The newest first. */
  List<Place> newestOf(VenueId venue) {
    return List.copyOf(places.getOrDefault(venue, List.of())).reversed();
  }
}
