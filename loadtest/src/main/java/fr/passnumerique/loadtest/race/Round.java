package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.ledger.AppendFaults;
import fr.passnumerique.loadtest.race.Checker.Checked;
import fr.passnumerique.loadtest.race.Script.Slip;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One seed: clients race on the nodes of a ledger of their own, while nodes are killed and
 * connections cut; then what they were told is checked, and held against the ledger.
 */
final class Round {
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(90);
  private static final long MEETING_MILLIS = 30;

  /** Of the node that reads all once more when everything is over. */
  private static final String LAST = "last";

  private final Stage stage;
  private final long seed;
  private final Bug bug;
  private final Bug.Sharing sharing;
  private final boolean elected;
  private final Script script;
  private final long start = System.nanoTime();
  private final int nodes;
  private final boolean processes;
  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final Map<String, CountDownLatch> meetings = new ConcurrentHashMap<>();
  private final Disturbance.Counts counts = new Disturbance.Counts();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger furthest = new AtomicInteger();
  private volatile @Nullable Seats seats;
  private volatile boolean over;
  private volatile long movedBackAt = Call.NEVER;

  private Round(Stage stage, long seed, Bug bug, int nodes, boolean processes) {
    this.stage = stage;
    this.seed = seed;
    this.bug = bug;
    this.sharing = bug.sharing();
    this.elected =
        sharing != Bug.Sharing.BOTH_WRITE && (sharing == Bug.Sharing.MOVED_BACK || seed % 2 == 0);
    this.script = new Script(seed, stage.cheques());
    this.nodes = sharing == Bug.Sharing.MOVED_BACK ? 1 : nodes;
    this.processes = processes;
  }

  /**
   * What became of a round.
   *
   * @param ledger what the ledger itself contradicts
   * @param stopped nodes that stopped, other than by a kill
   * @param unexpected answers that no client should be given
   */
  record End(
      History history,
      Checked checked,
      List<String> ledger,
      List<String> stopped,
      List<String> unexpected,
      Counted counted) {
    boolean holds() {
      return isContested()
          && checked.findings().isEmpty()
          && ledger.isEmpty()
          && stopped.isEmpty()
          && unexpected.isEmpty();
    }

    /** Else it proves nothing. */
    private boolean isContested() {
      return counted.contested() > 0;
    }

    /** A line or more for each. */
    String faults() {
      StringBuilder told =
          new StringBuilder(
              isContested() ? "" : line("no cheque was wanted by more than one slip"));
      checked.findings().forEach(finding -> told.append(line(finding.told())));
      ledger.forEach(fault -> told.append(line("ledger: " + fault)));
      stopped.forEach(fault -> told.append(line("stopped: " + fault)));
      unexpected.forEach(fault -> told.append(line("unexpected: " + fault)));
      return told.toString();
    }

    private static String line(String fault) {
      return "  %s%n".formatted(fault);
    }
  }

  /**
   * @param facts that the round recorded
   * @param unknown calls without an answer
   * @param lost answers that the client did not hear, of those
   */
  record Counted(
      int calls,
      int fresh,
      int again,
      int unknown,
      int lost,
      int facts,
      int contested,
      int lostStatements,
      int lostAnswers,
      int kills,
      int freezes,
      int cuts) {}

  /**
   * @param nodes 1 or 2, of this process
   */
  static End play(Stage stage, long seed, Bug bug, int nodes)
      throws SQLException, InterruptedException {
    return new Round(stage, seed, bug, nodes, false).play();
  }

  /** Two nodes, each a process of its own. */
  static End playProcesses(Stage stage, long seed) throws SQLException, InterruptedException {
    return new Round(stage, seed, Bug.NONE, 2, true).play();
  }

  private End play() throws SQLException, InterruptedException {
    try (Stage.Arena arena = stage.arena()) {
      bug.prepare(arena);
      List<String> stopped = new ArrayList<>();
      List<String> lagging;
      try (Seats taken =
          Seats.open(
              stage, arena, bug, elected, processes, nodes, new SplittableRandom(seed), counts)) {
        seats = taken;
        List<Thread> clients = new ArrayList<>();
        for (int client = 0; client < Script.CLIENTS; client++) {
          clients.add(
              Thread.ofPlatform()
                  .uncaughtExceptionHandler((_, e) -> unexpected("a client ended: " + e))
                  .start(new Client(client, script, this)));
        }
        if (!await(clients, taken, arena)) {
          stopped.add("clients were not answered in time");
        }
        stopped.addAll(taken.stopped());
        lagging = taken.lagging();
      }
      return end(arena, stopped, lagging);
    }
  }

  /** Until all clients are done. */
  private boolean await(List<Thread> clients, Seats taken, Stage.Arena arena)
      throws SQLException, InterruptedException {
    long last = now() + LONGEST_NANOS;
    boolean inTime = true;
    while (clients.stream().anyMatch(Thread::isAlive)) {
      taken.tend();
      inTime = now() < last;
      over = !inTime || taken.allStopped();
      if (sharing == Bug.Sharing.MOVED_BACK) {
        moveBack(arena);
      }
      Thread.sleep(2);
    }
    return inTime;
  }

  /** Once, under load: the last rows are gone, as after a restore to an earlier moment. */
  private void moveBack(Stage.Arena arena) throws SQLException {
    if (movedBackAt == Call.NEVER && furthest.get() > Script.STEPS / 2) {
      arena.asSuperuser(
          """
          alter table ledger.event disable trigger event_is_append_only;
          alter table ledger.event disable trigger event_row_is_append_only;
          delete from ledger.event where position > (select max(position) - 3 from ledger.event);
          """);
      movedBackAt = now();
    }
  }

  private End end(Stage.Arena arena, List<String> stopped, List<String> lagging)
      throws SQLException, InterruptedException {
    boolean movedBack = sharing == Bug.Sharing.MOVED_BACK;
    if (!movedBack) {
      readAll(arena, stopped);
    }
    List<Call> told =
        calls.stream().filter(call -> !movedBack || call.invoked() > movedBackAt).toList();
    RecordedSlips recorded = RecordedSlips.read(arena.superuser(), stage.prepared());
    History history =
        new History(
            "seed %d, %d nodes, %s, bug: %s"
                .formatted(seed, nodes, elected ? "one elected" : "both write", bug.name()),
            lagging,
            told);
    Checked checked = movedBack ? new Checked(0, 0, List.of()) : Checker.check(history);
    List<String> ledger = movedBack ? goneOn(told, recorded) : recorded.against(told);
    return new End(
        history,
        checked,
        ledger,
        movedBack ? List.of() : stopped,
        List.copyOf(unexpected),
        new Counted(
            told.size(),
            (int) told.stream().filter(Call::isNew).count(),
            (int) told.stream().filter(Call::isAgain).count(),
            (int) told.stream().filter(call -> !call.isAnswered()).count(),
            lost.get(),
            recorded.facts(),
            recorded.contested(),
            counts.lostStatements.get(),
            counts.lostAnswers.get(),
            counts.kills.get(),
            counts.freezes.get(),
            counts.cuts.get()));
  }

  /** After its rows were taken away nothing may be recorded on top of what is left. */
  static List<String> goneOn(List<Call> since, RecordedSlips recorded) {
    List<String> faults = new ArrayList<>(recorded.gaps());
    since.stream()
        .filter(Call::isNew)
        .map(call -> "recorded after the ledger was moved back: " + call.written())
        .forEach(faults::add);
    return faults;
  }

  /** A new node without the bug is asked for every slip and every cheque, once. */
  private void readAll(Stage.Arena arena, List<String> stopped) throws InterruptedException {
    Bug silenced = bug == Bug.NONE ? Bug.NONE : new Bug("none, without alarms");
    over = false;
    try (RaceNode node =
        RaceNode.start(
            LAST, arena.writer(), stage.checkKeys(), true, silenced, AppendFaults.NONE)) {
      node.awaitStarted(true);
      if (node.isStopped()) {
        stopped.add("a new node: " + node.stopReason());
        return;
      }
      Round last = new Round(stage, seed, Bug.NONE, 1, false);
      last.seats = Seats.of(stage, node);
      Client reader = new Client(Script.CLIENTS, script, last);
      slips().values().forEach(reader::submit);
      for (int cheque = 0; cheque < Script.wanted(); cheque++) {
        reader.check(stage.cheques().cheques().get(cheque));
      }
      long offset = last.start - start;
      last.calls.forEach(
          call ->
              calls.add(
                  new Call(
                      call.client(),
                      call.node(),
                      call.kind(),
                      call.slip(),
                      call.cheques(),
                      call.invoked() + offset,
                      call.isAnswered() ? call.answered() + offset : Call.NEVER,
                      call.answer())));
      unexpected.addAll(last.unexpected);
    }
  }

  private Map<String, Slip> slips() {
    Map<String, Slip> slips = new LinkedHashMap<>();
    for (int client = 0; client < Script.CLIENTS; client++) {
      for (int step = 0; step < Script.STEPS; step++) {
        for (Slip slip : List.of(script.own(client, step), script.ofTwins(client, step))) {
          slips.put(slip.reference(), slip);
        }
      }
    }
    slips
        .keySet()
        .retainAll(
            calls.stream()
                .filter(call -> call.kind() == Call.Kind.SUBMIT)
                .map(Call::slip)
                .collect(Collectors.toSet()));
    return slips;
  }

  // --- for the clients

  private Seats taken() {
    Seats taken = seats;
    if (taken == null) {
      throw new IllegalStateException("the round has not begun");
    }
    return taken;
  }

  int seats() {
    return taken().count();
  }

  Asked node(int seat) {
    return taken().at(seat);
  }

  Bug bug() {
    return bug;
  }

  /** Nanoseconds since the round began. */
  long now() {
    return System.nanoTime() - start;
  }

  boolean isOver() {
    return over;
  }

  void reached(int step) {
    furthest.accumulateAndGet(step, Math::max);
  }

  void record(Call call) {
    calls.add(call);
  }

  void lost() {
    lost.incrementAndGet();
  }

  void unexpected(String what) {
    unexpected.add(what);
  }

  /** Waits a moment for the twin. */
  void meet(String where) {
    CountDownLatch meeting = meetings.computeIfAbsent(where, _ -> new CountDownLatch(2));
    meeting.countDown();
    try {
      var _ = meeting.await(MEETING_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
