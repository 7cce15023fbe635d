package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Boundary;
import fr.passnumerique.clearing.ledger.Refusal;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import fr.passnumerique.clearing.territory.Paris;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What confirming and rejecting a transfer have in common. */
final class EndOfTransfer {
  private static final String OWED_AGAIN =
      "its amount is owed again and is paid by the next run, once the venue has an account";

  private EndOfTransfer() {}

  /** That run and transfer exist, belong together and were let go to the bank. */
  static Optional<Refusal> refusalOfUnknown(
      SettlementRegister register, SettlementRunId run, TransferId transfer) {
    Run opened = register.run(run);
    if (opened == null) {
      return Optional.of(unknown(run));
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
    return refusalOfUnreleased(opened);
  }

  static Refusal unknown(SettlementRunId run) {
    return OpenSettlementRunDecision.refusal(
        SettlementRefusal.UNKNOWN_RUN,
        "runId",
        "run %s was not opened".formatted(run),
        "name a run that was");
  }

  /** That the run was let go to the bank: from then on for ever. */
  static Optional<Refusal> refusalOfUnreleased(Run run) {
    return switch (run.stage()) {
      case Stage.Released _ -> Optional.empty();
      case Stage.Opened _ ->
          Optional.of(
              OpenSettlementRunDecision.refusal(
                  SettlementRefusal.RUN_NOT_RELEASED,
                  "runId",
                  "run %s is opened and not released".formatted(run.id()),
                  "have another clerk than who opened it release it"));
      case Stage.Cancelled(var _, var at, var _, var _) -> Optional.of(cancelled(run.id(), at));
    };
  }

  /** That somebody was given the file by which the bank can know of a run's transfers. */
  static Optional<Refusal> refusalOfNeverHandedOut(
      SettlementRegister register, SettlementRunId id, TransferId transfer) {
    Run run = register.run(id);
    return run != null && register.handedOut().isHandedOut(run)
        ? Optional.empty()
        : Optional.of(
            OpenSettlementRunDecision.refusal(
                SettlementRefusal.FILE_NEVER_HANDED_OUT,
                "runId",
                "the file of run %s was never handed out, so the bank has not heard of transfer %s"
                    .formatted(id, transfer),
                "download the file (downloadCreditTransferFile) and take it to the bank, or cancel"
                    + " the run (cancelSettlementRun): what it was to pay is owed again"));
  }

  /**
   * That the bank has debited no transfer of a run, while its end is not known, in a way that
   * nobody has explained: what it may have paid is neither owed again nor sent to it first.
   */
  static Optional<Refusal> refusalOfUnexplained(
      SettlementRegister register, DoubtfulTransfers doubtful, Run run) {
    for (TransferId id : run.transfers()) {
      Optional<DoubtfulTransfers.Debit> debit = doubtful.debit(id);
      if (debit.isPresent() && register.transfer(id) instanceof Transfer.Ordered ordered) {
        return Optional.of(
            OpenSettlementRunDecision.refusal(
                SettlementRefusal.DEBIT_UNEXPLAINED,
                "runId",
                debit.get().because(id.value(), ordered.amountCents()),
                debit.get().remedy()));
      }
    }
    return Optional.empty();
  }

  /** That there is something to order from the bank: a file without a payment is none. */
  static Optional<Refusal> refusalOfNothing(Run run) {
    return run.transfers().isEmpty()
        ? Optional.of(
            OpenSettlementRunDecision.refusal(
                SettlementRefusal.NOTHING_TO_TRANSFER,
                "runId",
                "run %s has no transfer, since all that it took is netted".formatted(run.id()),
                "nothing is to be sent to the bank: its lines count as paid since its release"))
        : Optional.empty();
  }

  static Refusal cancelled(SettlementRunId run, Instant at) {
    return OpenSettlementRunDecision.refusal(
        SettlementRefusal.RUN_CANCELLED,
        "runId",
        "run %s was cancelled on %s before it went to the bank".formatted(run, Paris.dayOf(at)),
        "what it took is owed again: open a new run under another identifier");
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
    LocalDate first = firstDay(run);
    LocalDate last = LocalDate.ofInstant(receivedAt, OpenSettlementRunDecision.PARIS);
    return date.isBefore(first) || date.isAfter(last)
        ? Optional.of(
            OpenSettlementRunDecision.refusal(
                SettlementRefusal.DATE_OUT_OF_RANGE,
                field,
                "the run was released on %s and today is %s, so %s is not the bank's day"
                    .formatted(first, last, date),
                "copy the date from the bank's message"))
        : Optional.empty();
  }

  /** The day, Europe/Paris, before which the bank cannot have heard of a run. */
  static LocalDate firstDay(Run run) {
    Instant sent = run.released().map(Stage.Released::at).orElse(run.openedAt());
    return LocalDate.ofInstant(sent, OpenSettlementRunDecision.PARIS);
  }

  /**
   * Tags of the reversals of a transfer's venues: they, and what became of them, say which of its
   * lines have no title.
   */
  static Set<String> reversalsOf(Transfer.Ordered ordered) {
    Set<String> tags = new HashSet<>();
    ordered.slips().forEach(slip -> tags.add("reversals:" + slip.venue()));
    return tags;
  }

  /** What the end of a transfer that a clerk tells depends on. */
  static Boundary boundary(TransferId id, Transfer.Ordered ordered, String... others) {
    Set<String> tags = reversalsOf(ordered);
    tags.add("transfer:" + id);
    tags.addAll(List.of(others));
    return Boundary.of(tags);
  }

  /**
   * @param entry the bank's booking, if it was read from its file
   */
  static TransferConfirmed confirmed(
      SettlementRegister register,
      TransferId id,
      Transfer.Ordered ordered,
      LocalDate bookedOn,
      Optional<BankEntry> entry) {
    return new TransferConfirmed(
        ordered.run(),
        id,
        bookedOn,
        ordered.amountCents(),
        ordered.parts(),
        register.untitled(id),
        entry);
  }

  static TransferRejected rejected(
      SettlementRegister register,
      TransferId id,
      Transfer.Ordered ordered,
      LocalDate rejectedOn,
      String reason) {
    return new TransferRejected(
        ordered.run(),
        id,
        rejectedOn,
        reason,
        ordered.account(),
        ordered.amountCents(),
        ordered.slips(),
        ordered.parts(),
        register.voided(id),
        register.nettings(ordered.run(), id));
  }

  /** Why a transfer that has come to this end does not come to another. */
  static Refusal already(TransferId id, Transfer ended) {
    return switch (ended) {
      case Transfer.Executed e ->
          // What is left is its debit, which a statement tells.
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.TRANSFER_ALREADY_CONFIRMED,
              "transferId",
              "transfer %s was executed by the bank's word on %s".formatted(id, e.executedOn()),
              "import the statement that has its debit, or the entry with which it comes back;"
                  + " where the bank says that it has not executed it after all, take that back"
                  + " (takeConfirmationBack)");
      case Transfer.Confirmed e -> alreadyConfirmed(id, e.bookedOn());
      case Transfer.Rejected e -> alreadyRejected(id, e.rejectedOn(), e.reason());
      case Transfer.Returned e ->
          OpenSettlementRunDecision.refusal(
              SettlementRefusal.TRANSFER_ALREADY_REJECTED,
              "transferId",
              "transfer %s was paid and came back on %s for %s"
                  .formatted(id, e.returnedOn(), e.reason()),
              OWED_AGAIN);
      case Transfer.Ordered _, Transfer.Cancelled _ ->
          throw new IllegalStateException("transfer %s has no end".formatted(id));
    };
  }

  static Refusal alreadyConfirmed(TransferId transfer, LocalDate bookedOn) {
    return OpenSettlementRunDecision.refusal(
        SettlementRefusal.TRANSFER_ALREADY_CONFIRMED,
        "transferId",
        "transfer %s was confirmed as booked on %s".formatted(transfer, bookedOn),
        "compare with the bank's statement; what a clerk confirmed and the bank never showed is"
            + " taken back first (takeConfirmationBack)");
  }

  static Refusal alreadyRejected(TransferId transfer, LocalDate rejectedOn, String reason) {
    return OpenSettlementRunDecision.refusal(
        SettlementRefusal.TRANSFER_ALREADY_REJECTED,
        "transferId",
        "transfer %s was rejected on %s for %s".formatted(transfer, rejectedOn, reason),
        OWED_AGAIN);
  }
}
