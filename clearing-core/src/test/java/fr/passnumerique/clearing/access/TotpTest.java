package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.OptionalLong;
import org.bouncycastle.util.encoders.Base32;
import org.junit.jupiter.api.Test;

class TotpTest {
  private static final String SECRET = Totp.newSecret();

  /** At the start of a step. */
  private static final Instant NOW = Instant.parse("2026-11-30T09:00:00Z");

  /**
   * The table of RFC 6238, appendix B, of whose eight digits an authenticator shows the last six.
   */
  @Test
  void codesAreThoseOfTheStandard() {
    String secret =
        Base32.toBase32String("12345678901234567890".getBytes(StandardCharsets.US_ASCII));

    assertThat(Totp.code(secret, Instant.ofEpochSecond(59))).isEqualTo("287082");
    assertThat(Totp.code(secret, Instant.ofEpochSecond(1_111_111_109))).isEqualTo("081804");
    assertThat(Totp.code(secret, Instant.ofEpochSecond(1_234_567_890))).isEqualTo("005924");
    assertThat(Totp.code(secret, Instant.ofEpochSecond(20_000_000_000L))).isEqualTo("353130");
  }

  @Test
  void oneStepBeforeAndOneAfterAreTakenAndNoOther() {
    long step = NOW.getEpochSecond() / 30;
    assertThat(stepOf(NOW)).hasValue(step);
    assertThat(stepOf(NOW.minusSeconds(30))).hasValue(step - 1);
    assertThat(stepOf(NOW.plusSeconds(59))).hasValue(step + 1);
    assertThat(stepOf(NOW.minusSeconds(31))).isEmpty();
    assertThat(stepOf(NOW.plusSeconds(60))).isEmpty();
  }

  @Test
  void aCodeIsReadAsItIsShownAndNothingElseIsACode() {
    String code = Totp.code(SECRET, NOW);

    assertThat(Totp.step(SECRET, " " + code.substring(0, 3) + " " + code.substring(3), NOW))
        .isPresent();
    assertThat(Totp.step(SECRET, "", NOW)).isEmpty();
    assertThat(Totp.step(SECRET, code + "0", NOW)).isEmpty();
    assertThat(Totp.step(SECRET, code.substring(1), NOW)).isEmpty();
  }

  private static OptionalLong stepOf(Instant codeOf) {
    return Totp.step(SECRET, Totp.code(SECRET, codeOf), NOW);
  }
}
