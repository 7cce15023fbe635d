package fr.passnumerique.ui.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What happens to paper: a carnet is lost and replaced, handed out by mistake, sent back. */
final class DemoMishaps {
  private static final int LOST_IN_WEEK = 10;
  private static final int MISTAKE_IN_WEEK = 14;
  private static final int RETURN_IN_WEEK = 16;
  private static final int WITHDRAWN_IN_WEEK = 20;
  private static final int WEDNESDAY = 2;
  private static final int THURSDAY = 3;

  private final DemoDesk desk;
  private final DemoStock stock;
  private final DemoVenues venues;
  private final DemoCounters counters;
  private int lostFirst;

  DemoMishaps(DemoDesk desk, DemoStock stock, DemoVenues venues, DemoCounters counters) {
    this.desk = desk;
    this.stock = stock;
    this.venues = venues;
    this.counters = counters;
  }

  List<Scene> scenes() {
    return List.of(
        new Scene(
            counters.day(LOST_IN_WEEK, WEDNESDAY), 10, "un carnet perdu : opposition", this::lost),
        new Scene(
            counters.day(LOST_IN_WEEK, THURSDAY),
            10,
            "le carnet perdu est remplacé",
            this::replaced),
        new Scene(
            counters.day(MISTAKE_IN_WEEK, WEDNESDAY),
            10,
            "une remise corrigée : le carnet revient en stock",
            this::handedOutByMistake),
        new Scene(
            counters.day(RETURN_IN_WEEK, WEDNESDAY),
            10,
            "du stock rendu à l'opérateur",
            () -> stock.sendBack(DemoStock.BRETAGNE, 2)),
        new Scene(
            counters.day(WITHDRAWN_IN_WEEK, WEDNESDAY),
            10,
            "un bordereau retiré par son lieu",
            this::withdrawn));
  }

  private void lost() {
    DemoStock.Order order = DemoStock.CHARENTE;
    int carnet = counters.nextCarnet(order);
    lostFirst = (carnet - 1) * DemoStock.PER_CARNET + 1;
    int last = lostFirst + DemoStock.PER_CARNET - 1;
    desk.postAs(
        order.prescriber(),
        "/api/hand-outs",
        Map.of(
            "handOut", "remise-perdue",
            "prescriber", order.prescriber(),
            "handedOutOn", desk.today().toString(),
            "publicCode", DemoFunding.PUBLICS.getFirst(),
            "carnets", List.of(range(order, carnet, carnet))));
    counters.isLost(stock.codes(order).subList(lostFirst - 1, last));
    desk.postAs(
        order.prescriber(),
        "/api/oppositions",
        Map.of(
            "opposition",
            "carnet-perdu",
            "reason",
            "LOST",
            "ranges",
            List.of(range(order, lostFirst, last))));
  }

  private Map<String, Object> range(DemoStock.Order order, int first, int last) {
    return Map.of("batch", stock.batch(order), "first", first, "last", last);
  }

  private void replaced() {
    DemoStock.Order order = DemoStock.CHARENTE;
    JsonNode replacement =
        desk.post(
            "/api/replacements",
            Map.of(
                "replacement",
                "remplacement-1",
                "ranges",
                List.of(range(order, lostFirst, lostFirst + DemoStock.PER_CARNET - 1))));
    String batch = replacement.path("batch").asString();
    stock.deliver("livraison-remplacement-1", order.prescriber(), batch, 1, DemoStock.PER_CARNET);
    desk.postAs(
        order.prescriber(),
        "/api/hand-outs",
        Map.of(
            "handOut", "remise-remplacement-1",
            "prescriber", order.prescriber(),
            "handedOutOn", desk.today().toString(),
            "publicCode", DemoFunding.PUBLICS.getFirst(),
            "carnets", List.of(Map.of("batch", batch, "first", 1, "last", 1))));
    counters.comesWith(stock.print("remplacement-1"), order.departement());
  }

  private void handedOutByMistake() {
    DemoStock.Order order = DemoStock.ALPES;
    int carnet = counters.nextCarnet(order);
    Map<String, Object> given = range(order, carnet, carnet);
    desk.postAs(
        order.prescriber(),
        "/api/hand-outs",
        Map.of(
            "handOut", "remise-erreur",
            "prescriber", order.prescriber(),
            "handedOutOn", desk.today().toString(),
            "publicCode", DemoFunding.PUBLICS.getFirst(),
            "carnets", List.of(given)));
    desk.postAs(
        order.prescriber(),
        "/api/hand-out-corrections",
        Map.of(
            "correction",
            "remise-erreur-annulee",
            "prescriber",
            order.prescriber(),
            "carnets",
            List.of(given)));
  }

  private void withdrawn() {
    DemoVenues.Venue nice = venues.in("06");
    String path = "/api/venues/" + nice.siret() + "/slips";
    List<Map<String, Object>> lines = new ArrayList<>();
    lines.add(counters.line(nice, counters.spendableIn("06"), desk.today()));
    counters.submit(nice, "BR-ERREUR", lines);
    desk.postAs(nice.siret(), path + "/BR-ERREUR/withdrawal", Map.of());
  }
}
