package fr.passnumerique.clearing.ledger;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows a commit, in the order of commits, on a thread of its own: the database writes the
 * next group meanwhile.
 *
 * <p>Only the appender's thread calls it. Once something that follows a commit fails nothing
 * follows any more: the appender is told at its next call, and stops.
 */
final class AfterCommits implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AfterCommits.class);

  /**
   * Groups, and losers of groups, that may wait: more would only mean that registers fall behind
   * what is recorded.
   */
  private static final int MOST_WAITING = 4;

  private final Consumer<Append> unheard;
  private final Thread thread = Thread.ofPlatform().name("ledger-registers").unstarted(this::run);

  /** Guards what follows; told when something was done or is to do. */
  private final Object progress = new Object();

  /** The first stays in it until it is done. */
  private final Queue<Step> steps = new ArrayDeque<>();

  private boolean closed;
  private @Nullable Throwable failure;

  /**
   * @param appends whose futures the step ends, each
   */
  private record Step(List<Append> appends, Runnable act) {}

  /**
   * @param unheard tells an append that what followed its commit failed
   */
  AfterCommits(Consumer<Append> unheard) {
    this.unheard = unheard;
  }

  void start() {
    thread.start();
  }

  /**
   * Does it behind all that was given before. For one append, with nothing before it, it is done at
   * once: to wake another thread takes longer than to fold a fact.
   *
   * @param appends whose futures it ends, each
   */
  void add(List<Append> appends, Runnable act) throws InterruptedException {
    try {
      if (atOnce(new Step(appends, act))) {
        act.run();
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      appends.forEach(unheard);
      throw e;
    }
  }

  /** Whether it may be; else it waits for its turn. */
  private boolean atOnce(Step step) throws InterruptedException {
    synchronized (progress) {
      while (steps.size() >= MOST_WAITING) {
        progress.wait();
      }
      throwFailure();
      if (steps.isEmpty() && step.appends().size() == 1) {
        return true;
      }
      steps.add(step);
      progress.notifyAll();
      return false;
    }
  }

  /** Nothing may be recorded behind a fact that cannot be folded. */
  void check() {
    synchronized (progress) {
      throwFailure();
    }
  }

  /** Groups that are recorded and not yet followed. */
  int waiting() {
    synchronized (progress) {
      return steps.size();
    }
  }

  /** Waits until nothing follows any more: registers hold all that this node has recorded. */
  void await() throws InterruptedException {
    synchronized (progress) {
      while (!steps.isEmpty()) {
        progress.wait();
      }
      throwFailure();
    }
  }

  private void throwFailure() {
    switch (failure) {
      case null -> {}
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void run() {
    for (Step step = next(); step != null; step = next()) {
      follow(step);
    }
  }

  private @Nullable Step next() {
    synchronized (progress) {
      boolean interrupted = false;
      while (steps.isEmpty() && !closed) {
        interrupted |= interruptedBeforeProgress();
      }
      if (interrupted) {
        LOG.warn("interrupted, and goes on: what is recorded is to be followed");
      }
      return steps.peek();
    }
  }

  private void follow(Step step) {
    Throwable failed = failure;
    try {
      if (failed == null) {
        step.act().run();
      }
    } catch (RuntimeException | Error e) {
      failed = e;
    }
    try {
      if (failed != null) {
        step.appends().forEach(unheard);
      }
    } finally {
      // Whatever happens: the appender may be waiting for it.
      synchronized (progress) {
        failure = failed;
        steps.remove();
        progress.notifyAll();
      }
    }
  }

  /** Does what still waits, and ends. */
  @Override
  public void close() {
    synchronized (progress) {
      closed = true;
      progress.notifyAll();
      boolean interrupted = false;
      while (!steps.isEmpty()) {
        interrupted |= interruptedBeforeProgress();
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      throwFailure();
    }
  }

  /** What is recorded is followed, also by a thread that is told to end. */
  private boolean interruptedBeforeProgress() {
    try {
      progress.wait();
      return false;
    } catch (InterruptedException _) {
      return true;
    }
  }
}
