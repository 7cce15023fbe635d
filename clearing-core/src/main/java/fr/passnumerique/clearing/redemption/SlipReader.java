package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.StrictJson;
import fr.passnumerique.clearing.http.TableFault;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.clearing.ledger.ReadableText;
import fr.passnumerique.clearing.venues.PointOfServiceId;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * Reads a slip as JSON or as CSV, whole or not at all: every fault of every line is told at once,
 * by its line.
 *
 * <p>CSV has the columns {@code cheque}, {@code servedOn}, {@code service} and {@code
 * pointOfService} in any order, which may be headed in French too ({@link SlipColumn}), separated
 * by commas or semicolons; days are {@code 2026-12-31}, or {@code 31/12/2026} as a French
 * spreadsheet writes them. The text is one that {@code TextUpload} has decoded.
 *
 * <p>What was typed as a cheque code is never repeated: a mistyped code is most of a secret.
 */
public final class SlipReader {
  private static final String CHEQUE = "cheque";
  private static final String SERVED_ON = "servedOn";
  private static final String SERVICE = "service";
  private static final String POINT_OF_SERVICE = "pointOfService";
  private static final List<String> COLUMNS = SlipColumn.keys();
  private static final Set<String> BODY = Set.of("reference", "lines");
  private static final Set<String> LINE = Set.copyOf(COLUMNS);

  private static final int LONGEST_SERVICE = 200;

  /** So many are told; the rest are counted. */
  private static final int MOST_FAULTS = 100;

  private static final DateTimeFormatter ISO =
      DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter FRENCH =
      DateTimeFormatter.ofPattern("dd/MM/uuuu", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT);

  private final List<Fault> faults = new ArrayList<>();
  private final List<SlipLine> lines = new ArrayList<>();
  private final List<Integer> lineNumbers = new ArrayList<>();
  private int faultCount;

  // A slip writes few days, services and places, each many times; what was found good is kept.
  private final Map<String, LocalDate> days = new HashMap<>();
  private final Map<String, String> services = new HashMap<>();
  private final Map<String, PointOfServiceId> places = new HashMap<>();

  private SlipReader() {}

  /**
   * A slip as it was sent.
   *
   * @param lineNumbers where each line was read: line of the file, from 1 with its header, or place
   *     in the JSON list, from 1
   */
  public record Read(SlipReference reference, List<SlipLine> lines, List<Integer> lineNumbers) {}

  /**
   * @throws Problem 400 {@code MALFORMED_JSON} or {@code INVALID_SLIP}
   */
  public static Read json(String text) {
    JsonNode body;
    try {
      body = StrictJson.tree(text);
    } catch (JacksonException e) {
      throw malformedJson(e.getLocation());
    }
    return new SlipReader().read(body);
  }

  /**
   * @param reference stands beside the file: a row has no place for it
   * @throws Problem 400 {@code MALFORMED_CSV} or {@code INVALID_SLIP}
   */
  public static Read csv(String text, String reference) {
    return new SlipReader().read(text, reference);
  }

  // --- JSON

  private Read read(JsonNode body) {
    if (!body.isObject()) {
      fault(0, "", "", "a slip is a JSON object", "send {\"reference\": …, \"lines\": [ … ]}");
      throw invalid();
    }
    unknownFields(0, body, BODY);
    Optional<SlipReference> reference = reference(text(0, body, "reference"));
    JsonNode list = body.path("lines");
    if (list.isArray()) {
      int number = 1;
      for (JsonNode line : list) {
        readLine(number++, line);
      }
    } else {
      fault(0, "lines", "", "the lines of a slip are a list", "send \"lines\": [ … ]");
    }
    return whole(reference);
  }

  private void readLine(int number, JsonNode line) {
    if (!line.isObject()) {
      fault(
          number,
          "",
          "",
          "a line is a JSON object",
          "send {\"cheque\": …, \"servedOn\": …, \"service\": …, \"pointOfService\": …}");
      return;
    }
    unknownFields(number, line, LINE);
    readLine(
        number,
        text(number, line, CHEQUE),
        text(number, line, SERVED_ON),
        text(number, line, SERVICE),
        text(number, line, POINT_OF_SERVICE),
        false);
  }

  private void unknownFields(int line, JsonNode object, Set<String> known) {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        fault(
            line,
            Problem.shown(name),
            "",
            "%s is not a field here".formatted(Problem.shown(name)),
            "the fields are " + String.join(", ", known.stream().sorted().toList()));
      }
    }
  }

  /** The field's text, or null when it is missing or no text, which is then a fault. */
  private @Nullable String text(int line, JsonNode object, String field) {
    JsonNode value = object.path(field);
    if (value.isString()) {
      return value.stringValue();
    }
    fault(
        line,
        field,
        "",
        value.isMissingNode() || value.isNull() ? field + " is missing" : field + " is no text",
        "give " + due(field));
    return null;
  }

  private static Problem malformedJson(@Nullable TokenStreamLocation at) {
    int line = at == null ? 0 : Math.max(0, at.getLineNr());
    String where = at == null ? "" : "line %d, column %d: ".formatted(line, at.getColumnNr());
    String message = where + "this is not well-formed JSON";
    String remedy = "correct the JSON there and send the slip again";
    return Problem.badRequest(
        "MALFORMED_JSON",
        message + "; " + remedy,
        List.of(new Fault(line, "", "", message, remedy)));
  }

  // --- CSV

  private Read read(String text, String referenceText) {
    Optional<SlipReference> reference = reference(referenceText);
    if (TableFault.isTabulated(text)) {
      fault(
          1,
          "",
          "",
          "tabulators separate the columns",
          "separate them by semicolons; " + header(),
          TableFault.SEPARATOR);
      throw invalid();
    }
    CSVFormat format =
        CSVFormat.Builder.create()
            .setDelimiter(separator(text))
            .setQuote('"')
            .setIgnoreEmptyLines(true)
            .get();
    int line = 1;
    try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
      Iterator<CSVRecord> records = parser.iterator();
      @Nullable Map<String, Integer> columns = null;
      while (records.hasNext()) {
        CSVRecord row = records.next();
        line = (int) parser.getCurrentLineNumber();
        if (isBlank(row)) {
          continue;
        }
        if (columns == null) {
          columns = columns(line, row);
        } else {
          readRow(line, row, columns);
        }
        line++;
      }
      if (columns == null) {
        fault(1, "", "", "the file has no header", header(), TableFault.HEADER_MISSING);
      }
    } catch (IOException | UncheckedIOException e) {
      throw malformedCsv(line);
    }
    return whole(reference);
  }

  /** A comma may stand inside a service's label, and a semicolon does not: the header decides. */
  private static char separator(String text) {
    String header = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return header.indexOf(';') >= 0 ? ';' : ',';
  }

  private Map<String, Integer> columns(int line, CSVRecord header) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    if (Arrays.stream(header.values()).allMatch(named -> SlipColumn.headed(named).isEmpty())) {
      // To list each column as unknown and each as missing would not say what is wrong.
      fault(
          line,
          "",
          "",
          "there is no header: column 1 is none of a slip's columns, nor is another",
          header(),
          TableFault.HEADER_MISSING);
      throw invalid();
    }
    for (int i = 0; i < header.size(); i++) {
      String written = header.get(i).strip();
      Optional<String> column = SlipColumn.headed(written).map(SlipColumn::key);
      if (column.isEmpty()) {
        fault(
            line,
            maybeCode(written) ? "" : Problem.shown(written),
            "",
            "column %d is none of a slip's columns".formatted(i + 1),
            header(),
            TableFault.COLUMN_UNKNOWN);
      } else if (columns.putIfAbsent(column.get(), i) != null) {
        fault(
            line,
            column.get(),
            "",
            "this column stands twice in the header",
            header(),
            TableFault.COLUMN_TWICE);
      }
    }
    for (String column : COLUMNS) {
      if (!columns.containsKey(column)) {
        fault(
            line,
            column,
            "",
            "this column is missing from the header",
            header(),
            TableFault.COLUMN_MISSING);
      }
    }
    if (faultCount > 0) {
      // What the rows say cannot be told without their header.
      throw invalid();
    }
    return columns;
  }

  /** In a file without a header its first row stands there, with a cheque's code. */
  private static boolean maybeCode(String text) {
    return text.length() > POINT_OF_SERVICE.length() || text.chars().anyMatch(Character::isDigit);
  }

  private void readRow(int line, CSVRecord row, Map<String, Integer> columns) {
    if (row.size() != COLUMNS.size()) {
      fault(
          line,
          "",
          "",
          "this row has %d fields, the header %d".formatted(row.size(), COLUMNS.size()),
          "separate the fields as in the header, and put texts that hold the separator in quotes",
          TableFault.ROW_LENGTH);
      return;
    }
    readLine(
        line,
        row.get(columns.getOrDefault(CHEQUE, 0)),
        row.get(columns.getOrDefault(SERVED_ON, 0)),
        row.get(columns.getOrDefault(SERVICE, 0)),
        row.get(columns.getOrDefault(POINT_OF_SERVICE, 0)),
        true);
  }

  /** A spreadsheet saves rows that were emptied. */
  private static boolean isBlank(CSVRecord row) {
    return Arrays.stream(row.values()).allMatch(String::isBlank);
  }

  private static String header() {
    return "the first line must be " + String.join(";", COLUMNS) + ", in any order";
  }

  private static Problem malformedCsv(int line) {
    String message = "line %d: a quoted field does not end where the field ends".formatted(line);
    String remedy = "double the quotes inside a quoted field, or leave all quotes out";
    return Problem.badRequest(
        "MALFORMED_CSV",
        message + "; " + remedy,
        List.of(new Fault(line, "", "", message, remedy, TableFault.QUOTE_OPEN)));
  }

  // --- both

  private Optional<SlipReference> reference(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(new SlipReference(text));
    } catch (IllegalArgumentException e) {
      fault(0, "reference", Problem.shown(text), said(e), "give " + due("reference"));
      return Optional.empty();
    }
  }

  /** A null is a fault that was told already. */
  private void readLine(
      int line,
      @Nullable String cheque,
      @Nullable String servedOn,
      @Nullable String service,
      @Nullable String pointOfService,
      boolean frenchDays) {
    Optional<ChequeCode> code = cheque(line, cheque);
    Optional<LocalDate> day = kept(days, servedOn, text -> servedOn(line, text, frenchDays));
    Optional<String> label = kept(services, service, text -> service(line, text));
    Optional<PointOfServiceId> place =
        kept(places, pointOfService, text -> pointOfService(line, text));
    if (code.isPresent() && day.isPresent() && label.isPresent() && place.isPresent()) {
      lines.add(new SlipLine(code.get(), day.get(), label.get(), place.get()));
      lineNumbers.add(line);
    }
  }

  /** What is at fault is read anew, and told, at each of its lines. */
  private static <T> Optional<T> kept(
      Map<String, T> good, @Nullable String text, Function<String, Optional<T>> read) {
    if (text == null) {
      return Optional.empty();
    }
    T known = good.get(text);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<T> found = read.apply(text);
    if (found.isPresent()) {
      good.put(text, found.get());
    }
    return found;
  }

  private Optional<ChequeCode> cheque(int line, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    Optional<ChequeCode> code = ChequeCode.parse(text);
    if (code.isEmpty()) {
      long symbols = text.chars().filter(Character::isLetterOrDigit).count();
      fault(
          line,
          CHEQUE,
          "",
          "this is no cheque code: it has %d letters and digits".formatted(symbols),
          "give " + due(CHEQUE));
    }
    return code;
  }

  private Optional<LocalDate> servedOn(int line, String text, boolean frenchDays) {
    String written = text.strip();
    LocalDate day;
    try {
      day = LocalDate.parse(written, frenchDays && written.indexOf('/') >= 0 ? FRENCH : ISO);
    } catch (DateTimeParseException _) {
      fault(
          line,
          SERVED_ON,
          Problem.shown(text),
          "this is no day",
          frenchDays ? "write 2026-12-31 or 31/12/2026" : "write 2026-12-31");
      return Optional.empty();
    }
    if (SlipDecision.isOutOfRange(day)) {
      fault(
          line,
          SERVED_ON,
          Problem.shown(text),
          "a service is dated from %s to %s"
              .formatted(SlipDecision.FIRST_SERVICE_DAY, SlipDecision.LAST_SERVICE_DAY),
          "correct the year");
      return Optional.empty();
    }
    return Optional.of(day);
  }

  private Optional<String> service(int line, String text) {
    String label = SlipLine.label(text);
    if (!ReadableText.fits(label, LONGEST_SERVICE)) {
      fault(
          line,
          SERVICE,
          Problem.shown(text),
          "a service is named in 1 to %d visible characters on one line".formatted(LONGEST_SERVICE),
          "give " + due(SERVICE));
      return Optional.empty();
    }
    return Optional.of(label);
  }

  private Optional<PointOfServiceId> pointOfService(int line, String text) {
    try {
      return Optional.of(new PointOfServiceId(SlipLine.label(text)));
    } catch (IllegalArgumentException e) {
      fault(line, POINT_OF_SERVICE, Problem.shown(text), said(e), "give " + due(POINT_OF_SERVICE));
      return Optional.empty();
    }
  }

  private static String due(String field) {
    return switch (field) {
      case CHEQUE ->
          "the 15 letters and digits of the cheque: 5 of its batch, 4 of its number, 6 of check";
      case SERVED_ON -> "the day of the service, such as 2026-12-31";
      case SERVICE -> "the service's label in the mediation standard";
      case POINT_OF_SERVICE -> "the LaMednum id of the point of service";
      default -> "the slip's reference: 1 to 40 letters, digits, '.', '_' or '-'";
    };
  }

  private static String said(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }

  private Read whole(Optional<SlipReference> reference) {
    if (faultCount > 0) {
      throw invalid();
    }
    return new Read(reference.orElseThrow(), List.copyOf(lines), List.copyOf(lineNumbers));
  }

  private void fault(int line, String field, String value, String message, String remedy) {
    fault(line, field, value, message, remedy, null);
  }

  private void fault(
      int line,
      String field,
      String value,
      String message,
      String remedy,
      @Nullable TableFault cause) {
    faultCount++;
    if (faults.size() < MOST_FAULTS) {
      faults.add(new Fault(line, field, value, message, remedy, cause));
    }
  }

  private Problem invalid() {
    Fault first = faults.getFirst();
    String detail =
        faultCount == 1
            ? "%s%s; %s".formatted(where(first), first.message(), first.remedy())
            : "the slip has %d faults, nothing of it was taken; correct them all and send it again"
                .formatted(faultCount);
    return Problem.badRequest("INVALID_SLIP", detail, faults);
  }

  private static String where(Fault fault) {
    String line = fault.line() == 0 ? "" : "line %d, ".formatted(fault.line());
    String where = line + fault.field();
    return where.isEmpty() ? "" : where + ": ";
  }
}
