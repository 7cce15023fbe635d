package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.redemption.Verdict;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.sql.DataSource;
import tools.jackson.databind.JsonNode;

/**
 * The application as a process of its own, asked over HTTP by programs of the venues: JSON, an API
 * key each, every check on.
 */
final class HttpWay implements Way {
  private static final String APPLICATION = "fr.passnumerique.ui.ClearingApplication";
  private static final String LAUNCHER =
      "org.springframework.boot.loader.launch.PropertiesLauncher";
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int TOLD_LOG_LINES = 30;

  private final SlipRequests requests;
  private final LedgerBooks books;
  private final Process process;
  private final URI root;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpWay(SlipRequests requests, LedgerBooks books, Process process, URI root) {
    this.requests = requests;
    this.books = books;
    this.process = process;
    this.root = root;
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
    SlipRequests requests = new SlipRequests(plan, SlipRequests.keys(plan, new Accounts(accounts)));
    int port = freePort();
    Map<String, String> all = new HashMap<>(properties);
    all.put("server.address", "127.0.0.1");
    all.put("server.port", Integer.toString(port));
    Path log = directory.resolve("application.log");
    ProcessBuilder command = new ProcessBuilder(command());
    // Not as arguments: passwords would be seen by everybody on the machine.
    command
        .environment()
        .put("SPRING_APPLICATION_JSON", FactCatalogue.JSON.writeValueAsString(all));
    Process process = command.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    HttpWay way =
        new HttpWay(requests, books, process, URI.create("http://127.0.0.1:%d".formatted(port)));
    try {
      way.awaitHealth(log);
      way.drain();
      return way;
    } catch (RuntimeException | InterruptedException e) {
      way.close();
      throw e;
    }
  }

  /** The Java that runs this, on the class path that holds this. */
  private static List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
    command.addAll(Machine.options());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    if (HttpWay.class.getClassLoader().getClass().getName().contains("boot.loader")) {
      // A jar of jars, which only its launcher can read.
      command.add("-Dloader.main=" + APPLICATION);
      command.add(LAUNCHER);
    } else {
      command.add(APPLICATION);
    }
    return command;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitHealth(Path log) throws InterruptedException {
    HttpRequest health = HttpRequest.newBuilder(root.resolve("/actuator/health")).build();
    long end = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // Not there yet.
      }
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "the application did not start; its log ends with:\n" + tail(log));
      }
      Thread.sleep(100);
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(
          "\n", lines.subList(Math.max(0, lines.size() - TOLD_LOG_LINES), lines.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
  public Books books() {
    return books.read();
  }

  @Override
  public long processNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  @Override
  public void close() {
    http.shutdownNow();
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private final class HttpSender implements Client {
    private final Map<Slip, HttpRequest> ready = new HashMap<>();

    @Override
    public void prepare(List<Slip> slips) {
      slips.forEach(slip -> ready.put(slip, requests.of(root, slip, PATIENCE)));
    }

    @Override
    public Supplier<Answer> send(Slip slip) {
      HttpRequest request = ready.get(slip);
      if (request == null) {
        // Another client's.
        request = requests.of(root, slip, PATIENCE);
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

  private static Answer answer(byte[] body) {
    JsonNode json = FactCatalogue.JSON.readTree(body);
    List<Verdict> verdicts = new ArrayList<>();
    for (JsonNode line : json.get("lines")) {
      verdicts.add(Verdict.valueOf(line.get("verdict").stringValue()));
    }
    return new Answer(
        verdicts, json.get("amountCents").longValue(), json.get("already").booleanValue());
  }
}
