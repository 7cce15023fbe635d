package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.settlement.RemittanceAdvice;
import fr.passnumerique.ui.words.Names;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A remittance advice as it is printed: the API's, line by line, with what each slip comes to in
 * it.
 *
 * @param what of which {@code id} is the name
 * @param position up to which the ledger is told
 */
record RemittanceAdviceSheet(
    String what,
    String id,
    RemittanceAdvice advice,
    String programme,
    List<Venue> venues,
    List<Transfer> transfers,
    List<Slip> slips,
    List<Sum> sums,
    List<Recovered> recovered,
    List<Line> lines,
    long position,
    @Nullable Instant recordedAt) {

  record Venue(String id, String name) {}

  record Transfer(
      String id, String state, @Nullable LocalDate on, long amountCents, long linesCents) {}

  /** Its lines in one state. */
  record Slip(String reference, String venue, String state, int lines, long cents) {}

  record Sum(String state, int lines, long cents) {}

  record Recovered(String reversal, String cheque, String reason, String state, long cents) {}

  record Line(
      String slip,
      int number,
      String cheque,
      LocalDate servedOn,
      String point,
      String state,
      long cents) {}

  private record SlipKey(String venue, String reference, RemittanceAdvice.State state) {}

  static RemittanceAdviceSheet of(
      RemittanceAdvice advice,
      @Nullable String transfer,
      String programme,
      Names names,
      long position,
      @Nullable Instant recordedAt) {
    return new RemittanceAdviceSheet(
        transfer == null ? "Règlement" : "Virement",
        transfer == null ? advice.run() : transfer,
        advice,
        programme,
        advice.lines().stream()
            .map(RemittanceAdvice.Line::venue)
            .distinct()
            .map(venue -> new Venue(venue, names.venue(venue)))
            .toList(),
        advice.transfers().stream()
            .map(
                paid ->
                    new Transfer(
                        paid.transfer(),
                        RemittanceAdvice.State.of(paid.state()).label(),
                        paid.endedOn().orElse(null),
                        paid.amountCents(),
                        paid.linesCents()))
            .toList(),
        slips(advice, names),
        advice.states().stream()
            .map(
                sum ->
                    new Sum(
                        sum.state().label().toLowerCase(Locale.FRANCE),
                        sum.lineCount(),
                        sum.cents()))
            .toList(),
        advice.recovered().stream()
            .map(
                each ->
                    new Recovered(
                        each.reversal(),
                        each.cheque(),
                        each.reason().label(),
                        each.state().label(),
                        each.cents()))
            .toList(),
        advice.lines().stream()
            .map(
                line ->
                    new Line(
                        line.slip(),
                        line.line(),
                        line.cheque(),
                        line.servedOn(),
                        names.point(line.venue(), line.pointOfService()),
                        line.state().label(),
                        line.cents()))
            .toList(),
        position,
        recordedAt);
  }

  private static List<Slip> slips(RemittanceAdvice advice, Names names) {
    Map<SlipKey, List<RemittanceAdvice.Line>> bySlip = new LinkedHashMap<>();
    for (RemittanceAdvice.Line line : advice.lines()) {
      bySlip
          .computeIfAbsent(
              new SlipKey(line.venue(), line.slip(), line.state()), _ -> new ArrayList<>())
          .add(line);
    }
    List<Slip> slips = new ArrayList<>();
    bySlip.forEach(
        (slip, lines) ->
            slips.add(
                new Slip(
                    slip.reference(),
                    names.venue(slip.venue()),
                    slip.state().label(),
                    lines.size(),
                    lines.stream().mapToLong(RemittanceAdvice.Line::cents).sum())));
    return slips;
  }
}
