package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.loadtest.peak.SlipSender.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
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
 * key each, every check on but the limit of false codes an hour.
 */
public final class HttpWay implements Way {
  private final SlipRequests requests;
  private final LedgerBooks books;
  private final ApplicationProcess application;

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
                ApplicationProcess.command(ApplicationProcess.APPLICATION),
                directory.resolve("application.log"),
                properties));
    try (HttpClient http = HttpClient.newHttpClient()) {
      way.application.awaitHealth(http);
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

  public void collectGarbage() throws IOException, InterruptedException {
    application.collectGarbage();
  }

  public long residentBytes() throws IOException {
    return application.residentBytes();
  }

  public SlipRequests requests() {
    return requests;
  }

  public SlipSender sender(int connections) {
    return new SlipSender(root(), requests, connections);
  }

  @Override
  public String name() {
    return "http";
  }

  @Override
  public String description() {
    return "the application as a process of its own over loopback HTTP: JSON, API key per venue,"
        + " every check on but the limit of false codes an hour, which so few venues would reach;"
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
  public long pid() {
    return application.pid();
  }

  @Override
  public long processNanos() {
    return application.nanos();
  }

  @Override
  public void close() {
    application.close();
  }

  private final class HttpSender implements Client {
    private final Map<Slip, byte[]> ready = new HashMap<>();
    private final SlipSender sender = sender(1);

    @Override
    public void prepare(List<Slip> slips) {
      slips.forEach(slip -> ready.put(slip, requests.json(slip)));
    }

    @Override
    public Supplier<Answer> send(Slip slip) {
      byte[] json = ready.get(slip);
      Reply reply;
      try {
        // Another client's is not ready.
        reply = sender.send(slip, json == null ? requests.json(slip) : json);
      } catch (IOException e) {
        throw new UncheckedIOException("slip " + slip.number(), e);
      }
      if (reply.status() != 201 && reply.status() != 200) {
        throw new IllegalStateException(
            "slip %d was answered %d: %s"
                .formatted(slip.number(), reply.status(), new String(reply.body(), UTF_8)));
      }
      return () -> answer(reply.body());
    }

    @Override
    public void close() {
      sender.close();
    }
  }

  public static Answer answer(byte[] body) {
    JsonNode json = FactCatalogue.JSON.readTree(body);
    List<Verdict> verdicts = new ArrayList<>();
    for (JsonNode line : json.get("lines")) {
      verdicts.add(Verdict.valueOf(line.get("verdict").stringValue()));
    }
    return new Answer(
        verdicts, json.get("amountCents").longValue(), json.get("already").booleanValue());
  }
}
