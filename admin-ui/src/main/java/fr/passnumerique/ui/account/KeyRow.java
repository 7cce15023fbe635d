package fr.passnumerique.ui.account;

import fr.passnumerique.clearing.access.ApiKey;
import fr.passnumerique.ui.words.Badge;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of a program, as a clerk or an auditor reads it: never the key itself.
 *
 * @param prefix its first characters, by which its owner knows it again
 * @param revoke where the form that takes it away is sent; null where there is nothing to take away
 */
record KeyRow(
    String label,
    String prefix,
    Instant createdAt,
    Optional<Instant> lastUsedAt,
    Badge state,
    @Nullable String revoke) {

  /**
   * @param under the address of the keys; null where the reader may take none away
   */
  static List<KeyRow> of(List<ApiKey> keys, @Nullable String under) {
    return keys.stream()
        .map(
            key ->
                new KeyRow(
                    key.label(),
                    key.prefix(),
                    key.createdAt(),
                    key.lastUsedAt(),
                    key.revokedAt().isEmpty() ? Badge.good("Active") : Badge.calm("Retirée"),
                    under == null || key.revokedAt().isPresent()
                        ? null
                        : under + "/" + key.id() + "/retrait"))
        .toList();
  }
}
