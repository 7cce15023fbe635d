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

  private final Map<VenueId, Identifications> identified = new HashMap<>();

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
        identified(f.venue()).add(f, position);
        f.replaces().ifPresent(former -> bySiret.remove(new VenueId(former)));
        bySiret.put(new VenueId(f.siret()), f.venue());
      }
      case VenueIdentificationProposed f -> identified(f.venue()).add(f, position);
      case VenueIdentificationDropped f -> identified(f.venue()).add(f, position);
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

  /** Of a venue that was listed without a SIRET, none until it is identified; not to be changed. */
  Identifications identifications(VenueId venue) {
    return identified.getOrDefault(venue, new Identifications());
  }

  private Identifications identified(VenueId venue) {
    return identified.computeIfAbsent(venue, _ -> new Identifications());
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
    return known != null && known.fact().payable() || identifications(venue).inForce() != null;
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
