package fr.passnumerique.loadtest.relay;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** How fast a backlog goes through, before anything is broken. */
final class Rates {
  private static final List<String> RELAYS = List.of("relay-1", "relay-2");
  private static final List<String> NODES = List.of("node-1", "node-2");
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private Rates() {}

  static void startAll(Stage stage) throws IOException, InterruptedException {
    for (String relay : RELAYS) {
      stage.startRelay(relay);
    }
    for (String node : NODES) {
      stage.startNode(node);
    }
  }

  /** Starts everything, one after the other. */
  static String measure(Stage stage, int backlog, Consumer<String> progress)
      throws IOException, SQLException, InterruptedException {
    progress.accept("recording %d facts".formatted(backlog));
    for (int i = 0; i < backlog; i++) {
      stage.ledger().grow();
    }
    long head = stage.head();
    progress.accept("relaying");
    double published;
    try (Partner partner = new Partner(stage.broker().bootstrapServers(), Topic.NAME)) {
      stage.startRelay(RELAYS.getFirst());
      published = rate(partner, head);
    }
    double consumed;
    try (Partner again = new Partner(stage.broker().bootstrapServers(), Topic.NAME)) {
      consumed = rate(again, head);
    }
    progress.accept("folding");
    stage.startNode(NODES.getFirst());
    long start = System.nanoTime();
    while (!reached(stage.carried(), head)) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new IllegalStateException(
            "projections stand at %s of %d".formatted(stage.carried(), head));
      }
      Thread.sleep(10);
    }
    double folded = head * 1e9 / (System.nanoTime() - start);
    stage.startRelay(RELAYS.getLast());
    stage.startNode(NODES.getLast());
    return String.format(
        Locale.ROOT,
        "backlog of %d facts: relayed until a partner has read it %.0f facts/s, read again from the"
            + " beginning and hashed %.0f facts/s, folded by all projections of a node just started"
            + " %.0f facts/s%n",
        head,
        published,
        consumed,
        folded);
  }

  private static boolean reached(Map<String, Long> carried, long head) {
    return !carried.isEmpty() && carried.values().stream().allMatch(at -> at >= head);
  }

  /** From its first fact on: neither start nor connecting counts. */
  private static double rate(Partner partner, long head) throws InterruptedException {
    requireReached(partner, 1);
    long start = System.nanoTime();
    long from = partner.seen().position();
    requireReached(partner, head);
    return (head - from) * 1e9 / (System.nanoTime() - start);
  }

  private static void requireReached(Partner partner, long position) throws InterruptedException {
    if (!partner.awaitPosition(position, PATIENCE)) {
      throw new IllegalStateException(
          "the topic ends at %d of %d".formatted(partner.seen().position(), position));
    }
  }
}
