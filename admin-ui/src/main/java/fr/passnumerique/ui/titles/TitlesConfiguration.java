package fr.passnumerique.ui.titles;

import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.DistributionEndpoint;
import fr.passnumerique.clearing.distribution.PrescribersEndpoint;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.issuance.IssuanceEndpoint;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Orders;
import fr.passnumerique.clearing.issuance.OrdersEndpoint;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.OppositionEndpoint;
import fr.passnumerique.ui.frame.Menu;
import fr.passnumerique.ui.ledger.Thing;
import fr.passnumerique.ui.ledger.ThingActs;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The pages of cheques before they are spent, put together. */
@Configuration(proxyBeanMethods = false)
public class TitlesConfiguration {
  @Bean
  OppositionDeeds oppositionDeeds(OppositionEndpoint oppositions, French french) {
    return new OppositionDeeds(oppositions, french);
  }

  @Bean
  static Menu.Part titlesMenu() {
    return Menu.Part.of(
        Menu.Entry.of(
            Menu.Chapter.CHEQUES, OrderPages.ORDERS, "Commandes", Role.CLERK, Role.AUDITOR),
        Menu.Entry.of(
            Menu.Chapter.CHEQUES,
            PrescriberRegister.PRESCRIBERS,
            "Prescripteurs",
            Role.CLERK,
            Role.AUDITOR));
  }

  @Bean
  PrescriberRegister prescriberRegister(
      PrescribersEndpoint prescribers, DistributionEndpoint distribution) {
    return new PrescriberRegister(prescribers, distribution);
  }

  @Bean
  OrderPages orderPages(OrdersEndpoint orders, French french) {
    return new OrderPages(orders, french);
  }

  @Bean
  OrderDeeds orderDeeds(
      IssuanceEndpoint issuance,
      DistributionEndpoint distribution,
      Orders orders,
      PrescribersEndpoint prescribers,
      Agreements agreements,
      Supplier<Names> names,
      French french,
      Clock clock) {
    return new OrderDeeds(
        issuance, distribution, orders, prescribers, agreements, names, french, clock);
  }

  @Bean
  ThingActs orderActs(Orders orders) {
    return (shown, reader) ->
        shown.thing() == Thing.ORDER && reader.role() == Role.CLERK
            ? orders
                .find(new OrderId(shown.id()))
                .map(TitlesConfiguration::ofAnOrder)
                .orElse(List.of())
            : List.of();
  }

  private static List<ThingActs.Act> ofAnOrder(Orders.Row order) {
    String id = order.order().value();
    List<ThingActs.Act> acts = new ArrayList<>();
    if (order.activated() < order.cheques() && order.state() != Orders.State.EXPIRED) {
      acts.add(new ThingActs.Act("Activer", OrderDeeds.activate(id)));
    }
    if (order.delivered() < order.cheques() && order.state() != Orders.State.EXPIRED) {
      acts.add(new ThingActs.Act("Livrer", OrderDeeds.deliver(id)));
    }
    return acts;
  }

  @Bean
  ThingActs oppositionActs() {
    return (shown, reader) ->
        shown.thing() == Thing.OPPOSITION
                && reader.role() == Role.CLERK
                && shown.facts().stream().noneMatch(ChequesOpposed.class::isInstance)
            ? List.of(new ThingActs.Act("Approuver", OppositionDeeds.approve(shown.id())))
            : List.of();
  }
}
