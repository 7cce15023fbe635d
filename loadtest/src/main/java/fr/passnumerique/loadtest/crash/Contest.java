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
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * The same cheques by two clients at the same moment, each through an application of its own and
 * under a reference of its own: one slip is accepted, the other is told that they are redeemed.
 * Goes on while the one that writes is struck.
 */
final class Contest implements AutoCloseable {
  private static final String ACCEPTED = "ACCEPTED";
  private static final String TOO_LATE = "ALREADY_REDEEMED";
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration BEFORE_AGAIN = Duration.ofMillis(20);

  private final PreparedSlips slips;
  private final List<URI> roots;
  private final Acknowledged acknowledged;
  private final Faults faults;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Thread thread;
  private volatile boolean ending;
  private final AtomicInteger contested = new AtomicInteger();

  private Contest(
      PreparedSlips slips, List<URI> roots, Acknowledged acknowledged, Faults faults, int pairs) {
    this.slips = slips;
    this.roots = List.copyOf(roots);
    this.acknowledged = acknowledged;
    this.faults = faults;
    this.thread = Thread.ofPlatform().name("contest").unstarted(() -> run(pairs));
  }

  /**
   * Begins at once, with the last slips of each client: those come to them last.
   *
   * @param pairs of slips at most
   */
  static Contest begin(
      PreparedSlips slips, List<URI> roots, Acknowledged acknowledged, Faults faults, int pairs) {
    Contest contest = new Contest(slips, roots, acknowledged, faults, pairs);
    contest.thread.start();
    return contest;
  }

  private void run(int pairs) {
    try {
      for (int back = 1; contested.get() < pairs && !ending && faults.none(); back++) {
        for (int client = 0; client < slips.clients() && contested.get() < pairs; client++) {
          int index = slips.of(client) - back;
          if (index < 0) {
            return;
          }
          Presented slip = slips.slip(client, index);
          if (acknowledged.has(slip.number())
              || !slip.expected().stream().allMatch(ACCEPTED::equals)) {
            continue;
          }
          contest(client, index, slip);
          contested.incrementAndGet();
          Thread.sleep(BEFORE_AGAIN);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      faults.add("the contest ended: %s", e);
    }
  }

  private void contest(int client, int index, Presented slip) throws InterruptedException {
    CyclicBarrier together = new CyclicBarrier(2);
    List<Answer> answers = new ArrayList<>();
    int first = Math.floorMod(slip.number(), roots.size());
    Thread other =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    present(
                        slips.rival(client, index),
                        root -> slips.rivalRequest(client, index, root, PATIENCE),
                        first + 1,
                        together,
                        answers);
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                });
    try {
      present(slip, root -> slips.request(client, index, root, PATIENCE), first, together, answers);
      other.join();
    } catch (InterruptedException e) {
      other.interrupt();
      throw e;
    }
    if (answers.size() == 2) {
      hold(answers.get(0), answers.get(1), faults);
    }
  }

  /** Of two slips with the same cheques, each in order. */
  static void hold(Answer one, Answer other, Faults faults) {
    for (int line = 0; line < one.verdicts().size(); line++) {
      List<String> both = List.of(one.verdicts().get(line), other.verdicts().get(line));
      if (!both.equals(List.of(ACCEPTED, TOO_LATE)) && !both.equals(List.of(TOO_LATE, ACCEPTED))) {
        faults.add(
            "the cheque of line %d was presented by %s and by %s at once, which were told %s",
            line + 1, one.told(), other.told(), both);
      }
    }
  }

  private void present(
      Presented slip,
      Function<URI, HttpRequest> request,
      int application,
      CyclicBarrier together,
      List<Answer> answers)
      throws InterruptedException {
    try {
      together.await();
    } catch (BrokenBarrierException e) {
      return;
    }
    for (int at = application; faults.none(); ) {
      try {
        HttpResponse<byte[]> response =
            http.send(request.apply(roots.get(at % roots.size())), BodyHandlers.ofByteArray());
        int status = response.statusCode();
        if (status == 200 || status == 201) {
          Answer answer = Answer.heard(slip, FactCatalogue.JSON.readTree(response.body()));
          acknowledged.add(answer);
          synchronized (answers) {
            answers.add(answer);
          }
          return;
        }
        if (status != 429 && status != 503) {
          faults.add(
              "contested slip %s was answered %d: %s",
              slip.reference(), status, new String(response.body(), UTF_8));
        }
      } catch (IOException e) {
        at++;
      }
      Thread.sleep(BEFORE_AGAIN);
    }
  }

  /** Waits for both answers of the pair at hand, and begins no other. */
  int end() throws InterruptedException {
    ending = true;
    thread.join();
    return contested.get();
  }

  @Override
  public void close() {
    ending = true;
    thread.interrupt();
    http.shutdownNow();
  }
}
