package fr.passnumerique.clearing.vault;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where personal data is kept so that it can be erased: each subject's entries are encrypted under
 * a key of its own, and facts hold references only.
 */
public interface Vault {
  /**
   * What is to be kept.
   *
   * @param subject whom the content is about: a venue's identifier, never a name
   * @param kind what the entry is, such as {@code account} or {@code contact}
   */
  record Content(String subject, String kind, Map<String, String> values) {
    public Content {
      values = Map.copyOf(values);
    }

    /** Without the values: they are in the vault so that they are not in a log. */
    @Override
    public String toString() {
      return kind + " of " + subject;
    }
  }

  /**
   * Keeps an entry for good (committed before this returns). The same content of the same subject
   * and kind, sealed again, is the same entry: a retry adds nothing.
   *
   * @param subject whom the content is about: a venue's identifier, never a name
   * @param kind what the entry is, such as {@code account} or {@code contact}
   */
  VaultReference seal(String subject, String kind, Map<String, String> content);

  /**
   * Many entries, all or none, in far less time than one by one.
   *
   * @return their references, in the same order
   */
  default List<VaultReference> sealAll(List<Content> contents) {
    return contents.stream().map(c -> seal(c.subject(), c.kind(), c.values())).toList();
  }

  /**
   * Where this content is kept, and nothing is made: for who asks before there is something to
   * keep.
   *
   * @return empty if it was never sealed, or its subject was erased since
   */
  Optional<VaultReference> find(String subject, String kind, Map<String, String> content);

  /**
   * @return empty if the entry does not exist or its subject was erased
   */
  Optional<Map<String, String>> open(VaultReference reference);

  /**
   * @return what can be opened; entries that do not exist, or whose subject was erased, are left
   *     out
   */
  default Map<VaultReference, Map<String, String>> openAll(Collection<VaultReference> references) {
    Map<VaultReference, Map<String, String>> opened = new LinkedHashMap<>();
    references.forEach(
        reference -> open(reference).ifPresent(content -> opened.put(reference, content)));
    return opened;
  }

  /**
   * Destroys the subject's key: nobody can read its entries any more, nor tell what they were from
   * their references. A backup of the database made before holds the key still, encrypted under the
   * master key: it is to be dropped in the time that the operator has promised, and whoever
   * restores it erases again. A subject that comes back gets a new key.
   */
  void erase(String subject);

  /**
   * Keyed digest: equal for equal values, tells nothing of them without the vault's master key.
   * Whoever holds that key can test a guess, so it is for values that facts must compare, and for
   * nothing else.
   */
  String fingerprint(String value);
}
