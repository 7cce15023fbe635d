package fr.passnumerique.clearing.redemption;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A slip's verdicts as they are told to whoever presented it. Free of check parts.
 *
 * @param presentedAt when the engine took the slip, UTC; its dates were judged at this moment
 * @param amountCents what is owed for the accepted lines
 * @param waivedCents what the other accepted lines would come to, for which the venue waives its
 *     pay
 * @param lines in the slip's order
 */
public record JudgedSlip(
    String venue,
    String reference,
    Instant presentedAt,
    int acceptedCount,
    int rejectedCount,
    long amountCents,
    long waivedCents,
    List<Line> lines) {

  /**
   * @param line in the slip, from 1
   * @param cheque its serial, {@code XXXXX-XXXX}; empty for an unknown code, which is not kept,
   *     when the slip is read again later
   * @param verdict stable for ever
   * @param on the day that explains a rejection: redeemed on, last day …
   * @param explanation rule and value
   * @param remedy what the venue can do; empty if the line is accepted
   */
  public record Line(
      int line,
      Optional<String> cheque,
      LocalDate servedOn,
      String service,
      String pointOfService,
      Verdict verdict,
      Optional<LocalDate> on,
      String explanation,
      String remedy) {}

  public static JudgedSlip of(SlipJudged slip) {
    return of(slip, List.of());
  }

  /**
   * @param presented the lines as they were presented, which tell the serials of unknown codes too
   */
  public static JudgedSlip of(SlipJudged slip, List<SlipLine> presented) {
    List<Line> lines = new ArrayList<>(slip.lines().size());
    for (int i = 0; i < slip.lines().size(); i++) {
      SlipJudged.Line line = slip.lines().get(i);
      SlipJudged.Visit visit = slip.visits().get(line.visit());
      Explanation explanation = Explanation.of(line, visit);
      lines.add(
          new Line(
              i + 1,
              presented.isEmpty()
                  ? line.cheque().map(Object::toString)
                  : Optional.of(presented.get(i).cheque().serial().toString()),
              visit.servedOn(),
              visit.service(),
              visit.pointOfService().value(),
              line.verdict(),
              line.on(),
              explanation.text(),
              explanation.remedy()));
    }
    int accepted = slip.acceptedCount();
    return new JudgedSlip(
        slip.venue().value(),
        slip.reference().value(),
        slip.presentedAt(),
        accepted,
        lines.size() - accepted,
        slip.acceptedCents(),
        slip.waived().stream().mapToLong(SlipJudged.SpentCents::cents).sum(),
        List.copyOf(lines));
  }
}
