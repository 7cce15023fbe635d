package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.server.Cookie;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.server.servlet.Session;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Who is asking, and the rules of all endpoints and pages. */
@Configuration(proxyBeanMethods = false)
public class Access {
  /** Written on https only. */
  public static final HeaderWriter ONLY_BY_HTTPS = new HstsHeaderWriter(31_536_000, false);

  /**
   * @param dataSource the clearing's
   */
  @Bean
  Accounts accounts(@Qualifier("ledger") DataSource dataSource, Clock clock) {
    return new Accounts(dataSource, clock);
  }

  @Bean
  Administration administration(@Qualifier("ledger") DataSource dataSource, Clock clock) {
    return new Administration(dataSource, clock);
  }

  @Bean
  Disclosures disclosures(@Qualifier("ledger") DataSource dataSource, Clock clock) {
    return new Disclosures(dataSource, clock);
  }

  @Bean
  DisclosureEndpoint disclosureEndpoint(Disclosures trail) {
    return new DisclosureEndpoint(trail);
  }

  @Bean
  PersonalData personalData(Vault vault, Disclosures trail) {
    return new PersonalData(vault, trail);
  }

  @Bean
  Sessions sessions(
      @Qualifier("ledger") DataSource dataSource,
      Clock clock,
      Administration trail,
      Accounts accounts) {
    return new Sessions(dataSource, clock, trail, accounts.whoAsks());
  }

  /**
   * @param rule {@code required}: whatever releases money, changes an account to be paid on or
   *     reverses asks for a second factor; {@code offered}: who has one shows it at each login, and
   *     nothing asks for it
   */
  @Bean
  SecondFactors secondFactors(
      @Qualifier("ledger") DataSource dataSource,
      Vault vault,
      Clock clock,
      ObjectProvider<FactorTime> time,
      ObjectProvider<GuessingTime> guessing,
      Administration trail,
      Accounts accounts,
      @Value("${pass.access.second-factor:required}") FactorRule rule) {
    return new SecondFactors(
        dataSource,
        vault,
        clock,
        time.getIfAvailable(() -> Instant::now),
        new LoginThrottle(guessing.getIfAvailable(() -> System::nanoTime)),
        new LoginThrottle(guessing.getIfAvailable(() -> System::nanoTime)),
        trail,
        accounts.whoAsks(),
        rule == FactorRule.REQUIRED);
  }

  /** Whether a second factor is asked for. */
  enum FactorRule {
    REQUIRED,
    OFFERED
  }

  @Bean
  LoginSecurityEndpoint loginSecurityEndpoint(
      Sessions sessions, SecondFactors factors, Administration trail) {
    return new LoginSecurityEndpoint(sessions, factors, trail);
  }

  @Bean
  IdempotencyInterceptor idempotencyInterceptor(
      @Qualifier("ledger") DataSource dataSource, Vault vault) {
    return new IdempotencyInterceptor(new IdempotencyKeys(dataSource), vault);
  }

  /** The demo makes accounts of its own; without a data directory there is nowhere to put one. */
  @Bean
  @Profile("!demo")
  ApplicationRunner firstClerk(Accounts accounts, ObjectProvider<DataDirectory> directory) {
    return arguments -> {
      DataDirectory kept = directory.getIfAvailable();
      if (kept != null) {
        new FirstClerk(accounts, kept).run();
      }
    };
  }

  /**
   * Whoever starts the engine may let a clerk in where no other clerk is left who could.
   *
   * @param login whose account; empty for nobody's
   */
  @Bean
  ApplicationRunner approvedByOperator(
      Accounts accounts, @Value("${pass.access.approve:}") String login) {
    return arguments -> {
      if (!login.isEmpty()) {
        accounts.approveByOperator(login);
      }
    };
  }

  /**
   * Whoever starts the engine may take a lost second factor away where no other clerk is left who
   * could. At each start while it is set: it is taken out again before one is set up.
   *
   * @param login whose; empty for nobody's
   */
  @Bean
  ApplicationRunner factorTakenAwayByOperator(
      SecondFactors factors, @Value("${pass.access.reset-second-factor:}") String login) {
    return arguments -> {
      if (!login.isEmpty()) {
        factors.resetByOperator(login);
      }
    };
  }

  @Bean
  AccountEndpoint accountEndpoint(Accounts accounts, SecondFactors factors) {
    return new AccountEndpoint(accounts, factors);
  }

  @Bean
  FirstKeyEndpoint firstKeyEndpoint(AuthenticationManager logins, Accounts accounts) {
    return new FirstKeyEndpoint(logins, accounts);
  }

  @Bean
  Rules rules(ObjectProvider<HandlerMapping> mappings) {
    return new Rules(mappings);
  }

  @Bean
  FoundHandler foundHandler() {
    return new FoundHandler();
  }

  @Bean
  Denials denials(ObjectProvider<MeterRegistry> meters) {
    return new Denials(meters.getIfAvailable(SimpleMeterRegistry::new));
  }

  @Bean
  Refusals refusals(Denials denials) {
    return new Refusals(denials);
  }

  @Bean
  PermitBody permitBody(Rules rules, Denials denials) {
    return new PermitBody(rules, denials);
  }

  @Bean
  AuthenticationManager authenticationManager(
      Accounts accounts,
      SecondFactors factors,
      Sessions sessions,
      ObjectProvider<MeterRegistry> meters,
      ObjectProvider<GuessingTime> time) {
    return new ProviderManager(
        new AccountLogin(
            accounts.whoAsks(),
            factors,
            sessions,
            new LoginThrottle(time.getIfAvailable(() -> System::nanoTime)),
            meters.getIfAvailable(SimpleMeterRegistry::new)));
  }

  @Bean
  WebMvcConfigurer accessRules(
      Rules rules, SecondFactors factors, Denials denials, IdempotencyInterceptor idempotency) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry
            .addInterceptor(new PermitInterceptor(rules, factors, denials))
            .order(Ordered.HIGHEST_PRECEDENCE);
        // Whoever is not admitted holds no key.
        registry
            .addInterceptor(idempotency)
            .addPathPatterns("/api/**")
            .order(Ordered.LOWEST_PRECEDENCE);
      }

      @Override
      public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ActorArgument());
      }
    };
  }

  /**
   * None of Spring Security's own measures, a timer around each of its filters: requests and
   * denials are counted where they are answered, and the timers are felt on a slip's way.
   */
  @Bean
  SecurityObservationSettings securityMeasures() {
    return SecurityObservationSettings.noObservations();
  }

  @Bean
  @Order(1)
  SecurityFilterChain programs(
      HttpSecurity security, Accounts accounts, Rules rules, Refusals refusals) throws Exception {
    return Chains.ofPrograms(security, accounts, rules, refusals);
  }

  @Bean
  @Order(2)
  SecurityFilterChain browsers(
      HttpSecurity security,
      Accounts accounts,
      Sessions sessions,
      AuthenticationManager manager,
      Rules rules,
      Refusals refusals)
      throws Exception {
    return Chains.ofBrowsers(security, accounts, sessions, manager, rules, refusals);
  }

  /** The container marks the cookie Secure by itself when the request came by https. */
  @Bean
  WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessionCookie() {
    return factory -> {
      Session session = factory.getSettings().getSession();
      session.setTrackingModes(Set.of(Session.SessionTrackingMode.COOKIE));
      session.getCookie().setHttpOnly(true);
      session.getCookie().setSameSite(Cookie.SameSite.LAX);
    };
  }
}
