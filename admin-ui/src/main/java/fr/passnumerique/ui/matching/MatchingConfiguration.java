package fr.passnumerique.ui.matching;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.BankEndpoint;
import fr.passnumerique.clearing.bank.BankExceptionEndpoint;
import fr.passnumerique.clearing.bank.BankExceptions;
import fr.passnumerique.clearing.bank.BankReading;
import fr.passnumerique.clearing.bank.BankStatementsEndpoint;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.ReceiptsQuery;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.reversal.ReversalLists;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of what the bank said, put together. */
@Configuration(proxyBeanMethods = false)
public class MatchingConfiguration {
  @Bean
  static Menu.Part matchingMenu() {
    return Menu.Part.of(
        Menu.Entry.of(
            Menu.Chapter.MONEY,
            BankLists.UNMATCHED,
            "Rapprochements bancaires",
            Role.CLERK,
            Role.AUDITOR),
        Menu.Entry.of(
            Menu.Chapter.MONEY,
            BankLists.EXCEPTIONS,
            "Anomalies bancaires",
            Role.CLERK,
            Role.AUDITOR),
        Menu.Entry.of(
            Menu.Chapter.MONEY,
            BankLists.STATEMENTS,
            "Relevés bancaires",
            Role.CLERK,
            Role.AUDITOR));
  }

  @Bean
  BankLists bankLists(BankEndpoint bank, BankExceptionEndpoint exceptions) {
    return new BankLists(bank, exceptions);
  }

  @Bean
  MatchingPages matchingPages(BankLists lists, BankStatementsEndpoint statements) {
    return new MatchingPages(lists, statements);
  }

  @Bean
  MatchingDeeds matchingDeeds(
      BankEndpoint bank,
      BankExceptionEndpoint exceptions,
      BankReading reading,
      BankExceptions found,
      CallsQuery calls,
      ReceiptsQuery receipts,
      ReversalLists reversals,
      Agreements agreements,
      Supplier<Names> names,
      French french) {
    return new MatchingDeeds(
        bank,
        exceptions,
        reading,
        found,
        new Proposals(reading, calls, receipts, reversals, agreements, names, french),
        names,
        french);
  }

  @Bean
  ThingActs matchingActs(BankReading reading) {
    return (shown, reader) ->
        shown.thing() == Thing.BANK_ENTRY
                && reader.role() == Role.CLERK
                && reading.isUnmatched(shown.id())
            ? List.of(new ThingActs.Act("Rapprocher ce mouvement", MatchingDeeds.match(shown.id())))
            : List.of();
  }
}
