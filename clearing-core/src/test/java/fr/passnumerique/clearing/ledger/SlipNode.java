package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.database.ApplicationRole;
import fr.passnumerique.clearing.database.Database;
import fr.passnumerique.clearing.database.DatabaseSettings;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipReference;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A node in a process of its own that submits 42-line slips and dies at random between sending a
 * statement and learning its outcome. It prints each acknowledged slip, and each one that it is
 * about to send.
 */
final class SlipNode {
  /** Status of a process whose node stopped for good. */
  static final int STOPPED = 3;

  private static final int LINES = 42;
  private static final int WINDOW = 400;
  private static final int MILLIS_PER_CHEQUE = 2;
  private static final int CLIENTS = 3;

  private SlipNode() {}

  /**
   * arguments: database settings as JSON, name, elected, seed, one statement in how many is deadly
   * (0: none), start of all
   */
  @SuppressWarnings("unchecked")
  public static void main(String[] args) throws Exception {
    String name = args[1];
    long seed = Long.parseLong(args[3]);
    int deadly = Integer.parseInt(args[4]);
    long start = Long.parseLong(args[5]);
    Map<String, String> settings = FactCatalogue.JSON.readValue(args[0], Map.class);
    Database database = Database.open(DatabaseSettings.of(settings::get));
    Slips slips = new Slips();
    LedgerNode node =
        LedgerNode.start(
            new LedgerNode.Parts(
                database.dataSource(ApplicationRole.CLEARING),
                Slips.CATALOGUE,
                List.of(slips),
                List.of(slips),
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                Boolean.parseBoolean(args[2]),
                Duration.ofSeconds(10)),
            new Deadly(new Random(seed), deadly));
    for (int client = 0; client < CLIENTS; client++) {
      String prefix = "%s-%d-%d".formatted(name, seed, client);
      Random random = new Random(seed * CLIENTS + client);
      Thread.ofPlatform().start(() -> submit(node, name, prefix, random, start));
    }
  }

  private static void submit(
      LedgerNode node, String name, String prefix, Random random, long start) {
    Actor actor = new Actor(name, Role.VENUE, Slips.VENUE.value());
    for (int number = 1; ; number++) {
      SlipReference reference = new SlipReference(prefix + "-" + number);
      Slips.Take take = new Slips.Take(reference, someCheques(random, start));
      say("SENT", reference + " " + take.cheques().toString().replace(" ", ""));
      while (true) {
        try {
          if (node.commands().send(take, actor)
              instanceof Outcome.Recorded<String>(String verdicts, long position, _)) {
            say("ACK", reference + " " + position + " " + verdicts);
          }
          break;
        } catch (LedgerUnavailableException e) {
          if (node.state() == LedgerNode.State.STOPPED) {
            System.err.println(node.stopReason());
            Runtime.getRuntime().halt(STOPPED);
          }
          // Not elected, or the outcome is unknown: the same slip again.
          pause(5);
        }
      }
    }
  }

  /** Both nodes draw from the same few hundred cheques at the same time. */
  private static List<Long> someCheques(Random random, long start) {
    int base = 1 + (int) ((System.currentTimeMillis() - start) / MILLIS_PER_CHEQUE);
    return random
        .ints(0, WINDOW)
        .distinct()
        .limit(LINES)
        .mapToObj(i -> new Serial(Batch.of(1), base + i).key())
        .toList();
  }

  private static synchronized void say(String what, String rest) {
    System.out.println(what + " " + rest);
    System.out.flush();
  }

  private static void pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends the process without a goodbye, some moment after a statement was sent. */
  private record Deadly(Random random, int oneIn) implements AppendFaults {
    @Override
    public void beforeStatement() {
      if (oneIn > 0 && random.nextInt(oneIn) == 0) {
        long micros = random.nextInt(3_000);
        Thread.ofPlatform()
            .start(
                () -> {
                  long end = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
                  while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                  }
                  Runtime.getRuntime().halt(137);
                });
      }
    }
  }
}
