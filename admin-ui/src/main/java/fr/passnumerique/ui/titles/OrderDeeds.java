package fr.passnumerique.ui.titles;

import fr.passnumerique.clearing.access.Permit;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.DeliverCheques;
import fr.passnumerique.clearing.distribution.DeliveryId;
import fr.passnumerique.clearing.distribution.DistributionEndpoint;
import fr.passnumerique.clearing.distribution.PrescriberId;
import fr.passnumerique.clearing.distribution.PrescribersEndpoint;
import fr.passnumerique.clearing.funding.AgreementId;
import fr.passnumerique.clearing.funding.Agreements;
import fr.passnumerique.clearing.funding.FundedCents;
import fr.passnumerique.clearing.http.Answer;
import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.issuance.ActivationId;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.IssuanceEndpoint;
import fr.passnumerique.clearing.issuance.OrderCheques;
import fr.passnumerique.clearing.issuance.OrderId;
import fr.passnumerique.clearing.issuance.Orders;
import fr.passnumerique.clearing.territory.Departement;
import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.ui.deed.Deed;
import fr.passnumerique.ui.deed.DeedMapping;
import fr.passnumerique.ui.deed.Doing;
import fr.passnumerique.ui.deed.Effect;
import fr.passnumerique.ui.deed.Field;
import fr.passnumerique.ui.deed.Sent;
import fr.passnumerique.ui.words.Address;
import fr.passnumerique.ui.words.French;
import fr.passnumerique.ui.words.Names;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;

/** What clerks do with an order, from its beginning until a prescriber has it. */
@Controller
public final class OrderDeeds {
  static final String NEW = OrderPages.ORDERS + "/nouvelle";

  private static final String ONE = OrderPages.ORDERS + "/{orderId}";
  private static final String ACTIVATE = ONE + "/activation";
  private static final String DELIVER = ONE + "/livraison";
  private static final int PRESCRIBERS_AT_ONCE = 1_000;

  private final IssuanceEndpoint issuance;
  private final DistributionEndpoint distribution;
  private final Orders orders;
  private final PrescribersEndpoint prescribers;
  private final Agreements agreements;
  private final Supplier<Names> names;
  private final French french;
  private final Clock clock;

  OrderDeeds(
      IssuanceEndpoint issuance,
      DistributionEndpoint distribution,
      Orders orders,
      PrescribersEndpoint prescribers,
      Agreements agreements,
      Supplier<Names> names,
      French french,
      Clock clock) {
    this.issuance = issuance;
    this.distribution = distribution;
    this.orders = orders;
    this.prescribers = prescribers;
    this.agreements = agreements;
    this.names = names;
    this.french = french;
    this.clock = clock;
  }

  // -- order

  @DeedMapping(NEW)
  @Permit(Role.CLERK)
  Deed<Answer<ChequesIssued>> ordering(Sent sent, Model model) {
    List<Agreements.Row> signed = agreements.of(sent.by(), null).agreements();
    Doing.show(
        model,
        "Commander des chèques",
        "Ils sont émis aussitôt, en un lot, aux règles du dispositif. Ils ne servent qu’une fois"
            + " activés et livrés.",
        OrderPages.ORDERS);
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAnOrder(
            signed.stream()
                .map(each -> new Field.Choice(each.agreement(), each.agreement()))
                .toList(),
            signed.stream()
                .flatMap(each -> each.territory().stream())
                .distinct()
                .sorted()
                .map(each -> new Field.Choice(each.code(), French.departement(each.code())))
                .toList()),
        (entries, dryRun) ->
            issuance.orderCheques(
                new OrderCheques(
                    entries.as("order", OrderId::new),
                    entries.as("agreement", AgreementId::new),
                    entries.as("fundingDepartement", Departement::of),
                    entries.as("chequeCount", Integer::valueOf),
                    entries.day("endsOn")),
                dryRun,
                sent.by()),
        (_, issued) -> issues(issued.answer()).already(issued.already()),
        issued ->
            new Deed.Done(
                page(issued.answer().order().value()),
                "Les chèques sont émis : activez-les, imprimez leurs codes et livrez-les."));
  }

  static List<Field> fieldsOfAnOrder(
      List<Field.Choice> agreements, List<Field.Choice> departements) {
    return List.of(
        Field.name("order", "Nom de la commande", OrderId::new),
        Field.choice("agreement", "Convention", agreements),
        Field.choice("fundingDepartement", "Département de financement", departements)
            .hint("Un de ceux de la convention."),
        count("chequeCount", "Nombre de chèques").hint("Des carnets entiers."),
        Field.day("endsOn", "À remettre jusqu’au"));
  }

  private Effect issues(ChequesIssued of) {
    return withShares(
            Effect.of("Commander ces chèques")
                .line(
                    "Émis",
                    "%s de %s, %s"
                        .formatted(
                            french.counted(of.chequeCount(), "chèque", "chèques"),
                            french.money(of.faceValueCents()),
                            french.counted(
                                of.chequeCount() / of.chequesPerCarnet(), "carnet", "carnets")))
                .line("Lot", of.batch().toString())
                .line("À remettre jusqu’au", french.date(of.endsOn())),
            of.shares(),
            "Engagé par ")
        .afterwards("Rien n’est pris aux financeurs avant leur activation.");
  }

  // -- activate

  @DeedMapping(ACTIVATE)
  @Permit(Role.CLERK)
  Deed<Answer<ChequesActivated>> activating(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    Orders.Row order = find(orderId);
    Doing.show(
        model,
        "Activer la commande " + orderId,
        "L’argent des financeurs est mis de côté pour ces chèques : à partir de là, ils valent.",
        page(orderId));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfAnActivation(),
        Map.of("activation", Field.proposedName("activation", orderId)),
        (entries, dryRun) ->
            issuance.activateCheques(
                new IssuanceEndpoint.ActivationBody(
                    entries.as("activation", ActivationId::new),
                    order.batch(),
                    entries.given("firstOrdinal").map(Integer::valueOf).orElse(null),
                    entries.given("lastOrdinal").map(Integer::valueOf).orElse(null)),
                dryRun,
                sent.by()),
        (_, activated) ->
            withShares(
                    Effect.of("Activer ces chèques")
                        .line(
                            "Activés",
                            cheques(
                                activated.answer().firstOrdinal(),
                                activated.answer().lastOrdinal())),
                    activated.answer().shares(),
                    "Mis de côté pour ")
                .afterwards("Ils peuvent être livrés à un prescripteur.")
                .already(activated.already()),
        _ -> new Deed.Done(page(orderId), "Les chèques sont activés."));
  }

  static List<Field> fieldsOfAnActivation() {
    return List.of(
        count("firstOrdinal", "Du chèque nº").hint("Le premier du lot, si rien n’est dit.").ifAny(),
        count("lastOrdinal", "Au chèque nº").hint("Le dernier du lot, si rien n’est dit.").ifAny(),
        Field.name("activation", "Nom de l’activation", ActivationId::new));
  }

  // -- deliver

  @DeedMapping(DELIVER)
  @Permit(Role.CLERK)
  Deed<Answer<ChequesDelivered>> delivering(
      Sent sent, @PathVariable("orderId") String orderId, Model model) {
    Orders.Row order = find(orderId);
    Doing.show(
        model,
        "Livrer la commande " + orderId,
        "Des carnets entiers quittent le stock de l’opérateur pour celui d’un prescripteur.",
        page(orderId));
    return new Deed<>(
        Doing.VIEW,
        fieldsOfADelivery(
            choices(after -> prescribers.readPrescribers(null, after, PRESCRIBERS_AT_ONCE))),
        Map.of(
            "delivery",
            Field.proposedName("livraison", orderId),
            "firstOrdinal",
            String.valueOf(Math.min(order.delivered() + 1, order.cheques())),
            "lastOrdinal",
            String.valueOf(order.cheques()),
            "deliveredOn",
            Paris.dayOf(clock.instant()).toString()),
        (entries, dryRun) ->
            distribution.deliverCheques(
                new DeliverCheques(
                    entries.as("delivery", DeliveryId::new),
                    entries.as("prescriber", PrescriberId::new),
                    order.batch(),
                    entries.as("firstOrdinal", Integer::valueOf),
                    entries.as("lastOrdinal", Integer::valueOf),
                    entries.day("deliveredOn")),
                dryRun,
                sent.by()),
        (_, delivered) ->
            Effect.of("Enregistrer cette livraison")
                .line(
                    "Livrés",
                    cheques(
                        delivered.answer().cheques().first(), delivered.answer().cheques().last()))
                .line("À", names.get().prescriber(delivered.answer().prescriber().value()))
                .line("Le", french.date(delivered.answer().deliveredOn()))
                .afterwards("Le prescripteur peut les remettre. Son bon de livraison s’imprime.")
                .already(delivered.already()),
        delivered ->
            new Deed.Done(
                Address.of("/livraisons/{id}", delivered.answer().delivery().value()),
                "La livraison est enregistrée : imprimez son bon."));
  }

  /**
   * Every one, however many pages they fill: who is left out of a form is delivered nothing.
   *
   * @param page of the prescribers after this one
   */
  static List<Field.Choice> choices(
      Function<@Nullable PrescriberId, PrescribersEndpoint.Prescribers> page) {
    List<Field.Choice> choices = new ArrayList<>();
    PrescriberId after = null;
    do {
      PrescribersEndpoint.Prescribers read = page.apply(after);
      read.prescribers()
          .forEach(each -> choices.add(new Field.Choice(each.prescriber().value(), each.name())));
      after = read.next().map(PrescriberId::new).orElse(null);
    } while (after != null);
    return choices;
  }

  static List<Field> fieldsOfADelivery(List<Field.Choice> prescribers) {
    return List.of(
        Field.choice("prescriber", "Prescripteur", prescribers),
        count("firstOrdinal", "Du chèque nº").hint("Le premier d’un carnet."),
        count("lastOrdinal", "Au chèque nº").hint("Le dernier d’un carnet."),
        Field.day("deliveredOn", "Livrés le"),
        Field.name("delivery", "Nom de la livraison", DeliveryId::new));
  }

  // -- what they share

  private Orders.Row find(String orderId) {
    try {
      return orders.find(new OrderId(orderId)).orElseThrow(() -> Problem.notFound("the order"));
    } catch (IllegalArgumentException _) {
      throw Problem.notFound("the order");
    }
  }

  private String cheques(int first, int last) {
    return "%s, du nº %d au nº %d"
        .formatted(french.counted(last - first + 1L, "chèque", "chèques"), first, last);
  }

  private Effect withShares(Effect effect, List<FundedCents> shares, String label) {
    Names known = names.get();
    Effect told = effect;
    for (FundedCents share : shares) {
      told = told.line(label + known.funder(share.funder().value()), french.money(share.cents()));
    }
    return told;
  }

  private static Field count(String name, String label) {
    return Field.text(name, label).as(Integer::valueOf, "Écrivez un nombre, comme 120.");
  }

  public static String deliver(String order) {
    return Address.of(DELIVER, order);
  }

  static String activate(String order) {
    return Address.of(ACTIVATE, order);
  }

  private static String page(String order) {
    return Address.of(ONE, order);
  }
}
