package fr.passnumerique.projections.loop;

import fr.passnumerique.clearing.http.Table;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What must be known beside a table that is taken away, in a column of its own: a line before the
 * headings is none of CSV, and what stands in the answer's headers is lost with the first copy.
 */
public final class ToldCaveats {
  private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_INSTANT;

  private ToldCaveats() {}

  /**
   * The table with a last column {@code caveats}: the same text in each row, empty where there is
   * nothing to say.
   */
  public static <R> Table<R> beside(Table<R> table, @Nullable Caveats caveats) {
    String codes = caveats == null ? "" : codes(caveats);
    String words = caveats == null ? "" : words(caveats);
    return table.text("caveats", "À savoir", _ -> codes, _ -> words);
  }

  private static String codes(Caveats caveats) {
    List<String> codes = new ArrayList<>();
    if (caveats.shownBefore() != null) {
      codes.add("shownBefore " + caveats.shownBefore());
    }
    caveats
        .passedOver()
        .forEach(
            fact ->
                codes.add(
                    "passedOver %d %s %s since %s"
                        .formatted(
                            fact.position(),
                            fact.fact(),
                            fact.projection(),
                            ISO.format(fact.since()))));
    caveats
        .otherFiguresBefore()
        .forEach(
            other ->
                codes.add(
                    "otherFiguresBefore %s until %d%s"
                        .formatted(
                            other.rebuild(), other.until(), other.kept() ? "" : " notKept")));
    return String.join("; ", codes);
  }

  private static String words(Caveats caveats) {
    List<String> words = new ArrayList<>();
    if (caveats.shownBefore() != null) {
      words.add("Chiffres montrés avant la reconstruction " + caveats.shownBefore());
    }
    caveats
        .passedOver()
        .forEach(
            fact ->
                words.add(
                    "Sans le fait nº %d (%s), que deux personnes ont écarté de la projection %s"
                        .formatted(fact.position(), fact.fact(), fact.projection())));
    caveats
        .otherFiguresBefore()
        .forEach(
            other ->
                words.add(
                    "D’autres chiffres ont été montrés avant la reconstruction %s, jusqu’à la position %d%s"
                        .formatted(
                            other.rebuild(),
                            other.until(),
                            other.kept() ? "" : ", que cette installation n’a pas")));
    return String.join(" ; ", words);
  }
}
