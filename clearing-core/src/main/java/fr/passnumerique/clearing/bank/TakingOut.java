package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankExceptionClosed.Became;
import fr.passnumerique.clearing.bank.BankExceptionClosed.TakenOut;
import fr.passnumerique.clearing.bank.BookedMoney.As;
import fr.passnumerique.clearing.bank.BookedMoney.Moved;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.ledger.Fact;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of bookings that the bank tells no more: what they moved is undone where it can be.
 * Where it cannot, as much the other way is left to be explained: the bank's balance is right at
 * once, and a clerk says what makes up for it. The road not taken, a refusal, would leave cover
 * unproven for ever.
 */
final class TakingOut {
  private final String statement;
  private final String by;
  private final List<Fact> facts = new ArrayList<>();
  private final List<TakenOut> takenOut = new ArrayList<>();
  private final Set<String> looked = new HashSet<>();

  /**
   * @param statement that tells them no more
   * @param by the account
   */
  TakingOut(String statement, String by) {
    this.statement = statement;
    this.by = by;
  }

  /** In the order in which they are to be recorded. */
  List<Fact> facts() {
    return facts;
  }

  List<TakenOut> takenOut() {
    return List.copyOf(takenOut);
  }

  /** Tags of what it depends on, beside what the bank has said. */
  Set<String> looked() {
    return looked;
  }

  void takeOut(List<Moved> booking) {
    booking.forEach(this::takeOut);
  }

  private void takeOut(Moved moved) {
    BankEntry entry = moved.entry();
    looked.add(entry.tag());
    switch (moved.as()) {
      case As.Open() -> {
        facts.add(new BankEntryTakenOut(entry, moved.cents(), statement, by));
        tell(moved, Became.NOTHING, Optional.empty());
      }
      case As.Receipt _ -> leave(moved, Optional.empty());
      case As.Debit(var transfer) -> leave(moved, Optional.of(transfer.value()));
      case As.Return(var transfer) -> leave(moved, Optional.of(transfer.value()));
      case As.Other(var transfer) -> leave(moved, transfer);
    }
  }

  /** As much the other way is to be explained. */
  private void leave(Moved moved, Optional<String> transfer) {
    BankEntry left = moved.entry().toldNoMore();
    facts.add(
        new BankEntryUnmatched(
            left, -moved.cents(), BankEntryUnmatched.Why.TOLD_NO_MORE, transfer, Optional.empty()));
    tell(moved, Became.TO_EXPLAIN, Optional.of(left.id()));
  }

  private void tell(Moved moved, Became became, Optional<String> of) {
    takenOut.add(new TakenOut(moved.entry().id(), moved.cents(), became, of));
  }
}
