package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.http.WhichMoment;
import fr.passnumerique.projections.loop.Generation;
import org.jspecify.annotations.Nullable;

/**
 * As of which moment a home is shown.
 *
 * @param before whose tables answer; null for those of now
 */
public record HomeMoment(WhichMoment which, @Nullable Generation before) {
  public static final HomeMoment NOW = new HomeMoment(WhichMoment.NOW, null);

  public boolean now() {
    return which.equals(WhichMoment.NOW) && before == null;
  }
}
