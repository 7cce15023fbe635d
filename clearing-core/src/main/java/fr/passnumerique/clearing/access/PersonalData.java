package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The vault for whoever reads. It opens nothing that was not noted before, so that a reading that
 * left no line has shown nothing. What the engine opens for itself, for a file to the bank or an
 * import, it takes from the {@link Vault}.
 */
public final class PersonalData {
  private final Vault vault;
  private final Trail trail;

  /** Where it is noted who reads what. */
  public interface Trail {
    /**
     * @return those of the entries that were noted: neither what is not there nor what was erased
     */
    Collection<VaultReference> note(Collection<VaultReference> entries, Actor reader);
  }

  public PersonalData(Vault vault, Trail trail) {
    this.vault = vault;
    this.trail = trail;
  }

  /** As {@link Vault#open}. */
  public Optional<Map<String, String>> open(VaultReference entry, Actor reader) {
    return Optional.ofNullable(openAll(Set.of(entry), reader).get(entry));
  }

  /** As {@link Vault#openAll}. Each time it is noted again, a retry too. */
  public Map<VaultReference, Map<String, String>> openAll(
      Collection<VaultReference> entries, Actor reader) {
    return entries.isEmpty() ? Map.of() : vault.openAll(trail.note(Set.copyOf(entries), reader));
  }
}
