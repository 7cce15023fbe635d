package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.ui.Dashboard.AgreementRow;
import fr.passnumerique.ui.Dashboard.FlowRow;
import fr.passnumerique.ui.Dashboard.FunderRow;
import fr.passnumerique.ui.Dashboard.FundingRow;
import fr.passnumerique.ui.Dashboard.SpendingRow;
import fr.passnumerique.ui.Dashboard.VenueRow;
import fr.passnumerique.ui.Dashboard.VenueRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
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

/** Shows every view with made-up contents, states included that are hard to bring about. */
@SpringBootConfiguration
@EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
@Import(Pages.class)
class Specimens {
  public static void main(String[] args) {
    SpringApplication.run(Specimens.class, args);
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
    private static final Situation NOW =
        new Situation(48_213, Instant.parse("2026-11-24T16:05:12.123456Z"), 0, false);

    @GetMapping("/specimen/dashboard/{state}")
    String dashboard(@PathVariable String state, Model model) {
      Cover cover = new Cover(112_450_00, 61_230_00, 8_420_00, 3_150_00);
      Titles titles = new Titles(240_000_00, 42_000_00, 88_000_00, 71_230_00, 38_770_00, 27_200_00);
      List<FunderRow> funders =
          List.of(
              new FunderRow(
                  "anct", "État (ANCT)", 48_000_00, 9_800_00, 24_600_00, 4_400_00, 9_200_00),
              new FunderRow(
                  "na",
                  "Région Nouvelle-Aquitaine",
                  42_000_00,
                  21_000_00,
                  14_000_00,
                  2_000_00,
                  5_000_00),
              new FunderRow(
                  "d16",
                  "Département de la Charente",
                  30_000_00,
                  5_849_99,
                  15_000_01,
                  3_150_00,
                  6_000_00),
              new FunderRow(
                  "d01",
                  "Département de l’Ain",
                  19_650_00,
                  3_000_00,
                  7_630_00,
                  2_020_00,
                  7_000_00));
      VenueRows venues =
          new VenueRows(
              List.of(
                  new VenueRow(
                      "40109226700020",
                      "Emmaüs Ruffec, Bus France Services",
                      12_340_00,
                      2_000_00,
                      1_340_00,
                      9_000_00),
                  new VenueRow(
                      "35600000063516",
                      "Bourg En Bresse Maginot BP",
                      9_870_00,
                      3_870_00,
                      0,
                      6_000_00),
                  new VenueRow("35600000060857", "Chauny", 5_110_00, 1_110_00, 0, 4_000_00),
                  new VenueRow("35600000012345", "", 3_200_00, 200_00, 0, 3_000_00),
                  new VenueRow(
                      "35600000099887", "Saint-Denis Basilique", 1_010_00, 0, 1_010_00, 0)),
              17,
              new VenueRow("", "", 7_240_00, 1_240_00, 800_00, 5_200_00),
              new VenueRow("", "", 38_770_00, 8_420_00, 3_150_00, 27_200_00));
      boolean owner = state.equals("funder");
      Dashboard dashboard =
          switch (state) {
            case "empty" ->
                new Dashboard(
                    new Situation(0, null, 0, false),
                    null,
                    new Cover(0, 0, 0, 0),
                    new Titles(0, 0, 0, 0, 0, 0),
                    List.of(),
                    List.of(),
                    new VenueRows(
                        List.of(),
                        0,
                        new VenueRow("", "", 0, 0, 0, 0),
                        new VenueRow("", "", 0, 0, 0, 0)),
                    List.of(),
                    List.of(),
                    List.of());
            default ->
                new Dashboard(
                    state.equals("breach")
                        ? new Situation(48_201, NOW.recordedAt(), 12, false)
                        : NOW,
                    owner ? "Département de la Charente" : null,
                    state.equals("breach")
                        ? new Cover(70_450_00, 61_230_00, 8_420_00, 3_150_00)
                        : cover,
                    titles,
                    owner ? List.of() : funders,
                    List.of(
                        new AgreementRow(
                            "CONV-16-2026",
                            "Pass numérique Charente",
                            30_000_00,
                            5_849_99,
                            15_000_01,
                            3_150_00,
                            6_000_00)),
                    venues,
                    List.of(
                        new FundingRow("16", 120_000_00, 31_000_00, 20_000_00, 14_000_00),
                        new FundingRow("01", 80_000_00, 20_230_00, 12_770_00, 9_200_00),
                        new FundingRow("02", 40_000_00, 10_000_00, 6_000_00, 4_000_00)),
                    List.of(
                        new SpendingRow("16", 18_340_00, 5_340_00, 13_000_00),
                        new SpendingRow("01", 12_870_00, 3_870_00, 9_000_00),
                        new SpendingRow("02", 5_110_00, 1_110_00, 4_000_00),
                        new SpendingRow("2A", 2_450_00, 1_250_00, 1_200_00)),
                    List.of(
                        new FlowRow("16", "16", 18_000_00),
                        new FlowRow("16", "2A", 2_000_00),
                        new FlowRow("01", "01", 12_770_00),
                        new FlowRow("02", "02", 5_110_00)));
          };
      model.addAttribute("dashboard", dashboard);
      return "dashboard";
    }

    @GetMapping("/specimen/error/{status}")
    String error(@PathVariable String status, Model model) {
      model.addAttribute("status", status);
      return "error/" + status;
    }
  }
}
