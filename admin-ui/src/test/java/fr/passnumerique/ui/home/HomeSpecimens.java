package fr.passnumerique.ui.home;

import static fr.passnumerique.ui.figures.SituationSpecimens.CAVEATS;
import static fr.passnumerique.ui.figures.SituationSpecimens.NOW;
import static fr.passnumerique.ui.todo.ToDoSpecimens.NOTHING;
import static fr.passnumerique.ui.todo.ToDoSpecimens.TODO;

import fr.passnumerique.clearing.cover.CoverRead.State;
import fr.passnumerique.projections.accounts.Balances;
import fr.passnumerique.projections.accounts.Balances.Amounts;
import fr.passnumerique.projections.accounts.Balances.Flow;
import fr.passnumerique.projections.accounts.Balances.OfAgreement;
import fr.passnumerique.projections.accounts.Balances.OfDepartement;
import fr.passnumerique.projections.accounts.Balances.OfFunder;
import fr.passnumerique.projections.accounts.Balances.OfVenue;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.home.Dashboard.AgreementRow;
import fr.passnumerique.ui.home.Dashboard.FlowRow;
import fr.passnumerique.ui.home.Dashboard.FunderRow;
import fr.passnumerique.ui.home.Dashboard.FundingRow;
import fr.passnumerique.ui.home.Dashboard.SpendingRow;
import fr.passnumerique.ui.home.Dashboard.VenueRow;
import fr.passnumerique.ui.home.Dashboard.VenueRows;
import fr.passnumerique.ui.table.AskedTable;
import java.time.LocalDate;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** What each role sees first, with made-up contents. */
@Controller
public final class HomeSpecimens {
  @GetMapping("/specimen/dashboard/{state}")
  String dashboard(@PathVariable String state, Model model) {
    Cover cover = new Cover(State.COVERED, 112_450_00, 61_230_00, 8_420_00, 3_150_00, 1_200_00, 0);
    Titles titles =
        new Titles(
            240_000_00, 42_000_00, 88_000_00, 69_230_00, 38_770_00, 11_570_00, 27_200_00, 2_000_00);
    List<FunderRow> funders =
        List.of(
            new FunderRow(
                "anct",
                "État (ANCT)",
                new Brought(46_000_00, 9_800_00, 24_000_00, 4_400_00, 600_00, 9_200_00, -2_000_00)),
            new FunderRow(
                "na",
                "Région Nouvelle-Aquitaine",
                new Brought(44_000_00, 21_000_00, 13_700_00, 2_000_00, 300_00, 5_000_00, 2_000_00)),
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
                new VenueRow("35600000099887", "Saint-Denis Basilique", 1_010_00, 0, 1_010_00, 0)),
            17,
            new VenueRow("", "", 7_240_00, 1_240_00, 800_00, 5_200_00),
            new VenueRow("", "", 38_770_00, 8_420_00, 3_150_00, 27_200_00));
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
                  null,
                  state.equals("breach")
                      ? new Cover(
                          State.BREACH, 70_450_00, 61_230_00, 8_420_00, 3_150_00, 0, 2_350_00)
                      : cover,
                  titles,
                  funders,
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

  @GetMapping("/specimen/balances/{table}")
  String balances(@PathVariable String table, @ModelAttribute AskedTable asked, Model model) {
    int rows = table.equals("empty") ? 0 : 120;
    Balances read =
        new Balances(
            NOW.position(),
            NOW.recordedAt(),
            null,
            NOW.position(),
            null,
            AMOUNTS,
            List.of(),
            many(
                rows,
                i -> new OfVenue("356000000%05d".formatted(i), i == 7 ? "" : "Lieu " + i, AMOUNTS)),
            many(rows, i -> new OfFunder("d" + i, "Département " + i, AMOUNTS)),
            many(rows, i -> new OfAgreement("CONV-" + i, "pass", "Pass numérique", AMOUNTS)),
            null,
            null,
            many(rows, i -> new OfDepartement(String.valueOf(i), AMOUNTS)),
            many(rows, i -> new OfDepartement(String.valueOf(i), AMOUNTS)),
            many(rows, i -> new Flow(String.valueOf(i), "16", AMOUNTS)),
            null);
    return BalanceTable.named(table).orElse(BalanceTable.FUNDERS).show(read, NOW, asked, model);
  }

  private static final Amounts AMOUNTS =
      new Amounts(
          46_000_00L,
          -2_000_00L,
          0L,
          9_800_00L,
          24_000_00L,
          600_00L,
          0L,
          120_000_00L,
          0L,
          0L,
          0L,
          0L,
          0L,
          0L,
          0L,
          38_770_00,
          0L,
          8_420_00,
          3_150_00,
          0,
          27_200_00);

  private static <R> List<R> many(int rows, IntFunction<R> row) {
    return IntStream.range(0, rows).mapToObj(row).toList();
  }
}
