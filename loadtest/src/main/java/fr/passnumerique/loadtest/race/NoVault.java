package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultReference;
import java.util.Map;
import java.util.Optional;

/** Nobody here has anything to hide: slips tell of no person. */
final class NoVault implements Vault {
  @Override
  public VaultReference seal(String subject, String kind, Map<String, String> content) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<VaultReference> find(String subject, String kind, Map<String, String> content) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Map<String, String>> open(VaultReference reference) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void erase(String subject) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String fingerprint(String value) {
    throw new UnsupportedOperationException();
  }
}
