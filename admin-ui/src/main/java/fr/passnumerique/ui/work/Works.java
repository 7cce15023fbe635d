package fr.passnumerique.ui.work;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;

/**
 * Works that go on beside the requests that started them, one after another, and their results for
 * a while. In memory alone, since a result may hold codes that can be spent: they end with the
 * process, as sessions do, and are asked for again.
 */
public final class Works implements AutoCloseable {
  /** How long a result waits for whoever asked for it. */
  static final Duration KEPT = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(Works.class);
  private static final Duration SOON = Duration.ofSeconds(30);

  private final int ofEach;
  private final int ofAll;
  private final ScheduledExecutorService hands;
  private final Clock clock;

  /** By identifier, in the order in which they were asked for. */
  private final Map<String, Work> works = new LinkedHashMap<>();

  /**
   * What is done.
   *
   * <p>It calls an operation, with the actor who asked for it: what a person may not have, no work
   * fetches.
   */
  @FunctionalInterface
  public interface Task {
    /**
     * @throws Problem if the operation refuses
     */
    ResponseEntity<byte[]> run(Progress progress);
  }

  /**
   * @param ofEach that one account has at the same time, results that wait included
   * @param ofAll of everybody
   * @param hands that do them; ended with these
   */
  Works(int ofEach, int ofAll, ScheduledExecutorService hands, Clock clock) {
    this.ofEach = ofEach;
    this.ofAll = ofAll;
    this.hands = hands;
    this.clock = clock;
  }

  /**
   * Begins a work. The same of the same account, asked for again while it goes on, is that one.
   *
   * @param what it makes, in French
   * @throws Problem 503 {@code TOO_MANY_WORKS} if as many go on as may; one that has ended makes
   *     room, the oldest of the same account or, where that has fewer than it may, of anybody
   */
  public synchronized void begin(Actor by, String what, Task task) {
    forgetOld();
    boolean asked =
        works.values().stream()
            .anyMatch(work -> work.isOf(by) && work.what().equals(what) && work.goesOn());
    if (asked) {
      return;
    }
    if (of(by).size() >= ofEach) {
      makeRoom(work -> work.isOf(by));
    } else if (works.size() >= ofAll) {
      makeRoom(_ -> true);
    }
    Work work = new Work(UUID.randomUUID().toString(), what, by, clock.instant());
    works.put(work.id(), work);
    hands.execute(
        () -> {
          work.stands(done(work, task));
          // Whether or not anybody ever asks again.
          var _ = hands.schedule(this::forgetOld, KEPT.toSeconds() + 1, TimeUnit.SECONDS);
        });
  }

  /** The latest first. */
  synchronized List<Work> of(Actor by) {
    forgetOld();
    return works.values().stream().filter(work -> work.isOf(by)).toList().reversed();
  }

  /**
   * @return empty if it is another's, not ready, or not kept any more
   */
  synchronized Optional<ResponseEntity<byte[]>> result(Actor by, String id) {
    forgetOld();
    return Optional.ofNullable(works.get(id))
        .filter(work -> work.isOf(by))
        .map(Work::standing)
        .flatMap(
            standing ->
                standing instanceof Work.Standing.Ready ready
                    ? Optional.of(ready.answer())
                    : Optional.empty());
  }

  private Work.Standing done(Work work, Task task) {
    Instant since = clock.instant();
    work.stands(new Work.Standing.UnderWay(since, 0, 0));
    try {
      ResponseEntity<byte[]> answer =
          task.run((done, of) -> work.stands(new Work.Standing.UnderWay(since, done, of)));
      return new Work.Standing.Ready(clock.instant(), answer);
    } catch (Problem refusal) {
      return new Work.Standing.Failed(clock.instant(), refusal);
    } catch (RuntimeException | Error e) {
      LOG.error("the work {} broke off", work.id(), e);
      return new Work.Standing.Failed(clock.instant(), null);
    }
  }

  /** By the oldest that has ended, never by one that goes on. */
  private void makeRoom(Predicate<Work> among) {
    Work oldest =
        works.values().stream()
            .filter(among)
            .filter(work -> !work.goesOn())
            .findFirst()
            .orElseThrow(
                () ->
                    Problem.notNow(
                        "TOO_MANY_WORKS", "as many works go on as there may be at once", SOON));
    works.remove(oldest.id());
  }

  private synchronized void forgetOld() {
    Instant oldest = clock.instant().minus(KEPT);
    works
        .values()
        .removeIf(
            work -> {
              Instant ended = work.endedAt();
              return ended != null && ended.isBefore(oldest);
            });
  }

  @Override
  public void close() {
    hands.shutdownNow();
  }
}
