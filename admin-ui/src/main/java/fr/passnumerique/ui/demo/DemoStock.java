package fr.passnumerique.ui.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The orders, their printed codes, and what each prescriber holds. */
final class DemoStock {
  static final int PER_CARNET = 10;

  /**
   * @param activated the first so many are covered by cash
   * @param endsOn J, as a day of the story
   */
  record Order(
      String id,
      String agreement,
      String departement,
      String prescriber,
      int cheques,
      int activated,
      int delivered,
      int endsOn) {}

  /** Ends within the story: its procedure is played. */
  static final Order ENDING =
      new Order(
          "commande-16-essai", "convention-charente", "16", "ccas-ruffec", 300, 300, 200, 200);

  static final Order HALF_COVERED =
      new Order(
          "commande-33",
          "convention-gironde",
          "33",
          "centre-social-bordeaux",
          1_000,
          500,
          800,
          700);

  static final Order CHARENTE =
      new Order(
          "commande-16", "convention-charente", "16", "ccas-ruffec", 3_000, 3_000, 2_400, 700);

  static final Order ALPES =
      new Order(
          "commande-06", "convention-alpes-maritimes", "06", "ccas-nice", 1_500, 1_500, 1_200, 700);

  static final Order BRETAGNE =
      new Order(
          "commande-35",
          "convention-ille-et-vilaine",
          "35",
          "mission-locale-rennes",
          1_200,
          1_200,
          960,
          700);

  static final List<Order> FIRST_ORDERS = List.of(ENDING, CHARENTE, ALPES, BRETAGNE, HALF_COVERED);

  static final Order AFTER_AMENDMENT =
      new Order(
          "commande-16-avenant", "convention-charente", "16", "ccas-ruffec", 400, 400, 400, 900);

  /** Its end is agreed, and what is left of it awaits its refund. */
  static final Order CREDITED =
      new Order("commande-16-salon", "convention-charente", "16", "ccas-ruffec", 40, 40, 40, 305);

  /** It has expired, and its statement awaits both sides. */
  static final Order EXPIRED =
      new Order("commande-16-ete", "convention-charente", "16", "ccas-ruffec", 60, 60, 40, 325);

  /** It ends in some days, and its funders are to approve that. */
  static final Order ENDING_SOON =
      new Order("commande-16-automne", "convention-charente", "16", "ccas-ruffec", 60, 60, 60, 375);

  /** What there is to hand out once the first orders are. */
  static final Order WINTER =
      new Order(
          "commande-16-hiver", "convention-charente", "16", "ccas-ruffec", 200, 200, 150, 900);

  /** Not delivered yet. */
  static final Order SPRING =
      new Order(
          "commande-16-printemps", "convention-charente", "16", "ccas-ruffec", 50, 50, 0, 900);

  static final Order WINTER_ALPES =
      new Order(
          "commande-06-hiver", "convention-alpes-maritimes", "06", "ccas-nice", 300, 300, 200, 900);

  /** What the amendment is for. */
  static final List<Order> UNDER_AMENDMENT =
      List.of(AFTER_AMENDMENT, CREDITED, EXPIRED, ENDING_SOON, WINTER, SPRING);

  private record Prescriber(String id, String name, String departement) {}

  private static final List<Prescriber> PRESCRIBERS =
      List.of(
          new Prescriber("ccas-nice", "CCAS de Nice", "06"),
          new Prescriber("ccas-ruffec", "CCAS de Ruffec", "16"),
          new Prescriber("centre-social-bordeaux", "Centre social de Bordeaux", "33"),
          new Prescriber("mission-locale-rennes", "Mission locale de Rennes", "35"));

  private final DemoDesk desk;
  private final Map<String, String> batches = new HashMap<>();
  private final Map<String, List<String>> codes = new HashMap<>();
  private final Set<String> delivered = new HashSet<>();
  private final Map<String, Integer> sentBack = new HashMap<>();

  DemoStock(DemoDesk desk) {
    this.desk = desk;
  }

  List<Scene> scenes() {
    List<Scene> scenes = new ArrayList<>();
    scenes.add(new Scene(0, 11, "les structures qui distribuent", this::prescribers));
    for (Order order : FIRST_ORDERS) {
      scenes.add(new Scene(9, 14, "livraison à " + name(order), () -> deliver(order)));
    }
    scenes.add(
        new Scene(156, 14, "livraison à " + name(AFTER_AMENDMENT), () -> deliver(AFTER_AMENDMENT)));
    return scenes;
  }

  private void prescribers() {
    for (Prescriber prescriber : PRESCRIBERS) {
      desk.post(
          "/api/prescribers",
          Map.of(
              "prescriber",
              prescriber.id(),
              "name",
              prescriber.name(),
              "departement",
              prescriber.departement()));
    }
  }

  private static String name(Order order) {
    return PRESCRIBERS.stream()
        .filter(prescriber -> prescriber.id().equals(order.prescriber()))
        .findFirst()
        .orElseThrow()
        .name();
  }

  /** Issues an order, activates what is covered, and has its codes printed. */
  void issue(Order order) {
    JsonNode issued =
        desk.post(
            "/api/orders",
            Map.of(
                "order", order.id(),
                "agreement", order.agreement(),
                "fundingDepartement", order.departement(),
                "chequeCount", order.cheques(),
                "endsOn", desk.day(order.endsOn()).toString()));
    batches.put(order.id(), issued.path("batch").asString());
    codes.put(order.id(), print(order.id()));
    desk.post(
        "/api/activations",
        Map.of(
            "activation",
            order.id().replace("commande", "activation"),
            "batch",
            batch(order),
            "firstOrdinal",
            1,
            "lastOrdinal",
            order.activated()));
  }

  /**
   * @param order or replacement
   */
  List<String> print(String order) {
    return desk.get("/api/orders/" + order + "/codes")
        .lines()
        .skip(1)
        .map(line -> line.substring(line.indexOf(',') + 1))
        .toList();
  }

  /** As much of an order as it says. */
  void deliver(Order order) {
    deliver(
        order.id().replace("commande", "livraison"),
        order.prescriber(),
        batch(order),
        1,
        order.delivered());
    delivered.add(order.id());
  }

  void deliver(String delivery, String prescriber, String batch, int first, int last) {
    desk.post(
        "/api/deliveries",
        Map.of(
            "delivery",
            delivery,
            "prescriber",
            prescriber,
            "batch",
            batch,
            "firstOrdinal",
            first,
            "lastOrdinal",
            last,
            "deliveredOn",
            desk.today().toString()));
  }

  /** The last carnets go back to the operator. */
  void sendBack(Order order, int count) {
    int last = carnets(order);
    desk.postAs(
        order.prescriber(),
        "/api/stock-returns",
        Map.of(
            "correction",
            order.id().replace("commande", "retour"),
            "prescriber",
            order.prescriber(),
            "carnets",
            List.of(Map.of("batch", batch(order), "first", last - count + 1, "last", last))));
    sentBack.merge(order.id(), count, Integer::sum);
  }

  /** How many carnets its prescriber was given and has not sent back. */
  int carnets(Order order) {
    return order.delivered() / PER_CARNET - sentBack.getOrDefault(order.id(), 0);
  }

  String batch(Order order) {
    String batch = batches.get(order.id());
    if (batch == null) {
      throw new IllegalStateException(order.id() + " is not issued yet");
    }
    return batch;
  }

  /** Of all its cheques, by ordinal from 1. */
  List<String> codes(Order order) {
    List<String> printed = codes.get(order.id());
    if (printed == null) {
      throw new IllegalStateException(order.id() + " is not issued yet");
    }
    return printed;
  }

  boolean isDelivered(Order order) {
    return delivered.contains(order.id());
  }
}
