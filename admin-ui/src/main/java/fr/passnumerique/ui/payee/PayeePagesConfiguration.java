package fr.passnumerique.ui.payee;

import fr.passnumerique.clearing.payee.PayeeAccountEndpoint;
import fr.passnumerique.projections.registers.PublicNames;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.frame.Logins;
import fr.passnumerique.ui.words.Names;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of accounts that are paid to, put together. */
@Configuration(proxyBeanMethods = false)
public class PayeePagesConfiguration {
  @Bean
  VenueAccountPages venueAccountPages(
      PayeeAccountEndpoint accounts, PublicNames parties, VenueRegister venues, Logins logins) {
    return new VenueAccountPages(accounts, () -> Names.of(parties, venues), logins::of);
  }

  @Bean
  FunderAccountPages funderAccountPages(
      PayeeAccountEndpoint accounts, PublicNames parties, VenueRegister venues, Logins logins) {
    return new FunderAccountPages(accounts, () -> Names.of(parties, venues), logins::of);
  }
}
