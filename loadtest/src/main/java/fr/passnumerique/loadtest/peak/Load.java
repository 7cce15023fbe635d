package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Way.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/** Presents a round's slips through one way with all clients at once, and times it. */
public final class Load {
  /** A thousandth of the value is precise enough. */
  public static final int DIGITS = 3;

  private static final int MOST_FAULTS_TOLD = 10;

  private final Way way;
  private final Round round;
  private final Pace pace;

  /**
   * What a run came to.
   *
   * @param requests slips sent, those sent again included
   * @param already of these, answered by what was recorded of an earlier one
   * @param lines judged for the first time
   * @param accepted of these
   * @param acceptedCents of these
   * @param acknowledgedNanos from the first request to the last answer
   * @param drainedNanos from the first request until all of it can be read
   * @param latency in nanoseconds, of every request
   * @param lag in nanoseconds, looked at regularly; empty where it was not looked at
   * @param cost until all of it can be read
   * @param faults answers that are not what the rules give, or differ between two sendings
   */
  public record Sample(
      String way,
      int round,
      int requests,
      int already,
      long lines,
      long accepted,
      long acceptedCents,
      long acknowledgedNanos,
      long drainedNanos,
      Histogram latency,
      Histogram lag,
      Cost cost,
      List<String> faults) {
    public double acknowledgedRate() {
      return lines * 1e9 / acknowledgedNanos;
    }

    public double drainedRate() {
      return lines * 1e9 / drainedNanos;
    }

    /** Which share of the machine's processors others used, the system's own work among it. */
    double usedByOthers() {
      return (double) cost.othersNanos()
          / drainedNanos
          / Runtime.getRuntime().availableProcessors();
    }

    public double walOfALine() {
      return (double) cost.walBytes() / lines;
    }
  }

  /** A slip, and what was answered to it. */
  public record Sent(Slip slip, Supplier<Answer> answer) {}

  /**
   * What one client came to.
   *
   * @param end in {@link System#nanoTime()}
   */
  public record Part(List<Sent> sent, Histogram latency, long end) {}

  private Load(Way way, Round round, Pace pace) {
    this.way = way;
    this.round = round;
    this.pace = pace;
  }

  /**
   * @param spent asked before and after
   */
  static Sample run(Way way, Round round, Pace pace, Supplier<Cost> spent)
      throws InterruptedException {
    return new Load(way, round, pace).run(spent);
  }

  private Sample run(Supplier<Cost> spent) throws InterruptedException {
    int clients = round.byClient().size();
    List<Way.Client> lines = new ArrayList<>();
    List<Queue<Slip>> doubleClicks = new ArrayList<>();
    // Only where arrivals are open: in a closed loop the looking would be in the figures.
    Optional<Lag> lag =
        pace instanceof Pace.Open ? way.freshness().map(Lag::watch) : Optional.empty();
    try {
      for (List<Slip> slips : round.byClient()) {
        Way.Client line = way.client();
        lines.add(line);
        line.prepare(slips);
        doubleClicks.add(new ConcurrentLinkedQueue<>());
      }
      CountDownLatch go = new CountDownLatch(1);
      CountDownLatch ownSent = new CountDownLatch(clients);
      AtomicLong start = new AtomicLong();
      List<Future<Part>> running = new ArrayList<>();
      List<Part> parts = new ArrayList<>();
      Cost before;
      try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
        for (int i = 0; i < clients; i++) {
          int client = i;
          running.add(
              threads.submit(
                  () -> {
                    go.await();
                    return present(client, lines.get(client), doubleClicks, ownSent, start.get());
                  }));
        }
        before = spent.get();
        start.set(System.nanoTime());
        go.countDown();
        for (Future<Part> part : running) {
          parts.add(part.get());
        }
      } catch (ExecutionException e) {
        throw new IllegalStateException(
            "a client of %s failed: %s".formatted(way.name(), e.getCause()), e.getCause());
      }
      way.drain();
      long drained = System.nanoTime();
      Histogram behind = lag.isPresent() ? lag.get().end() : new Histogram(DIGITS);
      return sample(
          way.name(), round, parts, start.get(), drained, behind, spent.get().minus(before));
    } finally {
      lines.forEach(Way.Client::close);
      if (lag.isPresent()) {
        lag.get().close();
      }
    }
  }

  private Part present(
      int client,
      Way.Client line,
      List<Queue<Slip>> doubleClicks,
      CountDownLatch ownSent,
      long start)
      throws InterruptedException {
    List<Slip> own = round.byClient().get(client);
    Queue<Slip> inbox = doubleClicks.get(client);
    Queue<Slip> neighbour = doubleClicks.get((client + 1) % doubleClicks.size());
    Sending sending = new Sending(client, line, start);
    try {
      for (Slip slip : own) {
        sending.all(inbox);
        if (slip.resend() == Slip.Resend.AT_THE_SAME_MOMENT) {
          neighbour.add(slip);
        }
        sending.one(slip);
        if (slip.resend() == Slip.Resend.AFTERWARDS) {
          sending.one(slip);
        }
      }
    } finally {
      ownSent.countDown();
    }
    ownSent.await();
    sending.all(inbox);
    return sending.end();
  }

  /** What one client has sent, and how long each took. */
  private final class Sending {
    private final int client;
    private final Way.Client line;
    private final long start;
    private final List<Sent> sent = new ArrayList<>();
    private final Histogram latency = new Histogram(DIGITS);

    Sending(int client, Way.Client line, long start) {
      this.client = client;
      this.line = line;
      this.start = start;
    }

    void all(Queue<Slip> slips) {
      Slip slip;
      while ((slip = slips.poll()) != null) {
        one(slip);
      }
    }

    void one(Slip slip) {
      long from = pace.await(start, client, round.byClient().size(), sent.size());
      Supplier<Answer> answer = line.send(slip);
      latency.recordValue(System.nanoTime() - from);
      sent.add(new Sent(slip, answer));
    }

    Part end() {
      return new Part(sent, latency, System.nanoTime());
    }
  }

  /**
   * Holds what was answered to all slips of a round against what the rules give.
   *
   * @param start and drained in {@link System#nanoTime()}
   */
  public static Sample sample(
      String way,
      Round round,
      List<Part> parts,
      long start,
      long drained,
      Histogram lag,
      Cost cost) {
    Histogram latency = new Histogram(DIGITS);
    long end = start;
    int requests = 0;
    int already = 0;
    long accepted = 0;
    long acceptedCents = 0;
    List<String> faults = new ArrayList<>();
    Map<Slip, Integer> firsts = new HashMap<>();
    Map<Long, Integer> winners = new HashMap<>();
    for (Part part : parts) {
      latency.add(part.latency());
      end = Math.max(end, part.end());
      for (Sent sent : part.sent()) {
        requests++;
        Answer answer = sent.answer().get();
        fault(sent.slip(), answer, faults);
        count(sent.slip(), answer, winners);
        firsts.merge(sent.slip(), answer.already() ? 0 : 1, Integer::sum);
        if (answer.already()) {
          already++;
        } else {
          accepted += accepted(answer);
          acceptedCents += answer.acceptedCents();
        }
      }
    }
    winners.forEach(
        (cheque, times) -> {
          if (times != 1) {
            add(
                faults,
                "cheque %s, which all clients presented, was accepted %d times"
                    .formatted(Serial.ofKey(cheque), times));
          }
        });
    firsts.forEach(
        (slip, times) -> {
          if (times != 1) {
            add(faults, "slip %s was recorded %d times".formatted(name(slip), times));
          }
        });
    if (firsts.size() != round.slips()) {
      add(faults, "%d slips of %d were answered".formatted(firsts.size(), round.slips()));
    }
    return new Sample(
        way,
        round.number(),
        requests,
        already,
        round.lines(),
        accepted,
        acceptedCents,
        end - start,
        drained - start,
        latency,
        lag,
        cost,
        List.copyOf(faults));
  }

  private static void fault(Slip slip, Answer answer, List<String> faults) {
    boolean asTheRulesGive = true;
    for (int i = 0; i < Math.max(slip.lines(), answer.verdicts().size()); i++) {
      String given = i < answer.verdicts().size() ? answer.verdicts().get(i).name() : "nothing";
      String wanted = i < slip.lines() ? slip.expected()[i].name() : "nothing";
      if (given.equals("nothing")
          || wanted.equals("nothing")
          || !slip.mayBe(i, answer.verdicts().get(i))) {
        asTheRulesGive = false;
        add(
            faults,
            "slip %s line %d: %s, the rules give %s".formatted(name(slip), i + 1, given, wanted));
      }
    }
    long cents = accepted(answer) * Plan.FACE_VALUE_CENTS;
    if (asTheRulesGive && answer.acceptedCents() != cents) {
      add(
          faults,
          "slip %s comes to %d cents, its accepted lines to %d"
              .formatted(name(slip), answer.acceptedCents(), cents));
    }
  }

  private static long accepted(Answer answer) {
    return answer.verdicts().stream().filter(verdict -> verdict == Verdict.ACCEPTED).count();
  }

  /** How often each contested cheque was accepted. */
  private static void count(Slip slip, Answer answer, Map<Long, Integer> winners) {
    for (int i = 0; i < Math.min(slip.contested(), answer.verdicts().size()); i++) {
      winners.merge(
          slip.serials()[i], answer.verdicts().get(i) == Verdict.ACCEPTED ? 1 : 0, Integer::sum);
    }
  }

  private static void add(List<String> faults, String fault) {
    if (faults.size() < MOST_FAULTS_TOLD) {
      faults.add(fault);
    }
  }

  private static String name(Slip slip) {
    return "%d (venue %d, %s)".formatted(slip.number(), slip.venue(), slip.reference());
  }
}
