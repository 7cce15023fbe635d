package fr.passnumerique.clearing.ledger;

import fr.passnumerique.clearing.access.Actor;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What capabilities ask of the ledger, answered by the {@link DecisionFixture} of the context. */
@Configuration(proxyBeanMethods = false)
public class LedgerInMemory {
  /** The endpoints' way in; late, because they come before the ledger. */
  @Bean
  Commands commands(ObjectProvider<DecisionFixture> ledger) {
    return new Commands() {
      @Override
      public <A> Outcome<A> send(Command<A> command, Actor by) {
        return ledger.getObject().send(command, by);
      }

      @Override
      public <A> Outcome<A> rehearse(Command<A> command) {
        return ledger.getObject().rehearse(command);
      }
    };
  }

  @Bean
  LedgerReader ledgerReader(DecisionFixture ledger) {
    return new FixtureReader(ledger);
  }

  @Bean
  ReadLock readLock() {
    return Supplier::get;
  }
}
