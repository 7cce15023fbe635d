package fr.passnumerique.ui.prescriber;

import static fr.passnumerique.ui.figures.SituationSpecimens.NOW;
import static fr.passnumerique.ui.todo.ToDoSpecimens.TODO;

import fr.passnumerique.clearing.distribution.HeldCarnets;
import fr.passnumerique.clearing.http.ByRecord;
import fr.passnumerique.projections.registers.StockRegister.OfBatch;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.table.ListPart;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.French;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** A prescriber's home and forms, with made-up contents. */
@Controller
public final class PrescriberSpecimens {
  private static final HandOutForm FORM =
      new HandOutForm(
          174,
          1_740,
          List.of(),
          List.of(),
          List.of(new Field.Choice("jeunes", "jeunes"), new Field.Choice("seniors", "seniors")),
          false,
          false,
          true);

  @GetMapping("/specimen/hand-out/{state}")
  String handOut(@PathVariable String state, Model model) {
    List<Field> fields = FORM.fields(new French());
    model.addAttribute("stock", FORM);
    switch (state) {
      case "blank" -> ShownDeed.blank(model, fields, Map.of());
      case "bad" ->
          ShownDeed.refused(
              model, fields, Map.of("carnets", "deux", "cheques", "00007-0001\nle vieux carnet"));
      case "empty" -> {
        model.addAttribute(
            "stock", new HandOutForm(0, 0, List.of(), List.of(), List.of(), true, false, true));
        ShownDeed.blank(model, fields, Map.of());
      }
      default ->
          ShownDeed.asked(
              model,
              fields,
              Map.of("cheques", "00007 carnets 3 à 4", "publicCode", "jeunes"),
              Effect.of("Remettre ces chèques")
                  .line("Vous remettez", "00007 carnets 3 à 4")
                  .line("Soit", "20 chèques, pour 200,00\u00A0€")
                  .line("Numéros", "00007-000N à 00007-0018")
                  .line("Remis le", "30/11/2026")
                  .line("Public", "jeunes")
                  .line("Il vous restera", "1\u00A0720 chèques")
                  .afterwards("La personne peut les utiliser aussitôt dans un lieu labellisé."));
    }
    return "hand-out";
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
    if (full) {
      model.addAttribute("todo", TODO);
      model.addAttribute("handOut", FORM);
      model.addAttribute(
          "lasts",
          new StockLasts(
              "Au rythme des quatre dernières semaines (148 chèques remis), 1\u00A0740 chèques"
                  + " durent jusque vers le 20/10/2027.",
              null,
              "",
              List.of(
                  new StockLasts.Ending(
                      "00009",
                      "Pass numérique Charente",
                      "1\u00A0740 chèques à remettre jusqu’au 31/07/2027",
                      "À ce rythme, il en resterait 425 : remettez-les d’abord, ou rendez-les.",
                      Badge.calm("Ne sera pas tout remis")))));
    }
    return "dashboard-prescriber";
  }

  @GetMapping("/specimen/stock-list/{list}")
  String list(@PathVariable String list, Model model) {
    LocalDate day = LocalDate.parse("2026-11-24");
    model.addAttribute("prescriber", "ccas-angouleme");
    model.addAttribute("all", 812);
    model.addAttribute("part", ListPart.of("/livraisons", 48_001L, Optional.of(12L)));
    model.addAttribute("stock", new HeldCarnets.Stock("ccas", 29, 2, List.of(), Optional.empty()));
    switch (list) {
      case "stock" ->
          show(
              model,
              StockLists.HELD,
              new StockLists.HeldRow(
                  "00007",
                  "Carnets 3 à 4",
                  "00007-000N à 00007-0018",
                  20,
                  200_00,
                  day,
                  day,
                  "/stock",
                  "/stock",
                  "/stock"),
              new StockLists.HeldRow(
                  "00007",
                  "Chèques seuls",
                  "00007-0002 à 00007-000A",
                  9,
                  90_00,
                  day,
                  day,
                  "/stock",
                  "/stock",
                  "/stock"));
      case "deliveries" ->
          show(
              model,
              StockLists.DELIVERED,
              new StockLists.DeliveryRow(
                  "livraison-16",
                  day,
                  "00007",
                  "00007-0001 à 00007-002X",
                  90,
                  900_00,
                  "/livraisons"));
      case "oppositions" ->
          show(
              model,
              StockLists.OPPOSED,
              new StockLists.OppositionRow(
                  "opposition-1a2b3c4d5e6f",
                  day,
                  "Perdus",
                  Badge.calm("Opposés"),
                  "00007-0003",
                  1,
                  0,
                  0,
                  "/oppositions"),
              new StockLists.OppositionRow(
                  "vol-2",
                  day,
                  "Volés",
                  Badge.warn("Attend l’opérateur"),
                  "00007-0001 à 00009-002X",
                  1_000,
                  0,
                  0,
                  null));
      case "hand-outs" ->
          handOuts(
              model,
              new StockLists.HandOutRow(
                  "remise-1a2b3c4d5e6f",
                  day,
                  "jeunes",
                  "00007-0001 à 00007-000M",
                  20,
                  0,
                  200_00,
                  "/remises",
                  "/remises",
                  "/api/prescribers/ccas-16/hand-outs/remise-1a2b3c4d5e6f/cheques.pdf"),
              new StockLists.HandOutRow(
                  "H-<2>", day, "", "00007-0001", 1, 1, 10_00, null, null, null));
      default -> handOuts(model);
    }
    return list.equals("empty") ? "hand-outs" : list;
  }

  private static void handOuts(Model model, StockLists.HandOutRow... rows) {
    model.addAttribute(
        "board",
        StockLists.HandOutBoard.of(
            List.of(rows), rows.length, ByRecord.NEWEST, null, Optional.of(12L)));
    model.addAttribute("prescriber", "ccas-16");
  }

  @SafeVarargs
  private static <R> void show(Model model, Columns<R> columns, R... rows) {
    model.addAttribute("t", columns.show("/specimen", List.of(rows), AskedTable.AS_IT_COMES));
  }
}
