package fr.passnumerique.ui.words;

import fr.passnumerique.clearing.redemption.ChequesOpposed;

/** What a fact is, in a reader's words. */
public final class FactWords {
  private FactWords() {}

  /**
   * @param type a fact's
   * @return its type for a fact that is in nobody's accounts, cheque or stock
   */
  public static String of(String type) {
    return switch (type) {
      case "FundsReceived" -> "Fonds reçus d’un financeur";
      case "FundsTransferred" -> "Fonds transférés entre conventions";
      case "BankEntryUnmatched" -> "Mouvement bancaire à rapprocher";
      case "BankEntryMatched" -> "Mouvement bancaire rapproché";
      case "ReceiptTakenBack" -> "Encaissement retiré, que la banque ne dit pas";
      case "TransferDebitTakenBack" -> "Débit d’un virement retiré, que la banque ne dit pas";
      case "BankEntryTakenOut" -> "Mouvement bancaire retiré, que la banque ne dit plus";
      case "BankEntriesOffset" -> "Mouvements bancaires qui s’annulent";
      case "BankEntryProved" -> "Mouvement bancaire confirmé par un relevé";
      case "ChequesIssued" -> "Chèques émis";
      case "ChequesActivated" -> "Chèques activés";
      case "ChequesDelivered" -> "Chèques livrés à un prescripteur";
      case "ChequesHandedOut" -> "Chèques remis à des personnes";
      case "HandOutCorrected" -> "Remise corrigée";
      case "StockReturned" -> "Chèques rendus à l’opérateur";
      case "OppositionProposed" -> "Opposition demandée";
      case "ChequesOpposed" -> "Chèques frappés d’opposition";
      case "ChequesReplaced" -> "Chèques remplacés";
      case "ChequesExpired" -> "Chèques périmés";
      case "SlipJudged" -> "Bordereau jugé";
      case "SlipWithdrawn" -> "Bordereau retiré";
      case "SettlementRunOpened" -> "Règlement ouvert";
      case "SettlementRunContinued" -> "Règlement poursuivi";
      case "SettlementRunReleased" -> "Règlement libéré";
      case "SettlementRunCancelled" -> "Règlement annulé";
      case "TransferConfirmed" -> "Virement confirmé";
      case "TransferExecutionTakenBack" -> "Exécution d’un virement retirée";
      case "TransferExecuted" -> "Virement exécuté par la banque";
      case "TransferDebited" -> "Virement débité du compte";
      case "TransferRejected" -> "Virement rejeté";
      case "TransferReturned" -> "Virement revenu";
      case "TransferReinstated" -> "Virement rétabli";
      case "LinesReversed" -> "Lignes annulées (indu)";
      case "ReversalLifted" -> "Indu levé";
      case "ReversalProposed" -> "Indu proposé";
      case "ReversalContested" -> "Indu contesté par le lieu";
      case "ReversalUpheld" -> "Indu maintenu";
      case "ReversalDropped" -> "Indu abandonné";
      case "DebitNoteIssued" -> "Note de débit émise";
      case "DebitNotePaid" -> "Note de débit payée";
      case "FundsCalled" -> "Fonds appelés";
      case "FundsCallCancelled" -> "Appel de fonds annulé";
      case "ExpiryAnnounced" -> "Fin de la commande annoncée";
      case "ExpirySigned" -> "Fin de la commande signée";
      case "DebitNotePaymentTakenBack" ->
          "Paiement d’une note de débit retiré, que la banque ne dit pas";
      case "CreditNoteIssued" -> "Avoir émis";
      case "CreditNoteRefunded" -> "Avoir remboursé";
      case "CreditGivenBack" -> "Fonds libres à rendre";
      case "GiveBackCancelled" -> "Restitution annulée";
      case "RefundsOrdered" -> "Remboursements ordonnés";
      case "RefundsReleased" -> "Remboursements libérés";
      case "RefundsCancelled" -> "Ordre de remboursement annulé";
      case "RefundFileDownloaded" -> "Fichier de virements téléchargé";
      case "RefundReturned" -> "Remboursement revenu";
      case "RefundTakenBack" -> "Remboursement retiré, que la banque ne dit pas";
      case "RefundExecuted" -> "Remboursement exécuté par la banque";
      case "RefundExecutionTakenBack" -> "Exécution d’un remboursement retirée";
      case "RefundRejected" -> "Remboursement rejeté";
      case "RefundReinstated" -> "Remboursement rétabli";
      case "AgreementSigned" -> "Convention signée";
      case "AgreementAmended" -> "Avenant à une convention";
      case "VenueLabelled" -> "Lieu labellisé";
      case "WaiverSet" -> "Renonciation d’un lieu au paiement";
      default -> type;
    };
  }

  /** Why cheques are opposed. */
  public static String reason(ChequesOpposed.Reason reason) {
    return switch (reason) {
      case LOST -> "Perdus";
      case STOLEN -> "Volés";
      case DAMAGED -> "Abîmés";
      case FAULTY -> "Mal imprimés ou mal livrés";
    };
  }
}
