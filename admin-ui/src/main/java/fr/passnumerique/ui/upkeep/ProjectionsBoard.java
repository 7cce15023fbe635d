package fr.passnumerique.ui.upkeep;

import fr.passnumerique.projections.upkeep.Progress;
import fr.passnumerique.projections.upkeep.ProjectionLag;
import fr.passnumerique.ui.figures.Bar;
import fr.passnumerique.ui.words.Badge;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page of projections shows.
 *
 * @param head of the ledger
 */
record ProjectionsBoard(long head, List<Row> rows, List<Going> rebuilds) {
  /**
   * @param waitingSince when the oldest fact not yet shown was recorded; null if there is none
   * @param stoppedAt 0 while it goes on
   */
  record Row(
      String name,
      String question,
      Badge state,
      long position,
      long lag,
      @Nullable Instant waitingSince,
      long stoppedAt,
      String stoppedFact,
      String stoppedReason,
      List<ProjectionLag.PassedOver> setAside) {}

  /**
   * A rebuild.
   *
   * @param page on which it is shown
   * @param bar how much of it is done
   */
  record Going(
      String id,
      String page,
      String projection,
      Badge state,
      Bar bar,
      int percent,
      long position,
      long of,
      long linesPerSecond,
      @Nullable Instant expectedEnd,
      long differences,
      long switchMillis,
      Instant askedAt) {
    static Going of(Progress p) {
      int percent = p.endedAt() != null && p.state().equals("SWITCHED") ? 100 : p.percent();
      return new Going(
          p.rebuild(),
          RebuildPage.address(p.rebuild()),
          p.projection(),
          badge(p),
          Bar.of(100, new Bar.Part(Bar.Series.PAID, percent)),
          percent,
          p.position(),
          p.of(),
          p.linesPerSecond(),
          p.expectedEnd(),
          p.differences(),
          p.switchMillis(),
          p.askedAt());
    }

    static Badge badge(Progress p) {
      return switch (p.state()) {
        case "FOLDING" -> Badge.calm("Relecture du registre");
        case "COMPLETING" -> Badge.calm("Index en construction");
        case "CATCHING_UP" -> Badge.calm("Rattrapage et comparaison");
        case "DIFFERS" -> Badge.warn("Sommes différentes, deux personnes décident");
        case "SWITCHED" -> Badge.good("En service");
        case "ABANDONED" -> Badge.calm("Abandonnée");
        default -> Badge.bad("Arrêtée");
      };
    }
  }

  static ProjectionsBoard of(List<ProjectionLag> lags, List<Progress> rebuilds) {
    return new ProjectionsBoard(
        lags.stream().mapToLong(ProjectionLag::head).max().orElse(0),
        lags.stream().map(ProjectionsBoard::row).toList(),
        rebuilds.stream().map(Going::of).toList());
  }

  private static Row row(ProjectionLag lag) {
    ProjectionLag.Stop stop = lag.stopped();
    return new Row(
        lag.projection(),
        question(lag.projection()),
        badge(lag),
        lag.position(),
        lag.lagFacts(),
        lag.oldestUnfoldedAt(),
        stop == null ? 0 : stop.position(),
        stop == null ? "" : stop.fact(),
        stop == null ? "" : stop.reason(),
        lag.setAside());
  }

  private static Badge badge(ProjectionLag lag) {
    return switch (lag.state()) {
      case STOPPED -> Badge.bad("Arrêtée");
      case RETRYING -> Badge.warn("Nouvel essai en cours");
      case REBUILDING -> Badge.calm("Reconstruction en cours");
      case RUNNING -> lag.lagFacts() == 0 ? Badge.good("À jour") : Badge.calm("En rattrapage");
    };
  }

  static String question(String name) {
    return switch (name) {
      case "accounts" -> "Soldes et écritures";
      case "claims" -> "Chèques utilisés";
      case "histories" -> "Vie des chèques";
      case "labels" -> "Labels et lieux";
      case "registers" -> "Registres";
      default -> "";
    };
  }
}
