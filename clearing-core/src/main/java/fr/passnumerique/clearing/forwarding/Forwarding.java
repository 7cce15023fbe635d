package fr.passnumerique.clearing.forwarding;

import fr.passnumerique.clearing.ledger.LedgerNode;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Both sides: a node that stands by forwards, one that writes believes who forwards. */
@Configuration(proxyBeanMethods = false)
public class Forwarding {
  @Bean(destroyMethod = "close")
  Forwarder forwarder(LedgerNode node) {
    return new Forwarder(node);
  }

  /** After who asks was admitted, and before a key of idempotency is held: the writer holds it. */
  @Bean
  WebMvcConfigurer forwardsCommands(Forwarder forwarder) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(new ForwardsCommands(forwarder))
            .addPathPatterns("/api/**")
            // Accounts are no facts: every node can change them, and a key is made anew each time.
            .excludePathPatterns("/api/accounts/**")
            .order(Ordered.HIGHEST_PRECEDENCE + 10);
      }
    };
  }

  /** After bodies are bound, and before anything looks for a session. */
  @Bean
  FilterRegistrationBean<ForwardsBrowsers> forwardsBrowsers(
      Forwarder forwarder,
      @Qualifier("handlerExceptionResolver") ObjectProvider<HandlerExceptionResolver> refusals) {
    FilterRegistrationBean<ForwardsBrowsers> registration =
        new FilterRegistrationBean<>(new ForwardsBrowsers(forwarder, refusals::getObject));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    return registration;
  }

  /** Before anything asks from where a request comes. */
  @Bean
  FilterRegistrationBean<ForwardedClient> forwardedClient(LedgerNode node) {
    FilterRegistrationBean<ForwardedClient> registration =
        new FilterRegistrationBean<>(new ForwardedClient(node));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    registration.setDispatcherTypes(EnumSet.of(DispatcherType.REQUEST));
    return registration;
  }
}
