package fr.passnumerique.ui.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The ends of orders. That of the first is announced, approved, acknowledged, expired, stated and
 * refunded; of three later ones each waits for another step.
 */
final class DemoExpiry {
  private static final int TOLERANCE = 30;
  private static final List<String> FUNDERS =
      List.of("anct", "region-nouvelle-aquitaine", "departement-16");

  private static final String REFUNDS = "remboursement-1";

  private final DemoDesk desk;
  private final DemoBank bank;

  DemoExpiry(DemoDesk desk, DemoBank bank) {
    this.desk = desk;
    this.bank = bank;
  }

  List<Scene> scenes() {
    List<Scene> scenes = new ArrayList<>();
    for (DemoStock.Order order : List.of(DemoStock.ENDING, DemoStock.CREDITED)) {
      scenes.add(announced(order));
      scenes.addAll(untilExpired(order));
      scenes.add(
          new Scene(
              order.endsOn() + TOLERANCE + 7,
              10,
              "état contradictoire et avoirs",
              () -> statement(order)));
    }
    scenes.add(announced(DemoStock.EXPIRED));
    scenes.addAll(untilExpired(DemoStock.EXPIRED));
    scenes.add(announced(DemoStock.ENDING_SOON));
    int end = DemoStock.ENDING.endsOn();
    scenes.add(
        new Scene(
            end + TOLERANCE + 8, 10, "les comptes des financeurs à rembourser", this::accounts));
    scenes.add(
        new Scene(
            end + TOLERANCE + 9,
            10,
            "ordre de remboursement, libéré par le second agent",
            this::orderRefunds));
    scenes.add(new Scene(end + TOLERANCE + 14, 10, "les avoirs sont remboursés", this::refunded));
    return scenes;
  }

  private Scene announced(DemoStock.Order order) {
    return new Scene(
        order.endsOn() - 30,
        9,
        "péremption annoncée aux financeurs",
        () -> record(order, "/announcement"));
  }

  private List<Scene> untilExpired(DemoStock.Order order) {
    int end = order.endsOn();
    return List.of(
        new Scene(end - 15, 10, "les financeurs approuvent la fin", () -> sign(order, "APPROVAL")),
        new Scene(
            end - 7, 10, "les financeurs en prennent acte", () -> sign(order, "ACKNOWLEDGEMENT")),
        new Scene(
            end + TOLERANCE + 1,
            9,
            "les chèques non utilisés sont périmés",
            () -> record(order, "")));
  }

  private static String path(DemoStock.Order order) {
    return "/api/orders/" + order.id() + "/expiry";
  }

  /** What the engine records on its day too, if it comes first. */
  private void record(DemoStock.Order order, String step) {
    desk.post(path(order) + step, Map.of());
  }

  private void sign(DemoStock.Order order, String step) {
    FUNDERS.forEach(
        funder -> desk.postAs(funder, path(order) + "/signatures", Map.of("step", step)));
  }

  private void statement(DemoStock.Order order) {
    sign(order, "STATEMENT");
    desk.post(path(order) + "/signatures", Map.of("step", "STATEMENT"));
  }

  /** Proposed by one clerk and confirmed by the other; the IBANs lie in the vault. */
  private void accounts() {
    int number = 9_000;
    for (String funder : FUNDERS) {
      String account = "/api/funders/" + funder + "/account";
      String proposed =
          desk.post(
                  account,
                  Map.of(
                      "iban",
                      DemoIban.of(number++),
                      "holder",
                      "TRESOR PUBLIC " + funder.toUpperCase(Locale.ROOT)))
              .path("account")
              .asString();
      desk.postAsSecondClerk(account + "/confirmation", Map.of("account", proposed));
    }
  }

  private void orderRefunds() {
    // Of this order alone: played again from the start, it finds the notes of later ones too.
    List<String> notes =
        desk.getJson("/api/credit-notes")
            .path("creditNotes")
            .valueStream()
            .filter(note -> note.path("order").asString("").equals(DemoStock.ENDING.id()))
            .map(note -> note.path("creditNote").asString())
            .toList();
    desk.post("/api/refund-orders", Map.of("order", REFUNDS, "creditNotes", notes));
    desk.postAsSecondClerk("/api/refund-orders/" + REFUNDS + "/release", Map.of());
  }

  private void refunded() {
    desk.get("/api/refund-orders/" + REFUNDS + "/credit-transfer-file");
    for (JsonNode order : desk.getJson("/api/refund-orders").path("orders")) {
      for (JsonNode transfer : order.path("transfers")) {
        bank.debit(
            desk.today(),
            transfer.path("amountCents").asLong(),
            transfer.path("transfer").asString());
      }
    }
    bank.statement(desk.today());
  }
}
