package fr.passnumerique.clearing.bank;

import fr.passnumerique.clearing.bank.BankExceptionClosed.Became;
import fr.passnumerique.clearing.bank.BankExceptionClosed.TakenOut;
import fr.passnumerique.clearing.bank.BookedMoney.As;
import fr.passnumerique.clearing.bank.BookedMoney.Moved;
import fr.passnumerique.clearing.bank.entry.BankEntry;
import fr.passnumerique.clearing.bank.entry.ExpectedCredits.NoMore;
import fr.passnumerique.clearing.funding.ReceiptId;
import fr.passnumerique.clearing.funding.ReceiptTakenBack;
import fr.passnumerique.clearing.ledger.Fact;
import fr.passnumerique.clearing.settlement.TransferId;
import fr.passnumerique.clearing.settlement.TransferWord;
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
  private final TransferWord word;
  private final AskedCredits asked;
  private final String statement;
  private final String by;
  private final List<Fact> facts = new ArrayList<>();
  private final List<TakenOut> takenOut = new ArrayList<>();
  private final Set<String> looked = new HashSet<>();

  /** Of which something is undone: what was known of them holds no more. */
  private final Set<TransferId> ended = new HashSet<>();

  /**
   * @param statement that tells them no more
   * @param by the account
   */
  TakingOut(TransferWord word, AskedCredits asked, String statement, String by) {
    this.word = word;
    this.asked = asked;
    this.statement = statement;
    this.by = by;
  }

  /** In the order in which they are to be recorded. */
  List<Fact> facts() {
    return facts;
  }

  /** The first that is taken back; empty if none is. */
  Optional<ReceiptId> receipt() {
    return facts.stream()
        .filter(ReceiptTakenBack.class::isInstance)
        .map(fact -> ((ReceiptTakenBack) fact).receipt())
        .findFirst();
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
      case As.Receipt(var receipt) -> {
        ReceiptTakenBack back = ReceiptTakenBack.of(receipt, entry, statement, by);
        facts.add(back);
        looked.addAll(back.tags());
        tell(moved, Became.RECEIPT_TAKEN_BACK, Optional.of(receipt.receipt().value()));
      }
      case As.Debit(var transfer) -> {
        Optional<? extends Fact> back = word.debitTakenBack(transfer, entry, statement, by);
        end(moved, transfer, Became.DEBIT_TAKEN_BACK, back.stream().<Fact>map(f -> f).toList());
      }
      case As.Return(var transfer) ->
          end(
              moved,
              transfer,
              Became.RETURN_TAKEN_BACK,
              word.returnTakenBack(transfer, entry.toldNoMore()));
      case As.Asked(var name) -> {
        looked.addAll(asked.looked(name));
        Optional<Fact> back =
            asked.takenBack(
                name, new NoMore(entry, moved.cents(), Optional.of(statement), by), facts);
        if (back.isEmpty()) {
          leave(moved, Optional.empty());
        } else {
          facts.add(back.get());
          looked.addAll(back.get().tags());
          tell(moved, Became.PAYMENT_TAKEN_BACK, Optional.of(name));
        }
      }
      case As.Other(var transfer) -> leave(moved, transfer);
    }
  }

  /**
   * @param back none if what followed from it cannot be undone
   */
  private void end(Moved moved, TransferId transfer, Became became, List<Fact> back) {
    looked.add("transfer:" + transfer);
    looked.addAll(word.reversalsOf(transfer));
    // Of two that were to pay the same lines, one alone can be paid by them.
    if (back.isEmpty()
        || ended.stream().anyMatch(other -> word.paysTheSame(transfer, other))
        || !ended.add(transfer)) {
      leave(moved, Optional.of(transfer.value()));
      return;
    }
    facts.addAll(back);
    back.forEach(fact -> looked.addAll(fact.tags()));
    tell(moved, became, Optional.of(transfer.value()));
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
