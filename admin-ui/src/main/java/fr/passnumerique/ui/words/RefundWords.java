package fr.passnumerique.ui.words;

import fr.passnumerique.projections.histories.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** How far a cheque's credit note is, in French. */
public final class RefundWords {
  private RefundWords() {}

  public static String title(HistoryEvent.Refund refund) {
    return switch (refund.step()) {
      case ORDERED -> "Remboursement ordonné";
      case CANCELLED -> "Ordre de remboursement annulé";
      case EXECUTED -> "Remboursement exécuté";
      case REFUNDED -> "Remboursé au financeur";
      case TAKEN_BACK -> "Remboursement retiré, que la banque n’a pas montré";
      case REJECTED -> "Remboursement rejeté";
      case REINSTATED -> "Remboursement rétabli";
      case RETURNED -> "Remboursement retourné";
    };
  }

  public static List<String> lines(HistoryEvent.Refund refund, UnaryOperator<String> funders) {
    List<String> lines = new ArrayList<>();
    lines.add("Avoir %s pour %s.".formatted(refund.creditNote(), funders.apply(refund.funder())));
    if (refund.transfer() != null) {
      lines.add("Virement " + refund.transfer() + ".");
    }
    if (refund.bankEntry() != null) {
      lines.add("Écriture bancaire " + refund.bankEntry() + ".");
    }
    if (refund.reason() != null) {
      lines.add("Motif %s ; le montant est de nouveau dû.".formatted(refund.reason()));
    }
    return lines;
  }
}
