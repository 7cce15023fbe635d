package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The lines of a slip. */
final class SlipLines {
  private SlipLines() {}

  static List<JsonNode> accepted(JsonNode slip) {
    List<JsonNode> accepted = new ArrayList<>();
    for (JsonNode line : slip.path("lines")) {
      if (!line.hasNonNull("rejected")) {
        accepted.add(line);
      }
    }
    return accepted;
  }
}
