package fr.passnumerique.projections.accounts;

import static java.util.stream.Collectors.joining;

import fr.passnumerique.clearing.bank.BankEntryMatched;
import fr.passnumerique.clearing.bank.BankEntryTakenOut;
import fr.passnumerique.clearing.bank.BankEntryUnmatched;
import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.expiry.CreditNoteRefunded;
import fr.passnumerique.clearing.expiry.RefundTakenBack;
import fr.passnumerique.clearing.funding.FundsReceived;
import fr.passnumerique.clearing.funding.FundsTransferred;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.giveback.CreditGivenBack;
import fr.passnumerique.clearing.giveback.GiveBackCancelled;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.refund.RefundReturned;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunContinued;
import fr.passnumerique.clearing.settlement.SettlementRunOpened;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferConfirmed;
import fr.passnumerique.clearing.settlement.TransferDebitTakenBack;
import fr.passnumerique.clearing.settlement.TransferDebited;
import fr.passnumerique.clearing.settlement.TransferExecuted;
import fr.passnumerique.clearing.settlement.TransferExecutionTakenBack;
import fr.passnumerique.clearing.settlement.TransferReinstated;
import fr.passnumerique.clearing.settlement.TransferRejected;
import fr.passnumerique.clearing.settlement.TransferReturned;
import java.util.List;

/**
 * What a posting is about, by the name it has in the API: the slip whose lines were accepted, the
 * transfer that paid them, the receipt that brought the money in.
 *
 * @param kind such as {@code slip}
 * @param id a slip's is {@code venue/reference}
 */
public record Cause(String kind, String id) {

  /**
   * @return the nearest first; empty for a fact that posts nothing
   */
  static List<Cause> of(Fact fact) {
    return switch (fact) {
      case FundsReceived f -> of("receipt", f.receipt());
      case ReceiptTakenBack f -> of("receipt", f.receipt());
      case FundsTransferred f -> of("fundsTransfer", f.transfer());
      case BankEntryUnmatched f -> of("bankEntry", f.entry().booking());
      case BankEntryMatched f -> of("bankEntry", f.entry().booking());
      case BankEntryTakenOut f -> of("bankEntry", f.entry().booking());
      case ChequesIssued f -> of("order", f.order(), "batch", f.batch());
      case ChequesActivated f -> of("activation", f.activation(), "batch", f.batch());
      case ChequesDelivered f -> of("delivery", f.delivery());
      case ChequesHandedOut f -> of("handOut", f.handOut());
      case HandOutCorrected f -> of("correction", f.correction());
      case StockReturned f -> of("correction", f.correction());
      case ChequesOpposed f -> of("opposition", f.opposition());
      case ChequesReplaced f -> of("order", f.replacement(), "batch", f.batch());
      case ChequesExpired f -> of("order", f.order(), "batch", f.batch());
      case SlipJudged f -> List.of(slip(f.venue(), f.reference()));
      case SlipWithdrawn f -> List.of(slip(f.venue(), f.reference()));
      case SettlementRunOpened f -> of("settlementRun", f.run());
      case SettlementRunContinued f -> of("settlementRun", f.run());
      case SettlementRunReleased f -> of("settlementRun", f.run());
      case SettlementRunCancelled f -> of("settlementRun", f.run());
      case TransferConfirmed f -> of("transfer", f.transfer(), "settlementRun", f.run());
      case TransferExecuted f -> of("transfer", f.transfer(), "settlementRun", f.run());
      case TransferDebited f -> of("transfer", f.transfer(), "settlementRun", f.run());
      case TransferDebitTakenBack f -> of("transfer", f.transfer(), "settlementRun", f.run());
      case TransferExecutionTakenBack f -> of("transfer", f.transfer(), "settlementRun", f.run());
      case TransferRejected f -> of("transfer", f.transfer(), "settlementRun", f.run());
      case TransferReturned f -> of("transfer", f.transfer(), "settlementRun", f.run());
      case TransferReinstated f -> of("transfer", f.transfer(), "settlementRun", f.run());
      case LinesReversed f ->
          List.of(new Cause("reversal", f.reversal().toString()), slip(f.venue(), f.reference()));
      case ReversalLifted f ->
          List.of(new Cause("reversal", f.reversal().toString()), slip(f.venue(), f.reference()));
      case DebitNotePaid f -> of("debitNote", f.debitNote());
      case DebitNotePaymentTakenBack f -> of("debitNote", f.debitNote());
      case CreditNoteRefunded f -> of("creditNote", f.creditNote());
      case RefundTakenBack f -> of("creditNote", f.creditNote());
      case CreditGivenBack f -> of("creditNote", f.creditNote());
      case GiveBackCancelled f -> of("creditNote", f.creditNote());
      case RefundReturned f -> of("transfer", f.transfer(), "creditNote", f.creditNote());
      default -> List.of();
    };
  }

  /** As one text, a line each; identifiers hold no line break. */
  static String written(List<Cause> causes) {
    return causes.stream().map(cause -> cause.kind() + " " + cause.id()).collect(joining("\n"));
  }

  static List<Cause> read(String written) {
    return written
        .lines()
        .map(line -> line.split(" ", 2))
        .map(parts -> new Cause(parts[0], parts[1]))
        .toList();
  }

  private static List<Cause> of(String kind, Object id) {
    return List.of(new Cause(kind, id.toString()));
  }

  private static List<Cause> of(String kind, Object id, String within, Object outer) {
    return List.of(new Cause(kind, id.toString()), new Cause(within, outer.toString()));
  }

  private static Cause slip(Object venue, Object reference) {
    return new Cause("slip", venue + "/" + reference);
  }
}
