package fr.passnumerique.clearing.vault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The vault's contract without a database: a subject that comes back has another key. */
public class MemoryVault implements Vault {
  private final Map<Entry, VaultReference> references = new LinkedHashMap<>();
  private final Map<VaultReference, Entry> entries = new LinkedHashMap<>();
  private int sealed;

  private record Entry(String subject, String kind, Map<String, String> content) {}

  @Override
  public VaultReference seal(String subject, String kind, Map<String, String> content) {
    return references.computeIfAbsent(
        new Entry(subject, kind, Map.copyOf(content)),
        entry -> {
          VaultReference reference = new VaultReference("v" + ++sealed);
          entries.put(reference, entry);
          return reference;
        });
  }

  @Override
  public Optional<VaultReference> find(String subject, String kind, Map<String, String> content) {
    return Optional.ofNullable(references.get(new Entry(subject, kind, Map.copyOf(content))));
  }

  @Override
  public Optional<Map<String, String>> open(VaultReference reference) {
    return Optional.ofNullable(entries.get(reference)).map(Entry::content);
  }

  @Override
  public void erase(String subject) {
    entries.values().removeIf(entry -> entry.subject().equals(subject));
    references.keySet().removeIf(entry -> entry.subject().equals(subject));
  }

  @Override
  public String fingerprint(String value) {
    return "f" + Integer.toHexString(value.hashCode());
  }

  /** What is kept of subjects that were not erased, the oldest first. */
  public List<Map<String, String>> contents() {
    return entries.values().stream().map(Entry::content).toList();
  }

  public int entries() {
    return entries.size();
  }
}
