package fr.passnumerique.projections.labels;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;

/**
 * Venues in the standard of <a
 * href="https://schema.data.gouv.fr/LaMednum/standard-mediation-num">LaMednum, 1.0.2</a>: 32
 * columns, several values in a cell with {@code |} between them, UTF-8.
 *
 * <p>Read again by the import it changes nothing. Empty are the columns that facts do not hold:
 * {@code telephone}, {@code courriels} and the two presentations. Sole traders are left out: the
 * standard requires a name and a street, and theirs are personal data.
 */
public final class LaMednumExport {
  public static final List<String> COLUMNS =
      List.of(
          "id",
          "pivot",
          "nom",
          "commune",
          "code_postal",
          "code_insee",
          "adresse",
          "complement_adresse",
          "latitude",
          "longitude",
          "typologie",
          "telephone",
          "courriels",
          "site_web",
          "horaires",
          "presentation_resume",
          "presentation_detail",
          "source",
          "itinerance",
          "structure_parente",
          "date_maj",
          "services",
          "publics_specifiquement_adresses",
          "prise_en_charge_specifique",
          "frais_a_charge",
          "dispositif_programmes_nationaux",
          "formations_labels",
          "autres_formations_labels",
          "modalites_acces",
          "modalites_accompagnement",
          "fiche_acces_libre",
          "prise_rdv");

  /**
   * What a spreadsheet would compute. An apostrophe before it makes it a text; the import takes it
   * off again, and one more stands before what begins so of itself.
   */
  private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@].*", Pattern.DOTALL);

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).get();

  private LaMednumExport() {}

  public static String header() {
    return line(COLUMNS);
  }

  /** One line for each point of service of a venue whose name is public. */
  public static String rows(LabelRegister.Venue venue) {
    if (venue.name().isEmpty()) {
      return "";
    }
    StringBuilder rows = new StringBuilder();
    for (LabelRegister.Point point : venue.pointsOfService()) {
      List<String> cells = new ArrayList<>(COLUMNS.size());
      for (String column : COLUMNS) {
        cells.add(cell(column, venue, point));
      }
      rows.append(line(cells));
    }
    return rows.toString();
  }

  private static String cell(String column, LabelRegister.Venue venue, LabelRegister.Point point) {
    return switch (column) {
      case "id" -> text(point.id());
      // A venue that only its list knows has no identifier to give.
      case "pivot" -> venue.identifiedBy().equals("NONE") ? "" : venue.venue();
      case "nom" -> text(point.name());
      case "commune" -> text(point.commune());
      case "code_postal" -> point.postcode();
      case "code_insee" -> point.communeCode();
      case "adresse" -> text(point.street());
      // Numbers are no formulas, whatever their sign.
      case "latitude" -> point.latitude() == null ? "" : degrees(point.latitude());
      case "longitude" -> point.longitude() == null ? "" : degrees(point.longitude());
      case "services" -> text(String.join("|", point.services()));
      case "itinerance" ->
          point.further().getOrDefault(column, point.itinerant() ? "Itinérant" : "");
      // Rows from before it was kept are as old as their listing.
      case "date_maj" -> point.further().getOrDefault(column, venue.listedOn().toString());
      default -> text(point.further().getOrDefault(column, ""));
    };
  }

  /** Never in the form 1.0E-5, which the standard does not know. */
  private static String degrees(double value) {
    return new BigDecimal(Double.toString(value)).toPlainString();
  }

  private static String text(String value) {
    return FORMULA.matcher(value).matches() ? "'" + value : value;
  }

  private static String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    try (CSVPrinter printer = new CSVPrinter(line, FORMAT)) {
      printer.printRecord(cells);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return line.toString();
  }
}
