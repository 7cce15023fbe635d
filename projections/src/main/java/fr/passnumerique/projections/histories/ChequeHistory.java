package fr.passnumerique.projections.histories;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.passnumerique.projections.loop.Caveats;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One cheque's life.
 *
 * @param serial as printed, without its check part
 * @param position up to which it is told; later facts may follow
 * @param recordedAt of the fact at that position
 * @param state how far it is
 * @param activated whether cash is set aside for it
 * @param batch five characters
 * @param ordinal within the batch, from 1
 * @param carnet within the batch, from 1
 * @param fundingDepartement INSEE code
 * @param endsOn J: last day of validity of its order before the tolerance
 * @param lastServiceDay last day on which a service can be paid with it; left out until it is
 *     handed out
 * @param shares whose cents it is; they sum to its face value
 * @param events in the order in which they were recorded
 * @param caveats what must be known beside it; left out if nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChequeHistory(
    String serial,
    long position,
    @Nullable Instant recordedAt,
    State state,
    boolean activated,
    long faceValueCents,
    String programme,
    String programmeName,
    String agreement,
    String order,
    String batch,
    int ordinal,
    int carnet,
    String fundingDepartement,
    LocalDate endsOn,
    @Nullable LocalDate lastServiceDay,
    List<Share> shares,
    List<HistoryEvent> events,
    @Nullable Caveats caveats) {

  /** One funder's cents of the cheque. */
  public record Share(String funder, String name, long cents) {}

  /** How far a cheque is on its way. */
  public enum State {
    ISSUED,
    DELIVERED,
    HANDED_OUT,
    REDEEMED,
    IN_TRANSFER,
    PAID,
    OPPOSED,
    REPLACED,
    EXPIRED,
    VOID;

    /**
     * Activation and rejected lines move it nowhere; a withdrawn slip and a rejected transfer move
     * it back. An opposition of a cheque that is redeemed waits: it applies once the slip is
     * withdrawn. While its line is reversed it is void, whatever becomes of the money; once that is
     * lifted, it is where the money is.
     */
    static State after(List<HistoryEvent> events) {
      State state = ISSUED;
      boolean opposed = false;
      boolean reversed = false;
      for (HistoryEvent event : events) {
        reversed =
            switch (event) {
              case HistoryEvent.Reversed _ -> true;
              case HistoryEvent.ReversalLifted _ -> false;
              default -> reversed;
            };
        state =
            switch (event) {
              case HistoryEvent.Issued _ -> ISSUED;
              case HistoryEvent.Delivered _ -> DELIVERED;
              case HistoryEvent.HandedOut _ -> HANDED_OUT;
              case HistoryEvent.Released _ -> opposed ? OPPOSED : HANDED_OUT;
              case HistoryEvent.Returned _ -> ISSUED;
              case HistoryEvent.HandOutCorrected _ -> DELIVERED;
              case HistoryEvent.Replaced _ -> REPLACED;
              case HistoryEvent.Replaces _ -> state;
              case HistoryEvent.Opposed _ -> {
                opposed = true;
                yield state.compareTo(REDEEMED) < 0 ? OPPOSED : state;
              }
              case HistoryEvent.Expired _ -> EXPIRED;
              case HistoryEvent.Redeemed _,
                  HistoryEvent.TransferRejected _,
                  HistoryEvent.TransferReturned _,
                  HistoryEvent.RunCancelled _ ->
                  REDEEMED;
              case HistoryEvent.NettingUndone _, HistoryEvent.Recovered _ -> REDEEMED;
              case HistoryEvent.TransferOrdered _ -> IN_TRANSFER;
              case HistoryEvent.DebitTakenBack e -> e.executed() ? PAID : IN_TRANSFER;
              case HistoryEvent.Paid _, HistoryEvent.Netted _, HistoryEvent.RecoveryUndone _ ->
                  PAID;
              case HistoryEvent.Activated _,
                  HistoryEvent.Debited _,
                  HistoryEvent.Credited _,
                  HistoryEvent.Refund _,
                  HistoryEvent.Rejected _,
                  HistoryEvent.Reversed _,
                  HistoryEvent.ReversalLifted _ ->
                  state;
            };
      }
      return reversed ? VOID : state;
    }
  }
}
