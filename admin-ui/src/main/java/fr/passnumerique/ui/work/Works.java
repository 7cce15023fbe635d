package fr.passnumerique.ui.work;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Progress;
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
    Result run(Progress progress);
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
   * @throws Problem as {@link #begin(Actor, String, Object, Task)}
   */
  public void begin(Actor by, String what, Task task) {
    begin(by, what, what, task);
  }

  /**
   * Begins a work that several may be called alike.
   *
   * @param what it makes or does, in French
   * @param request the same where it is sent twice: that is one work
   * @throws Problem 503 {@code TOO_MANY_WORKS} if as many go on as may; one that has ended makes
   *     room, the oldest of the same account or, where that has fewer than it may, of anybody
   */
  public synchronized void begin(Actor by, String what, Object request, Task task) {
    forgetOld();
    boolean asked =
        works.values().stream()
            .anyMatch(work -> work.isOf(by) && work.isFor(request) && work.goesOn());
    if (asked) {
      return;
    }
    if (of(by).size() >= ofEach) {
      makeRoom(work -> work.isOf(by));
    } else if (works.size() >= ofAll) {
      makeRoom(_ -> true);
    }
    Work work = new Work(UUID.randomUUID().toString(), what, request, by, clock.instant());
    works.put(work.id(), work);
    start(work, task);
  }

  /**
   * Goes on with a work whose question is answered with yes. Sent twice it goes on once, and
   * another question than the one that stands there is not answered by it.
   *
   * @throws Problem 404 if it is another's or not kept any more
   */
  synchronized void goOn(Actor by, String id, String question) {
    forgetOld();
    Work work = works.get(id);
    if (work == null || !work.isOf(by)) {
      throw Problem.notFound("the work");
    }
    if (work.standing() instanceof Work.Standing.Ready(var _, Result.Question asked)
        && asked.id().equals(question)) {
      work.stands(new Work.Standing.Waiting());
      start(work, asked.next());
    }
  }

  private void start(Work work, Task task) {
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
   * @return empty if it is another's, not ready, no file, or not kept any more
   */
  synchronized Optional<ResponseEntity<byte[]>> result(Actor by, String id) {
    forgetOld();
    return Optional.ofNullable(works.get(id))
        .filter(work -> work.isOf(by))
        .map(Work::standing)
        .flatMap(
            standing ->
                standing instanceof Work.Standing.Ready(var _, Result.File file)
                    ? Optional.of(file.answer())
                    : Optional.empty());
  }

  private Work.Standing done(Work work, Task task) {
    Instant since = clock.instant();
    work.stands(new Work.Standing.UnderWay(since, 0, 0));
    try {
      Result result =
          task.run((done, of) -> work.stands(new Work.Standing.UnderWay(since, done, of)));
      return new Work.Standing.Ready(clock.instant(), result);
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
