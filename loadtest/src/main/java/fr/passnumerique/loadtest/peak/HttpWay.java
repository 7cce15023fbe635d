package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.redemption.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/**
 * The application as a process of its own, asked over HTTP by programs of the venues: JSON, an API
 * key each, every check on.
 */
final class HttpWay implements Way {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final SlipRequests requests;
  private final LedgerBooks books;
  private final ApplicationProcess application;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpWay(SlipRequests requests, LedgerBooks books, ApplicationProcess application) {
    this.requests = requests;
    this.books = books;
    this.application = application;
  }

  /**
   * Gives each venue an API key and starts the application; returns when it is healthy and its
   * projections have caught up.
   *
   * @param properties of a ledger that holds the plan's cheques
   * @param accounts the same database as the clearing role, to make keys in
   * @param directory for its log
   */
  static HttpWay start(
      Plan plan,
      Map<String, String> properties,
      DataSource accounts,
      LedgerBooks books,
      Path directory)
      throws IOException, InterruptedException {
    SlipRequests requests =
        new SlipRequests(plan, SlipRequests.keys(plan, new Accounts(accounts, Clock.systemUTC())));
    HttpWay way =
        new HttpWay(
            requests,
            books,
            ApplicationProcess.start(
                ApplicationProcess.APPLICATION, directory.resolve("application.log"), properties));
    try {
      way.application.awaitHealth(way.http);
      way.drain();
      return way;
    } catch (RuntimeException | InterruptedException e) {
      way.close();
      throw e;
    }
  }

  URI root() {
    return application.root();
  }

  void collectGarbage() throws IOException, InterruptedException {
    application.collectGarbage();
  }

  /** A slip as its venue's program sends it. */
  HttpRequest request(Slip slip) {
    return requests.of(root(), slip, PATIENCE);
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String description() {
    return "the application as a process of its own over loopback HTTP: JSON, API key per venue,"
        + " projections and the claim index running";
  }

  @Override
  public Client client() {
    return new HttpSender();
  }

  @Override
  public void drain() throws InterruptedException {
    books.awaitProjections();
  }

  @Override
  public Optional<Freshness> freshness() {
    return Optional.of(books.freshness());
  }

  @Override
  public Books books() {
    return books.read();
  }

  @Override
  public long processNanos() {
    return application.nanos();
  }

  @Override
  public void close() {
    http.shutdownNow();
    application.close();
  }

  private final class HttpSender implements Client {
    private final Map<Slip, HttpRequest> ready = new HashMap<>();

    @Override
    public void prepare(List<Slip> slips) {
      slips.forEach(slip -> ready.put(slip, request(slip)));
    }

    @Override
    public Supplier<Answer> send(Slip slip) {
      HttpRequest request = ready.get(slip);
      if (request == null) {
        // Another client's.
        request = request(slip);
      }
      HttpResponse<byte[]> response;
      try {
        response = http.send(request, BodyHandlers.ofByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException("slip " + slip.number(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (response.statusCode() != 201 && response.statusCode() != 200) {
        throw new IllegalStateException(
            "slip %d was answered %d: %s"
                .formatted(
                    slip.number(), response.statusCode(), new String(response.body(), UTF_8)));
      }
      return () -> answer(response.body());
    }
  }

  static Answer answer(byte[] body) {
    JsonNode json = FactCatalogue.JSON.readTree(body);
    List<Verdict> verdicts = new ArrayList<>();
    for (JsonNode line : json.get("lines")) {
      verdicts.add(Verdict.valueOf(line.get("verdict").stringValue()));
    }
    return new Answer(
        verdicts, json.get("amountCents").longValue(), json.get("already").booleanValue());
  }
}
