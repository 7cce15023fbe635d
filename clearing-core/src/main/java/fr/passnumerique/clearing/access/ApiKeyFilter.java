package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.ProblemWriter;
import fr.passnumerique.clearing.http.ProgramPaths;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Programs show their key with every request, as {@code Authorization: Bearer pn_…} or {@code
 * X-API-Key: pn_…}. A key that does not count is refused even where none is needed.
 */
public final class ApiKeyFilter extends OncePerRequestFilter {
  private static final String AUTHORIZATION = "Authorization";
  private static final String API_KEY = "X-API-Key";
  private static final String BEARER = "Bearer ";

  private final WhoAsks whoAsks;
  private final AuthenticationEntryPoint entryPoint;

  ApiKeyFilter(WhoAsks whoAsks, AuthenticationEntryPoint entryPoint) {
    this.whoAsks = whoAsks;
    this.entryPoint = entryPoint;
  }

  /**
   * Whether it comes from a program, right key or wrong: a page is a browser's, whatever it shows.
   */
  public static boolean isOfProgram(HttpServletRequest request) {
    return showsKey(request) && ProgramPaths.hold(request);
  }

  /** Whether it shows a key, right or wrong. */
  public static boolean showsKey(HttpServletRequest request) {
    return request.getHeader(AUTHORIZATION) != null || request.getHeader(API_KEY) != null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<SignedIn> signedIn;
    try {
      String key = keyOf(request);
      signedIn = key == null ? Optional.empty() : whoAsks.byKey(key);
    } catch (DataAccessException e) {
      logger.warn("the accounts cannot be read", e);
      unavailable(request, response);
      return;
    }
    if (signedIn.isEmpty()) {
      entryPoint.commence(request, response, new BadCredentialsException("API key"));
      return;
    }
    SecurityContextHolder.setContext(new SecurityContextImpl(signedIn.get()));
    try {
      chain.doFilter(request, response);
    } finally {
      SecurityContextHolder.clearContext();
    }
  }

  static void unavailable(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("Retry-After", "1");
    ProblemWriter.write(
        request,
        response,
        new Problem(
            503, "UNAVAILABLE", "the accounts cannot be read now", "send the same request again"));
  }

  /**
   * @return null if there is none, or two that differ
   */
  private static @Nullable String keyOf(HttpServletRequest request) {
    String authorization = request.getHeader(AUTHORIZATION);
    String apiKey = request.getHeader(API_KEY);
    if (authorization == null) {
      return apiKey == null ? null : apiKey.strip();
    }
    if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String key = authorization.substring(BEARER.length()).strip();
    return apiKey == null || apiKey.strip().equals(key) ? key : null;
  }
}
