package fr.passnumerique.projections.registers;

import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.loop.ProjectionRunners;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Venues and stocks: the projection, what asks it, its endpoints. */
@Configuration(proxyBeanMethods = false)
public class Registers {
  @Bean
  RegistersProjection registersProjection() {
    return new RegistersProjection();
  }

  @Bean
  VenueRegister publicVenueRegister(@Qualifier("reader") DataSource reader) {
    return new VenueRegister(reader);
  }

  @Bean
  StockRegister prescriberStockRegister(@Qualifier("reader") DataSource reader) {
    return new StockRegister(reader);
  }

  @Bean
  RegistersEndpoint registersEndpoint(
      VenueRegister venues,
      StockRegister stock,
      BalancesQuery balances,
      ProjectionRunners runners) {
    return new RegistersEndpoint(venues, stock, balances, runners);
  }

  @Bean
  RegisterExportsEndpoint registerExportsEndpoint(
      RegistersEndpoint registers, VenueRegister venues, ProjectionRunners runners) {
    return new RegisterExportsEndpoint(registers, venues, runners);
  }
}
