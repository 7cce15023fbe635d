package fr.passnumerique.ui;

import fr.passnumerique.clearing.ledger.LedgerReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * The pages that people use. They know nothing of the rules: what a page shows comes from the same
 * queries, and what it sends goes through the same commands, as the HTTP API's.
 */
@Configuration(proxyBeanMethods = false)
public class Pages {
  @Bean
  French french() {
    return new French();
  }

  @Bean
  LoginPage loginPage() {
    return new LoginPage();
  }

  @Bean
  WebMvcConfigurer frames(LedgerReader ledger, French french) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Frames(ledger, french));
      }
    };
  }
}
