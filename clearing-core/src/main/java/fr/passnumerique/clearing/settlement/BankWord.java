package fr.passnumerique.clearing.settlement;

import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.SettlementRegister.Run;
import fr.passnumerique.clearing.settlement.SettlementRegister.Stage;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the bank's word makes of our transfers: for who reads the bank's files, within a decision.
 *
 * <p>It looks at settlement's own register, so whoever asks names {@code transfer:<id>} and {@link
 * #reversalsOf} in its boundary, and {@code runs:<programme>} if it reinstates one. The road not
 * taken, a second register of transfers beside it, would have to know nettings and reversals as
 * well.
 */
public final class BankWord implements TransferWord {
  private final SettlementRegister register;

  BankWord(SettlementRegister register) {
    this.register = register;
  }

  /** How far a transfer is. */
  public enum Standing {
    /** Its run was cancelled, or nobody has released it: the bank cannot know it. */
    UNSENT,
    ORDERED,
    EXECUTED,
    CONFIRMED,
    REJECTED,
    RETURNED
  }

  /**
   * A transfer of ours.
   *
   * @param message identification of the file that ordered it
   * @param endedOn the day of its standing, if it has an end
   * @param sentOn the day of its release, Europe/Paris, before which the bank cannot have heard of
   *     it; empty while nobody has released it
   * @param handedOut whether somebody was given the file that orders it: the bank's word of it,
   *     short of a debit, counts from then on
   */
  public record Known(
      TransferId transfer,
      Standing standing,
      long amountCents,
      String message,
      Optional<LocalDate> endedOn,
      Optional<LocalDate> sentOn,
      boolean handedOut) {}

  @Override
  public Optional<Known> find(String endToEnd) {
    TransferId id;
    try {
      id = new TransferId(endToEnd);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    Transfer transfer = register.transfer(id);
    if (transfer == null) {
      return Optional.empty();
    }
    Run run = run(transfer);
    Optional<LocalDate> endedOn = Optional.empty();
    Standing standing =
        switch (transfer) {
          case Transfer.Ordered _ ->
              run.stage() instanceof Stage.Released ? Standing.ORDERED : Standing.UNSENT;
          case Transfer.Cancelled _ -> Standing.UNSENT;
          case Transfer.Executed executed -> {
            endedOn = Optional.of(executed.executedOn());
            yield Standing.EXECUTED;
          }
          case Transfer.Confirmed confirmed -> {
            endedOn = Optional.of(confirmed.bookedOn());
            yield Standing.CONFIRMED;
          }
          case Transfer.Rejected rejected -> {
            endedOn = Optional.of(rejected.rejectedOn());
            yield Standing.REJECTED;
          }
          case Transfer.Returned returned -> {
            endedOn = Optional.of(returned.returnedOn());
            yield Standing.RETURNED;
          }
        };
    long amount = standing == Standing.UNSENT ? 0 : order(id).amountCents();
    return Optional.of(
        new Known(
            id,
            standing,
            amount,
            BankText.idOf(run.id()),
            endedOn,
            standing == Standing.UNSENT
                ? Optional.empty()
                : Optional.of(EndOfTransfer.firstDay(run)),
            register.handedOut().orders(run, id)));
  }

  /** The transfers of the run whose file bore this identification; none if we sent no such file. */
  @Override
  public List<TransferId> transfersOf(String message) {
    return Optional.ofNullable(register.ofMessage(message))
        .map(
            run ->
                run.transfers().stream()
                    .filter(id -> register.handedOut().orders(run, id))
                    .toList())
        .orElse(List.of());
  }

  @Override
  public List<TransferId> transfersOf(SettlementRunId id) {
    return Optional.ofNullable(register.run(id))
        .filter(run -> run.stage() instanceof Stage.Released)
        .map(run -> List.copyOf(run.transfers()))
        .orElse(List.of());
  }

  @Override
  public Set<String> reversalsOf(TransferId id) {
    Set<String> tags = EndOfTransfer.reversalsOf(order(id));
    tags.add(FILES);
    return tags;
  }

  @Override
  public TransferConfirmed confirmed(TransferId id, BankEntry entry) {
    Transfer.Ordered order = order(id);
    return EndOfTransfer.confirmed(register, id, order, entry.bookedOn(), Optional.of(entry));
  }

  @Override
  public TransferExecuted executed(TransferId id, LocalDate on) {
    Transfer.Ordered order = order(id);
    TransferConfirmed paid = EndOfTransfer.confirmed(register, id, order, on, Optional.empty());
    return new TransferExecuted(
        order.run(), id, on, paid.amountCents(), paid.parts(), paid.voided());
  }

  @Override
  public TransferDebited debited(TransferId id, BankEntry entry) {
    Transfer.Ordered order = order(id);
    Optional<LocalDate> executedOn =
        register.transfer(id) instanceof Transfer.Executed executed
            ? Optional.of(executed.executedOn()).filter(entry.bookedOn()::isBefore)
            : Optional.empty();
    return new TransferDebited(
        order.run(), id, entry.bookedOn(), order.amountCents(), order.parts(), entry, executedOn);
  }

  @Override
  public TransferRejected rejected(TransferId id, LocalDate on, String reason) {
    return EndOfTransfer.rejected(register, id, order(id), on, reason);
  }

  @Override
  public TransferReturned returned(TransferId id, String reason, BankEntry entry) {
    Transfer.Ordered order = order(id);
    return new TransferReturned(
        order.run(),
        id,
        entry.bookedOn(),
        reason,
        order.account(),
        order.amountCents(),
        order.slips(),
        order.parts(),
        entry,
        register.voidedOfPaid(order));
  }

  /**
   * @return empty if its lines have gone another way since: into another transfer, say
   */
  @Override
  public Optional<TransferReinstated> reinstated(TransferId id, LocalDate on) {
    Transfer.Ordered order = order(id);
    List<VoidedLine> voided = register.neverPaid(order);
    return register.isOwedAsOrdered(id, voided)
        ? Optional.of(
            new TransferReinstated(
                order.run(),
                id,
                order.programme(),
                order.amountCents(),
                order.slips(),
                order.parts(),
                voided,
                Optional.of(on)))
        : Optional.empty();
  }

  /**
   * @return empty too if it netted something, or one of its lines was ever reversed after a run had
   *     taken it: what followed from that is not undone; or if no file orders it or ever will, so
   *     that no other debit is to come
   */
  @Override
  public Optional<TransferDebitTakenBack> debitTakenBack(
      TransferId id, BankEntry entry, String statement, String by) {
    return takenBack(id, Optional.of(entry), Optional.of(statement), Optional.empty(), by);
  }

  /**
   * @return as of a debit that is told no more
   */
  @Override
  public Optional<? extends Fact> confirmationTakenBack(
      TransferId id, WhyNotPaid reason, String by) {
    if (register.transfer(id) instanceof Transfer.Executed executed) {
      Transfer.Ordered order = order(id);
      return register.isUntouched(id, order)
          ? Optional.of(
              new TransferExecutionTakenBack(
                  order.run(),
                  id,
                  executed.executedOn(),
                  order.amountCents(),
                  order.parts(),
                  reason,
                  by))
          : Optional.empty();
    }
    return takenBack(id, Optional.empty(), Optional.empty(), Optional.of(reason), by);
  }

  private Optional<TransferDebitTakenBack> takenBack(
      TransferId id,
      Optional<BankEntry> entry,
      Optional<String> statement,
      Optional<WhyNotPaid> reason,
      String by) {
    if (!(register.transfer(id) instanceof Transfer.Confirmed confirmed)) {
      return Optional.empty();
    }
    Transfer.Ordered order = order(id);
    // Of two debits nobody knows here which one is told no more.
    boolean only = !register.isDebitedAgain(id);
    return only && register.isUntouched(id, order) && isStillOrdered(id)
        ? Optional.of(
            new TransferDebitTakenBack(
                order.run(),
                id,
                confirmed.bookedOn(),
                order.amountCents(),
                order.parts(),
                confirmed.executed().map(Transfer.Executed::executedOn),
                entry,
                statement,
                by,
                reason))
        : Optional.empty();
  }

  /** Whether the file of its run orders it, or will if it is handed out now. */
  private boolean isStillOrdered(TransferId id) {
    Run run = run(Objects.requireNonNull(register.transfer(id)));
    return run.stage() instanceof Stage.Released
        && (register.handedOut().orders(run, id) || !register.handedOut().isHandedOut(run));
  }

  @Override
  public Optional<LocalDate> paidBefore(TransferId id) {
    return register.transfer(id) instanceof Transfer.Returned returned
        ? Optional.of(returned.paid().bookedOn())
        : Optional.empty();
  }

  @Override
  public List<Fact> returnTakenBack(TransferId id, BankEntry left) {
    return register.transfer(id) instanceof Transfer.Returned
        ? reinstated(id, left.bookedOn())
            .map(reinstated -> List.<Fact>of(reinstated, confirmed(id, left)))
            .orElse(List.of())
        : List.of();
  }

  @Override
  public boolean paysTheSame(TransferId one, TransferId other) {
    // Null for one of a cancelled run, whose name the bank may write all the same.
    Transfer.Ordered order = register.order(one);
    Transfer.Ordered others = register.order(other);
    return order != null
        && others != null
        && order.programme().equals(others.programme())
        && order.taken().stream()
            .anyMatch(slip -> others.taken().stream().anyMatch(slip::overlaps));
  }

  private Transfer.Ordered order(TransferId id) {
    Transfer.Ordered order = register.order(id);
    if (order == null) {
      throw new IllegalStateException("transfer %s was never ordered".formatted(id));
    }
    return order;
  }

  private Run run(Transfer transfer) {
    Run run = register.run(transfer.run());
    if (run == null) {
      throw new IllegalStateException("run %s was never opened".formatted(transfer.run()));
    }
    return run;
  }
}
