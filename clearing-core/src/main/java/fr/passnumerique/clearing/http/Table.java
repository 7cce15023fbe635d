package fr.passnumerique.clearing.http;

import fr.passnumerique.clearing.territory.Paris;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;

/**
 * A table to take away: its columns are defined once, and written as JSON, as CSV for machines and
 * as CSV for a French spreadsheet. Rows are written as they come and never gathered.
 *
 * <p>In both kinds of CSV a text that a spreadsheet would compute (it begins with {@code = + - @},
 * a tab or a carriage return) stands after an apostrophe. In the French one an identifier of digits
 * alone, which a spreadsheet would take for a number, and round or rob of its zeros (a SIRET,
 * {@code 01}), is written as the formula {@code ="01"}; so is {@code 13}, or a column of
 * départements would be sorted as texts and numbers apart.
 *
 * @param <R> a row
 */
public final class Table<R> {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("dd/MM/uuuu HH:mm:ss").withZone(Paris.ZONE);
  private static final Pattern LOOKS_LIKE_A_NUMBER = Pattern.compile("\\d+");

  private enum Kind {
    TEXT,
    CODE,
    COUNT,
    CENTS,
    DAY,
    INSTANT
  }

  private record Column<R>(
      String name, String heading, Kind kind, Function<R, ? extends @Nullable Object> value) {}

  private final List<Column<R>> columns;

  /** Where rows come from, one after the other. */
  @FunctionalInterface
  public interface Rows<R> {
    void each(Consumer<R> row) throws IOException;
  }

  private Table(List<Column<R>> columns) {
    this.columns = columns;
  }

  /** A table without columns, to be added in their order. */
  public static <R> Table<R> of() {
    return new Table<>(List.of());
  }

  /**
   * @param name stable, for machines
   * @param heading in French
   */
  public Table<R> text(String name, String heading, Function<R, ? extends @Nullable String> value) {
    return with(name, heading, Kind.TEXT, value);
  }

  /** An identifier of ours or of the State's: a text that may be all digits. */
  public Table<R> code(String name, String heading, Function<R, ? extends @Nullable String> value) {
    return with(name, heading, Kind.CODE, value);
  }

  public Table<R> count(String name, String heading, Function<R, ? extends @Nullable Long> value) {
    return with(name, heading, Kind.COUNT, value);
  }

  /**
   * @param name ends in {@code Cents}
   * @param heading gets the currency behind it
   */
  public Table<R> cents(String name, String heading, Function<R, ? extends @Nullable Long> value) {
    return with(name, heading + " (EUR)", Kind.CENTS, value);
  }

  public Table<R> day(
      String name, String heading, Function<R, ? extends @Nullable LocalDate> value) {
    return with(name, heading, Kind.DAY, value);
  }

  /**
   * @param value UTC; the French table shows the time of Paris
   */
  public Table<R> instant(
      String name, String heading, Function<R, ? extends @Nullable Instant> value) {
    return with(name, heading, Kind.INSTANT, value);
  }

  /** The columns of a part of a row, behind those so far. */
  public <P> Table<R> all(Table<P> part, Function<R, P> of) {
    Table<R> wider = this;
    for (Column<P> column : part.columns) {
      wider =
          wider.with(
              column.name, column.heading, column.kind, row -> column.value.apply(of.apply(row)));
    }
    return wider;
  }

  private Table<R> with(
      String name, String heading, Kind kind, Function<R, ? extends @Nullable Object> value) {
    List<Column<R>> more = new ArrayList<>(columns);
    more.add(new Column<>(name, heading, kind, value));
    return new Table<>(List.copyOf(more));
  }

  /**
   * @param to is flushed and left open
   */
  public void write(TableFormat format, Rows<R> rows, Writer to) throws IOException {
    try {
      switch (format) {
        case JSON -> writeJson(rows, to);
        case CSV -> writeCsv(rows, CSVFormat.RFC4180, to, column -> column.name, Table::machine);
        case EXCEL_FR -> {
          to.write(BYTE_ORDER_MARK);
          CSVFormat french = CSVFormat.EXCEL.builder().setDelimiter(';').get();
          writeCsv(rows, french, to, column -> column.heading, Table::french);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    to.flush();
  }

  private interface Cell {
    String of(Kind kind, Object value);
  }

  private void writeCsv(
      Rows<R> rows, CSVFormat format, Writer to, Function<Column<R>, String> heading, Cell cell)
      throws IOException {
    // Not closed: it would close what it writes to, which is the caller's.
    @SuppressWarnings("resource")
    CSVPrinter csv = new CSVPrinter(to, format);
    csv.printRecord(columns.stream().map(heading));
    rows.each(
        row -> {
          try {
            for (Column<R> column : columns) {
              Object value = column.value.apply(row);
              csv.print(value == null ? "" : cell.of(column.kind, value));
            }
            csv.println();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  private void writeJson(Rows<R> rows, Writer to) throws IOException {
    try (JsonGenerator json = StrictJson.mapper().createGenerator(new NotClosed(to))) {
      json.writeStartArray();
      rows.each(
          row -> {
            json.writeRaw('\n');
            json.writeStartObject();
            for (Column<R> column : columns) {
              Object value = column.value.apply(row);
              switch (value) {
                case null -> json.writeNullProperty(column.name);
                case Long number -> json.writeNumberProperty(column.name, number);
                default -> json.writeStringProperty(column.name, value.toString());
              }
            }
            json.writeEndObject();
          });
      json.writeEndArray();
    } catch (JacksonIOException e) {
      throw e.getCause();
    }
  }

  private static String machine(Kind kind, Object value) {
    return switch (kind) {
      case TEXT, CODE -> inert(value.toString());
      case COUNT, CENTS, DAY, INSTANT -> value.toString();
    };
  }

  private static String french(Kind kind, Object value) {
    return switch (kind) {
      case TEXT -> inert(value.toString());
      case CODE ->
          LOOKS_LIKE_A_NUMBER.matcher(value.toString()).matches()
              ? "=\"" + value + "\""
              : inert(value.toString());
      case COUNT -> value.toString();
      case CENTS -> BigDecimal.valueOf((Long) value, 2).toPlainString().replace('.', ',');
      case DAY -> DAY.format((LocalDate) value);
      case INSTANT -> MOMENT.format((Instant) value);
    };
  }

  /** What somebody else wrote must not run as a formula in a spreadsheet. */
  private static String inert(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  /** A generator closes what it writes to. */
  private static final class NotClosed extends java.io.FilterWriter {
    NotClosed(Writer to) {
      super(to);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
