package fr.passnumerique.projections.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/**
 * How the brokers are reached.
 *
 * <ul>
 *   <li>{@code spring.kafka.bootstrap-servers}: empty means that there are none, and projections
 *       read the ledger itself
 *   <li>{@code spring.kafka.properties.*}: handed to every client as they are, such as {@code
 *       security.protocol}
 *   <li>{@code pass.kafka.topic}: {@code pass.ledger} unless set
 *   <li>{@code pass.kafka.replication-factor}: of a topic that has to be created; the brokers'
 *       default unless set
 *   <li>{@code pass.kafka.relay}: {@code false} for a node that reads the topic and leaves writing
 *       it to others
 *   <li>{@code pass.node.address}: by which the brokers know a node again that was killed, so that
 *       its projections go on as soon as it is back; without it they wait until the brokers miss
 *       the one that was killed
 * </ul>
 *
 * @param clients properties of every client
 * @param takeOverAfter how long the topic may stay behind the ledger until a relay that stands by
 *     takes over
 * @param checkEvery how often the relay looks whether the topic is still whole and kept for ever
 * @param node what this node, and no other at the same time, is to the brokers, and is again after
 *     it was killed; empty for one that they are not to know again
 */
public record KafkaSettings(
    Map<String, String> clients,
    String topic,
    Optional<Short> replicationFactor,
    boolean relays,
    Duration takeOverAfter,
    Duration checkEvery,
    Optional<String> node) {
  /** What brokers take in such a name. */
  private static final String OTHER_THAN_NAMED = "[^A-Za-z0-9._-]";

  public KafkaSettings {
    clients = Map.copyOf(clients);
  }

  public static KafkaSettings of(String bootstrapServers, String topic) {
    return new KafkaSettings(
        Map.of("bootstrap.servers", bootstrapServers),
        topic,
        Optional.empty(),
        true,
        Duration.ofSeconds(10),
        Duration.ofMinutes(1),
        Optional.empty());
  }

  /**
   * @return empty if no brokers are configured
   */
  public static Optional<KafkaSettings> of(Environment environment) {
    Binder binder = Binder.get(environment);
    String bootstrapServers =
        binder.bind("spring.kafka.bootstrap-servers", String.class).orElse("").strip();
    if (bootstrapServers.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> clients =
        new HashMap<>(
            binder
                .bind("spring.kafka.properties", Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
    clients.put("bootstrap.servers", bootstrapServers);
    KafkaSettings usual =
        of(bootstrapServers, binder.bind("pass.kafka.topic", String.class).orElse("pass.ledger"));
    return Optional.of(
        new KafkaSettings(
            clients,
            usual.topic(),
            Optional.ofNullable(
                binder.bind("pass.kafka.replication-factor", Short.class).orElse(null)),
            binder.bind("pass.kafka.relay", Boolean.class).orElse(true),
            usual.takeOverAfter(),
            usual.checkEvery(),
            Optional.of(binder.bind("pass.node.address", String.class).orElse("").strip())
                .filter(address -> !address.isEmpty())
                .map(address -> address.replaceAll(OTHER_THAN_NAMED, "_"))));
  }

  /** Properties of one client: everybody's and its own. */
  Map<String, Object> with(Map<String, Object> own) {
    Map<String, Object> all = new HashMap<>(clients);
    all.putAll(own);
    return all;
  }
}
