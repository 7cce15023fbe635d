package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Accounts;
import fr.passnumerique.clearing.access.Administration;
import fr.passnumerique.clearing.access.SecondFactors;
import fr.passnumerique.clearing.access.Sessions;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.redemption.SlipArchive;
import fr.passnumerique.clearing.redemption.SlipDesk;
import fr.passnumerique.clearing.settlement.RemittanceAdvices;
import fr.passnumerique.clearing.settlement.RunList;
import fr.passnumerique.clearing.settlement.SettlementRuns;
import fr.passnumerique.clearing.upkeep.RebuildsWaiting;
import fr.passnumerique.clearing.upkeep.SettingsAsideWaiting;
import fr.passnumerique.clearing.upkeep.Stops;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.projections.accounts.AskedAccounts;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.accounts.KindSums;
import fr.passnumerique.projections.accounts.PostingsQuery;
import fr.passnumerique.projections.accounts.ReconciliationQuery;
import fr.passnumerique.projections.histories.ChequeHistories;
import fr.passnumerique.projections.histories.ChequePostingsQuery;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.registers.PublicNames;
import fr.passnumerique.projections.registers.StockRegister;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.projections.upkeep.Lags;
import fr.passnumerique.projections.upkeep.Rebuilder;
import fr.passnumerique.projections.upkeep.Rebuilds;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The pages that people use. They know nothing of the rules: what a page shows comes from the same
 * queries, and what it sends goes through the same commands, as the HTTP API's.
 */
@Configuration(proxyBeanMethods = false)
public class Pages {
  @Bean
  French french() {
    return new French();
  }

  @Bean
  Explained explained(French french) {
    return new Explained(french);
  }

  @Bean
  Standings standings(ProjectionRunners runners) {
    return new Standings(runners);
  }

  @Bean
  LoginPage loginPage() {
    return new LoginPage();
  }

  @Bean
  MyAccountPages myAccountPages(Sessions sessions, SecondFactors factors) {
    return new MyAccountPages(sessions, factors);
  }

  @Bean
  AccountPages accountPages(
      Accounts accounts,
      Sessions sessions,
      SecondFactors factors,
      Administration trail,
      Logins logins) {
    return new AccountPages(accounts, sessions, factors, trail, logins::of);
  }

  @Bean
  DashboardPage dashboardPage(
      BalancesQuery balances,
      CoverQuery covers,
      VenueRegister venues,
      StockRegister stocks,
      Standings standings,
      WorklistQuery worklist,
      Clock clock,
      @Qualifier("reader") DataSource reader) {
    return new DashboardPage(balances, covers, venues, stocks, standings, worklist, clock, reader);
  }

  @Bean
  OpenedFigurePage openedFigurePage(
      PostingsQuery postings,
      KindSums sums,
      BalancesQuery balances,
      ProjectionRunners runners,
      Standings standings,
      PublicNames parties,
      VenueRegister venues,
      @Qualifier("reader") DataSource reader) {
    return new OpenedFigurePage(
        postings,
        sums,
        new AskedAccounts(balances, runners),
        standings,
        () -> Names.of(parties, venues),
        reader);
  }

  @Bean
  ReconciliationPage reconciliationPage(
      ReconciliationQuery reconciliations,
      BalancesQuery balances,
      ProjectionRunners runners,
      Standings standings,
      @Qualifier("reader") DataSource reader) {
    return new ReconciliationPage(
        reconciliations, new AskedAccounts(balances, runners), standings, reader);
  }

  @Bean
  SettlementPages settlementPages(
      RunList list,
      SettlementRuns runs,
      Commands commands,
      RemittanceAdvices advices,
      LedgerReader ledger,
      PostingsQuery postings,
      PublicNames parties,
      VenueRegister venues) {
    return new SettlementPages(
        list, runs, commands, advices, ledger, postings, () -> Names.of(parties, venues));
  }

  @Bean
  ReceiptPage receiptPage(
      LedgerReader ledger,
      PostingsQuery postings,
      Standings standings,
      PublicNames parties,
      VenueRegister venues) {
    return new ReceiptPage(ledger, postings, standings, () -> Names.of(parties, venues));
  }

  @Bean
  ThingPages thingPages(
      LedgerReader ledger,
      BalancesQuery balances,
      Standings standings,
      PublicNames parties,
      VenueRegister venues,
      French french) {
    return new ThingPages(ledger, balances, standings, () -> Names.of(parties, venues), french);
  }

  @Bean
  ToDoPage toDoPage(WorklistQuery worklist, Clock clock) {
    return new ToDoPage(worklist, clock);
  }

  @Bean
  SlipPage slipPage(SlipDesk desk, Commands commands, SlipArchive archive, VenueRegister venues) {
    return new SlipPage(new SlipCounter(desk, commands), archive, venues);
  }

  @Bean
  ChequePage chequePage(
      ChequeHistories histories,
      ChequePostingsQuery postings,
      PostingsQuery figures,
      BalancesQuery balances,
      Standings standings,
      PublicNames parties,
      VenueRegister venues,
      @Qualifier("reader") DataSource reader,
      French french) {
    return new ChequePage(
        histories,
        postings,
        figures,
        balances,
        standings,
        () -> Names.of(parties, venues),
        reader,
        french);
  }

  @Bean
  ProjectionsPage projectionsPage(Lags lags, Rebuilds rebuilds, Clock clock) {
    return new ProjectionsPage(lags, rebuilds, clock);
  }

  @Bean
  RebuildPage rebuildPage(
      Rebuilds rebuilds,
      Rebuilder rebuilder,
      RebuildsWaiting waiting,
      Stops stops,
      Commands commands,
      Logins logins,
      Clock clock) {
    return new RebuildPage(rebuilds, rebuilder, waiting, stops, commands, logins::of, clock);
  }

  @Bean
  FactAsidePage factAsidePage(
      Stops stops, SettingsAsideWaiting waiting, Commands commands, Logins logins) {
    return new FactAsidePage(stops, waiting, commands, logins::of);
  }

  @Bean
  StopsOfProjections stopsOfProjections(Lags lags, Rebuilds rebuilds) {
    return new StopsOfProjections(lags, rebuilds);
  }

  @Bean
  Logins logins(Accounts accounts) {
    return new Logins(accounts);
  }

  @Bean
  WebMvcConfigurer frames(LedgerReader ledger, Logins logins, French french) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Frames(ledger, logins::of, french));
      }
    };
  }
}
