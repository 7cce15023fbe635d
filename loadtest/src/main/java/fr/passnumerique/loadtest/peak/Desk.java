package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.access.Account;
import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Somebody who works with the application over HTTP, by an API key of his own. */
public final class Desk {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final HttpClient http;
  private final URI root;
  private final String key;

  private Desk(HttpClient http, URI root, String key) {
    this.http = http;
    this.root = root;
    this.key = key;
  }

  /**
   * Makes the account too.
   *
   * @param subject whom it acts for; empty for clerks
   */
  public static Desk open(
      HttpClient http, URI root, Accounts accounts, String login, Role role, String subject) {
    Account account = accounts.create(login, null, role, subject, "loadtest");
    return new Desk(http, root, accounts.createKey(account.id(), "loadtest", "loadtest").key());
  }

  /**
   * @throws IOException if it is not answered, or not with 2xx
   */
  public JsonNode post(String path, Map<String, ?> body) throws IOException, InterruptedException {
    return FactCatalogue.JSON.readTree(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(FactCatalogue.JSON.writeValueAsBytes(body)))
                .build()));
  }

  /**
   * @return the answer as it is
   * @throws IOException if it is not answered, or not with 2xx
   */
  public byte[] get(String path) throws IOException, InterruptedException {
    return send(request(path).build());
  }

  public JsonNode getJson(String path) throws IOException, InterruptedException {
    return FactCatalogue.JSON.readTree(get(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + key);
  }

  private byte[] send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          "%s %s was answered %d: %s"
              .formatted(
                  request.method(),
                  request.uri().getPath(),
                  response.statusCode(),
                  new String(response.body(), UTF_8)));
    }
    return response.body();
  }
}
