package fr.passnumerique.ui.figures;

import fr.passnumerique.clearing.territory.Paris;
import fr.passnumerique.projections.loop.Caveats;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.FactWords;
import fr.passnumerique.ui.words.French;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;

/**
 * At which point of the ledger the figures of a page stand.
 *
 * @param position of the last fact in them, 0 before the first
 * @param recordedAt of that fact; null before the first
 * @param businessDate up to which what happened counts, Europe/Paris; null if all that was recorded
 *     does
 * @param behind facts recorded and not yet in them
 * @param stopped they will not follow the ledger until someone mends them
 * @param past they stand where the reader asked, and are to stay there
 * @param shownBefore the rebuild before which they were shown; null for those of now
 * @param otherBefore rebuilds before which other figures of the same moment were shown
 * @param warnings what must be known beside the figures, a sentence or two each
 */
public record Situation(
    long position,
    @Nullable Instant recordedAt,
    @Nullable LocalDate businessDate,
    long behind,
    boolean stopped,
    boolean past,
    @Nullable String shownBefore,
    List<String> otherBefore,
    List<String> warnings) {
  private static final French FRENCH = new French();

  public Situation(long position, @Nullable Instant recordedAt, long behind, boolean stopped) {
    this(position, recordedAt, null, behind, stopped, false, null, List.of(), List.of());
  }

  public static Situation asAsked(long position, @Nullable Instant recordedAt) {
    return asAsked(position, recordedAt, null);
  }

  public static Situation asAsked(
      long position, @Nullable Instant recordedAt, @Nullable LocalDate businessDate) {
    return new Situation(
        position, recordedAt, businessDate, 0, false, true, null, List.of(), List.of());
  }

  /**
   * The last day of Paris that can be asked for: a fact of the next is in the figures. Null where
   * they are to stay at a moment, after which there may be further days.
   */
  public @Nullable LocalDate lastDayOver() {
    return past || recordedAt == null ? null : Paris.dayOf(recordedAt).minusDays(1);
  }

  /** The same, of figures that leave out facts, or that were others before a rebuild. */
  public Situation with(@Nullable Caveats caveats) {
    return caveats == null
        ? this
        : new Situation(
            position,
            recordedAt,
            businessDate,
            behind,
            stopped,
            past,
            caveats.shownBefore(),
            caveats.otherFiguresBefore().stream()
                .filter(Caveats.OtherFigures::kept)
                .map(Caveats.OtherFigures::rebuild)
                .toList(),
            warnings(caveats));
  }

  /** A sentence or two each; none without caveats. */
  public static List<String> warnings(@Nullable Caveats caveats) {
    if (caveats == null) {
      return List.of();
    }
    List<String> warnings = new ArrayList<>();
    if (caveats.shownBefore() != null) {
      warnings.add(
          "Ces chiffres sont ceux qui étaient montrés avant la reconstruction « %s », dont deux personnes ont accepté les écarts."
              .formatted(caveats.shownBefore()));
    }
    caveats
        .passedOver()
        .forEach(
            fact ->
                warnings.add(
                    ("Le fait nº %s (%s) n’est pas compté ici : deux personnes l’ont écarté de la"
                            + " projection « %s » (fait nº %s, le %s).")
                        .formatted(
                            FRENCH.count(fact.position()),
                            FactWords.of(fact.fact()),
                            fact.projection(),
                            FRENCH.count(fact.signedAt()),
                            FRENCH.moment(fact.since()))));
    caveats
        .otherFiguresBefore()
        .forEach(
            other ->
                warnings.add(
                    other.kept()
                        ? "D’autres chiffres ont été montrés pour ce moment avant la reconstruction « %s » (jusqu’à la position %s)."
                            .formatted(other.rebuild(), FRENCH.count(other.until()))
                        : ("Deux personnes ont accepté que d’autres chiffres, montrés jusqu’à la"
                                + " position %s, soient remplacés (reconstruction « %s ») ; cette"
                                + " installation ne les a pas.")
                            .formatted(FRENCH.count(other.until()), other.rebuild())));
    return List.copyOf(warnings);
  }

  /** Names this moment as it was shown before a rebuild, in an address. */
  public String queryBefore(String rebuild) {
    return "asOfPosition="
        + position
        + (businessDate == null ? "" : "&businessDate=" + businessDate)
        + "&shownBefore="
        + UriUtils.encodeQueryParam(rebuild, StandardCharsets.UTF_8);
  }

  /** Names the same moment in an address, after other parameters. */
  public String query() {
    return shownBefore == null
        ? "asOfPosition=" + position + (businessDate == null ? "" : "&businessDate=" + businessDate)
        : queryBefore(shownBefore);
  }

  /**
   * Address of the page that opens a figure of this moment.
   *
   * @param figure name of a {@link Figure}
   * @param of which accounts: names of parameters and their values, in turns; null for any
   */
  public String open(String figure, @Nullable String... of) {
    UriComponentsBuilder page =
        UriComponentsBuilder.fromPath("/ecritures").queryParam("figure", Figure.valueOf(figure));
    for (int i = 0; i < of.length; i += 2) {
      page.queryParamIfPresent(Objects.requireNonNull(of[i]), Optional.ofNullable(of[i + 1]));
    }
    page.queryParam("asOfPosition", position);
    if (businessDate != null) {
      page.queryParam("businessDate", businessDate);
    }
    if (shownBefore != null) {
      page.queryParam("shownBefore", shownBefore);
    }
    return page.encode().toUriString();
  }

  public Badge freshness() {
    if (stopped) {
      return Badge.bad("Arrêtée : l’opérateur doit intervenir");
    }
    return behind == 0
        ? Badge.good("À jour")
        : Badge.warn("En retard de " + FRENCH.counted(behind, "fait", "faits"));
  }
}
