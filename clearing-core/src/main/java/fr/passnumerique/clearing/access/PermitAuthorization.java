package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.ProgramPaths;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;
import org.springframework.web.method.HandlerMethod;

/**
 * Judges role before a byte of the body is read. Whatever is not named anywhere is for known actors
 * only: strangers do not learn which addresses exist.
 */
final class PermitAuthorization implements AuthorizationManager<RequestAuthorizationContext> {
  /** Alive and ready, without details. */
  private static final Set<String> OPEN_HEALTH =
      Set.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness");

  /** Counts and times only, but a stranger would read the business from them. */
  private static final String METRICS = "/actuator/prometheus";

  private static final Set<Role> READ_METRICS = Set.of(Role.CLERK, Role.AUDITOR);

  private final Rules rules;

  PermitAuthorization(Rules rules) {
    this.rules = rules;
  }

  @Override
  public AuthorizationDecision authorize(
      Supplier<? extends Authentication> authentication, RequestAuthorizationContext context) {
    HttpServletRequest request = context.getRequest();
    String path = request.getRequestURI().substring(request.getContextPath().length());
    if (ProgramPaths.isOfOperators(path)) {
      Role role = roleOf(authentication.get());
      return new AuthorizationDecision(
          OPEN_HEALTH.contains(path)
              || path.equals(METRICS) && role != null && READ_METRICS.contains(role));
    }
    return new AuthorizationDecision(permitted(rules.handlerOf(request), authentication));
  }

  private boolean permitted(
      @Nullable HandlerMethod handler, Supplier<? extends Authentication> authentication) {
    Rule rule = handler == null ? null : rules.of(handler);
    if (rule != null && rule.everyone() || handler != null && Rules.open(handler)) {
      return true;
    }
    Role role = roleOf(authentication.get());
    if (role == null) {
      return false;
    }
    return rule == null ? handler == null || Rules.options(handler) : rule.permits(role);
  }

  private static @Nullable Role roleOf(@Nullable Authentication authentication) {
    return authentication instanceof SignedIn signedIn ? signedIn.actor().role() : null;
  }
}
