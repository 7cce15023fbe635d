package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.database.DataDirectory;
import fr.passnumerique.clearing.http.ProgramPaths;
import fr.passnumerique.clearing.http.Renewal;
import fr.passnumerique.clearing.http.StaticFiles;
import fr.passnumerique.clearing.vault.Vault;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Who is asking, and the rules of all endpoints and pages.
 *
 * <p>Two chains. A request that shows an API key is a program's: no session is read or made, and no
 * CSRF token is asked, since no browser sends such a header on another site's behalf. Every other
 * request is a browser's: session, login form, and a CSRF token for whatever changes something,
 * under {@code /api} too.
 */
@Configuration(proxyBeanMethods = false)
public class Access {
  private static final Logger LOG = LoggerFactory.getLogger(Access.class);

  /**
   * Files without which the login page is bare; the rest of the static files are none of a
   * stranger's.
   */
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
          + " base-uri 'none'";

  /** Written on https only. */
  public static final HeaderWriter ONLY_BY_HTTPS = new HstsHeaderWriter(31_536_000, false);

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

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

  /** Programs. */
  @Bean
  @Order(1)
  SecurityFilterChain programs(
      HttpSecurity security, Accounts accounts, Rules rules, Refusals refusals) throws Exception {
    return conventions(security, rules, refusals)
        .securityMatcher(ApiKeyFilter::isOfProgram)
        .csrf(csrf -> csrf.disable())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        .anonymous(anonymous -> anonymous.disable())
        .addFilterBefore(new ApiKeyFilter(accounts.whoAsks(), refusals), AuthorizationFilter.class)
        .build();
  }

  /** Browsers. */
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
    HttpSessionRequestCache pages = new HttpSessionRequestCache();
    pages.setRequestMatcher(Access::isPage);
    return conventions(security, rules, refusals)
        .authenticationManager(manager)
        .csrf(
            csrf ->
                csrf.requireCsrfProtectionMatcher(
                    new AndRequestMatcher(
                        request -> !SAFE.contains(HttpMethod.valueOf(request.getMethod())),
                        // A stranger has no session that could be abused, and is told 401, not 403;
                        // nor is the form of a page for everybody sent to a login for having stood
                        // open too long. The login's own has no handler, and keeps its token.
                        request ->
                            SignedIn.current() != null
                                || !Refusals.underOneOf(request, "/api/")
                                    && !rules.everyone(request))))
        .sessionManagement(
            session -> session.sessionFixation(fixation -> fixation.changeSessionId()))
        .requestCache(cache -> cache.requestCache(pages))
        .formLogin(
            form ->
                form.loginPage(Refusals.LOGIN)
                    .usernameParameter("login")
                    .passwordParameter("password")
                    .authenticationDetailsSource(LoginAttempt::inBrowser)
                    .failureHandler(refusals))
        .logout(
            logout ->
                logout
                    .logoutUrl("/logout")
                    .addLogoutHandler(
                        (_, _, who) -> {
                          if (who instanceof SignedIn signedIn) {
                            leave(sessions, signedIn);
                          }
                        })
                    .logoutSuccessUrl(Refusals.LOGIN + "?logout"))
        .addFilterBefore(new SessionCheck(accounts.whoAsks()), CsrfFilter.class)
        .build();
  }

  /** Whatever the database says, the container's session ends next; the row lapses by itself. */
  private static void leave(Sessions sessions, SignedIn signedIn) {
    try {
      sessions.left(signedIn);
    } catch (DataAccessException e) {
      LOG.warn("that session {} was left could not be noted", signedIn.session(), e);
    }
  }

  private static boolean isPage(HttpServletRequest request) {
    String accept = request.getHeader("Accept");
    return request.getMethod().equals("GET")
        && accept != null
        && accept.contains("text/html")
        && request.getHeader("HX-Request") == null
        && !Renewal.is(request)
        && !ProgramPaths.hold(request)
        && !Refusals.underOneOf(request, "/error");
  }

  private static HttpSecurity conventions(HttpSecurity security, Rules rules, Refusals refusals)
      throws Exception {
    RequestMatcher[] files =
        StaticFiles.PATTERNS.stream()
            .map(path -> PathPatternRequestMatcher.pathPattern(HttpMethod.GET, path))
            .toArray(RequestMatcher[]::new);
    return security
        .headers(Access::headers)
        .httpBasic(basic -> basic.disable())
        .exceptionHandling(
            exceptions ->
                exceptions.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
        .authorizeHttpRequests(
            requests ->
                requests
                    // Judged when they came in; an error page that asks for a login hides the
                    // error.
                    .dispatcherTypeMatchers(
                        DispatcherType.ERROR, DispatcherType.FORWARD, DispatcherType.ASYNC)
                    .permitAll()
                    .requestMatchers(files)
                    .permitAll()
                    .anyRequest()
                    .access(new PermitAuthorization(rules)));
  }

  private static void headers(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
        .frameOptions(frames -> frames.deny())
        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
        .crossOriginOpenerPolicy(opener -> opener.policy(CrossOriginOpenerPolicy.SAME_ORIGIN))
        .crossOriginResourcePolicy(
            resources -> resources.policy(CrossOriginResourcePolicy.SAME_ORIGIN))
        .permissionsPolicyHeader(
            permissions ->
                permissions.policy("camera=(), geolocation=(), microphone=(), payment=(), usb=()"))
        .httpStrictTransportSecurity(https -> https.disable())
        .addHeaderWriter(ONLY_BY_HTTPS);
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
