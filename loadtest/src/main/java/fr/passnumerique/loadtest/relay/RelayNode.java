package fr.passnumerique.loadtest.relay;

import fr.passnumerique.projections.kafka.KafkaSettings;
import fr.passnumerique.projections.kafka.LedgerRelay;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** A relay in a process of its own, for {@link Relay} to kill. */
@Command(name = "relay-node", hidden = true)
public final class RelayNode implements Callable<Integer> {
  @Parameters private Path settings;

  /** For picocli, which sets the parameter. */
  @SuppressWarnings("NullAway.Init")
  public RelayNode() {}

  @Override
  public Integer call() throws IOException {
    Map<String, String> read = ChildNode.settings(settings);
    StandardEnvironment environment = new StandardEnvironment();
    environment
        .getPropertySources()
        .addFirst(new MapPropertySource("relay-node", Map.copyOf(read)));
    LedgerRelay relay =
        new LedgerRelay(
            KafkaSettings.of(environment).orElseThrow(),
            ChildNode.ledger(read),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    relay.start();
    Thread.ofPlatform().daemon().name("states").start(() -> tellStates(relay));
    ChildNode.serve(word -> Deadly.arm());
    return 0;
  }

  private static void tellStates(LedgerRelay relay) {
    String told = "";
    try {
      while (true) {
        String state = relay.state().name();
        if (!state.equals(told)) {
          System.out.println(Child.STATE + state);
          told = state;
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
