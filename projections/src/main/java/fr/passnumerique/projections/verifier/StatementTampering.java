package fr.passnumerique.projections.verifier;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes how a statement of the bank closes, or how many entries it tells.
 *
 * <p>One that names its bookings proves every such change. Of those of before they were named,
 * several may close one day, and which of the day's bookings each tells nobody can say: there the
 * change is one that no choice of the day's bookings explains.
 */
final class StatementTampering {
  private final TreeMap<LocalDate, Map<String, Long>> bookings = new TreeMap<>();
  private final Map<LocalDate, Integer> closings = new HashMap<>();

  void gather(String type, JsonNode fact) {
    if (type.equals("BankStatementImported")) {
      closings.merge(day(fact.path("to")), 1, Integer::sum);
    }
    JsonNode entry = fact.path("entry");
    if (entry.path("bookedOn").isString()) {
      bookings
          .computeIfAbsent(day(entry.path("bookedOn")), _ -> new HashMap<>())
          .put(entry.path("booking").asString(""), entry.path("bookedCents").asLong(0));
    }
  }

  String change(String payload, Random random) {
    ObjectNode fact = (ObjectNode) JsonMapper.shared().readTree(payload);
    boolean alone = closings.getOrDefault(day(fact.path("to")), 0) == 1;
    boolean proves = alone || !fact.path("bookings").isEmpty();
    List<Long> ofDays =
        day(fact.path("from")).isAfter(day(fact.path("to")))
            ? List.of()
            : bookings
                .subMap(day(fact.path("from")), true, day(fact.path("to")), true)
                .values()
                .stream()
                .flatMap(names -> names.values().stream())
                .toList();
    long entries = fact.path("entries").asLong(0);
    long closing = fact.path("closingCents").asLong(0);
    long moved = closing - fact.path("openingCents").asLong(0);
    if (random.nextBoolean()) {
      long more = 1 + random.nextInt(9);
      boolean explained = Selection.mayComeTo(ofDays, entries + more, moved);
      return fact.put(
              "entries", proves || !explained ? entries + more : entries + ofDays.size() + more)
          .toString();
    }
    long cents = 1 + random.nextLong(1_000_000);
    if (!proves && Selection.mayComeTo(ofDays, entries, moved + cents)) {
      cents += ofDays.stream().mapToLong(Math::abs).sum();
    }
    return fact.put("closingCents", closing + cents).toString();
  }

  private static LocalDate day(JsonNode day) {
    return LocalDate.parse(day.asString(""));
  }
}
