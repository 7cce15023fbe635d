package fr.passnumerique.ui.work;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.http.Problem;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One work, as far as it is. Its starter's alone, and only in the role in which it was started: an
 * account that was given another sees none of its former results.
 */
public final class Work {
  /** How it stands. */
  sealed interface Standing {
    record Waiting() implements Standing {}

    /**
     * @param of 0 until that is known
     */
    record UnderWay(Instant since, long done, long of) implements Standing {
      /** At the pace so far; null while there is none. */
      @Nullable Instant expectedEnd(Instant now) {
        return done <= 0 || of <= 0
            ? null
            : since.plus(Duration.between(since, now).multipliedBy(of).dividedBy(done));
      }

      /** Rounded down. */
      int percent() {
        return of <= 0 ? 0 : (int) (done * 100 / of);
      }
    }

    record Ready(Instant at, Result result) implements Standing {}

    /**
     * @param refusal null if it broke off
     */
    record Failed(Instant at, @Nullable Problem refusal) implements Standing {}
  }

  private final String id;
  private final String what;
  private final Object request;
  private final Actor by;
  private final Instant askedAt;
  private volatile Standing standing = new Standing.Waiting();

  Work(String id, String what, Object request, Actor by, Instant askedAt) {
    this.id = id;
    this.what = what;
    this.request = request;
    this.by = by;
    this.askedAt = askedAt;
  }

  String id() {
    return id;
  }

  /** In French. */
  String what() {
    return what;
  }

  Instant askedAt() {
    return askedAt;
  }

  /** Whether it was asked for by this very request, sent twice. */
  boolean isFor(Object other) {
    return request.equals(other);
  }

  boolean isOf(Actor actor) {
    return by.equals(actor);
  }

  Standing standing() {
    return standing;
  }

  void stands(Standing now) {
    standing = now;
  }

  boolean goesOn() {
    return endedAt() == null;
  }

  /** Null while it goes on. */
  @Nullable Instant endedAt() {
    return switch (standing) {
      case Standing.Ready ready -> ready.at();
      case Standing.Failed failed -> failed.at();
      case Standing.Waiting _, Standing.UnderWay _ -> null;
    };
  }
}
