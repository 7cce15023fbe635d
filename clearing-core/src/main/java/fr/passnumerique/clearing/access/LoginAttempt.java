package fr.passnumerique.clearing.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/**
 * A login beside its name and password: from where, by what, and the second step, which comes by
 * itself.
 *
 * <p>Between the two steps nobody is logged in: that the password was right stands in the session
 * where nothing but the second step looks for it, which takes it away and puts it back if the code
 * was wrong.
 */
final class LoginAttempt extends WebAuthenticationDetails {
  private static final long serialVersionUID = 1L;
  private static final String PASSED = LoginAttempt.class.getName() + ".passed";
  private static final long LASTS_NANOS = 5 * 60_000_000_000L;

  private final transient @Nullable Passed passed;
  private final @Nullable String code;
  private final String agent;
  private final boolean browser;

  /** Who has shown its password. */
  record Passed(SignedIn signedIn, long atNanos) {
    boolean lasts() {
      return System.nanoTime() - atNanos < LASTS_NANOS;
    }
  }

  private LoginAttempt(HttpServletRequest request, @Nullable String code, boolean browser) {
    super(request);
    this.code = code;
    this.agent = Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
    this.browser = browser;
    this.passed = browser && code != null ? takePassed(request) : null;
  }

  /** By the form of a login page: of the first step, or of the second, which has a code alone. */
  static LoginAttempt inBrowser(HttpServletRequest request) {
    return new LoginAttempt(request, request.getParameter("code"), true);
  }

  /** By a program, which sends all at once. */
  static LoginAttempt byProgram(HttpServletRequest request, @Nullable String code) {
    return new LoginAttempt(request, code, false);
  }

  private static @Nullable Passed takePassed(HttpServletRequest request) {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(PASSED) instanceof Passed passed)) {
      return null;
    }
    session.removeAttribute(PASSED);
    return passed.lasts() ? passed : null;
  }

  /** The second step is next. The session gets another name, as at the end of a login. */
  static void keep(HttpServletRequest request, Passed passed) {
    request.getSession().setAttribute(PASSED, passed);
    request.changeSessionId();
  }

  /** Null at the first step, and at a second one that came too late. */
  @Nullable Passed passed() {
    return passed;
  }

  /** Null at the first step. */
  @Nullable String code() {
    return code;
  }

  String agent() {
    return agent;
  }

  /** Whether a session begins; else a program asks for something once. */
  boolean browser() {
    return browser;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
