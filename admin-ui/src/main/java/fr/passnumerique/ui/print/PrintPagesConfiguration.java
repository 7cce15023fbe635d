package fr.passnumerique.ui.print;

import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.work.Works;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages that have documents made, put together. */
@Configuration(proxyBeanMethods = false)
public class PrintPagesConfiguration {
  @Bean
  PrintDeeds printDeeds(ChequesEndpoint cheques, Works works, French french) {
    return new PrintDeeds(cheques, works, french);
  }
}
