package fr.passnumerique.projections.claims;

import fr.passnumerique.projections.loop.Projection;

/** Lends the claim index to the tests of others. */
public final class ClaimsProjections {
  private ClaimsProjections() {}

  public static Projection claims() {
    return new ClaimsProjection();
  }
}
