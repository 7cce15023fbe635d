package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.redemption.SlipJudged.SpentCents;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.venues.VenueId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of one slip and one programme is owed and in no transfer.
 *
 * @param position of the slip's fact; of the lifted reversal's where that is why it is owed
 * @param recordedAt of that fact, which cut-offs go by
 * @param presentedOn the day in Paris from which the payment target counts: that of the slip, or of
 *     the lifted reversal
 * @param lines what can be netted against reversed lines
 * @param apart lines among the cents that are not in {@code lines}: owed because their reversal was
 *     lifted, or reversed and come back with their transfer
 */
record Unpaid(
    VenueId venue,
    SlipReference reference,
    long position,
    Instant recordedAt,
    LocalDate presentedOn,
    long cents,
    List<SpentCents> spent,
    OwedLines lines,
    List<VoidedLine> apart) {

  /**
   * Those whose titles are not paid with them: they are void, or count as paid since the reversal
   * was lifted. A line that is owed since then is under the position of that fact, and titled.
   */
  List<VoidedLine> untitled() {
    return apart.stream().filter(line -> line.slip() == position).toList();
  }

  /** Whether a line of this cheque is among them. */
  boolean has(Serial cheque) {
    return lines.contains(cheque) || apart.stream().anyMatch(line -> line.cheque().equals(cheque));
  }

  /** Without some of its lines. */
  Unpaid minus(Unpaid some) {
    return new Unpaid(
        venue,
        reference,
        position,
        recordedAt,
        presentedOn,
        cents - some.cents(),
        new SumOfParts().plus(spent).minus(some.spent()).parts(),
        lines.without(some.cheques()),
        apart.stream().filter(line -> !some.apart().contains(line)).toList());
  }

  /** Whether these are among its lines. */
  boolean holds(Unpaid some) {
    return some.cents() <= cents
        && lines.holds(some.lines())
        && apart.containsAll(some.apart())
        && new SumOfParts()
            .plus(spent).minus(some.spent()).parts().stream().allMatch(part -> part.cents() > 0);
  }

  /** Whether lines of the slip are among both. */
  boolean overlaps(Unpaid others) {
    if (position != others.position()) {
      return false;
    }
    Set<Serial> own = cheques();
    // A slip that tells no lines is owed as a whole.
    return own.isEmpty() || others.cheques().stream().anyMatch(own::contains);
  }

  Set<Serial> cheques() {
    Set<Serial> cheques = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      cheques.add(lines.cheque(i));
    }
    apart.forEach(line -> cheques.add(line.cheque()));
    return cheques;
  }

  /** With further lines of the same slip. */
  Unpaid plus(Unpaid others) {
    return new Unpaid(
        venue,
        reference,
        position,
        recordedAt,
        presentedOn,
        cents + others.cents(),
        new SumOfParts().plus(spent).plus(others.spent()).parts(),
        lines.and(others.lines()),
        Stream.concat(apart.stream(), others.apart().stream()).toList());
  }

  /** The line stays owed, and its title is not paid with it. */
  Unpaid withUntitled(VoidedLine line) {
    List<VoidedLine> all = new ArrayList<>(apart);
    all.add(line);
    return new Unpaid(
        venue,
        reference,
        position,
        recordedAt,
        presentedOn,
        cents,
        spent,
        lines.without(Set.of(line.cheque())),
        List.copyOf(all));
  }
}
