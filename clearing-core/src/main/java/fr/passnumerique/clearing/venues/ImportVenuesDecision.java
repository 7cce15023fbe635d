package fr.passnumerique.clearing.venues;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.vault.VaultReference;
import fr.passnumerique.clearing.venues.ImportVenues.Holder;
import fr.passnumerique.clearing.venues.ImportVenues.Listing;
import fr.passnumerique.clearing.venues.VenueListed.IdentifiedBy;
import fr.passnumerique.clearing.venues.VenueListed.PointOfService;
import fr.passnumerique.clearing.venues.VenuesImported.Kind;
import fr.passnumerique.clearing.venues.VenuesImported.VenueChange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares a list with what is known of its venues.
 *
 * <p>Boundary: every venue of the list, changed or not. The answer says which are unchanged, and
 * another list that changed one meanwhile would make it wrong.
 */
final class ImportVenuesDecision implements Decider<ImportVenues, VenuesImported> {
  private final VenueRegister venues;

  ImportVenuesDecision(VenueRegister venues) {
    this.venues = venues;
  }

  @Override
  public Class<ImportVenues> command() {
    return ImportVenues.class;
  }

  @Override
  public Decision<VenuesImported> decide(ImportVenues command, Instant receivedAt) {
    List<VenueId> named =
        command.listings().stream().filter(this::namesSoleTrader).map(Listing::venue).toList();
    if (!named.isEmpty()) {
      return Decision.refuse(soleTraderNamed(named));
    }
    List<Fact> facts = new ArrayList<>();
    List<VenueChange> changes = new ArrayList<>();
    Map<VenueId, VaultReference> contacts = new HashMap<>();
    Map<VenueId, VenueId> names = new HashMap<>();
    Set<String> looked = new HashSet<>();
    MessageDigest digest = sha256();
    digest.update(command.contentDigest().getBytes(StandardCharsets.UTF_8));
    Map<VenueId, VenueListed> said = new HashMap<>();
    for (Listing listing : command.listings()) {
      VenueId venue = venues.named(listing.venue());
      VenueRegister.@Nullable Listed known = venues.listed(venue);
      VenueListed earlier = said.get(venue);
      if (earlier != null && known != null) {
        // The list has the venue by the SIRET that identifies it and by what it was listed by.
        known = new VenueRegister.Listed(earlier, known.position());
      }
      if (!venue.equals(listing.venue())) {
        names.put(listing.venue(), venue);
      }
      looked.add("venue:" + listing.venue());
      looked.add("venue:" + venue);
      long position = 0;
      if (known != null) {
        position = known.position();
        known.fact().contact().ifPresent(contact -> contacts.put(listing.venue(), contact));
      }
      digest.update(
          "\n%s %d".formatted(listing.venue(), position).getBytes(StandardCharsets.UTF_8));
      VenueListed wanted = merged(listing, venue, known, command.source());
      said.put(venue, wanted);
      if (known == null) {
        facts.add(wanted);
        changes.add(new VenueChange(venue, Kind.NEW));
      } else if (!wanted.saysAs(known.fact())) {
        facts.add(wanted);
        changes.add(new VenueChange(venue, Kind.CHANGED));
      }
    }
    VenuesImported answer =
        new VenuesImported(
            HexFormat.of().formatHex(digest.digest()),
            changes,
            command.listings().size() - changes.size(),
            contacts,
            names);
    if (facts.isEmpty()) {
      // Also when a digest is quoted: this is how a retry looks whose first answer was lost.
      return new Decision.Unchanged<>(answer);
    }
    if (command.expectDigest().filter(expected -> !expected.equals(answer.digest())).isPresent()) {
      return Decision.refuse(digestDiffers());
    }
    return new Decision.Accept<>(facts, Boundary.of(looked), answer);
  }

  private VenueListed merged(
      Listing listing, VenueId venue, VenueRegister.@Nullable Listed known, String source) {
    boolean soleTrader = listing.holder() == Holder.SOLE_TRADER;
    Map<PointOfServiceId, PointOfService> points = new LinkedHashMap<>();
    if (known != null) {
      for (PointOfService point : known.fact().pointsOfService()) {
        points.put(point.id(), soleTrader ? withoutPerson(point) : point);
      }
    }
    listing.pointsOfService().forEach(point -> points.put(point.id(), point));
    return new VenueListed(
        venue,
        known != null && !venue.equals(listing.venue())
            ? known.fact().identifiedBy()
            : listing.identifiedBy(),
        soleTrader ? "" : name(listing, known, points.values()),
        listing.identifiedBy() == IdentifiedBy.SIRET || venues.isPayable(venue),
        List.copyOf(points.values()),
        listing.contact().or(() -> known == null ? Optional.empty() : known.fact().contact()),
        source);
  }

  /**
   * The standard names places, not the establishment they belong to. If all places of a venue are
   * called the same, so is the venue; a bus whose stops have a name each is called what its rows
   * agree on as {@code structure_parente}; else it keeps its name or takes the first place's.
   */
  private static String name(
      Listing listing, VenueRegister.@Nullable Listed known, Collection<PointOfService> points) {
    List<String> names =
        points.stream()
            .map(PointOfService::name)
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    if (names.size() == 1) {
      return names.getFirst();
    }
    if (listing.parents().size() == 1) {
      return listing.parents().getFirst();
    }
    return known == null || known.fact().name().isEmpty()
        ? listing.pointsOfService().getFirst().name()
        : known.fact().name();
  }

  static PointOfService withoutPerson(PointOfService point) {
    return new PointOfService(
        point.id(),
        "",
        "",
        point.postcode(),
        point.commune(),
        point.communeCode(),
        point.departement(),
        point.itinerant(),
        Optional.empty(),
        Optional.empty(),
        point.services());
  }

  private boolean namesSoleTrader(Listing listing) {
    VenueRegister.@Nullable Listed known = venues.listed(venues.named(listing.venue()));
    return listing.holder() == Holder.UNSTATED && known != null && known.fact().name().isEmpty();
  }

  private static Refusal soleTraderNamed(List<VenueId> named) {
    String some = named.stream().limit(10).map(VenueId::value).collect(joining(", "));
    return Refusal.of(
        VenueRefusal.SOLE_TRADER_NAMED,
        "soleTraders",
        "%d venue(s) of the list are known as sole traders, whose names are not made public: %s%s"
            .formatted(named.size(), some, named.size() > 10 ? " …" : ""),
        "name them in soleTraders, or give their categorie_juridique if they are legal persons"
            + " now");
  }

  private static Refusal digestDiffers() {
    return Refusal.of(
        VenueRefusal.DIGEST_DIFFERS,
        "expectDigest",
        "the import would not do what the quoted dry run showed: the file, what was said beside it,"
            + " or the venues have changed",
        "make another dry run and quote its digest");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
