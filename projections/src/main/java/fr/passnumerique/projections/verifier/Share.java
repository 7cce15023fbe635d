package fr.passnumerique.projections.verifier;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Whose cents some cheques' are, and where they come from and went.
 *
 * @param spendingDepartement empty where it is not told or not asked
 */
record Share(
    String programme,
    String agreement,
    long keyVersion,
    String fundingDepartement,
    String spendingDepartement,
    String funder,
    String advancedBy) {

  /** Told by a fact: a list of parts with cents. */
  static Map<Share, Long> told(Iterable<JsonNode> parts, boolean bySpending) {
    Map<Share, Long> shares = new HashMap<>();
    for (JsonNode part : parts) {
      shares.merge(
          new Share(
              part.path("programme").asString(""),
              part.path("agreement").asString(""),
              part.path("keyVersion").asLong(0),
              part.path("fundingDepartement").asString(""),
              bySpending ? part.path("spendingDepartement").asString("") : "",
              part.path("funder").asString(""),
              part.path("advancedBy").asString("")),
          part.path("cents").asLong(0),
          Math::addExact);
    }
    return shares;
  }

  Share spentIn(String departement) {
    return new Share(
        programme, agreement, keyVersion, fundingDepartement, departement, funder, advancedBy);
  }

  Share advancedBy(String other) {
    return new Share(
        programme, agreement, keyVersion, fundingDepartement, spendingDepartement, funder, other);
  }

  @Override
  public String toString() {
    return "%s/%s v%d/%s%s/%s%s"
        .formatted(
            programme,
            agreement,
            keyVersion,
            fundingDepartement,
            spendingDepartement.isEmpty() ? "" : "→" + spendingDepartement,
            funder,
            advancedBy.isEmpty() ? "" : " (advanced by " + advancedBy + ")");
  }
}
