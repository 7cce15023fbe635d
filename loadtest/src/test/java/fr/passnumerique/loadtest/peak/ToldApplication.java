package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Answers as it was told, and looks at the clock. */
public final class ToldApplication implements AutoCloseable {
  private final HttpServer server;
  private final Queue<Reply> replies;
  private final List<Duration> pauses = new ArrayList<>();
  private long answered;

  /**
   * One answer.
   *
   * @param retryAfter in seconds; empty where the header is not sent
   * @param body empty where there is none
   */
  public record Reply(int status, Optional<Integer> retryAfter, String body) {
    /** The connection ends without a word. */
    public static Reply none() {
      return new Reply(0, Optional.empty(), "");
    }

    /** The slip is recorded. */
    public static Reply taken(String body) {
      return new Reply(201, Optional.empty(), body);
    }

    /** The slip is to come later. */
    public static Reply later(int status, int seconds, String code) {
      return new Reply(status, Optional.of(seconds), "{\"code\":\"%s\"}".formatted(code));
    }
  }

  private ToldApplication(HttpServer server, List<Reply> replies) {
    this.server = server;
    this.replies = new ArrayDeque<>(replies);
  }

  /**
   * @param replies to one request after the other
   */
  public static ToldApplication start(Reply... replies) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ToldApplication application = new ToldApplication(server, List.of(replies));
    server.createContext("/", application::answer);
    server.start();
    return application;
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    if (answered > 0) {
      pauses.add(Duration.ofNanos(System.nanoTime() - answered));
    }
    Reply reply = replies.remove();
    reply
        .retryAfter()
        .ifPresent(seconds -> exchange.getResponseHeaders().add("Retry-After", "" + seconds));
    byte[] body = reply.body().getBytes(UTF_8);
    answered = System.nanoTime();
    if (reply.status() == 0) {
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  public URI root() {
    return URI.create("http://localhost:" + server.getAddress().getPort());
  }

  /** From each answer, before it was sent, until the next request came. */
  public synchronized List<Duration> pauses() {
    return List.copyOf(pauses);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
