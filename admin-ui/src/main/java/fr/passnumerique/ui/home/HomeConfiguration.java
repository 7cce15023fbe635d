package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.registers.StockRegister;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.figures.Standings;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What each role sees first, put together. */
@Configuration(proxyBeanMethods = false)
public class HomeConfiguration {
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
}
