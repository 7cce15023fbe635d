package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.ProblemWriter;
import fr.passnumerique.clearing.http.ProgramPaths;
import fr.passnumerique.clearing.http.Renewal;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;

/** What those are told who may not: programs a problem, people a page. */
final class Refusals
    implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler {
  static final String LOGIN = "/login";

  /** The second step of a login. */
  static final String CODE = "/login/code";

  private static final String REALM = "Bearer realm=\"pass-numerique\"";

  private final Denials denials;

  Refusals(Denials denials) {
    this.denials = denials;
  }

  /** Nobody known. */
  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException {
    denials.unauthenticated();
    if (ProgramPaths.hold(request)) {
      boolean wrongKey = ApiKeyFilter.showsKey(request);
      response.setHeader(
          "WWW-Authenticate", wrongKey ? REALM + ", error=\"invalid_token\"" : REALM);
      ProblemWriter.write(
          request,
          response,
          wrongKey
              ? new Problem(
                  401,
                  "UNAUTHENTICATED",
                  "the API key does not count: it is mistyped, revoked, or its account is disabled"
                      + " or awaits approval",
                  "send Authorization: Bearer pn_… with a key that does")
              : new Problem(
                  401,
                  "UNAUTHENTICATED",
                  "this needs an account",
                  "send an API key as Authorization: Bearer pn_…, or log in"));
    } else if (request.getHeader("HX-Request") != null || Renewal.is(request)) {
      // A login page inside a fragment of a page helps nobody: let the browser go there.
      response.setHeader("HX-Redirect", request.getContextPath() + LOGIN);
      response.setStatus(401);
    } else {
      response.sendRedirect(request.getContextPath() + LOGIN);
    }
  }

  /** Somebody known, who may not. */
  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
      throws IOException, ServletException {
    if (e instanceof CsrfException) {
      denials.withoutCsrfToken();
      if (SignedIn.current() == null && !ProgramPaths.hold(request)) {
        sessionHasEnded(request, response);
        return;
      }
      ProblemWriter.write(
          request,
          response,
          new Problem(
              403,
              "CSRF_TOKEN",
              "a request that changes something and comes with a session needs the CSRF token of"
                  + " its page",
              "load the page again, or use an API key"));
      return;
    }
    denials.wrongRole();
    Actor actor = SignedIn.current();
    ProblemWriter.write(
        request,
        response,
        new Problem(
            403,
            "FORBIDDEN",
            actor == null
                ? "this is not permitted"
                : "the role %s does not permit this".formatted(actor.role()),
            "ask the operator for an account that may"));
  }

  /**
   * While the form stood open, or because another node writes now. To the login, which says so; its
   * own form is shown again with the name that was typed.
   */
  private static void sessionHasEnded(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String ended = LOGIN + "?ended";
    if (!request.getRequestURI().equals(request.getContextPath() + LOGIN)) {
      redirect(request, response, ended);
      return;
    }
    response.setStatus(403);
    request.getRequestDispatcher(ended).forward(new AsGet(request), response);
  }

  /**
   * A login that failed: back to its page, which says so; the page is shown with 429 to wait. One
   * whose password was right goes on to the page of the code.
   */
  @Override
  public void onAuthenticationFailure(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
      throws IOException, ServletException {
    switch (e) {
      case AccountLogin.CodeWanted wanted -> {
        LoginAttempt.keep(request, wanted.passed());
        redirect(request, response, wanted.wrong() ? CODE + "?error" : CODE);
      }
      case AccountLogin.TooManyAttempts tooMany -> {
        LoginAttempt.Passed passed = tooMany.passed();
        if (passed != null) {
          LoginAttempt.keep(request, passed);
        }
        response.setStatus(429);
        response.setHeader("Retry-After", Long.toString(tooMany.seconds()));
        request
            .getRequestDispatcher((passed == null ? LOGIN : CODE) + "?wait=" + tooMany.seconds())
            .forward(new AsGet(request), response);
      }
      case AccountLogin.TooLate _ -> redirect(request, response, LOGIN + "?late");
      case AuthenticationServiceException _ -> ApiKeyFilter.unavailable(request, response);
      default -> redirect(request, response, LOGIN + "?error");
    }
  }

  private static void redirect(
      HttpServletRequest request, HttpServletResponse response, String path) throws IOException {
    response.sendRedirect(request.getContextPath() + path);
  }

  /** The page of the login, in answer to its form. */
  private static final class AsGet extends HttpServletRequestWrapper {
    AsGet(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }
  }

  static boolean underOneOf(HttpServletRequest request, String... prefixes) {
    String path = request.getRequestURI().substring(request.getContextPath().length());
    for (String prefix : prefixes) {
      if (path.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
