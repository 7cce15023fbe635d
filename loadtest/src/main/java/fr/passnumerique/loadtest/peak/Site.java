package fr.passnumerique.loadtest.peak;

import static java.nio.charset.StandardCharsets.UTF_8;

import fr.passnumerique.clearing.territory.Departement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * Where mediation takes place, as a real LaMednum list has it: one point of service.
 *
 * @param venue its SIRET; several sites may share one, as the stops of a bus do
 * @param pointOfService the list's id
 * @param departement that of the commune
 * @param service the first of its services
 */
record Site(String venue, String pointOfService, Departement departement, String service) {

  /** The sites of lists, in the lists' order. */
  static List<Site> of(List<VenueList> lists) {
    List<Site> sites = new ArrayList<>();
    for (VenueList list : lists) {
      for (CSVRecord row : list.rows()) {
        sites.add(
            new Site(
                row.get("pivot"),
                row.get("id"),
                Departement.ofCommune(row.get("code_insee")).orElseThrow(),
                row.get("services").split("\\|", 2)[0]));
      }
    }
    return sites;
  }

  /**
   * A list of venues that the project holds.
   *
   * @param source label under which it is imported
   * @param text CSV in the LaMednum standard
   */
  record VenueList(String source, String text) {
    /** Both lists, read from the class path. */
    static List<VenueList> real() {
      return List.of(read("bus-france-services-charente"), read("etapes-numeriques-la-poste"));
    }

    private static VenueList read(String name) {
      String resource = "/demo/venues/" + name + ".csv";
      try (InputStream in = Site.class.getResourceAsStream(resource)) {
        if (in == null) {
          throw new IllegalStateException(resource + " is not on the class path");
        }
        return new VenueList(name, new String(in.readAllBytes(), UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    List<CSVRecord> rows() {
      try (InputStreamReader in =
              new InputStreamReader(new ByteArrayInputStream(text.getBytes(UTF_8)), UTF_8);
          var parsed =
              CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(in)) {
        return parsed.getRecords();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
