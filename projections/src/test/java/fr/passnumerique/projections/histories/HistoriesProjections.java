package fr.passnumerique.projections.histories;

import fr.passnumerique.projections.loop.Projection;

/** Lends the histories to the tests of others. */
public final class HistoriesProjections {
  private HistoriesProjections() {}

  public static Projection histories() {
    return new HistoriesProjection();
  }
}
