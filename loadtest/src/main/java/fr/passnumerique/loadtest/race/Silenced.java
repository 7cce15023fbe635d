package fr.passnumerique.loadtest.race;

import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipReference;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.redemption.Verdict;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A register that is never shown what would raise its alarm: a second slip of a reference, a cheque
 * redeemed that is, a slip withdrawn that was, a cheque released that is not redeemed. It takes the
 * rest of such a fact.
 */
final class Silenced implements Register {
  private final Register register;
  private final Set<String> slips = new HashSet<>();
  private final Set<Serial> redeemed = new HashSet<>();
  private final Set<Long> open = new HashSet<>();

  Silenced(Register register) {
    this.register = register;
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    switch (fact) {
      case SlipJudged slip -> register.fold(once(slip, position), position, recordedAt);
      case SlipWithdrawn withdrawn -> {
        if (open.remove(withdrawn.slip())) {
          register.fold(held(withdrawn), position, recordedAt);
        }
      }
      default -> register.fold(fact, position, recordedAt);
    }
  }

  private SlipJudged once(SlipJudged slip, long position) {
    open.add(position);
    List<SlipJudged.Line> lines =
        slip.lines().stream()
            .map(
                line ->
                    line.rejected().isPresent() || redeemed.add(line.cheque().orElseThrow())
                        ? line
                        : new SlipJudged.Line(
                            line.cheque(),
                            line.visit(),
                            Optional.of(Verdict.ALREADY_REDEEMED),
                            Optional.empty()))
            .toList();
    SlipReference reference =
        slips.add(SlipJudged.tag(slip.venue(), slip.reference()))
            ? slip.reference()
            : new SlipReference(slip.reference() + "-" + position);
    return Slips.with(slip, reference, lines);
  }

  private SlipWithdrawn held(SlipWithdrawn withdrawn) {
    return Slips.with(withdrawn, withdrawn.cheques().stream().filter(redeemed::remove).toList());
  }
}
