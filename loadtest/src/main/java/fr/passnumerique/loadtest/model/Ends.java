package fr.passnumerique.loadtest.model;

import fr.passnumerique.loadtest.model.World.Run;
import fr.passnumerique.loadtest.model.World.Transfer;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What becomes of a transfer, whoever tells of it. */
final class Ends {
  private final World world;

  Ends(World world) {
    this.world = world;
  }

  /** A transfer and the run that it is of. */
  record Found(String run, Run of, Transfer transfer) {
    /** UNSENT, ORDERED, or the first word of its end in capitals. */
    String standing() {
      if (of.releasedOn == null || of.cancelled && transfer.end.isEmpty()) {
        return "UNSENT";
      }
      return transfer.end.isEmpty()
          ? "ORDERED"
          : transfer.end.substring(0, transfer.end.indexOf(' ')).toUpperCase(Locale.ROOT);
    }
  }

  @Nullable Found find(String name) {
    for (Map.Entry<String, Run> run : world.allOrdered().entrySet()) {
      for (Transfer transfer : run.getValue().transfers) {
        if (transfer.name.equals(name)) {
          return new Found(run.getKey(), run.getValue(), transfer);
        }
      }
    }
    return null;
  }

  /** Money left the account for it. */
  void confirm(Found found, LocalDate bookedOn) {
    Transfer transfer = found.transfer();
    transfer.end = "confirmed " + bookedOn;
    transfer.before = "";
    transfer.lines.forEach(line -> line.debt().paid = true);
    transfer.movement = world.account.move(bookedOn, -transfer.cents());
    if (transfer instanceof Refunds.Refund refund) {
      refund.note.refundedOn = bookedOn;
    }
    Netted.keep(found.of(), transfer.name);
  }

  /** The bank says that it is paid, and nothing has left the account yet. */
  void execute(Found found, LocalDate on) {
    Transfer transfer = found.transfer();
    transfer.end = "executed " + on;
    transfer.lines.forEach(line -> line.debt().executed = true);
    Netted.keep(found.of(), transfer.name);
  }

  void debit(Found found, LocalDate bookedOn) {
    String before = found.transfer().end;
    found.transfer().lines.forEach(line -> line.debt().executed = false);
    confirm(found, bookedOn);
    found.transfer().before = before;
    found.transfer().end = "confirmed by its debit of " + bookedOn;
  }

  /** The bank tells its debit no more: it is where it was before. */
  void takeBackDebit(Found found, LocalDate bookedOn) {
    Transfer transfer = found.transfer();
    boolean executed = !transfer.before.isEmpty();
    transfer.takenBack.add(transfer.paidOn().toString());
    for (World.Owed line : transfer.lines) {
      line.debt().paid = false;
      line.debt().executed = executed;
    }
    transfer.end = transfer.before;
    transfer.debited = false;
    transfer.movement = null;
    world.account.move(bookedOn, transfer.cents());
  }

  /** The bank said that it is paid, and its account never showed it. */
  void neverExecuted(Found found) {
    Transfer transfer = found.transfer();
    transfer.takenBack.add(transfer.paidOn().toString());
    transfer.end = "";
    transfer.neverExecuted = true;
    transfer.lines.forEach(line -> line.debt().executed = false);
  }

  /** It had not come back: it was paid when it was paid, though the money is gone since then. */
  void stayPaid(Found found, LocalDate returnedOn) {
    Transfer transfer = found.transfer();
    String before = transfer.before;
    reinstate(found);
    confirm(found, returnedOn);
    transfer.debited = true;
    if (!(transfer instanceof Refunds.Refund)) {
      transfer.end = transfer.paid;
      transfer.before = before;
    }
  }

  /** Whether its run's file orders it, or would. */
  static boolean isStillOrdered(Found found) {
    return !found.of().cancelled && !found.of().leftOut.contains(found.transfer().name);
  }

  /**
   * Whether nothing has followed from it: no netting, and no line reversed that it had taken. What
   * is owed anew since a reversal was lifted is a debt like any other.
   */
  static boolean isUntouched(Found found) {
    return !(found.transfer() instanceof Refunds.Refund)
        && found.of().nettings.stream()
            .noneMatch(netting -> netting.transfer.equals(found.transfer().name))
        && found.transfer().lines.stream()
            .allMatch(
                line -> !(line.debt() instanceof Cheque.Spent spent) || spent.reversed == null);
  }

  void reject(Found found, LocalDate on, String reason) {
    Transfer transfer = found.transfer();
    transfer.end = "rejected " + on + " " + reason;
    comeToNothing(transfer);
    Netted.undo(found.of(), transfer.name);
    close(transfer);
  }

  /** The bank sent it back, for its account is at fault. */
  void comeBack(Found found, LocalDate bookedOn) {
    haveBack(found, bookedOn);
    close(found.transfer());
  }

  /** Its money is there again. */
  void haveBack(Found found, LocalDate bookedOn) {
    Transfer transfer = found.transfer();
    transfer.paid = transfer.end;
    transfer.end = "returned " + bookedOn;
    transfer.cameBackUntitled.clear();
    for (World.Owed line : transfer.lines) {
      line.debt().paid = false;
      if (line.debt() instanceof Cheque.Spent spent
          && spent.isUntitled()
          && !spent.cameBackUntitled) {
        spent.cameBackUntitled = true;
        transfer.cameBackUntitled.add(spent);
      }
      line.debt().transfer = null;
    }
    if (transfer instanceof Refunds.Refund refund) {
      refund.note.refundedOn = null;
      refund.note.holder = null;
    }
    world.account.move(bookedOn, transfer.cents());
  }

  private void close(Transfer transfer) {
    Stream.concat(world.venues.values().stream(), world.funderAccounts.values().stream())
        .forEach(payee -> payee.close(transfer.iban));
    world.closedIbans.add(transfer.iban);
  }

  /** All is owed again but lines that were reversed on their way, which were never paid. */
  static void comeToNothing(Transfer transfer) {
    if (transfer instanceof Refunds.Refund refund) {
      refund.note.holder = null;
    }
    for (World.Owed line : transfer.lines) {
      line.debt().transfer = null;
      if (line.debt() instanceof Cheque.Spent spent
          && spent.reversed != null
          && spent.reversed.transfer.equals(transfer.name)
          && !spent.reversed.isLifted()) {
        spent.gone = true;
        spent.reversed.recovery = "DUE_BACK";
      }
    }
  }

  /**
   * Whether all that one was to pay which came to nothing is owed still, and by no other transfer.
   */
  boolean canBeReinstated(Transfer transfer) {
    if (transfer instanceof Refunds.Refund refund) {
      return !refund.note.cancelled && refund.note.holder == null && refund.note.refundedOn == null;
    }
    return transfer.lines.stream()
        .map(World.Owed::debt)
        .allMatch(
            debt -> {
              Undue.Line reversed = neverPaid(debt);
              return reversed == null
                  ? debt.isOwed()
                  : !reversed.isLifted() && reversed.credited.isEmpty();
            });
  }

  /** Null unless it was reversed while nobody had paid it, so that its value has come back. */
  private static Undue.@Nullable Line neverPaid(Cheque.Debt debt) {
    return debt instanceof Cheque.Spent spent && spent.gone ? spent.reversed : null;
  }

  /** Paid after all: what was reversed meanwhile is its venue's to give back. */
  void reinstate(Found found) {
    Transfer transfer = found.transfer();
    transfer.end = "";
    // Where it comes back once more, what is void is told by then.
    transfer.cameBackUntitled.forEach(spent -> spent.cameBackUntitled = false);
    if (transfer instanceof Refunds.Refund refund) {
      refund.note.holder = transfer;
    }
    for (World.Owed line : transfer.lines) {
      line.debt().transfer = transfer.name;
      Undue.Line reversed = neverPaid(line.debt());
      if (reversed != null) {
        line.debt().gone = false;
        reversed.recovery = "CLAIMED";
      }
    }
  }
}
