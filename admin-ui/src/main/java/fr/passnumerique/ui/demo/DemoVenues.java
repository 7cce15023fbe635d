package fr.passnumerique.ui.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The two real lists, and the parts of them that the demo needs by name. */
final class DemoVenues {
  static final List<String> LISTS =
      List.of("bus-france-services-charente.csv", "etapes-numeriques-la-poste.csv");

  private final Map<String, Venue> venues = new LinkedHashMap<>();

  /** One SIRET and its points of service. */
  record Venue(String siret, String name, List<Point> points) {
    String departement() {
      return points.getFirst().departement();
    }
  }

  /** One row of a list. */
  record Point(String id, String departement, List<String> services) {}

  DemoVenues() {
    LISTS.forEach(this::read);
  }

  static String list(String name) {
    String path = "/demo/venues/" + name;
    try (InputStream in = DemoVenues.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is not in the application");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(String name) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser rows = CSVParser.parse(new StringReader(list(name)), format)) {
      for (CSVRecord row : rows) {
        String insee = row.get("code_insee");
        venues
            .computeIfAbsent(
                row.get("pivot"), siret -> new Venue(siret, row.get("nom"), new ArrayList<>()))
            .points()
            .add(
                new Point(
                    row.get("id"),
                    insee.substring(0, insee.startsWith("97") ? 3 : 2),
                    List.of(row.get("services").split("\\|", -1))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first venue with a point of service in a département. */
  Venue in(String departement) {
    return venues.values().stream()
        .filter(v -> v.departement().equals(departement))
        .findFirst()
        .orElseThrow();
  }

  List<Venue> all() {
    return List.copyOf(venues.values());
  }
}
