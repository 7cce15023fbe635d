package fr.passnumerique.ui.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the last days begin and leave to whoever logs in: stock, lost carnets, an account to
 * confirm, a slip to correct, a payment to match. Nothing here is left to chance, so the weeks
 * before are the same without it.
 */
final class DemoPending {
  private static final int AFTER_AMENDMENT = 160;
  private static final int LATER = 350;
  private static final int LAST_WEEK = 358;
  private static final long UNEXPLAINED_CENTS = 25_000;

  /** More than a prescriber may oppose alone. */
  private static final int STOLEN = 120;

  private final DemoDesk desk;
  private final DemoStock stock;
  private final DemoVenues venues;
  private final DemoBank bank;

  DemoPending(DemoDesk desk, DemoStock stock, DemoVenues venues, DemoBank bank) {
    this.desk = desk;
    this.stock = stock;
    this.venues = venues;
    this.bank = bank;
  }

  List<Scene> scenes() {
    List<Scene> scenes = new ArrayList<>();
    for (DemoStock.Order order :
        List.of(DemoStock.CREDITED, DemoStock.EXPIRED, DemoStock.ENDING_SOON)) {
      scenes.add(
          new Scene(
              AFTER_AMENDMENT,
              9,
              order.cheques() + " chèques émis et livrés : " + order.id(),
              () -> issueAndDeliver(order)));
    }
    scenes.add(
        new Scene(
            AFTER_AMENDMENT + 5,
            10,
            "deux carnets remis, dont quelques chèques seront utilisés",
            this::someUse));
    for (DemoStock.Order order : List.of(DemoStock.WINTER, DemoStock.WINTER_ALPES)) {
      scenes.add(
          new Scene(
              LATER,
              9,
              order.cheques() + " chèques émis et livrés : " + order.id(),
              () -> issueAndDeliver(order)));
    }
    scenes.add(
        new Scene(
            LAST_WEEK,
            9,
            DemoStock.SPRING.cheques() + " chèques émis, à livrer",
            () -> stock.issue(DemoStock.SPRING)));
    scenes.add(
        new Scene(LAST_WEEK, 10, "des carnets volés : l'opposition attend un agent", this::stolen));
    scenes.add(
        new Scene(LAST_WEEK + 1, 10, "deux carnets perdus, l'un remplacé", this::lostAndReplaced));
    scenes.add(
        new Scene(LAST_WEEK + 2, 10, "des comptes bancaires à confirmer", this::accountsToConfirm));
    scenes.add(
        new Scene(
            LAST_WEEK + 3,
            9,
            "relevé de la banque : un virement sans référence, à rapprocher",
            this::unexplained));
    scenes.add(
        new Scene(LAST_WEEK + 4, 17, "un bordereau aux lignes à corriger", this::slipToCorrect));
    return scenes;
  }

  private void issueAndDeliver(DemoStock.Order order) {
    stock.issue(order);
    stock.deliver(order);
  }

  private void someUse() {
    handOut(DemoStock.EXPIRED, 1, "remise-ete");
    handOut(DemoStock.CREDITED, 1, "remise-salon");
    submit(
        "BR-ETE",
        List.of(
            line(stock.codes(DemoStock.EXPIRED).get(0)),
            line(stock.codes(DemoStock.EXPIRED).get(1)),
            line(stock.codes(DemoStock.CREDITED).get(0))));
  }

  private void handOut(DemoStock.Order order, int carnet, String name) {
    desk.postAs(
        order.prescriber(),
        "/api/hand-outs",
        Map.of(
            "handOut", name,
            "prescriber", order.prescriber(),
            "handedOutOn", desk.today().toString(),
            "publicCode", DemoFunding.PUBLICS.getFirst(),
            "carnets",
                List.of(Map.of("batch", stock.batch(order), "first", carnet, "last", carnet))));
  }

  private void oppose(DemoStock.Order order, String name, String reason, int first, int last) {
    desk.postAs(
        order.prescriber(),
        "/api/oppositions",
        Map.of(
            "opposition", name,
            "reason", reason,
            "ranges", List.of(range(order, first, last))));
  }

  private Map<String, Object> range(DemoStock.Order order, int first, int last) {
    return Map.of("batch", stock.batch(order), "first", first, "last", last);
  }

  private void stolen() {
    oppose(DemoStock.WINTER_ALPES, "carnets-voles", "STOLEN", 1, STOLEN);
  }

  private void lostAndReplaced() {
    DemoStock.Order order = DemoStock.WINTER;
    handOut(order, 1, "remise-hiver-1");
    handOut(order, 2, "remise-hiver-2");
    oppose(order, "carnet-perdu-2", "LOST", 1, DemoStock.PER_CARNET);
    oppose(order, "carnet-perdu-3", "LOST", DemoStock.PER_CARNET + 1, 2 * DemoStock.PER_CARNET);
    String batch =
        desk.post(
                "/api/replacements",
                Map.of(
                    "replacement",
                    "remplacement-2",
                    "ranges",
                    List.of(range(order, 1, DemoStock.PER_CARNET))))
            .path("batch")
            .asString();
    stock.deliver("livraison-remplacement-2", order.prescriber(), batch, 1, DemoStock.PER_CARNET);
  }

  private void accountsToConfirm() {
    DemoVenues.Venue bus = venues.in("16");
    desk.postAs(
        bus.siret(),
        "/api/venues/" + bus.siret() + "/account",
        Map.of("iban", DemoIban.of(5_120), "holder", bus.name()));
    desk.postAsSecondClerk(
        "/api/funders/region-bretagne/account",
        Map.of("iban", DemoIban.of(9_100), "holder", "TRESOR PUBLIC REGION BRETAGNE"));
  }

  private void unexplained() {
    bank.creditSaying(desk.today(), UNEXPLAINED_CENTS, "VIREMENT 4471 PASS NUMERIQUE");
    bank.statement(desk.today());
  }

  /** One line is good, one was mistyped, and one cheque was never handed out. */
  private void slipToCorrect() {
    DemoStock.Order order = DemoStock.WINTER;
    handOut(order, 3, "remise-hiver-3");
    List<String> codes = stock.codes(order);
    int first = 2 * DemoStock.PER_CARNET;
    String mistyped = codes.get(first + 1);
    char last = mistyped.charAt(mistyped.length() - 1);
    submit(
        "BR-A-CORRIGER",
        List.of(
            line(codes.get(first)),
            line(mistyped.substring(0, mistyped.length() - 1) + (last == 'Z' ? 'Y' : 'Z')),
            line(codes.get(order.cheques() - 1))));
  }

  private void submit(String reference, List<Map<String, Object>> lines) {
    String venue = venues.in("16").siret();
    desk.postAs(
        venue, "/api/venues/" + venue + "/slips", Map.of("reference", reference, "lines", lines));
  }

  private Map<String, Object> line(String code) {
    DemoVenues.Point point = venues.in("16").points().getFirst();
    LocalDate today = desk.today();
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("cheque", code);
    line.put("servedOn", today.toString());
    line.put("service", point.services().getFirst());
    line.put("pointOfService", point.id());
    return line;
  }
}
