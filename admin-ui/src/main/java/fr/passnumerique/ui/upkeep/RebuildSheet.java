package fr.passnumerique.ui.upkeep;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.projections.upkeep.Progress;
import fr.passnumerique.projections.upkeep.Rebuild;
import fr.passnumerique.projections.upkeep.Rebuilds.Difference;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A rebuild, and whether the reader may end it.
 *
 * @param question what the projection answers, in French
 * @param askedBy a login
 * @param going it folds, or will by itself: the page is worth looking at again
 * @param cancelledBy a login; empty if nobody cancelled it
 * @param keptPosition up to which other figures were shown; 0 if those shown since are the same
 * @param differing the first figures that differ
 * @param differsFrom the first position as of which an answer may differ; null if it is not known
 * @param acceptance how far two people are with what differs; null where nothing is to be decided
 * @param cancel address that asks whether to end it; null if that is not the reader's, or it ended
 */
record RebuildSheet(
    ProjectionsBoard.Going going,
    String question,
    String askedBy,
    boolean underWay,
    long facts,
    long lines,
    @Nullable Instant endedAt,
    String cancelledBy,
    long stoppedAt,
    String reason,
    long comparedPosition,
    long keptPosition,
    List<Differing> differing,
    @Nullable Long differsFrom,
    @Nullable Acceptance acceptance,
    @Nullable String cancel) {

  /**
   * A figure that differs, as it is shown and as it would be.
   *
   * @param position of its fact; null if it is of no single one
   */
  record Differing(
      String source,
      String key,
      @Nullable Long position,
      String what,
      String before,
      String after) {
    private static Differing of(Difference d) {
      return new Differing(
          d.source(),
          d.key(),
          d.position(),
          d.what(),
          shown(d.before() == null ? d.textBefore() : d.before().toPlainString()),
          shown(d.after() == null ? d.textAfter() : d.after().toPlainString()));
    }

    private static String shown(@Nullable String value) {
      return value == null ? "–" : value;
    }
  }

  static RebuildSheet of(
      Rebuild rebuild,
      List<Difference> differing,
      @Nullable Acceptance acceptance,
      Instant now,
      UnaryOperator<String> logins,
      Actor reader) {
    boolean ended = rebuild.state().ended();
    return new RebuildSheet(
        ProjectionsBoard.Going.of(Progress.of(rebuild, now)),
        ProjectionsBoard.question(rebuild.projection()),
        logins.apply(rebuild.askedBy()),
        !ended && !rebuild.stopped() && rebuild.state() != Rebuild.State.DIFFERS,
        rebuild.facts(),
        rebuild.lines(),
        rebuild.endedAt(),
        rebuild.cancelledBy().map(logins).orElse(""),
        ended ? 0 : rebuild.stoppedAt(),
        rebuild.reason(),
        rebuild.comparedPosition(),
        rebuild.state() == Rebuild.State.SWITCHED && rebuild.kept()
            ? rebuild.comparedPosition()
            : 0,
        differing.stream().map(Differing::of).toList(),
        rebuild.differsFrom(),
        acceptance,
        ended || reader.role() != Role.CLERK
            ? null
            : RebuildPage.address(rebuild.id()) + "/annulation");
  }
}
