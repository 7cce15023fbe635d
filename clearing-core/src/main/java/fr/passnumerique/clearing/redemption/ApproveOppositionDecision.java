package fr.passnumerique.clearing.redemption;

import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a proposed opposition into force. Which cheques can still be opposed is decided now, not
 * when it was proposed. Its boundary is told in {@link Opposing}.
 */
final class ApproveOppositionDecision implements Decider<ApproveOpposition, Opposition> {
  private final RedemptionRegister register;
  private final Opposing opposing;

  ApproveOppositionDecision(RedemptionRegister register) {
    this.register = register;
    this.opposing = new Opposing(register);
  }

  @Override
  public Class<ApproveOpposition> command() {
    return ApproveOpposition.class;
  }

  @Override
  public Decision<Opposition> decide(ApproveOpposition c, Instant receivedAt) {
    long recorded = register.opposition(c.opposition());
    if (recorded == 0) {
      return Decision.refuse(
          OppositionRefusal.UNKNOWN_OPPOSITION.because(
              "opposition",
              "opposition %s is not proposed".formatted(c.opposition()),
              "correct the identifier"));
    }
    OppositionProposed proposed = register.proposedOpposition(c.opposition());
    if (proposed == null) {
      return new Decision.Known<>(
          recorded,
          fact ->
              ((ChequesOpposed) fact).approvedBy().isPresent()
                  ? new Decision.Reply.Same<>(Opposition.of(fact))
                  : new Decision.Reply.Different<>(
                      OppositionRefusal.NOTHING_TO_APPROVE.because(
                          "opposition",
                          "opposition %s is in force and needed no second person"
                              .formatted(c.opposition()),
                          "nothing to do")));
    }
    return Decision.bySecondPerson(
        Set.of(proposed.by()),
        c.by(),
        OppositionRefusal.SECOND_PERSON_NEEDED.because(
            "opposition",
            "opposition %s was proposed by you, and who proposes one does not approve it"
                .formatted(c.opposition()),
            "have another clerk approve it"),
        () ->
            opposing.oppose(
                c.opposition(),
                proposed.asked(),
                proposed.reason(),
                proposed.by(),
                Optional.of(c.by())));
  }
}
