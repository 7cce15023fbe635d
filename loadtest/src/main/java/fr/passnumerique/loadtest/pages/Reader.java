package fr.passnumerique.loadtest.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** Somebody who has logged in with a password and reads pages, without any script. */
final class Reader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpClient http;
  private final URI root;

  private Reader(HttpClient http, URI root) {
    this.http = http;
    this.root = root;
  }

  /**
   * What was answered.
   *
   * @param type without its parameters, as {@code text/html}
   * @param location of another page, if it leads there; else empty
   * @param firstByteNanos from asking until the answer began
   * @param nanos until all of it was here
   */
  record Seen(
      int status, String type, String location, byte[] body, long firstByteNanos, long nanos) {
    boolean isPage() {
      return status == 200 && type.equals("text/html");
    }

    Document page() {
      return Jsoup.parse(new String(body, UTF_8));
    }
  }

  /**
   * Makes the account too.
   *
   * @param subject whom it acts for; empty for clerks and auditors
   */
  static Reader logIn(URI root, Accounts accounts, String login, Role role, String subject)
      throws IOException, InterruptedException {
    String password = UUID.randomUUID().toString();
    accounts.create(login, password, role, subject, "loadtest");
    Reader reader =
        new Reader(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .build(),
            root);
    Element token = reader.see("/login").page().selectFirst("input[name=_csrf]");
    if (token == null) {
      throw new IOException("the page of the login has no token");
    }
    Seen answer =
        reader.send(
            reader
                .request("/login")
                .header("Content-Type", FORM)
                .POST(
                    BodyPublishers.ofString(
                        "login=%s&password=%s&_csrf=%s"
                            .formatted(encoded(login), encoded(password), encoded(token.val()))))
                .build());
    if (answer.status() != 302 || answer.location().contains("/login")) {
      throw new IOException(
          "%s cannot log in: %d %s".formatted(login, answer.status(), answer.location()));
    }
    return reader;
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /**
   * @param path with its query
   * @throws IOException if it is not answered
   */
  Seen see(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path))
        .timeout(PATIENCE)
        .header("Accept", "text/html");
  }

  private Seen send(HttpRequest request) throws IOException, InterruptedException {
    long from = System.nanoTime();
    HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
    long first = System.nanoTime();
    byte[] body;
    try (InputStream in = response.body()) {
      body = in.readAllBytes();
    }
    long all = System.nanoTime();
    return new Seen(
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", ""),
        response.headers().firstValue("Location").orElse(""),
        body,
        first - from,
        all - from);
  }

  @Override
  public void close() {
    http.close();
  }
}
