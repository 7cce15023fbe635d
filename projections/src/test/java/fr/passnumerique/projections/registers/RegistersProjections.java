package fr.passnumerique.projections.registers;

import fr.passnumerique.projections.loop.Projection;

/** Lends the registers to the tests of others. */
public final class RegistersProjections {
  private RegistersProjections() {}

  public static Projection registers() {
    return new RegistersProjection();
  }
}
