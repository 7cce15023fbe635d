package fr.passnumerique.projections.verifier;

import java.util.ArrayList;
import java.util.List;

/** A kind of the chart and its dimensions; those that do not apply are empty. */
record Account(
    String kind,
    String programme,
    String agreement,
    String funder,
    String fundingDepartement,
    String venue,
    String spendingDepartement,
    String prescriber) {

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    for (String part :
        List.of(
            kind,
            programme,
            agreement,
            funder,
            fundingDepartement,
            venue,
            spendingDepartement,
            prescriber)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }
}
