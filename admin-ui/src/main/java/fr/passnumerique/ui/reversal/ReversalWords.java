package fr.passnumerique.ui.reversal;

import fr.passnumerique.clearing.reversal.DebitNote;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.Reversal;
import fr.passnumerique.ui.words.Badge;

/** How undue payments stand, in few words. */
final class ReversalWords {
  private ReversalWords() {}

  static Badge of(Reversal.State state) {
    return switch (state) {
      case PROPOSED -> Badge.warn("Attend une seconde personne");
      case DROPPED -> Badge.calm("Abandonné");
      case REVERSED -> Badge.bad("Lignes annulées");
      case CONTESTED -> Badge.warn("Contesté");
      case UPHELD -> Badge.bad("Maintenu");
      case LIFTED -> Badge.good("Levé");
    };
  }

  static Badge of(DebitNote note) {
    if (note.openCents() == 0) {
      return note.payments().isEmpty() ? Badge.calm("Plus rien à payer") : Badge.good("Payée");
    }
    return note.paidCents() == 0 ? Badge.warn("À payer") : Badge.warn("Payée en partie");
  }

  static String of(DebitNotePaymentTakenBack.Reason reason) {
    return switch (reason) {
      case WRONG_NOTE -> "C’est le paiement d’une autre note";
      case LESS_CAME -> "Il est arrivé moins que demandé";
      case NEVER_CAME -> "Annoncé, jamais arrivé";
      case OTHER -> "Autre";
    };
  }
}
