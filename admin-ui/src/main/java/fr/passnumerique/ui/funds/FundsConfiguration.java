package fr.passnumerique.ui.funds;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeReceiptBackEndpoint;
import fr.passnumerique.clearing.calls.CallsEndpoint;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.FundsCalled;
import fr.passnumerique.clearing.funding.FundingEndpoint;
import fr.passnumerique.clearing.giveback.GiveBackEndpoint;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What clerks record of funders' money, put together. */
@Configuration(proxyBeanMethods = false)
public class FundsConfiguration {
  @Bean
  FundsDeeds fundsDeeds(
      CallsEndpoint calls,
      FundingEndpoint funding,
      TakeReceiptBackEndpoint receipts,
      GiveBackEndpoint giveBacks,
      CallsQuery called,
      LedgerReader ledger,
      Supplier<Names> names,
      French french,
      Clock clock) {
    return new FundsDeeds(
        calls, funding, receipts, giveBacks, called, ledger, names, french, clock);
  }

  @Bean
  ThingActs fundsActs(CallsQuery calls) {
    return (shown, reader) -> {
      if (reader.role() != Role.CLERK || shown.thing() != Thing.CALL) {
        return List.of();
      }
      return shown.facts().stream()
          .filter(FundsCalled.class::isInstance)
          .map(FundsCalled.class::cast)
          .filter(call -> isOpen(calls, call))
          .flatMap(
              call ->
                  Stream.of(
                      new ThingActs.Act("Saisir son versement", FundsDeeds.receive(call)),
                      new ThingActs.Act("Annuler l’appel", FundsDeeds.cancel(call.call()))))
          .toList();
    };
  }

  private static boolean isOpen(CallsQuery calls, FundsCalled call) {
    return calls.open().stream().anyMatch(open -> open.call().equals(call.call().value()));
  }
}
