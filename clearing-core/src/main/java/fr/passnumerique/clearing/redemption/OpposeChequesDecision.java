package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.distribution.ChequeRange;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Opposes cheques, or proposes it when they are more than one person may oppose alone. Its boundary
 * is told in {@link Opposing}; a proposal looks at its own key alone, since issued cheques stay
 * issued and everything else is looked at when it is approved.
 */
final class OpposeChequesDecision implements Decider<OpposeCheques, Opposition> {
  private final RedemptionRegister register;
  private final Opposing opposing;
  private final int mostAlone;

  /**
   * @param mostAlone cheques that one person may oppose alone
   */
  OpposeChequesDecision(RedemptionRegister register, int mostAlone) {
    this.register = register;
    this.opposing = new Opposing(register);
    this.mostAlone = mostAlone;
  }

  @Override
  public Class<OpposeCheques> command() {
    return OpposeCheques.class;
  }

  @Override
  public Decision<Opposition> decide(OpposeCheques c, Instant receivedAt) {
    Opposing.Asked asked = opposing.asked(c.cheques(), c.prescriber());
    long recorded = register.opposition(c.opposition());
    if (recorded != 0) {
      return new Decision.Known<>(recorded, fact -> reply(fact, c, asked.cheques()));
    }
    Refusal refusal = asked.refusal();
    if (refusal == null && c.prescriber().isPresent()) {
      refusal = opposing.foreign(asked.cheques(), c.prescriber().get());
    }
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    if (asked.count() > mostAlone) {
      OppositionProposed fact =
          new OppositionProposed(c.opposition(), asked.cheques(), c.reason(), c.by());
      Boundary looked =
          c.prescriber().isEmpty()
              ? Boundary.of(fact.tags())
              : Boundary.of(withBatches(fact, asked.cheques()));
      return Decision.accept(fact, looked, Opposition.of(fact));
    }
    return opposing.oppose(c.opposition(), asked.cheques(), c.reason(), c.by(), Optional.empty());
  }

  /** A prescriber's proposal also looked at who holds the cheques. */
  private static Set<String> withBatches(OppositionProposed fact, List<ChequeRange> cheques) {
    Set<String> tags = new HashSet<>(fact.tags());
    cheques.forEach(range -> tags.add("batch:" + range.batch()));
    return tags;
  }

  private static Decision.Reply<Opposition> reply(
      Fact recorded, OpposeCheques c, List<ChequeRange> asked) {
    Opposition known = Opposition.of(recorded);
    return known.asked().equals(asked) && known.reason() == c.reason()
        ? new Decision.Reply.Same<>(known)
        : new Decision.Reply.Different<>(
            OppositionRefusal.OPPOSITION_ALREADY_RECORDED.because(
                "opposition",
                "opposition %s is recorded with other contents".formatted(c.opposition()),
                "choose another identifier for another opposition"));
  }
}
