package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.loop.Generation;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The query parameter that asks for the tables which a rebuild replaced. */
public record ShownBefore(@Nullable RebuildId shownBefore) {
  public static final String DESCRIPTION =
      "A rebuild of the accounts whose differences two people accepted (`caveats`"
          + " `otherFiguresBefore`, readRebuild): answered as it was before that, as of any moment"
          + " until the position at which it was switched in";

  /** As {@link #DESCRIPTION}, of what other projections answer. */
  public static final String OF_OTHERS =
      "A rebuild of what answers here, whose differences two people accepted (`caveats`"
          + " `otherFiguresBefore`, readRebuild): answered as it was before that, as of any moment"
          + " until the position at which it was switched in";

  /**
   * @return null for the tables of now
   * @throws Problem NOT_FOUND if there is no such rebuild of the accounts, or it came to the same
   */
  public @Nullable Generation generation(DataSource reader) {
    return generation(reader, AccountsProjection.NAME);
  }

  /**
   * @param projections whose tables the answer is made of
   * @return null for the tables of now
   * @throws Problem NOT_FOUND if there is no such rebuild of these, or it came to the same;
   *     FIGURES_NOT_KEPT if what it replaced was dropped since
   */
  public @Nullable Generation generation(DataSource reader, String... projections) {
    List<String> any = List.of(projections);
    return shownBefore == null
        ? null
        : Generation.find(shownBefore.value(), any, reader).orElseThrow(() -> refused(any, reader));
  }

  private Problem refused(List<String> projections, DataSource reader) {
    String id = String.valueOf(shownBefore);
    return Generation.whyNotKept(id, projections, reader)
        .map(
            why ->
                new Problem(
                    404,
                    "FIGURES_NOT_KEPT",
                    "the figures before rebuild %s are not kept: %s".formatted(id, why),
                    List.of(
                        Problem.Fault.of(
                            "shownBefore",
                            Problem.shown(id),
                            "the figures before it are not kept: " + why,
                            "leave it out for the figures of now; readRebuild, or the fact by which"
                                + " two people accepted it, tells what differed"))))
        .orElseGet(
            () ->
                Problem.notFound(
                    "figures of the %s before rebuild %s"
                        .formatted(String.join(", ", projections), id)));
  }
}
