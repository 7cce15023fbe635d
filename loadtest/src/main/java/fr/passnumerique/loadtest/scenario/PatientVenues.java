package fr.passnumerique.loadtest.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.loadtest.peak.Cost;
import fr.passnumerique.loadtest.peak.HttpWay;
import fr.passnumerique.loadtest.peak.Load;
import fr.passnumerique.loadtest.peak.Load.Part;
import fr.passnumerique.loadtest.peak.Load.Sample;
import fr.passnumerique.loadtest.peak.Load.Sent;
import fr.passnumerique.loadtest.peak.Pace;
import fr.passnumerique.loadtest.peak.Plan.Round;
import fr.passnumerique.loadtest.peak.Slip;
import fr.passnumerique.loadtest.peak.SlipRequests;
import fr.passnumerique.loadtest.peak.SlipSender;
import fr.passnumerique.loadtest.peak.SlipSender.Reply;
import fr.passnumerique.loadtest.peak.Way.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Venues that present a slip each when it is due, whatever became of those before, and where they
 * are refused come again when they are told to.
 */
final class PatientVenues {
  /** From when the last slip is due until all must have been taken. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int MOST_STRANGE_TOLD = 5;

  /** A venue opens one where all are in use. */
  private static final int MOST_CONNECTIONS = 10_000;

  private final SlipSender sender;
  private final ConcurrentLinkedQueue<Sent> taken = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Long> takenAt = new ConcurrentLinkedQueue<>();
  private final Histogram answered = new ConcurrentHistogram(Load.DIGITS);
  private final Histogram sinceDue = new ConcurrentHistogram(Load.DIGITS);
  private final Histogram refusing = new ConcurrentHistogram(Load.DIGITS);
  private final Histogram late = new ConcurrentHistogram(Load.DIGITS);
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger refusedWithoutTime = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> strange = new ConcurrentLinkedQueue<>();

  /** Of which a request had no answer: it may have been taken all the same. */
  private final Set<Slip> unanswered = ConcurrentHashMap.newKeySet();

  /**
   * What became of all slips. Times in nanoseconds.
   *
   * @param taken each slip that was accepted for judgement, with its answer
   * @param start of the first
   * @param lastDue when the last slip was due
   * @param end of the last
   * @param takenWhileDue as many were taken until {@code lastDue}
   * @param answered of requests that were taken: from when the request was due, which for one that
   *     comes again is when it was told to
   * @param sinceDue the same, from when the slip was due first
   * @param refusing how long refusals took, from when the request was due
   * @param late how long after they were due requests were sent: what the clients could not do
   * @param refused requests that were told to come again
   * @param refusedWithoutTime of these, those that were not told when
   * @param strange what was answered otherwise, or not at all; the first of them
   */
  record Came(
      List<Sent> taken,
      long start,
      long lastDue,
      long end,
      long takenWhileDue,
      Histogram answered,
      Histogram sinceDue,
      Histogram refusing,
      Histogram late,
      int refused,
      int refusedWithoutTime,
      List<String> strange) {
    /**
     * Holds the answers against what the rules give.
     *
     * @param arriving of the round, what was presented
     */
    Sample sample(String way, Round round, List<Slip> arriving) {
      return Load.sample(
          way,
          new Round(round.number(), round.shape(), List.of(arriving)),
          List.of(new Part(taken, sinceDue, end)),
          start,
          System.nanoTime(),
          new Histogram(Load.DIGITS),
          Cost.NOTHING);
    }
  }

  private PatientVenues(SlipSender sender) {
    this.sender = sender;
  }

  /** Presents all slips and returns when each was taken or given up. */
  static Came present(HttpWay way, List<Slip> slips, double slipsPerSecond) {
    try (SlipSender sender = way.sender(MOST_CONNECTIONS)) {
      return present(sender, way.requests(), slips, slipsPerSecond);
    }
  }

  /** The same over a sender that the caller closes. */
  static Came present(
      SlipSender sender, SlipRequests requests, List<Slip> slips, double slipsPerSecond) {
    List<byte[]> ready = slips.stream().map(requests::json).toList();
    return new PatientVenues(sender).present(slips, ready, slipsPerSecond);
  }

  private Came present(List<Slip> slips, List<byte[]> ready, double slipsPerSecond) {
    long start = System.nanoTime();
    long lastDue = start + (long) ((slips.size() - 1) * 1e9 / slipsPerSecond);
    try (ExecutorService venues = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < slips.size(); i++) {
        Slip slip = slips.get(i);
        byte[] json = ready.get(i);
        long due = start + (long) (i * 1e9 / slipsPerSecond);
        Pace.until(due);
        venues.execute(() -> insist(slip, json, due, lastDue + LONGEST.toNanos()));
      }
    }
    return new Came(
        List.copyOf(taken),
        start,
        lastDue,
        System.nanoTime(),
        takenAt.stream().filter(at -> at <= lastDue).count(),
        answered,
        sinceDue,
        refusing,
        late,
        refused.get(),
        refusedWithoutTime.get(),
        List.copyOf(strange));
  }

  private void insist(Slip slip, byte[] json, long due, long end) {
    long now = due;
    while (now < end) {
      OptionalLong again = ask(slip, json, due, now);
      if (again.isEmpty()) {
        return;
      }
      now = System.nanoTime() + again.getAsLong();
      Pace.until(now);
    }
    tell("slip %d was not taken in time".formatted(slip.number()));
  }

  /**
   * @param due when the slip was due first
   * @param now when this request is
   * @return in how many nanoseconds to come again; empty if the slip was taken
   */
  private OptionalLong ask(Slip slip, byte[] json, long due, long now) {
    late.recordValue(Math.max(0, System.nanoTime() - now));
    Reply reply;
    try {
      reply = sender.send(slip, json);
    } catch (IOException e) {
      tell("slip %d was not answered: %s".formatted(slip.number(), e));
      unanswered.add(slip);
      return shortly();
    }
    long at = System.nanoTime();
    switch (reply.status()) {
      case 200, 201 -> {
        answered.recordValue(at - now);
        sinceDue.recordValue(at - due);
        takenAt.add(at);
        boolean first = unanswered.contains(slip);
        taken.add(
            new Sent(
                slip,
                () -> {
                  Answer answer = HttpWay.answer(reply.body());
                  return first ? answer.asFirst() : answer;
                }));
        return OptionalLong.empty();
      }
      case 429 -> {
        refused.incrementAndGet();
        refusing.recordValue(at - now);
        Optional<String> after = reply.retryAfter();
        if (after.isPresent()) {
          return OptionalLong.of(Duration.ofSeconds(Long.parseLong(after.get())).toNanos());
        }
        refusedWithoutTime.incrementAndGet();
        return shortly();
      }
      default -> {
        tell(
            "slip %d was answered %d: %s"
                .formatted(slip.number(), reply.status(), new String(reply.body(), UTF_8)));
        return shortly();
      }
    }
  }

  private static OptionalLong shortly() {
    return OptionalLong.of(Duration.ofSeconds(1).toNanos());
  }

  private void tell(String what) {
    if (strange.size() < MOST_STRANGE_TOLD) {
      strange.add(what);
    }
  }

  /**
   * Slips of all clients in turn, so that neighbours come from different venues, but for those that
   * tell of a cheque of another slip: here that one may be refused and come later.
   */
  static List<Slip> inTurn(List<List<Slip>> byClient, int most) {
    List<Slip> all = new ArrayList<>();
    int longest = byClient.stream().mapToInt(List::size).max().orElse(0);
    for (int i = 0; i < longest; i++) {
      for (List<Slip> slips : byClient) {
        if (i < slips.size() && standsAlone(slips.get(i))) {
          all.add(slips.get(i));
        }
      }
    }
    return all.subList(0, Math.min(most, all.size()));
  }

  private static boolean standsAlone(Slip slip) {
    return !List.of(slip.expected()).contains(Verdict.ALREADY_REDEEMED);
  }
}
