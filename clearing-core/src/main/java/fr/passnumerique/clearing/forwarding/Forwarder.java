package fr.passnumerique.clearing.forwarding;

import fr.passnumerique.clearing.access.ApiKeyFilter;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.UploadTooLargeException;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.ledger.WriterAddress;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.http.server.ServletServerHttpRequest;
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
 * where it began and to no other: whoever is known by one is answered here, and no cookie is passed
 * on.
 *
 * <p>A node that stands by counts no guesses: what it may not forward because it was forwarded
 * already, or so says its header, it refuses.
 */
final class Forwarder implements HandlerInterceptor, AutoCloseable {
  private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

  /** Of one connection and not of the request, or written by the client anew. */
  private static final Set<String> NOT_PASSED_ON =
      Set.of(
          "connection",
          "content-length",
          "cookie",
          "date",
          "expect",
          "forwarded",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Duration CONNECT = Duration.ofSeconds(2);

  /** Longer than a command waits for the database, and than a large file is read. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final Duration LOOK = Duration.ofMillis(50);

  /** Of one whom nobody knows: a code to check, a login and its password. */
  private static final int STRANGERS_BODY_BYTES = 64 * 1024;

  /** Larger bodies, which lie in memory whole, have few places of their own. */
  private static final int SMALL_BODY_BYTES = 1024 * 1024;

  private static final int LARGE_BODIES_AT_ONCE = 4;

  /** What a change is answered with; more is no answer of ours. */
  private static final long LARGEST_ANSWER_BYTES = 32L * 1024 * 1024;

  private final Semaphore largeBodies = new Semaphore(LARGE_BODIES_AT_ONCE);

  private final LedgerNode node;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          // Whatever this machine goes out by: keys are for the other node alone.
          .proxy(HttpClient.Builder.NO_PROXY)
          .executor(Executors.newVirtualThreadPerTaskExecutor())
          .build();

  Forwarder(LedgerNode node) {
    this.node = node;
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (!(handler instanceof HandlerMethod)
        || SAFE.contains(request.getMethod())
        || isOfSession(request)) {
      return true;
    }
    if (ForwardedClient.isForwarded(request)) {
      if (node.state() == LedgerNode.State.STANDBY) {
        throw new LedgerUnavailableException("this node was forwarded to and does not write");
      }
      return true;
    }
    Optional<WriterAddress> writer = node.elsewhere();
    if (writer.isEmpty()) {
      return true;
    }
    long length = request.getContentLengthLong();
    // A stranger's is small, or refused: it takes no place of those.
    boolean large = request.getUserPrincipal() != null && (length < 0 || length > SMALL_BODY_BYTES);
    if (large && !largeBodies.tryAcquire()) {
      throw Problem.tooMany(
          "TOO_BUSY",
          "%d large requests are being passed on to the node that writes"
              .formatted(LARGE_BODIES_AT_ONCE),
          Duration.ofSeconds(1));
    }
    try {
      give(response, answer(forwarded(request, writer.get()), writer.get()));
    } catch (UploadTooLargeException e) {
      UploadTooLargeException.answer(request, response);
    } finally {
      if (large) {
        largeBodies.release();
      }
    }
    return false;
  }

  private static boolean isOfSession(HttpServletRequest request) {
    return request.getUserPrincipal() != null && !ApiKeyFilter.showsKey(request);
  }

  private static HttpRequest forwarded(HttpServletRequest request, WriterAddress to)
      throws IOException {
    byte[] body = body(request);
    HttpRequest.Builder forwarded =
        HttpRequest.newBuilder(address(request, to))
            .method(
                request.getMethod(),
                body.length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.fromPublisher(
                        // As an array it would be copied once more.
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)),
                        body.length))
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

  private static URI address(HttpServletRequest request, WriterAddress to) {
    String query = request.getQueryString();
    try {
      return URI.create(to.uri() + request.getRequestURI() + (query == null ? "" : "?" + query));
    } catch (IllegalArgumentException _) {
      throw new Problem(
          400,
          "INVALID_PARAMETER",
          "the request's address has a character, or a %-code, that no address has",
          "write it in %-codes");
    }
  }

  /** Read whole: nobody may read on in a request that was answered meanwhile. */
  private static byte[] body(HttpServletRequest request) throws IOException {
    try {
      InputStream in = request.getInputStream();
      if (request.getUserPrincipal() != null) {
        return in.readAllBytes();
      }
      byte[] body = in.readNBytes(STRANGERS_BODY_BYTES + 1);
      if (body.length > STRANGERS_BODY_BYTES) {
        throw new Problem(
            413,
            "UPLOAD_TOO_LARGE",
            "without a key the request's body may have at most %d bytes"
                .formatted(STRANGERS_BODY_BYTES),
            "send less, or a key");
      }
      return body;
    } catch (UploadTooLargeException e) {
      throw e;
    } catch (IOException e) {
      throw new HttpMessageNotReadableException(
          "the body broke off", e, new ServletServerHttpRequest(request));
    }
  }

  private static boolean isPassedOn(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    // From where the request comes is told by what this node believes, and not by what is claimed.
    return !NOT_PASSED_ON.contains(name) && !name.startsWith("x-forwarded-");
  }

  /** A frozen writer answers nothing and refuses nothing: another is elected long before. */
  private HttpResponse<byte[]> answer(HttpRequest forwarded, WriterAddress to) {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            forwarded, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER_BYTES));
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        try {
          return answer.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          if (isAnotherElected(to)) {
            throw new LedgerUnavailableException(
                "another node than %s was elected before it answered".formatted(to));
          }
          // The client's own patience ends with the head of an answer.
          if (System.nanoTime() > end) {
            throw new LedgerUnavailableException("%s did not answer in time".formatted(to));
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

  /** Not where this node only cannot look. */
  private boolean isAnotherElected(WriterAddress than) {
    return node.state() == LedgerNode.State.WRITING
        || node.elsewhere().filter(now -> !now.equals(than)).isPresent();
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
