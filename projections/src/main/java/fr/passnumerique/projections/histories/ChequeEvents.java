package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.distribution.ChequesDelivered;
import fr.passnumerique.clearing.distribution.ChequesHandedOut;
import fr.passnumerique.clearing.distribution.HandOutCorrected;
import fr.passnumerique.clearing.distribution.StockReturned;
import fr.passnumerique.clearing.expiry.ChequesExpired;
import fr.passnumerique.clearing.issuance.ChequesActivated;
import fr.passnumerique.clearing.issuance.ChequesIssued;
import fr.passnumerique.clearing.issuance.Serial;
import fr.passnumerique.clearing.ledger.RecordedFact;
import fr.passnumerique.clearing.redemption.ChequesOpposed;
import fr.passnumerique.clearing.redemption.ChequesReplaced;
import fr.passnumerique.clearing.redemption.SlipJudged;
import fr.passnumerique.clearing.redemption.SlipWithdrawn;
import fr.passnumerique.clearing.reversal.DebitNotePaid;
import fr.passnumerique.clearing.reversal.DebitNotePaymentTakenBack;
import fr.passnumerique.clearing.reversal.LinesReversed;
import fr.passnumerique.clearing.reversal.ReversalLifted;
import fr.passnumerique.clearing.settlement.Netting;
import fr.passnumerique.clearing.settlement.SettlementRunCancelled;
import fr.passnumerique.clearing.settlement.SettlementRunReleased;
import fr.passnumerique.clearing.settlement.TransferRejected;
import java.time.Instant;
import java.util.List;

/** One fact, as it is told of one cheque. */
final class ChequeEvents {
  private ChequeEvents() {}

  /**
   * @throws IllegalStateException if it is no fact about a cheque
   */
  static HistoryEvent of(
      RecordedFact recorded, Serial serial, Traces.OfBatch batch, ChequeNames names) {
    long position = recorded.position();
    Instant at = recorded.recordedAt();
    return switch (recorded.fact()) {
      case ChequesIssued f ->
          new HistoryEvent.Issued(position, at, f.issuedOn(), f.order().value());
      case ChequesActivated f -> new HistoryEvent.Activated(position, at, f.activation().value());
      case ChequesDelivered f ->
          new HistoryEvent.Delivered(
              position,
              at,
              f.deliveredOn(),
              f.delivery().value(),
              f.prescriber().value(),
              names.prescribers().getOrDefault(f.prescriber().value(), ""));
      case ChequesHandedOut f ->
          new HistoryEvent.HandedOut(
              position,
              at,
              f.handedOutOn(),
              f.handOut().value(),
              f.prescriber().value(),
              names.prescribers().getOrDefault(f.prescriber().value(), ""),
              f.publicCode());
      case ChequesExpired f -> new HistoryEvent.Expired(position, at, f.lastDay());
      case ChequesOpposed f ->
          new HistoryEvent.Opposed(position, at, f.opposition().value(), f.reason().name());
      case StockReturned f ->
          new HistoryEvent.Returned(position, at, f.correction().value(), f.prescriber().value());
      case HandOutCorrected f ->
          new HistoryEvent.HandOutCorrected(
              position, at, f.correction().value(), f.prescriber().value());
      case ChequesReplaced f -> replaced(f, position, at, serial);
      case SlipJudged f -> redeemed(f, recorded, serial, batch, names);
      case SlipWithdrawn f ->
          new HistoryEvent.Released(
              position,
              at,
              f.venue().value(),
              names.venues().getOrDefault(f.venue().value(), ""),
              f.reference().value());
      case LinesReversed f ->
          new HistoryEvent.Reversed(position, at, f.reversal().value(), f.reason().name());
      case ReversalLifted f -> new HistoryEvent.ReversalLifted(position, at, f.reversal().value());
      case SettlementRunReleased f ->
          isClaimed(f.nettings(), serial)
              ? new HistoryEvent.Recovered(position, at, f.run().value(), null)
              : new HistoryEvent.Netted(position, at, f.run().value());
      case DebitNotePaid f -> new HistoryEvent.Recovered(position, at, null, f.debitNote().value());
      case DebitNotePaymentTakenBack f ->
          new HistoryEvent.RecoveryUndone(position, at, null, f.debitNote().value());
      case TransferRejected f ->
          isClaimed(f.nettings(), serial)
              ? new HistoryEvent.RecoveryUndone(position, at, f.run().value(), null)
              : new HistoryEvent.NettingUndone(position, at, f.run().value());
      case SettlementRunCancelled f ->
          isClaimed(f.nettings(), serial)
              ? new HistoryEvent.RecoveryUndone(position, at, f.run().value(), null)
              : new HistoryEvent.NettingUndone(position, at, f.run().value());
      default ->
          throw new IllegalStateException(
              "position %d is %s, not a fact about a cheque"
                  .formatted(position, recorded.fact().getClass().getSimpleName()));
    };
  }

  private static boolean isClaimed(List<Netting> nettings, Serial serial) {
    return nettings.stream().anyMatch(netting -> netting.claims().contains(serial));
  }

  private static HistoryEvent replaced(
      ChequesReplaced replacement, long position, Instant at, Serial serial) {
    String name = replacement.replacement().value();
    if (serial.batch().equals(replacement.batch())) {
      boolean activated =
          replacement.activated().stream()
              .anyMatch(
                  range -> range.first() <= serial.ordinal() && serial.ordinal() <= range.last());
      return new HistoryEvent.Replaces(
          position,
          at,
          name,
          replacement.replaced().get(serial.ordinal() - 1).toString(),
          activated);
    }
    int ordinal = replacement.replaced().indexOf(serial) + 1;
    return new HistoryEvent.Replaced(
        position, at, name, new Serial(replacement.batch(), ordinal).toString());
  }

  private static HistoryEvent redeemed(
      SlipJudged slip,
      RecordedFact recorded,
      Serial serial,
      Traces.OfBatch batch,
      ChequeNames names) {
    for (int line = 1; line <= slip.lines().size(); line++) {
      SlipJudged.Line judged = slip.lines().get(line - 1);
      if (judged.rejected().isEmpty() && judged.cheque().filter(serial::equals).isPresent()) {
        SlipJudged.Visit visit = slip.visits().get(judged.visit());
        return new HistoryEvent.Redeemed(
            recorded.position(),
            recorded.recordedAt(),
            visit.servedOn(),
            slip.presentedAt(),
            slip.venue().value(),
            names.venues().getOrDefault(slip.venue().value(), ""),
            slip.reference().value(),
            line,
            visit.pointOfService().value(),
            names.pointsOfService().getOrDefault(slip.venue() + "/" + visit.pointOfService(), ""),
            visit.departement().code(),
            visit.service(),
            batch.faceValueCents());
      }
    }
    throw new IllegalStateException(
        "the slip at position %d does not redeem %s, as its claim says"
            .formatted(recorded.position(), serial));
  }
}
