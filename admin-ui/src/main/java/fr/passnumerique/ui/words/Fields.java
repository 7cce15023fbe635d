package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.http.Problem.Fault;
import fr.passnumerique.clearing.http.TableFault;
import fr.passnumerique.clearing.money.Cents;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** The fields of requests and what they had, as a page names them. */
final class Fields {
  private static final Map<String, String> LABELS = WordFile.read("fields");

  /** What a list of places holds in its columns. */
  private static final Map<String, String> COLUMNS = WordFile.read("columns");

  private static final Map<TableFault, Sentence> TABLES = tables(WordFile.read("tables"));
  private static final Pattern CENTS = Pattern.compile("-?\\d{1,15}");
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.FRANCE);

  private Fields() {}

  private static Map<TableFault, Sentence> tables(Map<String, String> told) {
    Map<TableFault, Sentence> words = new EnumMap<>(TableFault.class);
    for (TableFault fault : TableFault.values()) {
      words.put(fault, new Sentence(Objects.requireNonNull(told.get(fault.name()), fault.name())));
    }
    return words;
  }

  /** {@code Jour de remise}; what has no French name is told as programs write it. */
  static String labelOf(String field) {
    String name = field.endsWith("Id") ? field.substring(0, field.length() - 2) : field;
    return LABELS.getOrDefault(name, field);
  }

  /** {@code 12,50 €} of cents, {@code 3 mars 2026} of a day; anything else as it was sent. */
  static String shown(Fault fault) {
    String value = fault.value();
    if (isMoney(fault.field()) && CENTS.matcher(value).matches()) {
      return new Cents(Long.parseLong(value)).inFrench();
    }
    try {
      return day(LocalDate.parse(value));
    } catch (DateTimeParseException e) {
      return value;
    }
  }

  /** Where in a file or a form, and what stands there; empty if the fault names no place. */
  static String place(Fault fault) {
    String value = fault.value().isEmpty() ? "" : " : " + shown(fault);
    Sentence ofTheTable = fault.cause() == null ? null : TABLES.get(fault.cause());
    if (ofTheTable != null) {
      return "À la ligne %d du fichier : %s"
          .formatted(
              fault.line(),
              ofTheTable.with(Map.of("colonne", labelOf(fault.field()), "valeur", fault.value())));
    }
    if (fault.line() > 0) {
      return fault.field().isEmpty()
          ? "À la ligne %d du fichier%s.".formatted(fault.line(), value)
          : "À la ligne %d du fichier, colonne « %s »%s.%s"
              .formatted(fault.line(), labelOf(fault.field()), value, due(fault.field()));
    }
    return fault.field().isEmpty() ? "" : labelOf(fault.field()) + value + ".";
  }

  private static String due(String column) {
    String due = COLUMNS.get(column);
    return due == null ? "" : " Attendu : " + due;
  }

  private static boolean isMoney(String field) {
    return field.endsWith("Cents") || field.endsWith(".cents");
  }

  private static String day(LocalDate day) {
    String written = DAY.format(day);
    return day.getDayOfMonth() == 1 ? "1er" + written.substring(1) : written;
  }
}
