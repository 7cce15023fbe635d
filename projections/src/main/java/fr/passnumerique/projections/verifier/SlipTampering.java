package fr.passnumerique.projections.verifier;

import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Changes where and when the services of a slip were given, as a careful forger does. */
final class SlipTampering {
  private static final List<String> DEPARTEMENTS = List.of("01", "2A", "59", "974");

  private SlipTampering() {}

  /** With what is owed and waived for them, so that every total comes out. */
  static String inAnotherDepartement(String payload, Random random) {
    ObjectNode slip = (ObjectNode) JsonMapper.shared().readTree(payload);
    String is = slip.path("visits").path(0).path("departement").asString();
    List<String> others = DEPARTEMENTS.stream().filter(one -> !one.equals(is)).toList();
    String other = others.get(random.nextInt(others.size()));
    change(slip.path("visits"), "departement", is, other);
    change(slip.path("owed"), "spendingDepartement", is, other);
    change(slip.path("waived"), "spendingDepartement", is, other);
    return slip.toString();
  }

  private static void change(JsonNode parts, String field, String from, String to) {
    for (JsonNode part : parts) {
      if (part.path(field).asString("").equals(from)) {
        ((ObjectNode) part).put(field, to);
      }
    }
  }

  /** The visit of a line that is accepted. */
  static String onALaterDay(String payload, Random random) {
    ObjectNode slip = (ObjectNode) JsonMapper.shared().readTree(payload);
    List<JsonNode> accepted = SlipLines.accepted(slip);
    JsonNode line = accepted.get(random.nextInt(accepted.size()));
    LocalDate presentedOn = Paris.dayOf(Paris.instant(slip.path("presentedAt")));
    ((ObjectNode) slip.path("visits").path(line.path("visit").asInt()))
        .put("servedOn", presentedOn.plusDays(1 + random.nextInt(30)).toString());
    return slip.toString();
  }
}
