package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Doubt;
import fr.passnumerique.clearing.settlement.SettlementRunOpened.InDoubt;
import fr.passnumerique.clearing.venues.VenueId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run leaves out because the bank may have paid it by another transfer. Slips as wholes: a
 * run takes all that is owed of one. The road not taken, no run while there is a doubt, has every
 * venue wait for the bank's word about one.
 */
final class LinesInDoubt {
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
    for (Taken one : taken) {
      if (one.lines().overlaps(owed)) {
        heldBack.merge(new Kind(owed.venue(), one.doubt()), owed.cents(), Math::addExact);
        return true;
      }
    }
    return false;
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
