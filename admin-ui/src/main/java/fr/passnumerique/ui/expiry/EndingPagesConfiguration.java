package fr.passnumerique.ui.expiry;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.function.Supplier;
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
  EndingPages endingPages(ExpiryEndpoint expiries, Supplier<Names> names, Clock clock) {
    return new EndingPages(expiries, names, clock);
  }

  @Bean
  EndingDeeds endingDeeds(
      ExpiryEndpoint expiries, EndingPages pages, Supplier<Names> names, French french) {
    return new EndingDeeds(expiries, pages, names, french);
  }
}
