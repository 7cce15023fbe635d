package fr.passnumerique.clearing.forwarding;

import fr.passnumerique.clearing.access.Access;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

  /** Of an answer that is streamed: as much as the client holds in one of its buffers. */
  private static final int PIECE_BYTES = 16 * 1024;

  /** What a change is answered with; more is no answer of ours. */
  private static final long LARGEST_ANSWER_BYTES = 32L * 1024 * 1024;

  /** Anybody can show a session's cookie: that takes no place of a program's. */
  private final Map<Asker, Semaphore> largeBodies =
      Map.of(
          Asker.PROGRAM, new Semaphore(LARGE_BODIES_AT_ONCE),
          Asker.BROWSER, new Semaphore(LARGE_BODIES_AT_ONCE));

  private final LedgerNode node;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          // Whatever this machine goes out by: keys are for the other node alone.
          .proxy(HttpClient.Builder.NO_PROXY)
          .executor(threads)
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
   * Whether a writer that cannot be named now may be another, and hold a browser's session. Where
   * nodes have no address each keeps sessions of its own.
   */
  boolean writerIsSought() {
    return node.state() == LedgerNode.State.STANDBY && node.address().isPresent();
  }

  /**
   * Sent again, what records a fact is answered with what was recorded; a change of an account,
   * which a browser's form may be, is tried once more.
   *
   * @throws Problem 429 {@code TOO_BUSY}, 413 {@code UPLOAD_TOO_LARGE}, 400 {@code
   *     INVALID_PARAMETER}
   * @throws HttpMessageNotReadableException (400) if its body breaks off or comes too slowly
   * @throws LedgerUnavailableException if nobody can tell what came of it
   * @throws IOException if an answer breaks off of which a part was given: the connection is to be
   *     closed
   */
  void pass(HttpServletRequest request, HttpServletResponse response, WriterAddress to, Asker asker)
      throws IOException {
    // A stranger's is small, or refused: it takes none of them.
    Semaphore places = mayBeLarge(request) ? largeBodies.get(asker) : null;
    if (places != null && !places.tryAcquire()) {
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
      if (places != null) {
        places.release();
      }
    }
  }

  private static boolean mayBeLarge(HttpServletRequest request) {
    long length = request.getContentLengthLong();
    return !isSafe(request) && (length > SMALL_BODY_BYTES || length < 0);
  }

  private HttpRequest forwarded(HttpServletRequest request, WriterAddress to, Asker asker)
      throws IOException {
    // What only reads says all of it in its address; a body would be read beside the places.
    byte[] body = isSafe(request) ? new byte[0] : body(request, asker);
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
  private byte[] body(HttpServletRequest request, Asker asker) throws IOException {
    try {
      InputStream in = request.getInputStream();
      if (largeBodies.containsKey(asker)) {
        return in.readAllBytes();
      }
      byte[] body = in.readNBytes(STRANGERS_BODY_BYTES + 1);
      if (body.length > STRANGERS_BODY_BYTES) {
        throw new Problem(
            413,
            "UPLOAD_TOO_LARGE",
            "%s the request's body may have at most %d bytes"
                .formatted(
                    asker.cookies ? "before a login" : "without a key", STRANGERS_BODY_BYTES),
            asker.cookies ? "send less, or log in first" : "send less, or a key");
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

  private <T> HttpResponse<T> answer(HttpRequest forwarded, WriterAddress to, BodyHandler<T> as) {
    return await(http.sendAsync(forwarded, as), to);
  }

  /** A frozen writer answers nothing and refuses nothing: another is elected long before. */
  private <T> T await(Future<T> coming, WriterAddress from) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        try {
          return coming.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
          if (isAnotherElected(from)) {
            throw new LedgerUnavailableException(
                "another node than %s was elected before it answered".formatted(from));
          }
          // The client's own patience ends with the head of an answer.
          if (System.nanoTime() > end) {
            throw new LedgerUnavailableException("%s did not answer in time".formatted(from));
          }
        }
      }
    } catch (ExecutionException e) {
      throw new LedgerUnavailableException("the writer at %s did not answer".formatted(from), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LedgerUnavailableException("interrupted", e);
    } finally {
      coming.cancel(true);
    }
  }

  /** Not where this node only cannot look. */
  private boolean isAnotherElected(WriterAddress than) {
    return node.state() == LedgerNode.State.WRITING
        || node.elsewhere().filter(now -> !now.equals(than)).isPresent();
  }

  /** Each piece is waited for as the head was; how long the browser takes it counts for nobody. */
  private void stream(
      HttpServletResponse response,
      HttpResponse<InputStream> answer,
      WriterAddress to,
      HttpServletRequest request,
      Asker asker)
      throws IOException {
    head(response, answer, to, request, asker);
    answer.headers().firstValueAsLong("Content-Length").ifPresent(response::setContentLengthLong);
    try (InputStream body = answer.body()) {
      byte[] piece = new byte[PIECE_BYTES];
      for (int read = next(body, piece, to); read >= 0; read = next(body, piece, to)) {
        response.getOutputStream().write(piece, 0, read);
      }
    } catch (LedgerUnavailableException e) {
      if (response.isCommitted()) {
        // Closes the connection, so that the browser does not take the half for the whole.
        throw new IOException("the answer broke off", e);
      }
      response.reset();
      throw e;
    }
  }

  private int next(InputStream body, byte[] piece, WriterAddress from) {
    return await(threads.submit(() -> body.read(piece)), from);
  }

  private static void head(
      HttpServletResponse response,
      HttpResponse<?> answer,
      WriterAddress to,
      HttpServletRequest request,
      Asker asker) {
    response.setStatus(answer.statusCode());
    // The hop to the writer, which knows only that one, may be http.
    Access.ONLY_BY_HTTPS.writeHeaders(request, response);
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
    threads.shutdownNow();
  }
}
