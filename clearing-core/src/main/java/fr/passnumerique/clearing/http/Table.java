package fr.passnumerique.clearing.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
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
 * blanks before them or not, a tab or a line's end) stands after an apostrophe. In the French one a
 * text that a spreadsheet would take for a number, a day or a truth, and round, rob of its zeros or
 * write otherwise (a SIRET, {@code 01}, the serial {@code 12E450003}), is written as the formula
 * {@code ="01"}; so is {@code 13}, or a column of départements would be sorted as texts and numbers
 * apart. A moment is there twice: as the spreadsheet's own, of Paris and to the second, and behind
 * it as the text in UTC that an operation takes, for an hour comes twice when summer time ends.
 *
 * @param <R> a row
 */
public final class Table<R> {
  private static final String BYTE_ORDER_MARK = "\uFEFF";
  private static final String EXACTLY = " (UTC)";

  private enum Kind {
    TEXT,
    COUNT,
    CENTS,
    DAY,
    INSTANT,
    /** A moment as a text, in UTC and as precise as it was recorded. */
    EXACT
  }

  /**
   * @param french the value as people are told it
   */
  private record Column<R>(
      String name,
      String heading,
      Kind kind,
      Function<R, ? extends @Nullable Object> value,
      Function<R, ? extends @Nullable Object> french) {}

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

  /**
   * @param code for machines
   * @param words the same for people
   */
  public Table<R> text(
      String name,
      String heading,
      Function<R, ? extends @Nullable String> code,
      Function<R, ? extends @Nullable String> words) {
    return with(new Column<>(name, heading, Kind.TEXT, code, words));
  }

  /** An identifier of ours or of the State's: a text that may look like a number or a day. */
  public Table<R> code(String name, String heading, Function<R, ? extends @Nullable String> value) {
    return with(name, heading, Kind.TEXT, value);
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
   * @param value UTC; the French table shows the time of Paris, and UTC in a column of its own
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
              new Column<>(
                  column.name,
                  column.heading,
                  column.kind,
                  row -> column.value.apply(of.apply(row)),
                  row -> column.french.apply(of.apply(row))));
    }
    return wider;
  }

  private Table<R> with(
      String name, String heading, Kind kind, Function<R, ? extends @Nullable Object> value) {
    return with(new Column<>(name, heading, kind, value, value));
  }

  private Table<R> with(Column<R> column) {
    List<Column<R>> more = new ArrayList<>(columns);
    more.add(column);
    return new Table<>(List.copyOf(more));
  }

  /**
   * @param to is flushed and left open
   */
  public void write(TableFormat format, Rows<R> rows, Writer to) throws IOException {
    try {
      switch (format) {
        case JSON -> writeJson(rows, to);
        case CSV -> writeCsv(columns, rows, CSVFormat.RFC4180, to, MACHINE);
        case EXCEL_FR -> {
          to.write(BYTE_ORDER_MARK);
          CSVFormat french = CSVFormat.EXCEL.builder().setDelimiter(';').get();
          writeCsv(french(), rows, french, to, PEOPLE);
        }
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    to.flush();
  }

  /** For whom a table is written. */
  private interface Reader {
    <R> String heading(Column<R> column);

    <R> @Nullable Object value(Column<R> column, R row);

    String cell(Kind kind, Object value);
  }

  private static final Reader MACHINE =
      new Reader() {
        @Override
        public <R> String heading(Column<R> column) {
          return column.name;
        }

        @Override
        public <R> @Nullable Object value(Column<R> column, R row) {
          return column.value.apply(row);
        }

        @Override
        public String cell(Kind kind, Object value) {
          return machine(kind, value);
        }
      };

  private static final Reader PEOPLE =
      new Reader() {
        @Override
        public <R> String heading(Column<R> column) {
          return column.heading;
        }

        @Override
        public <R> @Nullable Object value(Column<R> column, R row) {
          return column.french.apply(row);
        }

        @Override
        public String cell(Kind kind, Object value) {
          return french(kind, value);
        }
      };

  private static <R> void writeCsv(
      List<Column<R>> columns, Rows<R> rows, CSVFormat format, Writer to, Reader reader)
      throws IOException {
    // Not closed: it would close what it writes to, which is the caller's.
    @SuppressWarnings("resource")
    CSVPrinter csv = new CSVPrinter(to, format);
    csv.printRecord(columns.stream().map(column -> reader.heading(column)));
    rows.each(
        row -> {
          try {
            for (Column<R> column : columns) {
              Object value = reader.value(column, row);
              csv.print(value == null ? "" : reader.cell(column.kind, value));
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
      case TEXT -> FrenchCells.inert(value.toString());
      case COUNT, CENTS, DAY, INSTANT, EXACT -> value.toString();
    };
  }

  private static String french(Kind kind, Object value) {
    return switch (kind) {
      case TEXT -> FrenchCells.text(value.toString());
      case COUNT, EXACT -> value.toString();
      case CENTS -> FrenchCells.amount((Long) value);
      case DAY -> FrenchCells.day((LocalDate) value);
      case INSTANT -> FrenchCells.moment((Instant) value);
    };
  }

  /** A column for each that a person needs: of a moment two. */
  private List<Column<R>> french() {
    return columns.stream()
        .flatMap(
            column ->
                column.kind == Kind.INSTANT
                    ? Stream.of(
                        column,
                        new Column<>(
                            column.name,
                            column.heading + EXACTLY,
                            Kind.EXACT,
                            column.value,
                            column.french))
                    : Stream.of(column))
        .toList();
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
