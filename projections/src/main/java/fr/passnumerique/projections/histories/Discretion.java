package fr.passnumerique.projections.histories;

import fr.passnumerique.clearing.access.Actor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What each role may know of a cheque. For whom it does not exist, it is not there; to the others
 * it is told without what is not theirs to know.
 */
public interface Discretion {

  /**
   * @return empty if the cheque is not the actor's to know
   */
  Optional<ChequeHistory> apply(ChequeHistory history);

  static Discretion of(Actor actor) {
    return switch (actor.role()) {
      case CLERK, AUDITOR -> Optional::of;
      case FUNDER -> history -> toFunder(history, actor.subject());
      case VENUE -> history -> toVenue(history, actor.subject());
      case PRESCRIBER -> history -> toPrescriber(history, actor.subject());
    };
  }

  /**
   * Of the cheques that it co-finances, where they were spent too; not who tried them elsewhere.
   */
  private static Optional<ChequeHistory> toFunder(ChequeHistory history, String funder) {
    return history.shares().stream().anyMatch(share -> share.funder().equals(funder))
        ? Optional.of(told(history, event -> toPayer(event, funder)))
        : Optional.empty();
  }

  /** Of the cheques that it redeemed. */
  private static Optional<ChequeHistory> toVenue(ChequeHistory history, String venue) {
    boolean own =
        history.events().stream()
            .anyMatch(
                event ->
                    event instanceof HistoryEvent.Redeemed redeemed
                        && venue.equals(redeemed.venue()));
    return own ? Optional.of(told(history, event -> toPayer(event, ""))) : Optional.empty();
  }

  /**
   * @param funder whose refunds it may know; empty for a venue, which knows of none
   */
  private static Stream<HistoryEvent> toPayer(HistoryEvent event, String funder) {
    return switch (event) {
      case HistoryEvent.Rejected _ -> Stream.empty();
      case HistoryEvent.Credited e -> e.funder().equals(funder) ? Stream.of(e) : Stream.empty();
      case HistoryEvent.Refund e -> e.funder().equals(funder) ? Stream.of(e) : Stream.empty();
      // One person received it: what made the person eligible is between the two of them.
      case HistoryEvent.HandedOut e ->
          Stream.of(
              new HistoryEvent.HandedOut(
                  e.position(),
                  e.recordedAt(),
                  e.handedOutOn(),
                  e.handOut(),
                  e.prescriber(),
                  e.prescriberName(),
                  null));
      case HistoryEvent.Issued _,
          HistoryEvent.Activated _,
          HistoryEvent.Delivered _,
          HistoryEvent.Redeemed _,
          HistoryEvent.Released _,
          HistoryEvent.Opposed _,
          HistoryEvent.Replaced _,
          HistoryEvent.Replaces _,
          HistoryEvent.Returned _,
          HistoryEvent.HandOutCorrected _,
          HistoryEvent.Expired _,
          HistoryEvent.TransferOrdered _,
          HistoryEvent.Paid _,
          HistoryEvent.Debited _,
          HistoryEvent.DebitTakenBack _,
          HistoryEvent.TransferRejected _,
          HistoryEvent.TransferReturned _,
          HistoryEvent.RunCancelled _,
          HistoryEvent.Netted _,
          HistoryEvent.NettingUndone _,
          HistoryEvent.Reversed _,
          HistoryEvent.Recovered _,
          HistoryEvent.RecoveryUndone _,
          HistoryEvent.ReversalLifted _ ->
          Stream.of(event);
    };
  }

  /** Of the cheques delivered to it, that they were spent, never where. */
  private static Optional<ChequeHistory> toPrescriber(ChequeHistory history, String prescriber) {
    boolean own =
        history.events().stream()
            .anyMatch(
                event ->
                    event instanceof HistoryEvent.Delivered delivered
                        && prescriber.equals(delivered.prescriber()));
    return own
        ? Optional.of(told(history, event -> toPrescriber(event, prescriber)))
        : Optional.empty();
  }

  private static Stream<HistoryEvent> toPrescriber(HistoryEvent event, String prescriber) {
    return switch (event) {
      case HistoryEvent.Issued _,
          HistoryEvent.Activated _,
          HistoryEvent.Opposed _,
          HistoryEvent.Replaced _,
          HistoryEvent.Replaces _,
          HistoryEvent.Returned _,
          HistoryEvent.HandOutCorrected _,
          HistoryEvent.Expired _ ->
          Stream.of(event);
      // That it is void, not who was wrong.
      case HistoryEvent.Reversed e ->
          Stream.of(new HistoryEvent.Reversed(e.position(), e.recordedAt(), "", ""));
      case HistoryEvent.ReversalLifted e ->
          Stream.of(new HistoryEvent.ReversalLifted(e.position(), e.recordedAt(), ""));
      case HistoryEvent.Delivered e ->
          prescriber.equals(e.prescriber()) ? Stream.of(event) : Stream.empty();
      case HistoryEvent.HandedOut e ->
          prescriber.equals(e.prescriber()) ? Stream.of(event) : Stream.empty();
      case HistoryEvent.Redeemed e -> Stream.of(e.dayAlone());
      case HistoryEvent.Released e ->
          Stream.of(new HistoryEvent.Released(e.position(), e.recordedAt(), null, null, null));
      case HistoryEvent.Rejected _,
          HistoryEvent.TransferOrdered _,
          HistoryEvent.Paid _,
          HistoryEvent.Debited _,
          HistoryEvent.DebitTakenBack _,
          HistoryEvent.Credited _,
          HistoryEvent.Refund _,
          HistoryEvent.TransferRejected _,
          HistoryEvent.TransferReturned _,
          HistoryEvent.RunCancelled _,
          HistoryEvent.Netted _,
          HistoryEvent.NettingUndone _,
          HistoryEvent.Recovered _,
          HistoryEvent.RecoveryUndone _ ->
          Stream.empty();
    };
  }

  private static ChequeHistory told(
      ChequeHistory history, Function<HistoryEvent, Stream<HistoryEvent>> telling) {
    List<HistoryEvent> events = history.events().stream().flatMap(telling).toList();
    return new ChequeHistory(
        history.serial(),
        history.position(),
        history.recordedAt(),
        ChequeHistory.State.after(events),
        history.activated(),
        history.faceValueCents(),
        history.programme(),
        history.programmeName(),
        history.agreement(),
        history.order(),
        history.batch(),
        history.ordinal(),
        history.carnet(),
        history.fundingDepartement(),
        history.endsOn(),
        history.lastServiceDay(),
        history.shares(),
        events,
        history.caveats());
  }
}
