package fr.passnumerique.projections.verifier;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** That what stands beside a payload, who asked and the tags, has the form of the format. */
final class RowForm {
  static final Set<String> ROLES = Set.of("AUDITOR", "CLERK", "FUNDER", "PRESCRIBER", "VENUE");

  private static final Set<String> WHO_ASKED = Set.of("actor", "role");

  private RowForm() {}

  /** The first thing that is not as the format says; empty if all is. */
  static Optional<String> fault(ExportedRow row, JsonNode fact) {
    return Stream.of(metadata(row), order(row), TagTable.fault(row, fact))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> metadata(ExportedRow row) {
    try {
      JsonNode metadata = LineReader.fact(row.metadata());
      if (Set.copyOf(metadata.propertyNames()).equals(WHO_ASKED)
          && !metadata.path("actor").asString("").isEmpty()
          && ROLES.contains(metadata.path("role").asString(""))) {
        return Optional.empty();
      }
    } catch (LineReader.Unreadable _) {
      // Said below.
    }
    return Optional.of(
        "its metadata is no object of actor and role, which is one of "
            + String.join(" ", ROLES.stream().sorted().toList()));
  }

  private static Optional<String> order(ExportedRow row) {
    for (int i = 1; i < row.tags().size(); i++) {
      if (row.tags().get(i - 1).compareTo(row.tags().get(i)) >= 0) {
        return Optional.of(
            "its tags are not sorted, %s stands before %s"
                .formatted(row.tags().get(i - 1), row.tags().get(i)));
      }
    }
    return Optional.empty();
  }
}
