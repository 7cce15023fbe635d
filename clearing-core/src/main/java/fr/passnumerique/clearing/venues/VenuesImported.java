package fr.passnumerique.clearing.venues;

import fr.passnumerique.clearing.vault.VaultReference;
import java.util.List;
import java.util.Map;

/**
 * What an import records, or in a dry run would record.
 *
 * @param digest of the file and of what was known of its venues: equal digests do the same
 * @param changes the venues of which a fact is recorded, in the list's order
 * @param unchanged venues of the list that are known exactly so
 * @param contacts the vault's entries that were in force before, of the list's venues that had one
 * @param names what the list's venues are known by, of those that it calls by a SIRET which
 *     identified them since: the vault's entries are of that name, or an erasure would miss them
 */
public record VenuesImported(
    String digest,
    List<VenueChange> changes,
    int unchanged,
    Map<VenueId, VaultReference> contacts,
    Map<VenueId, VenueId> names) {

  public VenuesImported {
    changes = List.copyOf(changes);
    contacts = Map.copyOf(contacts);
    names = Map.copyOf(names);
  }

  /**
   * @param venue by the name that it keeps, whatever the list calls it: one that was identified
   *     since it was listed goes on by what it was listed by
   */
  public record VenueChange(VenueId venue, Kind kind) {}

  public enum Kind {
    NEW,
    CHANGED
  }

  public int count(Kind kind) {
    return Math.toIntExact(changes.stream().filter(change -> change.kind() == kind).count());
  }
}
