package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.AppendFaults;
import fr.passnumerique.clearing.ledger.LedgerUnavailableException;
import fr.passnumerique.clearing.redemption.SlipLine;
import fr.passnumerique.loadtest.peak.HandedOutCheques;
import fr.passnumerique.loadtest.peak.HandedOutCheques.Place;
import fr.passnumerique.loadtest.race.Script.Slip;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Slips that are committed and whose answer is lost: between the database and the node, between the
 * node and its client, and by the death of the node in between. Each is sent again, to both nodes,
 * and must be told the same; the ledger must have it once.
 *
 * <p>A slip has a cheque of its own and the one of its client's slip before: to judge it again
 * would come to another answer.
 */
final class LostAnswers implements AutoCloseable {
  private static final int CLIENTS = 32;

  /** Of a hundred lost answers so many are lost by a kill; the others by halves. */
  private static final int BY_KILLS = 2;

  private static final int MOST_ATTEMPTS = 10_000;
  private static final String NODES = "left,right";

  /** What befalls the answer of the next statement. */
  private static final int NOTHING = 0;

  private static final int LOST = 1;
  private static final int DEADLY = 2;

  private final Stage stage;
  private final Stage.Arena arena;
  private final AtomicReferenceArray<RaceNode> nodes;
  private final List<AtomicInteger> losing = List.of(new AtomicInteger(), new AtomicInteger());

  /** Rows that the database answered to be written, of which no node heard. */
  private final AtomicInteger unheard = new AtomicInteger();

  private final ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
  private final AtomicInteger slips = new AtomicInteger();
  private final Map<String, String> told = new ConcurrentHashMap<>();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final int[] before = new int[CLIENTS];

  /**
   * One way to lose answers.
   *
   * @param lost answers of slips that were committed, counted where each was lost
   * @param retries of theirs, each of which must be told the same
   */
  record Way(String name, int slips, int lost, int retries, int deaths) {
    @Override
    public String toString() {
      return "%-36s %6d slips, %6d answers lost after the commit, %6d retries%s"
          .formatted(
              name, slips, lost, retries, deaths == 0 ? "" : ", %d nodes killed".formatted(deaths));
    }
  }

  /**
   * @param recorded what the ledger has of them, in one sentence
   */
  record Result(List<Way> ways, String recorded, List<String> faults) {
    int lost() {
      return ways.stream().mapToInt(Way::lost).sum();
    }

    /** Fewer lost answers than asked for prove less. */
    boolean holds(int atLeast) {
      return faults.isEmpty() && lost() >= atLeast;
    }
  }

  private LostAnswers(Stage stage) throws SQLException, InterruptedException {
    this.stage = stage;
    this.arena = stage.arena();
    this.nodes = new AtomicReferenceArray<>(NODES.split(",", -1).length);
    for (int seat = 0; seat < nodes.length(); seat++) {
      start(seat);
    }
  }

  /** Cheques that so many lost answers want. */
  static int wanted(int answers) {
    return answers + answers / 10 + 10 * CLIENTS + 1;
  }

  /**
   * @param atLeast answers to lose
   */
  static Result lose(Stage stage, int atLeast) throws SQLException, InterruptedException {
    try (LostAnswers lost = new LostAnswers(stage)) {
      int byKills = Math.ceilDiv(atLeast * BY_KILLS, 100);
      int byNode = (atLeast - byKills) / 2;
      List<Way> ways = new ArrayList<>();
      ways.add(lost.byDatabase(atLeast - byKills - byNode));
      ways.add(lost.byNode(byNode));
      ways.add(lost.byKills(byKills));
      String recorded = lost.compare();
      return new Result(ways, recorded, List.copyOf(lost.faults));
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void start(int seat) throws InterruptedException {
    AtomicInteger next = losing.get(seat);
    RaceNode node =
        RaceNode.start(
            NODES.split(",", -1)[seat],
            LedgerInserts.answered(arena.writer(), insert -> heard(insert.rows(), next)),
            stage.checkKeys(),
            false,
            Bug.NONE,
            AppendFaults.NONE);
    node.awaitStarted(true);
    nodes.set(seat, node);
  }

  /** What a node hears of rows that are committed. */
  private int heard(int rows, AtomicInteger next) {
    if (rows > 0) {
      switch (next.get()) {
        case LOST -> {
          unheard.addAndGet(rows);
          throw Disturbance.lost();
        }
        case DEADLY -> {
          next.set(NOTHING);
          throw new Disturbance.Killed();
        }
        default -> {}
      }
    }
    return rows;
  }

  /** Every statement commits and is not answered; the node finds its own facts and goes on. */
  private Way byDatabase(int count) throws InterruptedException, ExecutionException {
    AtomicInteger retries = new AtomicInteger();
    losing.forEach(next -> next.set(LOST));
    int sent =
        each(
            count,
            (client, slip) -> {
              String first = untilAnswered(client % 2, slip);
              retries.addAndGet(sameAgain(slip, first));
            });
    losing.forEach(next -> next.set(NOTHING));
    return new Way("between the database and the node", sent, unheard.get(), retries.get(), 0);
  }

  /** The node answers, and its client does not hear it. */
  private Way byNode(int count) throws InterruptedException, ExecutionException {
    AtomicInteger lost = new AtomicInteger();
    AtomicInteger retries = new AtomicInteger();
    int sent =
        each(
            count,
            (client, slip) -> {
              String first = untilAnswered(client % 2, slip);
              String heard = untilAnswered((client + 1) % 2, slip);
              if (slip.again()) {
                lost.incrementAndGet();
              }
              if (!heard.equals(first)) {
                faults.add("%s was told %s, then %s".formatted(slip, first, heard));
              }
              retries.addAndGet(1 + sameAgain(slip, heard));
            });
    return new Way("between the node and its client", sent, lost.get(), retries.get(), 0);
  }

  /** The node dies between its commit and its answer; its clients go to the other. */
  private Way byKills(int count) throws InterruptedException, ExecutionException {
    AtomicInteger lost = new AtomicInteger();
    AtomicInteger retries = new AtomicInteger();
    int sent = 0;
    int deaths = 0;
    while (lost.get() < count && faults.isEmpty()) {
      int seat = deaths % nodes.length();
      losing.get(seat).set(DEADLY);
      CountDownLatch together = new CountDownLatch(CLIENTS);
      sent +=
          each(
              CLIENTS,
              (_, slip) -> {
                together.countDown();
                together.await();
                try {
                  ask(seat, slip);
                  return;
                } catch (LedgerUnavailableException e) {
                  // It is dead: the other one knows what became of the slip.
                }
                String answer = untilAnswered((seat + 1) % nodes.length(), slip);
                if (slip.again()) {
                  lost.incrementAndGet();
                }
                retries.addAndGet(1 + sameAgain(slip, answer));
              });
      deaths++;
      nodes.get(seat).close();
      start(seat);
    }
    return new Way("by the death of the node", sent, lost.get(), retries.get(), deaths);
  }

  // --- slips

  /** A slip, and whether its last answer was of one that had been recorded before. */
  private static final class Sent {
    private final Slip slip;
    private volatile boolean again;

    Sent(Slip slip) {
      this.slip = slip;
    }

    boolean again() {
      return again;
    }

    @Override
    public String toString() {
      return slip.reference();
    }
  }

  private interface Play {
    void with(int client, Sent slip) throws InterruptedException;
  }

  /**
   * @return how many slips, at least as many as asked for
   */
  private int each(int count, Play play) throws InterruptedException, ExecutionException {
    int rounds = Math.ceilDiv(count, CLIENTS);
    List<Future<?>> all = new ArrayList<>();
    for (int client = 0; client < CLIENTS; client++) {
      int number = client;
      all.add(
          clients.submit(
              () -> {
                for (int round = 0; round < rounds && faults.isEmpty(); round++) {
                  play.with(number, next(number));
                }
                return null;
              }));
    }
    for (Future<?> one : all) {
      one.get();
    }
    return rounds * CLIENTS;
  }

  private Sent next(int client) {
    HandedOutCheques handedOut = stage.cheques();
    int number = slips.incrementAndGet();
    Place place = handedOut.places().get(client);
    List<SlipLine> lines = new ArrayList<>();
    lines.add(line(handedOut.cheques().get(number), place));
    if (before[client] > 0) {
      lines.add(line(handedOut.cheques().get(before[client]), place));
    }
    before[client] = number;
    return new Sent(new Slip("lost-" + number, place, lines, List.of()));
  }

  private SlipLine line(ChequeCode code, Place place) {
    return new SlipLine(
        code, stage.cheques().today().minusDays(1), place.service(), place.pointOfService());
  }

  /** Its answer, from one node or the other. */
  private String untilAnswered(int seat, Sent slip) throws InterruptedException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      try {
        return ask((seat + attempt) % nodes.length(), slip);
      } catch (LedgerUnavailableException e) {
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    throw new IllegalStateException("slip %s was never answered".formatted(slip));
  }

  /** Asked of each node once more. */
  private int sameAgain(Sent slip, String first) throws InterruptedException {
    for (int seat = 0; seat < nodes.length(); seat++) {
      String again = untilAnswered(seat, slip);
      if (!again.equals(first) || !slip.again()) {
        faults.add("slip %s was told %s, then %s".formatted(slip, first, again));
      }
    }
    return nodes.length();
  }

  private String ask(int seat, Sent slip) {
    String answer = nodes.get(seat).submit(slip.slip);
    slip.again = answer.startsWith("AGAIN ");
    String recorded = answer.substring(answer.indexOf(' ') + 1);
    told.put(slip.toString(), recorded);
    return recorded;
  }

  /** Each slip once, as it was told, and its money once. */
  private String compare() throws SQLException {
    RecordedSlips recorded = RecordedSlips.read(arena.superuser(), stage.prepared());
    faults.addAll(recorded.faults());
    Map<String, String> all = recorded.slips();
    told.forEach(
        (slip, answer) -> {
          if (!answer.equals(all.get(slip))) {
            faults.add(
                "slip %s was told %s, recorded is %s".formatted(slip, answer, all.get(slip)));
          }
        });
    if (all.size() != slips.get()) {
      faults.add("%d slips were sent, %d are recorded".formatted(slips.get(), all.size()));
    }
    long cents = recorded.owedCents();
    if (cents != (long) slips.get() * RecordedSlips.FACE_VALUE_CENTS) {
      faults.add("%d cents are owed for %d cheques".formatted(cents, slips.get()));
    }
    return "the ledger has %d slips of %d sent, %d facts in all, %d cents owed for %d cheques"
        .formatted(all.size(), slips.get(), recorded.facts(), cents, slips.get());
  }

  @Override
  public void close() throws SQLException {
    clients.shutdown();
    for (int seat = 0; seat < nodes.length(); seat++) {
      nodes.get(seat).close();
    }
    arena.close();
  }
}
