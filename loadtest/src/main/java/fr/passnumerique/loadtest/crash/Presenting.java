package fr.passnumerique.loadtest.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.loadtest.crash.Acknowledged.Answer;
import fr.passnumerique.loadtest.peak.PreparedSlips;
import fr.passnumerique.loadtest.peak.PreparedSlips.Presented;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The venues of one cycle: each client presents its slips one after the other, and sends the same
 * slip again until it is answered, whatever came of it before. Of a hundred slips three are given
 * up before the answer and sent again, three are sent twice at the same moment, and three once more
 * after the answer.
 *
 * <p>Patient clients come again when they were told to, as a venue's program does, and it is
 * counted how often one of their slips was sent. The others come again at once: they find out when
 * slips are accepted.
 */
final class Presenting implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final Duration BEFORE_AGAIN = Duration.ofMillis(20);

  /**
   * The ledger is not written now; the accounts, by which a venue is known, are not read now; there
   * is no place now.
   */
  private static final Set<String> LATER =
      new TreeSet<>(List.of("LEDGER_UNAVAILABLE", "UNAVAILABLE", "TOO_BUSY"));

  /** As many answers as show that slips are taken again. */
  private static final int SILENCE_OVER = 20;

  private final PreparedSlips slips;
  private final List<URI> roots;
  private final int impatient;
  private final Acknowledged acknowledged;
  private final Faults faults;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final List<Thread> clients = new ArrayList<>();

  /**
   * Whose slips the first client presents; those after it the next ones'. Clients beside the node
   * that writes are the quicker ones: always with the same slips, theirs would be used up while the
   * others' are left.
   */
  private final int first;

  private final Counts counts = new Counts();
  private final AtomicInteger answered = new AtomicInteger();
  private volatile int allowed;
  private volatile boolean ending;
  private volatile boolean exhausted;
  private long struck = Long.MAX_VALUE;
  private int answeredSince;
  private long lastAnswer;
  private long silence;
  private Tries most = Tries.NONE;
  private final SortedMap<Integer, Integer> sent = new TreeMap<>();
  private long longestWait;

  /**
   * What came of sending a slip.
   *
   * @param again whether it is to be sent again
   * @param heard whether there was an answer
   * @param later after how long it is to come again; zero where nothing was said
   */
  private record Came(boolean again, boolean heard, Duration later) {
    static final Came ANSWERED = new Came(false, true, Duration.ZERO);
    static final Came NOTHING = new Came(true, false, Duration.ZERO);
  }

  /**
   * How often one slip was sent until it was answered.
   *
   * @param unheard of them without any answer
   */
  record Tries(int sent, int unheard) {
    static final Tries NONE = new Tries(0, 0);

    Tries or(Tries other) {
      return other.sent > sent ? other : this;
    }

    @Override
    public String toString() {
      return "%d (%d of them without any answer)".formatted(sent, unheard);
    }
  }

  /** What became of requests. */
  static final class Counts {
    /** Without an answer: the connection broke, or nobody listened. */
    final AtomicInteger lost = new AtomicInteger();

    /** Answered 503 or 429, to come later, by the code that said why. */
    private final Map<String, Integer> refusals = new ConcurrentSkipListMap<>();

    /** Given up by the client before the answer. */
    final AtomicInteger givenUp = new AtomicInteger();

    /** Answers to a slip sent again, that it was recorded before though no answer had come. */
    final AtomicInteger recordedUnheard = new AtomicInteger();

    private void refused(String code) {
      refusals.merge(code, 1, Integer::sum);
    }

    /** By code. */
    Map<String, Integer> refusals() {
      return Map.copyOf(refusals);
    }

    int refused() {
      return refusals.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private Presenting(
      PreparedSlips slips,
      List<URI> roots,
      int impatient,
      Acknowledged acknowledged,
      Faults faults,
      int allowed,
      long seed) {
    this.slips = slips;
    this.impatient = impatient;
    this.allowed = allowed;
    this.roots = List.copyOf(roots);
    this.acknowledged = acknowledged;
    this.faults = faults;
    this.first = (int) Math.floorMod(seed, (long) slips.clients());
    for (int client = 0; client < slips.clients(); client++) {
      int of = client;
      Random random = new Random(seed * 31 + client);
      clients.add(
          Thread.ofPlatform().name("client-" + client).unstarted(() -> present(of, random)));
    }
  }

  /**
   * Begins at once, with the first slip of each client that has no answer yet.
   *
   * @param roots of the applications; each client begins with another one, sends to the same again
   *     what it is to send later, and to the next what was not answered
   * @param impatient how many of the clients, the first ones, come again at once
   * @param allowed how many slips may be answered: a broker takes its time to start, and cheques
   *     are not without end
   * @param seed says too which client presents whose slips
   */
  static Presenting begin(
      PreparedSlips slips,
      List<URI> roots,
      int impatient,
      Acknowledged acknowledged,
      Faults faults,
      int allowed,
      long seed) {
    Presenting presenting =
        new Presenting(slips, roots, impatient, acknowledged, faults, allowed, seed);
    presenting.clients.forEach(Thread::start);
    return presenting;
  }

  private void present(int client, Random random) {
    try {
      int list = list(client);
      for (int i = 0; i < slips.of(list); i++) {
        Presented slip = slips.slip(list, i);
        if (acknowledged.has(slip.number())) {
          continue;
        }
        while (answered.get() >= allowed && !ending) {
          Thread.sleep(BEFORE_AGAIN);
        }
        if (ending) {
          return;
        }
        presentOne(client, i, slip, random);
      }
      exhausted = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      faults.add("client %d ended: %s", client, e);
    }
  }

  private void presentOne(int client, int index, Presented slip, Random random)
      throws InterruptedException {
    HttpRequest request = request(client, index, 0);
    int manner = random.nextInt(100);
    if (manner < 3) {
      giveUp(request, random);
    } else if (manner < 6) {
      CompletableFuture<HttpResponse<byte[]>> other =
          http.sendAsync(request(client, index, 1), BodyHandlers.ofByteArray());
      attempt(slip, request);
      try {
        take(slip, other.join(), System.nanoTime());
      } catch (CompletionException e) {
        counts.lost.incrementAndGet();
      }
    }
    long began = System.nanoTime();
    Came came = attempt(slip, request);
    Tries tries = new Tries(1, came.heard() ? 0 : 1);
    while (came.again()) {
      if (!faults.none()) {
        return;
      }
      boolean obeys = client >= impatient && came.later().isPositive();
      Thread.sleep(obeys ? came.later() : BEFORE_AGAIN);
      came = attempt(slip, request(client, index, tries.unheard()));
      tries = new Tries(tries.sent() + 1, tries.unheard() + (came.heard() ? 0 : 1));
    }
    waited(System.nanoTime() - began);
    if (client >= impatient) {
      tried(tries);
    }
    if (manner >= 97) {
      attempt(slip, request);
    }
  }

  private synchronized void tried(Tries tries) {
    most = most.or(tries);
    sent.merge(tries.sent(), 1, Integer::sum);
  }

  private synchronized void waited(long nanos) {
    longestWait = Math.max(longestWait, nanos);
  }

  /** Slips of patient clients, by how often they had to be sent. */
  synchronized SortedMap<Integer, Integer> sent() {
    return new TreeMap<>(sent);
  }

  /** From when a slip was first sent until its answer, whoever sent it. */
  synchronized Duration longestWait() {
    return Duration.ofNanos(longestWait);
  }

  /** Of the slip that a patient client had to send most often. */
  synchronized Tries mostTries() {
    return most;
  }

  private int list(int client) {
    return (client + first) % slips.clients();
  }

  private HttpRequest request(int client, int index, int triesBefore) {
    return slips.request(
        list(client), index, roots.get((client + triesBefore) % roots.size()), PATIENCE);
  }

  private void giveUp(HttpRequest request, Random random) throws InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> unheard =
        http.sendAsync(request, BodyHandlers.ofByteArray());
    Thread.sleep(Duration.ofNanos(random.nextInt(8_000_000)));
    if (unheard.cancel(true)) {
      counts.givenUp.incrementAndGet();
    }
  }

  private Came attempt(Presented slip, HttpRequest request) throws InterruptedException {
    long sent = System.nanoTime();
    try {
      return take(slip, http.send(request, BodyHandlers.ofByteArray()), sent);
    } catch (IOException e) {
      counts.lost.incrementAndGet();
      return Came.NOTHING;
    }
  }

  private Came take(Presented slip, HttpResponse<byte[]> response, long sent) {
    switch (response.statusCode()) {
      case 200, 201 -> {
        took(slip, response, sent);
        return Came.ANSWERED;
      }
      case 429, 503 -> counts.refused(later(slip, response.statusCode(), response.body(), faults));
      default ->
          faults.add(
              "slip %s of venue %s was answered %d: %s",
              slip.reference(),
              slip.venue(),
              response.statusCode(),
              new String(response.body(), UTF_8));
    }
    return new Came(
        true,
        true,
        Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(0)));
  }

  /**
   * Whoever is to come later is told so by one of these codes, and that it is no fault of the slip.
   *
   * @return the code
   */
  static String later(Presented slip, int status, byte[] body, Faults faults) {
    String code = code(body);
    if (!LATER.contains(code)) {
      faults.add(
          "slip %s of venue %s was refused %d with another code than %s: %s",
          slip.reference(), slip.venue(), status, LATER, new String(body, UTF_8));
    }
    return code;
  }

  /** Of a refusal; "none" where there is none. */
  private static String code(byte[] body) {
    try {
      return FactCatalogue.JSON.readTree(body).path("code").stringValue("none");
    } catch (JacksonException e) {
      return "none";
    }
  }

  private void took(Presented slip, HttpResponse<byte[]> response, long sent) {
    JsonNode json = FactCatalogue.JSON.readTree(response.body());
    Answer answer = Answer.heard(slip, json);
    if (!answer.verdicts().equals(slip.expected())) {
      faults.add(
          "slip %s of venue %s was answered %s, the rules give %s",
          slip.reference(), slip.venue(), answer.verdicts(), slip.expected());
    }
    if (!acknowledged.add(answer)) {
      return;
    }
    if (json.get("already").booleanValue()) {
      counts.recordedUnheard.incrementAndGet();
    }
    answered.incrementAndGet();
    since(sent);
  }

  private synchronized void since(long sent) {
    if (sent > struck) {
      long now = System.nanoTime();
      if (answeredSince < SILENCE_OVER) {
        silence = Math.max(silence, now - lastAnswer);
      }
      lastAnswer = now;
      answeredSince++;
    }
  }

  /** At the blow, or when it is over: from now on answers are counted as those since. */
  synchronized void strike() {
    struck = System.nanoTime();
    lastAnswer = struck;
    answeredSince = 0;
    silence = 0;
  }

  /**
   * Waits until it is over, or something does not hold.
   *
   * @param what is waited for
   * @param lastWords of the applications, should it take too long
   */
  void await(String what, BooleanSupplier over, Supplier<String> lastWords)
      throws InterruptedException {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!over.getAsBoolean()) {
      if (!faults.none()) {
        return;
      }
      if (exhausted) {
        throw new IllegalStateException(
            "the cheques of this directory are used up; go on in another");
      }
      if (System.nanoTime() > end) {
        faults.add(
            "not in %d s: %s; the application said last:%n%s",
            LONGEST.toSeconds(), what, lastWords.get());
        return;
      }
      Thread.sleep(2);
    }
  }

  /** As many slips more than were answered by now. */
  void allow(int more) {
    allowed = Math.max(allowed, answered.get() + more);
  }

  /** Slips answered for the first time. */
  int answered() {
    return answered.get();
  }

  /** Those sent after the blow. */
  synchronized int answeredSince() {
    return answeredSince;
  }

  /**
   * The longest time without an answer from the blow until slips were answered as before. Not
   * simply until the first answer: backends may outlive their postmaster by one.
   */
  synchronized Duration silence() {
    return Duration.ofNanos(silence);
  }

  Counts counts() {
    return counts;
  }

  /** Lets each client get the answer to its last slip. */
  void end() throws InterruptedException {
    ending = true;
    for (Thread client : clients) {
      client.join();
    }
  }

  @Override
  public void close() {
    ending = true;
    clients.forEach(Thread::interrupt);
    http.shutdownNow();
  }
}
