package fr.passnumerique.ui.funder;

import static fr.passnumerique.ui.figures.SituationSpecimens.CAVEATS;
import static fr.passnumerique.ui.figures.SituationSpecimens.NOW;
import static fr.passnumerique.ui.todo.ToDoSpecimens.NOTHING;
import static fr.passnumerique.ui.todo.ToDoSpecimens.TODO;

import fr.passnumerique.clearing.budget.BudgetQuery;
import fr.passnumerique.clearing.budget.BudgetQuery.Budgets;
import fr.passnumerique.clearing.calls.CalledFunds.State;
import fr.passnumerique.clearing.calls.CallsQuery;
import fr.passnumerique.clearing.calls.FundsCalled.Basis;
import fr.passnumerique.clearing.calls.Receipts;
import fr.passnumerique.clearing.cover.CoverRead;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.projections.accounts.Flows;
import fr.passnumerique.projections.accounts.FlowsQuery;
import fr.passnumerique.ui.figures.Situation;
import fr.passnumerique.ui.funder.AgreementSheet.ReceiptLine;
import fr.passnumerique.ui.funder.AgreementSheet.ShareLine;
import fr.passnumerique.ui.funder.AgreementSheet.Terms;
import fr.passnumerique.ui.home.Brought;
import fr.passnumerique.ui.home.Cover;
import fr.passnumerique.ui.home.Dashboard;
import fr.passnumerique.ui.home.Titles;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.words.Names;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;

/** The pages of a funder, with made-up contents. */
@Controller
public final class FunderSpecimens {
  static final Names NAMES =
      new Names(
          _ -> Optional.of("Département de la Charente"), _ -> Optional.empty(), _ -> List.of());
  private static final LocalDate TODAY = LocalDate.parse("2026-11-30");
  private static final Cover COVER =
      new Cover(CoverRead.State.COVERED, 112_450_00, 61_230_00, 8_420_00, 3_150_00, 1_200_00, 0);
  private static final Brought BROUGHT =
      new Brought(30_000_00, 5_849_99, 15_000_01, 3_150_00, 0, 6_000_00, 0);

  @GetMapping("/specimen/funder/{state}")
  String home(@PathVariable String state, Model model) {
    boolean empty = state.equals("empty");
    Situation situation =
        state.equals("past")
            ? Situation.asAsked(40_007, NOW.recordedAt(), LocalDate.parse("2026-10-31"))
                .with(CAVEATS)
            : empty ? new Situation(0, null, 0, false) : NOW;
    model.addAttribute(
        "dashboard",
        new Dashboard(
            situation,
            "Département de la Charente",
            empty ? new Cover(CoverRead.State.UNPROVEN, 0, 0, 0, 0, 0, 0) : COVER,
            empty
                ? new Titles(0, 0, 0, 0, 0, 0, 0, 0)
                : new Titles(
                    240_000_00,
                    42_000_00,
                    88_000_00,
                    69_230_00,
                    38_770_00,
                    11_570_00,
                    27_200_00,
                    2_000_00),
            List.of(),
            empty
                ? List.of()
                : List.of(
                    new Dashboard.AgreementRow("CONV-16-2026", "Pass numérique Charente", BROUGHT)),
            new Dashboard.VenueRows(
                List.of(),
                0,
                new Dashboard.VenueRow("", "", 0, 0, 0, 0),
                new Dashboard.VenueRow("", "", 0, 0, 0, 0)),
            List.of(),
            List.of(),
            List.of()));
    model.addAttribute("funder", "d16");
    model.addAttribute("spent", Spent.of(flows(empty ? 0 : state.equals("one") ? 1 : 40)));
    if (!state.equals("past")) {
      model.addAttribute("todo", empty ? NOTHING : TODO);
      model.addAttribute("lots", empty ? List.of() : lots());
    }
    return "funder-home";
  }

  private static FlowsQuery.Few flows(int paths) {
    String[] departements = {"16", "16", "17", "79", "87", "24", "33", "2A", "974", "75", "988"};
    String[] venues = {
      "Emmaüs Ruffec, Bus France Services",
      "Médiathèque de Cognac",
      "Maison des initiatives citoyennes et numériques du Grand Angoulême",
      "Cyberbase de Confolens",
      "",
      "La Poste, étape numérique de Barbezieux",
      "Centre social de La Couronne",
    };
    List<Flows.Path> all = new ArrayList<>();
    for (int i = 0; i < paths; i++) {
      long cents = 4_310_00L / (i + 1) + 37_00;
      all.add(
          new Flows.Path(
              "d16",
              "Département de la Charente",
              departements[(i * i + i) % departements.length],
              i % 17 < 7 ? "%014d".formatted(401_092_267_000L + i % 17) : "",
              i % 17 < 7 ? venues[i % 17] : "",
              cents,
              i % 3 == 0 ? cents : cents / 2));
    }
    Flows flows =
        new Flows(
            48_213,
            NOW.recordedAt(),
            null,
            48_213,
            all.stream().mapToLong(Flows.Path::redeemedCents).sum(),
            all.stream().mapToLong(Flows.Path::paidCents).sum(),
            all,
            null);
    return new FlowsQuery.Few(flows, 10);
  }

  private static List<BudgetLot> lots() {
    return BudgetLot.of(
        new Budgets(
            48_213,
            TODAY,
            List.of(50, 80, 95),
            List.of(
                budget("CONV-16-2026", 30_000_00, 25_500_00, 85, 80, "2027-01-12", "2027-04-30"),
                budget("CONV-NA-2026", 120_000_00, 63_400_00, 52, 50, "2027-06-02", null),
                budget("CONV-16-2027", 40_000_00, 0, 0, 0, null, null))));
  }

  private static BudgetQuery.Row budget(
      String agreement,
      long ceiling,
      long activated,
      int used,
      int threshold,
      @Nullable String from,
      @Nullable String until) {
    return new BudgetQuery.Row(
        agreement,
        "d16",
        ceiling,
        activated + (ceiling - activated) / 2,
        activated,
        activated / 3,
        (ceiling - activated) / 2,
        ceiling - activated,
        used,
        threshold,
        5_000_00,
        activated / 2,
        activated == 0 ? 0 : 90,
        from == null ? null : LocalDate.parse(from).plusDays(31),
        from == null ? null : LocalDate.parse(from),
        until == null ? null : LocalDate.parse(until),
        "");
  }

  @GetMapping("/specimen/agreements/{state}")
  String agreements(@PathVariable String state, @ModelAttribute AskedTable asked, Model model) {
    List<AgreementLine> lines =
        state.equals("empty")
            ? List.of()
            : IntStream.range(1, 70)
                .mapToObj(
                    i ->
                        new AgreementLine(
                            "CONV-16-" + (2020 + i),
                            "pn16",
                            LocalDate.of(2020 + i, 1, 1),
                            LocalDate.of(2020 + i, 12, 31),
                            i % 2 == 0
                                ? List.of("Charente (16)")
                                : List.of("Charente (16)", "Charente-Maritime (17)"),
                            30_000_00L * i,
                            7_250_00L * i,
                            AgreementLine.badge(
                                LocalDate.of(2020 + i, 1, 1),
                                LocalDate.of(2020 + i, 12, 31),
                                TODAY)))
                .toList();
    model.addAttribute(
        "t", AgreementLine.COLUMNS.show("/specimen/agreements/" + state, lines, asked));
    model.addAttribute("own", true);
    return "agreements";
  }

  @GetMapping("/specimen/agreement/{state}")
  String agreement(@PathVariable String state, Model model) {
    boolean empty = state.equals("empty");
    model.addAttribute(
        "sheet",
        new AgreementSheet(
            "CONV-16-2026",
            "Pass numérique Charente",
            AgreementLine.badge(
                LocalDate.parse("2026-01-01"), LocalDate.parse("2026-12-31"), TODAY),
            new Terms(
                LocalDate.parse("2025-12-15"),
                LocalDate.parse("2026-01-01"),
                LocalDate.parse("2026-12-31"),
                List.of("Charente (16)"),
                List.of(
                    new ShareLine(
                        "État (ANCT)",
                        "35,0 %",
                        21_000_00,
                        "Payée sur usage, avancée par Région Nouvelle-Aquitaine"),
                    new ShareLine(
                        "Région Nouvelle-Aquitaine", "15,0 %", 9_000_00, "Payée d’avance"),
                    new ShareLine(
                        "Département de la Charente", "50,0 %", 30_000_00, "Payée d’avance"))),
            empty ? 1 : 2,
            empty ? new Brought(0, 0, 0, 0, 0, 0, 0) : BROUGHT,
            empty ? new Cover(CoverRead.State.UNPROVEN, 0, 0, 0, 0, 0, 0) : COVER,
            empty ? List.of() : lots().subList(0, 1),
            empty ? List.of() : calls(),
            empty ? List.of() : receipts(),
            !empty));
    model.addAttribute("situation", empty ? new Situation(0, null, 0, false) : NOW);
    model.addAttribute("spent", Spent.of(flows(empty ? 0 : 12)));
    model.addAttribute("own", !state.equals("operator"));
    model.addAttribute("names", NAMES);
    return "agreement";
  }

  private static List<ReceiptLine> receipts() {
    return List.of(
        ReceiptLine.of(
            receipt(
                "recu-2", 12_000_00, Receipts.State.BOOKED, List.of("appel-16-2", "appel-16-1"))),
        ReceiptLine.of(receipt("recu-1", 18_000_00, Receipts.State.RECORDED, List.of())));
  }

  private static Receipts.Row receipt(
      String id, long cents, Receipts.State state, List<String> calls) {
    return new Receipts.Row(
        new ReceiptId(id),
        12,
        new AgreementId("CONV-16-2026"),
        new FunderId("d16"),
        cents,
        LocalDate.parse("2026-04-02"),
        state,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        calls.stream().map(call -> new Receipts.Settled(call, cents / calls.size())).toList());
  }

  private static List<CallLine> calls() {
    return CallLine.of(
        List.of(
            call("appel-16-1", 18_000_00, 18_000_00, State.PAID, false),
            call("appel-16-2", 12_000_00, 7_000_00, State.PART_PAID, true),
            call("appel-16-3", 5_000_00, 0, State.OPEN, false),
            call("appel-16-4", 1_000_00, 0, State.CANCELLED, false)));
  }

  private static CallsQuery.Row call(
      String id, long asked, long received, State state, boolean late) {
    return new CallsQuery.Row(
        id,
        "CONV-16-2026",
        "d16",
        Basis.CEILING,
        LocalDate.parse("2026-10-01"),
        LocalDate.parse("2026-11-15"),
        "RF18 PN16 2026 0001",
        asked,
        received,
        state == State.CANCELLED ? 0 : asked - received,
        0,
        state,
        late,
        List.of(),
        null);
  }

  @GetMapping("/specimen/calls/{state}")
  String calls(@PathVariable String state, @ModelAttribute AskedTable asked, Model model) {
    boolean empty = state.equals("empty");
    model.addAttribute(
        "t", CallLine.COLUMNS.show("/specimen/calls/" + state, empty ? List.of() : calls(), asked));
    model.addAttribute("openCents", empty ? 0L : 10_000_00L);
    model.addAttribute("lateCents", empty ? 0L : 5_000_00L);
    model.addAttribute("own", !state.equals("operator"));
    model.addAttribute("names", NAMES);
    return "calls";
  }

  @GetMapping("/specimen/ends/{state}")
  String ends(@PathVariable String state, @ModelAttribute AskedTable asked, Model model) {
    boolean empty = state.equals("empty");
    model.addAttribute("todo", empty ? NOTHING : TODO);
    model.addAttribute(
        "t",
        NoteLine.COLUMNS.show(
            "/specimen/ends/" + state,
            empty
                ? List.of()
                : NoteLine.of(
                    List.of(
                        new ExpiryEndpoint.Note(
                            "CMD-16-essai~d16",
                            Optional.of("CMD-16-essai"),
                            Optional.empty(),
                            "d16",
                            1_240_00,
                            LocalDate.parse("2026-08-02"),
                            Optional.of(LocalDate.parse("2026-08-20"))),
                        new ExpiryEndpoint.Note(
                            "rendu-1~~d16",
                            Optional.empty(),
                            Optional.of("CONV-16-2025"),
                            "d16",
                            310_50,
                            LocalDate.parse("2026-11-02"),
                            Optional.empty()))),
            asked));
    model.addAttribute("toRefundCents", empty ? 0L : 310_50L);
    return "ends";
  }
}
