package fr.passnumerique.loadtest.peak;

import fr.passnumerique.clearing.access.PersonalData;
import fr.passnumerique.clearing.database.DatabaseConfiguration;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.ledger.LedgerNode;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.vault.Vault;
import fr.passnumerique.clearing.vault.VaultConfiguration;
import fr.passnumerique.clearing.venues.VenueImport;
import fr.passnumerique.clearing.venues.Venues;
import fr.passnumerique.projections.Projections;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A whole node in this process, without its web server: every capability, the ledger and the
 * projections, wired by their own configurations.
 */
public final class Node implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(1);

  private final AnnotationConfigApplicationContext context;

  private Node(AnnotationConfigApplicationContext context) {
    this.context = context;
  }

  /**
   * Returns when it writes.
   *
   * @param properties as the application would be given
   */
  static Node start(Map<String, String> properties, Clock clock) throws InterruptedException {
    var context = new AnnotationConfigApplicationContext();
    context.setAllowBeanDefinitionOverriding(false);
    context.getBeanFactory().setConversionService(ApplicationConversionService.getSharedInstance());
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(new MapPropertySource("loadtest", Map.copyOf(properties)));
    context.registerBean(Clock.class, () -> clock);
    context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
    context.registerBean(
        PersonalData.class,
        () -> new PersonalData(context.getBean(Vault.class), (entries, _) -> entries));
    context.registerBean(FactCatalogue.class, Node::catalogue);
    context.register(
        DatabaseConfiguration.class,
        VaultConfiguration.class,
        Ledger.class,
        Funding.class,
        Issuance.class,
        Distribution.class,
        Venues.class,
        Payees.class,
        Redemption.class,
        Expiry.class,
        Settlement.class,
        Reversals.class,
        Projections.class);
    context.refresh();
    Node node = new Node(context);
    if (!context.getBean(LedgerNode.class).awaitWriting(START)) {
      node.close();
      throw new IllegalStateException("the node does not write the ledger");
    }
    return node;
  }

  static FactCatalogue catalogue() {
    return new FactCatalogue(
        Stream.of(
                Ledger.FACTS,
                Funding.FACTS,
                Issuance.FACTS,
                Distribution.FACTS,
                Venues.FACTS,
                Payees.FACTS,
                Redemption.FACTS,
                Expiry.FACTS,
                Settlement.FACTS,
                Reversals.FACTS)
            .flatMap(List::stream)
            .toList(),
        List.of());
  }

  Commands commands() {
    return context.getBean(Commands.class);
  }

  SlipDesk slipDesk() {
    return context.getBean(SlipDesk.class);
  }

  VenueImport venueImport() {
    return context.getBean(VenueImport.class);
  }

  @Override
  public void close() {
    context.close();
  }
}
