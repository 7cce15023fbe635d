package fr.passnumerique.ui;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.cover.CoverRead.State;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.ProblemBody;
import fr.passnumerique.clearing.ledger.LedgerReader;
import fr.passnumerique.clearing.ledger.LedgerRow;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.upkeep.SetAsideReason;
import fr.passnumerique.projections.histories.ChequeHistory;
import fr.passnumerique.projections.histories.HistoryEvent;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.projections.registers.StockRegister.OfBatch;
import fr.passnumerique.projections.registers.VenueRegister.PointOfService;
import fr.passnumerique.projections.registers.VenueRegister.Venue;
import fr.passnumerique.projections.upkeep.ProjectionLag;
import fr.passnumerique.ui.Dashboard.AgreementRow;
import fr.passnumerique.ui.Dashboard.FlowRow;
import fr.passnumerique.ui.Dashboard.FunderRow;
import fr.passnumerique.ui.Dashboard.FundingRow;
import fr.passnumerique.ui.Dashboard.SpendingRow;
import fr.passnumerique.ui.Dashboard.VenueRow;
import fr.passnumerique.ui.Dashboard.VenueRows;
import fr.passnumerique.ui.SlipReview.Faults;
import fr.passnumerique.ui.SlipReview.Row;
import fr.passnumerique.ui.words.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
  RebuildSpecimens.class,
  SettlementSpecimens.class,
  ThingSpecimens.class
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
  LoginPage loginPage() {
    return new LoginPage();
  }

  @Bean
  WebMvcConfigurer frames(LedgerReader ledger, French french) {
    return new WebMvcConfigurer() {
      @Override
      public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Frames(ledger, account -> account, french));
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
    private static final Situation NOW =
        new Situation(48_213, Instant.parse("2026-11-24T16:05:12.123456Z"), 0, false);

    private static final Caveats CAVEATS =
        new Caveats(
            null,
            List.of(
                new Caveats.PassedOver(
                    "accounts", 31_007, "FundsReceived", 31_020, NOW.recordedAt())),
            List.of(new Caveats.OtherFigures("accounts-2", 41_000, true)));

    private static final ToDo.Listed NOTHING = new ToDo.Listed(List.of(), 0);
    private static final ToDo.Listed TODO =
        new ToDo.Listed(
            List.of(
                new ToDo(
                    "Libérer le règlement",
                    "reglement-2026-11",
                    LocalDate.of(2026, 11, 21),
                    13_180_00,
                    null,
                    Badge.calm("Attend une autre personne"),
                    null,
                    List.of()),
                new ToDo(
                    "Relancer l’appel de fonds",
                    "appel-16",
                    LocalDate.of(2026, 10, 1),
                    1_500_01,
                    LocalDate.of(2026, 10, 31),
                    Badge.bad("En retard"),
                    null,
                    List.of()),
                new ToDo(
                    "Examiner les écarts de la reconstruction",
                    "accounts-2",
                    LocalDate.of(2026, 11, 3),
                    0,
                    null,
                    null,
                    "/projections",
                    List.of()),
                new ToDo(
                    "Statuer sur la contestation de l’indu",
                    "indu-7",
                    LocalDate.of(2026, 11, 3),
                    0,
                    null,
                    null,
                    null,
                    List.of("rapprocher un mouvement bancaire", "retirer un encaissement"))),
            4);

    @GetMapping("/specimen/dashboard/{state}")
    String dashboard(@PathVariable String state, Model model) {
      Cover cover =
          new Cover(State.COVERED, 112_450_00, 61_230_00, 8_420_00, 3_150_00, 1_200_00, 0);
      Titles titles =
          new Titles(
              240_000_00,
              42_000_00,
              88_000_00,
              69_230_00,
              38_770_00,
              11_570_00,
              27_200_00,
              2_000_00);
      List<FunderRow> funders =
          List.of(
              new FunderRow(
                  "anct",
                  "État (ANCT)",
                  new Brought(
                      46_000_00, 9_800_00, 24_000_00, 4_400_00, 600_00, 9_200_00, -2_000_00)),
              new FunderRow(
                  "na",
                  "Région Nouvelle-Aquitaine",
                  new Brought(
                      44_000_00, 21_000_00, 13_700_00, 2_000_00, 300_00, 5_000_00, 2_000_00)),
              new FunderRow(
                  "d16",
                  "Département de la Charente",
                  new Brought(30_000_00, 5_849_99, 15_000_01, 3_150_00, 0, 6_000_00, 0)),
              new FunderRow(
                  "d01",
                  "Département de l’Ain",
                  new Brought(19_650_00, 3_000_00, 7_630_00, 2_020_00, 0, 7_000_00, 0)));
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
                    new Cover(State.UNPROVEN, 0, 0, 0, 0, 0, 0),
                    new Titles(0, 0, 0, 0, 0, 0, 0, 0),
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
                    switch (state) {
                      case "breach" -> new Situation(48_201, NOW.recordedAt(), 12, false);
                      case "past" ->
                          Situation.asAsked(40_007, NOW.recordedAt(), LocalDate.parse("2026-10-31"))
                              .with(CAVEATS);
                      default -> NOW;
                    },
                    owner ? "Département de la Charente" : null,
                    state.equals("breach")
                        ? new Cover(
                            State.BREACH, 70_450_00, 61_230_00, 8_420_00, 3_150_00, 0, 2_350_00)
                        : cover,
                    titles,
                    owner ? List.of() : funders,
                    List.of(
                        new AgreementRow(
                            "CONV-16-2026",
                            "Pass numérique Charente",
                            new Brought(30_000_00, 5_849_99, 15_000_01, 3_150_00, 0, 6_000_00, 0))),
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
      if (!state.equals("past")) {
        model.addAttribute("todo", state.equals("empty") ? NOTHING : TODO);
      }
      return "dashboard";
    }

    private static final Places PLACES =
        Places.of(
            Optional.of(
                new Venue(
                    "40109226700020",
                    "SIRET",
                    "Bus France Services de Charente",
                    true,
                    LocalDate.parse("2026-01-05"),
                    "comité 2026-01",
                    true,
                    points())));

    private static List<PointOfService> points() {
      List<String> services =
          List.of(
              "Aide aux démarches administratives", "Insertion professionnelle via le numérique");
      return List.of(
          new PointOfService(
              "bus-charente-1",
              "Bus France Services - [Face à la boulangerie]",
              "Rue du Chant du Coq",
              "16140",
              "Saint-Fraigne",
              "16317",
              "16",
              true,
              45.9,
              0.0,
              services),
          new PointOfService(
              "bus-charente-2",
              "Bus France Services - [Place de la poste]",
              "Le Bourg",
              "16140",
              "Tusson",
              "16390",
              "16",
              true,
              45.9,
              0.0,
              services),
          new PointOfService(
              "bus-charente-3",
              "",
              "",
              "16140",
              "Villefagnan",
              "16409",
              "16",
              true,
              null,
              null,
              services));
    }

    private static Row good(int number, String serial) {
      return new Row(
          number,
          new SlipDraft.Line(
              serial + "-AAAAAA",
              "2026-11-20",
              "Aide aux démarches administratives",
              "bus-charente-2"),
          serial,
          VerdictReading.of(Verdict.ACCEPTED, Optional.empty()),
          Faults.NONE,
          true);
    }

    private static Row bad(int number, String serial, Verdict verdict, String on) {
      return new Row(
          number,
          new SlipDraft.Line(
              serial + "-AAAAAA",
              "2026-11-20",
              "Aide aux démarches administratives",
              "bus-charente-1"),
          serial,
          VerdictReading.of(
              verdict, Optional.of(on).filter(o -> !o.isEmpty()).map(LocalDate::parse)),
          Faults.NONE,
          false);
    }

    @GetMapping("/specimen/projections/{state}")
    String projections(@PathVariable String state, Model model) {
      Instant asked = Instant.parse("2026-11-28T09:00:00Z");
      List<ProjectionsBoard.Row> rows =
          List.of(
              projection(
                  "accounts", "Soldes et écritures", Badge.calm("Reconstruction en cours"), 0),
              projection("claims", "Chèques utilisés", Badge.bad("Arrêtée"), 36_980),
              projection("histories", "Vie des chèques", Badge.good("À jour"), 0),
              projection("labels", "Labels et lieux", Badge.calm("En rattrapage"), 12));
      List<ProjectionsBoard.Going> rebuilds =
          List.of(
              new ProjectionsBoard.Going(
                  "accounts-2026-11-28",
                  "/projections/reconstructions/accounts-2026-11-28",
                  "accounts",
                  Badge.calm("Relecture du registre"),
                  Bar.of(100, new Bar.Part(Bar.Series.PAID, 62)),
                  62,
                  29_892,
                  48_213,
                  1_140_000,
                  asked.plusSeconds(90),
                  0,
                  0,
                  asked),
              new ProjectionsBoard.Going(
                  "registres-3",
                  "/projections/reconstructions/registres-3",
                  "registers",
                  Badge.warn("Sommes différentes, deux personnes décident"),
                  Bar.of(100, new Bar.Part(Bar.Series.PAID, 100)),
                  100,
                  48_213,
                  48_213,
                  1_320_000,
                  null,
                  2,
                  0,
                  asked),
              new ProjectionsBoard.Going(
                  "accounts-1",
                  "/projections/reconstructions/accounts-1",
                  "accounts",
                  Badge.good("En service"),
                  Bar.of(100, new Bar.Part(Bar.Series.PAID, 100)),
                  100,
                  40_112,
                  40_112,
                  1_290_000,
                  null,
                  0,
                  47,
                  asked));
      model.addAttribute(
          "board",
          state.equals("empty")
              ? new ProjectionsBoard(0, List.of(), List.of())
              : new ProjectionsBoard(48_213, rows, rebuilds));
      return "projections";
    }

    private static ProjectionsBoard.Row projection(
        String name, String question, Badge state, long lag) {
      boolean stopped = name.equals("claims");
      return new ProjectionsBoard.Row(
          name,
          question,
          state,
          48_213 - lag,
          lag,
          lag == 0 ? null : Instant.parse("2026-11-24T15:02:00Z"),
          stopped ? 48_213 - lag + 1 : 0,
          stopped ? "SlipJudged" : "",
          stopped ? "cheque 00007-0003 is redeemed a second time" : "",
          stopped
              ? List.of(
                  new ProjectionLag.PassedOver(
                      611, SetAsideReason.CORRECTED_SINCE, "clerk-1", "clerk-2", null))
              : List.of());
    }

    @GetMapping("/specimen/slip-new/{state}")
    String slipNew(@PathVariable String state, Model model) {
      model.addAttribute(
          "typed",
          new SlipPage.Typed(
              state.equals("blank") ? "" : "2026-11 é",
              state.equals("blank") ? "" : "00007-0001-7Q4ZK2\n00007-0002-1B2C3D",
              new SlipDraft.Line("", "", "", "")));
      model.addAttribute(
          "trouble",
          state.equals("blank")
              ? null
              : Trouble.of("La référence ne convient pas", "Une référence compte 1 à 40 lettres."));
      model.addAttribute("places", PLACES);
      return "slip-new";
    }

    @GetMapping("/specimen/slip-review/{state}")
    String slipReview(@PathVariable String state, Model model) {
      List<Row> rows =
          switch (state) {
            case "good" -> List.of(good(1, "00007-0001"), good(2, "00007-0002"));
            case "every" -> {
              List<Row> all = new ArrayList<>();
              for (Verdict verdict : Verdict.values()) {
                if (verdict != Verdict.ACCEPTED) {
                  all.add(
                      bad(all.size() + 1, "00007-00" + (10 + all.size()), verdict, "2026-11-02"));
                }
              }
              yield all;
            }
            default ->
                List.of(
                    good(1, "00007-0001"),
                    bad(2, "00007-0002", Verdict.BAD_CHECK_CODE, ""),
                    good(3, "00007-0003"),
                    new Row(
                        4,
                        new SlipDraft.Line(
                            "00007-0004-12",
                            "31/13/2026",
                            "Aide aux démarches administratives",
                            "bus-charente-9"),
                        "00007-0004-12",
                        VerdictReading.unreadable(
                            "Cette ligne ne peut pas être lue.", "Corrigez le champ signalé."),
                        new Faults(
                            "Un code compte quinze lettres et chiffres : relisez le chèque.",
                            "« 31/13/2026 » n’est pas la date d’un service : écrivez-la comme"
                                + " 31/12/2026.",
                            "",
                            "Choisissez l’un des points d’accueil de votre lieu."),
                        false),
                    bad(5, "00007-0005", Verdict.ALREADY_REDEEMED, "2026-11-02"));
          };
      model.addAttribute(
          "review",
          new SlipReview(
              "2026-11-A",
              "",
              rows,
              20_00,
              false,
              state.equals("good") || state.equals("every"),
              state.equals("refused")
                  ? Trouble.of(
                      "Cette référence est déjà prise",
                      "Un bordereau de même référence, avec d’autres lignes, est déjà enregistré.",
                      "Donnez une autre référence à celui-ci.")
                  : null));
      model.addAttribute("places", PLACES);
      return "slip-review";
    }

    @GetMapping("/specimen/slip")
    String slip(Model model) {
      List<SlipSheet.Row> rows = new ArrayList<>();
      for (Verdict verdict :
          List.of(
              Verdict.ACCEPTED,
              Verdict.ALREADY_REDEEMED,
              Verdict.ACCEPTED,
              Verdict.UNKNOWN_CHEQUE)) {
        rows.add(
            new SlipSheet.Row(
                rows.size() + 1,
                verdict == Verdict.UNKNOWN_CHEQUE ? "" : "00007-000" + (rows.size() + 1),
                LocalDate.parse("2026-11-20"),
                "Aide aux démarches administratives",
                "bus-charente-2",
                VerdictReading.of(verdict, Optional.of(LocalDate.parse("2026-11-02"))),
                verdict == Verdict.ACCEPTED));
      }
      model.addAttribute(
          "slip",
          new SlipSheet(
              "40109226700020",
              "2026-11-A",
              NOW.recordedAt(),
              NOW.recordedAt(),
              48_213,
              20_00,
              null,
              rows));
      model.addAttribute("places", PLACES);
      model.addAttribute("own", true);
      model.addAttribute("taken", true);
      return "slip";
    }

    @GetMapping("/specimen/cheques/{state}")
    String cheques(@PathVariable String state, Model model) {
      model.addAttribute("unknown", state.equals("unknown"));
      model.addAttribute("asked", state.equals("unknown") ? "00007-0001" : "");
      return "cheques";
    }

    @GetMapping("/specimen/cheque")
    String cheque(Model model) {
      Instant at = NOW.recordedAt();
      List<HistoryEvent> events =
          List.of(
              new HistoryEvent.Issued(
                  12, at.minusSeconds(9_000_000), LocalDate.parse("2026-08-01"), "CMD-16-1"),
              new HistoryEvent.Activated(14, at.minusSeconds(8_900_000), "ACT-1"),
              new HistoryEvent.Delivered(
                  17,
                  at.minusSeconds(8_000_000),
                  LocalDate.parse("2026-08-20"),
                  "L-1",
                  "ccas-angouleme",
                  "CCAS d’Angoulême"),
              new HistoryEvent.HandedOut(
                  230,
                  at.minusSeconds(5_000_000),
                  LocalDate.parse("2026-09-27"),
                  "R-1",
                  "ccas-angouleme",
                  "CCAS d’Angoulême",
                  "demandeur-emploi"),
              new HistoryEvent.Rejected(
                  1_830,
                  at.minusSeconds(900_000),
                  "40109226700020",
                  "Bus France Services de Charente",
                  "2026-11-A",
                  4,
                  "BAD_CHECK_CODE"),
              new HistoryEvent.Redeemed(
                  1_834,
                  at.minusSeconds(890_000),
                  LocalDate.parse("2026-11-13"),
                  at.minusSeconds(890_100),
                  "40109226700020",
                  "Bus France Services de Charente",
                  "2026-11-B",
                  1,
                  "bus-charente-2",
                  "Bus France Services - [Place de la poste]",
                  "16",
                  "Aide aux démarches administratives",
                  10_00L),
              new HistoryEvent.TransferOrdered(
                  2_001,
                  at.minusSeconds(500_000),
                  "R-2026-11",
                  "PN-R-2026-11-1",
                  LocalDate.parse("2026-11-20")),
              new HistoryEvent.TransferRejected(
                  2_010,
                  at.minusSeconds(400_000),
                  "R-2026-11",
                  "PN-R-2026-11-1",
                  LocalDate.parse("2026-11-21"),
                  "AC04"),
              new HistoryEvent.TransferOrdered(
                  2_101,
                  at.minusSeconds(90_000),
                  "R-2026-12",
                  "PN-R-2026-12-1",
                  LocalDate.parse("2026-11-24")),
              new HistoryEvent.Paid(
                  2_111, at, "R-2026-12", "PN-R-2026-12-1", LocalDate.parse("2026-11-24")));
      ChequeHistory history =
          new ChequeHistory(
              "00007-0001",
              48_213,
              at,
              ChequeHistory.State.PAID,
              true,
              10_00,
              "pn16",
              "Pass numérique Charente",
              "CONV-16-2026",
              "CMD-16-1",
              "00007",
              1,
              1,
              "16",
              LocalDate.parse("2027-07-31"),
              LocalDate.parse("2027-03-26"),
              List.of(
                  new ChequeHistory.Share("anct", "État (ANCT)", 3_50),
                  new ChequeHistory.Share("na", "Région Nouvelle-Aquitaine", 2_15),
                  new ChequeHistory.Share("d16", "Département de la Charente", 4_35)),
              events,
              null);
      model.addAttribute(
          "cheque",
          ChequeLife.of(
              history,
              NOW,
              List.of(
                  new MoneyIn(
                      new CauseWords("Versement", "v-1", "/versements/v-1"),
                      "anct",
                      LocalDate.parse("2026-01-05"),
                      40_000_00,
                      false),
                  new MoneyIn(
                      new CauseWords("Versement", "v-0", null),
                      "d16",
                      LocalDate.parse("2026-01-04"),
                      4_000_00,
                      true)),
              new Actor("agent", Role.CLERK, ""),
              new French()));
      return "cheque";
    }

    @GetMapping("/specimen/venue/{state}")
    String venue(@PathVariable String state, Model model) {
      boolean listed = state.equals("listed");
      model.addAttribute(
          "board",
          new VenueBoard(
              NOW,
              "40109226700020",
              listed ? "Bus France Services de Charente" : "",
              listed,
              listed ? LocalDate.parse("2026-01-05") : null,
              false,
              12_340_00,
              2_000_00,
              1_340_00,
              9_000_00,
              listed
                  ? List.of(
                      new SpendingRow("16", 10_000_00, 2_000_00, 8_000_00),
                      new SpendingRow("79", 2_340_00, 1_340_00, 1_000_00))
                  : List.of(),
              listed ? points() : List.of()));
      model.addAttribute("todo", NOTHING);
      return "dashboard-venue";
    }

    @GetMapping("/specimen/opened/{state}")
    String opened(@PathVariable String state, Model model) {
      List<OpenedFigure.Row> rows =
          List.of(
              new OpenedFigure.Row(
                  40_001,
                  NOW.recordedAt(),
                  LocalDate.parse("2026-11-20"),
                  "Bordereau jugé",
                  "/ecritures?fact=40001",
                  List.of(
                      new CauseWords("Bordereau", "B-2026-11", "/lieux/1/bordereaux/B-2026-11")),
                  "Titres acceptés",
                  "CONV-16-2026, d16, 16 → 2A, 40109226700020",
                  20_00,
                  18_340_00),
              new OpenedFigure.Row(
                  39_870,
                  NOW.recordedAt(),
                  LocalDate.parse("2026-11-19"),
                  "Virement exécuté par la banque",
                  "/ecritures?fact=39870",
                  List.of(
                      new CauseWords("Virement", "V-12", null),
                      new CauseWords("Règlement", "reglement-11", null)),
                  "Titres acceptés",
                  "CONV-16-2026, d16",
                  -120_00,
                  18_320_00));
      boolean full = state.equals("full");
      model.addAttribute(
          "opened",
          new OpenedFigure(
              full
                  ? Situation.asAsked(40_007, NOW.recordedAt(), LocalDate.parse("2026-11-20"))
                      .with(CAVEATS)
                  : NOW,
              full ? "Accepté" : "Fait nº 40 001 : Bordereau jugé",
              full ? List.of("Lieu 40109226700020") : List.of(),
              full ? 38_770_00L : null,
              full
                  ? List.of(
                      new OpenedFigure.TermRow("Titres acceptés", 18_340_00, "/ecritures", true),
                      new OpenedFigure.TermRow("Titres payés", 20_430_00, "/ecritures", false))
                  : List.of(),
              state.equals("empty") ? List.of() : rows,
              state.equals("fact") ? rows.getFirst() : null,
              false,
              full ? "/ecritures?before=1-1" : null,
              full ? "/ecritures" : null,
              "/ecritures",
              full ? "/api/postings/export?kind=TITLES_REDEEMED&asOfPosition=40007" : ""));
      return "opened";
    }

    @GetMapping("/specimen/reconciliation/{state}")
    String reconciliation(@PathVariable String state, Model model) {
      boolean whole = state.equals("whole");
      ReconciliationSheet.Group held =
          new ReconciliationSheet.Group(
              new ReconciliationSheet.Row("Sur le compte cantonné", List.of(1_00L, 2_00L, 3_00L)),
              List.of(new ReconciliationSheet.Row("Non affecté", List.of(1_00L, 2_00L, 3_00L))),
              new ReconciliationSheet.Row(
                  "Inexpliqué", whole ? List.of(0L, 0L, 0L) : List.of(1L, 0L, 1L)));
      model.addAttribute(
          "sheet",
          new ReconciliationSheet(
              NOW,
              "CONV-16-2026",
              List.of("État (ANCT)", "Département de la Charente"),
              List.of(
                  new ReconciliationSheet.Row("Engagé", List.of(5_00L, 6_00L, 11_00L)),
                  new ReconciliationSheet.Row("Versé", List.of(1_00L, 2_00L, 3_00L))),
              List.of(
                  new ReconciliationSheet.Group(
                      new ReconciliationSheet.Row("Engagé → Versé", List.of(4_00L, 4_00L, 8_00L)),
                      List.of(
                          new ReconciliationSheet.Row(
                              "Pas encore versé", List.of(4_00L, 4_00L, 8_00L))),
                      new ReconciliationSheet.Row("Inexpliqué", List.of(0L, 0L, 0L)))),
              held,
              whole));
      return "reconciliation";
    }

    @GetMapping("/specimen/todo/{state}")
    String todo(@PathVariable String state, Model model) {
      model.addAttribute("todo", state.equals("empty") ? NOTHING : TODO);
      model.addAttribute("count", state.equals("empty") ? 0 : 7);
      model.addAttribute("first", state.equals("first"));
      model.addAttribute(
          "next", state.equals("first") ? "RELEASE_RUN~2026-11-21T08:00:00Z~r" : null);
      return "todo";
    }

    @GetMapping("/specimen/prescriber/{state}")
    String prescriber(@PathVariable String state, Model model) {
      boolean full = state.equals("full");
      model.addAttribute(
          "board",
          full
              ? new StockBoard(
                  NOW,
                  "ccas-angouleme",
                  "CCAS d’Angoulême",
                  3_000,
                  1_230,
                  30,
                  1_740,
                  17_400_00,
                  List.of(
                      new OfBatch(
                          "00009",
                          "CMD-16-2",
                          "pn16",
                          "Pass numérique Charente",
                          "CONV-16-2026",
                          10_00,
                          10,
                          LocalDate.parse("2027-07-31"),
                          2_000,
                          230,
                          20,
                          10,
                          0,
                          1_740,
                          17_400_00),
                      new OfBatch(
                          "00007",
                          "CMD-16-1",
                          "pn16",
                          "Pass numérique Charente",
                          "CONV-16-2026",
                          10_00,
                          10,
                          LocalDate.parse("2027-01-31"),
                          1_000,
                          1_000,
                          0,
                          0,
                          0,
                          0,
                          0)))
              : StockBoard.of("ccas-nouveau", Optional.empty(), (position, at) -> NOW));
      return "dashboard-prescriber";
    }

    @GetMapping("/specimen/error/{status}")
    String error(@PathVariable String status, Model model) {
      model.addAttribute("status", status);
      return "error/" + status;
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
