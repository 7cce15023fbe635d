package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/** What confirming and rejecting a transfer have in common. */
final class EndOfTransfer {
  private EndOfTransfer() {}

  /** That run and transfer exist and belong together. */
  static Optional<Refusal> refusalOfUnknown(
      SettlementRegister register, SettlementRunId run, TransferId transfer) {
    if (register.run(run) == null) {
      return Optional.of(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.UNKNOWN_RUN,
              "runId",
              "run %s was not opened".formatted(run),
              "name a run that was"));
    }
    Transfer known = register.transfer(transfer);
    if (known == null || !known.run().equals(run)) {
      return Optional.of(
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.UNKNOWN_TRANSFER,
              "transferId",
              "run %s has no transfer %s".formatted(run, transfer),
              "read the run for its transfers"));
    }
    return Optional.empty();
  }

  /** That the bank's date lies between the day of the run and today. */
  static Optional<Refusal> refusalOfDate(
      SettlementRegister register,
      SettlementRunId id,
      String field,
      LocalDate date,
      Instant receivedAt) {
    Run run = register.run(id);
    if (run == null) {
      throw new IllegalStateException("run %s got past UNKNOWN_RUN".formatted(id));
    }
    LocalDate first = LocalDate.ofInstant(run.openedAt(), OpenSettlementRunDecision.PARIS);
    LocalDate last = LocalDate.ofInstant(receivedAt, OpenSettlementRunDecision.PARIS);
    return date.isBefore(first) || date.isAfter(last)
        ? Optional.of(
            OpenSettlementRunDecision.refusal(
                SettlementRefusal.DATE_OUT_OF_RANGE,
                field,
                "the run was opened on %s and today is %s, so %s is not the bank's day"
                    .formatted(first, last, date),
                "copy the date from the bank's message"))
        : Optional.empty();
  }

  static Refusal alreadyConfirmed(TransferId transfer, LocalDate bookedOn) {
    return OpenSettlementRunDecision.refusal(
        SettlementRefusal.TRANSFER_ALREADY_CONFIRMED,
        "transferId",
        "transfer %s was confirmed as booked on %s".formatted(transfer, bookedOn),
        "compare with the bank's statement; a confirmation is final");
  }

  static Refusal alreadyRejected(TransferId transfer, LocalDate rejectedOn, String reason) {
    return OpenSettlementRunDecision.refusal(
        SettlementRefusal.TRANSFER_ALREADY_REJECTED,
        "transferId",
        "transfer %s was rejected on %s for %s".formatted(transfer, rejectedOn, reason),
        "its amount is owed again and is paid by the next run, once the venue has an account");
  }
}
