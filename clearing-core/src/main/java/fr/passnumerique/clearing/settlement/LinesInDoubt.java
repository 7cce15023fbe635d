package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.money.Cents;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Doubt;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.InDoubt;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run leaves out because the bank may have paid it by another transfer. Slips as wholes: a
 * run takes all that is owed of one. The road not taken, no run while there is a doubt, has every
 * venue wait for the bank's word about one.
 */
final class LinesInDoubt {
  /** What to do with a run that takes such lines, before what the doubt says. */
  static final String CANCELLED_FIRST =
      "cancel the run and open another, which leaves that out and pays the rest; then ";

  private final List<Taken> taken = new ArrayList<>();
  private final Map<Kind, Long> heldBack = new LinkedHashMap<>();

  /** What a transfer took of one slip. */
  private record Taken(Doubt doubt, Unpaid lines) {}

  private record Kind(VenueId venue, Doubt doubt) {}

  LinesInDoubt(SettlementRegister register, ProgrammeId programme, List<Doubt> doubts) {
    for (Doubt doubt : doubts) {
      // Null for one of another capability, and for one of a cancelled run.
      Transfer.Ordered order = register.order(doubt.transfer());
      if (order != null && order.programme().equals(programme)) {
        order.taken().forEach(lines -> taken.add(new Taken(doubt, lines)));
      }
    }
  }

  /** Whether what is owed of a slip is left out; it is told with the rest then. */
  boolean holdBack(Unpaid owed) {
    Optional<Doubt> doubt = why(owed);
    doubt.ifPresent(
        one -> heldBack.merge(new Kind(owed.venue(), one), owed.cents(), Math::addExact));
    return doubt.isPresent();
  }

  private Optional<Doubt> why(Unpaid owed) {
    return taken.stream().filter(one -> one.lines().overlaps(owed)).findFirst().map(Taken::doubt);
  }

  /**
   * That the bank may have paid by a transfer what a run nets: the debt of the venue would be gone
   * for nothing, and no debit could be matched to that transfer any more.
   *
   * @param nettings that are undone if the run is cancelled
   */
  Optional<Refusal> refusalOfNetted(SettlementRunId run, List<Nettings.Netted> nettings) {
    for (Nettings.Netted netted : nettings) {
      for (Unpaid piece : netted.pieces()) {
        Optional<Doubt> doubt = why(piece);
        if (doubt.isPresent()) {
          return Optional.of(
              OpenSettlementRunDecision.refusal(
                  SettlementRefusal.MAY_BE_PAID_ALREADY,
                  "runId",
                  "run %s nets %s of slip %s/%s, which may be paid: %s"
                      .formatted(
                          run,
                          new Cents(piece.cents()).inEnglish(),
                          piece.venue(),
                          piece.reference(),
                          doubt.get().because()),
                  CANCELLED_FIRST + doubt.get().remedy()));
        }
      }
    }
    return Optional.empty();
  }

  List<InDoubt> heldBack() {
    return heldBack.entrySet().stream()
        .map(
            one ->
                new InDoubt(
                    one.getKey().venue(),
                    one.getValue(),
                    one.getKey().doubt().transfer(),
                    one.getKey().doubt().why(),
                    one.getKey().doubt().exception()))
        .toList();
  }

  static Doubt doubt(InDoubt one) {
    return new Doubt(one.transfer(), one.why(), one.exception());
  }
}
