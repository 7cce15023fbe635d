package fr.passnumerique.ui.live;

import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.projections.loop.ProjectionRunners;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Pages that renew themselves, put together. */
@Configuration(proxyBeanMethods = false)
public class LiveConfiguration {
  @Bean
  WebMvcConfigurer livePages(LedgerReader ledger, ProjectionRunners runners, Clock clock) {
    LivePages pages =
        new LivePages(
            new LastConcern(ledger)::of, LivePages.folded(runners), clock, System::nanoTime);
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(pages);
      }
    };
  }
}
