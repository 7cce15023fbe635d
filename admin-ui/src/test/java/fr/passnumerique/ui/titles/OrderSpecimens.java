package fr.passnumerique.ui.titles;

import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.issuance.Batch;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Orders;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.ShownDeed;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.ListPart;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Orders in states that are hard to bring about. */
@Controller
public final class OrderSpecimens {
  private static final LocalDate DAY = LocalDate.parse("2026-11-24");

  @GetMapping("/specimen/orders/{state}")
  String orders(@PathVariable String state, Model model) {
    model.addAttribute("clerk", true);
    model.addAttribute("count", state.equals("empty") ? 0 : 20_002);
    model.addAttribute(
        "part",
        ListPart.of(
            OrderPages.ORDERS, null, state.equals("empty") ? Optional.empty() : Optional.of(12L)));
    model.addAttribute(
        "table",
        OrderPages.COLUMNS.show(
            OrderPages.ORDERS,
            state.equals("empty")
                ? List.of()
                : List.of(row(Orders.State.FUNDED), row(Orders.State.DELIVERED)),
            AskedTable.AS_IT_COMES));
    return "orders";
  }

  private static OrderPages.OrderRow row(Orders.State state) {
    return new OrderPages.OrderRow(
        new Orders.Row(
            new OrderId("commande-16-printemps"),
            48_001,
            new AgreementId("CONV-16-2026"),
            "pass-numerique",
            Departement.of("16"),
            Batch.of(7),
            state == Orders.State.DELIVERED,
            DAY,
            DAY.plusYears(1),
            DAY.plusYears(1).plusDays(30),
            1_200,
            10,
            12_000_00,
            state,
            state == Orders.State.DELIVERED ? 1_200 : 0,
            state == Orders.State.DELIVERED ? 600 : 0,
            0,
            0),
        "Charente\u00A0(16)",
        OrderPages.state(state),
        "/commandes/commande-16-printemps");
  }

  @GetMapping("/specimen/order-deed/{state}")
  String deed(@PathVariable String state, Model model) {
    model.addAttribute("what", "Des carnets entiers.");
    model.addAttribute("back", "/commandes");
    switch (state) {
      case "order" -> {
        model.addAttribute("doing", "Commander des chèques");
        ShownDeed.blank(
            model,
            OrderDeeds.fieldsOfAnOrder(
                List.of(new Field.Choice("CONV-16-2026", "CONV-16-2026")),
                List.of(new Field.Choice("16", "Charente\u00A0(16)"))),
            Map.of());
      }
      case "activate" -> {
        model.addAttribute("doing", "Activer la commande commande-16");
        ShownDeed.refused(model, OrderDeeds.fieldsOfAnActivation(), Map.of("firstOrdinal", "un"));
      }
      default -> {
        model.addAttribute("doing", "Livrer la commande commande-16");
        ShownDeed.blank(
            model,
            OrderDeeds.fieldsOfADelivery(
                List.of(new Field.Choice("ccas-ruffec", "CCAS de Ruffec"))),
            Map.of("firstOrdinal", "1", "lastOrdinal", "1200", "deliveredOn", "2026-11-24"));
      }
    }
    return "deed";
  }
}
