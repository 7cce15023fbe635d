package fr.passnumerique.ui.funder;

import fr.passnumerique.ui.home.HomeFigures;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The home and the pages of a funder, put together. */
@Configuration(proxyBeanMethods = false)
public class FunderConfiguration {
  @Bean
  FunderHome funderHome(HomeFigures figures) {
    return new FunderHome(figures);
  }
}
