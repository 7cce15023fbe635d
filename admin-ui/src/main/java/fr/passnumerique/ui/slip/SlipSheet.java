package fr.passnumerique.ui.slip;

import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.Verdict;
import fr.passnumerique.ui.words.VerdictReading;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recorded slip, with what became of each line. Free of check parts, as its fact is.
 *
 * @param amountCents what the accepted lines come to
 * @param withdrawnAt null unless its venue withdrew it: its verdicts count for nothing then
 */
record SlipSheet(
    String venue,
    String reference,
    Instant presentedAt,
    Instant recordedAt,
    long position,
    long amountCents,
    @Nullable Instant withdrawnAt,
    List<Row> rows) {

  /**
   * @param number in the slip, from 1
   * @param cheque its serial; empty for an unknown code, which is not kept
   */
  record Row(
      int number,
      String cheque,
      LocalDate servedOn,
      String service,
      String pointOfService,
      VerdictReading reading,
      boolean accepted) {}

  static SlipSheet of(
      SlipJudged slip, long position, Instant recordedAt, @Nullable Instant withdrawnAt) {
    List<Row> rows = new ArrayList<>();
    for (SlipJudged.Line line : slip.lines()) {
      SlipJudged.Visit visit = slip.visits().get(line.visit());
      rows.add(
          new Row(
              rows.size() + 1,
              line.cheque().map(Object::toString).orElse(""),
              visit.servedOn(),
              visit.service(),
              visit.pointOfService().value(),
              VerdictReading.of(line.verdict(), line.on()),
              line.verdict() == Verdict.ACCEPTED));
    }
    return new SlipSheet(
        slip.venue().value(),
        slip.reference().value(),
        slip.presentedAt(),
        recordedAt,
        position,
        slip.acceptedCents(),
        withdrawnAt,
        List.copyOf(rows));
  }

  public List<Row> accepted() {
    return rows.stream().filter(Row::accepted).toList();
  }

  public List<Row> rejected() {
    return rows.stream().filter(row -> !row.accepted()).toList();
  }
}
