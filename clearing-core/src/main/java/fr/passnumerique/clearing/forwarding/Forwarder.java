package fr.passnumerique.clearing.forwarding;

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
import java.net.http.HttpResponse.BodyHandler;
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

/**
 * On a node that stands by: passes a request on to the node that writes, and gives back its answer.
 * Which ones is for {@link ForwardsCommands} and {@link ForwardsBrowsers} to say.
 *
 * <p>Once: a node that is forwarded to and does not write either answers 503. So is answered where
 * nobody can tell whether the writer recorded it, because it ended or another was elected
 * meanwhile; the same request sent again is answered with what was recorded.
 *
 * <p>A node that stands by counts no guesses: what it may not forward because it was forwarded
 * already, or so says its header, it refuses.
 */
final class Forwarder implements AutoCloseable {
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

  /** Who asks, as far as this node knows. */
  enum Asker {
    /** Nobody: its body is small, or refused, and its cookies are its own. */
    STRANGER(false),
    /** By a key, which was admitted. */
    PROGRAM(false),
    /** By a session of the writer's, to which cookies belong. */
    BROWSER(true),
    /** A browser before it has a session. */
    NEWCOMER(true);

    private final boolean cookies;

    Asker(boolean cookies) {
      this.cookies = cookies;
    }

    boolean mayBeLarge() {
      return this == PROGRAM || this == BROWSER;
    }
  }

  static boolean isSafe(HttpServletRequest request) {
    return SAFE.contains(request.getMethod());
  }

  /**
   * @return empty where the request is answered here: by the writer, or as well as can be
   * @throws LedgerUnavailableException if it was forwarded to a node that does not write
   */
  Optional<WriterAddress> destination(HttpServletRequest request) {
    if (ForwardedClient.isForwarded(request)) {
      if (node.state() == LedgerNode.State.STANDBY) {
        throw new LedgerUnavailableException("this node was forwarded to and does not write");
      }
      return Optional.empty();
    }
    return node.elsewhere();
  }

  /**
   * @throws Problem 429 {@code TOO_BUSY}, 413 {@code UPLOAD_TOO_LARGE}
   * @throws LedgerUnavailableException if nobody can tell what came of it
   */
  void pass(HttpServletRequest request, HttpServletResponse response, WriterAddress to, Asker asker)
      throws IOException {
    long length = request.getContentLengthLong();
    // A stranger's is small, or refused: it takes no place of those.
    boolean large =
        asker.mayBeLarge() && (length > SMALL_BODY_BYTES || length < 0 && !isSafe(request));
    if (large && !largeBodies.tryAcquire()) {
      throw Problem.tooMany(
          "TOO_BUSY",
          "%d large requests are being passed on to the node that writes"
              .formatted(LARGE_BODIES_AT_ONCE),
          Duration.ofSeconds(1));
    }
    try {
      HttpRequest forwarded = forwarded(request, to, asker);
      if (isSafe(request)) {
        // Nothing hangs on whether it arrives whole, and a table may be as long as it likes.
        stream(response, answer(forwarded, to, BodyHandlers.ofInputStream()), to, request, asker);
      } else {
        HttpResponse<byte[]> answer =
            answer(
                forwarded,
                to,
                BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER_BYTES));
        head(response, answer, to, request, asker);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
      }
    } catch (UploadTooLargeException e) {
      UploadTooLargeException.answer(request, response);
    } finally {
      if (large) {
        largeBodies.release();
      }
    }
  }

  private static HttpRequest forwarded(HttpServletRequest request, WriterAddress to, Asker asker)
      throws IOException {
    byte[] body = body(request, asker);
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
      if (isPassedOn(name) || asker.cookies && name.equalsIgnoreCase("cookie")) {
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
  private static byte[] body(HttpServletRequest request, Asker asker) throws IOException {
    try {
      InputStream in = request.getInputStream();
      if (asker.mayBeLarge()) {
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
  private <T> HttpResponse<T> answer(HttpRequest forwarded, WriterAddress to, BodyHandler<T> as) {
    CompletableFuture<HttpResponse<T>> answer = http.sendAsync(forwarded, as);
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

  private static void stream(
      HttpServletResponse response,
      HttpResponse<InputStream> answer,
      WriterAddress to,
      HttpServletRequest request,
      Asker asker)
      throws IOException {
    head(response, answer, to, request, asker);
    answer.headers().firstValueAsLong("Content-Length").ifPresent(response::setContentLengthLong);
    try (InputStream body = answer.body()) {
      body.transferTo(response.getOutputStream());
    }
  }

  private static void head(
      HttpServletResponse response,
      HttpResponse<?> answer,
      WriterAddress to,
      HttpServletRequest request,
      Asker asker) {
    response.setStatus(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (name.equalsIgnoreCase("location")) {
                values.forEach(value -> response.addHeader(name, here(value, to)));
              } else if (name.equalsIgnoreCase("set-cookie")) {
                if (asker.cookies) {
                  values.forEach(value -> response.addHeader(name, secured(value, request)));
                }
              } else if (isPassedOn(name)) {
                values.forEach(value -> response.addHeader(name, value));
              }
            });
  }

  /** Whoever asked this node goes on asking this node. */
  private static String here(String location, WriterAddress to) {
    String writer = to.uri().toString();
    return location.startsWith(writer + "/") ? location.substring(writer.length()) : location;
  }

  /** Between nodes it may go over http, to the browser by what it came. */
  private static String secured(String cookie, HttpServletRequest request) {
    return request.isSecure() && !cookie.contains("; Secure") ? cookie + "; Secure" : cookie;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
