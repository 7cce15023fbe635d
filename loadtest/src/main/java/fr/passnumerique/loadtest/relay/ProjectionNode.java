package fr.passnumerique.loadtest.relay;

import fr.passnumerique.clearing.database.DatabaseConfiguration;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.Projections;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Callable;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * All projections in a process of their own, fed by Kafka, with tables in a database of their own.
 */
@Command(name = "projection-node", hidden = true)
public final class ProjectionNode implements Callable<Integer> {
  @Parameters private Path settings;

  /** For picocli, which sets the parameter. */
  @SuppressWarnings("NullAway.Init")
  public ProjectionNode() {}

  @Override
  public Integer call() throws IOException {
    Map<String, String> read = ChildNode.settings(settings);
    try (var context = new AnnotationConfigApplicationContext()) {
      context
          .getBeanFactory()
          .setConversionService(ApplicationConversionService.getSharedInstance());
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("projection-node", Map.copyOf(read)));
      context.registerBean(Clock.class, Clock::systemUTC);
      context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
      context.registerBean(LedgerReader.class, () -> ChildNode.ledger(read));
      context.register(DatabaseConfiguration.class, Projections.class);
      context.refresh();
      ChildNode.serve(word -> {});
    }
    return 0;
  }
}
