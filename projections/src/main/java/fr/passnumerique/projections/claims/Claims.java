package fr.passnumerique.projections.claims;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The claim index: it has no endpoint of its own, histories ask it. */
@Configuration(proxyBeanMethods = false)
public class Claims {
  @Bean
  ClaimsProjection claimsProjection() {
    return new ClaimsProjection();
  }
}
