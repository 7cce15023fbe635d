package fr.passnumerique.clearing.forwarding;

import fr.passnumerique.clearing.ledger.LedgerNode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives a forwarded request the address of its client, which limits on guessing go by, and not that
 * of the node that forwards. Whoever cannot show this node's secret is no node: it keeps its own
 * address, whatever it claims.
 */
final class ForwardedClient extends OncePerRequestFilter {
  /**
   * Bears the secret of the node that is forwarded to. Where it stands, right or wrong, a request
   * is not forwarded once more.
   */
  static final String SECRET = "Pass-Forwarded";

  static final String CLIENT = "Pass-Forwarded-Client";

  private final LedgerNode node;

  ForwardedClient(LedgerNode node) {
    this.node = node;
  }

  static boolean isForwarded(HttpServletRequest request) {
    return request.getHeader(SECRET) != null;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String client = request.getHeader(CLIENT);
    boolean byNode =
        node.address().map(own -> own.isShown(request.getHeader(SECRET))).orElse(false);
    chain.doFilter(client != null && byNode ? new OfClient(request, client) : request, response);
  }

  private static final class OfClient extends HttpServletRequestWrapper {
    private final String client;

    OfClient(HttpServletRequest request, String client) {
      super(request);
      this.client = client;
    }

    @Override
    public String getRemoteAddr() {
      return client;
    }

    @Override
    public String getRemoteHost() {
      return client;
    }
  }
}
