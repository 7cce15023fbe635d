package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.bank.TakeConfirmationBackEndpoint;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.settlement.Releasable;
import fr.passnumerique.clearing.settlement.RemittanceAdvices;
import fr.passnumerique.clearing.settlement.RunList;
import fr.passnumerique.clearing.settlement.SettlementEndpoint;
import fr.passnumerique.clearing.settlement.SettlementRuns;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.printed.PrintedNames;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.search.Finder;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** The pages of settlements, put together. */
@Configuration(proxyBeanMethods = false)
public class SettlementPagesConfiguration {
  @Bean
  static Menu.Part settlementMenu() {
    return Menu.Part.of(
        Menu.Entry.of(Menu.Chapter.MONEY, "/reglements", "Règlements", Role.CLERK, Role.AUDITOR));
  }

  @Bean
  RunSheets runSheets(SettlementRuns runs, Supplier<Names> names) {
    return new RunSheets(runs, names);
  }

  @Bean
  SettlementPages settlementPages(
      RunList list,
      SettlementRuns runs,
      RunSheets sheets,
      Releasable releasable,
      RemittanceAdvices advices,
      LedgerReader ledger,
      PostingsQuery postings,
      Supplier<Names> names) {
    return new SettlementPages(list, runs, sheets, releasable, advices, ledger, postings, names);
  }

  @Bean
  RunDeeds runDeeds(
      SettlementEndpoint settlement,
      PartiesEndpoint parties,
      RunSheets sheets,
      French french,
      Clock clock) {
    return new RunDeeds(settlement, parties, sheets, french, clock);
  }

  @Bean
  TransferDeeds transferDeeds(
      SettlementEndpoint settlement,
      TakeConfirmationBackEndpoint takingBack,
      SettlementRuns runs,
      Supplier<Names> names,
      French french) {
    return new TransferDeeds(settlement, takingBack, runs, names, french);
  }

  @Bean
  @Order(5)
  Finder runFinder(SettlementRuns runs, PrintedNames printed) {
    return new RunFinder(runs, printed);
  }
}
