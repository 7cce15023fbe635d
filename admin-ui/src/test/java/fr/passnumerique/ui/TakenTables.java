package fr.passnumerique.ui;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.http.FrenchSpreadsheet;
import fr.passnumerique.clearing.redemption.FrenchVerdict;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.clearing.settlement.SlipState;
import fr.passnumerique.clearing.settlement.TransferList;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every table of the API that can be taken away, opened as a French spreadsheet opens it and
 * compared, cell by cell, with the same table for machines. Which there are the description of the
 * API says, so that none is forgotten.
 */
record TakenTables(Asked api, Map<String, String> names) {
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

  /** Codes that are told in French to people, by heading and code. */
  private static final Map<String, Map<String, String>> WORDS =
      Map.of(
          // Of a line of a wind-down.
          "Nature", Map.of("venue", "Lieu", "funder", "Financeur"),
          // Of a slip's money, and of a transfer.
          "État", states(),
          // Of a slip's line.
          "Verdict", verdicts());

  /** Sentences that programs are told in English: their French is tested where it is written. */
  private static final Set<String> SENTENCES = Set.of("Explication", "Remède");

  private static Map<String, String> states() {
    Map<String, String> labels = new HashMap<>();
    for (SlipState state : SlipState.values()) {
      labels.put(state.name(), state.label());
    }
    for (TransferList.State state : TransferList.State.values()) {
      labels.put(state.name(), state.label());
    }
    return labels;
  }

  private static Map<String, String> verdicts() {
    return Stream.of(Verdict.values())
        .collect(
            Collectors.toMap(
                Verdict::name, verdict -> FrenchVerdict.of(verdict, Optional.empty()).label()));
  }

  /** An answer's body to somebody who may read everything. */
  @FunctionalInterface
  interface Asked {
    String get(String path) throws Exception;
  }

  /**
   * @return rows by the operation that was asked
   */
  Map<String, Integer> walk() throws Exception {
    Map<String, Integer> rows = new TreeMap<>();
    JsonNode described = JsonMapper.shared().readTree(api.get("/v3/api-docs"));
    for (Map.Entry<String, JsonNode> path : described.path("paths").properties()) {
      JsonNode operation = path.getValue().path("get");
      List<String> parameters =
          operation.path("parameters").valueStream().map(p -> p.path("name").asString("")).toList();
      if (!parameters.contains("format")) {
        continue;
      }
      String id = operation.path("operationId").asString("");
      for (String address : addresses(path.getKey(), operation)) {
        rows.merge(id, compare(address), Integer::sum);
      }
    }
    return rows;
  }

  /** One, or one for each list that it may be asked for; none where nothing of that name exists. */
  private List<String> addresses(String path, JsonNode operation) {
    String filled = path;
    List<String> queries = List.of("?");
    for (JsonNode parameter : operation.path("parameters")) {
      String name = parameter.path("name").asString("");
      String value = names.get(operation.path("operationId").asString("") + "." + name);
      if (value == null) {
        value = names.get(name);
      }
      if (parameter.path("in").asString("").equals("path")) {
        if (value == null) {
          return List.of();
        }
        filled = filled.replace("{" + name + "}", value);
      } else if (value != null) {
        List<String> more = new ArrayList<>();
        for (String one : value.split(",", -1)) {
          queries.forEach(query -> more.add(query + name + "=" + one + "&"));
        }
        queries = more;
      }
    }
    String asked = filled;
    return queries.stream().map(query -> asked + query + "format=").toList();
  }

  private int compare(String address) throws Exception {
    JsonNode machine = JsonMapper.shared().readTree(api.get(address + "JSON"));
    List<List<Object>> french = FrenchSpreadsheet.open(api.get(address + "EXCEL_FR"));
    assertThat(machine.isArray()).as(address).isTrue();
    assertThat(french).as(address).hasSize(machine.size() + 1);
    for (int row = 0; row < machine.size(); row++) {
      List<Object> cells = new ArrayList<>(french.get(row + 1));
      List<Object> headings = french.getFirst();
      int at = 0;
      for (Map.Entry<String, JsonNode> column : machine.get(row).properties()) {
        String heading = headings.get(at).toString();
        String where = "%s, row %d, %s".formatted(address, row, column.getKey());
        boolean moment =
            at + 1 < headings.size() && headings.get(at + 1).equals(heading + " (UTC)");
        same(where, heading, moment, column.getValue(), cells.get(at));
        if (moment) {
          at++;
          assertThat(cells.get(at)).as(where).isEqualTo(column.getValue().asString(""));
        }
        at++;
      }
      assertThat(cells).as(address).hasSize(at);
    }
    return machine.size();
  }

  private static void same(
      String where, String heading, boolean moment, JsonNode told, Object read) {
    if (told.isNull() || told.isString() && told.asString().isEmpty()) {
      assertThat(read).as(where).isEqualTo("");
    } else if (heading.endsWith(" (EUR)")) {
      assertThat(read).as(where).isInstanceOf(BigDecimal.class);
      assertThat((BigDecimal) read)
          .as(where)
          .isEqualByComparingTo(BigDecimal.valueOf(told.asLong(), 2));
    } else if (told.isNumber()) {
      assertThat(read).as(where).isInstanceOf(BigDecimal.class);
      assertThat((BigDecimal) read).as(where).isEqualByComparingTo(told.decimalValue());
    } else if (moment) {
      assertThat(read)
          .as(where)
          .isEqualTo(
              LocalDateTime.ofInstant(Instant.parse(told.asString()), PARIS)
                  .truncatedTo(ChronoUnit.SECONDS));
    } else if (told.asString().matches("\\d{4}-\\d{2}-\\d{2}")) {
      assertThat(read).as(where).isEqualTo(LocalDate.parse(told.asString()));
    } else if (SENTENCES.contains(heading)) {
      assertThat(read).as(where).asString().endsWith(".").isNotEqualTo(told.asString());
    } else {
      // What would run stands after an apostrophe.
      String text = told.asString();
      assertThat(read)
          .as(where)
          .isIn(text, "'" + text, WORDS.getOrDefault(heading, Map.of()).getOrDefault(text, text));
    }
  }
}
