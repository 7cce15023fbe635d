package fr.passnumerique.ui;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * At which point of the ledger the figures of a page stand.
 *
 * @param position of the last fact in them, 0 before the first
 * @param recordedAt of that fact; null before the first
 * @param behind facts recorded and not yet in them
 * @param stopped they will not follow the ledger until someone mends them
 */
record Situation(long position, @Nullable Instant recordedAt, long behind, boolean stopped) {
  public Badge freshness() {
    if (stopped) {
      return Badge.bad("Arrêtée : l’opérateur doit intervenir");
    }
    return behind == 0
        ? Badge.good("À jour")
        : Badge.warn("En retard de " + new French().counted(behind, "fait", "faits"));
  }
}
