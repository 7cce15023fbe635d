package fr.passnumerique.clearing.access;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The handler by which a request was judged answers it: to look for it a second time costs as much
 * as to read a slip, and two searches that came to different handlers would be a hole.
 */
final class FoundHandler implements HandlerMapping, Ordered {
  private static final String FOUND = FoundHandler.class.getName();

  static void keep(HttpServletRequest request, HandlerExecutionChain found) {
    request.setAttribute(FOUND, found);
  }

  /** Of the address that was asked for; an error page has another, and nobody judged it. */
  @Override
  public @Nullable HandlerExecutionChain getHandler(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.REQUEST
            && request.getAttribute(FOUND) instanceof HandlerExecutionChain found
        ? found
        : null;
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}
