package fr.passnumerique.clearing.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.database.TestDatabase;
import fr.passnumerique.clearing.redemption.SlipJudged;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * The elected writer is frozen under load: its process and its sessions live on and hold the lock.
 */
class FrozenWriterIT {
  /** Position by slip. */
  private final Map<String, Long> acknowledged = new ConcurrentHashMap<>();

  @Test
  void aNodeThatStandsByTakesOverFromAFrozenWriterWhichLaterStandsByItself() throws Exception {
    try (TestDatabase database = TestDatabase.fresh()) {
      String settings = FactCatalogue.JSON.writeValueAsString(database.properties());
      Process frozen = start(settings, "frozen");
      Process other = null;
      try {
        await("frozen", 0);
        other = start(settings, "other");
        TimeUnit.SECONDS.sleep(2);
        assertThat(writtenBy("other")).as("slips of the node that stands by").isZero();

        signal(frozen, "STOP");
        long from = System.nanoTime();
        await("other", 0);
        System.out.printf(
            "the other node acknowledged its first slip %d ms after the freeze%n",
            Duration.ofNanos(System.nanoTime() - from).toMillis());

        signal(frozen, "CONT");
        TimeUnit.SECONDS.sleep(1);
        long woken = writtenBy("frozen");
        await("other", writtenBy("other") + 10);
        assertThat(writtenBy("frozen")).as("slips of the woken node").isEqualTo(woken);
        assertThat(frozen.isAlive()).isTrue();

        // What it followed meanwhile is what it goes on from.
        other.destroyForcibly().waitFor();
        await("frozen", woken + 10);
      } finally {
        frozen.destroyForcibly().waitFor();
        if (other != null) {
          other.destroyForcibly().waitFor();
        }
      }
      Map<Long, String> rows = new ConcurrentHashMap<>();
      for (LedgerRow row : LedgerAudit.wholeChain(database.superuser())) {
        rows.put(
            row.position(),
            ((SlipJudged) Slips.CATALOGUE.read(row.type(), 1, row.payload())).reference().value());
      }
      acknowledged.forEach((slip, position) -> assertThat(rows.get(position)).isEqualTo(slip));
    }
  }

  private Process start(String settings, String name) throws IOException {
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
                "true",
                "1",
                "0",
                String.valueOf(System.currentTimeMillis()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread.ofVirtual().start(() -> listen(node));
    return node;
  }

  private void listen(Process node) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(node.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> words = List.of(line.split(" ", -1));
        if (words.getFirst().equals("ACK") && words.size() == 4) {
          acknowledged.put(words.get(1), Long.valueOf(words.get(2)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long writtenBy(String name) {
    return acknowledged.keySet().stream().filter(slip -> slip.startsWith(name + "-")).count();
  }

  private void await(String name, long more) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (writtenBy(name) <= more) {
      assertThat(System.nanoTime()).as("waiting for slips of " + name).isLessThan(end);
      TimeUnit.MILLISECONDS.sleep(10);
    }
  }

  private static void signal(Process process, String signal) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor())
        .isZero();
  }
}
