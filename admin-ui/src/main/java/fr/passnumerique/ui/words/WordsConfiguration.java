package fr.passnumerique.ui.words;

import fr.passnumerique.projections.registers.PublicNames;
import fr.passnumerique.projections.registers.VenueRegister;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The words that pages use, put together. */
@Configuration(proxyBeanMethods = false)
public class WordsConfiguration {
  @Bean
  French french() {
    return new French();
  }

  /** Each page looks up anew whom it speaks of. */
  @Bean
  Supplier<Names> names(PublicNames parties, VenueRegister venues) {
    return () -> new Names(parties::funder, parties::prescriber, venues::find);
  }
}
