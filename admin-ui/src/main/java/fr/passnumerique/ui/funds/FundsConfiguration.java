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
  AgreementFunds agreementFunds(CallsQuery called, LedgerReader ledger, Supplier<Names> names) {
    return new AgreementFunds(called, ledger, names);
  }

  @Bean
  CallDeeds callDeeds(CallsEndpoint calls, AgreementFunds funds, French french) {
    return new CallDeeds(calls, funds, french);
  }

  @Bean
  ReceiptDeeds receiptDeeds(
      FundingEndpoint funding,
      TakeReceiptBackEndpoint receipts,
      AgreementFunds funds,
      French french,
      Clock clock) {
    return new ReceiptDeeds(funding, receipts, funds, french, clock);
  }

  @Bean
  FreeFundsDeeds freeFundsDeeds(
      FundingEndpoint funding,
      GiveBackEndpoint giveBacks,
      AgreementFunds funds,
      LedgerReader ledger,
      French french) {
    return new FreeFundsDeeds(funding, giveBacks, funds, ledger, french);
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
                      new ThingActs.Act("Saisir son versement", ReceiptDeeds.receive(call)),
                      new ThingActs.Act("Annuler l’appel", CallDeeds.cancel(call.call()))))
          .toList();
    };
  }

  private static boolean isOpen(CallsQuery calls, FundsCalled call) {
    return calls.open().stream().anyMatch(open -> open.call().equals(call.call().value()));
  }
}
