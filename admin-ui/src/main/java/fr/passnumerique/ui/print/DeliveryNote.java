package fr.passnumerique.ui.print;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.ui.print.ToldFacts.Recorded;
import fr.passnumerique.ui.words.French;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes along with carnets to a prescriber, to be counted and signed.
 *
 * @param parts in order: whole carnets, and before and behind them what is left of others
 */
record DeliveryNote(
    String delivery,
    String prescriber,
    String prescriberName,
    LocalDate deliveredOn,
    String programme,
    String order,
    String batch,
    LocalDate endsOn,
    int perCarnet,
    long faceValueCents,
    List<Part> parts,
    long position,
    Instant recordedAt) {
  /**
   * @param first serial, without its check part
   * @param last serial
   * @param carnets whole ones
   */
  record Part(String what, String first, String last, int carnets, int cheques, long cents) {}

  static DeliveryNote of(
      Recorded<ChequesDelivered> recorded,
      ChequesIssued issued,
      String prescriberName,
      String programme,
      French french) {
    ChequesDelivered fact = recorded.fact();
    return new DeliveryNote(
        fact.delivery().value(),
        fact.prescriber().value(),
        prescriberName,
        fact.deliveredOn(),
        programme,
        issued.order().value(),
        issued.batch().toString(),
        issued.endsOn(),
        issued.chequesPerCarnet(),
        issued.faceValueCents(),
        parts(fact.cheques(), issued, french),
        recorded.position(),
        recorded.recordedAt());
  }

  public int carnets() {
    return parts.stream().mapToInt(Part::carnets).sum();
  }

  public int cheques() {
    return parts.stream().mapToInt(Part::cheques).sum();
  }

  public long cents() {
    return parts.stream().mapToLong(Part::cents).sum();
  }

  private static List<Part> parts(ChequeRange range, ChequesIssued issued, French french) {
    int per = issued.chequesPerCarnet();
    // Ordinals before the first whole carnet, and of the last cheque of the last whole one.
    int before = (range.first() - 1 + per - 1) / per * per;
    // The last carnet of an order may be shorter, and is whole all the same.
    int end = range.last() == issued.chequeCount() ? range.last() : range.last() / per * per;
    List<Part> parts = new ArrayList<>();
    if (before >= end) {
      parts.add(loose(range.first(), range.last(), issued, french));
      return parts;
    }
    if (before >= range.first()) {
      parts.add(loose(range.first(), before, issued, french));
    }
    int first = before / per + 1;
    int last = (end + per - 1) / per;
    parts.add(
        part(
            first == last
                ? "Carnet " + french.count(first)
                : "Carnets %s à %s".formatted(french.count(first), french.count(last)),
            before + 1,
            end,
            last - first + 1,
            issued));
    if (end < range.last()) {
      parts.add(loose(end + 1, range.last(), issued, french));
    }
    return parts;
  }

  private static Part loose(int first, int last, ChequesIssued issued, French french) {
    int per = issued.chequesPerCarnet();
    int from = (first - 1) / per + 1;
    int to = (last - 1) / per + 1;
    return part(
        from == to
            ? "Du carnet " + french.count(from)
            : "Des carnets %s à %s".formatted(french.count(from), french.count(to)),
        first,
        last,
        0,
        issued);
  }

  private static Part part(String what, int first, int last, int carnets, ChequesIssued issued) {
    int cheques = last - first + 1;
    return new Part(
        what,
        new Serial(issued.batch(), first).toString(),
        new Serial(issued.batch(), last).toString(),
        carnets,
        cheques,
        Math.multiplyExact(cheques, issued.faceValueCents()));
  }
}
