package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.Renewal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session that was ended elsewhere, in which nobody has done anything for too long, or whose
 * account was disabled or got another password since; of any other it says whether a second factor
 * was shown meanwhile.
 */
final class SessionCheck extends OncePerRequestFilter {
  private final WhoAsks whoAsks;
  private final IdleTime idle = new IdleTime(System::nanoTime);

  SessionCheck(WhoAsks whoAsks) {
    this.whoAsks = whoAsks;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    // Without a session there is nothing to load: do not make one.
    HttpSession session = request.getSession(false);
    if (session != null
        && SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
      boolean act = !Renewal.is(request);
      Optional<SignedIn> now;
      try {
        now = idle.isOver(session, act) ? Optional.empty() : whoAsks.inSession(signedIn, act);
      } catch (DataAccessException e) {
        logger.warn("the accounts cannot be read", e);
        ApiKeyFilter.unavailable(request, response);
        return;
      }
      if (now.isPresent()) {
        SecurityContextHolder.setContext(new SecurityContextImpl(now.get()));
      } else {
        SecurityContextHolder.clearContext();
        session.invalidate();
      }
    }
    chain.doFilter(request, response);
  }
}
