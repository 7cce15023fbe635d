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
 * @param past they stand where the reader asked, and are to stay there
 */
record Situation(
    long position, @Nullable Instant recordedAt, long behind, boolean stopped, boolean past) {
  Situation(long position, @Nullable Instant recordedAt, long behind, boolean stopped) {
    this(position, recordedAt, behind, stopped, false);
  }

  static Situation asAsked(long position, @Nullable Instant recordedAt) {
    return new Situation(position, recordedAt, 0, false, true);
  }

  public Badge freshness() {
    if (stopped) {
      return Badge.bad("Arrêtée : l’opérateur doit intervenir");
    }
    return behind == 0
        ? Badge.good("À jour")
        : Badge.warn("En retard de " + new French().counted(behind, "fait", "faits"));
  }
}
