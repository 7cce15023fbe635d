package fr.passnumerique.loadtest.relay;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** What Kafka's own tools say of the topic and of its readers. */
final class Topic implements AutoCloseable {
  static final String NAME = "pass.ledger";

  private static final TopicPartition PARTITION = new TopicPartition(NAME, 0);

  private final Admin admin;

  Topic(String bootstrapServers) {
    admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                30_000,
                AdminClientConfig.RETRIES_CONFIG,
                1_000));
  }

  /** Whether a transaction has begun and not ended. */
  boolean hasOpenTransaction() throws InterruptedException, ExecutionException {
    return end(IsolationLevel.READ_COMMITTED) < end(IsolationLevel.READ_UNCOMMITTED);
  }

  private long end(IsolationLevel isolation) throws InterruptedException, ExecutionException {
    return admin
        .listOffsets(Map.of(PARTITION, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
        .partitionResult(PARTITION)
        .get()
        .offset();
  }

  /**
   * @param projections each of which reads as a group of its own
   * @return those whose group has given the topic to this node
   */
  Set<String> activeOn(String node, Set<String> projections)
      throws InterruptedException, ExecutionException {
    List<String> groups = projections.stream().map(name -> NAME + "." + name).toList();
    Set<String> active = new TreeSet<>();
    for (ConsumerGroupDescription group :
        admin.describeConsumerGroups(groups).all().get().values()) {
      group.members().stream()
          .filter(member -> member.clientId().equals(node))
          .filter(member -> member.assignment().topicPartitions().contains(PARTITION))
          .forEach(member -> active.add(group.groupId().substring(NAME.length() + 1)));
    }
    return active;
  }

  /** Whether the node is a member of every projection's group, active or not. */
  boolean isMember(String node, Set<String> projections)
      throws InterruptedException, ExecutionException {
    List<String> groups = projections.stream().map(name -> NAME + "." + name).toList();
    return admin.describeConsumerGroups(groups).all().get().values().stream()
        .allMatch(
            group -> group.members().stream().anyMatch(member -> member.clientId().equals(node)));
  }

  @Override
  public void close() {
    admin.close();
  }
}
