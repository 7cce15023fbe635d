package fr.passnumerique.clearing.venues;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists for tests: the two real ones, and any other a cell at a time. */
final class LaMednumList {
  static final String BUS_SIRET = "40109226700020";

  private final List<Map<String, String>> rows = new ArrayList<>();

  /** Twelve stops of one bus. */
  static String bus() {
    return real("bus-france-services-charente.csv");
  }

  /** Ninety-five post offices. */
  static String post() {
    return real("etapes-numeriques-la-poste.csv");
  }

  private static String real(String file) {
    try {
      return Files.readString(
          Path.of("../admin-ui/src/main/resources/demo/venues", file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One good row, in which the named cells are replaced. */
  static String with(String... columnsAndValues) {
    return new LaMednumList().row(columnsAndValues).csv();
  }

  LaMednumList row(String... columnsAndValues) {
    Map<String, String> row = new LinkedHashMap<>();
    row.put("id", "lieu-" + (rows.size() + 1));
    row.put("pivot", BUS_SIRET);
    row.put("nom", "Médiathèque");
    row.put("commune", "Ruffec");
    row.put("code_postal", "16700");
    row.put("code_insee", "16292");
    row.put("adresse", "1 place d'Armes");
    row.put("latitude", "46.0287");
    row.put("longitude", "0.1989");
    row.put("telephone", "");
    row.put("courriels", "");
    row.put("source", "essai");
    row.put("itinerance", "Fixe");
    row.put("structure_parente", "");
    row.put("date_maj", "2024-04-02");
    row.put("services", "Aide aux démarches administratives");
    for (int i = 0; i < columnsAndValues.length; i += 2) {
      row.put(columnsAndValues[i], columnsAndValues[i + 1]);
    }
    rows.add(row);
    return this;
  }

  String csv() {
    StringBuilder csv = new StringBuilder(line(rows.getFirst().keySet().toArray(String[]::new)));
    rows.forEach(row -> csv.append(line(row.values().toArray(String[]::new))));
    return csv.toString();
  }

  private static String line(String... cells) {
    return String.join(
            ",", Arrays.stream(cells).map(c -> '"' + c.replace("\"", "\"\"") + '"').toList())
        + "\r\n";
  }
}
