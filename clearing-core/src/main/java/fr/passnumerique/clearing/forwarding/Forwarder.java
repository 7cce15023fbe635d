package fr.passnumerique.clearing.forwarding;

import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.WriterAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * On a node that stands by: passes what changes something on to the node that writes, and gives
 * back its answer. What is only read is answered here.
 *
 * <p>Once: a node that is forwarded to and does not write either answers 503. So is answered where
 * nobody can tell whether the writer recorded it, because it ended or another was elected
 * meanwhile; the same request sent again is answered with what was recorded.
 *
 * <p>Who asks was admitted here and is once more there. A browser's session is known to the node
 * where it began and to no other, so what comes with one is not forwarded.
 */
final class Forwarder implements HandlerInterceptor, AutoCloseable {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Of one connection and not of the request, or written by the client anew. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "forwarded",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Longer than a command waits for the database, and than a large file is read. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(100);

  private final LedgerNode node;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  Forwarder(LedgerNode node) {
    this.node = node;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    Optional<WriterAddress> writer = node.elsewhere();
    if (writer.isEmpty()
        || !(handler instanceof HandlerMethod)
        || SAFE.contains(request.getMethod())
        || ForwardedClient.isForwarded(request)
        || request.getSession(false) != null) {
      return true;
    }
    give(response, answer(forwarded(request, writer.get()), writer.get()));
    return false;
  }

  /** With its body read whole: nobody may read on in a request that was answered meanwhile. */
  private static HttpRequest forwarded(HttpServletRequest request, WriterAddress to)
      throws IOException {
    String query = request.getQueryString();
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(
                URI.create(to.uri() + request.getRequestURI() + (query == null ? "" : "?" + query)))
            .method(
                request.getMethod(),
                BodyPublishers.ofByteArray(request.getInputStream().readAllBytes()))
            .timeout(PATIENCE);
    for (String name : Collections.list(request.getHeaderNames())) {
      if (isPassedOn(name)) {
        Collections.list(request.getHeaders(name)).forEach(value -> forwarded.header(name, value));
      }
    }
    return forwarded
        .header(ForwardedClient.SECRET, to.secret())
        .setHeader(ForwardedClient.CLIENT, request.getRemoteAddr())
        .build();
  }

  private static boolean isPassedOn(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    // From where the request comes is told by what this node believes, and not by what is claimed.
    return !NOT_PASSED_ON.contains(name) && !name.startsWith("x-forwarded-");
  }

  /** A frozen writer answers nothing and refuses nothing: another is elected long before. */
  private HttpResponse<byte[]> answer(HttpRequest forwarded, WriterAddress to) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(forwarded, BodyHandlers.ofByteArray());
    try {
      while (true) {
        try {
          return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          if (!node.elsewhere().equals(Optional.of(to))) {
            throw new LedgerUnavailableException(
                "another node than %s was elected before it answered".formatted(to));
          }
        }
      }
    } catch (ExecutionException e) {
      throw new LedgerUnavailableException("the writer at %s did not answer".formatted(to), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted", e);
    } finally {
      answer.cancel(true);
    }
  }

  private static void give(HttpServletResponse response, HttpResponse<byte[]> answer)
      throws IOException {
    response.setStatus(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (isPassedOn(name)) {
                values.forEach(value -> response.addHeader(name, value));
              }
            });
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
