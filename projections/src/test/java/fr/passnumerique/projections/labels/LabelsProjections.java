package fr.passnumerique.projections.labels;

import fr.passnumerique.projections.loop.Projection;

/** Lends the labels to the tests of others. */
public final class LabelsProjections {
  private LabelsProjections() {}

  public static Projection labels() {
    return new LabelsProjection();
  }
}
