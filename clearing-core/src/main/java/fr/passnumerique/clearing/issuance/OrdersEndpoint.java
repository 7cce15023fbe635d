package fr.passnumerique.clearing.issuance;

import static fr.passnumerique.clearing.access.Role.AUDITOR;
import static fr.passnumerique.clearing.access.Role.CLERK;
import static fr.passnumerique.clearing.access.Role.FUNDER;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.FunderId;
import fr.passnumerique.clearing.http.NewestPage;
import fr.passnumerique.clearing.http.PageSize;
import fr.passnumerique.clearing.http.Table;
import fr.passnumerique.clearing.http.TableDownload;
import fr.passnumerique.clearing.http.TableExport;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The list of orders. A funder reads those that it pays for. */
@RestController
@RequestMapping("/api/orders")
public final class OrdersEndpoint {
  private static final int LONGEST_PAGE = 1_000;

  private static final Table<Orders.Row> TABLE =
      Table.<Orders.Row>of()
          .code("order", "Commande", row -> row.order().value())
          .count("position", "Position", Orders.Row::position)
          .code("agreement", "Convention", row -> row.agreement().value())
          .code("programme", "Dispositif", Orders.Row::programme)
          .code(
              "fundingDepartement",
              "Département de financement",
              row -> row.fundingDepartement().code())
          .code("batch", "Lot", row -> row.batch().toString())
          .text("replacement", "Remplacement", row -> row.replacement() ? "oui" : "non")
          .day("issuedOn", "Commandée le", Orders.Row::issuedOn)
          .day("endsOn", "À remettre jusqu’au", Orders.Row::endsOn)
          .day("lastDay", "Utilisables jusqu’au", Orders.Row::lastDay)
          .count("cheques", "Chèques", row -> (long) row.cheques())
          .count("chequesPerCarnet", "Chèques par carnet", row -> (long) row.chequesPerCarnet())
          .cents("cents", "Valeur", Orders.Row::cents)
          .text("state", "État", row -> row.state().name())
          .count("activated", "Activés", row -> (long) row.activated())
          .count("delivered", "Livrés", row -> (long) row.delivered())
          .count("handedOut", "Distribués", row -> (long) row.handedOut())
          .cents("missingCents", "Manque pour activer le reste", Orders.Row::missingCents);

  private final Orders orders;

  OrdersEndpoint(Orders orders) {
    this.orders = orders;
  }

  @GetMapping
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  @Operation(
      operationId = "readOrders",
      summary = "The orders, the newest first, and how far each is",
      description =
          """
          `state` is the furthest step that was begun: ORDERED, FUNDED (the funders' free cash \
          would cover what is not activated), ACTIVATED, DELIVERED, EXPIRED; the counts say how \
          far. Orders of one agreement draw on the same cash: `missingCents` is of each alone. A \
          funder reads the orders that it pays for; `missingCents` and FUNDED are then of its own \
          cash, as they are with `funder`. \
          readOrderExpiry tells where the cheques of one stand.\
          """)
  public Orders.Rows readOrders(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only those that this funder pays for")
          @RequestParam(required = false)
          @Nullable FunderId funder,
      @Parameter(description = "Only those that are so far") @RequestParam(required = false)
          Orders.@Nullable State state,
      @Parameter(description = "What the page before names as next; left out for the newest")
          @RequestParam(required = false)
          @Nullable Long before,
      @Parameter(description = "Orders a page, at most 1 000") @RequestParam(defaultValue = "100")
          int limit) {
    PageSize.require(limit, LONGEST_PAGE);
    return orders.newest(filter(actor, agreement, funder, state), before, limit);
  }

  @TableExport(
      path = "/export",
      operationId = "exportOrders",
      summary = "The orders of readOrders as a file, all of them")
  @Permit(
      value = {CLERK, AUDITOR, FUNDER},
      owner = "funder")
  void exportOrders(
      Actor actor,
      @Parameter(description = "Only this agreement's") @RequestParam(required = false)
          @Nullable AgreementId agreement,
      @Parameter(description = "Only those that this funder pays for")
          @RequestParam(required = false)
          @Nullable FunderId funder,
      @Parameter(description = "Only those that are so far") @RequestParam(required = false)
          Orders.@Nullable State state,
      TableDownload to)
      throws IOException {
    Orders.Filter filter = filter(actor, agreement, funder, state);
    to.send(
        TABLE,
        row ->
            NewestPage.each(
                before -> orders.newest(filter, before, LONGEST_PAGE),
                Orders.Rows::orders,
                Orders.Rows::next,
                row),
        "commandes");
  }

  private Orders.Filter filter(
      Actor actor,
      @Nullable AgreementId agreement,
      @Nullable FunderId funder,
      Orders.@Nullable State state) {
    return new Orders.Filter(orders.asked(actor, agreement, funder), Optional.ofNullable(state));
  }
}
