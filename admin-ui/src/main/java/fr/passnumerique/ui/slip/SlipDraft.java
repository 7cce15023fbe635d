package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.redemption.SlipColumn;
import fr.passnumerique.clearing.redemption.SlipReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * A slip as it was typed or uploaded, readable or not: a page keeps what a person wrote until it is
 * right. What a line means is for {@link SlipReader} to say.
 */
record SlipDraft(String reference, List<Line> lines) {
  private static final List<String> COLUMNS = SlipColumn.keys();

  private static final CSVFormat FORMAT =
      CSVFormat.Builder.create().setDelimiter(';').setQuote('"').setRecordSeparator('\n').get();

  /**
   * Without the lines in which nothing stands: a spreadsheet saves them, and no reader counts them.
   */
  public SlipDraft {
    lines = lines.stream().filter(line -> !line.isBlank()).toList();
  }

  /**
   * @param cheque with its check part; goes nowhere but back to the page of whoever typed it
   */
  record Line(String cheque, String servedOn, String service, String pointOfService) {
    boolean isBlank() {
      return Stream.of(cheque, servedOn, service, pointOfService).allMatch(String::isBlank);
    }

    @Override
    public String toString() {
      return "Line[%s, %s, %s]".formatted(servedOn, service, pointOfService);
    }
  }

  /**
   * @param codes one cheque a line; what follows a semicolon or a tabulator stands in place of the
   *     defaults: date, service, point of service
   * @param defaults of every line that says nothing else
   */
  static SlipDraft typed(String reference, String codes, Line defaults) {
    return new SlipDraft(
        reference,
        codes
            .lines()
            .filter(line -> !line.isBlank())
            .map(
                line -> {
                  String[] parts = line.split("[;\t]", -1);
                  return new Line(
                      parts[0].strip(),
                      or(parts, 1, defaults.servedOn()),
                      or(parts, 2, defaults.service()),
                      or(parts, 3, defaults.pointOfService()));
                })
            .toList());
  }

  /**
   * What {@link #typed} reads as this draft: what all lines say stands once, so that a code alone
   * can be added.
   */
  Line shared() {
    return new Line("", same(Line::servedOn), same(Line::service), same(Line::pointOfService));
  }

  private String same(Function<Line, String> field) {
    List<String> values = lines.stream().map(field).distinct().toList();
    return values.size() == 1 ? values.getFirst() : "";
  }

  /** The lines as they are typed beside {@link #shared()}. */
  String codes() {
    Line shared = shared();
    return lines.stream()
        .map(
            line ->
                Stream.of(
                        line.cheque(),
                        shared.servedOn().isEmpty() ? line.servedOn() : "",
                        shared.service().isEmpty() ? line.service() : "",
                        shared.pointOfService().isEmpty() ? line.pointOfService() : "")
                    // They part fields there.
                    .map(field -> field.replaceAll("[;\\v\t]", ","))
                    .collect(Collectors.joining(";"))
                    .replaceAll(";+$", ""))
        .collect(Collectors.joining("\n"));
  }

  private static String or(String[] parts, int index, String otherwise) {
    return index < parts.length && !parts[index].isBlank() ? parts[index].strip() : otherwise;
  }

  /**
   * @param text of a file with a header
   * @throws Problem if it is not a table with the columns of a slip
   */
  static SlipDraft uploaded(String reference, String text) {
    String first = text.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    char delimiter = first.indexOf(';') >= 0 ? ';' : ',';
    List<Line> lines = new ArrayList<>();
    try (var parser =
        FORMAT
            .builder()
            .setDelimiter(delimiter)
            .setIgnoreEmptyLines(true)
            .get()
            .parse(new StringReader(text))) {
      Iterator<CSVRecord> rows = parser.iterator();
      Map<String, Integer> columns = rows.hasNext() ? columns(rows.next()) : Map.of();
      boolean whole = columns.keySet().containsAll(COLUMNS) && columns.size() == COLUMNS.size();
      while (whole && rows.hasNext()) {
        CSVRecord row = rows.next();
        if (Arrays.stream(row.values()).allMatch(String::isBlank)) {
          continue;
        }
        whole = row.size() == COLUMNS.size();
        if (whole) {
          lines.add(line(row, columns));
        }
      }
      if (whole) {
        return new SlipDraft(reference, lines);
      }
    } catch (IOException | UncheckedIOException e) {
      // Told below, with the line at which it breaks.
      lines.clear();
    }
    return of(SlipReader.csv(text, reference));
  }

  private static Map<String, Integer> columns(CSVRecord header) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String heading = header.get(i).strip();
      columns.put(SlipColumn.headed(heading).map(SlipColumn::key).orElse(heading), i);
    }
    return columns;
  }

  private static Line line(CSVRecord row, Map<String, Integer> columns) {
    List<String> fields =
        COLUMNS.stream().map(column -> row.get(columns.getOrDefault(column, 0)).strip()).toList();
    return new Line(fields.get(0), fields.get(1), fields.get(2), fields.get(3));
  }

  private static SlipDraft of(SlipReader.Read read) {
    return new SlipDraft(
        read.reference().value(),
        read.lines().stream()
            .map(
                line ->
                    new Line(
                        line.cheque().printed(),
                        line.servedOn().toString(),
                        line.service(),
                        line.pointOfService().value()))
            .toList());
  }

  /**
   * @param text as {@link #text()} wrote it
   */
  static SlipDraft kept(String reference, String text) {
    return text.isBlank() ? new SlipDraft(reference, List.of()) : uploaded(reference, text);
  }

  /** A table with a header, as {@link SlipReader} reads it. */
  public String text() {
    return text(lines);
  }

  static String text(List<Line> lines) {
    var text = new StringBuilder();
    try (var printer = new CSVPrinter(text, FORMAT)) {
      printer.printRecord(COLUMNS);
      for (Line line : lines) {
        printer.printRecord(
            Stream.of(line.cheque(), line.servedOn(), line.service(), line.pointOfService())
                // A line break inside a field would make two lines of one.
                .map(field -> field.replaceAll("\\R", " "))
                .collect(Collectors.toList()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }
}
