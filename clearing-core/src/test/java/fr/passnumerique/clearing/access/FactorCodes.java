package fr.passnumerique.clearing.access;

import java.time.Instant;

/** An authenticator, for tests of other modules. */
public final class FactorCodes {
  private FactorCodes() {}

  /**
   * @param secret as a page shows it, in groups
   */
  public static String of(String secret, Instant at) {
    return Totp.code(secret.replace(" ", ""), at);
  }
}
