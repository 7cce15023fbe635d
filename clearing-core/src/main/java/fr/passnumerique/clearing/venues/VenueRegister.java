package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is known of venues: their last listing and label. */
final class VenueRegister implements Register {
  private final Map<VenueId, Listed> listed = new HashMap<>();
  private final Map<VenueId, LabelHistory> labels = new HashMap<>();

  private final Map<VenueId, Identification> identified = new HashMap<>();

  /** Venues that go by another name than the SIRET that identifies them. */
  private final Map<VenueId, VenueId> bySiret = new HashMap<>();

  private final Map<VenueId, WaiverPeriods> waivers = new HashMap<>();

  /** What was said last of each. */
  private final Map<VenueId, VatRegimeSet> vatRegimes = new HashMap<>();

  private final Map<String, Set<VenueId>> bySource = new HashMap<>();

  /**
   * @param position of the fact
   */
  record Listed(VenueListed fact, long position) {}

  record Identification(VenueIdentified fact, long position) {}

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    switch (fact) {
      case VenueListed listing -> {
        listed.put(listing.venue(), new Listed(listing, position));
        bySource.computeIfAbsent(listing.source(), _ -> new LinkedHashSet<>()).add(listing.venue());
      }
      case VenueLabelled f -> history(f.venue()).add(f);
      case LabelDecided f -> history(f.venue()).add(f);
      case VenueIdentified f -> {
        identified.put(f.venue(), new Identification(f, position));
        bySiret.put(new VenueId(f.siret()), f.venue());
      }
      case VenueWaived f -> waivers(f.venue()).add(f);
      case VenueWaiverEnded f -> waivers(f.venue()).add(f);
      case VatRegimeSet f -> vatRegimes.put(f.venue(), f);
      default -> {}
    }
  }

  @Nullable Listed listed(VenueId venue) {
    return listed.get(venue);
  }

  /** What committees decided on it, which may be nothing; not to be changed. */
  LabelHistory label(VenueId venue) {
    return labels.getOrDefault(venue, new LabelHistory());
  }

  private LabelHistory history(VenueId venue) {
    return labels.computeIfAbsent(venue, _ -> new LabelHistory());
  }

  /** Null unless it was listed without a SIRET and identified since. */
  @Nullable Identification identification(VenueId venue) {
    return identified.get(venue);
  }

  /** The venue of this name, or the one that the SIRET of this name identifies. */
  VenueId named(VenueId name) {
    return bySiret.getOrDefault(name, name);
  }

  /** Null if no venue is known by it. */
  @Nullable VenueId ofSiret(Siret siret) {
    VenueId venue = named(siret.venueId());
    return listed.containsKey(venue) ? venue : null;
  }

  /** Whether it is identified by a SIRET. */
  boolean isPayable(VenueId venue) {
    Listed known = listed.get(venue);
    return known != null && known.fact().payable() || identified.containsKey(venue);
  }

  /** Which may be none; not to be changed. */
  WaiverPeriods waiver(VenueId venue) {
    return waivers.getOrDefault(venue, new WaiverPeriods());
  }

  private WaiverPeriods waivers(VenueId venue) {
    return waivers.computeIfAbsent(venue, _ -> new WaiverPeriods());
  }

  /** What was said last; null if nothing was. */
  @Nullable VatRegimeSet vatRegime(VenueId venue) {
    return vatRegimes.get(venue);
  }

  /** Every venue that a list of this label ever described, in order of appearance. */
  Set<VenueId> ofSource(String source) {
    return bySource.getOrDefault(source, Set.of());
  }
}
