package fr.passnumerique.clearing.forwarding;

import fr.passnumerique.clearing.access.ApiKeyFilter;
import fr.passnumerique.clearing.forwarding.Forwarder.Asker;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.ProgramPaths;
import fr.passnumerique.clearing.http.StaticFiles;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.WriterAddress;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Whatever a browser asks goes to the node that writes, pages and forms alike, with its cookies:
 * sessions begin and live there, and nowhere else. Before anything here makes a session of its own,
 * whose cookie would take the place of the writer's.
 *
 * <p>The road not taken, to read pages here and forward forms, needs sessions that all nodes know,
 * and shows after a form what this node has not read yet.
 */
final class ForwardsBrowsers extends OncePerRequestFilter {
  private final Forwarder forwarder;
  private final Supplier<HandlerExceptionResolver> refusals;

  ForwardsBrowsers(Forwarder forwarder, Supplier<HandlerExceptionResolver> refusals) {
    this.forwarder = forwarder;
    this.refusals = refusals;
  }

  /** A program's, health and files that are the same everywhere are none. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String path = ProgramPaths.pathOf(request);
    return ApiKeyFilter.isOfProgram(request)
        || ProgramPaths.isOfOperators(path)
        || StaticFiles.hold(path)
        || request.getRequestedSessionId() == null && ProgramPaths.hold(path);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try {
      Optional<WriterAddress> writer = forwarder.destination(request);
      if (writer.isPresent()) {
        forwarder.pass(
            request,
            response,
            writer.get(),
            request.getRequestedSessionId() == null ? Asker.NEWCOMER : Asker.BROWSER);
        return;
      }
      if (forwarder.writerIsSought()
          && request.getRequestedSessionId() != null
          && !request.isRequestedSessionIdValid()) {
        // A session begun here would take the place of the one that lives on there.
        throw new LedgerUnavailableException("where the session is, is not known now");
      }
    } catch (LedgerUnavailableException | HttpMessageNotReadableException | Problem e) {
      refusals.get().resolveException(request, response, null, e);
      return;
    }
    chain.doFilter(request, response);
  }
}
