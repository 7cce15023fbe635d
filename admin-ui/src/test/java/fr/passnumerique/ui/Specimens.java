package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.ProblemBody;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.ui.account.AccountSpecimens;
import fr.passnumerique.ui.bank.BankSpecimens;
import fr.passnumerique.ui.expiry.EndingSpecimens;
import fr.passnumerique.ui.frame.Explained;
import fr.passnumerique.ui.frame.Frames;
import fr.passnumerique.ui.funder.FunderSpecimens;
import fr.passnumerique.ui.funder.FundingSpecimens;
import fr.passnumerique.ui.funds.FundsSpecimens;
import fr.passnumerique.ui.home.HomeSpecimens;
import fr.passnumerique.ui.ledger.FactsSpecimens;
import fr.passnumerique.ui.ledger.LedgerSpecimens;
import fr.passnumerique.ui.ledger.ReceiptSpecimens;
import fr.passnumerique.ui.ledger.ThingSpecimens;
import fr.passnumerique.ui.matching.MatchingSpecimens;
import fr.passnumerique.ui.notices.NotificationSpecimens;
import fr.passnumerique.ui.payee.PayeeSpecimens;
import fr.passnumerique.ui.prescriber.PrescriberSpecimens;
import fr.passnumerique.ui.refund.RefundSpecimens;
import fr.passnumerique.ui.reversal.ReversalSpecimens;
import fr.passnumerique.ui.search.SearchSpecimens;
import fr.passnumerique.ui.settlement.SettlementSpecimens;
import fr.passnumerique.ui.slip.SlipSpecimens;
import fr.passnumerique.ui.titles.OrderSpecimens;
import fr.passnumerique.ui.titles.PrescriberRegisterSpecimens;
import fr.passnumerique.ui.titles.TitlesSpecimens;
import fr.passnumerique.ui.todo.ToDoSpecimens;
import fr.passnumerique.ui.upkeep.ProjectionsSpecimens;
import fr.passnumerique.ui.upkeep.RebuildSpecimens;
import fr.passnumerique.ui.venue.VenueSpecimens;
import fr.passnumerique.ui.venues.VenueRegisterSpecimens;
import fr.passnumerique.ui.visitor.VisitorSpecimens;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.work.WorkSpecimens;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Shows every view with made-up contents, states included that are hard to bring about. */
@Configuration(proxyBeanMethods = false)
@Import({
  AccountSpecimens.class,
  BankSpecimens.class,
  EndingSpecimens.class,
  FactsSpecimens.class,
  FunderSpecimens.class,
  HomeSpecimens.class,
  LedgerSpecimens.class,
  MatchingSpecimens.class,
  NotificationSpecimens.class,
  PayeeSpecimens.class,
  PrescriberSpecimens.class,
  ProjectionsSpecimens.class,
  RebuildSpecimens.class,
  ReceiptSpecimens.class,
  ReversalSpecimens.class,
  SearchSpecimens.class,
  SettlementSpecimens.class,
  SlipSpecimens.class,
  ThingSpecimens.class,
  OrderSpecimens.class,
  PrescriberRegisterSpecimens.class,
  RefundSpecimens.class,
  FundingSpecimens.class,
  FundsSpecimens.class,
  TitlesSpecimens.class,
  ToDoSpecimens.class,
  VenueRegisterSpecimens.class,
  VenueSpecimens.class,
  VisitorSpecimens.class,
  WorkSpecimens.class
})
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
class Specimens {
  public static void main(String[] args) {
    SpringApplication.run(Specimens.class, args);
  }

  @Bean
  French french() {
    return new French();
  }

  @Bean
  Explained explained(French french) {
    return new Explained(french);
  }

  @Bean
  WebMvcConfigurer frames(LedgerReader ledger, French french) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(
            new Frames(ledger, account -> account, french, Menus.whole(), actor -> 3));
      }
    };
  }

  @Bean
  LedgerReader ledgerReader() {
    return new LedgerReader() {
      @Override
      public long head() {
        return 48_213;
      }

      @Override
      public List<RecordedFact> read(long after, int limit) {
        return List.of();
      }

      @Override
      public List<LedgerRow> readRows(long after, int limit) {
        return List.of();
      }

      @Override
      public RecordedFact recorded(LedgerRow row) {
        throw new UnsupportedOperationException();
      }

      @Override
      public boolean awaitBeyond(long position, Duration atMost) {
        return false;
      }
    };
  }

  @Bean
  SecurityFilterChain open(HttpSecurity http) {
    return http.authorizeHttpRequests(all -> all.anyRequest().permitAll())
        .headers(
            h ->
                h.contentSecurityPolicy(
                    csp ->
                        csp.policyDirectives(
                            "default-src 'none'; script-src 'self'; style-src 'self'; img-src"
                                + " 'self'; font-src 'self'; connect-src 'self'; form-action"
                                + " 'self'; base-uri 'none'; frame-ancestors 'none'")))
        .addFilterBefore(
            new OncePerRequestFilter() {
              @Override
              protected void doFilterInternal(
                  jakarta.servlet.http.HttpServletRequest request,
                  jakarta.servlet.http.HttpServletResponse response,
                  jakarta.servlet.FilterChain chain)
                  throws java.io.IOException, jakarta.servlet.ServletException {
                String as = request.getParameter("as");
                Role role = as == null ? Role.CLERK : Role.valueOf(as);
                TestingAuthenticationToken who =
                    new TestingAuthenticationToken(new Actor("agent-demo", role, ""), "", "x");
                SecurityContextHolder.getContext().setAuthentication(who);
                chain.doFilter(request, response);
              }
            },
            AuthorizationFilter.class)
        .build();
  }

  @Controller
  static final class Gallery {
    @GetMapping("/specimen/error/{status}")
    String error(@PathVariable String status, Model model) {
      model.addAttribute("status", status);
      return "error/" + status;
    }

    @GetMapping("/specimen/too-late")
    String tooLate(Model model) {
      model.addAttribute("status", 422);
      model.addAttribute("path", "/specimen/too-late");
      model.addAttribute(
          "problem",
          new ProblemBody(
              "",
              "",
              422,
              "",
              "AS_OF_TOO_LATE",
              List.of(
                  Problem.Fault.of(
                      "businessDate",
                      "2026-12-24",
                      "it was not over at the last fact",
                      "ask for 2026-11-30 or before")),
              null));
      return "error/4xx";
    }

    @GetMapping("/specimen/not-kept/{tables}")
    String notKept(@PathVariable String tables, Model model) {
      model.addAttribute("status", 422);
      model.addAttribute(
          "problem",
          new ProblemBody(
              "",
              "",
              422,
              "",
              "AS_OF_NOT_KEPT",
              List.of(
                  Problem.Fault.of(
                      "asOfPosition",
                      "19",
                      "it does not come to what it held",
                      tables.equals("replaced")
                          ? "ask for asOfPosition 20 to 31 without a business date, or leave"
                              + " shownBefore out for what is known of the moment now"
                          : "have them folded anew (rebuildProjection of registers)")),
              null));
      return "error/4xx";
    }
  }
}
