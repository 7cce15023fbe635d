package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.TransactionException;

/** A login with its password, and a code where the account has a second factor. */
final class AccountLogin implements AuthenticationProvider {
  /**
   * Stands for every login that is longer than any account's: remembered as they are sent, a form's
   * worth each, a stranger's failures would fill the memory.
   */
  private static final String NOBODY = "";

  private final WhoAsks whoAsks;
  private final SecondFactors factors;
  private final Sessions sessions;
  private final LoginThrottle throttle;
  private final MeterRegistry meters;

  /** Too many failures: whoever it is must wait, whatever the password. */
  static final class TooManyAttempts extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final long seconds;
    private final transient LoginAttempt.@Nullable Passed passed;

    TooManyAttempts(Duration wait) {
      this(Problem.wholeSeconds(wait), null);
    }

    private TooManyAttempts(long seconds, LoginAttempt.@Nullable Passed passed) {
      super("too many attempts");
      this.seconds = seconds;
      this.passed = passed;
    }

    long seconds() {
      return seconds;
    }

    /** Who is at the second step; null at the first. */
    LoginAttempt.@Nullable Passed passed() {
      return passed;
    }
  }

  /** The password is right, and a code is wanted, or was wrong. */
  static final class CodeWanted extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    private final transient LoginAttempt.Passed passed;
    private final boolean wrong;

    CodeWanted(LoginAttempt.Passed passed, boolean wrong) {
      super("code");
      this.passed = passed;
      this.wrong = wrong;
    }

    LoginAttempt.Passed passed() {
      return passed;
    }

    boolean wrong() {
      return wrong;
    }
  }

  /** The second step without the first, or too long after it. */
  static final class TooLate extends AuthenticationException {
    private static final long serialVersionUID = 1L;

    TooLate() {
      super("the first step is to be done again");
    }
  }

  AccountLogin(
      WhoAsks whoAsks,
      SecondFactors factors,
      Sessions sessions,
      LoginThrottle throttle,
      MeterRegistry meters) {
    this.whoAsks = whoAsks;
    this.factors = factors;
    this.sessions = sessions;
    this.throttle = throttle;
    this.meters = meters;
  }

  @Override
  public Authentication authenticate(Authentication attempt) {
    LoginAttempt details = (LoginAttempt) Objects.requireNonNull(attempt.getDetails());
    try {
      SignedIn signedIn = withFactor(password(attempt, details), details);
      count("succeeded");
      return details.browser()
          ? sessions.begin(signedIn, details.getRemoteAddress(), details.agent())
          : signedIn;
    } catch (TooManyAttempts tooMany) {
      count("throttled");
      throw tooMany;
    } catch (DataAccessException | TransactionException e) {
      throw new AuthenticationServiceException("the accounts cannot be read", e);
    }
  }

  private LoginAttempt.Passed password(Authentication attempt, LoginAttempt details) {
    if (details.browser() && details.code() != null) {
      LoginAttempt.Passed passed = details.passed();
      if (passed == null || !whoAsks.stillGood(passed.signedIn())) {
        throw new TooLate();
      }
      return passed;
    }
    String login = login(attempt.getName());
    String address = details.getRemoteAddress();
    Duration wait = throttle.admit(login, address);
    if (wait.isPositive()) {
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
      throttle.notAGuess(login, address);
      throw new TooManyAttempts(Duration.ofSeconds(busy.retryAfterSeconds()));
    } catch (DataAccessException e) {
      throttle.notAGuess(login, address);
      throw e;
    }
    throttle.succeeded(login, address);
    return new LoginAttempt.Passed(signedIn, System.nanoTime());
  }

  private static String login(String typed) {
    return typed.length() > Accounts.LONGEST_LOGIN ? NOBODY : typed.toLowerCase(Locale.ROOT);
  }

  private SignedIn withFactor(LoginAttempt.Passed passed, LoginAttempt details) {
    String account = passed.signedIn().actor().account();
    if (!factors.isEnrolled(account)) {
      return passed.signedIn();
    }
    String code = details.code();
    if (code == null) {
      throw new CodeWanted(passed, false);
    }
    try {
      if (!factors.show(account, code)) {
        count("refused");
        throw new CodeWanted(passed, true);
      }
    } catch (Problem tooMany) {
      throw new TooManyAttempts(tooMany.retryAfterSeconds(), passed);
    }
    return passed.signedIn().withFactor();
  }

  private void count(String result) {
    meters.counter("pass.access.logins", "result", result).increment();
  }

  @Override
  public boolean supports(Class<?> authentication) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
  }
}
