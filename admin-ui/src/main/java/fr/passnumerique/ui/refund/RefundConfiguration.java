package fr.passnumerique.ui.refund;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.ExpiryEndpoint;
import fr.passnumerique.clearing.refund.RefundEndpoint;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of refunds, put together. */
@Configuration(proxyBeanMethods = false)
public class RefundConfiguration {
  private static final int MOST_ORDERS = 5_000;

  @Bean
  RefundDeeds refundDeeds(
      RefundEndpoint refunds,
      ExpiryEndpoint notes,
      Supplier<Names> names,
      French french,
      Clock clock) {
    return new RefundDeeds(refunds, notes, names, french, clock);
  }

  @Bean
  ThingActs refundActs(RefundEndpoint refunds) {
    return (shown, reader) -> {
      if (reader.role() != Role.CLERK) {
        return List.of();
      }
      return switch (shown.thing()) {
        case CREDIT_NOTE ->
            shown.facts().stream().anyMatch(CreditNoteRefunded.class::isInstance)
                ? List.of()
                : List.of(
                    new ThingActs.Act("Ordonner le remboursement", RefundDeeds.order(shown.id())));
        case REFUND_ORDER ->
            find(refunds, shown.id()).map(RefundConfiguration::ofAnOrder).orElse(List.of());
        default -> List.of();
      };
    };
  }

  private static List<ThingActs.Act> ofAnOrder(RefundEndpoint.ReadOrder order) {
    ThingActs.Act cancel = new ThingActs.Act("Annuler", RefundDeeds.cancel(order.order()));
    return switch (order.stage()) {
      case "ORDERED" ->
          List.of(new ThingActs.Act("Libérer", RefundDeeds.release(order.order())), cancel);
      case "RELEASED" -> {
        ThingActs.Act file =
            new ThingActs.Act("Prendre le fichier", RefundDeeds.file(order.order()));
        yield order.downloads() == 0 ? List.of(file, cancel) : List.of(file);
      }
      default -> List.of();
    };
  }

  static Optional<RefundEndpoint.ReadOrder> find(RefundEndpoint refunds, String order) {
    int after = 0;
    while (true) {
      RefundEndpoint.ReadOrders page = refunds.readRefundOrders(after, MOST_ORDERS);
      Optional<RefundEndpoint.ReadOrder> found =
          page.orders().stream().filter(each -> each.order().equals(order)).findFirst();
      if (found.isPresent() || page.next().isEmpty()) {
        return found;
      }
      after = Integer.parseInt(page.next().get());
    }
  }
}
