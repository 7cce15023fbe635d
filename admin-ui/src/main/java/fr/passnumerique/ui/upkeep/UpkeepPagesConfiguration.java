package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.Commands;
import fr.passnumerique.clearing.upkeep.RebuildsWaiting;
import fr.passnumerique.clearing.upkeep.SettingsAsideWaiting;
import fr.passnumerique.clearing.upkeep.Stops;
import fr.passnumerique.projections.upkeep.Lags;
import fr.passnumerique.projections.upkeep.ProjectionsEndpoint;
import fr.passnumerique.projections.upkeep.Rebuilder;
import fr.passnumerique.projections.upkeep.Rebuilds;
import fr.passnumerique.ui.frame.Logins;
import fr.passnumerique.ui.frame.Menu;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of projections, put together. */
@Configuration(proxyBeanMethods = false)
public class UpkeepPagesConfiguration {
  @Bean
  static Menu.Part upkeepMenu() {
    return Menu.Part.of(
        Menu.Entry.of(
            Menu.Chapter.CONTROL, "/projections", "Projections", Role.CLERK, Role.AUDITOR));
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
  RebuildDeeds rebuildDeeds(ProjectionsEndpoint projections, Rebuilder rebuilder) {
    return new RebuildDeeds(projections, rebuilder);
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
}
