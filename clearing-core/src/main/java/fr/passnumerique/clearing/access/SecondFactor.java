package fr.passnumerique.clearing.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether an account has a second factor.
 *
 * @param enrolledAt since when a code is asked for at each login; empty where none is
 * @param recoveryCodesLeft how many recovery codes were not used yet
 * @param required whether money is released, an account to be paid on changed, or a line reversed
 *     by logins alone that showed one
 */
public record SecondFactor(Optional<Instant> enrolledAt, int recoveryCodesLeft, boolean required) {

  /**
   * A factor that is not confirmed yet.
   *
   * @param secret as it is typed into an authenticator, where the address cannot be scanned
   * @param address what an authenticator reads from a QR code
   */
  public record Begun(String secret, String address) {
    @Override
    public String toString() {
      return "Begun[withheld]";
    }
  }

  /** Codes that stand in for a lost factor, each once; shown this once. */
  public record RecoveryCodes(List<String> codes) {
    @Override
    public String toString() {
      return "RecoveryCodes[withheld]";
    }
  }
}
