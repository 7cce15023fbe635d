package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.bank.BankExceptionClosed;
import fr.passnumerique.clearing.bank.BankStatusDisputed;

/** What the bank said and nobody has explained, in a clerk's words. */
public final class BankWords {
  private BankWords() {}

  /** Why nobody but a clerk can say what it is: a sentence. */
  public static String why(BankEntryUnmatched.Why why) {
    return switch (why) {
      case NO_REFERENCE -> "Un crédit qui ne nomme ni convention ni financeur.";
      case AMBIGUOUS_REFERENCE -> "Un crédit qui en nomme plusieurs.";
      case DETAILS_MISSING -> "Plusieurs paiements en un, dont la banque ne dit pas les montants.";
      case UNKNOWN_DEBIT -> "Un débit qui ne nomme aucun de nos virements.";
      case BANK_REVERSAL -> "La banque contrepasse une de ses écritures.";
      case AMOUNT_DIFFERS -> "Son montant n’est pas celui de ce qu’il nomme.";
      case PAID_TWICE -> "Ce qu’il nomme était déjà payé.";
      case PAID_AFTER_REJECTION ->
          "Il paie un virement rejeté, dont les lignes sont dans un autre ou compensées depuis.";
      case RETURNED_TWICE -> "Il rend un virement déjà revenu.";
      case BACK_FROM_TWO_DEBITS -> "Il rend un virement débité deux fois.";
      case TRANSFER_NOT_SENT -> "Il nomme un virement jamais envoyé.";
      case RETURNED_UNPAID -> "Il rend un virement dont aucun débit n’est connu.";
      case CHARGES -> "Ce qu’une banque a retenu : à la charge de l’opérateur.";
      case TOLD_NO_MORE -> "La banque ne dit plus un mouvement déjà expliqué.";
    };
  }

  /** What is not believed of a status: a sentence. */
  public static String why(BankStatusDisputed.Why why) {
    return switch (why) {
      case NEVER_SENT -> "Aucun virement envoyé à la banque ne porte cette référence.";
      case ANOTHER_FILE -> "Il nomme un de nos virements, et un autre fichier que le sien.";
      case AMOUNT_DIFFERS -> "Son montant n’est pas celui du virement.";
      case REJECTED_AFTER_PAYMENT ->
          "Rejeté, alors qu’il était payé : rien n’est dû de nouveau avant que l’argent revienne.";
      case EXECUTED_AFTER_REJECTION -> "Exécuté, alors qu’il était rejeté : un débit suit-il ?";
      case EXECUTED_AFTER_TAKEN_BACK ->
          "Exécuté, alors qu’un agent avait retiré sa confirmation : un débit suit-il ?";
      case DATED_BEFORE_SENT -> "Daté d’un jour où personne ne l’avait encore envoyé.";
      case UNKNOWN_STATUS -> "Un statut qui ne dit ni payé, ni rejeté, ni en route.";
    };
  }

  /** As which an anomaly is closed. */
  public static String reason(BankExceptionClosed.Reason reason) {
    return switch (reason) {
      case CORRECTED_BY_BANK -> "La banque l’a corrigé";
      case SENT_AGAIN -> "Le bon fichier est arrivé depuis";
      case NOT_OURS -> "Ce n’est pas à nous";
      case NOTHING_TO_DO -> "Ce qui est enregistré est juste : rien à faire";
      case OTHER -> "Autre";
    };
  }

  /** What is made of a movement that the bank tells no more. */
  public static String became(BankExceptionClosed.Became became) {
    return switch (became) {
      case NOTHING -> "disparaît, personne ne l’avait expliqué";
      case RECEIPT_TAKEN_BACK -> "le versement est retiré de sa convention";
      case DEBIT_TAKEN_BACK -> "le virement est de nouveau en route";
      case RETURN_TAKEN_BACK -> "le virement n’est pas revenu : il est payé";
      case PAYMENT_TAKEN_BACK -> "la note de débit demande de nouveau ce montant";
      case TO_EXPLAIN -> "autant, dans l’autre sens, reste à rapprocher";
    };
  }
}
