package fr.passnumerique.loadtest.simulator;

import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** A vault without secrets, whose references are the same for the same content. */
final class MemoryVault implements Vault {
  private final Map<VaultReference, Map<String, String>> entries = new HashMap<>();

  @Override
  public VaultReference seal(String subject, String kind, Map<String, String> content) {
    VaultReference reference = reference(subject, kind, content);
    entries.put(reference, Map.copyOf(content));
    return reference;
  }

  private static VaultReference reference(
      String subject, String kind, Map<String, String> content) {
    return new VaultReference("v-" + digest(subject + kind + new TreeMap<>(content)));
  }

  @Override
  public Optional<VaultReference> find(String subject, String kind, Map<String, String> content) {
    return Optional.of(reference(subject, kind, content)).filter(entries::containsKey);
  }

  @Override
  public Optional<Map<String, String>> open(VaultReference reference) {
    return Optional.ofNullable(entries.get(reference));
  }

  @Override
  public void erase(String subject) {
    throw new UnsupportedOperationException("nobody is erased in a simulation");
  }

  @Override
  public String fingerprint(String value) {
    return "f-" + digest(value);
  }

  private static String digest(String text) {
    return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
