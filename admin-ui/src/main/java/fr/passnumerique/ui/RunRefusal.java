package fr.passnumerique.ui;

import fr.passnumerique.clearing.ledger.Refusal;

/** Why a settlement run is not released, or not cancelled, in a clerk's words. */
final class RunRefusal {
  private RunRefusal() {}

  static Trouble ofRelease(Refusal refusal) {
    String instead = "Annulez-le et ouvrez-en un autre, qui laisse cela de côté et paie le reste";
    return switch (refusal.code().name()) {
      case "MAY_BE_PAID_ALREADY" ->
          Trouble.of(
              "Sa libération serait refusée",
              "Il paierait ou compenserait ce que la banque a peut-être déjà payé.",
              instead + " ; puis expliquez ce mouvement de la banque.",
              told(refusal));
      case "NETTING_CONTESTED" ->
          Trouble.of(
              "Sa libération serait refusée",
              "Il compense une ligne annulée que le lieu conteste depuis.",
              instead + ".",
              told(refusal));
      case "ACCOUNT_CLOSED" ->
          Trouble.of(
              "Sa libération serait refusée",
              "La banque a fermé, depuis qu’il est ouvert, un compte auquel il paierait.",
              instead + ".",
              told(refusal));
      default -> Trouble.of("Sa libération serait refusée", refusal.message(), refusal.remedy());
    };
  }

  static Trouble ofCancelling(Refusal refusal) {
    return switch (refusal.code().name()) {
      case "RUN_ALREADY_RELEASED" ->
          Trouble.of(
              "Trop tard pour annuler",
              "Son fichier a été téléchargé : la banque peut l’avoir.",
              "Enregistrez ce que la banque dit de chacun de ses virements.");
      case "DEBIT_UNEXPLAINED" ->
          Trouble.of(
              "Un débit est à expliquer d’abord",
              "La banque a peut-être payé un de ses virements : ce qu’il paie n’est pas dû de"
                  + " nouveau tant que personne n’a dit ce qu’était ce débit.",
              "Expliquez ce mouvement, puis annulez le règlement.",
              told(refusal));
      case "TRANSFER_ENDED", "NOTHING_TO_TRANSFER" ->
          Trouble.of(
              "Il n’y a rien à annuler",
              "Aucun de ses virements n’attend plus : tout est payé, rejeté ou compensé.");
      default -> Trouble.of("Il ne peut pas être annulé", refusal.message(), refusal.remedy());
    };
  }

  /** Which transfer, account or line: as the API says it. */
  private static String told(Refusal refusal) {
    return "« %s »".formatted(refusal.message());
  }
}
