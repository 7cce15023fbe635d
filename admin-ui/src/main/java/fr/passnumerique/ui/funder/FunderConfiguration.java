package fr.passnumerique.ui.funder;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.budget.BudgetQuery;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.ReceiptsQuery;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.funding.FundingEndpoint;
import fr.passnumerique.clearing.funding.PartiesEndpoint;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.projections.accounts.FlowsQuery;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.frame.Menu.Chapter;
import fr.passnumerique.ui.frame.Menu.Entry;
import fr.passnumerique.ui.home.HomeFigures;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The home and the pages of a funder, put together. */
@Configuration(proxyBeanMethods = false)
public class FunderConfiguration {
  private static final Role[] READERS = {Role.CLERK, Role.AUDITOR, Role.FUNDER};

  @Bean
  static Menu.Part funderMenu() {
    return Menu.Part.of(
        Entry.of(Chapter.MONEY, AgreementPages.AGREEMENTS, "Conventions", READERS),
        Entry.of(Chapter.MONEY, FunderRegister.FUNDERS, "Financeurs", Role.CLERK, Role.AUDITOR),
        Entry.of(Chapter.MONEY, "/appels-de-fonds", "Appels de fonds", READERS),
        Entry.of(Chapter.MONEY, "/etats-et-avoirs", "États contradictoires et avoirs", READERS));
  }

  @Bean
  FunderHome funderHome(HomeFigures figures, FlowsQuery flows, BudgetQuery budgets) {
    return new FunderHome(figures, new FlowsBeside(flows), budgets);
  }

  @Bean
  AgreementPages agreementPages(
      Agreements agreements,
      BudgetQuery budgets,
      CallsQuery calls,
      ReceiptsQuery receipts,
      HomeFigures figures,
      FlowsQuery flows,
      Supplier<Names> names) {
    return new AgreementPages(
        agreements, budgets, calls, receipts, figures, new FlowsBeside(flows), names);
  }

  @Bean
  FunderRegister funderRegister(PartiesEndpoint parties, FundingEndpoint funding, French french) {
    return new FunderRegister(parties, funding, french);
  }

  @Bean
  AgreementDeeds agreementDeeds(
      FundingEndpoint funding,
      PartiesEndpoint parties,
      Agreements agreements,
      Supplier<Names> names,
      French french) {
    return new AgreementDeeds(funding, parties, agreements, names, french);
  }

  @Bean
  CallsPage callsPage(CallsQuery calls, Supplier<Names> names) {
    return new CallsPage(calls, names);
  }

  @Bean
  EndsPage endsPage(ExpiryEndpoint ends, WorklistQuery worklist, Clock clock) {
    return new EndsPage(ends, worklist, clock);
  }
}
