package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/** Whoever asks for an account that is not there waits for as long as one whose password fails. */
class PasswordOfNobodyTest {
  @Test
  void itIsAHashOfTheSameCostAsEveryOtherAndDiffersEachTime() {
    String hash = new Passwords().hash("a password long enough");
    String nobody = Passwords.ofNobody();

    assertThat(cost(nobody)).isEqualTo(cost(hash));
    assertThat(nobody).hasSameSizeAs(hash).isNotEqualTo(Passwords.ofNobody());
    // Throws at what it cannot read, where a comparison only logs it and takes no time.
    assertThatCode(
            () -> Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().upgradeEncoding(nobody))
        .doesNotThrowAnyException();
    assertThat(new Passwords().matches("a password long enough", null)).isFalse();
  }

  /** Tests alone are content with less. */
  @Test
  void aComputationTakesTheMemoryThatOwaspGives() {
    assertThat(Passwords.memoryKib(null)).isEqualTo(19 * 1024);
  }

  private static String cost(String hash) {
    return hash.substring(0, hash.indexOf('$', hash.indexOf("m=")));
  }
}
