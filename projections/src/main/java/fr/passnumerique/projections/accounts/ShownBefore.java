package fr.passnumerique.projections.accounts;

import fr.passnumerique.clearing.http.Problem;
import fr.passnumerique.clearing.upkeep.RebuildId;
import fr.passnumerique.projections.loop.Generation;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The query parameter that asks for the tables which a rebuild of the accounts replaced. */
public record ShownBefore(@Nullable RebuildId shownBefore) {
  public static final String DESCRIPTION =
      "A rebuild of the accounts whose differences two people accepted (`caveats`"
          + " `otherFiguresBefore`, readRebuild): answered as it was before that, as of any moment"
          + " until the position at which it was switched in";

  /**
   * @return null for the tables of now
   * @throws Problem NOT_FOUND if there is no such rebuild of the accounts, or it came to the same
   */
  public @Nullable Generation generation(DataSource reader) {
    return shownBefore == null
        ? null
        : Generation.find(shownBefore.value(), AccountsProjection.NAME, reader)
            .orElseThrow(
                () -> Problem.notFound("figures of the accounts before rebuild " + shownBefore));
  }
}
