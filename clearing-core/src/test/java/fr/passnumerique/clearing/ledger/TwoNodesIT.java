package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two nodes in two processes write one ledger with overlapping slips of 42 lines, and each is
 * killed again and again between sending a statement and learning its outcome. For longer: {@code
 * -Dtwo.nodes.seconds=600}.
 */
class TwoNodesIT {
  private static final Duration TIME = Duration.ofSeconds(Long.getLong("two.nodes.seconds", 6));
  private static final Duration PATIENCE = TIME.plusMinutes(2);
  private static final int DEADLY = Integer.getInteger("two.nodes.deadly", 150);

  private static final int KILLED = 137;

  private final Map<String, Answer> acknowledged = new ConcurrentHashMap<>();
  private final Map<String, List<Long>> sent = new ConcurrentHashMap<>();
  private final AtomicInteger kills = new AtomicInteger();

  /** Whoever is not killed lives: a node that stops or fails by itself is what is looked for. */
  private final Set<String> unexpected = ConcurrentHashMap.newKeySet();

  /** Names of nodes that were told yes. */
  private final Set<String> wrote = ConcurrentHashMap.newKeySet();

  private record Answer(long position, String verdicts) {}

  @ParameterizedTest(name = "election: {0}")
  @ValueSource(booleans = {true, false})
  void twoNodesKilledAtRandomNeitherLoseNorDoubleAnything(boolean elected) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime() & 0xffff);
    System.out.printf("two nodes, election %s, seed %d%n", elected, seed);
    try (TestDatabase database = TestDatabase.fresh()) {
      twoNodes(database, elected, seed);
    }
  }

  private void twoNodes(TestDatabase database, boolean elected, long seed) throws Exception {
    DataSource dataSource = database.ledger();
    String settings = FactCatalogue.JSON.writeValueAsString(database.properties());
    long start = System.currentTimeMillis();
    List<Thread> keepers =
        List.of("left", "right").stream()
            .map(
                name ->
                    Thread.ofPlatform()
                        .start(() -> keepAlive(name, settings, elected, seed, start)))
            .toList();
    for (Thread keeper : keepers) {
      keeper.join();
    }

    assertThat(unexpected).isEmpty();
    List<LedgerRow> rows = LedgerAudit.wholeChain(dataSource);
    Map<String, LedgerRow> bySlip = new HashMap<>();
    Set<Long> taken = new HashSet<>();
    for (LedgerRow row : rows) {
      SlipJudged slip = (SlipJudged) Slips.CATALOGUE.read(row.type(), 1, row.payload());
      assertThat(bySlip.put(slip.reference().value(), row)).as("slip %s twice", slip).isNull();
      Arrays.stream(slip.chequesTouched())
          .forEach(cheque -> assertThat(taken.add(cheque)).as("cheque %d twice", cheque).isTrue());
    }
    acknowledged.forEach(
        (reference, answer) -> {
          LedgerRow row = bySlip.get(reference);
          assertThat(row).as("acknowledged slip %s", reference).isNotNull();
          assertThat(row.position()).isEqualTo(answer.position());
          assertThat(verdicts(row)).isEqualTo(answer.verdicts());
        });
    Map<String, Long> perNode =
        rows.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.metadata().contains("\"left\"") ? "left" : "right",
                    Collectors.counting()));
    System.out.printf(
        "election %s: %d facts %s, %d acknowledged, %d cheques, %d kills%n",
        elected, rows.size(), perNode, acknowledged.size(), taken.size(), kills.get());
    assertThat(perNode).as("each gets to write").containsKeys("left", "right");
    assertThat(kills.get()).as("kills").isPositive();
    assertThat(taken).isNotEmpty();
    assertThat(acknowledged).isNotEmpty();
    resubmitUnanswered(dataSource, bySlip);
  }

  /** Sent, killed before an answer: sent again it is answered with what was recorded, if it was. */
  private void resubmitUnanswered(DataSource dataSource, Map<String, LedgerRow> bySlip)
      throws Exception {
    try (LedgerNode node = NodeOfSlips.on(dataSource, new Slips()).writing()) {
      int recordedBefore = 0;
      for (Map.Entry<String, List<Long>> unanswered : sent.entrySet()) {
        if (acknowledged.containsKey(unanswered.getKey())) {
          continue;
        }
        Outcome.Recorded<String> again =
            (Outcome.Recorded<String>)
                node.commands()
                    .send(
                        new Slips.Take(
                            new SlipReference(unanswered.getKey()), unanswered.getValue()),
                        Actor.ENGINE);
        LedgerRow row = bySlip.get(unanswered.getKey());
        assertThat(again.already()).isEqualTo(row != null);
        if (row != null) {
          recordedBefore++;
          assertThat(again.position()).isEqualTo(row.position());
          assertThat(again.answer()).isEqualTo(verdicts(row));
        }
      }
      System.out.printf(
          "%d slips were sent and never answered, %d of them recorded%n",
          sent.size() - acknowledged.size(), recordedBefore);
    }
    LedgerAudit.wholeChain(dataSource);
  }

  private static String verdicts(LedgerRow row) {
    return Slips.verdicts((SlipJudged) Slips.CATALOGUE.read(row.type(), 1, row.payload()));
  }

  private void keepAlive(String name, String settings, boolean elected, long seed, long start) {
    Random random = new Random(seed + name.hashCode());
    try {
      while (!over(start)) {
        Process node =
            new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    SlipNode.class.getName(),
                    settings,
                    name,
                    String.valueOf(elected),
                    String.valueOf(random.nextInt(1_000_000)),
                    String.valueOf(DEADLY),
                    String.valueOf(start))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread.ofVirtual().start(() -> endWhenOver(node, start));
        listen(name, node);
        int status = node.waitFor();
        if (status != KILLED) {
          unexpected.add(name + " ended with status " + status);
        } else if (!over(start)) {
          kills.incrementAndGet();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** On a busy machine it takes longer until each has had its turn, and one was killed. */
  private boolean over(long start) {
    long since = System.currentTimeMillis() - start;
    return since >= TIME.toMillis()
        && ((wrote.size() == 2 && kills.get() > 0) || since >= PATIENCE.toMillis());
  }

  private void endWhenOver(Process node, long start) {
    try {
      while (!over(start)) {
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    node.destroyForcibly();
  }

  private void listen(String name, Process node) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("ACK") && words.length == 4) {
          wrote.add(name);
          acknowledged.put(words[1], new Answer(Long.parseLong(words[2]), words[3]));
        } else if (words[0].equals("SENT") && words.length == 3 && words[2].endsWith("]")) {
          sent.put(
              words[1],
              Arrays.stream(words[2].substring(1, words[2].length() - 1).split(",", -1))
                  .map(Long::valueOf)
                  .toList());
        }
      }
    }
  }
}
