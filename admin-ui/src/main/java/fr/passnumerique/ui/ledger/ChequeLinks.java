package fr.passnumerique.ui.ledger;

import fr.passnumerique.clearing.access.Actor;
import fr.passnumerique.projections.histories.HistoryEvent;
import fr.passnumerique.ui.words.CauseWords;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** From what happened to a cheque to the slip, the settlement run and the transfer it is in. */
final class ChequeLinks {
  private ChequeLinks() {}

  /** Those only that have a page for the reader. */
  static List<CauseWords> of(HistoryEvent event, Actor reader) {
    return links(event, reader).filter(link -> link.page() != null).toList();
  }

  private static Stream<CauseWords> links(HistoryEvent event, Actor reader) {
    return switch (event) {
      case HistoryEvent.Redeemed e -> slip(e.venue(), e.slip(), reader);
      case HistoryEvent.Rejected e -> slip(e.venue(), e.slip(), reader);
      case HistoryEvent.Released e -> slip(e.venue(), e.slip(), reader);
      case HistoryEvent.TransferOrdered e -> transfer(e.run(), e.transfer(), reader);
      case HistoryEvent.Paid e -> Stream.of(CauseWords.transfer(e.run(), e.transfer(), reader));
      case HistoryEvent.Debited e -> Stream.of(CauseWords.transfer(e.run(), e.transfer(), reader));
      case HistoryEvent.TransferRejected e ->
          Stream.of(CauseWords.transfer(e.run(), e.transfer(), reader));
      case HistoryEvent.TransferReturned e ->
          Stream.of(CauseWords.transfer(e.run(), e.transfer(), reader));
      case HistoryEvent.RunCancelled e -> transfer(e.run(), e.transfer(), reader);
      case HistoryEvent.Netted e -> Stream.of(CauseWords.run(e.run(), reader));
      case HistoryEvent.NettingUndone e -> Stream.of(CauseWords.run(e.run(), reader));
      case HistoryEvent.Recovered e ->
          e.debitNote() == null
              ? run(e.run(), reader)
              : Stream.of(Thing.DEBIT_NOTE.link(e.debitNote(), reader));
      case HistoryEvent.RecoveryUndone e ->
          e.debitNote() == null
              ? run(e.run(), reader)
              : Stream.of(Thing.DEBIT_NOTE.link(e.debitNote(), reader));
      case HistoryEvent.DebitTakenBack e ->
          Stream.of(CauseWords.transfer(e.run(), e.transfer(), reader));
      case HistoryEvent.Issued e -> Stream.of(Thing.ORDER.link(e.order(), reader));
      case HistoryEvent.Activated e -> Stream.of(Thing.ACTIVATION.link(e.activation(), reader));
      case HistoryEvent.Delivered e -> Stream.of(Thing.DELIVERY.link(e.delivery(), reader));
      case HistoryEvent.HandedOut e ->
          Stream.of(Thing.HAND_OUT.link(e.prescriber(), e.handOut(), reader));
      case HistoryEvent.HandOutCorrected e ->
          Stream.of(Thing.CORRECTION.link(e.prescriber(), e.correction(), reader));
      case HistoryEvent.Returned e ->
          Stream.of(Thing.CORRECTION.link(e.prescriber(), e.correction(), reader));
      case HistoryEvent.Opposed e -> Stream.of(Thing.OPPOSITION.link(e.opposition(), reader));
      case HistoryEvent.Replaced e -> Stream.of(Thing.ORDER.link(e.replacement(), reader));
      case HistoryEvent.Replaces e -> Stream.of(Thing.ORDER.link(e.replacement(), reader));
      case HistoryEvent.Reversed e -> Stream.of(Thing.REVERSAL.link(e.reversal(), reader));
      case HistoryEvent.Credited e -> note(e.creditNote(), e.funder(), reader);
      case HistoryEvent.Refund e -> note(e.creditNote(), e.funder(), reader);
      default -> Stream.empty();
    };
  }

  private static Stream<CauseWords> note(String id, String funder, Actor reader) {
    return Stream.of(Thing.CREDIT_NOTE.link(id, reader, funder.equals(reader.subject())));
  }

  private static Stream<CauseWords> slip(
      @Nullable String venue, @Nullable String reference, Actor reader) {
    return venue == null || reference == null
        ? Stream.empty()
        : Stream.of(CauseWords.slip(venue, reference, reader));
  }

  private static Stream<CauseWords> run(@Nullable String run, Actor reader) {
    return run == null ? Stream.empty() : Stream.of(CauseWords.run(run, reader));
  }

  private static Stream<CauseWords> transfer(String run, String transfer, Actor reader) {
    return Stream.of(CauseWords.transfer(run, transfer, reader), CauseWords.run(run, reader));
  }
}
