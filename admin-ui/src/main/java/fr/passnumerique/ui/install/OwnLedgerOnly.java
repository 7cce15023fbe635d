package fr.passnumerique.ui.install;

import java.util.List;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/**
 * Refuses to go on, before anything is migrated or recorded, if a database or brokers are set: the
 * trial plays the demo's story, and on an empty ledger of somebody's it would be theirs for ever.
 */
final class OwnLedgerOnly implements ApplicationContextInitializer<ConfigurableApplicationContext> {
  private static final List<String> NOT_TO_BE_SET =
      List.of("spring.datasource.url", "spring.kafka.bootstrap-servers");

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Environment environment = context.getEnvironment();
    for (String name : NOT_TO_BE_SET) {
      if (environment.containsProperty(name)) {
        // Not with its value, in which a password may stand.
        throw new IllegalStateException(
            "the trial start records the demo's story and has a ledger of its own, but %s is set;"
                    .formatted(name)
                + " give it to the starts that come after, and not to the trial");
      }
    }
  }
}
