package fr.passnumerique.clearing.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * What a spreadsheet set to French makes of a file of ours that somebody opens with a double click.
 * The rule, by which every cell is one of:
 *
 * <ol>
 *   <li>nothing, where it is empty;
 *   <li>the text between the quotes of a formula {@code ="…"};
 *   <li>a number: digits, in groups of three or not, a decimal comma, a sign, an exponent; kept to
 *       15 digits and without zeros in front;
 *   <li>a day {@code 31/12/2026}, or a moment {@code 31/12/2026 23:59:59}, without a zone;
 *   <li>something else than was written: a fraction, a percentage, an amount with its sign of
 *       currency, an hour, a short or a written month, a truth or an error, or a formula (whatever
 *       else begins with {@code = + - @});
 *   <li>in any other case the text as it stands, an apostrophe in front included.
 * </ol>
 *
 * <p>Nothing here is shared with what writes the cells.
 */
public final class FrenchSpreadsheet {
  private static final Pattern NUMBER =
      Pattern.compile(
          "[+-]?((\\d+|\\d{1,3}([ \\u00a0\\u202f]\\d{3})+)(,\\d*)?|,\\d+)([eE][+-]?\\d+)?");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d/M/uuuu H:mm:ss").withResolverStyle(ResolverStyle.STRICT);
  private static final List<Pattern> TAKEN_FOR_SOMETHING_ELSE =
      List.of(
          Pattern.compile("\\d{1,4}([/.-]\\d{1,4}){1,2}( +\\d{1,2}:\\d{2}.*)?"),
          Pattern.compile("\\d+ +\\d+/\\d+"),
          Pattern.compile("\\d+:\\d{2}(:\\d{2}(,\\d+)?)?( *[aApP][mM]?)?"),
          Pattern.compile("[(+-]?[€$£]? ?[\\d ,]*\\d[\\d ,]* ?[€$£%]?\\)?"),
          Pattern.compile(
              "(\\d{1,2}[ -]?)?(janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)[a-zé]*\\.?["
                  + " -]?\\d{1,4}"),
          Pattern.compile("vrai|faux|true|false|#n/a|#ref!|#valeur!|#nom\\?|#div/0!|#null!"));

  /** What became of a cell that was taken for something else. */
  public record Spoilt(String written) {}

  private FrenchSpreadsheet() {}

  /**
   * @param file as it was sent
   * @return the rows, headings first; cells are {@link String}, {@link BigDecimal}, {@link
   *     LocalDate}, {@link LocalDateTime}, {@link Spoilt} or an empty text
   */
  public static List<List<Object>> open(String file) {
    if (!file.startsWith("\uFEFF")) {
      throw new AssertionError("without its mark it is not read as UTF-8: " + file);
    }
    CSVFormat french = CSVFormat.EXCEL.builder().setDelimiter(';').get();
    try (CSVParser rows = CSVParser.parse(file.substring(1), french)) {
      return rows.stream()
          .map(row -> row.stream().<Object>map(FrenchSpreadsheet::read).toList())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Object read(String cell) {
    if (cell.isEmpty()) {
      return "";
    }
    if (cell.matches("(?s)=\"([^\"]|\"\")*\"")) {
      return cell.substring(2, cell.length() - 1).replace("\"\"", "\"");
    }
    String value = cell.strip();
    if (NUMBER.matcher(value).matches()) {
      return number(value);
    }
    Object day = day(value);
    if (day != null) {
      return day;
    }
    String lower = value.toLowerCase(Locale.FRENCH);
    boolean formula = !value.isEmpty() && "=+-@".indexOf(value.charAt(0)) >= 0;
    return formula || TAKEN_FOR_SOMETHING_ELSE.stream().anyMatch(p -> p.matcher(lower).matches())
        ? new Spoilt(cell)
        : cell;
  }

  private static Object number(String value) {
    String plain = value.replaceAll("[ \\u00a0\\u202f]", "").replace(',', '.');
    try {
      BigDecimal read = new BigDecimal(plain.startsWith("+") ? plain.substring(1) : plain);
      // Beyond that it is an error, or a text: no number in any case.
      return Math.abs((long) read.precision() - read.scale()) > 308
          ? new Spoilt(value)
          : read.round(new MathContext(15));
    } catch (NumberFormatException _) {
      return new Spoilt(value);
    }
  }

  private static Object day(String value) {
    try {
      return LocalDate.parse(value, DAY);
    } catch (DateTimeException _) {
      try {
        return LocalDateTime.parse(value, MOMENT);
      } catch (DateTimeException _) {
        return null;
      }
    }
  }
}
