package fr.passnumerique.clearing.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.passnumerique.clearing.vault.MemoryVault;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Anybody may send a login of some megabytes, and another one each time. */
class LongLoginIT extends AccountsWorld {
  private AccountLogin logins;

  @BeforeEach
  void nobodyHasGuessedYet() {
    Administration trail = new Administration(database.ledger(), Clock.systemUTC());
    SecondFactors factors =
        new SecondFactors(
            database.ledger(),
            new MemoryVault(),
            Clock.systemUTC(),
            () -> Instant.EPOCH,
            new LoginThrottle(() -> 0),
            new LoginThrottle(() -> 0),
            trail,
            accounts.whoAsks(),
            true);
    logins =
        new AccountLogin(
            accounts.whoAsks(),
            factors,
            new Sessions(database.ledger(), Clock.systemUTC(), trail, accounts.whoAsks()),
            new LoginThrottle(() -> 0),
            new SimpleMeterRegistry());
  }

  @Test
  void loginsThatNoAccountCanHaveAreRememberedAsOne() {
    for (int end = 1; end <= 3; end++) {
      isRefused("a".repeat(100) + end);
    }
    assertThatThrownBy(() -> logIn("b".repeat(1_000_000)))
        .isInstanceOf(AccountLogin.TooManyAttempts.class);
  }

  @Test
  void theLongestLoginOfAnAccountIsOneOfItsOwn() {
    String longest = "a".repeat(100);
    accounts.create(longest, PASSWORD, Role.AUDITOR, "", "engine");
    for (int end = 1; end <= 3; end++) {
      isRefused("a".repeat(99) + end);
      isRefused(longest + end);
    }

    assertThat(logIn(longest)).isInstanceOf(SignedIn.class);
  }

  private void isRefused(String login) {
    assertThatThrownBy(() -> logIn(login))
        .as("%d characters", login.length())
        .isInstanceOf(BadCredentialsException.class);
  }

  private Authentication logIn(String login) {
    UsernamePasswordAuthenticationToken attempt =
        UsernamePasswordAuthenticationToken.unauthenticated(login, PASSWORD);
    attempt.setDetails(LoginAttempt.byProgram(new MockHttpServletRequest(), null));
    return logins.authenticate(attempt);
  }
}
