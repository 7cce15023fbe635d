package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.SentBody;
import fr.passnumerique.clearing.vault.Vault;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Holds a request that bears an {@link IdempotencyKey} to what that key came with first. One
 * without the header is looked at no further.
 *
 * <p>Reading, and a dry run, which records nothing, are not held to a key: the dry run and the call
 * that it rehearses are two requests, and bear one key.
 */
final class IdempotencyInterceptor implements HandlerInterceptor {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** What an endpoint takes for true, in lower case. */
  private static final Set<String> TRUE = Set.of("true", "on", "yes", "1");

  private final IdempotencyKeys keys;
  private final Vault vault;

  IdempotencyInterceptor(IdempotencyKeys keys, Vault vault) {
    this.keys = keys;
    this.vault = vault;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (SAFE.contains(request.getMethod())) {
      return true;
    }
    IdempotencyKey key = IdempotencyKey.of(request);
    Actor actor = key == null ? null : SignedIn.current();
    if (key == null || actor == null || isDryRun(request)) {
      return true;
    }
    String operation =
        request.getMethod()
            + " "
            + request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    request.setAttribute(
        IdempotencyKey.NAME,
        keys.hold(actor.account(), key, operation, vault.fingerprint(SentBody.digest(request))));
    return true;
  }

  private static boolean isDryRun(HttpServletRequest request) {
    String dryRun = request.getParameter("dryRun");
    return dryRun != null && TRUE.contains(dryRun.trim().toLowerCase(Locale.ROOT));
  }
}
