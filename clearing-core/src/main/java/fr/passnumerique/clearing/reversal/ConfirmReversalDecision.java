package fr.passnumerique.clearing.reversal;

import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_ALREADY_CONFIRMED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.REVERSAL_DROPPED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.SECOND_PERSON_REQUIRED;
import static fr.passnumerique.clearing.reversal.ReversalRefusal.UNKNOWN_REVERSAL;

import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.reversal.ReversalRegister.Known;
import fr.passnumerique.clearing.settlement.LineMoney;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The second pair of eyes. The lines are looked at again: what was owed when the reversal was
 * proposed may be paid by now. Boundary: as that of {@link ReverseLinesDecision}.
 */
final class ConfirmReversalDecision implements Decider<ConfirmReversal, Reversal> {
  private final ReversalRegister register;
  private final LineMoney money;
  private final ReversalTerms terms;

  ConfirmReversalDecision(ReversalRegister register, LineMoney money, ReversalTerms terms) {
    this.register = register;
    this.money = money;
    this.terms = terms;
  }

  @Override
  public Class<ConfirmReversal> command() {
    return ConfirmReversal.class;
  }

  @Override
  public Decision<Reversal> decide(ConfirmReversal command, Instant receivedAt) {
    Known known = register.reversal(command.reversal());
    if (known == null) {
      return Decision.refuse(unknown(command.reversal()));
    }
    if (known.confirmed() != 0) {
      return known.confirmedBy().isPresent()
          ? new Decision.Known<>(
              known.confirmed(),
              recorded ->
                  new Decision.Reply.Same<>(
                      Reversal.of((LinesReversed) recorded, known.reversedAt().map(Paris::dayOf))))
          : Decision.refuse(
              REVERSAL_ALREADY_CONFIRMED.because(
                  "reversalId",
                  "reversal %s counts since it was recorded, no second person is needed"
                      .formatted(known.id()),
                  "nothing is to be done"));
    }
    if (register.droppedAt(known.id()) != null) {
      return Decision.refuse(dropped(known.id()));
    }
    return Decision.bySecondPerson(
        Set.of(known.reversedBy()),
        command.by(),
        SECOND_PERSON_REQUIRED.because(
            "reversalId",
            "reversal %s was proposed by you, and who proposes one does not confirm it"
                .formatted(known.id()),
            "have another clerk confirm it"),
        () -> confirm(known, command.by(), receivedAt));
  }

  private Decision<Reversal> confirm(Known known, String by, Instant receivedAt) {
    Refusal refusal =
        ReverseLinesDecision.refusal(
            register, money, known.slip(), known.reference(), known.proposed());
    if (refusal != null) {
      return Decision.refuse(refusal);
    }
    return ReverseLinesDecision.reverse(
        new LinesReversed(
            known.id(),
            known.venue(),
            known.reference(),
            known.slip(),
            ReverseLinesDecision.standing(money, known.slip(), known.proposed()),
            known.reason(),
            known.note(),
            known.reversedBy(),
            Optional.of(by),
            Paris.dayOf(receivedAt).plusDays(terms.contestDays())),
        receivedAt);
  }

  static Refusal dropped(ReversalId reversal) {
    return REVERSAL_DROPPED.because(
        "reversalId",
        "reversal %s was given up before it counted".formatted(reversal),
        "reverse the lines under another identifier if they are wrong all the same");
  }

  static Refusal unknown(ReversalId reversal) {
    return UNKNOWN_REVERSAL.because(
        "reversalId", "there is no reversal %s".formatted(reversal), "name one that was recorded");
  }
}
