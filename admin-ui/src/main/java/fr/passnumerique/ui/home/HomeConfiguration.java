package fr.passnumerique.ui.home;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.cover.CoverQuery;
import fr.passnumerique.clearing.worklist.WorklistQuery;
import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.ui.figures.Standings;
import fr.passnumerique.ui.frame.Menu;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What each role sees first, put together. Homes of packages of their own are found as beans. */
@Configuration(proxyBeanMethods = false)
public class HomeConfiguration {
  @Bean
  HomeFigures homeFigures(BalancesQuery balances, CoverQuery covers, Standings standings) {
    return new HomeFigures(balances, covers, standings);
  }

  @Bean
  OperatorHome operatorHome(HomeFigures figures) {
    return new OperatorHome(figures);
  }

  @Bean
  BalancesPage balancesPage(HomeFigures figures, @Qualifier("reader") DataSource reader) {
    return new BalancesPage(figures, reader);
  }

  @Bean
  static Menu.Part homeMenu() {
    return Menu.Part.of(Menu.Entry.of(Menu.Chapter.HOME, "/", "Tableau de bord", Role.values()));
  }

  @Bean
  DashboardPage dashboardPage(
      List<Home> homes,
      WorklistQuery worklist,
      Clock clock,
      @Qualifier("reader") DataSource reader) {
    return new DashboardPage(homes, worklist, clock, reader);
  }
}
