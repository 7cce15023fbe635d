package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.projections.registers.PublicNames;
import fr.passnumerique.projections.registers.VenueRegister;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of orders' ends, put together. */
@Configuration(proxyBeanMethods = false)
public class EndingPagesConfiguration {
  @Bean
  static Menu.Part endingsMenu() {
    return Menu.Part.of(
        Menu.Entry.of(
            Menu.Chapter.CHEQUES,
            EndingPages.CALENDAR,
            "Péremptions",
            Role.CLERK,
            Role.AUDITOR,
            Role.FUNDER));
  }

  @Bean
  EndingPages endingPages(
      ExpiryEndpoint expiries, PublicNames parties, VenueRegister venues, Clock clock) {
    return new EndingPages(expiries, () -> Names.of(parties, venues), clock);
  }

  @Bean
  EndingDeeds endingDeeds(
      ExpiryEndpoint expiries,
      EndingPages pages,
      PublicNames parties,
      VenueRegister venues,
      French french) {
    return new EndingDeeds(expiries, pages, () -> Names.of(parties, venues), french);
  }
}
