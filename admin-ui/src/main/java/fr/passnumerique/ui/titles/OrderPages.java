package fr.passnumerique.ui.titles;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.issuance.Orders;
import fr.passnumerique.clearing.issuance.OrdersEndpoint;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.live.Live;
import fr.passnumerique.ui.table.AskedTable;
import fr.passnumerique.ui.table.Columns;
import fr.passnumerique.ui.table.ListPart;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.French;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestParam;

/** The orders of cheques, and how far each is. */
@Controller
final class OrderPages {
  static final String ORDERS = "/commandes";

  /** So many are sorted and searched together. */
  private static final int TOGETHER = 1_000;

  private final OrdersEndpoint orders;
  private final French french;

  OrderPages(OrdersEndpoint orders, French french) {
    this.orders = orders;
    this.french = french;
  }

  record OrderRow(Orders.Row of, String departement, Badge state, @Nullable String page) {}

  static final Columns<OrderRow> COLUMNS =
      Columns.<OrderRow>of()
          .text("commande", "Commande", row -> row.of().order() + " " + row.of().batch())
          .text("convention", "Convention", row -> row.of().agreement() + " " + row.departement())
          .text("etat", "État", row -> row.state().words())
          .order("fin", "À remettre jusqu’au", row -> row.of().endsOn())
          .number("cheques", "Chèques", row -> row.of().cheques())
          .number("actives", "Activés", row -> row.of().activated())
          .number("livres", "Livrés", row -> row.of().delivered())
          .number("valeur", "Valeur", row -> row.of().cents());

  @GetMapping(ORDERS)
  @Permit({CLERK, AUDITOR})
  @Live
  String orders(
      Actor actor,
      @RequestParam(required = false) @Nullable Long before,
      @ModelAttribute AskedTable asked,
      Model model) {
    Orders.Rows read = orders.readOrders(actor, null, null, null, before, TOGETHER);
    ListPart part = ListPart.of(ORDERS, before, read.next());
    List<OrderRow> rows =
        read.orders().stream()
            .map(
                each ->
                    new OrderRow(
                        each,
                        French.departement(each.fundingDepartement().code()),
                        state(each.state()),
                        Thing.ORDER.link(each.order().value(), actor).page()))
            .toList();
    model.addAttribute("clerk", actor.role() == CLERK);
    model.addAttribute("count", read.count());
    model.addAttribute("part", part);
    model.addAttribute("table", COLUMNS.show(part.address(), rows, asked));
    return "orders";
  }

  static Badge state(Orders.State state) {
    return switch (state) {
      case ORDERED -> Badge.warn("Attend des fonds");
      case FUNDED -> Badge.warn("À activer");
      case ACTIVATED -> Badge.warn("À livrer");
      case DELIVERED -> Badge.good("Livrée");
      case EXPIRED -> Badge.calm("Arrivée à son terme");
    };
  }
}
