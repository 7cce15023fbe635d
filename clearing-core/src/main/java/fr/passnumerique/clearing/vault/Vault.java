package fr.passnumerique.clearing.vault;

import java.util.Map;
import java.util.Optional;

/**
 * Where personal data is kept so that it can be erased: each subject's entries are encrypted under
 * a key of its own, and facts hold references only.
 */
public interface Vault {
  /**
   * Keeps an entry for good (committed before this returns). The same content of the same subject
   * and kind, sealed again, is the same entry: a retry adds nothing.
   *
   * @param subject whom the content is about: a venue's identifier, never a name
   * @param kind what the entry is, such as {@code account} or {@code contact}
   */
  VaultReference seal(String subject, String kind, Map<String, String> content);

  /**
   * @return empty if the entry does not exist or its subject was erased
   */
  Optional<Map<String, String>> open(VaultReference reference);

  /** Destroys the subject's key: nobody can read its entries any more, in no backup either. */
  void erase(String subject);

  /** Keyed digest: equal for equal values, tells nothing of them without the vault's key. */
  String fingerprint(String value);
}
