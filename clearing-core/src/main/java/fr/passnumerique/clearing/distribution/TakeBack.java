package fr.passnumerique.clearing.distribution;

import fr.passnumerique.clearing.distribution.HandOutCheques.Choice;
import fr.passnumerique.clearing.ledger.Command;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.List;

/**
 * Takes cheques one step back: from a prescriber's stock to the operator's, or from a person to the
 * prescriber's stock, because the hand-out was recorded wrongly. The answer is the fact.
 */
public record TakeBack(
    Step step, CorrectionId correction, PrescriberId prescriber, List<Choice> choices)
    implements Command<Fact> {
  public TakeBack {
    choices = List.copyOf(choices);
  }

  /** Which step is taken back. */
  public enum Step {
    DELIVERY,
    HAND_OUT
  }
}
