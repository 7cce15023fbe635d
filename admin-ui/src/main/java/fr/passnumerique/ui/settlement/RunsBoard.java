package fr.passnumerique.ui.settlement;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.clearing.access.Role;
import fr.passnumerique.clearing.settlement.RunList;
import fr.passnumerique.ui.words.Badge;
import fr.passnumerique.ui.words.CauseWords;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settlement runs, the newest first.
 *
 * @param count of all
 * @param next address of the older ones; null if there are none
 * @param open address that opens another; null if that is not the reader's
 */
record RunsBoard(int count, List<Row> rows, @Nullable String next, @Nullable String open) {
  /**
   * @param executionOn null while it is not released
   * @param waiting transfers of which the bank has not said how they ended
   */
  record Row(
      String run,
      String page,
      String programme,
      Badge stage,
      Instant openedAt,
      @Nullable LocalDate executionOn,
      int transfers,
      int paid,
      int failed,
      int waiting,
      long cents) {}

  static RunsBoard of(RunList.Rows runs, Actor reader) {
    return new RunsBoard(
        runs.count(),
        runs.runs().stream().map(run -> row(run, reader)).toList(),
        runs.next().map(before -> "/reglements?before=" + before).orElse(null),
        reader.role() == Role.CLERK ? RunDeeds.OPEN : null);
  }

  private static Row row(RunList.Row run, Actor reader) {
    return new Row(
        run.run(),
        String.valueOf(CauseWords.run(run.run(), reader).page()),
        run.programme(),
        RunSheet.stage(run.stage()),
        run.openedAt(),
        run.executionOn().orElse(null),
        run.transfers(),
        run.paid(),
        run.failed(),
        switch (run.stage()) {
          case CANCELLED -> 0;
          case OPENED, RELEASED -> run.transfers() - run.paid() - run.failed();
        },
        run.amountCents());
  }
}
