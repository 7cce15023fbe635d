package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Decider;
import fr.passnumerique.clearing.ledger.Decision;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.ledger.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Boundary: the transfer, which has one end. Which account it closes was fixed when it was ordered,
 * and that the run's file was handed out stays so.
 */
final class RejectTransferDecision implements Decider<RejectTransfer, TransferRejected> {
  /** ISO 20022 {@code ExternalStatusReason1Code}: the list is the bank's, the form is fixed. */
  private static final Pattern REASON = Pattern.compile("[A-Z0-9]{4}");

  private final SettlementRegister register;

  RejectTransferDecision(SettlementRegister register) {
    this.register = register;
  }

  @Override
  public Class<RejectTransfer> command() {
    return RejectTransfer.class;
  }

  @Override
  public Decision<TransferRejected> decide(RejectTransfer command, Instant receivedAt) {
    Optional<Refusal> unknown =
        EndOfTransfer.refusalOfUnknown(register, command.run(), command.transfer());
    if (unknown.isPresent()) {
      return Decision.refuse(unknown.get());
    }
    return switch (register.transfer(command.transfer())) {
      case Transfer.Ordered ordered -> reject(command, ordered, receivedAt);
      case Transfer.Rejected rejected ->
          new Decision.Known<>(rejected.position(), recorded -> reply(command, recorded));
      case Transfer.Cancelled _ ->
          throw new IllegalStateException("a cancelled transfer got past RUN_CANCELLED");
      case null -> throw new IllegalStateException("a transfer got past UNKNOWN_TRANSFER");
      case Transfer ended -> Decision.refuse(EndOfTransfer.already(command.transfer(), ended));
    };
  }

  private Decision<TransferRejected> reject(
      RejectTransfer command, Transfer.Ordered ordered, Instant receivedAt) {
    Optional<Refusal> early =
        EndOfTransfer.refusalOfNeverHandedOut(register, command.run(), command.transfer())
            .or(
                () ->
                    EndOfTransfer.refusalOfDate(
                        register, command.run(), "rejectedOn", command.rejectedOn(), receivedAt));
    if (early.isPresent()) {
      return Decision.refuse(early.get());
    }
    if (!REASON.matcher(command.reason()).matches()) {
      // The reason is not repeated: free text may name a person.
      return Decision.refuse(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.UNKNOWN_REASON,
              "reason",
              "a reason is an ISO 20022 status reason code of four capitals or digits",
              "copy the code from the bank's message, such as AC04 for a closed account"));
    }
    TransferRejected rejected =
        EndOfTransfer.rejected(
            register, command.transfer(), ordered, command.rejectedOn(), command.reason());
    return Decision.accept(rejected, EndOfTransfer.boundary(command.transfer(), ordered), rejected);
  }

  private static Decision.Reply<TransferRejected> reply(RejectTransfer command, Fact recorded) {
    TransferRejected rejected = (TransferRejected) recorded;
    return rejected.rejectedOn().equals(command.rejectedOn())
            && rejected.reason().equals(command.reason())
        ? new Decision.Reply.Same<>(rejected)
        : new Decision.Reply.Different<>(
            EndOfTransfer.alreadyRejected(
                command.transfer(), rejected.rejectedOn(), rejected.reason()));
  }
}
