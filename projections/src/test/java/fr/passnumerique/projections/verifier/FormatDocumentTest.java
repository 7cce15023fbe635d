package fr.passnumerique.projections.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.FactSamples;
import fr.passnumerique.clearing.ledger.FactCatalogue;
import fr.passnumerique.clearing.ledger.FactType;
import fr.passnumerique.clearing.ledger.LeftOutWhenEmpty;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/format.md} says what the program does: its tables are written from the program's own
 * and from the engine's facts. With {@code -Dformat.write=true} this test writes them.
 */
class FormatDocumentTest {
  private static final Path DOCUMENT = Path.of("../docs/format.md");
  private static final Path FIELDS =
      Path.of("src/main/resources/fr/passnumerique/projections/verifier/fields.txt");

  @Test
  void theDocumentIsOfThisRelease() throws IOException {
    String document = Files.readString(DOCUMENT);
    String renewed = document;
    renewed = between(renewed, "amounts", amounts());
    renewed = between(renewed, "checks", checks());
    renewed = between(renewed, "chart", chart());
    renewed = between(renewed, "postings", postings());
    renewed = between(renewed, "facts", facts());
    renewed = between(renewed, "persons", persons());
    renewed = between(renewed, "tags", tags());
    renewed = between(renewed, "once", once());
    if (Boolean.getBoolean("format.write")) {
      Files.writeString(DOCUMENT, renewed);
    }
    assertThat(document)
        .as("docs/format.md is of another release; run this test with -Dformat.write=true")
        .isEqualTo(renewed);
  }

  /** The verifier has the tables of fields as a text of its own. */
  @Test
  void theVerifierHasTheTablesOfFieldsOfTheDocument() throws IOException {
    StringBuilder fields =
        new StringBuilder("# fact or part | field | is; written by FormatDocumentTest\n");
    String of = "";
    for (String line : facts().lines().toList()) {
      if (line.startsWith("### ")) {
        of = line.substring(4).replace(", version ", ".v");
      } else if (line.startsWith("**")) {
        of = line.replace("*", "");
      } else if (line.startsWith("posts")) {
        of = "";
      } else if (line.startsWith("| ") && !of.isEmpty() && !line.equals("| field | is |")) {
        fields.append(of).append(" | ").append(line, 2, line.length() - 2).append('\n');
      }
    }
    if (Boolean.getBoolean("format.write")) {
      Files.writeString(FIELDS, fields.toString());
    }
    assertThat(Files.readString(FIELDS))
        .as("fields.txt is of another release; run this test with -Dformat.write=true")
        .isEqualTo(fields.toString());
  }

  /** What a reader of findings and whoever kept something needs, in the prose too. */
  @Test
  void everyInputAndEveryCounterIsExplained() throws IOException {
    String document = Files.readString(DOCUMENT);
    List<String> options =
        Pattern.compile("--[a-z]+")
            .matcher(VerifyLedger.USAGE)
            .results()
            .map(MatchResult::group)
            // Of the trial of changed exports, which is no part of the format.
            .filter(option -> !Set.of("--count", "--seed").contains(option))
            .distinct()
            .toList();
    assertThat(options).containsExactly("--head", "--balances", "--proven");
    assertThat(options).allSatisfy(option -> assertThat(document).contains("| `" + option));
    assertThat(TextTable.read("chart.txt", 3))
        .map(List::getFirst)
        .filteredOn(kind -> kind.startsWith("EVER"))
        .hasSizeGreaterThan(10)
        .allSatisfy(kind -> assertThat(document).containsPattern("\n\\| " + kind + " \\| [a-z]"));
    assertThat(document)
        .contains("the numbers in `waivedLines`", "without `recovered`", "One with `recovered`");
  }

  private static String amounts() {
    StringBuilder text = new StringBuilder("| amount | is the sum of |\n|---|---|\n");
    new TreeMap<>(ShownBalances.AMOUNTS)
        .forEach(
            (amount, kinds) ->
                line(
                    text,
                    List.of(
                        amount,
                        kinds.stream()
                            .map(kind -> kind.startsWith("-") ? "− " + kind.substring(1) : kind)
                            .collect(Collectors.joining(" + "))
                            .replace("+ −", "−"))));
    return text.toString();
  }

  private static String checks() {
    StringBuilder text =
        new StringBuilder("| code | says that | a finding stands at |\n|---|---|---|\n");
    for (Check check : Check.values()) {
      line(text, List.of("`" + check + "`", check.sentence(), check.found()));
    }
    return text.toString();
  }

  private static String persons() {
    StringBuilder text =
        new StringBuilder(
            "| fact | ended by | began it | told by, if another fact | of the same |\n"
                + "|---|---|---|---|---|\n");
    TextTable.read("persons.txt", 5).forEach(row -> line(text, row));
    return text.toString();
  }

  private static String once() {
    StringBuilder text =
        new StringBuilder(
            "| fact | for each | records | named by | may be recorded again after |\n"
                + "|---|---|---|---|---|\n");
    TextTable.read("once.txt", 5).forEach(row -> line(text, row));
    return text.toString();
  }

  private static String tags() {
    StringBuilder text =
        new StringBuilder(
            "| fact | for each | if | tag | in facts of before |\n|---|---|---|---|---|\n");
    TextTable.read("tags.txt", 5).forEach(row -> line(text, row));
    return text.toString();
  }

  private static String between(String document, String part, String text) {
    String begin = "<!-- %s: written by FormatDocumentTest -->\n".formatted(part);
    String end = "<!-- end of %s -->".formatted(part);
    int from = document.indexOf(begin) + begin.length();
    int to = document.indexOf(end);
    assertThat(to).as("the document has the part " + part).isGreaterThanOrEqualTo(from);
    return document.substring(0, from) + text + document.substring(to);
  }

  private static String chart() {
    StringBuilder text = new StringBuilder("| kind | side | dimensions |\n|---|---|---|\n");
    TextTable.read("chart.txt", 3).forEach(row -> line(text, row));
    return text.toString();
  }

  private static String postings() {
    StringBuilder text =
        new StringBuilder(
            "| fact | for each | if | cents | debit | credit |\n|---|---|---|---|---|---|\n");
    List<String> none = new ArrayList<>();
    for (List<String> row : TextTable.read("postings.txt", 6)) {
      if (row.get(4).isEmpty()) {
        none.add(row.getFirst());
      } else {
        line(text, row);
      }
    }
    none.sort(Comparator.naturalOrder());
    return text + "\nThese post nothing: " + String.join(", ", none) + ".\n";
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  private static String facts() throws IOException {
    StringBuilder text = new StringBuilder();
    Set<Class<?>> parts = new LinkedHashSet<>();
    List<FactType> types =
        FactSamples.types().sorted(Comparator.comparing(FactType::name)).toList();
    for (FactType type : types) {
      text.append("\n### %s, version %d\n\n".formatted(type.name(), type.version()));
      fields(text, type.fact(), parts);
      FactCatalogue catalogue = new FactCatalogue(List.of(type), List.of());
      String sample = FactSamples.sample(type);
      text.append("\n```json\n").append(sample).append("\n```\n");
      Map<Account, Long> posted =
          PostingTableTest.engine(catalogue.read(type.name(), type.version(), sample));
      if (!posted.isEmpty()) {
        text.append("\nposts\n\n| account | cents |\n|---|---|\n");
        posted.forEach((account, cents) -> line(text, List.of(account.toString(), cents + "")));
      }
    }
    text.append("\n### Parts of facts\n");
    List<Class<?>> open = new ArrayList<>(parts);
    while (!open.isEmpty()) {
      Class<?> part = open.removeFirst();
      text.append("\n**").append(named(part)).append("**\n\n");
      Set<Class<?>> inner = new LinkedHashSet<>();
      fields(text, part, inner);
      inner.stream().filter(parts::add).forEach(open::add);
    }
    return text.append('\n').toString();
  }

  private static void fields(StringBuilder text, Class<?> record, Set<Class<?>> parts) {
    text.append("| field | is |\n|---|---|\n");
    for (RecordComponent field : record.getRecordComponents()) {
      String is = kind(field.getGenericType(), parts);
      boolean told = field.getType() == Optional.class;
      boolean later = field.getAccessor().isAnnotationPresent(LeftOutWhenEmpty.class);
      line(text, List.of(field.getName(), later && !told ? is + ", may be left out" : is));
    }
  }

  private static String kind(Type type, Set<Class<?>> parts) {
    if (type instanceof ParameterizedType of) {
      Type inner = of.getActualTypeArguments()[of.getActualTypeArguments().length - 1];
      if (of.getRawType() == Optional.class) {
        return kind(inner, parts) + ", may be left out or null";
      }
      return of.getRawType() == Map.class
          ? "object of " + kind(inner, parts)
          : "list of " + kind(inner, parts);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isEnum()) {
      List<String> names = new ArrayList<>();
      for (Object constant : raw.getEnumConstants()) {
        List<String> stored = FactSamples.stored((Enum<?>) constant);
        names.add("`" + stored.getFirst() + "`");
        stored.stream().skip(1).forEach(before -> names.add("(before: `" + before + "`)"));
      }
      return "one of " + String.join(" ", names);
    }
    return switch (raw.getSimpleName()) {
      case "long", "int", "Integer", "Long" -> "whole number";
      case "double", "Double" -> "number";
      case "boolean", "Boolean" -> "true or false";
      case "String" -> "text";
      case "LocalDate" -> "day, Europe/Paris (`2026-03-02`)";
      case "Instant" -> "instant, UTC";
      case "DayOfWeek" -> "day of the week";
      default -> {
        if (raw.isRecord() && !isText(raw)) {
          parts.add(raw);
          yield "object " + named(raw);
        }
        yield "text (" + raw.getSimpleName() + ")";
      }
    };
  }

  /** With the fact that it is a part of: several facts have parts of one name. */
  private static String named(Class<?> part) {
    Class<?> of = part.getEnclosingClass();
    return of == null ? part.getSimpleName() : of.getSimpleName() + "." + part.getSimpleName();
  }

  /** Identifiers, serials, batches and the like stand as one text. */
  private static boolean isText(Class<?> record) {
    for (var method : record.getDeclaredMethods()) {
      if (method.isAnnotationPresent(com.fasterxml.jackson.annotation.JsonValue.class)) {
        return true;
      }
    }
    for (RecordComponent component : record.getRecordComponents()) {
      if (component.isAnnotationPresent(com.fasterxml.jackson.annotation.JsonValue.class)
          || component
              .getAccessor()
              .isAnnotationPresent(com.fasterxml.jackson.annotation.JsonValue.class)) {
        return true;
      }
    }
    return false;
  }
}
