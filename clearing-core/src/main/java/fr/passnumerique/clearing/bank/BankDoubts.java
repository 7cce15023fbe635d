package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BookedMoney.As;
import fr.passnumerique.clearing.bank.BookedMoney.Moved;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Doubt;
import fr.passnumerique.clearing.settlement.DoubtfulTransfers.Why;
import fr.passnumerique.clearing.settlement.TransferId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Debits that nobody has explained, executions that no clerk has dealt with, and returns that
 * statements with which no clerk has dealt do not tell.
 */
final class BankDoubts {
  private final BankRegister register;
  private final List<Doubt> doubts = new ArrayList<>();

  BankDoubts(BankRegister register) {
    this.register = register;
  }

  List<Doubt> read() {
    register.unmatched().stream()
        .filter(BankRegister::isDebitOfATransfer)
        .map(BankRegister.Unmatched::fact)
        .forEach(f -> add(f.transfer(), Why.ENTRY_UNEXPLAINED, f.entry().id()));
    register.disputed().stream()
        .map(BankRegister.Disputed::fact)
        // Whatever was in its way: that it names another file may be the bank's slip.
        .filter(f -> TransferStatuses.executes(f.status()))
        .filter(f -> register.closed(f.dispute()) == null)
        .forEach(f -> add(f.transfer(), Why.EXECUTION_UNEXPLAINED, f.dispute()));
    for (StatementsInDoubt.Lacking one : new StatementsInDoubt(register).lacking()) {
      for (String booking : one.bookings()) {
        register.money().of(booking).forEach(moved -> addReturn(moved, one.exception()));
      }
    }
    return List.copyOf(doubts);
  }

  private void addReturn(Moved moved, String exception) {
    if (moved.as() instanceof As.Return(var transfer)) {
      doubts.add(new Doubt(transfer, Why.RETURN_IN_DOUBT, exception));
    }
  }

  private void add(Optional<String> transfer, Why why, String exception) {
    transfer.ifPresent(id -> doubts.add(new Doubt(new TransferId(id), why, exception)));
  }
}
