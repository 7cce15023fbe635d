package fr.passnumerique.ui.search;

import fr.passnumerique.ui.words.French;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The search, put together of the capabilities' finders. */
@Configuration(proxyBeanMethods = false)
public class SearchConfiguration {
  @Bean
  SearchPage searchPage(List<Finder> finders, French french) {
    return new SearchPage(new Search(finders), french);
  }

  @Bean
  SearchEndpoint searchEndpoint(List<Finder> finders) {
    return new SearchEndpoint(new Search(finders));
  }
}
