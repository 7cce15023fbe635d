package fr.passnumerique.projections.registers;

import fr.passnumerique.projections.accounts.BalancesQuery;
import fr.passnumerique.projections.loop.ProjectionRunners;
import fr.passnumerique.projections.loop.Snapshot;
import java.time.Clock;
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
  PastVenues pastVenues(@Qualifier("reader") DataSource reader, BalancesQuery balances) {
    return new PastVenues(new Snapshot(reader), balances::position);
  }

  @Bean
  StockRegister prescriberStockRegister(Snapshot asked) {
    return new StockRegister(asked);
  }

  @Bean
  PublicNames publicNames(@Qualifier("reader") DataSource reader) {
    return new PublicNames(reader);
  }

  @Bean
  RegistersEndpoint registersEndpoint(
      VenueRegister venues,
      PastVenues past,
      StockRegister stock,
      BalancesQuery balances,
      ProjectionRunners runners,
      @Qualifier("reader") DataSource reader,
      Clock clock) {
    return new RegistersEndpoint(venues, past, stock, balances, runners, reader, clock);
  }

  @Bean
  RegisterExportsEndpoint registerExportsEndpoint(
      RegistersEndpoint registers, ProjectionRunners runners) {
    return new RegisterExportsEndpoint(registers, runners);
  }
}
