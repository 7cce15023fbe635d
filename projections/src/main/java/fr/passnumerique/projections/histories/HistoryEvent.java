package fr.passnumerique.projections.histories;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a cheque, told by the fact at its position. Days are of Europe/Paris,
 * instants UTC; what an asker may not know is left out.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = HistoryEvent.Issued.class, name = "ISSUED"),
  @JsonSubTypes.Type(value = HistoryEvent.Activated.class, name = "ACTIVATED"),
  @JsonSubTypes.Type(value = HistoryEvent.Delivered.class, name = "DELIVERED"),
  @JsonSubTypes.Type(value = HistoryEvent.HandedOut.class, name = "HANDED_OUT"),
  @JsonSubTypes.Type(value = HistoryEvent.Rejected.class, name = "REJECTED"),
  @JsonSubTypes.Type(value = HistoryEvent.Redeemed.class, name = "REDEEMED"),
  @JsonSubTypes.Type(value = HistoryEvent.Released.class, name = "RELEASED"),
  @JsonSubTypes.Type(value = HistoryEvent.Opposed.class, name = "OPPOSED"),
  @JsonSubTypes.Type(value = HistoryEvent.Expired.class, name = "EXPIRED"),
  @JsonSubTypes.Type(value = HistoryEvent.Replaced.class, name = "REPLACED"),
  @JsonSubTypes.Type(value = HistoryEvent.Replaces.class, name = "REPLACES"),
  @JsonSubTypes.Type(value = HistoryEvent.Returned.class, name = "RETURNED"),
  @JsonSubTypes.Type(value = HistoryEvent.HandOutCorrected.class, name = "HAND_OUT_CORRECTED"),
  @JsonSubTypes.Type(value = HistoryEvent.TransferOrdered.class, name = "TRANSFER_ORDERED"),
  @JsonSubTypes.Type(value = HistoryEvent.Paid.class, name = "PAID"),
  @JsonSubTypes.Type(value = HistoryEvent.Debited.class, name = "DEBITED"),
  @JsonSubTypes.Type(value = HistoryEvent.DebitTakenBack.class, name = "DEBIT_TAKEN_BACK"),
  @JsonSubTypes.Type(value = HistoryEvent.TransferRejected.class, name = "TRANSFER_REJECTED"),
  @JsonSubTypes.Type(value = HistoryEvent.TransferReturned.class, name = "TRANSFER_RETURNED"),
  @JsonSubTypes.Type(value = HistoryEvent.Netted.class, name = "NETTED"),
  @JsonSubTypes.Type(value = HistoryEvent.NettingUndone.class, name = "NETTING_UNDONE"),
  @JsonSubTypes.Type(value = HistoryEvent.Reversed.class, name = "REVERSED"),
  @JsonSubTypes.Type(value = HistoryEvent.Recovered.class, name = "RECOVERED"),
  @JsonSubTypes.Type(value = HistoryEvent.RecoveryUndone.class, name = "RECOVERY_UNDONE"),
  @JsonSubTypes.Type(value = HistoryEvent.ReversalLifted.class, name = "REVERSAL_LIFTED"),
  @JsonSubTypes.Type(value = HistoryEvent.RunCancelled.class, name = "RUN_CANCELLED"),
  @JsonSubTypes.Type(value = HistoryEvent.Credited.class, name = "CREDITED"),
  @JsonSubTypes.Type(value = HistoryEvent.Refund.class, name = "REFUND"),
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface HistoryEvent {
  /** Of the fact in the ledger. */
  long position();

  /** When the fact was recorded. */
  Instant recordedAt();

  /** Its serial and its split exist. */
  record Issued(long position, Instant recordedAt, LocalDate issuedOn, String order)
      implements HistoryEvent {}

  /** Cash was set aside for it. */
  record Activated(long position, Instant recordedAt, String activation) implements HistoryEvent {}

  /** It went to a prescriber's stock. */
  record Delivered(
      long position,
      Instant recordedAt,
      LocalDate deliveredOn,
      String delivery,
      String prescriber,
      String prescriberName)
      implements HistoryEvent {}

  /**
   * A person received it, who is not named.
   *
   * @param publicCode what made the person eligible; for the prescriber and the operator only
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record HandedOut(
      long position,
      Instant recordedAt,
      LocalDate handedOutOn,
      String handOut,
      String prescriber,
      String prescriberName,
      @Nullable String publicCode)
      implements HistoryEvent {}

  /**
   * A slip named it and its line was rejected.
   *
   * @param line of the slip, from 1
   * @param verdict the first reason that applied
   */
  record Rejected(
      long position,
      Instant recordedAt,
      String venue,
      String venueName,
      String slip,
      int line,
      String verdict)
      implements HistoryEvent {}

  /**
   * Accepted: owed to the venue from here on. A prescriber is told the day alone.
   *
   * @param departement of spending, INSEE code
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Redeemed(
      long position,
      Instant recordedAt,
      LocalDate servedOn,
      @Nullable Instant presentedAt,
      @Nullable String venue,
      @Nullable String venueName,
      @Nullable String slip,
      @Nullable Integer line,
      @Nullable String pointOfService,
      @Nullable String pointOfServiceName,
      @Nullable String departement,
      @Nullable String service,
      @Nullable Long cents)
      implements HistoryEvent {
    Redeemed dayAlone() {
      return new Redeemed(
          position,
          recordedAt,
          servedOn,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null);
    }
  }

  /**
   * Its venue withdrew the slip: nothing is owed any more, and it is live again. A prescriber is
   * told that alone.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Released(
      long position,
      Instant recordedAt,
      @Nullable String venue,
      @Nullable String venueName,
      @Nullable String slip)
      implements HistoryEvent {}

  /**
   * Reported lost or stolen: no line with it is accepted from here on.
   *
   * @param reason LOST, STOLEN or another code
   */
  record Opposed(long position, Instant recordedAt, String opposition, String reason)
      implements HistoryEvent {}

  /**
   * What was left of its order is no longer live; what was paid in for it is due back.
   *
   * @param lastDay until which it could be presented
   */
  record Expired(long position, Instant recordedAt, LocalDate lastDay) implements HistoryEvent {}

  /** Another cheque stands for it: it is dead for ever. */
  record Replaced(long position, Instant recordedAt, String replacement, String by)
      implements HistoryEvent {}

  /**
   * It stands for an opposed cheque.
   *
   * @param activated whether the old one was, so that cash is set aside for this one
   */
  record Replaces(
      long position, Instant recordedAt, String replacement, String cheque, boolean activated)
      implements HistoryEvent {}

  /** It went back to the operator's stock. */
  record Returned(long position, Instant recordedAt, String correction, String prescriber)
      implements HistoryEvent {}

  /** It was not handed out after all: it is in the prescriber's stock. */
  record HandOutCorrected(long position, Instant recordedAt, String correction, String prescriber)
      implements HistoryEvent {}

  /** A settlement run took its slip. */
  record TransferOrdered(
      long position, Instant recordedAt, String run, String transfer, LocalDate executionOn)
      implements HistoryEvent {}

  /** The bank booked the transfer. */
  record Paid(long position, Instant recordedAt, String run, String transfer, LocalDate bookedOn)
      implements HistoryEvent {}

  /** The bank booked the transfer that it had said to have executed. */
  record Debited(long position, Instant recordedAt, String run, String transfer, LocalDate bookedOn)
      implements HistoryEvent {}

  /**
   * The bank tells the debit of the transfer no more: it is in transit again, unless the bank had
   * said besides that it executed it.
   *
   * @param debitedOn the day on which the debit had counted
   */
  record DebitTakenBack(
      long position,
      Instant recordedAt,
      String run,
      String transfer,
      LocalDate debitedOn,
      boolean executed)
      implements HistoryEvent {}

  /**
   * What is due back for it is agreed with one of its funders, with that of others of its order.
   *
   * @param funder whom the note credits: of a share paid on use the one that advanced it, until
   *     that was repaid
   * @param noteCents what the whole note comes to
   */
  record Credited(
      long position,
      Instant recordedAt,
      LocalDate issuedOn,
      String creditNote,
      String funder,
      long noteCents)
      implements HistoryEvent {}

  /** How far a credit note is on its way to the funder's account. */
  enum RefundStep {
    ORDERED,
    /** Its order was given up before it was released. */
    CANCELLED,
    /** The bank says that it paid it; nothing is booked yet. */
    EXECUTED,
    /** The funder has its money: the bank booked it, or a clerk says so. */
    REFUNDED,
    /**
     * The bank never showed what a clerk, or it itself, had said: on its way again, or due back.
     */
    TAKEN_BACK,
    /** Due back again. */
    REJECTED,
    /** What was told as rejected was paid after all, or is on its way. */
    REINSTATED,
    /** It was paid and came back: due back again. */
    RETURNED
  }

  /**
   * A credit note that it is part of, on its way to a funder.
   *
   * @param funder whom the note credits
   * @param order of refunds; left out of what was refunded
   * @param transfer end-to-end identification; left out if it was refunded by hand, or cancelled
   * @param on the bank's day, Europe/Paris; left out where the bank had nothing to say
   * @param bankEntry the bank's booking; left out if there is none
   * @param reason ISO 20022 code of a rejection or return, else left out
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Refund(
      long position,
      Instant recordedAt,
      RefundStep step,
      String creditNote,
      String funder,
      @Nullable String order,
      @Nullable String transfer,
      @Nullable LocalDate on,
      @Nullable String bankEntry,
      @Nullable String reason)
      implements HistoryEvent {}

  /** Paid with what the venue owed for reversed lines. */
  record Netted(long position, Instant recordedAt, String run) implements HistoryEvent {}

  /** The transfer of which the netting was a part was rejected: owed again. */
  record NettingUndone(long position, Instant recordedAt, String run) implements HistoryEvent {}

  /**
   * Its accepted line was found wrong: void for good.
   *
   * @param reason code
   */
  record Reversed(long position, Instant recordedAt, String reversal, String reason)
      implements HistoryEvent {}

  /**
   * The venue gave back what it had for the reversed line, or a part of it: due back to the
   * funders.
   *
   * @param run that netted it with what was owed to the venue
   * @param debitNote that the venue paid, if it was not netted
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Recovered(
      long position, Instant recordedAt, @Nullable String run, @Nullable String debitNote)
      implements HistoryEvent {}

  /**
   * The venue owes it again, or a part of it: the transfer of which the netting was a part was
   * rejected, or the bank tells the payment of the debit note no more.
   *
   * @param run that had netted it
   * @param debitNote that the venue had paid, if it was not netted
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RecoveryUndone(
      long position, Instant recordedAt, @Nullable String run, @Nullable String debitNote)
      implements HistoryEvent {}

  /**
   * The venue contested and was right: its line counts as accepted again, and it has its money or
   * is owed it again. The cheque can be used no more.
   */
  record ReversalLifted(long position, Instant recordedAt, String reversal)
      implements HistoryEvent {}

  /** Its settlement run was given up before it went to the bank: owed again. */
  record RunCancelled(long position, Instant recordedAt, String run, String transfer)
      implements HistoryEvent {}

  /**
   * The bank rejected the transfer: owed again.
   *
   * @param reason ISO 20022 external status reason code
   */
  record TransferRejected(
      long position,
      Instant recordedAt,
      String run,
      String transfer,
      LocalDate rejectedOn,
      String reason)
      implements HistoryEvent {}

  /**
   * The transfer was paid and came back: its cheques are owed again.
   *
   * @param reason ISO 20022 external return reason code
   */
  record TransferReturned(
      long position,
      Instant recordedAt,
      String run,
      String transfer,
      LocalDate returnedOn,
      String reason)
      implements HistoryEvent {}
}
