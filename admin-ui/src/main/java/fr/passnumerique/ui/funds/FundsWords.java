package fr.passnumerique.ui.funds;

import fr.passnumerique.clearing.calls.FundsCallCancelled;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;

/** Why something about funders' money is undone, in few words. */
final class FundsWords {
  private FundsWords() {}

  static String of(FundsCallCancelled.Reason reason) {
    return switch (reason) {
      case ENTERED_BY_MISTAKE -> "Erreur de montant, de financeur ou de convention";
      case REPLACED -> "Un autre appel le remplace";
      case NOT_NEEDED -> "Ces fonds ne sont plus nécessaires";
      case OTHER -> "Autre";
    };
  }

  static String of(ReceiptTakenBack.Reason reason) {
    return switch (reason) {
      case TYPED_TWICE -> "Saisi deux fois";
      case WRONG_AMOUNT -> "Erreur de montant";
      case WRONG_SHARE -> "Erreur de financeur ou de convention";
      case NEVER_CAME -> "Annoncé, jamais arrivé";
      case OTHER -> "Autre";
    };
  }
}
