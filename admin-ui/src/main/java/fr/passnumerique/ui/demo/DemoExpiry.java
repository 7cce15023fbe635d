package fr.passnumerique.ui.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The end of the first order: announced, approved, acknowledged, expired, stated and refunded. */
final class DemoExpiry {
  private static final DemoStock.Order ORDER = DemoStock.ENDING;
  private static final int TOLERANCE = 30;
  private static final List<String> FUNDERS =
      List.of("anct", "region-nouvelle-aquitaine", "departement-16");

  private final DemoDesk desk;

  DemoExpiry(DemoDesk desk) {
    this.desk = desk;
  }

  List<Scene> scenes() {
    int end = ORDER.endsOn();
    List<Scene> scenes = new ArrayList<>();
    scenes.add(
        new Scene(
            end - 30, 9, "péremption annoncée aux financeurs", () -> record("/announcement")));
    scenes.add(new Scene(end - 15, 10, "les financeurs approuvent la fin", () -> sign("APPROVAL")));
    scenes.add(
        new Scene(end - 7, 10, "les financeurs en prennent acte", () -> sign("ACKNOWLEDGEMENT")));
    scenes.add(
        new Scene(
            end + TOLERANCE + 1, 9, "les chèques non utilisés sont périmés", () -> record("")));
    scenes.add(
        new Scene(end + TOLERANCE + 7, 10, "état contradictoire et avoirs", this::statement));
    scenes.add(new Scene(end + TOLERANCE + 14, 10, "les avoirs sont remboursés", this::refunds));
    return scenes;
  }

  private static String path() {
    return "/api/orders/" + ORDER.id() + "/expiry";
  }

  /** What the engine records on its day too, if it comes first. */
  private void record(String step) {
    desk.post(path() + step, Map.of());
  }

  private void sign(String step) {
    FUNDERS.forEach(funder -> desk.postAs(funder, path() + "/signatures", Map.of("step", step)));
  }

  private void statement() {
    sign("STATEMENT");
    desk.post(path() + "/signatures", Map.of("step", "STATEMENT"));
  }

  private void refunds() {
    for (JsonNode note : desk.getJson("/api/credit-notes").path("creditNotes")) {
      String id = note.path("creditNote").asString();
      desk.post("/api/credit-notes/" + id + "/refund", Map.of("bookedOn", desk.today().toString()));
    }
  }
}
