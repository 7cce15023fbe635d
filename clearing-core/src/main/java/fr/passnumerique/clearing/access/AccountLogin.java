package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** A login with its password. */
final class AccountLogin implements AuthenticationProvider {
  private final WhoAsks whoAsks;
  private final LoginThrottle throttle;
  private final MeterRegistry meters;

  /** Too many failures: whoever it is must wait, whatever the password. */
  static final class TooManyAttempts extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final long seconds;

    TooManyAttempts(Duration wait) {
      super("too many attempts");
      // Rounded up, or a client that waits as told comes too early.
      this.seconds = wait.plusMillis(999).toSeconds();
    }

    long seconds() {
      return seconds;
    }
  }

  AccountLogin(WhoAsks whoAsks, LoginThrottle throttle, MeterRegistry meters) {
    this.whoAsks = whoAsks;
    this.throttle = throttle;
    this.meters = meters;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    String login = attempt.getName().toLowerCase(Locale.ROOT);
    String address =
        attempt.getDetails() instanceof WebAuthenticationDetails details
            ? details.getRemoteAddress()
            : "";
    Duration wait = throttle.admit(login, address);
    if (wait.isPositive()) {
      count("throttled");
      throw new TooManyAttempts(wait);
    }
    SignedIn signedIn;
    try {
      signedIn =
          whoAsks
              .authenticate(login, String.valueOf(attempt.getCredentials()))
              .orElseThrow(
                  () -> {
                    count("refused");
                    return new BadCredentialsException("login or password");
                  });
    } catch (Problem busy) {
      count("throttled");
      throw new TooManyAttempts(Duration.ofSeconds(busy.retryAfterSeconds()));
    } catch (DataAccessException e) {
      throw new AuthenticationServiceException("the accounts cannot be read", e);
    }
    throttle.succeeded(login, address);
    count("succeeded");
    return signedIn;
  }

  private void count(String result) {
    meters.counter("pass.access.logins", "result", result).increment();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
