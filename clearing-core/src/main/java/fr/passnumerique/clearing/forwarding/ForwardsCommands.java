package fr.passnumerique.clearing.forwarding;

import fr.passnumerique.clearing.access.ApiKeyFilter;
import fr.passnumerique.clearing.forwarding.Forwarder.Asker;
import fr.passnumerique.clearing.ledger.WriterAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * What a program changes goes to the node that writes; what it only reads is answered here. Who
 * asks was admitted here and is once more there.
 */
final class ForwardsCommands implements HandlerInterceptor {
  private final Forwarder forwarder;

  ForwardsCommands(Forwarder forwarder) {
    this.forwarder = forwarder;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    boolean known = request.getUserPrincipal() != null;
    if (!(handler instanceof HandlerMethod)
        || Forwarder.isSafe(request)
        // In a session of this node, which began while no writer was known.
        || known && !ApiKeyFilter.showsKey(request)) {
      return true;
    }
    Optional<WriterAddress> writer = forwarder.destination(request);
    if (writer.isEmpty()) {
      return true;
    }
    forwarder.pass(request, response, writer.get(), known ? Asker.PROGRAM : Asker.STRANGER);
    return false;
  }
}
