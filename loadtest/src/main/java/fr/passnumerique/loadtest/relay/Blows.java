package fr.passnumerique.loadtest.relay;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Deals blows to a stage, and waits each time until all is whole again. */
final class Blows {
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final Stage stage;
  private final Partner partner;
  private final Topic topic;
  private final Random random;

  Blows(Stage stage, Partner partner, Topic topic, Random random) {
    this.stage = stage;
    this.partner = partner;
    this.topic = topic;
    this.random = random;
  }

  Cycle deal(Blow blow) throws IOException, SQLException, InterruptedException, ExecutionException {
    return switch (blow) {
      case BROKER_KILLED -> {
        long start = System.nanoTime();
        stage.broker().kill();
        long mark = mark();
        stage.broker().start();
        yield recovered(blow, start, mark, false);
      }
      case BROKER_FROZEN -> {
        ProcessHandle broker = stage.broker().process().orElseThrow();
        long start = System.nanoTime();
        Child.signal("STOP", broker);
        Thread.sleep(1_000 + random.nextInt(14_000));
        Child.signal("CONT", broker);
        yield recovered(blow, start, mark(), false);
      }
      case RELAY_KILLED -> {
        // The other one takes over by itself.
        Child active = activeRelay();
        Thread.sleep(random.nextInt(500));
        long start = System.nanoTime();
        active.kill();
        Cycle cycle = recovered(blow, start, mark(), false);
        stage.startRelay(active.name());
        yield cycle;
      }
      case RELAY_KILLED_IN_TRANSACTION -> killInTransaction(blow);
      case RELAY_FROZEN -> {
        Child active = activeRelay();
        long start = System.nanoTime();
        active.freeze();
        long mark = mark();
        awaitPublished(mark);
        long published = System.nanoTime();
        active.wake();
        Cycle cycle = recovered(blow, start, mark, false);
        yield new Cycle(blow, millis(start, published), cycle.wholeMillis(), false, List.of());
      }
      case PROJECTION_NODE_KILLED -> killActiveNode(blow);
      case BROKER_AND_RELAY_KILLED -> {
        Child active = activeRelay();
        long start = System.nanoTime();
        stage.broker().kill();
        active.kill();
        long mark = mark();
        stage.broker().start();
        stage.startRelay(active.name());
        yield recovered(blow, start, mark, false);
      }
    };
  }

  private Cycle killInTransaction(Blow blow)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Child active = activeRelay();
    active.tell("hold");
    // Several facts at once make a transaction of several messages.
    boolean held = false;
    for (int tries = 0; tries < 100 && !held; tries++) {
      for (int i = 0; i < 20; i++) {
        stage.ledger().grow();
      }
      held = active.hears(Deadly.IN_TRANSACTION, Duration.ofMillis(600));
    }
    long start = System.nanoTime();
    active.kill();
    boolean open = held && topic.hasOpenTransaction();
    long mark = mark();
    stage.startRelay(active.name());
    return recovered(blow, start, mark, open);
  }

  private Cycle killActiveNode(Blow blow)
      throws IOException, SQLException, InterruptedException, ExecutionException {
    Set<String> projections = stage.carried().keySet();
    String active = activeNode(projections);
    Set<String> taken = topic.activeOn(active, projections);
    Child node = node(active);
    long start = System.nanoTime();
    node.kill();
    long mark = mark();
    Map<String, Long> takenOver = new LinkedHashMap<>();
    long published = 0;
    while (takenOver.size() < taken.size()) {
      if (published == 0 && partner.seen().position() >= mark) {
        published = System.nanoTime();
      }
      Map<String, Long> carried = stage.carried();
      for (String projection : taken) {
        if (carried.getOrDefault(projection, 0L) >= mark) {
          takenOver.computeIfAbsent(projection, _ -> millis(start, System.nanoTime()));
        }
      }
      requirePatience(start, "no node took over " + taken);
      Thread.sleep(10);
    }
    if (published == 0) {
      awaitPublished(mark);
      published = System.nanoTime();
    }
    Cycle cycle = recovered(blow, start, mark, false);
    stage.startNode(active);
    awaitMember(active, projections);
    return new Cycle(
        blow,
        millis(start, published),
        cycle.wholeMillis(),
        false,
        new ArrayList<>(takenOver.values()));
  }

  private Child node(String name) {
    Child node = stage.nodes().get(name);
    if (node == null) {
      throw new IllegalStateException("there is no node " + name);
    }
    return node;
  }

  /** One that reads the accounts, which every other question rests on. */
  private String activeNode(Set<String> projections)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    while (true) {
      for (String node : stage.nodes().keySet()) {
        if (topic.activeOn(node, projections).contains("accounts")) {
          return node;
        }
      }
      requirePatience(start, "no node is active");
      Thread.sleep(100);
    }
  }

  /** Until the node stands by or is active in every group: else the next kill finds no standby. */
  private void awaitMember(String node, Set<String> projections)
      throws InterruptedException, ExecutionException {
    long start = System.nanoTime();
    while (!topic.isMember(node, projections)) {
      requirePatience(start, node + " joins no group");
      Thread.sleep(100);
    }
  }

  private Child activeRelay() throws InterruptedException {
    long start = System.nanoTime();
    while (true) {
      for (Child relay : stage.relays().values()) {
        if (relay.state().equals("RUNNING")) {
          return relay;
        }
      }
      requirePatience(start, "no relay writes");
      Thread.sleep(20);
    }
  }

  /** The position of a fact recorded from now on. */
  private long mark() throws SQLException {
    return stage.head() + 1;
  }

  private Cycle recovered(Blow blow, long start, long mark, boolean openTransaction)
      throws SQLException, InterruptedException {
    awaitPublished(mark);
    long published = System.nanoTime();
    long head = stage.head();
    awaitPublished(head);
    while (stage.carried().values().stream().anyMatch(position -> position < head)) {
      requirePatience(start, "projections stand at " + stage.carried() + " of " + head);
      Thread.sleep(20);
    }
    return new Cycle(
        blow,
        millis(start, published),
        millis(start, System.nanoTime()),
        openTransaction,
        List.of());
  }

  private void awaitPublished(long position) throws InterruptedException {
    if (!partner.awaitPosition(position, PATIENCE)) {
      throw new IllegalStateException(
          "the topic ends at %d and should hold %d by now"
              .formatted(partner.seen().position(), position));
    }
  }

  private static void requirePatience(long start, String otherwise) {
    if (System.nanoTime() - start > PATIENCE.toNanos()) {
      throw new IllegalStateException(otherwise);
    }
  }

  private static long millis(long from, long to) {
    return (to - from) / 1_000_000;
  }
}
