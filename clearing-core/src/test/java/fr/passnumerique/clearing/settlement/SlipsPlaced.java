package fr.passnumerique.clearing.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.clearing.funding.ProgrammeId;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Register;
import fr.passnumerique.clearing.redemption.SlipJudged;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The settlement register, of which after every fact of every test each slip is found by the states
 * and programmes in which its money is, and by no other.
 */
final class SlipsPlaced implements Register {
  /** Of more not all are asked about each time. */
  private static final int FEW = 200;

  private final SettlementRegister register;
  private final Map<Long, SlipJudged> slips = new HashMap<>();

  SlipsPlaced(SettlementRegister register) {
    this.register = register;
  }

  @Override
  public void fold(Fact fact, long position, Instant recordedAt) {
    register.fold(fact, position, recordedAt);
    if (fact instanceof SlipJudged slip) {
      slips.put(position, slip);
    }
    if (slips.size() > FEW) {
      return;
    }
    Set<Found> byItsMoney = new HashSet<>();
    slips.forEach(
        (slip, judged) -> {
          List<SlipPart> parts = SlipMoney.of(register, slip);
          if (parts.isEmpty()) {
            SlipState none = SlipPart.without(judged.acceptedCount() > 0).state();
            byItsMoney.add(new Found(slip, none, null));
          }
          for (SlipPart part : parts) {
            byItsMoney.add(new Found(slip, part.state(), part.programme().orElseThrow()));
            byItsMoney.add(new Found(slip, part.state(), null));
          }
        });
    Set<Found> asked = new HashSet<>();
    for (SlipState state : SlipState.values()) {
      ask(asked, state, null);
      register.programmes().forEach(programme -> ask(asked, state, programme));
    }
    assertThat(asked).as("after %s", fact).isEqualTo(byItsMoney);
  }

  private void ask(Set<Found> asked, SlipState state, @Nullable ProgrammeId programme) {
    register
        .slips()
        .asked(new SlipList.Filter(null, state, programme, null, null, null))
        .inOrder(SlipSort.OLDEST, null, FEW + 1)
        .forEach(slip -> asked.add(new Found(slip, state, programme)));
  }

  private record Found(long slip, SlipState state, @Nullable ProgrammeId programme) {}
}
