package fr.passnumerique.ui.search;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.issuance.ChequeCode;
import fr.passnumerique.ui.search.Found.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks every capability for what somebody reads off a paper. */
final class Search {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** What {@code French} and spreadsheets put between digits. */
  private static final Pattern BLANKS = Pattern.compile("[\\s\\u00A0\\u202F]+");

  private static final Pattern GROUPED =
      Pattern.compile("[0-9]{1,3}([\\s\\u00A0\\u202F][0-9]{3})+");

  private final List<Finder> finders;

  Search(List<Finder> finders) {
    this.finders = List.copyOf(finders);
  }

  /**
   * What was found.
   *
   * @param found in the order of a cheque's life, each thing once, of a kind {@link Finder#MOST}
   * @param more kinds of which there are more
   */
  record Result(List<Found> found, List<Kind> more) {
    static Result of(Stream<Found> all) {
      List<Found> found = new ArrayList<>();
      Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
      all.distinct()
          .forEach(
              each -> {
                if (counts.merge(each.kind(), 1, Integer::sum) <= Finder.MOST) {
                  found.add(each);
                }
              });
      return new Result(
          found,
          counts.entrySet().stream()
              .filter(counted -> counted.getValue() > Finder.MOST)
              .map(Map.Entry::getKey)
              .toList());
    }
  }

  Result find(String typed, Actor reader) {
    String asked = asTyped(typed);
    return spellings(asked)
        .map(
            spelling ->
                Result.of(finders.stream().flatMap(finder -> finder.find(spelling, reader))))
        .filter(result -> !result.found().isEmpty())
        .findFirst()
        .orElse(new Result(List.of(), List.of()));
  }

  /**
   * As it was typed; then as it may be printed by others: banks write in capitals and without
   * hyphens, and pages group the digits of a position. The first that is found counts, so that what
   * is written exactly is never buried under what is like it.
   */
  private static Stream<String> spellings(String asked) {
    if (asked.isEmpty()) {
      return Stream.empty();
    }
    String joined = GROUPED.matcher(asked).matches() ? BLANKS.matcher(asked).replaceAll("") : asked;
    String hyphened = BLANKS.matcher(asked).replaceAll("-");
    return Stream.of(asked, joined, hyphened)
        .flatMap(
            each -> Stream.of(each, each.toLowerCase(Locale.ROOT), each.toUpperCase(Locale.ROOT)))
        .distinct();
  }

  /** No paper has what cannot be seen, and PostgreSQL takes no U+0000. */
  static String asTyped(String typed) {
    return CONTROL.matcher(typed).replaceAll(" ").strip();
  }

  /**
   * What was typed, fit to be shown again: of a cheque's code without its end, which is a secret.
   * What merely could be a code by its length is kept secret too.
   */
  static String shown(String typed) {
    String asked = asTyped(typed);
    Optional<ChequeCode> code = ChequeCode.parse(asked);
    return code.map(each -> each.serial().toString()).orElse(asked);
  }
}
