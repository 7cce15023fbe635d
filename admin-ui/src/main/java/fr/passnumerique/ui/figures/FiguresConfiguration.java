package fr.passnumerique.ui.figures;

import fr.passnumerique.projections.loop.ProjectionRunners;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all figures of pages need, put together. */
@Configuration(proxyBeanMethods = false)
public class FiguresConfiguration {
  @Bean
  Standings standings(ProjectionRunners runners) {
    return new Standings(runners);
  }
}
