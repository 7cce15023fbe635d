package fr.passnumerique.ui.table;

import fr.passnumerique.clearing.http.Problem;
import java.text.CollationKey;
import java.text.Collator;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The columns of a table that its reader sorts, searches and pages through. What its cells look
 * like is the template's; here is how they are ordered and what a search finds.
 *
 * @param <R> a row
 */
public final class Columns<R> {
  /** Rows a page. */
  static final int LONGEST_PAGE = 50;

  private static final Pattern ACCENTS = Pattern.compile("\\p{M}");

  private final List<Column<R>> columns;

  /**
   * @param up ascending
   * @param down the highest first; what has no value is the last both ways
   * @param words by which a search finds it; empty where it finds nothing
   */
  private record Column<R>(
      String key,
      String label,
      boolean number,
      Supplier<Comparator<R>> up,
      Supplier<Comparator<R>> down,
      Function<R, String> words) {}

  private Columns(List<Column<R>> columns) {
    this.columns = columns;
  }

  public static <R> Columns<R> of() {
    return new Columns<>(List.of());
  }

  /** In French alphabetical order; searched. */
  public Columns<R> text(String key, String label, Function<R, String> text) {
    return with(
        new Column<>(
            key,
            label,
            false,
            () -> alphabetical(text),
            () -> alphabetical(text).reversed(),
            text));
  }

  /** For one sort: it keeps the key of each row. A collator is not safe to share, either. */
  private static <R> Comparator<R> alphabetical(Function<R, String> text) {
    Collator french = Collator.getInstance(Locale.FRENCH);
    Map<R, CollationKey> keys = new IdentityHashMap<>();
    return Comparator.comparing(
        row -> keys.computeIfAbsent(row, each -> french.getCollationKey(text.apply(each))));
  }

  /** Amounts and counts, on the right. */
  public Columns<R> number(String key, String label, ToLongFunction<R> number) {
    Comparator<R> up = Comparator.comparingLong(number);
    return with(new Column<>(key, label, true, () -> up, up::reversed, _ -> ""));
  }

  /** Days and what else has an order of its own; rows without a value come last. */
  public <C extends Comparable<? super C>> Columns<R> order(
      String key, String label, Function<R, @Nullable C> value) {
    return with(
        new Column<>(
            key,
            label,
            false,
            () -> valuesFirst(value, Comparator.naturalOrder()),
            () -> valuesFirst(value, Comparator.reverseOrder()),
            _ -> ""));
  }

  private static <R, C> Comparator<R> valuesFirst(
      Function<R, @Nullable C> value, Comparator<C> order) {
    Comparator<@Nullable C> nullsLast = Comparator.nullsLast(order);
    return (one, other) -> nullsLast.compare(value.apply(one), value.apply(other));
  }

  private Columns<R> with(Column<R> column) {
    List<Column<R>> more = new ArrayList<>(columns);
    more.add(column);
    return new Columns<>(List.copyOf(more));
  }

  /**
   * @param address of the page, with what else it is asked for and without these parameters
   * @param rows in the order in which they come if none is asked for; all of them
   * @throws Problem INVALID_PARAMETER for a column that is none, or a page below 1
   */
  public TableSheet<R> show(String address, List<R> rows, AskedTable asked) {
    String sort = asked.tri();
    String search = asked.cherche() == null ? "" : asked.cherche().strip();
    int page = asked.page() == null ? 1 : asked.page();
    if (page < 1) {
      throw invalid("page", String.valueOf(page), "must be 1 or more");
    }
    boolean down = sort != null && sort.startsWith("-");
    Column<R> by = sort == null ? null : column(down ? sort.substring(1) : sort);
    List<R> found = rows.stream().filter(matches(search)).sorted(order(by, down)).toList();
    int pages = Math.max(1, Math.ceilDiv(found.size(), LONGEST_PAGE));
    // Of a list that has become shorter the last page is shown, and not an empty one.
    int shown = Math.min(page, pages);
    List<R> ofPage =
        found.subList((shown - 1) * LONGEST_PAGE, Math.min(found.size(), shown * LONGEST_PAGE));
    return new TableSheet<>(
        ofPage,
        columns.stream()
            .map(column -> heading(column, column == by, down, address, search))
            .toList(),
        address,
        search,
        sort,
        found.size(),
        rows.size(),
        shown,
        pages,
        shown == 1 ? null : address(address, sort, search, shown - 1),
        shown == pages ? null : address(address, sort, search, shown + 1));
  }

  /** A stable sort: rows that are alike stay as they come. */
  private static <R> Comparator<R> order(@Nullable Column<R> by, boolean down) {
    if (by == null) {
      return (_, _) -> 0;
    }
    return (down ? by.down() : by.up()).get();
  }

  private Column<R> column(String key) {
    return columns.stream()
        .filter(column -> column.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                invalid(
                    "tri",
                    Problem.shown(key),
                    "is none of "
                        + columns.stream().map(Column::key).collect(Collectors.joining(", "))));
  }

  private static Problem invalid(String parameter, String value, String rule) {
    return Problem.badRequest(
        "INVALID_PARAMETER",
        "the parameter %s %s; correct the value".formatted(parameter, rule),
        List.of(Problem.Fault.of(parameter, value, rule, "correct the value")));
  }

  private Predicate<R> matches(String search) {
    if (search.isEmpty()) {
      return _ -> true;
    }
    List<String> wanted = List.of(plain(search).split("\\s+"));
    return row -> {
      String words =
          plain(
              columns.stream()
                  .map(column -> column.words().apply(row))
                  .collect(Collectors.joining(" ")));
      return wanted.stream().allMatch(words::contains);
    };
  }

  private static String plain(String text) {
    return ACCENTS
        .matcher(Normalizer.normalize(text, Normalizer.Form.NFD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }

  /** A numeric column is first asked for its highest, another for its first. */
  private static <R> TableSheet.Heading heading(
      Column<R> column, boolean sorted, boolean down, String address, String search) {
    boolean next = sorted ? !down : column.number();
    return new TableSheet.Heading(
        column.label(),
        column.number(),
        sorted ? (down ? "descending" : "ascending") : null,
        address(address, next ? "-" + column.key() : column.key(), search, 1));
  }

  private static String address(String address, @Nullable String sort, String search, int page) {
    UriComponentsBuilder of = UriComponentsBuilder.fromUriString(address);
    if (sort != null) {
      of.queryParam("tri", sort);
    }
    if (page > 1) {
      of.queryParam("page", page);
    }
    // A template would end at a brace of what is searched.
    return search.isEmpty()
        ? of.build().toUriString()
        : of.queryParam("cherche", "{cherche}").encode().buildAndExpand(search).toUriString();
  }
}
