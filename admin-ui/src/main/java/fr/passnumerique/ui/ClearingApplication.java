package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Access;
import fr.passnumerique.clearing.bank.Bank;
import fr.passnumerique.clearing.budget.Budget;
import fr.passnumerique.clearing.calls.Calls;
import fr.passnumerique.clearing.cover.Cover;
import fr.passnumerique.clearing.database.DatabaseConfiguration;
import fr.passnumerique.clearing.distribution.Distribution;
import fr.passnumerique.clearing.expiry.Expiry;
import fr.passnumerique.clearing.forwarding.Forwarding;
import fr.passnumerique.clearing.funding.Funding;
import fr.passnumerique.clearing.giveback.GiveBacks;
import fr.passnumerique.clearing.http.Http;
import fr.passnumerique.clearing.issuance.Issuance;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.Ledger;
import fr.passnumerique.clearing.notices.Notices;
import fr.passnumerique.clearing.payee.Payees;
import fr.passnumerique.clearing.redemption.Redemption;
import fr.passnumerique.clearing.refund.Refunds;
import fr.passnumerique.clearing.reversal.Reversals;
import fr.passnumerique.clearing.settlement.Settlement;
import fr.passnumerique.clearing.upkeep.Upkeep;
import fr.passnumerique.clearing.vault.VaultConfiguration;
import fr.passnumerique.clearing.venues.Venues;
import fr.passnumerique.clearing.worklist.Worklist;
import fr.passnumerique.projections.Projections;
import fr.passnumerique.ui.command.CommandLineStart;
import fr.passnumerique.ui.demo.Demo;
import fr.passnumerique.ui.demo.DemoBroker;
import fr.passnumerique.ui.install.ClassCache;
import fr.passnumerique.ui.openapi.ApiDescription;
import fr.passnumerique.ui.print.Print;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Profile;

/**
 * The composition root: all roles in one process. Nothing is scanned; what runs is what is
 * imported, in the order of a cheque's life.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
    exclude = {
      DataSourceAutoConfiguration.class,
      FlywayAutoConfiguration.class,
      UserDetailsServiceAutoConfiguration.class
    })
@Import({
  // what everything stands on
  DatabaseConfiguration.class,
  VaultConfiguration.class,
  Access.class,
  Http.class,
  Ledger.class,
  Forwarding.class,
  // the life of a cheque
  Funding.class,
  Calls.class,
  Issuance.class,
  Distribution.class,
  Venues.class,
  Payees.class,
  Redemption.class,
  Expiry.class,
  Settlement.class,
  Reversals.class,
  GiveBacks.class,
  Refunds.class,
  Bank.class,
  Cover.class,
  Budget.class,
  Worklist.class,
  Notices.class,
  Upkeep.class,
  // what is read and shown
  Projections.class,
  Pages.class,
  Print.class,
  ApiDescription.class,
  Demo.class
})
public class ClearingApplication {
  private static final Clock CLOCK = Clock.systemUTC();

  /** Made by whoever is the first to ask; who asks meanwhile waits. */
  private static final FutureTask<FactCatalogue> FACTS =
      new FutureTask<>(ClearingApplication::allFacts);

  public static void main(String[] args) {
    if (CommandLineStart.isMeant(args)) {
      System.exit(CommandLineStart.run(factCatalogue(), CLOCK, args));
    }
    application().run(args);
    ClassCache.ofThisJava().tell();
  }

  /** With what has to run before anything is configured. */
  public static SpringApplication application() {
    // Nothing of it needs Spring, whose own start keeps one processor busy.
    Thread.ofPlatform().daemon().name("fact-catalogue").start(FACTS);
    SpringApplication application = new SpringApplication(ClearingApplication.class);
    application.addInitializers(new DemoBroker());
    return application;
  }

  /** The same for all who ask. */
  @Bean
  public static FactCatalogue factCatalogue() {
    return of(FACTS);
  }

  /**
   * @throws IllegalStateException if it cannot be made, with the reason, which each who asks is
   *     told
   */
  static FactCatalogue of(FutureTask<FactCatalogue> facts) {
    facts.run();
    try {
      return facts.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the catalogue of facts cannot be made", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the catalogue of facts was made", e);
    }
  }

  private static FactCatalogue allFacts() {
    List<FactType> facts =
        Stream.of(
                Ledger.FACTS,
                Funding.FACTS,
                Calls.FACTS,
                Issuance.FACTS,
                Distribution.FACTS,
                Venues.FACTS,
                Payees.FACTS,
                Redemption.FACTS,
                Expiry.FACTS,
                Settlement.FACTS,
                Reversals.FACTS,
                GiveBacks.FACTS,
                Refunds.FACTS,
                Bank.FACTS,
                Upkeep.FACTS)
            .flatMap(List::stream)
            .toList();
    return new FactCatalogue(facts, List.of());
  }

  @Bean
  @Profile("!demo")
  Clock clock() {
    return CLOCK;
  }
}
