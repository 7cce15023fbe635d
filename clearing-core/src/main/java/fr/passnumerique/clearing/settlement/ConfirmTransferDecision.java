package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;
import java.util.Optional;

/**
 * A clerk's word that the bank has booked a transfer, before a file of the bank says so. Boundary:
 * the transfer, which has one end, and all that the bank says, which may have booked it otherwise.
 * That the run's file was handed out stays so.
 */
final class ConfirmTransferDecision implements Decider<ConfirmTransfer, TransferConfirmed> {
  private final SettlementRegister register;
  private final DoubtfulTransfers doubtful;

  ConfirmTransferDecision(SettlementRegister register, DoubtfulTransfers doubtful) {
    this.register = register;
    this.doubtful = doubtful;
  }

  @Override
  public Class<ConfirmTransfer> command() {
    return ConfirmTransfer.class;
  }

  @Override
  public Decision<TransferConfirmed> decide(ConfirmTransfer command, Instant receivedAt) {
    Optional<Refusal> unknown =
        EndOfTransfer.refusalOfUnknown(register, command.run(), command.transfer());
    if (unknown.isPresent()) {
      return Decision.refuse(unknown.get());
    }
    return switch (register.transfer(command.transfer())) {
      case Transfer.Ordered ordered -> confirm(command, ordered, receivedAt);
      case Transfer.Confirmed confirmed ->
          new Decision.Known<>(confirmed.position(), recorded -> reply(command, recorded));
      case Transfer.Cancelled _ ->
          throw new IllegalStateException("a cancelled transfer got past RUN_CANCELLED");
      case null -> throw new IllegalStateException("a transfer got past UNKNOWN_TRANSFER");
      case Transfer ended -> Decision.refuse(EndOfTransfer.already(command.transfer(), ended));
    };
  }

  private Decision<TransferConfirmed> confirm(
      ConfirmTransfer command, Transfer.Ordered ordered, Instant receivedAt) {
    Optional<Refusal> early =
        EndOfTransfer.refusalOfNeverHandedOut(register, command.run(), command.transfer())
            .or(
                () ->
                    EndOfTransfer.refusalOfDate(
                        register, command.run(), "bookedOn", command.bookedOn(), receivedAt));
    if (early.isPresent()) {
      return Decision.refuse(early.get());
    }
    if (register.isPaymentTakenBack(command.transfer(), command.bookedOn())) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.DEBIT_TAKEN_BACK,
              "bookedOn",
              "that transfer %s was paid on %s was taken back: the bank tells its debit no more, or never did"
                  .formatted(command.transfer(), command.bookedOn()),
              "import the statement that tells its debit, or give the day of that debit"));
    }
    Optional<DoubtfulTransfers.Debit> debit = doubtful.debit(command.transfer());
    if (debit.isPresent()) {
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.DEBIT_UNEXPLAINED,
              "transferId",
              debit.get().because(command.transfer().value(), ordered.amountCents()),
              debit.get().remedy()));
    }
    TransferConfirmed confirmed =
        EndOfTransfer.confirmed(
            register, command.transfer(), ordered, command.bookedOn(), Optional.empty());
    return Decision.accept(
        confirmed,
        EndOfTransfer.boundary(command.transfer(), ordered, DoubtfulTransfers.TAG),
        confirmed);
  }

  private static Decision.Reply<TransferConfirmed> reply(ConfirmTransfer command, Fact recorded) {
    if (recorded instanceof TransferDebited debited) {
      return new Decision.Reply.Different<>(
          EndOfTransfer.alreadyConfirmed(command.transfer(), debited.bookedOn()));
    }
    TransferConfirmed confirmed = (TransferConfirmed) recorded;
    return confirmed.bookedOn().equals(command.bookedOn())
        ? new Decision.Reply.Same<>(confirmed)
        : new Decision.Reply.Different<>(
            EndOfTransfer.alreadyConfirmed(command.transfer(), confirmed.bookedOn()));
  }
}
