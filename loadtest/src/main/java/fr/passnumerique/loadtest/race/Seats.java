package fr.passnumerique.loadtest.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a round and what befalls them: one that is killed is followed by another in its
 * seat. Nodes are of this process, or each a process of its own, which is killed (kill -9) and
 * frozen (SIGSTOP).
 */
final class Seats implements AutoCloseable {
  private static final String[] NAMES = {"left", "right"};

  /** Longer than the silence after which a node that stands by takes over. */
  private static final int FROZEN_MILLIS = 1_500;

  private final Stage stage;
  private final Stage.@Nullable Arena arena;
  private final Bug bug;
  private final boolean elected;
  private final boolean processes;
  private final SplittableRandom random;
  private final Disturbance.Counts counts;
  private final AtomicReferenceArray<@Nullable Asked> nodes;

  /** All that were started, the killed ones too. */
  private final List<Asked> started = new ArrayList<>();

  private long nextCut;
  private long nextBlow;
  private @Nullable RemoteNode frozen;
  private long wakeAt;

  private Seats(
      Stage stage,
      Stage.@Nullable Arena arena,
      Bug bug,
      boolean elected,
      boolean processes,
      int count,
      SplittableRandom random,
      Disturbance.Counts counts) {
    this.stage = stage;
    this.arena = arena;
    this.bug = bug;
    this.elected = elected;
    this.processes = processes;
    this.random = random;
    this.counts = counts;
    this.nodes = new AtomicReferenceArray<>(count);
  }

  /** Nothing befalls this one. */
  static Seats of(Stage stage, Asked node) {
    Seats seats =
        new Seats(
            stage,
            null,
            Bug.NONE,
            true,
            false,
            1,
            new SplittableRandom(0),
            new Disturbance.Counts());
    seats.nodes.set(0, node);
    return seats;
  }

  /** Starts them all. */
  static Seats open(
      Stage stage,
      Stage.Arena arena,
      Bug bug,
      boolean elected,
      boolean processes,
      int count,
      SplittableRandom random,
      Disturbance.Counts counts)
      throws InterruptedException {
    Seats seats = new Seats(stage, arena, bug, elected, processes, count, random, counts);
    List<Asked> first = new ArrayList<>();
    for (int seat = 0; seat < count; seat++) {
      first.add(seats.start(arena, seat));
    }
    for (int seat = 0; seat < count; seat++) {
      seats.seat(seat, first.get(seat));
    }
    long now = System.nanoTime();
    seats.nextCut = now + millis(150 + random.nextInt(300));
    seats.nextBlow = now + millis(300 + random.nextInt(700));
    return seats;
  }

  private Asked start(Stage.Arena of, int seat) {
    String name = "%s-%d".formatted(NAMES[seat], started.size());
    Asked node;
    if (processes) {
      try {
        node = RemoteNode.start(name, of.settings(), of.log(), elected, random.nextLong(), counts);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    } else {
      boolean movedBack = bug.sharing() == Bug.Sharing.MOVED_BACK;
      boolean dies = bug.sharing() == Bug.Sharing.RESTARTED || !movedBack && random.nextInt(3) == 0;
      node =
          RaceNode.start(
              name,
              of.writer(),
              stage.checkKeys(),
              elected,
              bug,
              new Disturbance(
                  random.nextLong(),
                  !movedBack,
                  dies ? 20 + random.nextInt(60) : Disturbance.NEVER,
                  counts));
    }
    started.add(node);
    return node;
  }

  /** Once it holds the ledger. */
  private void seat(int seat, Asked node) throws InterruptedException {
    switch (node) {
      case RemoteNode remote -> remote.awaitReady();
      case RaceNode here -> here.awaitStarted(!elected || nodes.length() == 1);
      default -> {}
    }
    nodes.set(seat, node);
  }

  /** Called again and again while clients race. */
  void tend() throws SQLException, InterruptedException {
    Stage.Arena of = arena;
    if (of == null) {
      return;
    }
    for (int seat = 0; seat < nodes.length(); seat++) {
      if (at(seat).isKilled()) {
        seat(seat, start(of, seat));
      }
    }
    long now = System.nanoTime();
    if (now > nextCut && bug.sharing() != Bug.Sharing.MOVED_BACK) {
      cut(of);
      nextCut = now + millis(300 + random.nextInt(600));
    }
    RemoteNode cold = frozen;
    if (cold != null && now > wakeAt) {
      cold.wake();
      frozen = null;
    }
    if (processes && frozen == null && now > nextBlow) {
      strike();
      nextBlow = now + millis(1_000 + random.nextInt(2_000));
    }
  }

  private void strike() {
    if (!(at(random.nextInt(nodes.length())) instanceof RemoteNode node)) {
      return;
    }
    if (random.nextBoolean()) {
      node.kill();
      counts.kills.incrementAndGet();
    } else {
      node.freeze();
      counts.freezes.incrementAndGet();
      frozen = node;
      wakeAt = System.nanoTime() + millis(FROZEN_MILLIS);
    }
  }

  /** Ends one session of a node, whatever it is doing. */
  private void cut(Stage.Arena of) throws SQLException {
    of.asSuperuser(
        """
        select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and application_name like 'clearing-writer%'
         order by random() limit 1
        """);
    counts.cuts.incrementAndGet();
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  int count() {
    return nodes.length();
  }

  Asked at(int seat) {
    Asked node = nodes.get(seat);
    if (node == null) {
      throw new IllegalStateException("nobody sits at " + seat);
    }
    return node;
  }

  boolean allStopped() {
    for (int seat = 0; seat < nodes.length(); seat++) {
      if (!at(seat).isStopped()) {
        return false;
      }
    }
    return true;
  }

  /** Of those whose registers may lag behind another's. */
  List<String> lagging() {
    return nodes.length() == 1 ? List.of() : started.stream().map(Asked::name).toList();
  }

  /** Those that stopped, and why. */
  List<String> stopped() {
    return started.stream()
        .filter(Asked::isStopped)
        .map(node -> node.name() + ": " + node.stopReason())
        .toList();
  }

  @Override
  public void close() {
    RemoteNode cold = frozen;
    if (cold != null) {
      cold.wake();
    }
    started.forEach(Asked::close);
  }
}
