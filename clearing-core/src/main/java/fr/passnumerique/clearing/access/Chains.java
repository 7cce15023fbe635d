package fr.passnumerique.clearing.access;

import fr.passnumerique.clearing.http.ProgramPaths;
import fr.passnumerique.clearing.http.Renewal;
import fr.passnumerique.clearing.http.StaticFiles;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter.CrossOriginOpenerPolicy;
import org.springframework.security.web.header.writers.CrossOriginResourcePolicyHeaderWriter.CrossOriginResourcePolicy;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.AndRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Two chains. A request that shows an API key is a program's: no session is read or made, and no
 * CSRF token is asked, since no browser sends such a header on another site's behalf. Every other
 * request is a browser's: session, login form, and a CSRF token for whatever changes something,
 * under {@code /api} too.
 */
final class Chains {
  private static final Logger LOG = LoggerFactory.getLogger(Chains.class);

  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
          + " base-uri 'none'";

  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.TRACE);

  private Chains() {}

  static SecurityFilterChain ofPrograms(
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

  static SecurityFilterChain ofBrowsers(
      HttpSecurity security,
      Accounts accounts,
      Sessions sessions,
      AuthenticationManager manager,
      Rules rules,
      Refusals refusals)
      throws Exception {
    HttpSessionRequestCache pages = new HttpSessionRequestCache();
    pages.setRequestMatcher(Chains::isPage);
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
        .headers(Chains::headers)
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
        .addHeaderWriter(Access.ONLY_BY_HTTPS);
  }
}
